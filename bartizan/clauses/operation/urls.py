"""The addresses of clause 8 beside the shared pages."""

from django.urls import path

from bartizan.clauses.operation.exposure import pages

urlpatterns = [
    path("exposure/", pages.exposure, name="exposure"),
    path("exposure-analyses/<str:analysis>/compute/", pages.compute, name="exposure-compute"),
    path("exposure-analyses/<str:analysis>/progress/", pages.progress, name="exposure-progress"),
    path(
        "exposure-analyses/<str:analysis>/<slug:which>.csv", pages.figures, name="exposure-figures"
    ),
]
