"""The history of a row as a reader wants it: who did what, and which words became which."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bartizan.ground.people.models import Person
from bartizan.ground.records import display
from bartizan.ground.records.models import Record
from bartizan.ground.records.register import Register
from bartizan.ground.trail.history import Change, Values, history

# What the machine keeps for itself: its changes follow from the others.
UNSAID = {"id", "record_ptr_id", "kind", "version", "created_at", "changed_at", "password", "path"}

DEEDS = {
    "insert": gettext_lazy("created it"),
    "update": gettext_lazy("changed it"),
    "delete": gettext_lazy("deleted it"),
    "erase": gettext_lazy("erased personal data of it"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One act on one row."""

    at: datetime
    person: Person | None
    did: str
    through: str
    why: str
    entry_index: int
    fields: list[Difference] = field(default_factory=list)


def deeds(
    register: Register, row: models.Model, reader: Person, first: int | None = None
) -> list[Deed]:
    """What was done to a row, newest first, with the people and the rows it speaks of named.

    Of records that the reader may not see nothing is said: not even that they were named.
    """
    changes = history(row)[:first]
    names = _Names(register, changes, reader)
    return [
        Deed(
            at=change.at,
            person=names.people.get(change.person_id),
            did=str(DEEDS[change.verb]),
            through=change.act.through,
            why=change.act.why,
            entry_index=change.entry_index,
            fields=_differences(register, change, names),
        )
        for change in changes
    ]


def _differences(register: Register, change: Change, names: "_Names") -> list[Difference]:
    before, after = change.before or {}, change.after or {}
    if change.verb == "insert":
        before = {}
    found = [
        Difference(
            str(model_field.verbose_name),
            names.say(model_field, before.get(model_field.attname)),
            names.say(model_field, after.get(model_field.attname)),
        )
        for model_field in register.model._meta.concrete_fields
        if model_field.attname not in UNSAID
        and before.get(model_field.attname) != after.get(model_field.attname)
        and not (change.verb == "insert" and after.get(model_field.attname) in (None, "", False))
    ]
    return [difference for difference in found if difference.before != difference.after]


class _Names:
    """Names for the numbers in images: fetched once for all changes of a page."""

    def __init__(self, register: Register, changes: list[Change], reader: Person) -> None:
        self.found: dict[type[models.Model], dict[Any, models.Model]] = {}
        wanted: dict[type[models.Model], set[Any]] = {Person: {c.person_id for c in changes}}
        for model_field in register.model._meta.concrete_fields:
            if model_field.related_model is None:
                continue
            seen = wanted.setdefault(model_field.related_model, set())
            for values in (v for c in changes for v in (c.before, c.after)):
                seen.add((values or Values()).get(model_field.attname))
        for model, keys in wanted.items():
            keys = keys - {None}
            rows = model._base_manager.all()
            if issubclass(model, Record):
                rows = rows.select_related("unit")  # who may see it is asked of each
            self.found[model] = rows.in_bulk(keys) if keys else {}
        self.reader = reader

    @property
    def people(self) -> dict[Any, Person]:
        return cast(dict[Any, Person], self.found[Person])

    def say(self, model_field: models.Field, value: Any) -> str:
        if value is None:
            return ""
        if model_field.related_model is not None:
            row = self.found[model_field.related_model].get(value)
            if row is None:
                return _("(no longer there)")
            return "" if display.seen(row, self.reader) is None else str(row)
        if model_field.choices:
            return str(dict(model_field.flatchoices).get(value, value))
        return display.text(value)
