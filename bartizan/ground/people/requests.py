"""What a page is asked by: whoever is not signed in is sent to sign in before it is."""

from django.http import HttpRequest

from bartizan.ground.people.models import Person


class SignedInRequest(HttpRequest):
    """A request as the pages for people who are signed in get it (`LoginRequiredMiddleware`)."""

    user: Person
