"""What happens at the door, a line each, for whoever watches over the installation.

When, what, who and from where (OWASP ASVS 5.0, V16); never a password, a code, a secret or a name
that nobody here has, which may be a password typed in the wrong place. The lines go to standard
error with all others; what keeps them is the operator's.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from bartizan.ground.people.models import Person
from bartizan.ground.people.requests import SignedInRequest, address

log = logging.getLogger("bartizan.security")

# The fields in which whoever is signed in shows again that it is them.
AGAIN = {"old_password": "password", "password": "password", "code": "code"}
TOO_MANY = "too many tries of somebody signed in"


def note(request: HttpRequest, what: str, who: Person | None = None) -> None:
    """Somebody was refused, or kept waiting."""
    log.warning("%s: %s, from %s", what, who.code if who else "nobody we know", address(request))


def note_wrong(request: SignedInRequest, form: BaseForm) -> None:
    """Who is signed in and was to show again that it is them did not."""
    for name, what in AGAIN.items():
        if form.has_error(name) and form.data.get(name):
            note(request, f"wrong {what} of somebody signed in", request.user)


def note_change(request: SignedInRequest, what: str) -> None:
    """Somebody changed what lets them in."""
    log.info("%s: %s, from %s", what, request.user.code, address(request))


class Refusals:
    """Notes every answer that somebody lacks the authority."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 403:
            match = request.resolver_match
            # The address of a one-time link is a secret.
            place = request.path if match is None or "secret" not in match.kwargs else match.route
            who = request.user if request.user.is_authenticated else None
            note(request, f"refused {request.method} {place!r}", who)
        return response


@receiver(user_logged_in)
def came_in(request: HttpRequest, user: Person, **_signal: Any) -> None:
    log.info("signed in: %s, from %s", user.code, address(request))


@receiver(user_logged_out)
def left(request: HttpRequest, user: Person | None, **_signal: Any) -> None:
    if user is not None:
        log.info("signed out: %s, from %s", user.code, address(request))


@receiver(user_login_failed)
def wrong_password(request: HttpRequest, credentials: dict[str, Any], **_signal: Any) -> None:
    meant = Person.objects.filter(email=credentials.get("username", "")).first()
    note(request, "wrong e-mail or password", meant)
