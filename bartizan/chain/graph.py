"""The chain of today as one picture: nodes, legs, dependencies and what flows, as somebody sees it.

Every row comes from `visible_to`, so what the reader may not see is not in it: not as a node, not
as an end of a leg, not in a sum. A leg to a place that is hidden is hidden with it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from django.db.models.functions import Coalesce
from django.urls import reverse

from bartizan.chain import layout
from bartizan.chain.models import Dependency, Flow, FlowStep, Leg, Node, Partner, Place
from bartizan.ground.people.models import Person

SIDES = {
    Node.Position.UPSTREAM: layout.UPSTREAM,
    Node.Position.OWN: layout.OWN,
    Node.Position.DOWNSTREAM: layout.DOWNSTREAM,
    Node.Position.BESIDE: layout.BESIDE,
}


@dataclass(frozen=True, slots=True)
class Point:
    """A partner or place as it is drawn."""

    pk: int
    number: str
    title: str
    is_partner: bool
    use: str  # what the place is used as, what the partner is to us
    position: str
    country: str
    tier: int  # 0: nobody knows
    partner: int | None  # who runs the place
    own: bool  # under our control
    latitude: float | None = None
    longitude: float | None = None
    parent: int | None = None  # the company that owns a partner

    @property
    def url(self) -> str:
        """Where its page is."""
        kind = "partners" if self.is_partner else "places"
        return reverse(f"{kind}:detail", args=[self.number])


@dataclass(frozen=True, slots=True)
class Line:
    """A leg as it is drawn."""

    pk: int
    number: str
    title: str
    origin: int
    destination: int
    mode: str
    carrier: int | None
    named: bool  # somebody has it in custody, whether or not the reader may know who
    own: bool
    days: float | None


@dataclass(frozen=True, slots=True)
class Tie:
    """One node depends on another."""

    dependant: int
    supplier: int
    days: float
    what: str


@dataclass(slots=True)
class Stream:
    """A flow, what it is worth, and the legs it may take."""

    pk: int
    number: str
    title: str
    value: int
    currency: str
    legs: set[int] = field(default_factory=set)


@dataclass
class Graph:
    """All of it, with what can be computed from it alone."""

    points: list[Point]
    lines: list[Line]
    ties: list[Tie]
    streams: list[Stream]

    @cached_property
    def place_of(self) -> dict[int, int]:
        """Where a record stands among the points."""
        return {point.pk: place for place, point in enumerate(self.points)}

    @cached_property
    def currency(self) -> str:
        """The currency most flows are told in: sums are made in this one alone."""
        told = Counter(stream.currency for stream in self.streams if stream.currency)
        return told.most_common(1)[0][0] if told else ""

    @cached_property
    def value_of_legs(self) -> dict[int, int]:
        """What flows over each leg in a year."""
        worth: dict[int, int] = defaultdict(int)
        for stream in self.streams:
            if stream.currency == self.currency:
                for leg in stream.legs:
                    worth[leg] += stream.value
        return dict(worth)

    @cached_property
    def value_of_nodes(self) -> dict[int, int]:
        """What flows through each node in a year: of a partner, over what it carries or runs."""
        touched = self._legs_at_nodes()
        worth: dict[int, int] = {}
        by_leg: dict[int, list[Stream]] = defaultdict(list)
        for stream in self.streams:
            if stream.currency == self.currency:
                for leg in stream.legs:
                    by_leg[leg].append(stream)
        for node, legs in touched.items():
            flows = {stream.pk: stream.value for leg in legs for stream in by_leg.get(leg, ())}
            if flows:
                worth[node] = sum(flows.values())
        return worth

    def _legs_at_nodes(self) -> dict[int, set[int]]:
        touched: dict[int, set[int]] = defaultdict(set)
        used = {leg for stream in self.streams for leg in stream.legs}
        run_by = {point.pk: point.partner for point in self.points if point.partner}
        for line in self.lines:
            if line.pk not in used:
                continue
            partners = (line.carrier, run_by.get(line.origin), run_by.get(line.destination))
            for node in {line.origin, line.destination, *filter(None, partners)}:
                touched[node].add(line.pk)
        return touched

    @cached_property
    def drawing(self) -> layout.Drawing:
        """Where everything stands as a graph, from upstream to downstream."""
        place = self.place_of
        pairs = [(place[line.origin], place[line.destination]) for line in self.lines]
        pairs += [(place[tie.supplier], place[tie.dependant]) for tie in self.ties]
        for point in self.points:
            if point.partner is not None and point.partner in place:
                run_by, here = place[point.partner], place[point.pk]
                downstream = point.position == Node.Position.DOWNSTREAM
                pairs.append((here, run_by) if downstream else (run_by, here))
        ends = np.array(pairs, np.int64).reshape(-1, 2)
        return layout.draw(
            np.array([SIDES[Node.Position(point.position)] for point in self.points], np.int64),
            np.array([point.tier for point in self.points], np.int64),
            ends[:, 0],
            ends[:, 1],
        )


def graph(person: Person) -> Graph:
    """The chain of today, as far as this person may see it."""
    partners, places = _partners(person), _places(person)
    seen = {point.pk for point in (*partners, *places)}
    known = {point.pk for point in partners}
    # Of a partner that is hidden nothing is left, neither its name nor its tier.
    places = [
        point if point.partner in known else replace(point, partner=None, tier=0)
        for point in places
    ]
    lines = [
        line if line.carrier in known else replace(line, carrier=None)
        for line in _lines(person)
        if line.origin in seen and line.destination in seen
    ]
    return Graph(
        points=[*places, *partners],
        lines=lines,
        ties=_ties(person, seen),
        streams=_streams(person, {line.pk for line in lines}),
    )


def _partners(person: Person) -> list[Point]:
    rows = Partner.objects.visible_to(person).live().filter(is_active=True).order_by("pk")
    rows = rows.annotate(known=Coalesce("tier", 0))
    fields = ("pk", "number", "title", "relationship", "position", "country", "known", "parent")
    kinds = {value: str(label) for value, label in Partner.Relationship.choices}
    return [
        Point(
            pk, number, title, True, kinds[kind], position, country, known, partner=None,
            own=False, parent=parent,
        )
        for pk, number, title, kind, position, country, known, parent in rows.values_list(*fields)
    ]  # fmt: skip


def _places(person: Person) -> list[Point]:
    rows = Place.objects.visible_to(person).live().filter(is_active=True).order_by("pk")
    fields = (
        "pk", "number", "title", "use", "position", "country", "partner__tier", "partner",
        "under_own_control", "latitude", "longitude",
    )  # fmt: skip
    uses = {value: str(label) for value, label in Place.Use.choices}
    return [
        Point(pk, number, title, False, uses[use], position, country, tier or 0, *more)
        for pk, number, title, use, position, country, tier, *more in rows.values_list(*fields)
    ]


def _lines(person: Person) -> Iterable[Line]:
    rows = Leg.objects.visible_to(person).travelled().order_by("pk")
    fields = (
        "pk", "number", "title", "origin", "destination", "mode", "carrier", "under_own_control",
        "usual_days",
    )  # fmt: skip
    modes = {value: str(label) for value, label in Leg.Mode.choices}
    for pk, number, title, origin, destination, mode, carrier, own, days in rows.values_list(
        *fields
    ):
        named = carrier is not None
        yield Line(pk, number, title, origin, destination, modes[mode], carrier, named, own, days)


def _ties(person: Person, seen: set[int]) -> list[Tie]:
    """Who depends on whom; what depends on a flow is told where flows are."""
    rows = Dependency.objects.visible_to(person).filter(on_flow=None)
    fields = ("partner", "place", "on_partner", "on_place", "buffer_days", "what")
    found = (
        Tie(partner or place, on_partner or on_place, days, what)
        for partner, place, on_partner, on_place, days, what in rows.values_list(*fields)
    )
    return [tie for tie in found if tie.dependant in seen and tie.supplier in seen]


def _streams(person: Person, legs: set[int]) -> list[Stream]:
    rows = Flow.objects.visible_to(person).running().order_by("pk")
    fields = ("pk", "number", "title", "value_per_year", "currency")
    found = {
        pk: Stream(pk, number, title, value or 0, currency)
        for pk, number, title, value, currency in rows.values_list(*fields)
    }
    steps = FlowStep.objects.visible_to(person).order_by("flow", "step")
    for flow, leg in steps.values_list("flow", "leg"):
        if flow in found and leg in legs:
            found[flow].legs.add(leg)
    return list(found.values())
