"""The addresses of clause 8 beside the shared pages."""

from django.urls import path

from bartizan.clauses.operation.bow_tie import bow_tie
from bartizan.clauses.operation.exposure import disruption_pages, pages

urlpatterns = [
    path("risks/<str:risk>/bow-tie/", bow_tie, name="bow-tie"),
    path("exposure/", pages.exposure, name="exposure"),
    path("exposure-analyses/<str:analysis>/compute/", pages.compute, name="exposure-compute"),
    path("exposure-analyses/<str:analysis>/progress/", pages.progress, name="exposure-progress"),
    path(
        "exposure-analyses/<str:analysis>/<slug:which>.csv", pages.figures, name="exposure-figures"
    ),
    path("disruption-analyses/keep/", disruption_pages.keep_closure, name="disruption-keep"),
    path(
        "disruption-analyses/<str:disruption>/compute/",
        disruption_pages.close,
        name="disruption-compute",
    ),
    path(
        "disruption-analyses/<str:disruption>/stops.csv",
        disruption_pages.stops,
        name="disruption-stops",
    ),
]
