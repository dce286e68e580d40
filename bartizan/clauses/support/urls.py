"""The addresses of the pages on means that no register has."""

from django.urls import path

from bartizan.clauses.support import gaps

urlpatterns = [path("resource-gaps/", gaps.resource_gaps, name="resource-gaps")]
