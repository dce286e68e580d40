"""A chain of 2,000 places and 20,000 legs: read in, closed in part, searched for single points."""

import io
import json
import random
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks import Row
from benchmarks.fresh import measured, row, seconds

if TYPE_CHECKING:
    from bartizan.chain.what_if import Chain
    from bartizan.ground.people.models import Unit

STEPS, FLOWS, PARTNERS = 5, 300, 100

# What needs Django is imported where it runs: in the measuring process, once it is set up.


def rows(quick: bool) -> list[Row]:
    return measured("chain", *(["quick"] if quick else []))


def main(quick: bool) -> Iterator[Row]:
    import django

    django.setup()
    from django.core.management import call_command

    from bartizan.chain.edges import read_edges
    from bartizan.chain.weaknesses import flows_lost_with
    from bartizan.chain.what_if import chain_of_today, what_if
    from bartizan.ground.people.models import Unit
    from bartizan.ground.trail.acts import act

    call_command("migrate", verbosity=0)
    places, legs = (200, 2_000) if quick else (2_000, 20_000)
    dice = random.Random(28000)
    with act(None):
        unit = Unit.objects.create(code="all", name="All")
        add_partners(unit)
    text, ticks = edge_list(dice, places, legs), []

    def take() -> None:
        source = io.StringIO(text, newline="")
        outcome = read_edges(
            source, unit, create_places=True, progress=lambda done, total: ticks.append(done)
        )
        assert (outcome.legs, outcome.places, outcome.errors) == (legs, places, [])

    spent = seconds(take)
    assert ticks[-1] == legs, "the import does not say how far it is"
    one_by_one = seconds(lambda: add_by_orm(unit, legs // 20)) * 20
    name = f"chain: list of {places:,} places and {legs:,} legs imported"
    yield row(name, spent, "s", 30, one_by_one, decides=not quick)

    add_flows(dice, unit)
    closed = sorted(chain_of_today().places)[:3]
    what_if(chain_of_today(), closed, 10)  # compiled, once in the life of a process
    found: list[set[int]] = []

    def ask() -> None:
        told = what_if(chain_of_today(), closed)
        stopped = (*told.places, *told.partners, *told.legs, *told.flows)
        found.append({stop.key for stop in stopped})

    spent = seconds(ask)
    chain = chain_of_today()
    reference = seconds(lambda: found.append(plainly(chain, set(closed))))
    assert found[0] == found[1], "what-if disagrees with its reference"
    yield row("chain: loaded, and what stops when three places close", spent, "s", 1, reference)
    flows_lost_with(chain)
    spent = seconds(lambda: flows_lost_with(chain_of_today()))
    one = seconds(lambda: plainly(chain, set(closed[:1])))
    yield row("chain: loaded, and all single points", spent, "s", 1, one * len(chain.nodes))


def add_partners(unit: "Unit") -> None:
    from bartizan.chain.models import Partner

    for number in range(PARTNERS):
        Partner.objects.create(
            title=f"Carrier {number}", relationship="carrier", position="upstream", unit=unit
        )


def edge_list(dice: random.Random, places: int, legs: int) -> str:
    """Legs between all the places, each once."""
    ends: dict[tuple[int, int], None] = {(at, (at + 1) % places): None for at in range(places)}
    while len(ends) < legs:
        origin, destination = dice.sample(range(places), 2)
        ends[origin, destination] = None
    lines = [
        f"Place {origin},Place {destination},road,Carrier {dice.randrange(PARTNERS)},2.5\n"
        for origin, destination in ends
    ]
    return "origin,destination,mode,carrier,days\n" + "".join(lines)


def add_by_orm(unit: "Unit", legs: int) -> None:
    from bartizan.chain.models import Leg, Place
    from bartizan.ground.trail.acts import act

    places = list(Place.objects.all()[:2])
    with act(None):
        for _leg in range(legs):
            Leg.objects.create(
                origin=places[0], destination=places[1], mode="air", unit=unit, is_active=False
            )


def add_flows(dice: random.Random, unit: "Unit") -> None:
    """Flows along legs that follow one another, with a second leg where there is one."""
    from bartizan.chain.models import Flow, FlowStep
    from bartizan.chain.what_if import chain_of_today
    from bartizan.ground.trail.acts import act

    onward: dict[int, list[int]] = {}
    ends = chain_of_today().legs
    for leg, (origin, _destination, _carrier) in ends.items():
        onward.setdefault(origin, []).append(leg)
    with act(None):
        for number in range(FLOWS):
            flow = Flow.objects.create(
                title=f"Flow {number}", value_per_year=1_000_000, currency="EUR", unit=unit
            )
            at = dice.choice(list(onward))
            for step in range(1, STEPS + 1):
                legs = dice.sample(onward[at], min(2, len(onward[at])))
                FlowStep.objects.bulk_create(
                    FlowStep(flow=flow, step=step, leg_id=leg) for leg in legs
                )
                at = ends[legs[0]][1]


def plainly(chain: "Chain", closed: set[int]) -> set[int]:
    """All that stops for good, by going round until nothing changes."""
    stopped, more = set(closed), True
    while more:
        needs = ((key, wanted) for key, ends in chain.legs.items() for wanted in ends)
        new = {key for key, wanted in needs if wanted in stopped}
        new |= {key for key, by in chain.places.items() if by in stopped}
        new |= {
            key
            for key, flow in chain.flows.items()
            if any(stopped.issuperset(legs) for legs in flow.steps)
        }
        more = not new <= stopped
        stopped |= new
    return stopped


if __name__ == "__main__":
    print(json.dumps(list(main("quick" in sys.argv[1:]))))
