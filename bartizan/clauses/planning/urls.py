"""The addresses of the pages on risks and objectives that no register has."""

from django.urls import path

from bartizan.clauses.planning import views, views_objectives

urlpatterns = [
    path("risk-matrix/", views.risk_matrix, name="risk-matrix"),
    path("risk-assessments/<str:assessment>/rate/", views.workspace, name="rate"),
    path(
        "risk-assessments/<str:assessment>/rate/<str:risk>/",
        views.Rate.as_view(),
        name="rate-risk",
    ),
    path("threats/catalogue/", views.add_catalogue, name="threat-catalogue"),
    path("objective-board/", views_objectives.objective_board, name="objective-board"),
    path("programme-timeline/", views_objectives.programme_timeline, name="programme-timeline"),
]
