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
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack, identity

from bartizan.analysis.frontier import Frontier, frontier
from bartizan.analysis.knapsack import best, reachable
from bartizan.analysis.options import NO_RULES, Option, Rules, Selection, check, selection_of

__all__ = [
    "Frontier", "NotProvenError", "Option", "Rules", "Selection", "frontier", "priority", "select",
    "select_by_tail",
]  # fmt: skip

GAP = 1e-6  # relative: what is called optimal is proven to be within it
FEW = 12  # budgets: with more, reduced costs fix little and the search of a core takes long


class NotProvenError(Exception):
    """The time limit came before the proof that a selection is the best."""


def select(
    options: Sequence[Option],
    budgets: Mapping[str, float],
    rules: Rules = NO_RULES,
    *,
    time_limit: float = 60.0,
) -> Selection:
    """Return the options of the greatest total value within all budgets, proven optimal.

    Raises ValueError for unknown or repeated names and budgets that are no number of at least
    0, NotProvenError after `time_limit` seconds.
    """
    until = time.monotonic() + time_limit
    limits = _limits(options, budgets, rules)
    values = np.array([option.value for option in options], np.float64)
    if not len(values):
        return Selection((), 0.0, dict.fromkeys(budgets, 0.0), 0.0)
    found = None
    if len(budgets) <= FEW:
        found = best(values, limits.A, limits.ub, GAP, time_limit)
    if found:
        chosen, value = found.chosen > 0.5, found.value
        gap = (found.bound - value) / value if value else 0.0
    else:
        left = max(until - time.monotonic(), 0.0)
        solved, gap = solve(-values, np.ones(len(values)), [limits], left)
        chosen = solved > 0.5
        value = float(values @ chosen)
    return selection_of(options, budgets, chosen, value, gap)


def select_by_tail(
    options: Sequence[Option],
    budgets: Mapping[str, float],
    losses: np.ndarray,
    reductions: np.ndarray,
    rules: Rules = NO_RULES,
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
    solved, gap = solve(objective, integer, [limits, excess], time_limit, Bounds(lower, upper))
    chosen = solved[:number] > 0.5
    after = _tail_mean(losses - reductions[chosen].sum(axis=0), level)
    return selection_of(options, budgets, chosen, before - after, gap)


def _value_at_risk(losses: np.ndarray, level: float) -> float:
    rank = max(math.ceil(level * len(losses)) - 1, 0)
    return float(np.partition(losses, rank)[rank])


def _tail_mean(losses: np.ndarray, level: float) -> float:
    threshold = _value_at_risk(losses, level)
    return threshold + float(np.maximum(losses - threshold, 0).mean()) / (1 - level)


def solve(
    objective: np.ndarray,
    integer: np.ndarray,
    constraints: Sequence[LinearConstraint],
    time_limit: float,
    bounds: Bounds | None = None,
    gap: float = GAP,
) -> tuple[np.ndarray, float]:
    """Minimize objective @ x, x between 0 and 1 unless bounds say otherwise: x, and its gap."""
    with _without_chatter():
        result = milp(
            objective,
            integrality=integer,
            bounds=bounds or Bounds(0, 1),
            constraints=[one for one in constraints if one.A.shape[0]],
            options={"mip_rel_gap": gap, "time_limit": time_limit},
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
    check(options, place, budgets, rules)
    columns: list[int] = []
    entries: list[float] = []
    ends, upper = [0], []

    def add(row: Mapping[int, float], limit: float) -> None:
        columns.extend(row)
        entries.extend(row.values())
        ends.append(len(columns))
        upper.append(limit)

    for budget, limit in budgets.items():
        costs = {place[o.name]: o.costs[budget] for o in options if o.costs.get(budget)}
        add(costs, reachable(np.array(list(costs.values())), limit))
    for names in rules.exclusions:
        add({place[name]: 1.0 for name in names}, 1.0)
    for name, needed in rules.prerequisites.items():
        for other in needed:
            if other != name:
                add({place[name]: 1.0, place[other]: -1.0}, 0.0)
    matrix = csr_matrix((entries, columns, ends), shape=(len(upper), len(options)), dtype=float)
    return LinearConstraint(matrix, -np.inf, np.array(upper))


def priority(
    selection: Selection,
    options: Sequence[Option],
    rules: Rules = NO_RULES,
    *,
    worth: Callable[[Collection[str]], float] | None = None,
) -> list[str]:
    """Return the chosen options in the order to do them: most value for what is spent first.

    What a treatment presupposes comes before it and is counted with it. Spending is measured in
    shares of what the whole selection takes of each budget. `worth` says what a set is worth
    where the values of options do not add up.
    """
    known = {option.name: option for option in options}
    ordered: list[str] = []
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

    def gain(names: Sequence[str]) -> float:
        if worth is None:
            return sum(known[name].value for name in names)
        return worth([*ordered, *names]) - worth(ordered)

    def rate(names: Sequence[str]) -> tuple[float, float]:
        value, spent = gain(names), sum(map(burden, names))
        return (value / spent if spent else math.inf), value

    while left:
        best = max((with_missing(name) for name in left), key=rate)
        ordered += best
        left = [name for name in left if name not in best]
    return ordered
