"""Who calls, and what they may do: the same `may()` that decides for the pages."""

from typing import Any, cast

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from bartizan.api.models import Token
from bartizan.ground.people.authority import may
from bartizan.ground.people.models import Person
from bartizan.ground.people.watch import note


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer btz_…`."""

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[Person, str] | None:
        scheme, _space, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.casefold() != self.keyword.casefold():
            return None
        person = Token.holder(secret.strip())
        if person is None:
            note(request, "wrong token")
            raise AuthenticationFailed("This token is unknown, expired or withdrawn.")
        return person, secret

    def authenticate_header(self, request: Request) -> str:
        return self.keyword


class TokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document describes it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


def caller(request: Request) -> Person:
    """Who calls: whoever has no access was answered 401 before a view is reached."""
    return cast(Person, request.user)


class Authority(BasePermission):
    """Reading a kind at all; rows are narrowed by `visible_to`, and a write asks for its power."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return False
        register = getattr(view, "register", None)
        return register is None or may(request.user, "read", register.model)
