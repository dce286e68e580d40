"""The addresses of the API: one room for each register, then verdicts and proofs."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from bartizan.api import proofs
from bartizan.api.views import viewset
from bartizan.registers import REGISTERS

browse = SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="api/browse.html")

router = SimpleRouter()
for register in REGISTERS:
    router.register(register.slug, viewset(register), basename=f"api-{register.slug}")

views = [
    path("requirements/", proofs.requirements, name="api-requirements"),
    path("conformity/", proofs.conformity, name="api-conformity"),
    path("conformity/<str:id>/", proofs.verdict, name="api-verdict"),
    path("trail/checkpoint/", proofs.signed_checkpoint, name="api-checkpoint"),
    path("trail/proof/<int:index>/", proofs.inclusion, name="api-inclusion"),
    path("trail/consistency/<int:old>/<int:new>/", proofs.consistency, name="api-consistency"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("", browse, name="api"),
    *router.urls,
]

# A token is not a session: the API asks for its own kind of access, and answers 401 by itself.
for view in views:
    if view.callback is not None:
        view.callback = login_not_required(view.callback)

urlpatterns = views
