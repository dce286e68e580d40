"""Programmes against all subsets, where treatments of one risk overlap."""

import random
from itertools import chain, combinations

import numpy as np
import pytest

from bartizan.analysis.frequency import Poisson
from bartizan.analysis.loss import Effect, Risk, Simulation, Treatment, compare, simulate
from bartizan.analysis.programme import Choice, Proposal
from bartizan.analysis.severity import Lognormal

RISKS = [Risk(name, Poisson(0.5 + n), Lognormal(10, 400 + 300 * n)) for n, name in enumerate("abc")]


@pytest.fixture(scope="module")
def run() -> Simulation:
    return simulate(RISKS, years=1_000, seed=2, tail_level=0.9)


def drawn(seed: int) -> list[Proposal]:
    dice = random.Random(seed)
    names = [f"t{number}" for number in range(6)]
    proposals = []
    for name in names:
        effects = {
            risk: Effect(dice.choice((1, 0.5, 0.2, 0)), dice.choice((1, 0.9, 0.4)))
            for risk in dice.sample("abc", dice.randint(0, 3))
        }
        others = [other for other in names if other != name]
        proposals.append(
            Proposal(
                Treatment(name, effects),
                {"cost": float(dice.randint(0, 9)), "staff": float(dice.randint(0, 4))},
                tuple(dice.sample(others, dice.choice((0, 0, 0, 1)))),
                tuple(dice.sample(others, dice.choice((0, 0, 0, 1)))),
            )
        )
    return proposals


def allowed(chosen: tuple[Proposal, ...], budgets: dict[str, float]) -> bool:
    names = {one.name for one in chosen}
    return all(
        names.isdisjoint(one.excludes) and names.issuperset(one.requires) for one in chosen
    ) and all(sum(one.costs[b] for one in chosen) <= limit for b, limit in budgets.items())


@pytest.mark.parametrize("measure", ["mean", "tvar"])
def test_the_best_programme_is_the_best_of_all_subsets(run: Simulation, measure) -> None:
    for seed in range(12 if measure == "mean" else 4):
        proposals, budgets = drawn(seed), {"cost": 12.0, "staff": 6.0}
        choice = Choice(run, proposals, measure)
        every = chain.from_iterable(combinations(proposals, size) for size in range(7))
        possible = [some for some in every if allowed(some, budgets)]
        best = choice.best(budgets)
        worths = [choice.worth([one.name for one in some]) for some in possible]
        assert best.value == pytest.approx(max(worths), rel=2e-6, abs=1e-6), seed
        assert tuple(p for p in proposals if p.name in best.names) in possible, seed
        assert sorted(choice.order(best)) == sorted(best.names)


def test_the_worth_of_a_set_is_what_its_factors_say(run: Simulation) -> None:
    locks = Proposal(Treatment("locks", {"a": Effect(0.5)}), {"cost": 1.0})
    guards = Proposal(Treatment("guards", {"a": Effect(0.4, 0.9), "b": Effect(0.8)}), {"cost": 2.0})
    choice = Choice(run, [locks, guards])
    a, b, _ = (risk.frequency.mean * risk.severity.mean for risk in RISKS)
    assert choice.worth([]) == 0
    assert choice.worth(["locks"]) == pytest.approx(0.5 * a)
    assert choice.worth(["guards", "locks"]) == pytest.approx((1 - 0.5 * 0.4 * 0.9) * a + 0.2 * b)


def test_the_worth_by_tail_is_that_of_the_sorted_years(run: Simulation) -> None:
    proposals = [
        Proposal(Treatment("one", {"a": Effect(0.3)}), {"cost": 1.0}),
        Proposal(Treatment("two", {"a": Effect(0.5), "c": Effect(1.0, 0.5)}), {"cost": 1.0}),
    ]
    choice = Choice(run, proposals, "tvar")
    (seen,) = compare(run, [choice.programme(["one", "two"])])
    left = run.annual - seen.annual_reduction
    before, after = (float(np.sort(years)[900:].mean()) for years in (run.annual, left))
    assert choice.worth(["one", "two"]) == pytest.approx(before - after, rel=1e-9)


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: [Proposal(Treatment("x", {"z": Effect(0.5)}))], "x: there is no risk called z"),
        (lambda: [Proposal(Treatment("x", {}))] * 2, "two are called x"),
        (
            lambda: [Proposal(Treatment("x", {}), requires=("y",))],
            "x: there is no other treatment called y",
        ),
        (
            lambda: [Proposal(Treatment("x", {}), {"cost": -1})],
            "x: cost is not a number of at least 0: -1",
        ),
        (
            lambda: [Proposal(Treatment(str(n), {"a": Effect(0.5)})) for n in range(11)],
            "a: 11 treatments of one risk, more than 10",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(run: Simulation, make, words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}$"):
        Choice(run, make())
