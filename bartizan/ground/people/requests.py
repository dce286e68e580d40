"""What a page is asked by, and with: whoever is not signed in is sent to sign in before it is."""

from django.http import HttpRequest

from bartizan.ground.people.models import Person


class SignedInRequest(HttpRequest):
    """A request as the pages for people who are signed in get it (`LoginRequiredMiddleware`)."""

    user: Person


def natural(text: str) -> int:
    """The number that a text sent to us says; 0 where it says none.

    Of more digits than a database counts with, it and Python would each make an error of its own.
    """
    return int(text) if text.isdecimal() and len(text) < 19 else 0
