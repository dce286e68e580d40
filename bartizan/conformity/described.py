"""How a record, or anything else a check returns, is named where it is listed."""

from typing import Any, NamedTuple

from django.db.models import Model

from bartizan.ground.people.authority import kind_of


class Described(NamedTuple):
    """The kind, number and title under which a reader finds it again."""

    kind: str
    number: str
    title: str


def describe(row: Model) -> Described:
    """A record by its number; a person, role or unit by its code; all else by what it says."""
    own: Any = row
    kind = own.kind if hasattr(own, "kind") else kind_of(type(row))
    number = getattr(own, "number", None) or getattr(own, "code", None) or str(row.pk)
    return Described(kind, number, getattr(own, "title", None) or str(row))
