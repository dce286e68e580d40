"""What a page is asked by, and with: whoever is not signed in is sent to sign in before it is."""

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from bartizan.ground.people.models import Person


class SignedInRequest(HttpRequest):
    """A request as the pages for people who are signed in get it (`LoginRequiredMiddleware`)."""

    user: Person


def address(request: HttpRequest) -> str:
    """Where a request comes from.

    With HTTPS there is a proxy in front, and all would come from there: it tells from where they
    came to it, behind whatever they told it themselves.
    """
    if settings.HTTPS:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        with suppress(ValueError):
            return str(ip_address(told))
    return request.META.get("REMOTE_ADDR") or "nowhere known"


def natural(text: str) -> int:
    """The number that a text sent to us says; 0 where it says none.

    Of more digits than a database counts with, it and Python would each make an error of its own.
    """
    return int(text) if text.isdecimal() and len(text) < 19 else 0


class KeptByNobody:
    """Asks browsers to keep no page: whoever sits there next may be somebody else.

    As OWASP ASVS 5.0 has it (14.3.2), and for every answer that does not say otherwise itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class NoNull:
    """Refuses an address or a form with a NUL in it, as a bad request.

    PostgreSQL keeps none in a text and ends in an error of its own, wherever the text was on its
    way to. Nobody types one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = [request.GET, request.POST] if request.method == "POST" else [request.GET]
        texts = (text for sent in said for name, values in sent.lists() for text in (name, *values))
        if "\0" in request.path or any("\0" in text for text in texts):
            raise BadRequest("There is a NUL in it.")
        return self.get_response(request)
