"""The site map: the pages over everything, and a room of pages for each register."""

from django.urls import include, path

from bartizan.exchange.views import Import, export
from bartizan.ground.records import views
from bartizan.ground.records.pages import pages
from bartizan.registers import REGISTERS

handler400 = "bartizan.api.errors.bad_request"
handler404 = "bartizan.api.errors.not_found"
handler500 = "bartizan.api.errors.server_error"

urlpatterns = [
    path("", include("bartizan.site.urls")),
    path("api/", include("bartizan.api.urls")),
    path("", include("bartizan.ground.documents.urls")),
    path("", include("bartizan.clauses.planning.urls")),
    path("", include("bartizan.clauses.support.urls")),
    path("", include("bartizan.clauses.operation.urls")),
    path("lookup/<slug:slug>/", views.lookup, name="lookup"),
    path("files/<str:sha256>/", views.attachment, name="attachment"),
    path("export/<slug:slug>/", export, name="export"),
    path("import/<slug:slug>/", Import.as_view(), name="import"),
    *[pages(register) for register in REGISTERS],
]
