"""Which treatments to choose under budgets, provably the best, and in which order to do them.

Values add up: two treatments of the same risk that overlap are offered as one more option, done
together (`loss.together`), with the three excluding each other. Integer programs are solved by
HiGHS (Huangfu and Hall, Mathematical Programming Computation 10, 2018) through SciPy; frontiers
of one budget by dynamic programming (Kellerer, Pferschy, Pisinger, "Knapsack Problems", 2004).
"""

import ctypes
import math
import os
import sys
import tempfile
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numba as nb
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack, identity

GAP = 1e-6  # relative: what is called optimal is proven to be within it


@dataclass(frozen=True)
class Option:
    """A treatment that may be chosen: what it is worth, and what it takes of each budget.

    `value` is a yearly reduction of expected loss or of TVaR. Raises ValueError for a cost that
    is no number of at least 0, or a value that is no number.
    """

    name: str
    value: float
    costs: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"{self.name}: value is not a number: {self.value}")
        for budget, cost in self.costs.items():
            if not (math.isfinite(cost) and cost >= 0):
                raise ValueError(f"{self.name}: {budget} is not a number of at least 0: {cost}")


@dataclass(frozen=True)
class Rules:
    """At most one of each set of `exclusions`; an option only with all its `prerequisites`."""

    exclusions: Sequence[Collection[str]] = ()
    prerequisites: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Selection:
    """The chosen options in the order given; `value` is at most `gap` (relative) below the best."""

    names: tuple[str, ...]
    value: float
    spent: Mapping[str, float]
    gap: float


class NotProvenError(Exception):
    """The time limit came before the proof that a selection is the best."""


def select(
    options: Sequence[Option],
    budgets: Mapping[str, float],
    rules: Rules = Rules(),
    *,
    time_limit: float = 60.0,
) -> Selection:
    """Return the options of the greatest total value within all budgets, proven optimal.

    Raises ValueError for unknown or repeated names and budgets that are no number of at least
    0, NotProvenError after `time_limit` seconds.
    """
    limits = _limits(options, budgets, rules)
    values = np.array([option.value for option in options])
    if not len(values):
        return Selection((), 0.0, dict.fromkeys(budgets, 0.0), 0.0)
    chosen, gap = _solve(-values, np.ones(len(values)), [limits], time_limit)
    return _selection(options, budgets, chosen > 0.5, float(values @ (chosen > 0.5)), gap)


def select_by_tail(
    options: Sequence[Option],
    budgets: Mapping[str, float],
    losses: np.ndarray,
    reductions: np.ndarray,
    rules: Rules = Rules(),
    *,
    level: float = 0.99,
    time_limit: float = 60.0,
) -> Selection:
    """Return the options that reduce TVaR at `level` most, judged on simulated years themselves.

    `losses` (years,) and `reductions` (options, years) come from `loss.compare`; the options' own
    values are not used. TVaR is linear in this form (Rockafellar and Uryasev, Journal of Risk 2,
    2000); years that cannot reach the tail whatever is chosen are left out, which changes
    nothing. Errors as for `select`, and ValueError for arrays that do not fit each other.
    """
    if reductions.shape != (len(options), len(losses)):
        raise ValueError(f"reductions has shape {reductions.shape}, not options x years")
    limits = _limits(options, budgets, rules)
    before = _tail_mean(losses, level)
    if not options:
        return Selection((), 0.0, dict.fromkeys(budgets, 0.0), 0.0)
    # The value at risk cannot fall below that with everything done at once.
    lowest = _value_at_risk(losses - np.maximum(reductions, 0).sum(axis=0), level)
    worst = np.maximum(losses - np.minimum(reductions, 0).sum(axis=0), losses) > lowest
    number, years = len(options), int(worst.sum())
    weight = 1 / ((1 - level) * len(losses))
    objective = np.concatenate([np.zeros(number), [1.0], np.full(years, weight)])
    # excess_s + threshold + sum_j reduction_js x_j >= loss_s
    rows = hstack([
        csr_matrix(reductions[:, worst].T), csr_matrix(np.ones((years, 1))), identity(years),
    ])  # fmt: skip
    excess = LinearConstraint(rows.tocsr(), lb=losses[worst])
    padding = csr_matrix((limits.A.shape[0], 1 + years))
    limits = LinearConstraint(hstack([limits.A, padding]).tocsr(), limits.lb, limits.ub)
    integer = np.concatenate([np.ones(number), np.zeros(1 + years)])
    upper = np.concatenate([np.ones(number), np.full(1 + years, np.inf)])
    lower = np.concatenate([np.zeros(number), [lowest], np.zeros(years)])
    solved, gap = _solve(objective, integer, [limits, excess], time_limit, Bounds(lower, upper))
    chosen = solved[:number] > 0.5
    after = _tail_mean(losses - reductions[chosen].sum(axis=0), level)
    return _selection(options, budgets, chosen, before - after, gap)


def _value_at_risk(losses: np.ndarray, level: float) -> float:
    rank = max(math.ceil(level * len(losses)) - 1, 0)
    return float(np.partition(losses, rank)[rank])


def _tail_mean(losses: np.ndarray, level: float) -> float:
    threshold = _value_at_risk(losses, level)
    return threshold + float(np.maximum(losses - threshold, 0).mean()) / (1 - level)


def _solve(
    objective: np.ndarray,
    integer: np.ndarray,
    constraints: Sequence[LinearConstraint],
    time_limit: float,
    bounds: Bounds | None = None,
) -> tuple[np.ndarray, float]:
    with _without_chatter():
        result = milp(
            objective,
            integrality=integer,
            bounds=bounds or Bounds(0, 1),
            constraints=[one for one in constraints if one.A.shape[0]],
            options={"mip_rel_gap": GAP, "time_limit": time_limit},
        )
    if result.status != 0:
        raise NotProvenError(f"not proven optimal in {time_limit} s: {result.message}")
    return result.x, float(result.mip_gap)


_CHATTER = b"HighsMipSolverData::transformNewIntegerFeasibleSolution"
_standard_output = threading.Lock()


@contextmanager
def _without_chatter() -> Iterator[None]:
    """Keep a line that HiGHS 1.12 prints by mistake (its issue 2783) out of standard output.

    It is printed by C and would end up inside the JSON of whoever prints some. What others print
    meanwhile is kept, and passed on afterwards.
    """
    with _standard_output, tempfile.TemporaryFile() as kept:
        sys.stdout.flush()
        real = os.dup(1)
        os.dup2(kept.fileno(), 1)
        try:
            yield
        finally:
            sys.stdout.flush()
            ctypes.CDLL(None).fflush(None)
            os.dup2(real, 1)
            kept.seek(0)
            for line in kept:
                if _CHATTER not in line:
                    os.write(real, line)
            os.close(real)


def _limits(
    options: Sequence[Option], budgets: Mapping[str, float], rules: Rules
) -> LinearConstraint:
    """Return budgets, exclusions and prerequisites as linear constraints on 0-1 variables."""
    place = {option.name: column for column, option in enumerate(options)}
    _check(options, place, budgets, rules)
    rows: list[dict[int, float]] = []
    upper: list[float] = []
    for budget, limit in budgets.items():
        rows.append({place[o.name]: o.costs[budget] for o in options if o.costs.get(budget)})
        upper.append(limit)
    for names in rules.exclusions:
        rows.append({place[name]: 1.0 for name in names})
        upper.append(1.0)
    for name, needed in rules.prerequisites.items():
        for other in needed:
            if other != name:
                rows.append({place[name]: 1.0, place[other]: -1.0})
                upper.append(0.0)
    entries = [(row, column, x) for row, cells in enumerate(rows) for column, x in cells.items()]
    row, column, x = zip(*entries, strict=True) if entries else ((), (), ())
    matrix = csr_matrix((x, (row, column)), shape=(len(rows), len(options)))
    return LinearConstraint(matrix, -np.inf, np.array(upper))


def _check(
    options: Sequence[Option],
    place: Mapping[str, int],
    budgets: Mapping[str, float],
    rules: Rules,
) -> None:
    if len(place) < len(options):
        names = [option.name for option in options]
        raise ValueError(f"two are called {next(n for n in names if names.count(n) > 1)}")
    for budget, limit in budgets.items():
        if not limit >= 0:
            raise ValueError(f"{budget} is not a number of at least 0: {limit}")
    for option in options:
        for budget in option.costs:
            if budget not in budgets:
                raise ValueError(f"{option.name}: there is no budget called {budget}")
    named = [name for names in rules.exclusions for name in names]
    for name, needed in rules.prerequisites.items():
        named += [name, *needed]
    for name in named:
        if name not in place:
            raise ValueError(f"there is no option called {name}")


def _selection(
    options: Sequence[Option],
    budgets: Mapping[str, float],
    chosen: np.ndarray,
    value: float,
    gap: float,
) -> Selection:
    taken = [option for option, yes in zip(options, chosen, strict=True) if yes]
    spent = {b: math.fsum(option.costs.get(b, 0.0) for option in taken) for b in budgets}
    return Selection(tuple(option.name for option in taken), value, spent, gap)


def priority(selection: Selection, options: Sequence[Option], rules: Rules = Rules()) -> list[str]:
    """Return the chosen options in the order to do them: most value for what is spent first.

    What a treatment presupposes comes before it and is counted with it. Spending is measured in
    shares of what the whole selection takes of each budget.
    """
    known = {option.name: option for option in options}
    left = list(selection.names)

    def burden(name: str) -> float:
        costs = known[name].costs.items()
        return sum(cost / selection.spent[b] for b, cost in costs if selection.spent[b])

    def with_missing(name: str, path: tuple[str, ...] = ()) -> list[str]:
        names: list[str] = []
        for other in sorted(rules.prerequisites.get(name, ())):
            if other in left and other not in path and other != name:
                names += [n for n in with_missing(other, (*path, name)) if n not in names]
        return [*names, name]

    def worth(names: Sequence[str]) -> float:
        value, spent = sum(known[n].value for n in names), sum(map(burden, names))
        return value / spent if spent else math.inf

    ordered: list[str] = []
    while left:
        best = max((with_missing(name) for name in left), key=worth)
        ordered += best
        left = [name for name in left if name not in best]
    return ordered


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
        return _selection(self.options, {self.budget: money}, chosen, value, 0.0)


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
    _check([Option(o.name, o.value) for o in options], place, {budget: limit}, rules)
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
    order = np.argsort(group, kind="stable")
    bounds = np.flatnonzero(np.diff(group[order], prepend=-1, append=len(options)))
    values = np.array([option.value for option in options], np.float64)
    groups = bounds, whole.astype(np.int64)[order], values[order]
    steps = math.floor(limit / unit + 1e-9) + 1
    return Frontier(tuple(options), budget, unit, best_values(*groups, steps), groups, order)


@nb.njit
def _add_group(before, after, low, high, costs, values):
    """Write after (steps,) from before: with one group, of which at most one option is taken."""
    steps = len(after)
    cost, value = min(costs[low], steps), values[low]
    for step in range(cost):
        after[step] = before[step]
    for step in range(cost, steps):
        taken, best = before[step - cost] + value, before[step]
        after[step] = taken if taken > best else best
    for option in range(low + 1, high):
        cost, value = costs[option], values[option]
        for step in range(cost, steps):
            taken, best = before[step - cost] + value, after[step]
            after[step] = taken if taken > best else best


@nb.njit(nogil=True, cache=True)
def best_values(bounds, costs, values, steps):
    """The greatest value for every budget of 0 to steps - 1 units, shape (steps,)."""
    best, other = np.zeros(steps), np.empty(steps)
    for group in range(len(bounds) - 1):
        _add_group(best, other, bounds[group], bounds[group + 1], costs, values)
        best, other = other, best
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
