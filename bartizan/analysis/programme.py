"""Which proposals make up the best programme when several bear on one risk.

The factors of two treatments of one risk multiply, so their worths do not add up. What does add
up, exactly, is the worth of each *combination* of treatments of one risk: the program has a
column for each, of which at most one is taken, and it is taken when precisely its members are
chosen. TVaR is minimized on the simulated years by cutting planes (Kunzi-Bay and Mayer,
Computational Management Science 3, 2006): a small program asked again until the years that were
left out of it agree. Both are proven optimal.
"""

import math
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

import numpy as np
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import csr_matrix, vstack

from bartizan.analysis.loss import Effect, Simulation, Treatment, compare, together
from bartizan.analysis.options import Option, Rules, Selection
from bartizan.analysis.plan import means_of
from bartizan.analysis.portfolio import GAP, NotProvenError, priority, solve

Measure = Literal["mean", "tvar"]

MOST = 10  # treatments of one risk: of so many, every combination is weighed


@dataclass(frozen=True)
class Proposal:
    """A treatment that may be chosen: what it takes of each budget, and what it rules out."""

    treatment: Treatment
    costs: Mapping[str, float] = field(default_factory=dict)
    excludes: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.treatment.name


@dataclass(frozen=True)
class Combination:
    """Some treatments of one risk done together: their places, and what they do to the risk."""

    risk: str
    members: tuple[int, ...]
    effect: Effect


class Choice:
    """Proposals judged by expected loss or TVaR on one simulation; asked for any budgets.

    The expected loss is exact; TVaR is that of the simulated years at the run's tail level.
    Raises ValueError for proposals of one name, unknown risks, names of no proposal, costs of no
    budget, and more than ten treatments of one risk.
    """

    def __init__(
        self,
        simulation: Simulation,
        proposals: Sequence[Proposal],
        measure: Measure = "mean",
        *,
        pool: Executor | None = None,
        threads: int | None = None,
    ) -> None:
        self.simulation, self.proposals, self.measure = simulation, tuple(proposals), measure
        self.place = {proposal.name: place for place, proposal in enumerate(self.proposals)}
        _check(self.proposals, self.place, {risk.name for risk in simulation.risks})
        self.combinations = list(_combined(self.proposals, self.place))
        self.column = {
            (one.risk, one.members): column for column, one in enumerate(self.combinations)
        }
        if measure == "mean":
            means = means_of(simulation.risks, simulation.triggers).tolist()
            mean = {r.name: m for r, m in zip(simulation.risks, means, strict=True)}
            self.values = np.array([
                mean[one.risk] * (1 - one.effect.frequency * one.effect.severity)
                for one in self.combinations
            ])  # fmt: skip
        else:
            self.tail = _Tail(simulation, self.proposals, self.combinations, pool, threads)

    def best(self, budgets: Mapping[str, float], *, time_limit: float = 60.0) -> Selection:
        """Return the proposals that reduce the measure most within the budgets, proven.

        `value` is the reduction. Raises NotProvenError after `time_limit` seconds.
        """
        for budget, limit in budgets.items():
            if not limit >= 0:
                raise ValueError(f"{budget} is not a number of at least 0: {limit}")
        number = len(self.proposals)
        if self.measure == "mean":
            objective = np.concatenate([np.zeros(number), -self.values])
            solved, gap = solve(
                objective, self._integer(0), [self._constraint(budgets, 0)], time_limit
            )
        else:
            solved, gap = self._least_tail(budgets, time_limit)
        chosen = tuple(p.name for p, x in zip(self.proposals, solved, strict=False) if x > 0.5)
        return Selection(chosen, self.worth(chosen), self.spent(chosen), gap)

    def spent(self, names: Collection[str]) -> dict[str, float]:
        """What these take of every budget that any proposal names."""
        budgets = dict.fromkeys(b for proposal in self.proposals for b in proposal.costs)
        chosen = [proposal for proposal in self.proposals if proposal.name in names]
        return {b: math.fsum(one.costs.get(b, 0.0) for one in chosen) for b in budgets}

    def worth(self, names: Collection[str]) -> float:
        """By how much these proposals together reduce the measure."""
        taken = np.zeros(len(self.combinations))
        members: dict[str, list[int]] = {}
        for place, proposal in enumerate(self.proposals):
            for risk, effect in proposal.treatment.effects.items():
                if proposal.name in names and effect != Effect():
                    members.setdefault(risk, []).append(place)
        for risk, places in members.items():
            taken[self.column[risk, tuple(places)]] = 1.0
        if self.measure == "mean":
            return float(self.values @ taken)
        return self.tail.before - self.tail.mean(taken)[0]

    def order(self, selection: Selection) -> list[str]:
        """In which order to do the chosen: most reduction for what is spent first."""
        options = [Option(p.name, 0.0, p.costs) for p in self.proposals]
        rules = Rules(prerequisites={p.name: p.requires for p in self.proposals if p.requires})
        return priority(selection, options, rules, worth=self.worth)

    def programme(self, names: Sequence[str]) -> Treatment:
        """The treatment of doing all of these."""
        return together(" + ".join(names), [self.proposals[self.place[n]].treatment for n in names])

    def _integer(self, more: int) -> np.ndarray:
        """Only the proposals are decided: what is taken of the combinations follows."""
        rest = len(self.combinations) + more
        return np.concatenate([np.ones(len(self.proposals)), np.zeros(rest)])

    def _constraint(self, budgets: Mapping[str, float], more: int) -> LinearConstraint:
        """Budgets, rules, and the tie between proposals and combinations."""
        number = len(self.proposals)
        rows: list[dict[int, float]] = []
        lower: list[float] = []
        upper: list[float] = []

        def add(row: dict[int, float], low: float, high: float) -> None:
            rows.append(row)
            lower.append(low)
            upper.append(high)

        for budget, limit in budgets.items():
            costs = {k: p.costs.get(budget, 0.0) for k, p in enumerate(self.proposals)}
            add({k: cost for k, cost in costs.items() if cost}, -np.inf, limit)
        for k, proposal in enumerate(self.proposals):
            for other in proposal.excludes:
                add({k: 1.0, self.place[other]: 1.0}, -np.inf, 1.0)
            for other in proposal.requires:
                add({k: 1.0, self.place[other]: -1.0}, -np.inf, 0.0)
        once: dict[str, dict[int, float]] = {}
        ties: dict[tuple[str, int], dict[int, float]] = {}
        for column, one in enumerate(self.combinations, start=number):
            once.setdefault(one.risk, {})[column] = 1.0
            for member in one.members:
                ties.setdefault((one.risk, member), {member: -1.0})[column] = 1.0
        for row in once.values():
            add(row, -np.inf, 1.0)
        for row in ties.values():
            add(row, 0.0, 0.0)
        matrix = _matrix(rows, number + len(self.combinations) + more)
        return LinearConstraint(matrix, np.array(lower), np.array(upper))

    def _least_tail(
        self, budgets: Mapping[str, float], time_limit: float
    ) -> tuple[np.ndarray, float]:
        """Minimize TVaR: each turn adds the tail of what was chosen, until it is the tail."""
        number, columns = len(self.proposals), len(self.combinations)
        objective = np.append(np.zeros(number + columns), 1.0)
        most = np.append(np.ones(number + columns), np.inf)
        bounds, fixed = Bounds(np.zeros(number + columns + 1), most), self._constraint(budgets, 1)
        until, scale = time.monotonic() + time_limit, self.tail.before or 1.0
        best = chosen = np.zeros(number)
        least, bound, taken = np.inf, 0.0, np.zeros(columns)
        planes: list[np.ndarray] = []
        heights: list[float] = []
        while True:
            after, slope, rest = self.tail.mean(taken)
            if after < least:
                best, least = chosen, after
            gap = max(1 - bound / least, 0.0) if least > 0 else 0.0
            if gap <= GAP:
                return best, gap
            planes.append(np.concatenate([np.zeros(number), slope / scale, [1.0]]))
            heights.append(rest / scale)
            tails = LinearConstraint(csr_matrix(np.array(planes)), np.array(heights), np.inf)
            if (left := until - time.monotonic()) <= 0:
                raise NotProvenError(f"not proven optimal in {time_limit} s")
            solved, inner = solve(
                objective, self._integer(1), [fixed, tails], left, bounds, GAP / 8
            )
            bound = max(bound, float(solved[-1]) * scale * (1 - inner))
            chosen, taken = solved[:number], np.round(solved[number:-1])


class _Tail:
    """TVaR of what combinations leave of the simulated years.

    Kept are the years that can be among the worst whatever is chosen: those above the value at
    risk with everything done at once.
    """

    def __init__(
        self,
        simulation: Simulation,
        proposals: Sequence[Proposal],
        combined: Sequence[Combination],
        pool: Executor | None,
        threads: int | None,
    ) -> None:
        annual, level = simulation.annual, simulation.tail_level
        everything = together("everything", [proposal.treatment for proposal in proposals])
        (at_once,) = compare(simulation, [everything], pool=pool, threads=threads)
        self.weight = 1 / ((1 - level) * len(annual))
        rank = max(math.ceil(level * len(annual)) - 1, 0)
        self.above = len(annual) - 1 - rank
        least = np.maximum(annual - at_once.annual_reduction, 0)
        self.floor = float(np.partition(least, rank)[rank])
        worst = annual > self.floor
        self.losses = annual[worst]
        alone = [Treatment(str(k), {one.risk: one.effect}) for k, one in enumerate(combined)]
        self.reductions = np.empty((len(combined), len(self.losses)))
        for row, seen in enumerate(compare(simulation, alone, pool=pool, threads=threads)):
            self.reductions[row] = seen.annual_reduction[worst]
        self.before = self.mean(np.zeros(len(combined)))[0]

    def mean(self, taken: np.ndarray) -> tuple[float, np.ndarray, float]:
        """TVaR with these combinations; and the plane that touches it there: slope and rest.

        The mean of the worst years of any other choice is at least rest - slope @ taken.
        """
        left = self.losses - taken @ self.reductions
        worst = np.argsort(-left, kind="stable")[: self.above + 1]
        weights = np.full(len(worst), self.weight)
        if len(worst) > self.above:  # the year at the threshold itself counts with what is left
            weights[self.above] = 1 - self.above * self.weight
        slope = self.reductions[:, worst] @ weights
        rest = float(self.losses[worst] @ weights) + self.floor * (1 - float(weights.sum()))
        return rest - float(slope @ taken), slope, rest


def _combined(proposals: Sequence[Proposal], place: Mapping[str, int]) -> Iterator[Combination]:
    concerned: dict[str, list[int]] = {}
    for k, proposal in enumerate(proposals):
        for risk, effect in proposal.treatment.effects.items():
            if effect != Effect():
                concerned.setdefault(risk, []).append(k)
    apart = {frozenset((k, place[o])) for k, p in enumerate(proposals) for o in p.excludes}
    for risk, members in concerned.items():
        if len(members) > MOST:
            raise ValueError(f"{risk}: {len(members)} treatments of one risk, more than {MOST}")
        for size in range(1, len(members) + 1):
            for some in combinations(members, size):
                if any(frozenset(pair) in apart for pair in combinations(some, 2)):
                    continue
                effects = [proposals[k].treatment.effects[risk] for k in some]
                frequency = math.prod(effect.frequency for effect in effects)
                severity = math.prod(effect.severity for effect in effects)
                yield Combination(risk, some, Effect(frequency, severity))


def _matrix(rows: Sequence[Mapping[int, float]], width: int) -> csr_matrix:
    if not rows:
        return csr_matrix((0, width))
    return vstack([
        csr_matrix((list(row.values()), ([0] * len(row), list(row))), shape=(1, width))
        for row in rows
    ]).tocsr()  # fmt: skip


def _check(proposals: Sequence[Proposal], place: Mapping[str, int], risks: set[str]) -> None:
    if len(place) < len(proposals):
        names = [proposal.name for proposal in proposals]
        raise ValueError(f"two are called {next(n for n in names if names.count(n) > 1)}")
    for proposal in proposals:
        for name in (*proposal.excludes, *proposal.requires):
            if name not in place or name == proposal.name:
                raise ValueError(f"{proposal.name}: there is no other treatment called {name}")
        for name in proposal.treatment.effects:
            if name not in risks:
                raise ValueError(f"{proposal.name}: there is no risk called {name}")
        for budget, cost in proposal.costs.items():
            if not (math.isfinite(cost) and cost >= 0):
                raise ValueError(f"{proposal.name}: {budget} is not a number of at least 0: {cost}")
