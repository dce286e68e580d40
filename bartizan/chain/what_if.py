"""What stops when places or partners close: which flows and sites, after how many days, worth what.

The chain of today is loaded once, as somebody sees it, and becomes a network of needs:

- a place needs the partner that runs it; a leg needs the places at both ends and whoever has the
  goods in custody; a flow needs one leg of each of its steps, and those at its end get by for as
  long as its stock lasts;
- a dependency is a need with a buffer; of a group any one will do;
- an agreed alternative stands by for whatever it replaces, wherever that is needed. It is called
  on the day of the closure and does the work so many days later.

Goods on their way when something closes are not counted: what is said to stop stops no earlier
than is said, and arrives no later than is said. Cycles are followed until nothing changes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from bartizan.chain.models import (
    Alternative,
    Dependency,
    Flow,
    FlowStep,
    Leg,
    Partner,
    Place,
)
from bartizan.ground.people.models import Person

if TYPE_CHECKING:
    from bartizan.analysis.network import Network

# The compiled kernels take half a second and 70 MB to load: whoever asks them loads them.

FOR_GOOD = 36_500.0  # days: a closure of which nobody knows the end
DAYS_A_YEAR = 365

# A leg as the network needs it: from, to, and in whose custody (None: in our own).
Ends = tuple[int, int, int | None]


@dataclass(frozen=True, slots=True)
class Flowing:
    """A flow as the network needs it: legs by step, and what a year of it is worth."""

    steps: tuple[tuple[int, ...], ...]
    buffer: float = 0
    value: int = 0
    currency: str = ""
    customer: int | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A need that somebody wrote down: any one of `suppliers`, for so many days not at all."""

    dependant: int
    suppliers: tuple[int, ...]
    buffer: float = 0


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who is called when `replaced` fails, and does its work so many days later."""

    replaced: int
    substitute: int
    days: float = 0


@dataclass(frozen=True)
class Chain:
    """The chain as plain numbers: records by their keys, which are unique over all kinds."""

    places: Mapping[int, int | None]  # and who runs each
    partners: frozenset[int]
    legs: Mapping[int, Ends]
    flows: Mapping[int, Flowing]
    ties: tuple[Tie, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()

    @property
    def nodes(self) -> frozenset[int]:
        """Everything that can close."""
        return self.partners | self.places.keys()

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """All records, in the order of their numbers in the network; stand-ins come after them."""
        return (*self.places, *self.partners, *self.legs, *self.flows)

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of each record in the network."""
        return {key: number for number, key in enumerate(self.keys)}

    @cached_property
    def network(self) -> "Network":
        """The chain as nodes and what each of them needs."""
        from bartizan.analysis.network import Network

        needs = _Needs(self)
        return Network.of_numbers(len(self.keys) + len(self.stand_ins), *needs.arrays())


class _Needs:
    """The needs of a chain as lists of numbers: there are tens of thousands."""

    def __init__(self, chain: Chain) -> None:
        self.of: list[int] = []
        self.sizes: list[int] = []
        self.suppliers: list[int] = []
        self.buffers: list[float] = []
        number = chain.numbers
        # A record itself, or whatever stands in for it.
        self.either: list[tuple[int, ...]] = [(place,) for place in range(len(number))]
        for place, way in enumerate(chain.stand_ins, start=len(number)):
            self.either[number[way.replaced]] += (place,)
            self.need(place, (number[way.substitute],))
        for key, partner in chain.places.items():
            if partner is not None:
                self.need(number[key], self.either[number[partner]])
        for key, ends in chain.legs.items():
            for wanted in ends:
                if wanted is not None:
                    self.need(number[key], self.either[number[wanted]])
        for key, flow in chain.flows.items():
            for legs in flow.steps:
                self.need(number[key], tuple(number[leg] for leg in legs), flow.buffer)
        for tie in chain.ties:
            any_of = [one for key in tie.suppliers for one in self.either[number[key]]]
            self.need(number[tie.dependant], tuple(dict.fromkeys(any_of)), tie.buffer)

    def need(self, of: int, suppliers: tuple[int, ...], buffer: float = 0) -> None:
        self.of.append(of)
        self.sizes.append(len(suppliers))
        self.suppliers += suppliers
        self.buffers.append(buffer)

    def arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        return (
            np.array(self.of, np.int64),
            np.array(self.sizes, np.int64),
            np.array(self.suppliers, np.int64),
            np.array(self.buffers, np.float32),
        )


# -- loading -----------------------------------------------------------------------------------


def chain_of_today(person: Person | None = None) -> Chain:
    """The chain in use as somebody sees it; None sees everything. Seven queries."""

    def seen(rows: Any) -> Any:
        return rows if person is None else rows.visible_to(person)

    places = dict(seen(_in_use(Place)).values_list("pk", "partner"))
    partners = frozenset(seen(_in_use(Partner)).values_list("pk", flat=True))
    places = {place: by if by in partners else None for place, by in places.items()}
    nodes = partners | places.keys()
    found = seen(Leg.objects.travelled().order_by("pk")).values_list(
        "pk", "origin", "destination", "carrier"
    )
    legs = {
        key: (origin, destination, carrier if carrier in partners else None)
        for key, origin, destination, carrier in found
        if origin in places and destination in places
    }
    flows = _flows(seen, legs)
    return Chain(places, partners, legs, flows, _ties(seen, nodes, flows), _stand_ins(seen, nodes))


def _in_use(model: type[Partner] | type[Place]) -> Any:
    return model.objects.live().filter(is_active=True).order_by("pk")


def _flows(seen: Any, legs: Collection[int]) -> dict[int, Flowing]:
    """The flows in use, each with those of its legs that are in use, by step."""
    steps: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for flow, step, leg in seen(FlowStep.objects.order_by("pk")).values_list("flow", "step", "leg"):
        if leg in legs:
            steps[flow][step].append(leg)
    told = seen(Flow.objects.running()).order_by("pk")
    return {
        key: Flowing(
            tuple(tuple(steps[key][step]) for step in sorted(steps[key])),
            buffer,
            value or 0,
            currency,
            customer,
        )
        for key, buffer, value, currency, customer in told.values_list(
            "pk", "buffer_days", "value_per_year", "currency", "customer"
        )
    }


def _ties(seen: Any, nodes: Collection[int], flows: Collection[int]) -> tuple[Tie, ...]:
    """Dependencies on what is in use. A group lasts as long as the first buffer in it."""
    groups: dict[tuple[int, str], list[tuple[int, float]]] = defaultdict(list)
    told = seen(Dependency.objects.order_by("pk")).values_list(
        "pk", "partner", "place", "on_partner", "on_place", "on_flow", "group", "buffer_days"
    )
    for row, partner, place, on_partner, on_place, on_flow, group, buffer in told:
        dependant, supplier = partner or place, on_partner or on_place or on_flow
        if dependant in nodes and (supplier in nodes or supplier in flows):
            groups[dependant, f"group {group}" if group else str(row)].append((supplier, buffer))
    return tuple(
        Tie(dependant, tuple(key for key, _buffer in rows), min(buffer for _key, buffer in rows))
        for (dependant, _group), rows in groups.items()
    )


def _stand_ins(seen: Any, nodes: Collection[int]) -> tuple[StandIn, ...]:
    """What may stand in for what: agreed alternatives that are in use themselves."""
    told = seen(Alternative.objects.filter(is_agreed=True).order_by("pk")).values_list(
        "partner", "place", "by_partner", "by_place", "ready_after_days"
    )
    found = (
        StandIn(partner or place, by_partner or by_place, days)
        for partner, place, by_partner, by_place, days in told
    )
    return tuple(way for way in found if way.replaced in nodes and way.substitute in nodes)


# -- asking ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stopped:
    """A record that stands still: from which day after the closure until which; None: for good."""

    key: int
    start: float
    end: float | None

    @property
    def days(self) -> float:
        """How long it stands still."""
        return inf if self.end is None else self.end - self.start


@dataclass(frozen=True)
class Consequences:
    """What a closure stops, each kind in the order in which it does.

    `values` is what a year of the flows that stop is worth, by currency; `lost` what does not
    come through while they stand still, where the closure has an end.
    """

    closed: frozenset[int]
    places: tuple[Stopped, ...]
    partners: tuple[Stopped, ...]
    legs: tuple[Stopped, ...]
    flows: tuple[Stopped, ...]
    values: dict[str, int]
    lost: dict[str, float]


def what_if(chain: Chain, closed: Collection[int], days: float | None = None) -> Consequences:
    """What stops when these places and partners close on day 0, for so many days or for good.

    Raises ValueError for what is no place or partner of the chain, and for a negative number.
    """
    for key in closed:
        if key not in chain.nodes:
            raise ValueError(f"{key} is no place and no partner of the chain")
    if days is not None and not 0 <= days <= FOR_GOOD:
        raise ValueError(f"days is not a number from 0 to {FOR_GOOD:.0f}: {days}")
    stopped = _settled(chain, closed, FOR_GOOD if days is None else days)

    def among(keys: Collection[int]) -> tuple[Stopped, ...]:
        return tuple(stop for stop in stopped if stop.key in keys)

    flows = among(chain.flows)
    nodes = among(chain.places), among(chain.partners)
    return Consequences(frozenset(closed), *nodes, among(chain.legs), flows, *_worth(chain, flows))


def _settled(chain: Chain, closed: Collection[int], days: float) -> list[Stopped]:
    """All that stops, in the order in which it does."""
    from bartizan.analysis.spread import hit, no_stops, settle

    network, records = chain.network, len(chain.keys)
    struck = [*(chain.numbers[key] for key in closed), *range(records, len(network.place))]
    # The call to a stand-in goes out on day 0.
    lasts = [days] * len(closed) + [min(way.days, days) for way in chain.stand_ins]
    stops, lanes = no_stops(len(network.place), 1), np.zeros(len(struck), np.uint8)
    filled = hit(stops, 0, network.place[struck], lanes, np.array(lasts, np.float32))
    filled = settle(network.layout, stops, filled)
    columns = network.order[stops.node[:filled]], stops.start[:filled], stops.ready[:filled]
    spans = zip(*(column.tolist() for column in columns), strict=True)
    return [
        Stopped(chain.keys[number], _days(start), None if end >= FOR_GOOD else _days(end))
        for number, start, end in sorted(spans, key=lambda span: (span[1], span[0]))
        if number < records
    ]


def _days(reckoned: float) -> float:
    """Days as people count them: 0.3, and not the nearest number of 32 bits."""
    return round(reckoned, 3)


def _worth(chain: Chain, stopped: Iterable[Stopped]) -> tuple[dict[str, int], dict[str, float]]:
    """What a year of the flows is worth, and what is lost of it, by currency."""
    values: dict[str, int] = defaultdict(int)
    lost: dict[str, float] = defaultdict(float)
    for stop in stopped:
        flow = chain.flows[stop.key]
        if flow.value:
            values[flow.currency] += flow.value
            if stop.end is not None:
                lost[flow.currency] += flow.value / DAYS_A_YEAR * stop.days
    return dict(values), dict(lost)
