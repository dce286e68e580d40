"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _


def home(request: HttpRequest) -> HttpResponse:
    """Do we conform, why not, what next."""
    return TemplateResponse(request, "site/home.html", {"title": _("Home")})
