"""The OpenAPI document, drawn up once: it is the same for whoever may ask for it."""

from functools import cache
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator


class Schema(SchemaGenerator):
    """What the views ask for the document. It follows from the code and the language alone."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        return drawn_up(get_language()) if public else super().get_schema(request, public)


@cache
def drawn_up(language: str | None) -> Any:
    """The document in a language: some five hundred addresses, which take seconds."""
    return SchemaGenerator().get_schema(public=True)
