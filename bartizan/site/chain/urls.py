"""The addresses of the chain's pages."""

from django.urls import path

from bartizan.site.chain import pages, table

urlpatterns = [
    path("map/", pages.chart, {"mode": "map"}, name="chain-map"),
    path("graph/", pages.chart, {"mode": "graph"}, name="chain-graph"),
    path("table/", table.table, name="chain-table"),
    path("weak-points/", pages.weak_points, name="chain-weak-points"),
    path("columns/", pages.columns, name="chain-columns"),
    path("what-if/", pages.what_if, name="chain-what-if"),
    path("csv/<slug:what>/", table.as_csv, name="chain-csv"),
]
