"""How a register is written as a sheet and a row is read back: names, order, words and values.

A sheet holds what identifies a row, what people fill in, and where the record stands. References
are written as people know them: a record by its number, a person by their code. Words of a choice
are written in English in every language, so that a workbook means the same everywhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl.cell.cell import ERROR_CODES

from bartizan.ground.people.authority import rows_for
from bartizan.ground.people.models import Person
from bartizan.ground.records import display
from bartizan.ground.records.forms import one_line_end
from bartizan.ground.records.models import Record, kinds
from bartizan.ground.records.register import Register, register_of

STANDING = ["status", "retired_on", "retired_reason", "version", "created_at"]
GIVEN_ONCE = ("version", "created_at")  # a workbook says it of new records alone
SEPARATOR = "; "
FETCHED_AT_ONCE = 500
# A cell takes 32,767 characters, and counts those beyond the first plane of Unicode twice.
LONGEST_CELL = 32_767 // 2
CONTINUED = re.compile(r"(.+) \((\d+)\)")  # the heading over what the cell before had no room for
ESCAPED = re.compile("_x(00[01][0-9A-Fa-f])_")  # a control character, as the format writes it
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # what XML has no way to say

Name = tuple[type[models.Model], str]  # what a row is referred to by


class Unresolved(ValidationError):
    """A reference to a row that is not there (yet): it may stand further down in the workbook."""

    def __init__(self, model: type[models.Model], name: str) -> None:
        self.asked: Name = (model, name)
        super().__init__(
            _("There is no %(kind)s “%(name)s”.") % {"kind": model._meta.verbose_name, "name": name}
        )


@dataclass(frozen=True)
class Column:
    """One column of a sheet: a model field under the name it has there."""

    name: str
    heading: str
    field: models.Field = field(repr=False)

    def write(self, row: models.Model, reader: Person | None = None) -> Any:
        """The value of the row as a cell holds it, as far as the reader may see it."""
        if self.field.is_relation:
            target = display.seen(getattr(row, self.name), reader)
            if isinstance(target, list):
                return SEPARATOR.join(reference(one) for one in target)
            return reference(target) if target is not None else None
        value = getattr(row, self.field.attname)
        if self.field.choices and value not in (None, ""):
            with override("en"):
                return str(dict(self.field.flatchoices)[value])
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, datetime):
            return timezone.localtime(value).isoformat(timespec="seconds")
        return in_a_cell(value) if isinstance(value, str) else value

    def read(self, value: Any, found: "References") -> Any:
        """The model's value for what stands in a cell. Raises ValidationError in plain words."""
        value = value.strip() if isinstance(value, str) else value
        if value in ERROR_CODES:
            raise ValidationError(_("The spreadsheet could not work this out: %s.") % value)
        if self.field.many_to_many:
            names = str(value or "").split(SEPARATOR.strip())
            return [found.find(self.target, name.strip()) for name in names if name.strip()]
        if value in (None, ""):
            return self.empty()
        if self.field.is_relation:
            return found.find(self.target, str(value))
        if self.field.choices:
            return self.choice(value)
        match self.field:
            case models.BooleanField():
                return _read_yes_or_no(value)
            case models.DateTimeField():
                return _read_moment(value)
            case models.DateField():
                return _read_day(value)
            case models.CharField() | models.TextField():
                return _read_text(value)
            case models.IntegerField() if isinstance(value, float) and not value.is_integer():
                raise ValidationError(_("“%(value)s” is no whole number.") % {"value": value})
        if isinstance(value, bool):  # which Python counts with
            raise ValidationError(_("Write a number, not yes or no."))
        return self.field.to_python(value)

    @cached_property
    def target(self) -> type[models.Model]:
        return cast(type[models.Model], self.field.related_model)

    def says_the_same(self, stored: Any, given: Any) -> bool:
        """Whether both would stand in the cell alike. References are compared by their keys."""
        if isinstance(stored, str) and isinstance(given, str):
            return stored == given or in_a_cell(stored) == in_a_cell(given)
        return stored == (given.pk if isinstance(given, models.Model) else given)

    def empty(self) -> Any:
        """What an empty cell means."""
        if self.field.null or self.name in GIVEN_ONCE:
            return None
        if self.field.empty_strings_allowed and not self.field.is_relation:
            return ""
        if self.field.has_default():
            return self.field.get_default()
        raise ValidationError(_("This must be filled in."))

    def choice(self, value: Any) -> Any:
        """The stored value of a choice, given as the word people see or as it is stored."""
        try:
            return self.words[str(value).casefold()]
        except KeyError:
            known = ", ".join(str(label) for _stored, label in self.field.flatchoices)
            raise ValidationError(
                _("“%(value)s” is none of: %(known)s.") % {"value": value, "known": known}
            ) from None

    @cached_property
    def words(self) -> dict[str, Any]:
        """What may stand in a cell for each value of a choice."""
        with override("en"):
            words = {str(label).casefold(): stored for stored, label in self.field.flatchoices}
        return words | {str(stored).casefold(): stored for stored, _label in self.field.flatchoices}


def _read_yes_or_no(value: Any) -> bool:
    words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    try:
        return words[str(value).casefold()]
    except KeyError:
        raise ValidationError(_("Write yes or no.")) from None


def _read_day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        day = parse_date(str(value))
    except ValueError:
        day = None
    if day is None:
        raise ValidationError(_("“%(value)s” is no day: write 2026-03-31.") % {"value": value})
    return day


def _read_moment(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else None
    try:
        moment = moment or parse_datetime(str(value))
    except ValueError:
        moment = None
    if moment is None:
        raise ValidationError(_("“%(value)s” is no date and time.") % {"value": value})
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _read_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a spreadsheet turns 4711 into 4711.0
    return in_a_cell(str(value))


def in_a_cell(text: str) -> str:
    """A text as a cell can hold it: its lines end in LF alone, and there is nothing around it."""
    said = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return UNWRITABLE.sub("", one_line_end(said)).strip()


def parts(value: Any) -> list[Any]:
    """What goes into a cell, and into others beside it where it is too long for one."""
    if not isinstance(value, str) or len(value) <= LONGEST_CELL:
        return [value]
    return [value[start : start + LONGEST_CELL] for start in range(0, len(value), LONGEST_CELL)]


def name_field(model: type[models.Model]) -> str:
    """The field by which other rows refer to one of this model: its number, code or name."""
    if issubclass(model, Record):
        return "number"
    register = register_of(model)
    if register is None or len(register.key) > 1:
        return "pk"
    [key] = register.key
    return "pk" if getattr(register.field(key), "is_relation", False) else key


def reference(row: models.Model) -> str:
    """How another row refers to this one."""
    return str(getattr(row, name_field(type(row))))


def names_of(model: type[models.Model], name: str) -> list[Name]:
    """What a row may be referred to by: a record is also one of whatever kind."""
    return [(model, name), (Record, name)] if issubclass(model, Record) else [(model, name)]


@dataclass
class References:
    """Finds the rows that a workbook refers to, and remembers them.

    What the `reader` may not see is not there; None is the operator, who sees everything.
    """

    reader: Person | None = None
    known: dict[Name, models.Model] = field(default_factory=dict)

    def rows(self, model: type[models.Model]) -> models.QuerySet:
        if self.reader is None:
            return model._default_manager.all()
        return rows_for(self.reader, model)

    def fetch(self, model: type[models.Model], names: Iterable[str]) -> None:
        """Read rows by their names, many at a time."""
        names, key = list(names), name_field(model)
        for start in range(0, len(names), FETCHED_AT_ONCE):
            some = names[start : start + FETCHED_AT_ONCE]
            for row in self.rows(model).filter(**{f"{key}__in": some}):
                self.known[model, reference(row)] = row

    def remember(self, row: models.Model) -> list[Name]:
        """Keep a row that was written; says what it may be referred to by from now on."""
        name = reference(row)
        self.known[type(row), name] = row
        return names_of(type(row), name)

    def find(self, model: type[models.Model], name: str) -> models.Model:
        if (model, name) not in self.known:
            row = self._fetched(model, name)
            if row is None:
                raise Unresolved(model, name)
            self.known[model, name] = row
        return self.known[model, name]

    def _fetched(self, model: type[models.Model], name: str) -> models.Model | None:
        """From the database; a record of whatever kind may have been read or written already."""
        if model is Record:
            for kind in kinds().values():
                if own := self.known.get((kind, name)):
                    return own
        return self.rows(model).filter(**{name_field(model): name}).first()


def columns(register: Register) -> list[Column]:
    """The columns of a register's sheet: what names a row, what it says, where it stands."""
    names = list(dict.fromkeys([*register.key, *register.editable]))
    if register.holds_records:
        names += ["title"] * names_itself(register) + STANDING
    with override("en"):
        headings = {name: register.heading(name) for name in names}
    words = list(headings.values())
    return [
        # Where two columns are called the same, their fields' own names tell them apart.
        Column(
            name,
            heading if words.count(heading) == 1 else name.replace("_", " "),
            cast(models.Field, register.model._meta.get_field(name)),
        )
        for name, heading in headings.items()
    ]


def names_itself(register: Register) -> bool:
    """Is a record of this kind called after what it is about, where nobody gives it a title?"""
    return register.holds_records and "title" not in register.editable


def title(register: Register) -> str:
    """The name of a register's sheet. Spreadsheets allow 31 characters."""
    with override("en"):
        return str(register.model._meta.verbose_name_plural)[:31]


def in_order_of_need(registers: Iterable[Register]) -> list[Register]:
    """The registers so that each stands after those it refers to, as far as that is possible."""
    wanted = {register.model: register for register in registers}
    needs: dict[type[models.Model], set[type[models.Model]]] = {}
    for model in wanted:
        needs[model] = set()
        for model_field in model._meta.get_fields():
            target = model_field.related_model
            if target is not None and not model_field.auto_created:
                needs[model] |= _wanted_kinds(target, wanted) - {model}
    ordered = TopologicalSorter(_without_cycles(needs)).static_order()
    return [wanted[model] for model in ordered if model in wanted]


def _wanted_kinds(target: type[models.Model], wanted: dict) -> set[type[models.Model]]:
    if target is Record:  # any kind: what points to any record comes after the kinds it may name
        return set()
    return {target} & wanted.keys()


def _without_cycles(needs: dict) -> dict:
    """Needs that run in a circle are left to the second pass over unresolved rows."""
    seen: dict[type[models.Model], set[type[models.Model]]] = {}
    for model, wanted in needs.items():
        seen[model] = {one for one in wanted if model not in needs.get(one, set())}
    return seen


def register_under(name: str, registers: Iterable[Register]) -> Register | None:
    """The register whose sheet has this name, in any case."""
    return next((r for r in registers if title(r).casefold() == name.strip().casefold()), None)
