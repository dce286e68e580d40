"""The chain as a table: the same facts as in the drawing, to read, to print, to reckon with."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bartizan.chain.graph import Line, Point
from bartizan.ground.people.requests import SignedInRequest, natural
from bartizan.ground.records.csv_files import csv_file
from bartizan.site.chain import closing
from bartizan.site.chain.keys import COLOURS, Key
from bartizan.site.chain.pages import answered, finder, head
from bartizan.site.chain.picture import Picture, picture

ROWS = 100  # of one page


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it says of a row, and, of numbers, that they stand to the right."""

    name: str
    label: str
    says: Callable[[int], Any]
    is_number: bool = False
    link: Callable[[int], str] | None = None


def nodes(seen: Picture, stops: dict[str, float], closed: set[str]) -> list[Column]:
    """What is told of places and partners; with something closed, also when they stop."""
    points, worth = seen.graph.points, seen.graph.value_of_nodes
    arriving = Counter(line.destination for line in seen.graph.lines)
    leaving = Counter(line.origin for line in seen.graph.lines)
    place_of = seen.graph.place_of

    def partner(row: int) -> Point | None:
        run_by = points[row].partner
        return None if run_by is None else points[place_of[run_by]]

    found = [
        Column("number", _("Number"), lambda row: points[row].number, link=_own(points)),
        Column("title", _("Title"), lambda row: points[row].title),
        Column("use", _("What it is"), lambda row: points[row].use),
        _keyed(seen, "tier", _("Tier"), "nodes"),
        Column("country", _("Country"), lambda row: points[row].country),
        _keyed(seen, "custody", _("Custody"), "nodes"),
        _naming("partner", _("Run by"), partner),
        _keyed(seen, "risk", _("Highest risk"), "nodes"),
        Column("in", _("Legs in"), lambda row: arriving[points[row].pk], is_number=True),
        Column("out", _("Legs out"), lambda row: leaving[points[row].pk], is_number=True),
        _worth(seen, lambda row: worth.get(points[row].pk, 0)),
    ]
    if closed:
        found.append(_stopping(lambda row: points[row].number, stops, closed))
    return found


def legs(seen: Picture) -> list[Column]:
    """What is told of legs."""
    lines, worth = seen.graph.lines, seen.graph.value_of_legs
    points, place_of = seen.graph.points, seen.graph.place_of

    def end(which: str) -> Callable[[int], Point | None]:
        def point(row: int) -> Point | None:
            pk = getattr(lines[row], which)
            return None if pk is None else points[place_of[pk]]

        return point

    return [
        Column("number", _("Number"), lambda row: lines[row].number, link=_leg(lines)),
        _naming("from", _("From"), end("origin")),
        _naming("to", _("To"), end("destination")),
        Column("mode", _("By"), lambda row: lines[row].mode),
        _keyed(seen, "custody", _("Custody"), "legs"),
        _naming("carrier", _("Carrier"), end("carrier")),
        Column("days", _("Usual days"), lambda row: lines[row].days, is_number=True),
        _keyed(seen, "risk", _("Highest risk"), "legs"),
        _worth(seen, lambda row: worth.get(lines[row].pk, 0)),
    ]


def _own(points: list[Point]) -> Callable[[int], str]:
    return lambda row: points[row].url


def _leg(lines: list[Line]) -> Callable[[int], str]:
    return lambda row: reverse("legs:detail", args=[lines[row].number])


def _naming(name: str, label: str, at: Callable[[int], Point | None]) -> Column:
    """A column that names another place or partner and leads there."""
    return Column(
        name,
        label,
        lambda row: getattr(at(row), "title", ""),
        link=lambda row: there.url if (there := at(row)) else "",
    )


def _keyed(seen: Picture, name: str, label: str, what: str) -> Column:
    """What a colour of the drawing says, in its words."""
    key = seen.keys[name]
    places = getattr(key, what)
    return Column(name, label, lambda row: key.entries[places[row]].label)


def _worth(seen: Picture, says: Callable[[int], int]) -> Column:
    label = _("Value a year")
    if seen.graph.currency:
        label = f"{label} ({seen.graph.currency})"
    return Column("value", label, says, is_number=True)


def _stopping(number: Callable[[int], str], stops: dict[str, float], closed: set[str]) -> Column:
    def says(row: int) -> str:
        if number(row) in closed:
            return _("closed")
        return closing.when(stops[number(row)]) if number(row) in stops else ""

    return Column("stops", _("Stops"), says)


def rows_of(seen: Picture, what: str, query: QueryDict) -> list[int]:
    """The rows that the filters of the address leave."""
    graph, words = seen.graph, query.get("q", "").strip().casefold()
    side, country = query.get("side", ""), query.get("country", "")

    def fits(point: Point) -> bool:
        return (not side or point.position == side) and (not country or point.country == country)

    shown = _shown(seen, what, query)
    if what == "legs":
        ends = {point.pk: fits(point) for point in graph.points}
        found = (
            (row, f"{line.number} {line.title}")
            for row, line in enumerate(graph.lines)
            if ends[line.origin] and ends[line.destination]
        )
    else:
        unplaced = query.get("located") == "no"
        found = (
            (row, f"{point.number} {point.title}")
            for row, point in enumerate(graph.points)
            if fits(point) and not (unplaced and (point.is_partner or point.latitude is not None))
        )
    return [row for row, told in found if shown(row) and words in told.casefold()]


def _key(seen: Picture, query: QueryDict) -> Key:
    """The key by which the address colours."""
    colour = query.get("colour", "")
    return seen.keys[colour if colour in COLOURS else COLOURS[0]]


def _shown(seen: Picture, what: str, query: QueryDict) -> Callable[[int], bool]:
    """The one entry of the key that is looked at, if any."""
    key, show = _key(seen, query), query.get("show", "")
    names = [entry.name for entry in key.entries]
    places = getattr(key, what)
    if show not in names or not places:
        return lambda row: True
    wanted = names.index(show)
    return lambda row: places[row] == wanted


def sorted_by(columns: list[Column], rows: list[int], order: str) -> tuple[list[int], str]:
    """The rows in the order asked for, and which that is."""
    by = next((one for one in columns if one.name == order.lstrip("-")), None)
    if by is None:
        return rows, ""
    says = by.says

    def weight(row: int) -> tuple[bool, Any]:
        value = says(row)
        return (value in (None, ""), value.casefold() if isinstance(value, str) else value or 0)

    return sorted(rows, key=weight, reverse=order.startswith("-")), order


@require_safe
def table(request: SignedInRequest) -> HttpResponse:
    """The page of it: places and partners, or legs, a hundred at a time."""
    seen = picture(request.user)
    what = "legs" if request.GET.get("rows") == "legs" else "nodes"
    columns = _columns(seen, what, request.GET)
    rows, order = sorted_by(columns, rows_of(seen, what, request.GET), request.GET.get("sort", ""))
    page = natural(request.GET.get("page", ""))
    context = head(request, seen, "table") | finder(request, seen) | answered(request, seen)
    href = partial(_href, request)
    context["kept"] += [
        (name, value)
        for name in ("colour", "rows", "sort", "located")
        if (value := request.GET.get(name))
    ]
    context |= {
        "what": what,
        "tables": [
            {"label": _("Places and partners"), "url": href(rows=None), "current": what == "nodes"},
            {"label": _("Legs"), "url": href(rows="legs"), "current": what == "legs"},
        ],
        "columns": [_heading(request, column, order) for column in columns],
        "rows": [_cells(columns, row) for row in rows[page * ROWS : (page + 1) * ROWS]],
        "count": len(rows),
        "search": request.GET.get("q", ""),
        "only": _only(seen, request.GET),
        "all_url": href(show=None, located=None, q=None, side=None, country=None),
        "filtered": len(rows) < len(seen.graph.lines if what == "legs" else seen.graph.points),
        "previous_url": href(page=str(page - 1) if page > 1 else None) if page else "",
        "next_url": href(page=str(page + 1)) if (page + 1) * ROWS < len(rows) else "",
    }
    return TemplateResponse(request, "site/chain_table.html", context)


def _columns(seen: Picture, what: str, query: QueryDict) -> list[Column]:
    if what == "legs":
        return legs(seen)
    closed, days = closing.asked(seen, query)
    stops = closing.answer(seen, closed, days).stops if closed else {}
    return nodes(seen, stops, {point.number for point in closed})


def _href(request: HttpRequest, **changes: str | None) -> str:
    query = request.GET.copy()
    for name, value in ({"page": None} | changes).items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


def _heading(request: HttpRequest, column: Column, order: str) -> dict[str, Any]:
    sorted_ = {column.name: "asc", f"-{column.name}": "desc"}.get(order, "")
    asked = f"-{column.name}" if sorted_ == "asc" else column.name
    return {
        "label": column.label,
        "is_number": column.is_number,
        "sorted": sorted_,
        "url": _href(request, sort=asked),
    }


def _cells(columns: Iterable[Column], row: int) -> list[dict[str, Any]]:
    return [
        {
            "name": column.name,
            "label": column.label,
            "value": column.says(row),
            "is_number": column.is_number,
            "url": column.link(row) if column.link else "",
        }
        for column in columns
    ]


def _only(seen: Picture, query: QueryDict) -> str:
    """The entry of a key that is shown alone, in its words."""
    labels = {entry.name: entry.label for entry in _key(seen, query).entries}
    return labels.get(query.get("show", ""), "")


@require_safe
def as_csv(request: SignedInRequest, what: str) -> HttpResponse:
    """All rows that the filters leave, for a spreadsheet."""
    if what not in ("nodes", "legs"):
        raise Http404
    seen = picture(request.user)
    columns = _columns(seen, what, request.GET)
    rows, _order = sorted_by(columns, rows_of(seen, what, request.GET), request.GET.get("sort", ""))
    heading = [column.label for column in columns]
    return csv_file(
        f"chain-{what}", heading, ([column.says(row) for column in columns] for row in rows)
    )
