"""How a value is said to a reader: once, for lists, pages, differences and previews alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import nh3
from django.db import models
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from bartizan.ground.people.authority import may
from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Record, Status
from bartizan.ground.records.register import Register, register_of

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


class Cell(NamedTuple):
    """One value as a list shows it: `kind` says how it is set, `overdue` that its day passed.

    `label` is the heading of its column: a narrow screen shows a row as a list of these.
    """

    text: str
    kind: str = "text"  # text, title, number, date, state, person, record, boolean
    url: str = ""
    value: Any = None
    overdue: bool = False
    label: str = ""


def seen(value: Any, person: Person | None) -> Any:
    """A value as far as a reader may know of it: without the records they may not see.

    None reads everything: it is the operator of the installation.
    """
    if isinstance(value, models.Manager):
        return [one for one in value.all() if seen(one, person) is not None]
    if person is not None and isinstance(value, Record) and not may(person, "read", value):
        return None
    return value


def text(value: Any) -> str:
    """A value in words and without markup, as differences and page titles show it."""
    match value:
        case str():
            return str(value)
        case None:
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case datetime():
            return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
        case date():
            return _day(value, get_language())
        case models.Manager():
            return text(value.all())
        case list() | models.QuerySet():
            return ", ".join(str(one) for one in value)
        case int() | float():
            return formats.number_format(value, use_l10n=True, force_grouping=True)
    return str(value)


@lru_cache(maxsize=4096)
def _day(value: date, language: str) -> str:
    return formats.date_format(value, "DATE_FORMAT")


def rich(source: str) -> SafeString:
    """Markdown as HTML that is safe to show, whoever wrote it."""
    return mark_safe(nh3.clean(_markdown.render(source)))


def lines(
    register: Register, names: Sequence[str], rows: Iterable[models.Model], person: Person
) -> list[dict[str, Any]]:
    """The rows of a list: the address of each, and its cells as far as `person` may see them."""
    today = timezone.localdate()
    columns = list(_columns(register, names))
    readable: dict[tuple[type[models.Model], Any], Any] = {}  # many rows name the same record

    def value(row: models.Model, name: str) -> Any:
        found = getattr(row, name)
        if not isinstance(found, Record):
            return seen(found, person)
        key = type(found), found.pk
        if key not in readable:
            readable[key] = seen(found, person)
        return readable[key]

    return [
        {
            "url": address(register, row),
            "cells": [_cell(column, row, value(row, column.name), today) for column in columns],
        }
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class _Column:
    """What holds for all cells of a column; `kind` is empty where each value says for itself."""

    name: str
    label: str
    kind: str
    words: str  # the method of a row that says its value in words, if it has one


def _columns(register: Register, names: Sequence[str]) -> Iterator[_Column]:
    title = _title_of(register, names)
    for name in names:
        model_field = register.field(name)
        one = model_field is not None and not model_field.many_to_many
        if name == "status" and register.holds_records:
            kind = "state"
        elif name == title:
            kind = "title"
        elif one and getattr(model_field, "related_model", None) is Person:
            kind = "person"
        else:
            kind = ""
        words = f"get_{name}_display" if getattr(model_field, "choices", None) else ""
        yield _Column(name, register.heading(name), kind, words)


def _title_of(register: Register, names: Sequence[str]) -> str:
    """The column that says what a record is called; where none does, the first after its number."""
    if not register.holds_records:
        return ""
    return "title" if "title" in names else next(iter(names[1:]), "")


def _cell(column: _Column, row: models.Model, value: Any, today: date) -> Cell:
    kind, url, overdue = column.kind, "", False
    words = str(getattr(row, column.words)()) if column.words else text(value)
    if not kind:
        kind = "text" if column.words else _kind_of(value)
    if kind == "record":
        words, url = value.title, value.get_absolute_url()
    elif kind == "date":
        late = column.name in ("review_due", "due") and value < today
        overdue = late and _is_open(row)
    return Cell(words, kind, url=url, value=value, overdue=overdue, label=column.label)


def _kind_of(value: Any) -> str:
    match value:
        case Record():
            return "record"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case date():
            return "date"
    return "text"


def _is_open(row: models.Model) -> bool:
    """Can a day still be missed? Not by what is retired or done."""
    return getattr(row, "status", "") != Status.RETIRED and not getattr(row, "done_on", None)


def html(register: Register, row: models.Model, name: str, person: Person) -> SafeString | str:
    """The value of one field of a record's page. What `person` may not see is not there."""
    value = seen(getattr(row, name), person)
    model_field = register.field(name)
    if in_words := getattr(row, f"get_{name}_display", None):
        return str(in_words())
    if isinstance(model_field, models.TextField) and value:
        return rich(value)
    if isinstance(value, list):
        return format_html_join(", ", "{}", ((reference(one),) for one in value))
    if isinstance(value, models.Model):
        return reference(value)
    return text(value)


def reference(row: models.Model) -> SafeString | str:
    """A row as a link to its page, or as plain words where it has none."""
    if isinstance(row, Record):
        return format_html(
            '<a href="{}"><span class="number">{}</span> {}</a>',
            row.get_absolute_url(),
            row.number,
            row.title,
        )
    register = register_of(type(row))
    if register is None or not register.has_pages:
        return str(row)
    return format_html('<a href="{}">{}</a>', address(register, row), str(row))


def address(register: Register, row: models.Model) -> str:
    """Where the page of a row of a register is."""
    return row.get_absolute_url() if isinstance(row, Record) else f"/{register.slug}/{row.pk}/"
