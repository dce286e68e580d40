"""How a value is said to a reader: once, for lists, pages, differences and previews alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as a list shows it: `kind` says how it is set, `overdue` that its day passed.

    `label` is the heading of its column: a narrow screen shows a row as a list of these.
    """

    text: str
    kind: str = "text"  # text, number, date, state, person, record, boolean
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
        case None | "":
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
            return formats.number_format(value, use_l10n=True)
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
    labels = [(name, register.heading(name)) for name in names]
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
            "cells": [
                _cell(register, row, name, value(row, name), today, label) for name, label in labels
            ],
        }
        for row in rows
    ]


def _cell(
    register: Register, row: models.Model, name: str, value: Any, today: date, label: str
) -> Cell:
    model_field = register.field(name)
    kind, words, url, overdue = "text", text(value), "", False
    one = model_field is not None and not model_field.many_to_many
    if name == "status" and isinstance(row, Record):
        kind, words = "state", row.get_status_display()
    elif getattr(model_field, "choices", None):
        words = str(getattr(row, f"get_{name}_display")())
    elif one and getattr(model_field, "related_model", None) is Person:
        kind = "person"
    elif isinstance(value, Record):
        kind, words, url = "record", value.title, value.get_absolute_url()
    elif isinstance(value, bool):
        kind = "boolean"
    elif isinstance(value, int | float):
        kind = "number"
    elif isinstance(value, date):
        kind = "date"
        overdue = name in ("review_due", "due") and value < today and _is_open(row)
    return Cell(words, kind, url=url, value=value, overdue=overdue, label=label)


def _is_open(row: models.Model) -> bool:
    """Can a day still be missed? Not by what is retired or done."""
    return getattr(row, "status", "") != Status.RETIRED and not getattr(row, "done_on", None)


def html(register: Register, row: models.Model, name: str, person: Person) -> SafeString | str:
    """The value of one field of a record's page. What `person` may not see is not there."""
    value = seen(getattr(row, name), person)
    model_field = register.field(name)
    if getattr(model_field, "choices", None):
        return str(getattr(row, f"get_{name}_display")())
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
