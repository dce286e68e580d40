"""What templates cannot say: rings, differences between texts, filters that name themselves."""

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from math import cos, pi, sin
from typing import Any

from django import template
from django.forms import BoundField, NumberInput, Select, TextInput
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

register = template.Library()

# In the order in which a sector is filled; an observation is advice that was missed.
VERDICTS: dict[str, str | Promise] = {
    "conforming": _("Conforms"),
    "awaiting-attestation": _("Awaits attestation"),
    "observation": _("Observation"),
    "nonconforming": _("Does not conform"),
    "no-evidence": _("No evidence"),
    "not-assessed": _("Not assessed yet"),
    "not-applicable": _("Does not apply"),
}
STEPS: dict[str, str | Promise] = {
    "plan": _("Plan"),
    "do": _("Do"),
    "check": _("Check"),
    "act": _("Act"),
}

SHORT = 60  # characters: up to here a value is shown whole, before and after
LONG = 4_000  # words: beyond, finding what differs takes longer than a reader waits
AROUND = 6  # words that stay around a change, so that one knows where it stands

SELECTED = mark_safe(" selected")

CENTRE = 120
INNER, OUTER = 70, 97
GAP = 0.035  # between clauses, in radians


@dataclass(slots=True)
class Clause:
    """What is drawn of one clause: its step of the loop and how many of its items stand where."""

    number: str
    label: str
    phase: str
    counts: Mapping[str, int]
    url: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def figures(self) -> list[tuple[str, int]]:
        return [(verdict, self.counts.get(verdict, 0)) for verdict in VERDICTS]


@dataclass(slots=True)
class Sector:
    """A clause on the ring: where its number stands, and an arc for each verdict it has."""

    clause: Clause
    x: str
    y: str
    arcs: list[tuple[str, str]] = field(default_factory=list)


def point(angle: float, radius: float) -> tuple[str, str]:
    """Clockwise from the top, as text, so that no language puts a comma into a path."""
    return (
        f"{CENTRE + radius * sin(angle):.2f}",
        f"{CENTRE - radius * cos(angle):.2f}",
    )


def arc(start: float, end: float) -> str:
    """The outline of a piece of the ring, as a path."""
    long = int(end - start > pi)
    (a, b), (c, d) = point(start, OUTER), point(end, OUTER)
    (e, f), (g, h) = point(end, INNER), point(start, INNER)
    return (
        f"M{a} {b}A{OUTER} {OUTER} 0 {long} 1 {c} {d}L{e} {f}A{INNER} {INNER} 0 {long} 0 {g} {h}Z"
    )


def sectors(clauses: list[Clause]) -> list[Sector]:
    """Each step of the loop has a quarter, and its clauses share it evenly."""
    found = []
    for quarter, step in enumerate(STEPS):
        members = [clause for clause in clauses if clause.phase == step]
        width = pi / 2 / max(len(members), 1)
        for place, clause in enumerate(members):
            start = quarter * pi / 2 + place * width + GAP / 2
            span, end = width - GAP, start
            sector = Sector(clause, *point(start + span / 2, OUTER + 11))
            for verdict, count in clause.figures:
                if count:
                    start, end = end, end + span * count / clause.total
                    sector.arcs.append((verdict, arc(start, end)))
            found.append(sector)
    return found


def bar(clause: Clause) -> list[tuple[str, str, str]]:
    """The same as a bar of 100: verdict, where it begins, how long it is."""
    found, start = [], 0.0
    for verdict, count in clause.figures:
        if count:
            width = 100 * count / clause.total
            found.append((verdict, f"{start:.2f}", f"{width:.2f}"))
            start += width
    return found


@register.inclusion_tag("parts/conformity.html")
def conformity(clauses: Iterable[Any]) -> dict[str, Any]:
    """Draws clauses, each with `number`, `label`, `phase`, `url` and `counts` by verdict."""
    drawn = [Clause(c.number, str(c.label), c.phase, c.counts, c.url) for c in clauses]
    shown = [v for v in VERDICTS if any(clause.counts.get(v) for clause in drawn)]
    whole = Clause("", "", "", {v: sum(c.counts.get(v, 0) for c in drawn) for v in VERDICTS})
    return {
        "sectors": sectors(drawn),
        "steps": [
            (label, *point((quarter + 0.5) * pi / 2, INNER - 15))
            for quarter, label in enumerate(STEPS.values())
        ],
        "columns": [(verdict, VERDICTS[verdict]) for verdict in shown],
        "lines": [
            {
                "clause": clause,
                "bar": bar(clause),
                "figures": [(v, clause.counts.get(v, 0)) for v in shown],
            }
            for clause in drawn
        ],
        "whole": whole,
        "totals": [whole.counts[verdict] for verdict in shown],
        "conforming": whole.counts["conforming"],
    }


@register.simple_tag
def filter_control(field: BoundField) -> SafeString:
    """A filter whose empty choice is its own name: seven of them fit into one line."""
    name, widget = str(capfirst(field.label)), field.field.widget
    # Written here: Django renders templates for each of them and each option, longer than the page.
    if isinstance(widget, TextInput | NumberInput):
        attributes = {"type": widget.input_type, "name": field.html_name, "id": field.id_for_label}
        attributes |= {"value": widget.format_value(field.value())} | widget.attrs
        return format_html(
            "<input{}>", flatatt(attributes | {"aria-label": name, "placeholder": name})
        )
    if not isinstance(widget, Select):
        return field.as_widget(attrs={"aria-label": name, "placeholder": name})
    chosen = str(field.value() or "")
    options = [(str(value), label) for value, label in widget.choices if value != ""]
    return format_html(
        '<select name="{}" id="{}" aria-label="{}">{}</select>',
        field.html_name,
        field.id_for_label,
        name,
        format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                (value, SELECTED if value == chosen else "", label)
                for value, label in [("", name), *options]
            ),
        ),
    )


@register.simple_tag
def table_rows(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """The rows of a list. The first cell leads to the record.

    Written here and not in a template: a page of fifty rows has hundreds of cells, and a template
    takes longer over them than everything else takes together. So does Django's own escaping,
    which looks whether each word is yet to be translated; those of a cell are not.
    """
    labels: dict[str, str] = {}
    language = get_language()
    return mark_safe("\n".join(_tr(row, labels, language) for row in rows))


def _tr(row: Mapping[str, Any], labels: dict[str, str], language: str) -> str:
    """A row; `labels` are the headings that were set before."""
    first, *others = row["cells"]
    url = _escaped(row["url"])
    cells = []
    for cell in others:
        if cell.label not in labels:
            labels[cell.label] = f' data-label="{_escaped(capfirst(cell.label))}"'
        cells.append(_td(cell, labels[cell.label], language))
    head = f'<th scope="row"><a href="{url}">{_escaped(first.text) or "—"}</a></th>'
    return f'<tr data-href="{url}">{head}{"".join(cells)}</tr>'


def _escaped(text: str) -> str:
    """A text as it can stand in a page; what is markup already stays as it is."""
    return text if isinstance(text, SafeString) else html.escape(text)


def _td(cell: Any, label: str, language: str) -> str:
    text = _escaped(cell.text)
    hint = f' title="{text}"' if len(cell.text) > 24 else ""
    if cell.kind == "title":
        return f'<td class="is-title"{label}{hint}><strong>{text}</strong></td>'
    if cell.kind in ("state", "date", "person"):
        text = _cell(language, cell.kind, cell.text, cell.overdue, _value_of(cell))
    elif cell.url:
        text = f'<a href="{_escaped(cell.url)}">{text}</a>'
    return f'<td class="is-{cell.kind}"{label}{hint}>{text}</td>'


def _value_of(cell: Any) -> Any:
    return None if cell.kind == "person" else cell.value


@lru_cache(maxsize=4096)
def _cell(language: str, kind: str, text: str, overdue: bool, value: Any) -> SafeString:
    """States, days and names look the same in every row."""
    found = {"kind": kind, "text": text, "overdue": overdue, "value": value}
    return mark_safe(render_to_string("parts/cell.html", {"cell": found}))


@register.simple_tag
def difference(before: str, after: str) -> SafeString:
    """A value before and after; of a long text the words that went and came, and where."""
    if not before or not after or max(len(before), len(after)) <= SHORT:
        gone = format_html("<del>{}</del> → ", before) if before else ""
        return format_html("{}<ins>{}</ins>", gone, after or "—")
    old, new = before.split(), after.split()
    if len(old) + len(new) > LONG:
        return format_html("<ins>{} …</ins>", " ".join(new[:AROUND]))
    pieces: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("span", around(new[c:d], first=not c, last=d == len(new))))
            continue
        pieces += [(tag, " ".join(w)) for tag, w in (("del", old[a:b]), ("ins", new[c:d])) if w]
    woven = format_html_join(" ", "<{0}>{1}</{0}>", pieces)
    return format_html('<span class="woven">{}</span>', woven)


def around(words: list[str], first: bool, last: bool) -> str:
    """Words that did not change, cut to those beside a change."""
    if len(words) <= 2 * AROUND:
        return " ".join(words)
    head = [] if first else words[:AROUND]
    tail = [] if last else words[-AROUND:]
    return " ".join([*head, "…", *tail])
