"""Annual loss of a set of risks by simulation: what is lost in a year, where from, how surely.

A year of a risk is a random number of events, each with a random cost: the collective model of
risk theory (Klugman, Panjer, Willmot, "Loss Models"). Events are drawn by Poisson splitting (see
`frequency.py`) from counter-based streams (see `streams.py`), so that a run is the same to the
last bit for the same seed, whatever the number of threads or machines, and treatments are judged
on the very years they would have met (common random numbers). Every figure carries a 95 %
confidence interval for the error of simulation. `aggregate.py` computes the same distribution
without any.

A run is cut into parts, some risks over some years, that know nothing of each other (`parts.py`)
and are put together in their order, wherever they were computed.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from bartizan.analysis.histogram import BINS, base_of, excess_of, quantiles_of
from bartizan.analysis.parts import (
    Question,
    in_order,
    save_part,
    segments,
    simulate_part,
    tail_part,
    workers,
)
from bartizan.analysis.plan import Plan, effects_of, lay_out, means_of, some_of
from bartizan.analysis.risks import Effect, Risk, Treatment, Trigger, together
from bartizan.analysis.summary import (
    LEVELS,
    Estimate,
    Point,
    Summary,
    interval,
    moments_of,
    paired,
    ranks_of,
    summarize,
    tails_of,
)
from bartizan.analysis.years import BLOCK

__all__ = [
    "LEVELS", "Comparison", "Effect", "Estimate", "Point", "Risk", "Simulation", "Summary",
    "Treatment", "Trigger", "compare", "simulate", "summarize", "together",
]  # fmt: skip

_GROUPS = 32  # of risks; fixed, so that sums do not depend on the number of threads


@dataclass(frozen=True)
class Simulation:
    """A run: its inputs, and what came out. Arrays of three are value, low, high.

    `annual` is the portfolio's loss of every simulated year, in order. `tail_share` is the mean
    loss of each risk in the years in which the portfolio reaches its value at risk at
    `tail_level` (Euler allocation: the shares add up to the mean of these years).
    """

    risks: tuple[Risk, ...]
    triggers: tuple[Trigger, ...]
    years: int
    seed: int
    levels: tuple[float, ...]
    tail_level: float
    portfolio: Summary
    annual: np.ndarray  # (years,)
    mean: np.ndarray  # (risks, 3)
    sd: np.ndarray  # (risks, 3)
    quantiles: np.ndarray  # (risks, levels, 3)
    tail_means: np.ndarray  # (risks, levels, 3)
    tail_share: np.ndarray  # (risks, 3)
    tail_shares: np.ndarray  # (risks, 3), of the whole tail: they add up to 1

    def risk(self, name: str) -> Summary:
        """Return the summary of one risk. Raises KeyError for an unknown name."""
        places = {risk.name: place for place, risk in enumerate(self.risks)}
        place = places[name]
        return Summary(
            name,
            Estimate(*self.mean[place].tolist()),
            Estimate(*self.sd[place].tolist()),
            self.levels,
            self.quantiles[place],
            self.tail_means[place],
        )

    @property
    def mean_shares(self) -> list[float]:
        """The share of each risk in the expected loss: exact, for it needs no simulation."""
        means = means_of(self.risks, self.triggers)
        return (means / (means.sum() or 1.0)).tolist()

    def contributions(self) -> list[tuple[str, float, float]]:
        """Name, share of the expected loss, share of the tail; the largest of the tail first."""
        expected, tail = self.mean[:, 0].sum() or 1.0, self.tail_share[:, 0].sum() or 1.0
        rows = [
            (risk.name, float(mean / expected), float(share / tail))
            for risk, mean, share in zip(
                self.risks, self.mean[:, 0], self.tail_share[:, 0], strict=True
            )
        ]
        return sorted(rows, key=lambda row: row[2], reverse=True)


@dataclass(frozen=True)
class Comparison:
    """A treatment against the same years without it: what remains, and what it takes away."""

    treatment: Treatment
    remaining: Summary
    mean_reduction: Estimate
    tvar_reduction: Estimate  # at the run's tail level
    annual_reduction: np.ndarray  # (years,), the input of scenario-based selection


def simulate(
    risks: Sequence[Risk],
    *,
    triggers: Sequence[Trigger] = (),
    years: int = 100_000,
    seed: int = 0,
    levels: Sequence[float] = LEVELS,
    tail_level: float = 0.99,
    threads: int | None = None,
    pool: Executor | None = None,
    progress: Callable[[float], None] | None = None,
) -> Simulation:
    """Simulate years of loss.

    The first n years of a longer run are the years of a run of n. Up to 131,072 years, quantiles
    are exact order statistics; in longer runs those of single risks are read from a histogram
    whose bins are at most 0.4 % wide. Memory: 8 bytes a year and 100 kB a risk.
    `pool` computes the parts, up to four times `threads` of them at once; without one they are
    computed on that many threads (default: one for each processor). `progress` is called with the
    share done, from 0 to 1.
    Raises ValueError for no risks, names used twice, unknown triggers, or levels outside 0..1.
    """
    levels = tuple(sorted({*levels, tail_level}))
    _check(risks, triggers, years, levels)
    plan = lay_out(risks, triggers, seed)
    with workers(pool, threads) as (pool, ahead):
        run = _Run(plan, means_of(risks, triggers), years, levels, pool, ahead, progress)
        annual = run.simulate()
        portfolio = summarize("portfolio", annual, levels)
        tail_share, tail_shares = run.tail_shares(annual, portfolio.var(tail_level).value)
    return Simulation(
        tuple(risks), tuple(triggers), years, seed, levels, tail_level, portfolio, annual,
        run.mean, run.sd, run.quantiles, run.tail_means, tail_share, tail_shares,
    )  # fmt: skip


def compare(
    simulation: Simulation,
    treatments: Sequence[Treatment],
    *,
    threads: int | None = None,
    pool: Executor | None = None,
) -> Iterator[Comparison]:
    """Yield what each treatment alone does to the portfolio, on the years of the simulation.

    An event that a weaker treatment prevents, a stronger one prevents too. Only the risks
    concerned are simulated again, on `threads` or in `pool` as by `simulate`. Raises ValueError
    when a treatment names an unknown risk.
    """
    known = {risk.name: risk for risk in simulation.risks}
    for treatment in treatments:
        for name in treatment.effects:
            if name not in known:
                raise ValueError(f"{treatment.name}: there is no risk called {name}")
    with workers(pool, threads) as (pool, ahead):
        for treatment in treatments:
            risks = [known[name] for name in treatment.effects]
            saved = np.zeros(simulation.years)
            if risks:
                plan = lay_out(risks, simulation.triggers, simulation.seed)
                effects = effects_of([treatment.effects[risk.name] for risk in risks])
                spans = segments(simulation.years)
                jobs = ((save_part, plan, effects, start, stop) for start, stop in spans)
                for (start, stop), part in zip(spans, in_order(pool, jobs, ahead), strict=True):
                    saved[start:stop] = part
            yield _comparison(simulation, treatment, saved)


class _Run:
    """The passes over the years: parts are asked for, and put together in their order."""

    def __init__(
        self,
        plan: Plan,
        means: np.ndarray,
        years: int,
        levels: tuple[float, ...],
        pool: Executor,
        ahead: int,
        progress: Callable[[float], None] | None,
    ) -> None:
        self.years, self.levels, self.pool, self.ahead = years, levels, pool, ahead
        self.progress = progress or (lambda share: None)
        self.number, self.centre = len(plan.kind), means
        self.base = np.array([base_of(mean if mean > 0 else 1.0) for mean in means])
        edges = np.linspace(0, self.number, min(_GROUPS, self.number) + 1).astype(int)
        self.groups = list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
        self.plans = [some_of(plan, low, high) for low, high in self.groups]
        self.tasks = [
            (start, stop, group)
            for start, stop in segments(years)
            for group in range(len(self.groups))
        ]
        self.flat, self.order = ranks_of(levels, years)
        self.ranks = self.flat[self.order]
        # Where the values at risk stand among the ascending ranks.
        self.middle = np.argsort(self.order)[::3].copy()

    def simulate(self) -> np.ndarray:
        """Simulate all years; fill the figures of each risk, return the portfolio's losses."""
        annual, whole = np.zeros(self.years), self.years <= BLOCK
        self.moments, self.found = np.zeros((self.number, 4)), np.zeros(self.number, np.int64)
        figures = np.empty((self.number, len(self.ranks)))
        excess = np.empty((self.number, len(self.levels), 2))
        rows = 0 if whole else self.number
        counts, sums = np.zeros((rows, BINS), np.uint32), np.zeros((rows, BINS))
        jobs = (
            (simulate_part, self.plans[group], self._question(group, whole), start, stop)
            for start, stop, group in self.tasks
        )
        for done, part in enumerate(in_order(self.pool, jobs, self.ahead), start=1):
            start, stop, group = self.tasks[done - 1]
            low, high = self.groups[group]
            annual[start:stop] += part.annual
            self.moments[low:high] += part.moments
            self.found[low:high] += part.found
            if whole:
                figures[low:high], excess[low:high] = part.quantiles, part.excess
            else:
                counts[low:high] += part.counts
                sums[low:high] += part.sums
            self.progress(0.9 * done / len(self.tasks))
        if not whole:
            self._read_histograms(counts, sums, figures, excess)
        self._figures(figures, excess)
        return annual

    def _question(self, group: int, whole: bool) -> Question:
        low, high = self.groups[group]
        ranks, middle = (self.ranks, self.middle) if whole else (self.ranks[:0], self.middle[:0])
        return Question(self.base[low:high], self.centre[low:high], whole, ranks, middle)

    def _read_histograms(
        self, counts: np.ndarray, sums: np.ndarray, figures: np.ndarray, excess: np.ndarray
    ) -> None:
        """Read quantiles and excess of each risk from what the parts have gathered."""
        nothing, no_bins = np.empty(0), np.empty(0, np.uint16)
        for risk in range(self.number):
            base, zeros, found = self.base[risk], self.years - self.found[risk], figures[risk]
            quantiles_of(nothing, no_bins, False, base, counts[risk], zeros, self.ranks, found)
            excess_of(base, counts[risk], sums[risk], found[self.middle], excess[risk])

    def _figures(self, figures: np.ndarray, excess: np.ndarray) -> None:
        quantiles = np.empty_like(figures)
        quantiles[:, self.order] = figures
        self.quantiles = quantiles.reshape(self.number, len(self.levels), 3)
        zeros = self.years - self.found
        self.mean, self.sd = moments_of(self.moments, self.centre, zeros, self.years)
        self.tail_means = tails_of(self.quantiles, excess, np.array(self.levels), self.years)

    def tail_shares(self, annual: np.ndarray, threshold: float) -> tuple[np.ndarray, np.ndarray]:
        """Return each risk's mean loss in the years of at least `threshold`, and its share.

        Both have the shape (risks, 3). The share is a ratio of two means of the same years, and
        its variance that of a ratio estimator (Cochran, "Sampling Techniques", 2.11).
        """
        wanted = annual >= threshold
        worst = np.where(wanted, annual, 0.0)
        sums = np.zeros((self.number, 3))  # of losses, squares, products with the portfolio's
        jobs = (
            (tail_part, self.plans[group], start, worst[start:stop])
            for start, stop, group in self.tasks
        )
        for done, part in enumerate(in_order(self.pool, jobs, self.ahead), start=1):
            low, high = self.groups[self.tasks[done - 1][2]]
            sums[low:high] += part
            self.progress(0.9 + 0.1 * done / len(self.tasks))
        number, total, square = int(wanted.sum()), float(worst.sum()), float(worst @ worst)
        mean = sums[:, 0] / number
        error = np.sqrt(np.maximum(sums[:, 1] / number - mean**2, 0) / number)
        share = sums[:, 0] / (total or 1.0)
        apart = np.maximum(sums[:, 1] - 2 * share * sums[:, 2] + share**2 * square, 0)
        return interval(mean, error), interval(share, np.sqrt(apart) / (total or 1.0))


def _check(
    risks: Sequence[Risk], triggers: Sequence[Trigger], years: int, levels: Sequence[float]
) -> None:
    if not risks:
        raise ValueError("there are no risks")
    if years < 2:
        raise ValueError(f"years is not at least 2: {years}")
    for level in levels:
        if not 0 < level < 1:
            raise ValueError(f"a level is not between 0 and 1: {level}")
    for things in (risks, triggers):
        seen: set[str] = set()
        for thing in things:
            if thing.name in seen:
                raise ValueError(f"two are called {thing.name}")
            seen.add(thing.name)
    known = {trigger.name for trigger in triggers}
    for risk in risks:
        for name in risk.triggers:
            if name not in known:
                raise ValueError(f"{risk.name}: there is no trigger called {name}")


def _comparison(simulation: Simulation, treatment: Treatment, saved: np.ndarray) -> Comparison:
    level = simulation.tail_level
    # What is left of a loss prevented altogether is rounding.
    after = np.maximum(simulation.annual - saved, 0)
    remaining = summarize(f"with {treatment.name}", after, simulation.levels)
    before = simulation.portfolio
    worst = np.maximum(simulation.annual - before.var(level).value, 0)
    fewer = (worst - np.maximum(after - remaining.var(level).value, 0)) / (1 - level)
    tvar = before.tvar(level).value - remaining.tvar(level).value
    mean = paired(float(saved.mean()), saved)
    return Comparison(treatment, remaining, mean, paired(tvar, fewer), saved)
