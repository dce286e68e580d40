"""What a program sends, as far as it can be kept at all."""

from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class KeepableJSON(JSONParser):
    """JSON whose texts are texts.

    The notation allows a NUL, which PostgreSQL keeps in no text, half of a pair of surrogates,
    which no encoding writes, and any depth, of which Python bears some hundred (RFC 8259, 8.2
    and 9).
    """

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
            said = "".join(texts_in(data))
            said.encode()
        except UnicodeEncodeError as error:
            raise ParseError(_("A text in it is no Unicode: half of a surrogate pair.")) from error
        except RecursionError as error:
            raise ParseError(_("It is nested too deeply.")) from error
        if "\0" in said:
            raise ParseError(_("There is a NUL in it."))
        return data


def texts_in(data: Any) -> Iterator[str]:
    """Every text in it, names included."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        yield from data
        for value in data.values():
            yield from texts_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts_in(value)
