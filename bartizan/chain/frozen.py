"""A chain as plain data, so that a what-if can be asked again years later of the chain as it was.

Lists of numbers in the order in which they were loaded: the same chain gives the same data.
"""

from collections.abc import Mapping
from typing import Any

from bartizan.chain.what_if import Chain, Flowing, StandIn, Tie


def as_data(chain: Chain) -> dict[str, Any]:
    """The chain as JSON can tell it."""
    return {
        "places": [[place, by] for place, by in chain.places.items()],
        "partners": sorted(chain.partners),
        "legs": [[key, *ends] for key, ends in chain.legs.items()],
        "flows": [
            [key, flow.steps, flow.buffer, flow.value, flow.currency, flow.customer]
            for key, flow in chain.flows.items()
        ],
        "ties": [[tie.dependant, tie.suppliers, tie.buffer] for tie in chain.ties],
        "stand_ins": [[way.replaced, way.substitute, way.days] for way in chain.stand_ins],
    }


def from_data(data: Mapping[str, Any]) -> Chain:
    """The chain that was told as data."""
    return Chain(
        places=dict(data["places"]),
        partners=frozenset(data["partners"]),
        legs={key: (origin, to, carrier) for key, origin, to, carrier in data["legs"]},
        flows={
            key: Flowing(tuple(map(tuple, steps)), *others) for key, steps, *others in data["flows"]
        },
        ties=tuple(Tie(of, tuple(suppliers), days) for of, suppliers, days in data["ties"]),
        stand_ins=tuple(StandIn(*way) for way in data["stand_ins"]),
    )
