"""Cascades: every node's criticality and outages with buffers, beside plain Python.

Random networks whose early nodes are hubs: a fifth need nothing, the others one to three things
of one to three alternatives (3.5 edges a node).
"""

import os
import random
import time
from collections.abc import Iterator, Sequence

import numpy as np

from bartizan.analysis.cascade import Threat, criticality, cutting_pairs, disrupt, outages
from bartizan.analysis.network import Need, Network, Node
from bartizan.analysis.severity import Lognormal
from benchmarks import Row
from benchmarks.loss import fastest


def chain(count: int) -> Network:
    dice = np.random.default_rng(2)
    needs = []
    for node in range(count // 5, count):
        for _ in range(dice.integers(1, 4)):
            size = 1 if dice.random() < 0.3 else int(dice.integers(2, 4))
            suppliers = {int(node * dice.random() ** 1.5) for _ in range(size)}
            names = tuple(str(number) for number in sorted(suppliers))
            needs.append(Need(str(node), names, float(dice.integers(0, 10))))
    nodes = [
        Node(str(node), float(dice.integers(0, 3)), float(dice.integers(0, 5)))
        for node in range(count)
    ]
    return Network(nodes, needs)


def plain(network: Network, failing: int) -> int:
    """How many nodes stop, by one pass in the order of the network, in plain Python."""
    layout = network.layout
    first_need, first_supplier = layout.first_need.tolist(), layout.first_supplier.tolist()
    supplier, down = layout.supplier.tolist(), [False] * len(network.nodes)
    return _pass(first_need, first_supplier, supplier, down, failing)


def _pass(
    first_need: Sequence[int],
    first_supplier: Sequence[int],
    supplier: Sequence[int],
    down: list[bool],
    failing: int,
) -> int:
    down[failing] = True
    for node in range(len(down)):
        for need in range(first_need[node], first_need[node + 1]):
            if all(
                down[supplier[k]] for k in range(first_supplier[need], first_supplier[need + 1])
            ):
                down[node] = True
                break
    return sum(down)


def plain_seconds(network: Network, scenarios: int) -> float:
    """Seconds of one scenario in plain Python."""
    layout, dice = network.layout, random.Random(1)
    first_need, first_supplier = layout.first_need.tolist(), layout.first_supplier.tolist()
    supplier, count = layout.supplier.tolist(), len(network.nodes)
    began = time.perf_counter()
    for _ in range(scenarios):
        _pass(first_need, first_supplier, supplier, [False] * count, dice.randrange(count))
    return (time.perf_counter() - began) / scenarios


def rows(quick: bool) -> Iterator[Row]:
    small = chain(500)
    criticality(small)
    cutting_pairs(small, "499")
    disrupt(small, {"0": 1.0})
    threats = [Threat(node.name, 0.01, Lognormal(2, 30)) for node in small.nodes]
    outages(small, threats, trials=100)
    count = 10_000 if quick else 100_000
    yield from critical(chain(count), quick)
    network = chain(1_000 if quick else 10_000)
    yield from durations(network, 100_000, quick)
    last = network.nodes[-1].name
    seconds = fastest(lambda: cutting_pairs(network, last), 3)
    yield Row(
        name=f"pairs that cut the last of {len(network.nodes):,} nodes", value=seconds, unit="s",
        target="", reference=None, ratio=None, ok=None,
    )  # fmt: skip


def critical(network: Network, quick: bool) -> Iterator[Row]:
    count, edges = len(network.nodes), len(network.layout.supplier)
    seconds = fastest(lambda: criticality(network, threads=1), 3)
    found = {network.place[number]: seen for number, seen in enumerate(criticality(network))}
    for failing in range(0, count, count // 5):
        if found[failing].stopped != plain(network, failing):
            raise ArithmeticError(f"criticality of position {failing} is not that of plain Python")
    reference = plain_seconds(network, 5) * count
    yield Row(
        name=f"criticality of every node, {count:,} nodes, {edges:,} edges, one core; plain Python",
        value=seconds, unit="s", target="<= 1 s, >= 10,000 x", reference=reference,
        ratio=reference / seconds,
        ok=None if quick else seconds <= 1 and reference >= 10_000 * seconds,
    )  # fmt: skip


def durations(network: Network, trials: int, quick: bool) -> Iterator[Row]:
    count = len(network.nodes)
    threats = [Threat(node.name, 0.01, Lognormal(2, 30)) for node in network.nodes]
    seconds = fastest(lambda: outages(network, threats, trials=trials), 10)
    cores = len(os.sched_getaffinity(0))
    reference = plain_seconds(network, 5) * trials
    yield Row(
        name=f"outages with buffers, {count:,} nodes x {trials:,} trials, {cores} cores; "
        "plain Python without durations",
        value=seconds, unit="s", target="<= 0.6 s", reference=reference,
        ratio=reference / seconds, ok=None if quick else seconds <= 0.6,
    )  # fmt: skip
