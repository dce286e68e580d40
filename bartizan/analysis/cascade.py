"""How a disruption travels: what stops, when, for how long, what it costs, and what is critical.

Stops are a least fixpoint: a node stops when it is hit or when all suppliers of one of its needs
have stopped. The fixpoint is monotone, so components of the network are settled one after the
other, and a cycle by going round until nothing changes (Tarski). 512 scenarios are carried at
once, one bit each; durations for 256 trials at once, one lane each.

The rules of time, for a disruption on day 0:

- a node that is hit is down from day 0 for the days of the hit;
- a need lacks from the day its last supplier stops until the first of them runs again, less the
  buffer: the node stops `buffer` days after the suppliers have, or not at all;
- a node runs again `recovery` days after it is no longer hit and all its needs are met. Nodes of
  one cycle restart together: among them one waits for the cause to end, not for the recovery;
- a node that would stop more than once counts as down from its first stop to its last restart.
"""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from bartizan.analysis.network import Network
from bartizan.analysis.severity import Empirical, Severity
from bartizan.analysis.spread import (
    STRIPE,
    WIDTH,
    WORDS,
    Threats,
    cut_with,
    fail_each,
    hit,
    no_stops,
    settle,
    spread,
    strike,
    weaken_each,
)
from bartizan.analysis.streams import keys


@dataclass(frozen=True)
class Criticality:
    """What stops when one node alone fails."""

    name: str
    stopped: int  # nodes that stop, itself among them
    daily_cost: float  # what these nodes cost a day
    cuts: tuple[str, ...]  # which of the targets stop


@dataclass(frozen=True)
class Stop:
    """A node that stands still, in days after the disruption, and what that costs."""

    name: str
    start: float
    end: float
    cost: float


@dataclass(frozen=True)
class Threat:
    """What may strike a node: with `chance` in a trial, for days drawn from a severity."""

    node: str
    chance: float
    days: Severity

    def __post_init__(self) -> None:
        if not 0 <= self.chance <= 1:
            raise ValueError(f"{self.node}: chance is not in 0..1: {self.chance}")


@dataclass(frozen=True)
class Outages:
    """Outages over many trials; arrays by node are in the order of `network.nodes`."""

    network: Network
    trials: int
    stopped: np.ndarray  # (nodes,) share of trials in which the node stops
    days: np.ndarray  # (nodes,) mean days down in a trial
    cost: np.ndarray  # (trials,) cost of each trial


def stops(network: Network, scenarios: Sequence[Sequence[str]]) -> list[frozenset[str]]:
    """Return the names of all nodes that stop, for each scenario of nodes that fail."""
    layout, names = network.layout, [network.nodes[node].name for node in network.order]
    found: list[frozenset[str]] = []
    for start in range(0, len(scenarios), WIDTH):
        down = np.zeros((len(names), WORDS), np.uint64)
        for place, scenario in enumerate(scenarios[start : start + WIDTH]):
            down[network.positions(scenario), place >> 6] |= np.uint64(1 << (place & 63))
        spread(layout, down, down.any(axis=1), 0)
        bits = np.unpackbits(down.view(np.uint8), axis=1, bitorder="little").astype(bool)
        for place in range(min(WIDTH, len(scenarios) - start)):
            found.append(frozenset(names[node] for node in np.flatnonzero(bits[:, place])))
    return found


def criticality(
    network: Network, targets: Sequence[str] = (), *, threads: int | None = None
) -> list[Criticality]:
    """Return what the failure of each node alone stops, in the order of `network.nodes`.

    Exact for every node: nodes / 512 passes over the network. Raises ValueError for an unknown
    target.
    """
    layout, number = network.layout, len(network.nodes)
    aims = network.positions(targets)
    stopped, cost = np.zeros(number, np.int64), np.zeros(number)
    cuts = np.zeros((number, len(aims)), np.bool_)
    threads = threads or os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        for job in [
            pool.submit(fail_each, layout, turn, threads, aims, stopped, cost, cuts)
            for turn in range(threads)
        ]:
            job.result()
    return [
        Criticality(
            node.name,
            int(stopped[place]),
            float(cost[place]),
            tuple(target for target, cut in zip(targets, cuts[place], strict=True) if cut),
        )
        for node, place in zip(network.nodes, network.place.tolist(), strict=True)
    ]


def cutting_pairs(
    network: Network, target: str, *, threads: int | None = None
) -> list[tuple[str, str]]:
    """Return all pairs of nodes that together stop `target` although neither does alone.

    Such a pair must break a need with alternatives between them: only nodes whose own failure
    stops some, but not all, suppliers of a need are paired, and of these all are. Work grows
    with the square of their number. Pairs are sorted by name. Raises ValueError for an unknown
    target.
    """
    layout, number = network.layout, len(network.nodes)
    aim = int(network.positions([target])[0])
    partial, alone = np.zeros(number, np.bool_), np.zeros(number, np.bool_)
    threads = threads or os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        for job in [
            pool.submit(weaken_each, layout, turn, threads, aim, partial, alone)
            for turn in range(threads)
        ]:
            job.result()
        nodes = np.flatnonzero(partial & ~alone)
        rows = list(pool.map(lambda row: cut_with(layout, nodes, row, aim), range(len(nodes))))
    names = [network.nodes[node].name for node in network.order]
    return sorted(
        (min(names[nodes[row]], names[other]), max(names[nodes[row]], names[other]))
        for row, others in enumerate(rows)
        for other in others
    )


def disrupt(network: Network, hits: Mapping[str, float]) -> list[Stop]:
    """Return what stops when nodes are hit for so many days, in the order of the stops.

    Raises ValueError for an unknown node or days that are no number of at least 0.
    """
    for name, days in hits.items():
        if not days >= 0:
            raise ValueError(f"{name}: days is not a number of at least 0: {days}")
    positions = network.positions(list(hits))
    stops, lanes = no_stops(len(network.nodes), 1), np.zeros(len(hits), np.uint8)
    filled = hit(stops, 0, positions, lanes, np.array([*hits.values()], np.float32))
    found = []
    for entry in range(settle(network.layout, stops, filled)):
        node = network.nodes[network.order[stops.node[entry]]]
        first, last = float(stops.start[entry]), float(stops.ready[entry]) + node.recovery
        found.append(Stop(node.name, first, last, (last - first) * node.cost))
    return sorted(found, key=lambda stop: (stop.start, stop.name))


def outages(
    network: Network,
    threats: Sequence[Threat],
    *,
    trials: int = 100_000,
    seed: int = 0,
    threads: int | None = None,
) -> Outages:
    """Strike the network in many independent trials; the same seed gives the same trials.

    Memory does not grow with the trials, but for 8 bytes each. Raises ValueError for an unknown
    node.
    """
    number = len(network.nodes)
    laid = _lay_out(network, threats, seed)
    stopped, days = np.zeros(number, np.int64), np.zeros(number)
    cost = np.empty(trials)
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        jobs = [
            pool.submit(strike, network.layout, laid, start // STRIPE, cost[start : start + STRIPE])
            for start in range(0, trials, STRIPE)
        ]
        for job in jobs:  # in order: sums do not depend on which thread was faster
            part_stopped, part_days = job.result()
            stopped += part_stopped
            days += part_days
    place = network.place
    return Outages(network, trials, stopped[place] / trials, days[place] / trials, cost)


def _lay_out(network: Network, threats: Sequence[Threat], seed: int) -> Threats:
    """Lay threats out for the kernels. Several threats to one node have streams of their own."""
    seen: Counter[str] = Counter()
    names: list[tuple[str, ...]] = []
    values: list[float] = []
    parameters: list[tuple[float, ...]] = []
    for threat in threats:
        names.append(("threat", threat.node, str(seen[threat.node])))
        seen[threat.node] += 1
        first, *more = threat.days.parameters
        if isinstance(threat.days, Empirical):
            first = len(values)
            values += threat.days.values
        parameters.append((first, *more))
    return Threats(
        network.positions([threat.node for threat in threats]),
        np.array([threat.chance for threat in threats], np.float64),
        keys(seed, names),
        np.array([threat.days.kind for threat in threats], np.int64),
        np.array(parameters, np.float64).reshape(-1, 4),
        np.array(values or [0.0]),
    )
