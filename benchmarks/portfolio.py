"""Choosing treatments: proven optima and whole frontiers, beside trying every subset.

Two budgets and a limited staff; 30 % of the options in triples of which one may be taken, 20 %
with a prerequisite.
"""

import time
from collections.abc import Iterator
from functools import partial
from itertools import combinations

import numpy as np

from bartizan.analysis.portfolio import Option, Rules, frontier, select
from benchmarks import Row
from benchmarks.loss import fastest

BUDGETS = ("cost", "upkeep", "staff")


def drawn(count: int) -> tuple[list[Option], dict[str, float], Rules]:
    dice = np.random.default_rng(count)
    worth = dice.lognormal(3, 1, count)
    costs = np.maximum(np.round(worth[:, None] * dice.lognormal(-0.5, 0.5, (count, 3))), 1)
    options = [
        Option(str(number), float(worth[number]), dict(zip(BUDGETS, row.tolist(), strict=True)))
        for number, row in enumerate(costs)
    ]
    triples = dice.permutation(count)[: int(0.3 * count) // 3 * 3].reshape(-1, 3)
    followers = dice.permutation(np.arange(1, count))[: count // 5]
    rules = Rules(
        [[str(number) for number in triple] for triple in triples],
        {str(number): [str(dice.integers(number))] for number in followers},
    )
    limits = {budget: float(0.3 * costs[:, column].sum()) for column, budget in enumerate(BUDGETS)}
    return options, limits, rules


def brute_force(options: list[Option], limits: dict[str, float]) -> float:
    best = 0.0
    for size in range(len(options) + 1):
        for chosen in combinations(options, size):
            if all(sum(o.costs[b] for o in chosen) <= limit for b, limit in limits.items()):
                best = max(best, sum(option.value for option in chosen))
    return best


def rows(quick: bool) -> Iterator[Row]:
    for count, limit in ((1_000, 0.5),) if quick else ((1_000, 0.5), (5_000, 5.0)):
        options, limits, rules = drawn(count)
        seconds = fastest(partial(select, options, limits, rules), 2)
        yield Row(
            name=f"proven best of {count:,} treatments, 3 budgets", value=seconds, unit="s",
            target=f"<= {limit} s", reference=None, ratio=None, ok=seconds <= limit,
        )  # fmt: skip
        money = limits["cost"]
        plain = [Option(o.name, o.value, {"cost": o.costs["cost"]}) for o in options]
        frontier(plain[:2], "cost", 10)
        seconds = fastest(partial(frontier, plain, "cost", money), 3)
        line = frontier(plain, "cost", money)
        best = select(plain, {"cost": money}).value
        if not best <= line.values[-1] * (1 + 1e-9) <= best * (1 + 2e-6):
            raise ArithmeticError(f"frontier {line.values[-1]} and selection {best} differ")
        yield Row(
            name=f"whole frontier of one budget, {count:,} treatments, {len(line.values):,} steps",
            value=seconds, unit="s", target="<= 0.1 s", reference=None, ratio=None,
            ok=seconds <= 0.1,
        )  # fmt: skip
    options, limits, _ = drawn(16)
    began = time.perf_counter()
    best = brute_force(options, limits)
    reference = time.perf_counter() - began
    if abs(select(options, limits).value - best) > 1e-6 * best:
        raise ArithmeticError("the selection is not the best of all subsets")
    seconds = fastest(lambda: select(options, limits), 5)
    yield Row(
        name="proven best of 16 treatments; trying all subsets", value=seconds, unit="s",
        target="", reference=reference, ratio=reference / seconds, ok=None,
    )  # fmt: skip
