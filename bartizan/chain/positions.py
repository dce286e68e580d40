"""Upstream, own, downstream: told by where direct operational control begins and ends.

The draft edition (its clause 3) calls upstream what happens to goods before they come under the
organization's direct operational control, and downstream what happens after they have left it.
People state the position of each node; the legs say where it must lie, as far as they go.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Hashable, Iterable
from typing import TypeVar

from bartizan.chain.models.nodes import Node

Position = Node.Position
Placed = TypeVar("Placed", bound=Hashable)  # a node, by whatever it is known


def positions(
    ends: Iterable[tuple[Placed, Placed]], own: Collection[Placed]
) -> dict[Placed, Node.Position]:
    """Where each node lies that is joined by legs, given as pairs, to a node under our control.

    Upstream if goods come from there to us, downstream if they go there from us. Where both is
    true, as of places on a round trip, the shorter way decides, and on a par they lie upstream.
    """
    onward: dict[Placed, list[Placed]] = defaultdict(list)
    back: dict[Placed, list[Placed]] = defaultdict(list)
    for origin, destination in ends:
        onward[origin].append(destination)
        back[destination].append(origin)
    to_us, from_us = _steps(back, own), _steps(onward, own)
    found = {}
    for node in to_us.keys() | from_us.keys():
        if node in own:
            found[node] = Position.OWN
        elif node in to_us and to_us[node] <= from_us.get(node, to_us[node]):
            found[node] = Position.UPSTREAM
        else:
            found[node] = Position.DOWNSTREAM
    return found


def _steps(ways: dict[Placed, list[Placed]], start: Collection[Placed]) -> dict[Placed, int]:
    """How many legs away each node is that can be reached at all."""
    steps = dict.fromkeys(start, 0)
    waiting = deque(start)
    while waiting:
        node = waiting.popleft()
        for other in ways[node]:
            if other not in steps:
                steps[other] = steps[node] + 1
                waiting.append(other)
    return steps
