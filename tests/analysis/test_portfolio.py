"""Selections against all subsets, frontiers against selections."""

import random

import numpy as np
import pytest

from bartizan.analysis import knapsack
from bartizan.analysis.portfolio import (
    NotProvenError,
    Option,
    Rules,
    Selection,
    frontier,
    priority,
    select,
    select_by_tail,
)
from tests.analysis import oracle

BUDGETS = ("money", "staff")


def drawn(seed: int, size: int) -> tuple[list[Option], dict[str, float], Rules]:
    dice = random.Random(seed)
    names = [f"{seed}/{number}" for number in range(size)]
    options = [
        Option(
            name,
            float(dice.randint(-5, 100)),
            {f"{budget} {seed}": float(dice.randint(0, 9)) for budget in BUDGETS},
        )
        for name in names
    ]
    limits = {f"{budget} {seed}": float(dice.randint(0, 25)) for budget in BUDGETS}
    excluded = dice.sample(names, dice.randint(2, size))
    needed = {dice.choice(names): dice.sample(names, 2) for _ in range(2)}
    return options, limits, Rules([excluded[:2]], needed)


def test_selections_equal_all_subsets_on_ten_thousand_small_cases() -> None:
    # A hundred cases are one program: each has options, budgets and rules of its own, so that
    # the sum is the best exactly when every part is.
    for hundred in range(100):
        options, limits, exclusions, needed, best = [], {}, [], {}, 0.0
        for seed in range(100 * hundred, 100 * hundred + 100):
            some, budgets, rules = drawn(seed, 5)
            options += some
            limits |= budgets
            exclusions += rules.exclusions
            needed |= rules.prerequisites
            subsets = oracle.subsets(some, budgets, rules)
            alone = max(sum(option.value for option in subset) for subset in subsets)
            assert select(some, budgets, rules).value == alone, seed
            best += alone
        rules = Rules(exclusions, needed)
        seen = select(options, limits, rules)
        assert seen.value == best, hundred
        assert seen.value == sum(o.value for o in options if o.name in seen.names)
        assert oracle.allowed(set(seen.names), rules)
        assert all(seen.spent[budget] <= limit for budget, limit in limits.items())


def test_the_core_of_a_small_case_holds_the_best_of_all_subsets(monkeypatch) -> None:
    monkeypatch.setattr(knapsack, "SMALL", 0)
    for seed in range(300):
        options, limits, rules = drawn(seed, 8)
        subsets = oracle.subsets(options, limits, rules)
        best = max(sum(option.value for option in subset) for subset in subsets)
        seen = select(options, limits, rules)
        assert seen.value == best, seed
        assert oracle.allowed(set(seen.names), rules)
        assert all(seen.spent[budget] <= limit for budget, limit in limits.items())


def large(seed: int) -> tuple[list[Option], dict[str, float], Rules]:
    """A hundred options, one to four budgets, whole or broken costs, some of negative worth."""
    dice = np.random.default_rng(seed)
    worth = dice.lognormal(3, 1, 100) - seed % 3
    costs = worth[:, None].clip(1) * dice.lognormal(-0.5, 0.5, (100, 1 + seed % 4))
    costs = np.round(costs, seed % 2 * 4)
    options = [
        Option(str(n), float(worth[n]), {f"b{k}": float(cost) for k, cost in enumerate(row)})
        for n, row in enumerate(costs)
    ]
    limits = {
        f"b{k}": float(total) for k, total in enumerate(dice.uniform(0.02, 0.6) * costs.sum(0))
    }
    exclusions = [dice.choice(100, 3, replace=False).astype(str).tolist() for _ in range(20)]
    followers = dice.choice(100, 30, replace=False).astype(str)
    return options, limits, Rules(exclusions, {f: [str(dice.integers(100))] for f in followers})


def test_the_search_of_a_core_equals_the_solver(monkeypatch) -> None:
    for seed in range(12):
        options, limits, rules = large(seed)
        seen = select(options, limits, rules)
        with monkeypatch.context() as patch:
            patch.setattr(knapsack, "WORK", -1.0)  # gives up: the solver answers
            solved = select(options, limits, rules)
        for one in (seen, solved):
            assert oracle.allowed(set(one.names), rules)
            assert all(one.spent[b] <= limit * (1 + 1e-9) for b, limit in limits.items())
            assert one.gap <= 1e-6
            assert one.value == pytest.approx(sum(o.value for o in options if o.name in one.names))
        assert seen.value * (1 + seen.gap) >= solved.value * (1 - 1e-9), seed
        assert solved.value * (1 + 1e-6) >= seen.value * (1 - 1e-9), seed


@pytest.mark.parametrize(
    "costs, limit, lowered",
    [
        ([5000, 20000], 23999.9, 20000),
        ([5000, 20000], 25000, 25000),
        ([3, 7], 9.999999999999, 9.999999999999),  # ten, but for rounding
        ([0.1, 0.25], 0.33, 0.3),
        ([1 / 3, 2], 5.5, 5.5),
        ([2, 4], float("inf"), float("inf")),
        ([], 3.5, 3.5),
    ],
)
def test_limits_are_lowered_to_what_whole_costs_can_reach(costs, limit, lowered) -> None:
    assert knapsack.reachable(np.array(costs, float), limit) == pytest.approx(lowered, rel=1e-12)


def test_without_limits_all_that_is_worth_something_is_chosen() -> None:
    options = [Option(str(n), n - 100.0, {"money": 1.0}) for n in range(300)]
    best = select(options, {"money": float("inf")})
    assert best.names == tuple(map(str, range(101, 300)))
    assert best.gap == 0
    nothing = select([Option(str(n), -1.0) for n in range(300)], {})
    assert (nothing.names, nothing.value, nothing.gap) == ((), 0, 0)


def test_the_time_limit_is_kept() -> None:
    options, limits, rules = large(1)
    with pytest.raises(NotProvenError, match=r"^not proven optimal in"):
        select(options, limits, rules, time_limit=1e-9)


def test_a_selection_by_tail_equals_all_subsets() -> None:
    dice = np.random.default_rng(8)
    for seed in range(30):
        options, limits, rules = drawn(seed, 6)
        losses = np.round(dice.lognormal(3, 1, 60), 2)
        reductions = np.round(dice.random((6, 60)) * losses / 6, 2)
        seen = select_by_tail(options, limits, losses, reductions, rules, level=0.9)
        best = max(
            tail(losses) - tail(losses - sum(reductions[options.index(o)] for o in subset))
            for subset in oracle.subsets(options, limits, rules)
        )
        assert seen.value == pytest.approx(best, rel=1e-5, abs=1e-6), seed


def tail(losses: np.ndarray) -> float:
    return float(np.sort(losses)[54:].mean())


def test_a_frontier_equals_all_subsets_at_every_budget() -> None:
    for seed in range(200):
        dice = random.Random(seed)
        names = [f"option {number}" for number in range(7)]
        options = [
            Option(name, float(dice.randint(0, 50)), {"money": 0.5 * dice.randint(0, 12)})
            for name in names
        ]
        shuffled = dice.sample(names, 7)
        exclusions = [shuffled[:2], shuffled[2:5]]
        line = frontier(options, "money", 20, unit=0.5, exclusions=exclusions)
        subsets = oracle.subsets(options, {"money": 20}, Rules(exclusions))
        for step, value in enumerate(line.values):
            money = step * 0.5
            assert value == max(
                sum(option.value for option in subset)
                for subset in subsets
                if sum(option.costs["money"] for option in subset) <= money
            )
            chosen = line.selection(money)
            assert chosen.value == value
            assert chosen.spent["money"] <= money
            assert oracle.allowed(set(chosen.names), Rules(exclusions))


def test_a_frontier_equals_selections_in_a_larger_case() -> None:
    dice = random.Random(1)
    options = [
        Option(f"{n}", float(dice.randint(1, 1000)), {"money": float(dice.randint(1, 40))})
        for n in range(300)
    ]
    line = frontier(options, "money", 1000)
    assert (np.diff(line.values) >= 0).all()
    for money in (0, 17, 400, 1000):
        assert select(options, {"money": money}).value == line.values[money]
        assert line.selection(money).value == line.values[money]


GATE = Option("gate", 50, {"money": 50})
GUARD = Option("guard", 90, {"money": 30})
CAMERA = Option("camera", 10, {"money": 1})
SURVEY = Option("survey", 0, {"money": 4})


def test_priority_puts_the_most_value_for_money_first_and_prerequisites_before() -> None:
    options = [GATE, GUARD, CAMERA, SURVEY]
    rules = Rules(prerequisites={"guard": ["survey"]})
    chosen = select(options, {"money": 100}, rules)
    assert chosen == Selection(("gate", "guard", "camera", "survey"), 150, {"money": 85}, 0)
    assert priority(chosen, options, rules) == ["camera", "survey", "guard", "gate"]


def test_with_no_money_what_is_free_is_still_chosen() -> None:
    free = Option("procedure", 5)
    assert select([GATE, free], {"money": 0}).names == ("procedure",)
    assert priority(select([GATE, free], {"money": 60}), [GATE, free]) == ["procedure", "gate"]
    assert select([], {"money": 1}) == Selection((), 0, {"money": 0}, 0)


def test_the_solver_writes_nothing_to_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    dice = np.random.default_rng(1000)
    worth = dice.lognormal(3, 1, 200)
    options = [
        Option(str(n), float(value), {"money": float(round(value * 0.6) + 1)})
        for n, value in enumerate(worth)
    ]
    print("before")
    select(options, {"money": 1000.0}, Rules([[str(n), str(n + 1)] for n in range(0, 60, 2)]))
    print("after")
    assert capfd.readouterr().out == "before\nafter\n"


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: Option("a", float("nan")), "a: value is not a number: nan"),
        (lambda: Option("a", 1, {"money": -1}), "a: money is not a number of at least 0: -1"),
        (lambda: select([GATE, GATE], {"money": 1}), "two are called gate"),
        (lambda: select([GATE], {"staff": 1}), "gate: there is no budget called money"),
        (lambda: select([GATE], {"money": -1}), "money is not a number of at least 0: -1"),
        (
            lambda: select([GATE], {"money": 1}, Rules([["gate", "moat"]])),
            "there is no option called moat",
        ),
        (
            lambda: frontier([Option("a", 1, {"money": 0.3})], "money", 5),
            "a: money is no whole number of units of 1.0",
        ),
        (
            lambda: frontier([GATE], "money", 5, exclusions=[["gate"], ["gate"]]),
            "gate is in two exclusions",
        ),
        (
            lambda: select_by_tail([GATE], {"money": 1}, np.ones(3), np.ones((2, 3))),
            r"reductions has shape \(2, 3\), not options x years",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(make, words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}$"):
        make()
