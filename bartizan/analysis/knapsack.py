"""The best of many 0-1 choices under a few budgets and rules, proven, by search of a core.

The dual prices of the linear relaxation say of every option what deviating from its relaxed
choice costs at least: its reduced cost. Whoever looks only for selections within `reach` of the
relaxed optimum may fix every option whose reduced cost is larger. What is left, the core, is
small: of 5,000 options about a hundred (Balas and Zemel, Operations Research 28, 1980; Puchinger,
Raidl, Pferschy, INFORMS Journal on Computing 22, 2010). It is searched by branch and bound, depth
first, with the dual simplex method on a dense tableau: after a change of bounds any basis is dual
feasible again once its nonbasic variables stand on the right bound, so that one tableau serves
the whole search. `reach` grows until something is found.

Nothing rests on the accuracy of the tableau. A part of the search is left out only when the
Lagrangian bound at its prices, which holds for any prices, computed anew from the rows
themselves, says that it holds nothing better (Geoffrion, Mathematical Programming Study 2, 1974).
"""

# The functions without annotations are typed by Numba.
# mypy: no-check-untyped-defs

import math
from typing import NamedTuple

import numba as nb
import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

SMALL = 100  # columns and rows: a program up to this is its own core, and needs no prices
LARGE = 1_000_000  # entries of the tableau: more would be slow
WORK = 4e9  # entries of the tableau changed by pivots before the search gives up: some seconds
PACE = 5e8  # or so many for each second of the time limit: about a quarter of it
FRESH = 2_000  # pivots after which the tableau is set up anew, against rounding
SLIGHT = 1e-9  # relative to the coefficients of a row: less is rounding


class Found(NamedTuple):
    """A choice; no other is worth more than `bound`. `chosen` is (columns,) of 0 and 1."""

    chosen: np.ndarray
    value: float
    bound: float


class Core(NamedTuple):
    """The columns left undecided, and the rows that can still be broken, scaled."""

    columns: np.ndarray  # their numbers
    fixed: np.ndarray  # (columns of the program,) what the others are; 0 for those of the core
    rows: np.ndarray  # (rows, columns of the core)
    limits: np.ndarray


class Tableau(NamedTuple):
    """A basis of rows @ x + slack = limits: variables are the columns, then the slacks."""

    body: np.ndarray  # (rows, variables)
    right: np.ndarray  # (rows,)
    reduced: np.ndarray  # (variables,) reduced costs, for minimizing
    basis: np.ndarray  # (rows,) the variable of each row
    basic: np.ndarray  # (variables,) bool
    low: np.ndarray  # (variables,) bounds at the present node
    high: np.ndarray
    at: np.ndarray  # (variables,) values


def best(
    values: np.ndarray, rows: csr_matrix, limits: np.ndarray, gap: float, time_limit: float
) -> Found | None:
    """Maximize values @ x, x of 0 and 1, rows @ x <= limits; choosing nothing must be allowed.

    `bound` exceeds `value` by at most the share `gap`. None if the search gave up, after a part
    of the time: then the program is large, or of a kind that this method does not suit.
    """
    rows, limits = rows[np.isfinite(limits)], limits[np.isfinite(limits)]
    if len(values) + len(limits) <= SMALL:
        reduced, bound = values, float(np.maximum(values, 0).sum())
        step = reach = bound
    else:
        relaxed = linprog(
            -values, A_ub=rows, b_ub=limits, bounds=(0, 1), method="highs",
            options={"time_limit": time_limit},
        )  # fmt: skip
        if relaxed.status != 0:
            return None
        prices = np.maximum(-relaxed.ineqlin.marginals, 0)
        reduced = values - rows.T @ prices
        bound = float(prices @ limits + np.maximum(reduced, 0).sum())
        step = reach = gap * bound
    work, known = float(min(WORK, PACE * time_limit)), bound
    while bound > 0:
        if (undecided := np.abs(reduced) <= reach).all():
            reach = bound
        least = max(bound - reach, 0.0)
        if core := core_of(undecided, reduced > 0, rows, limits):
            if core.rows.size + len(core.rows) ** 2 > LARGE:
                return None
            base = float(values @ core.fixed)
            chosen, cost, lowest, work = search(
                -values[core.columns], core.rows, core.limits, base - least, base - known, -base,
                gap, work,
            )  # fmt: skip
            if work < 0:
                return None
            if cost < np.inf:
                whole = core.fixed.copy()
                whole[core.columns] = chosen
                value = float(values @ whole)
                return Found(whole, value, max(value, base - lowest))
        if least == 0:
            break
        # Nothing is worth more than `least`. A step further, whatever is found is good enough;
        # and a small core is searched at once, so that it may as well grow faster.
        faster = core is None or len(core.columns) < SMALL // 2
        known, reach = least, max(reach + step, (4 if faster else 1.5) * reach)
    return Found(np.zeros(len(values)), 0.0, 0.0)


def reachable(costs: np.ndarray, limit: float) -> float:
    """The greatest sum within the limit that costs in whole units can reach, or the limit.

    The unit is the largest that all costs are multiples of: thousands or cents.
    """
    if not costs.any() or costs.max() > 1e12 or limit == math.inf:
        return limit
    for scale in (1, 100):
        units = np.rint(costs * scale)
        if (np.abs(units - costs * scale) <= SLIGHT * units).all():
            unit = int(np.gcd.reduce(units.astype(np.int64))) / scale
            return min(math.floor(limit / unit * (1 + SLIGHT)) * unit, limit)
    return limit


def core_of(
    undecided: np.ndarray, otherwise: np.ndarray, rows: csr_matrix, limits: np.ndarray
) -> Core | None:
    """The core of the undecided columns, the rest being 1 where `otherwise`; None if impossible.

    Columns that the rows decide themselves leave the core, as do rows that cannot be broken.
    """
    low = np.where(undecided, 0.0, otherwise)
    high = np.where(undecided, 1.0, otherwise)
    entries = rows.tocoo()
    row, column, x = entries.row, entries.col, entries.data
    size = np.bincount(row, np.abs(x), len(limits)) / np.maximum(np.diff(rows.indptr), 1)
    slight = SLIGHT * size
    while True:
        least = np.bincount(row, np.where(x > 0, x * low[column], x * high[column]), len(limits))
        if (least > limits + slight).any():
            return None
        breaks = (np.abs(x) > (limits - least + slight)[row]) & (low < high)[column]
        if not breaks.any():
            break
        high[column[breaks & (x > 0)]] = 0.0
        low[column[breaks & (x < 0)]] = 1.0
        if (low > high).any():
            return None
    most = np.bincount(row, np.where(x > 0, x * high[column], x * low[column]), len(limits))
    left, matter = np.flatnonzero(low < high), most > limits
    fixed = np.where(low < high, 0.0, low)
    size = size[matter]
    return Core(
        left, fixed, rows[matter][:, left].toarray() / size[:, None],
        (limits - rows @ fixed)[matter] / size,
    )  # fmt: skip


@nb.njit(nogil=True, cache=True)
def lagrangian(costs, rows, limits, prices, low, high, reduced):
    """A lower bound of costs @ x with these prices of at least 0; writes the reduced costs."""
    for j in range(len(costs)):
        reduced[j] = costs[j]
    bound = 0.0
    for i in range(len(limits)):
        if prices[i] > 0:
            bound -= prices[i] * limits[i]
            for j in range(len(costs)):
                reduced[j] += prices[i] * rows[i, j]
    for j in range(len(costs)):
        bound += min(reduced[j] * low[j], reduced[j] * high[j])
    return bound


@nb.njit(nogil=True, cache=True)
def set_up(tableau, costs, rows, limits):
    """Write the tableau of the slack basis. Bounds stay."""
    count, columns = rows.shape
    for j in range(columns + count):
        tableau.reduced[j] = costs[j] if j < columns else 0.0
        tableau.basic[j] = j >= columns
    for i in range(count):
        for j in range(columns):
            tableau.body[i, j] = rows[i, j]
        for j in range(count):
            tableau.body[i, columns + j] = 1.0 if i == j else 0.0
        tableau.right[i] = limits[i]
        tableau.basis[i] = columns + i


@nb.njit(nogil=True, cache=True, fastmath={"reassoc", "contract"})
def product(left, right):
    total = 0.0
    for j in range(len(left)):
        total += left[j] * right[j]
    return total


@nb.njit(nogil=True, cache=True)
def evaluate(tableau):
    """Stand nonbasic variables on the bound of their reduced cost; compute the basic ones."""
    body, at, low, high = tableau.body, tableau.at, tableau.low, tableau.high
    values = np.empty(len(body))
    for j in range(len(at)):
        up = tableau.reduced[j] < 0 and high[j] != np.inf
        at[j] = 0.0 if tableau.basic[j] else high[j] if up else low[j]
    for i in range(len(values)):
        values[i] = tableau.right[i] - product(body[i], at)
    for i, j in enumerate(tableau.basis):
        at[j] = values[i]


@nb.njit(nogil=True, cache=True)
def ratio_test(tableau, row, rising):
    """Which variable enters so that the basic one of the row rises, or falls; -1 if none can.

    And by how much the objective grows for each unit of it.
    """
    entering, least, size = -1, np.inf, 0.0
    for j in range(len(tableau.at)):
        if tableau.basic[j] or tableau.low[j] == tableau.high[j]:
            continue
        entry = tableau.body[row, j] if rising else -tableau.body[row, j]
        on_high = tableau.at[j] > tableau.low[j]
        if abs(entry) > SLIGHT and (entry < 0) != on_high:
            ratio = abs(tableau.reduced[j] / entry)
            # Of equal ratios the largest entry: it rounds least.
            if ratio < least - 1e-12 or (ratio < least + 1e-12 and abs(entry) > size):
                entering, least, size = j, ratio, abs(entry)
    return entering, least


@nb.njit(nogil=True, cache=True)
def pivot(tableau, row, entering, value):
    """Let this variable enter the basis for the one of the row, which takes the value."""
    body, right, reduced, basis, at = (
        tableau.body, tableau.right, tableau.reduced, tableau.basis, tableau.at,
    )  # fmt: skip
    step = (at[basis[row]] - value) / body[row, entering]
    for i, j in enumerate(basis):
        at[j] -= step * body[i, entering]
    at[basis[row]] = value
    at[entering] += step
    line, whole = body[row] / body[row, entering], right[row] / body[row, entering]
    for i in range(len(right)):
        factor = body[i, entering]
        if factor != 0:
            other = body[i]
            for j in range(len(line)):
                other[j] -= factor * line[j]
            right[i] -= factor * whole
    factor, this = reduced[entering], body[row]
    for j in range(len(line)):
        this[j] = line[j]
        reduced[j] -= factor * line[j]
    right[row], reduced[entering] = whole, 0.0
    tableau.basic[basis[row]], tableau.basic[entering] = False, True
    basis[row] = entering


@nb.njit(nogil=True, cache=True)
def leaving(tableau):
    """The row whose basic variable is furthest outside its bounds, and if it has to rise."""
    row, worst, rising = -1, SLIGHT, True
    for i, j in enumerate(tableau.basis):
        below, above = tableau.low[j] - tableau.at[j], tableau.at[j] - tableau.high[j]
        if max(below, above) > worst:
            row, worst, rising = i, max(below, above), below > above
    return row, rising


@nb.njit(nogil=True, cache=True)
def relax(tableau, costs, rows, limits, exact):
    """Solve the relaxation of a node from the present basis by the dual simplex method.

    Returns a lower bound of the node, infinite if it is empty, and the number of pivots.
    Writes the reduced costs of that bound to `exact` (columns,).
    """
    columns, pivots = len(costs), 0
    low, high = tableau.low[:columns], tableau.high[:columns]
    prices = np.empty(len(limits))
    # Degenerate bases might follow each other in a circle: then the bound reached so far serves.
    evaluate(tableau)
    while pivots < 20 * (len(limits) + 5):
        row, rising = leaving(tableau)
        if row < 0:
            break
        entering, _ = ratio_test(tableau, row, rising)
        if entering < 0:
            # The row shows that its variable cannot come within its bounds. Is it so?
            for i in range(len(limits)):
                entry = tableau.body[row, columns + i]
                prices[i] = max(entry if rising else -entry, 0.0)
            if lagrangian(np.zeros(columns), rows, limits, prices, low, high, exact) > SLIGHT:
                return np.inf, pivots
            break
        j = tableau.basis[row]
        pivot(tableau, row, entering, tableau.low[j] if rising else tableau.high[j])
        pivots += 1
    for i in range(len(limits)):
        prices[i] = max(tableau.reduced[columns + i], 0.0)
    return lagrangian(costs, rows, limits, prices, low, high, exact), pivots


@nb.njit(nogil=True, cache=True)
def rounded_cost(tableau, costs, rows, limits):
    """What the relaxed choice costs when rounded; infinite if that breaks a limit."""
    for i in range(len(limits)):
        total = 0.0
        for j in range(len(costs)):
            total += rows[i, j] if tableau.at[j] > 0.5 else 0.0
        if total > limits[i] + SLIGHT:
            return np.inf
    total = 0.0
    for j in range(len(costs)):
        total += costs[j] if tableau.at[j] > 0.5 else 0.0
    return total


@nb.njit(nogil=True, cache=True)
def branching(tableau, columns, room):
    """The column to branch on, and its value in the branch to look at first; -1 if all are fixed.

    That whose two branches raise the bound most, by their first pivots (Driebeek, Management
    Science 12, 1966); raising it by more than `room`, after which nothing is left, is no better.
    """
    column, first, highest = -1, 0.0, -1.0
    for i, j in enumerate(tableau.basis):
        part = tableau.at[j]
        if j < columns and tableau.low[j] < tableau.high[j] and SLIGHT < part < 1 - SLIGHT:
            down = min(ratio_test(tableau, i, False)[1] * part, room)
            up = min(ratio_test(tableau, i, True)[1] * (1 - part), room)
            score = (down + 1e-6 * room) * (up + 1e-6 * room)
            if score > highest:
                column, first, highest = j, 0.0 if down < up else 1.0, score
    if column < 0:
        for j in range(columns):
            if tableau.low[j] < tableau.high[j]:
                return j, 1.0 if tableau.at[j] > 0.5 else 0.0
    return column, first


@nb.njit(nogil=True, cache=True)
def fix(tableau, exact, bound, cutoff, fixed, many):
    """Fix columns that would raise the bound to the cutoff elsewhere; note them behind `many`.

    Returns how many are noted, and the lowest bound of what was left out.
    """
    lowest = np.inf
    for j in range(len(exact)):
        other = bound + abs(exact[j])
        if other >= cutoff and tableau.low[j] < tableau.high[j]:
            tableau.low[j] = tableau.high[j] = 1.0 if exact[j] < 0 else 0.0
            fixed[many] = j
            many += 1
            lowest = min(lowest, other)
    return many, lowest


@nb.njit(nogil=True, cache=True)
def release(tableau, fixed, many, start):
    """Let the columns noted from `start` on be 0 or 1 again."""
    for k in range(start, many):
        tableau.low[fixed[k]], tableau.high[fixed[k]] = 0.0, 1.0


@nb.njit(nogil=True, cache=True)
def search(costs, rows, limits, cutoff, known, base, gap, work):
    """Minimize costs @ x below the cutoff by branch and bound; nothing costs less than `known`.

    Returns x and its cost, infinite if there is none; the lowest bound of all that was left out,
    which is no better by more than the share `gap` of base + cost; and what remains of `work`,
    the entries of the tableau that may be changed: negative if that put an end to the search.
    """
    count, columns = rows.shape
    variables = count + columns
    tableau = Tableau(
        np.empty((count, variables)), np.empty(count), np.empty(variables),
        np.empty(count, np.int64), np.empty(variables, np.bool_),
        np.zeros(variables), np.ones(variables), np.zeros(variables),
    )  # fmt: skip
    low, high, at = tableau.low, tableau.high, tableau.at
    for j in range(columns, variables):
        high[j] = np.inf
    chosen, cost, lowest = np.zeros(columns), np.inf, np.inf
    exact = np.empty(columns)
    fixed, many = np.empty(columns, np.int64), 0
    # Of each branching above the node: its column, `many` before it, if this is the other branch.
    depth, branched = 0, np.empty(columns, np.int64)
    before, again = np.empty(columns, np.int64), np.zeros(columns, np.bool_)
    since = FRESH
    while True:
        if since >= FRESH:
            set_up(tableau, costs, rows, limits)
            since = 0
        bound, pivots = relax(tableau, costs, rows, limits, exact)
        since += pivots
        work -= (pivots + 1.0) * count * variables
        if work < 0:
            return chosen, cost, lowest, work
        if bound < cutoff:
            start = many
            many, other = fix(tableau, exact, bound, cutoff, fixed, many)
            lowest = min(lowest, other)
            column, first = branching(tableau, columns, cutoff - bound)
            if column < 0:  # one point is left
                for j in range(columns):
                    at[j] = low[j]
            seen = rounded_cost(tableau, costs, rows, limits)
            if seen < cutoff:
                for j in range(columns):
                    chosen[j] = 1.0 if at[j] > 0.5 else 0.0
                cost, cutoff = seen, seen - gap * abs(base + seen)
                if cutoff <= known:
                    return chosen, cost, min(known, lowest), work
            if column >= 0 and bound < cutoff:
                branched[depth], before[depth], again[depth] = column, start, False
                low[column] = high[column] = first
                depth += 1
                continue
            release(tableau, fixed, many, start)
            many = start
            bound = seen if column < 0 else bound
        lowest = min(lowest, bound)
        while depth > 0 and again[depth - 1]:
            depth -= 1
            low[branched[depth]], high[branched[depth]] = 0.0, 1.0
            release(tableau, fixed, many, before[depth])
            many = before[depth]
        if depth == 0:
            return chosen, cost, lowest, work
        column, again[depth - 1] = branched[depth - 1], True
        low[column] = high[column] = 1.0 - low[column]
