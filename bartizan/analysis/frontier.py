"""The whole frontier of one budget against value, exact, by dynamic programming.

(Kellerer, Pferschy, Pisinger, "Knapsack Problems", 2004.)
"""

# The functions without annotations are typed by Numba.
# mypy: no-check-untyped-defs

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numba as nb
import numpy as np

from bartizan.analysis.options import Option, Rules, Selection, check, selection_of


@dataclass(frozen=True)
class Frontier:
    """The greatest value for every budget from 0 to the limit, in steps of `unit`.

    `values[k]` is the best total value that a budget of k * unit buys.
    """

    options: tuple[Option, ...]
    budget: str
    unit: float
    values: np.ndarray
    _groups: tuple[np.ndarray, np.ndarray, np.ndarray]  # bounds, costs, values by group
    _order: np.ndarray

    def selection(self, money: float) -> Selection:
        """Return a selection that reaches the frontier at this budget. Raises beyond the limit."""
        step = math.floor(money / self.unit + 1e-9)
        if not 0 <= step < len(self.values):
            raise ValueError(f"{money} is not between 0 and the limit of the frontier")
        chosen = np.zeros(len(self.options), np.bool_)
        chosen[self._order[trace(*self._groups, step)]] = True
        value = math.fsum(o.value for o, yes in zip(self.options, chosen, strict=True) if yes)
        return selection_of(self.options, {self.budget: money}, chosen, value, 0.0)


def frontier(
    options: Sequence[Option],
    budget: str,
    limit: float,
    *,
    unit: float = 1.0,
    exclusions: Sequence[Collection[str]] = (),
) -> Frontier:
    """Return the exact frontier of one budget against value, by dynamic programming.

    Every cost must be a whole number of units; exclusions must not share an option. For other
    rules use `select` budget by budget. Raises ValueError otherwise. Time: options * limit/unit.
    """
    rules, place = Rules(exclusions), {o.name: column for column, o in enumerate(options)}
    others = dict.fromkeys((name for option in options for name in option.costs), math.inf)
    check(options, place, {**others, budget: limit}, rules)
    group = np.arange(len(options))
    seen: set[str] = set()
    for names in exclusions:
        if shared := seen.intersection(names):
            raise ValueError(f"{min(shared)} is in two exclusions")
        seen.update(names)
        group[[place[name] for name in names]] = min((place[name] for name in names), default=0)
    costs = np.array([option.costs.get(budget, 0.0) for option in options]) / unit
    whole = np.rint(costs)
    for option, cost, rounded in zip(options, costs, whole, strict=True):
        if abs(cost - rounded) > 1e-6:
            raise ValueError(f"{option.name}: {budget} is no whole number of units of {unit}")
    dearest = np.zeros(len(options), np.int64)
    np.maximum.at(dearest, group, whole.astype(np.int64))
    # Cheap groups first: what they can cost in all bounds the steps that have to be looked at.
    order = np.lexsort((group, dearest[group]))
    bounds = np.flatnonzero(np.diff(group[order], prepend=-1, append=len(options)))
    values = np.array([option.value for option in options], np.float64)
    groups = bounds, whole.astype(np.int64)[order], values[order]
    steps = math.floor(limit / unit + 1e-9) + 1
    return Frontier(tuple(options), budget, unit, best_values(*groups, steps), groups, order)


@nb.njit
def _add_group(before, after, low, high, costs, values):
    """Write after (steps,) from before: with one group, of which at most one option is taken."""
    # The loops run over slices that begin together: with step - cost for an index, they would
    # not become vector code.
    steps = len(after)
    cost, value = min(costs[low], steps), values[low]
    for step in range(cost):
        after[step] = before[step]
    without, less, best = before[cost:], before[: steps - cost], after[cost:]
    for step in range(len(best)):
        taken = less[step] + value
        best[step] = taken if taken > without[step] else without[step]
    for option in range(low + 1, high):
        cost, value = min(costs[option], steps), values[option]
        less, best = before[: steps - cost], after[cost:]
        for step in range(len(best)):
            taken = less[step] + value
            best[step] = taken if taken > best[step] else best[step]


@nb.njit(nogil=True, cache=True)
def best_values(bounds, costs, values, steps):
    """The greatest value for every budget of 0 to steps - 1 units, shape (steps,)."""
    best, other = np.zeros(steps), np.empty(steps)
    reach = 1  # steps of which the best is written: all that could be spent so far, and none
    for group in range(len(bounds) - 1):
        low, high = bounds[group], bounds[group + 1]
        dearest = np.int64(0)
        for option in range(low, high):
            dearest = max(dearest, costs[option])
        further = min(reach + min(dearest, steps), steps)
        best[reach:further] = best[reach - 1]
        reach = further
        _add_group(best[:reach], other[:reach], low, high, costs, values)
        best, other = other, best
    best[reach:] = best[reach - 1]
    return best


@nb.njit(nogil=True, cache=True)
def trace(bounds, costs, values, step):
    """The options, as places among costs, of a best selection for a budget of `step` units.

    Keeps every so-manyth row of the table and computes the rows between anew, backwards.
    """
    groups = len(bounds) - 1
    stride = int(math.sqrt(groups)) + 1
    kept = np.zeros((groups // stride + 1, step + 1))
    best, other = np.zeros(step + 1), np.empty(step + 1)
    for group in range(groups):
        if group % stride == 0:
            kept[group // stride] = best
        _add_group(best, other, bounds[group], bounds[group + 1], costs, values)
        best, other = other, best
    found, filled = np.empty(groups, np.int64), 0
    rows = np.empty((stride + 1, step + 1))
    for block in range((groups + stride - 1) // stride - 1, -1, -1):
        first, last = block * stride, min((block + 1) * stride, groups)
        rows[0] = kept[block]
        for group in range(first, last):
            before, after = rows[group - first], rows[group - first + 1]
            _add_group(before, after, bounds[group], bounds[group + 1], costs, values)
        for group in range(last - 1, first - 1, -1):
            before, after = rows[group - first], rows[group - first + 1]
            if after[step] == before[step]:
                continue
            for option in range(bounds[group], bounds[group + 1]):
                cost = costs[option]
                if cost <= step and before[step - cost] + values[option] == after[step]:
                    found[filled] = option
                    filled += 1
                    step -= cost
                    break
    return found[:filled].copy()
