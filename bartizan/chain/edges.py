"""A chain as a plain list of its legs (CSV): origin, destination, mode, carrier, days, …

The form in which most planning systems and spreadsheets can give it. All of it comes in, inside
one act, or nothing does; what is wrong is told by row. Tens of thousands of legs are written a
thousand at a time, past the forms: what they would check is checked here.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, TextIO

from django.db import transaction
from django.utils.translation import gettext as _

from bartizan.chain.bulk import AT_ONCE, common_row, insert
from bartizan.chain.locodes import Location, location
from bartizan.chain.models import Leg, Partner, Place
from bartizan.chain.models.legs import HOURS
from bartizan.chain.positions import positions
from bartizan.ground.people.models import Unit
from bartizan.ground.records.statistics import count_after
from bartizan.ground.trail.acts import act

NEEDED = ("origin", "destination")
COLUMNS = (*NEEDED, "mode", "carrier", "responsible", "days", "hours", "own", "hand_over")
LONGEST = 3650  # days, as the model has it
ROWS_LIMIT = 500_000
ERRORS_SHOWN = 1_000
YES, NO = ("yes", "true", "1"), ("", "no", "false", "0")


class NoEdgeList(ValueError):
    """This file is no list of legs."""


@dataclass(frozen=True, slots=True)
class EdgeError:
    """What is wrong with a row, counted as a spreadsheet counts, and in which column."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = _("row %s") % self.row
        return (
            f"{place}, {self.column}: {self.message}" if self.column else f"{place}: {self.message}"
        )


@dataclass(slots=True)
class EdgeOutcome:
    """What reading an edge list did, or would do. `known` legs were there already."""

    legs: int = 0
    places: int = 0
    known: int = 0
    errors: list[EdgeError] = field(default_factory=list)
    written: bool = False


@dataclass(slots=True)
class Edge:
    """One row on its way in; a place that is not there yet is known by its name."""

    row: int
    origin: int | str
    destination: int | str
    mode: str
    carrier: int | None
    responsible: int | None
    days: float | None
    own: bool
    hand_over: str

    @property
    def key(self) -> tuple[Any, ...]:
        """Two legs with all of this in common are one."""
        return (self.origin, self.destination, self.mode, self.carrier)


def read_edges(
    source: TextIO,
    unit: Unit,
    *,
    create_places: bool = False,
    preview: bool = False,
    why: str = "",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> EdgeOutcome:
    """Write the legs of an edge list that are not there yet, filed under a unit.

    Places and partners are named by number, GLN, LEI, title or, where one place alone has it,
    UN/LOCODE. With `create_places` those that are not there are made. Raises NoEdgeList for a
    file without the columns it takes.
    """
    rows = _rows(source)
    outcome = EdgeOutcome()
    with act(None, through="import", why=why):
        edges = _Reading(outcome, create_places).edges(rows)
        new = _without_known(edges, outcome)
        made = list(dict.fromkeys(name for edge in new for name in _unmade(edge)))
        outcome.legs, outcome.places = len(new), len(made)
        if not outcome.errors:
            point = transaction.savepoint()
            _write_legs(new, _write_places(made, new, unit), unit, progress)
            if preview:
                transaction.savepoint_rollback(point)
            else:
                transaction.savepoint_commit(point)
                count_after(outcome.legs + outcome.places)
    outcome.written = not (outcome.errors or preview)
    return outcome


def _unmade(edge: Edge) -> Iterator[str]:
    return (end for end in (edge.origin, edge.destination) if isinstance(end, str))


def _rows(source: TextIO) -> list[dict[str, str]]:
    """The rows of the file by their headings, separated as the first line has it."""
    try:
        text = source.read()
        heading = text.partition("\n")[0]
        separator = max(",;\t", key=heading.count)
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except (csv.Error, UnicodeDecodeError) as error:
        raise NoEdgeList(_("This file can't be read as a list: %s.") % error) from error
    if "\0" in text or not table:
        raise NoEdgeList(_("This file is no list of legs."))
    if len(table) > ROWS_LIMIT:
        raise NoEdgeList(_("More than %s rows are too many at once.") % f"{ROWS_LIMIT:,}")
    names = [name.strip().casefold().replace(" ", "_").lstrip("\ufeff") for name in table[0]]
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or not set(NEEDED) <= set(names) or len(set(names)) < len(names):
        raise NoEdgeList(
            _("The first row has to name the columns, each once: %(needed)s, and any of %(more)s.")
            % {"needed": ", ".join(NEEDED), "more": ", ".join(COLUMNS[len(NEEDED) :])}
        )
    return [
        {name: cell.strip() for name, cell in zip(names, row, strict=False)} for row in table[1:]
    ]


class _Reading:
    """Turns rows into edges, and notes what is wrong with them."""

    def __init__(self, outcome: EdgeOutcome, create_places: bool) -> None:
        self.outcome, self.create_places = outcome, create_places
        self.places = _names(Place, "gln", "locode")
        self.unmade: dict[str, str] = {}  # places to be made, as they were first written
        self.partners = _names(Partner, "gln", "lei")
        self.modes = {str(word).casefold(): mode for mode, word in Leg.Mode.choices}
        self.modes |= {mode: mode for mode in Leg.Mode.values}

    def edges(self, rows: list[dict[str, str]]) -> list[Edge]:
        """One edge a row, but for empty rows and those that something is wrong with."""
        found: list[Edge] = []
        first: dict[tuple[Any, ...], int] = {}
        for number, cells in enumerate(rows, start=2):
            if not any(cells.values()):
                continue
            edge = self.edge(number, cells)
            if edge is None:
                continue
            if edge.key in first:
                self.fail(number, "", _("The same leg as in row %s.") % first[edge.key])
            first.setdefault(edge.key, number)
            found.append(edge)
        return found

    def edge(self, row: int, cells: dict[str, str]) -> Edge | None:
        before = len(self.outcome.errors)
        origin, destination = (self.place(row, name, cells.get(name, "")) for name in NEEDED)
        if origin is not None and origin == destination:
            self.fail(row, "destination", _("A leg leads from one place to another."))
        if cells.get("responsible") and not cells.get("carrier") and cells.get("own", "") in NO:
            self.fail(row, "carrier", _("Somebody else answers for it: name who has it in hand."))
        edge = Edge(
            row,
            origin or 0,
            destination or 0,
            self.mode(row, cells.get("mode", "")),
            self.partner(row, "carrier", cells.get("carrier", "")),
            self.partner(row, "responsible", cells.get("responsible", "")),
            self.days(row, cells),
            self.yes(row, "own", cells.get("own", "")),
            cells.get("hand_over", ""),
        )
        return edge if len(self.outcome.errors) == before else None

    def fail(self, row: int, column: str, message: str) -> None:
        if len(self.outcome.errors) < ERRORS_SHOWN:
            self.outcome.errors.append(EdgeError(row, column, message))

    def place(self, row: int, column: str, name: str) -> int | str | None:
        """The key of a place, or its name where it is to be made."""
        if not name:
            self.fail(row, column, _("Name a place."))
            return None
        found = self.places.get(name.casefold(), ())
        if len(found) == 1:
            return found[0]
        if found:
            self.fail(row, column, _("Several places are called “%s”: give the number.") % name)
        elif self.create_places:
            return self.unmade.setdefault(name.casefold(), name[:200])
        else:
            self.fail(row, column, _("There is no place “%s”.") % name)
        return None

    def partner(self, row: int, column: str, name: str) -> int | None:
        if not name:
            return None
        found = self.partners.get(name.casefold(), ())
        if len(found) == 1:
            return found[0]
        said = _("Several partners are called “%s”: give the number.") if found else ""
        self.fail(row, column, (said or _("There is no partner “%s”.")) % name)
        return None

    def mode(self, row: int, word: str) -> str:
        if not word:
            return Leg.Mode.ROAD
        mode = self.modes.get(word.casefold())
        if mode is None:
            known = ", ".join(Leg.Mode.values)
            said = _("“%(word)s” is none of: %(known)s.") % {"word": word, "known": known}
            self.fail(row, "mode", said)
        return mode or ""

    def days(self, row: int, cells: dict[str, str]) -> float | None:
        """How long it takes, given in days or in hours."""
        given = [name for name in ("days", "hours") if cells.get(name)]
        if len(given) > 1:
            self.fail(row, "hours", _("Give days or hours, not both."))
        if len(given) != 1:
            return None
        [column] = given
        try:
            count = float(cells[column].replace(",", ".")) / (HOURS if column == "hours" else 1)
        except ValueError:
            self.fail(row, column, _("“%s” is no number.") % cells[column])
            return None
        if not (isfinite(count) and 0 <= count <= LONGEST):
            said = _("A leg takes 0 days or more, and ten years at most.")
            self.fail(row, column, said)
        return count

    def yes(self, row: int, column: str, word: str) -> bool:
        if word.casefold() not in YES + NO:
            self.fail(row, column, _("Write yes or no."))
        return word.casefold() in YES


def _names(model: type[Place] | type[Partner], *codes: str) -> dict[str, list[int]]:
    """All that a place or partner may be called in the list, and who is called so."""
    names: dict[str, list[int]] = defaultdict(list)
    told = model.objects.current().order_by("pk").values_list("pk", "number", "title", *codes)
    for key, *called in told:
        for name in {one.casefold() for one in called if one}:
            names[name].append(key)
    return names


def _without_known(edges: list[Edge], outcome: EdgeOutcome) -> list[Edge]:
    """The edges that are no leg yet."""
    legs = Leg.objects.current().order_by()
    known = set(legs.values_list("origin", "destination", "mode", "carrier"))
    new = [edge for edge in edges if edge.key not in known]
    outcome.known = len(edges) - len(new)
    return new


# -- writing -----------------------------------------------------------------------------------


def _write_places(names: list[str], edges: list[Edge], unit: Unit) -> dict[int | str, int]:
    """Make the places that are not there; returns their keys by name."""
    if not names:
        return {}
    lies = _positions(names, edges)
    records, rows = [], []
    for name in names:
        known = location(name) or Location("", name)
        records.append(common_row(Place, known.name if known.code else name, unit))
        rows.append(
            Place(
                use=Place.Use.OTHER,
                position=lies.get(name, Place.Position.UPSTREAM),
                under_own_control=False,
                country=known.code[:2],
                locode=known.code,
                latitude=known.latitude,
                longitude=known.longitude,
            )
        )
    insert(records, rows)
    return dict(zip(names, (record.pk for record in records), strict=True))


def _positions(names: list[str], edges: list[Edge]) -> dict[int | str, Any]:
    """Where the new places lie by all the legs there will be."""
    own = Place.objects.live().filter(under_own_control=True)
    there = Leg.objects.travelled().values_list("origin", "destination")
    ends: list[tuple[int | str, int | str]] = [*there]
    ends += [(edge.origin, edge.destination) for edge in edges]
    return positions(ends, {*own.values_list("pk", flat=True)})


def _write_legs(
    edges: list[Edge],
    keys: dict[int | str, int],
    unit: Unit,
    progress: Callable[[int, int], None],
) -> None:
    named = Place.objects.order_by().only("pk", "title", "sensitivity")
    known = {place.pk: place for place in named}
    for start in range(0, len(edges), AT_ONCE):
        records, rows = [], []
        for edge in edges[start : start + AT_ONCE]:
            origin: Any = keys.get(edge.origin, edge.origin)
            destination: Any = keys.get(edge.destination, edge.destination)
            ends = known[origin], known[destination]
            record = common_row(Leg, Leg.called(*ends), unit)
            record.sensitivity = max(record.sensitivity, *(end.sensitivity for end in ends))
            records.append(record)
            rows.append(
                Leg(
                    origin_id=origin,
                    destination_id=destination,
                    mode=edge.mode,
                    carrier_id=edge.carrier,
                    responsible_id=edge.responsible,
                    usual_days=edge.days,
                    under_own_control=edge.own,
                    hand_over=edge.hand_over,
                )
            )
        insert(records, rows)
        progress(min(start + AT_ONCE, len(edges)), len(edges))
