"""What goes wrong, as programs read it: an object with `detail`, wherever it went wrong.

The REST framework answers like this for what happens within its views. Whatever does not get
that far, as an address that nobody has, gets a page of words: here, under `/api/`, no page.
"""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults
from rest_framework.exceptions import ParseError
from rest_framework.response import Response
from rest_framework.views import exception_handler

PROGRAMS = "/api/"


def answered(error: Exception, context: dict[str, Any]) -> Response | None:
    """As the REST framework answers, which does not know Django's own kind of bad request."""
    return exception_handler(
        ParseError(str(error)) if isinstance(error, BadRequest) else error, context
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(PROGRAMS):
        return defaults.bad_request(request, exception)
    said = str(exception) if isinstance(exception, BadRequest) else _("This could not be read.")
    return JsonResponse({"detail": said}, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(PROGRAMS):
        return defaults.page_not_found(request, exception)
    return JsonResponse({"detail": _("Nothing is here.")}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    if not request.path.startswith(PROGRAMS):
        return defaults.server_error(request)
    return JsonResponse({"detail": _("Something went wrong here.")}, status=500)
