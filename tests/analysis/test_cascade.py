"""Cascades: the kernels against the oracle, and small chains worked out by hand."""

import random

import numpy as np
import pytest

from bartizan.analysis.cascade import (
    Stop,
    Threat,
    criticality,
    cutting_pairs,
    disrupt,
    outages,
    stops,
)
from bartizan.analysis.network import Need, Network, Node
from bartizan.analysis.severity import Empirical, Lognormal
from tests.analysis import oracle


def drawn(seed: int) -> tuple[list[Node], list[Need]]:
    """A small random network, with cycles more often than not."""
    dice = random.Random(seed)
    names = [f"n{number}" for number in range(dice.randint(1, 9))]
    nodes = [
        Node(name, float(dice.choice((0, 0, 1, 3))), float(dice.randint(0, 5))) for name in names
    ]
    needs = [
        Need(
            dice.choice(names),
            tuple(dice.sample(names, dice.randint(1, min(3, len(names))))),
            float(dice.choice((0, 0, 1, 2, 5))),
        )
        for _ in range(dice.randint(0, 2 * len(names)))
    ]
    return nodes, needs


def test_what_stops_equals_the_oracle_on_ten_thousand_random_networks() -> None:
    for seed in range(10_000):
        nodes, needs = drawn(seed)
        names = [node.name for node in nodes]
        dice = random.Random(-seed)
        scenarios = [dice.sample(names, dice.randint(0, len(names))) for _ in range(3)]
        seen = stops(Network(nodes, needs), scenarios)
        assert seen == [oracle.stopped(needs, failing) for failing in scenarios], seed


def test_times_equal_the_oracle_on_three_thousand_random_networks() -> None:
    for seed in range(3_000):
        nodes, needs = drawn(seed)
        dice = random.Random(-seed)
        struck = dice.sample(nodes, dice.randint(0, len(nodes)))
        hits = {node.name: float(dice.randint(0, 12)) for node in struck}
        seen = {stop.name: (stop.start, stop.end) for stop in disrupt(Network(nodes, needs), hits)}
        assert seen == oracle.times(nodes, needs, hits), seed


def test_criticality_and_pairs_equal_the_oracle_on_random_networks() -> None:
    for seed in range(500):
        nodes, needs = drawn(seed)
        network, names = Network(nodes, needs), [node.name for node in nodes]
        daily = {node.name: node.cost for node in nodes}
        for seen in criticality(network, [names[0]], threads=1 + seed % 2):
            down = oracle.stopped(needs, [seen.name])
            assert seen.stopped == len(down), seed
            assert seen.daily_cost == sum(daily[name] for name in down), seed
            assert seen.cuts == ((names[0],) if names[0] in down else ()), seed
        assert cutting_pairs(network, names[0]) == oracle.pairs(needs, names, names[0]), seed


def test_a_network_of_many_batches_equals_the_oracle() -> None:
    dice = random.Random(5)
    names = [f"n{number}" for number in range(1300)]
    needs = [
        Need(names[place], tuple({names[dice.randrange(place)] for _ in range(dice.randint(1, 3))}))
        for place in range(100, 1300)
        for _ in range(2)
    ]
    needs.append(Need(names[50], (names[1299],)))  # closes long cycles
    network = Network([Node(name) for name in names], needs)
    seen = criticality(network, threads=2)
    for place in range(0, 1300, 13):
        assert seen[place].stopped == len(oracle.stopped(needs, [names[place]]))
    target = names[1200]
    chosen = cutting_pairs(network, target)
    assert chosen
    for pair in chosen[:20]:
        assert target in oracle.stopped(needs, pair)
        assert all(target not in oracle.stopped(needs, [name]) for name in pair)


MILL = [Node("forest"), Node("port", recovery=2), Node("mill", recovery=1, cost=500), Node("rail")]
SAWING = [Need("mill", ("forest",), buffer=10), Need("mill", ("port", "rail"), buffer=4)]


def test_a_buffer_delays_the_stop_and_shortens_it() -> None:
    network = Network(MILL, SAWING)
    assert disrupt(network, {"forest": 14}) == [
        Stop("forest", 0, 14, 0),
        Stop("mill", 10, 15, 2500),
    ]
    assert disrupt(network, {"forest": 10}) == [Stop("forest", 0, 10, 0)]


def test_an_alternative_that_returns_first_ends_the_stop() -> None:
    seen = disrupt(Network(MILL, SAWING), {"port": 30, "rail": 6})
    assert seen == [Stop("port", 0, 32, 0), Stop("rail", 0, 6, 0), Stop("mill", 4, 7, 1500)]
    assert [stop.name for stop in disrupt(Network(MILL, SAWING), {"port": 30})] == ["port"]


def test_nodes_of_a_cycle_stop_each_other_and_restart_together() -> None:
    power, water = Node("power", recovery=3), Node("water", recovery=5)
    needs = [Need("power", ("water",)), Need("water", ("power",), buffer=1)]
    assert disrupt(Network([power, water], needs), {"power": 7}) == [
        Stop("power", 0, 10, 0),
        Stop("water", 1, 12, 0),
    ]


def test_the_two_routes_of_a_mill_are_its_cutting_pair() -> None:
    assert cutting_pairs(Network(MILL, SAWING), "mill") == [("port", "rail")]
    assert [seen.cuts for seen in criticality(Network(MILL, SAWING), ["mill"])] == [
        ("mill",),
        (),
        ("mill",),
        (),
    ]


def test_trials_have_the_chances_and_days_they_were_given() -> None:
    network = Network(MILL, SAWING)
    threats = [Threat("forest", 0.2, Empirical([14.0])), Threat("port", 0.5, Lognormal(2, 9))]
    threats.append(Threat("rail", 1.0, Empirical([3.0, 40.0])))
    run = outages(network, threats, trials=50_000, seed=4)
    forest, port, mill, rail = run.stopped
    assert forest == pytest.approx(0.2, abs=3 * (0.16 / 50_000) ** 0.5)
    assert port == pytest.approx(0.5, abs=3 * (0.25 / 50_000) ** 0.5)
    assert rail == 1
    assert run.days[3] == pytest.approx(21.5, abs=0.3)
    assert run.days[1] == pytest.approx(0.5 * (Lognormal(2, 9).mean + 2), rel=0.02)
    assert run.cost.mean() == pytest.approx(500 * run.days[2], rel=1e-9)
    assert (run.cost > 0).mean() == pytest.approx(mill)


def test_every_trial_is_a_disruption_of_its_own() -> None:
    # One threat with certain days: the mean over the trials is the one disruption.
    network = Network(MILL, SAWING)
    run = outages(network, [Threat("forest", 1.0, Empirical([14.0]))], trials=37)
    assert run.cost.tolist() == [2500.0] * 37
    assert run.days.tolist() == [14, 0, 5, 0]


def test_trials_are_the_same_whatever_the_threads_and_however_many_follow() -> None:
    nodes, needs = [], []
    for seed in range(20):
        more_nodes, more_needs = drawn(seed)
        nodes += [Node(f"{seed}{n.name}", n.recovery, n.cost) for n in more_nodes]
        needs += [
            Need(f"{seed}{n.node}", tuple(f"{seed}{s}" for s in n.suppliers), n.buffer)
            for n in more_needs
        ]
    network = Network(nodes, needs)
    threats = [Threat(node.name, 0.05, Lognormal(1, 30)) for node in nodes]
    one = outages(network, threats, trials=10_000, seed=1, threads=1)
    two = outages(network, threats, trials=10_000, seed=1, threads=2)
    assert one.cost.tobytes() == two.cost.tobytes()
    assert one.days.tobytes() == two.days.tobytes()
    short = outages(network, threats, trials=5_000, seed=1)
    assert np.array_equal(short.cost, one.cost[:5_000])
    assert len(np.unique(one.cost)) > 9_000


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: Node("a", recovery=-1), "a: recovery is not a number of at least 0: -1"),
        (lambda: Node("a", cost=float("nan")), "a: cost is not a number of at least 0: nan"),
        (lambda: Need("a", ()), "a: a need without suppliers"),
        (lambda: Need("a", ("b",), -2), "a: buffer is not a number of at least 0: -2"),
        (lambda: Network([Node("a"), Node("a")], []), "two nodes are called a"),
        (lambda: Network([Node("a")], [Need("a", ("b",))]), "a: there is no node called b"),
        (lambda: disrupt(Network(MILL, SAWING), {"moon": 1}), "there is no node called moon"),
        (
            lambda: disrupt(Network(MILL, SAWING), {"port": float("nan")}),
            "port: days is not a number of at least 0: nan",
        ),
        (lambda: Threat("a", 1.2, Lognormal(1, 2)), "a: chance is not in 0..1: 1.2"),
    ],
)
def test_what_makes_no_sense_is_refused(make, words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}$"):
        make()
