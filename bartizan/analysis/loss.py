"""Annual loss of a set of risks by simulation: what is lost in a year, where from, how surely.

A year of a risk is a random number of events, each with a random cost: the collective model of
risk theory (Klugman, Panjer, Willmot, "Loss Models"). Events are drawn by Poisson splitting (see
`frequency.py`) from counter-based streams (see `streams.py`), so that a run is the same to the
last bit for the same seed, whatever the number of threads, and treatments are judged on the very
years they would have met (common random numbers). Every figure carries a 95 % confidence
interval for the error of simulation. `aggregate.py` computes the same distribution without any.
"""

import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from bartizan.analysis.frequency import Frequency
from bartizan.analysis.severity import Empirical, Severity
from bartizan.analysis.streams import key
from bartizan.analysis.years import (
    BINS,
    BLOCK,
    STRIPE,
    Effects,
    Plan,
    annual_block,
    base_of,
    excess_of,
    gather,
    quantiles_of,
    simulate_block,
    tail_block,
)

LEVELS = (0.25, 0.5, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999)
_CURVE = tuple(1 - 10 ** -(exponent / 12) for exponent in range(1, 61))
_Z = 1.959963984540054  # 95 %, both sides
_GROUPS = 16  # of risks; fixed, so that sums do not depend on the number of threads


@dataclass(frozen=True)
class Trigger:
    """Something that hits several risks in the same year: a place or partner that is struck."""

    name: str
    frequency: Frequency


@dataclass(frozen=True)
class Risk:
    """A risk: how often a year, at what cost an event, and which triggers also set it off.

    `triggers` gives, by the trigger's name, the probability that an occurrence of the trigger is
    an event of this risk, above those of its own frequency. Names key the random streams and
    must be unique in a run.
    """

    name: str
    frequency: Frequency
    severity: Severity
    triggers: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for trigger, chance in self.triggers.items():
            if not 0 <= chance <= 1:
                raise ValueError(f"{self.name}: chance of {trigger} is not in 0..1: {chance}")


@dataclass(frozen=True)
class Effect:
    """What a treatment does to a risk: factors on how often it happens and on what it costs.

    `frequency` is the share of events that still happen, `severity` what they cost of what they
    would have cost. Raises ValueError unless both are in 0..1.
    """

    frequency: float = 1.0
    severity: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.frequency <= 1:
            raise ValueError(f"frequency factor is not in 0..1: {self.frequency}")
        if not 0 <= self.severity <= 1:
            raise ValueError(f"severity factor is not in 0..1: {self.severity}")


@dataclass(frozen=True)
class Treatment:
    """A treatment, and its effect on each risk it concerns, by the risk's name."""

    name: str
    effects: Mapping[str, Effect]


def together(name: str, treatments: Sequence[Treatment]) -> Treatment:
    """Return the treatment of doing all of these: their factors multiply."""
    effects: dict[str, Effect] = {}
    for treatment in treatments:
        for risk, effect in treatment.effects.items():
            before = effects.get(risk, Effect())
            effects[risk] = Effect(
                before.frequency * effect.frequency, before.severity * effect.severity
            )
    return Treatment(name, effects)


class Estimate(NamedTuple):
    """A simulated figure and its 95 % confidence interval."""

    value: float
    low: float
    high: float


class Point(NamedTuple):
    """A point of an exceedance curve: the annual loss exceeded with this probability."""

    probability: float
    loss: Estimate


@dataclass(frozen=True)
class Summary:
    """The distribution of an annual loss. Quantiles and tail means are (levels, 3) arrays."""

    name: str
    mean: Estimate
    sd: Estimate
    levels: tuple[float, ...]
    quantiles: np.ndarray
    tail_means: np.ndarray

    def _at(self, figures: np.ndarray, level: float) -> Estimate:
        if level not in self.levels:
            raise ValueError(f"{level} is not among the levels of this run: {self.levels}")
        return Estimate(*figures[self.levels.index(level)].tolist())

    def var(self, level: float) -> Estimate:
        """Value at risk: the annual loss not exceeded with probability `level`.

        The interval is that of order statistics, which assumes nothing about the distribution.
        """
        return self._at(self.quantiles, level)

    def tvar(self, level: float) -> Estimate:
        """Tail value at risk (expected shortfall): the mean of the worst 1 - `level` of years.

        Estimated as t + mean((loss - t)+) / (1 - level), t the value at risk (Rockafellar and
        Uryasev 2000), with the asymptotic variance of Manistre and Hancock (2005).
        """
        return self._at(self.tail_means, level)

    def exceedance(self) -> list[Point]:
        """The exceedance curve, from the likely loss to the rare one."""
        return [
            Point(1 - level, Estimate(*row.tolist()))
            for level, row in zip(self.levels, self.quantiles, strict=True)
        ]


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
    progress: Callable[[float], None] | None = None,
) -> Simulation:
    """Simulate years of loss.

    The first n years of a longer run are the years of a run of n. Up to 131,072 years, quantiles
    are exact order statistics; in longer runs those of single risks are read from a histogram
    whose bins are at most 0.4 % wide. Memory: 8 bytes a year and 100 kB a risk.
    `progress` is called with the share done, from 0 to 1.
    Raises ValueError for no risks, names used twice, unknown triggers, or levels outside 0..1.
    """
    levels = tuple(sorted({*levels, tail_level}))
    _check(risks, triggers, years, levels)
    plan, threads = _plan(risks, triggers, seed), threads or os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        run = _Run(plan, _means(risks, triggers), years, levels, pool, progress)
        annual = run.simulate()
        portfolio = summarize("portfolio", annual, levels)
        tail_share = run.tail_shares(annual, portfolio.var(tail_level).value)
    return Simulation(
        tuple(risks), tuple(triggers), years, seed, levels, tail_level, portfolio, annual,
        run.mean, run.sd, run.quantiles, run.tail_means, tail_share,
    )  # fmt: skip


def compare(
    simulation: Simulation, treatments: Sequence[Treatment], *, threads: int | None = None
) -> Iterator[Comparison]:
    """Yield what each treatment alone does to the portfolio, on the years of the simulation.

    An event that a weaker treatment prevents, a stronger one prevents too. Only the risks
    concerned are simulated again. Raises ValueError when a treatment names an unknown risk.
    """
    places = {risk.name: place for place, risk in enumerate(simulation.risks)}
    for treatment in treatments:
        for name in treatment.effects:
            if name not in places:
                raise ValueError(f"{treatment.name}: there is no risk called {name}")
    plan = _plan(simulation.risks, simulation.triggers, simulation.seed)
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        for treatment in treatments:
            effects = _no_effects(len(places))
            for name, effect in treatment.effects.items():
                effects.survives[places[name]] = effect.frequency
                effects.kept[places[name]] = 1 - effect.severity
                effects.lost[places[name]] = 1.0
            concerned = np.array([places[name] for name in treatment.effects], np.int64)
            saved = np.zeros(simulation.years)
            jobs = [
                pool.submit(annual_block, plan, concerned, start // STRIPE, effects, part)
                for start, part in _blocks(saved)
            ]
            for job in jobs:
                job.result()
            yield _comparison(simulation, treatment, saved)


def summarize(name: str, annual: np.ndarray, levels: Sequence[float]) -> Summary:
    """Return the distribution of given annual losses, shape (years,), all at least 0.

    Quantiles are exact order statistics; the curve has 12 points for every tenfold rarer loss
    beside the levels asked for, as far as ten years stand beyond it.
    """
    years = len(annual)
    curve = {level for level in _CURVE if (1 - level) * years >= 10}
    levels = tuple(sorted({*levels, *curve}))
    centre = float(annual.mean())
    base = base_of(centre if centre > 0 else 1.0)
    counts, sums, moments = np.zeros(BINS, np.uint32), np.zeros(BINS), np.zeros(4)
    bins = np.empty(years, np.int16)
    gather(annual, bins, base, centre, counts, sums, moments)
    ranks, order = _ranks(levels, years)
    found, excess = np.empty(len(ranks)), np.empty((len(levels), 2))
    quantiles_of(annual, bins, True, base, counts, 0, ranks[order], found)
    flat = np.empty(len(ranks))
    flat[order] = found
    quantiles = flat.reshape(len(levels), 3)
    excess_of(base, counts, sums, quantiles[:, 0].copy(), excess)
    mean, sd = _moments(moments[None], np.array([centre]), np.array([0]), years)
    tails = _tails(quantiles[None], excess[None], np.array(levels), years)[0]
    return Summary(
        name, Estimate(*mean[0].tolist()), Estimate(*sd[0].tolist()), levels, quantiles, tails
    )


class _Run:
    """The passes over the years, block by block, group of risks by group of risks."""

    def __init__(
        self,
        plan: Plan,
        means: np.ndarray,
        years: int,
        levels: tuple[float, ...],
        pool: ThreadPoolExecutor,
        progress: Callable[[float], None] | None,
    ) -> None:
        self.plan, self.years, self.levels, self.pool = plan, years, levels, pool
        self.progress = progress or (lambda share: None)
        self.number = len(plan.kind)
        self.effects = _no_effects(self.number)
        self.centre = means
        self.base = np.array([base_of(mean if mean > 0 else 1.0) for mean in means])
        edges = np.linspace(0, self.number, min(_GROUPS, self.number) + 1).astype(int)
        self.groups = list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))

    def simulate(self) -> np.ndarray:
        """Simulate all years; fill the figures of each risk, return the portfolio's losses."""
        annual, whole = np.zeros(self.years), self.years <= BLOCK
        self.moments, self.found = np.zeros((self.number, 4)), np.zeros(self.number, np.int64)
        self.ranks, order = _ranks(self.levels, self.years)
        figures = np.empty((self.number, len(self.ranks)))
        excess = np.empty((self.number, len(self.levels), 2))
        # Where the values at risk stand among the ascending ranks.
        middle = np.argsort(order)[::3].copy()
        histograms = [
            (np.zeros((rows, BINS), np.uint32), np.zeros((rows, BINS)))
            for rows in (0 if whole else high - low for low, high in self.groups)
        ]
        for start, part in _blocks(annual):
            jobs = []
            for (low, high), (counts, sums) in zip(self.groups, histograms, strict=True):
                if whole:
                    counts, sums = np.zeros((1, BINS), np.uint32), np.zeros((1, BINS))
                losses = np.zeros(len(part))
                job = self.pool.submit(
                    simulate_block, self.plan, low, high, start // STRIPE, self.effects, losses,
                    self.base, self.centre, counts, sums, self.moments, self.found, whole,
                    self.ranks[order], middle, self.years, figures, excess,
                )  # fmt: skip
                jobs.append((job, losses))
            for job, losses in jobs:
                job.result()
                part += losses
            self.progress(0.9 * (start + len(part)) / self.years)
        if not whole:
            self._read_histograms(histograms, order, middle, figures, excess)
        self._figures(figures, order, excess)
        return annual

    def _read_histograms(
        self,
        histograms: list[tuple[np.ndarray, np.ndarray]],
        order: np.ndarray,
        middle: np.ndarray,
        figures: np.ndarray,
        excess: np.ndarray,
    ) -> None:
        """Read quantiles and excess of each risk from what the blocks have gathered."""
        ranks, nothing, no_bins = self.ranks[order], np.empty(0), np.empty(0, np.int16)
        for (low, _high), (counts, sums) in zip(self.groups, histograms, strict=True):
            for row in range(len(counts)):
                risk = low + row
                zeros = self.years - self.found[risk]
                base, found = self.base[risk], figures[risk]
                quantiles_of(nothing, no_bins, False, base, counts[row], zeros, ranks, found)
                excess_of(base, counts[row], sums[row], found[middle], excess[risk])

    def _figures(self, figures: np.ndarray, order: np.ndarray, excess: np.ndarray) -> None:
        quantiles = np.empty_like(figures)
        quantiles[:, order] = figures
        self.quantiles = quantiles.reshape(self.number, len(self.levels), 3)
        zeros = self.years - self.found
        self.mean, self.sd = _moments(self.moments, self.centre, zeros, self.years)
        self.tail_means = _tails(self.quantiles, excess, np.array(self.levels), self.years)

    def tail_shares(self, annual: np.ndarray, threshold: float) -> np.ndarray:
        """Return each risk's mean loss in the years of at least `threshold`, shape (risks, 3)."""
        wanted = annual >= threshold
        sums, squares = np.zeros(self.number), np.zeros(self.number)
        for start, part in _blocks(wanted):
            jobs = [
                self.pool.submit(
                    tail_block,
                    self.plan,
                    low,
                    high,
                    start // STRIPE,
                    self.effects,
                    part,
                    sums,
                    squares,
                )
                for low, high in self.groups
            ]
            for job in jobs:
                job.result()
            self.progress(0.9 + 0.1 * (start + len(part)) / self.years)
        number = int(wanted.sum())
        mean = sums / number
        error = np.sqrt(np.maximum(squares / number - mean**2, 0) / number)
        return _interval(mean, error)


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


def _plan(risks: Sequence[Risk], triggers: Sequence[Trigger], seed: int) -> Plan:
    """Lay the risks out for the kernels."""
    by_name = {trigger.name: trigger for trigger in triggers}
    first, sources = [0], []
    values: list[float] = []
    parameters = np.empty((len(risks), 4))
    for row, risk in enumerate(risks):
        own = key(seed, "risk", risk.name)
        rate, size = risk.frequency.clusters
        sources.append((own, own, size == 0, rate, size, 1.0))
        for name, chance in sorted(risk.triggers.items()):
            rate, size = by_name[name].frequency.clusters
            link = key(seed, "risk", risk.name, name)
            sources.append((link, key(seed, "trigger", name), False, rate, size, chance))
        first.append(len(sources))
        parameters[row] = risk.severity.parameters
        if isinstance(risk.severity, Empirical):
            parameters[row, 0] = len(values)
            values += risk.severity.values
    own_keys, shared, plain, rates, sizes, chances = zip(*sources, strict=True)
    kinds = np.array([risk.severity.kind for risk in risks], np.int64)
    return Plan(
        np.array(first, np.int64), np.array(own_keys), np.array(shared), np.array(plain),
        np.array(rates, float), np.array(sizes, float), np.array(chances, float), kinds,
        parameters, np.array(values or [0.0]),
    )  # fmt: skip


def _means(risks: Sequence[Risk], triggers: Sequence[Trigger]) -> np.ndarray:
    """The exact mean annual loss of each risk: where its histogram and its moments are centred."""
    often = {trigger.name: trigger.frequency.mean for trigger in triggers}
    return np.array([
        (risk.frequency.mean + sum(often[name] * p for name, p in risk.triggers.items()))
        * risk.severity.mean
        for risk in risks
    ])  # fmt: skip


def _no_effects(number: int) -> Effects:
    return Effects(np.ones(number), np.ones(number), np.ones(number))


def _blocks(array: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    for start in range(0, len(array), BLOCK):
        yield start, array[start : start + BLOCK]


def _ranks(levels: Sequence[float], years: int) -> tuple[np.ndarray, np.ndarray]:
    """Ranks of quantile, low and high for every level, shape (3 * levels,), and their order.

    The interval is the binomial one for order statistics (David and Nagaraja, "Order
    Statistics", 7.1), in its normal approximation.
    """
    p = np.array(levels)
    middle, half = p * years, _Z * np.sqrt(years * p * (1 - p))
    ranks = np.stack([np.ceil(middle) - 1, np.floor(middle - half) - 1, np.ceil(middle + half)])
    flat = np.clip(ranks, 0, years - 1).astype(np.int64).T.reshape(-1)
    return flat, np.argsort(flat, kind="stable")


def _interval(value: np.ndarray, error: np.ndarray) -> np.ndarray:
    return np.stack([value, value - _Z * error, value + _Z * error], axis=-1)


def _moments(
    sums: np.ndarray, centre: np.ndarray, zeros: np.ndarray, years: int
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation with intervals, from sums of powers of (loss - centre).

    `sums` leaves out the years without a loss, of which there are `zeros`.
    """
    first, second, third, fourth = (
        (sums[:, power - 1] + zeros * (-centre) ** power) / years for power in (1, 2, 3, 4)
    )
    variance = np.maximum(second - first**2, 0)
    kurtosis = fourth - 4 * first * third + 6 * first**2 * second - 3 * first**4
    sd = np.sqrt(variance * years / (years - 1))
    spread = np.sqrt(np.maximum(kurtosis - variance**2, 0) / years)
    error = np.divide(spread, 2 * sd, out=np.zeros_like(sd), where=sd > 0)
    return _interval(centre + first, sd / math.sqrt(years)), _interval(sd, error)


def _tails(quantiles: np.ndarray, excess: np.ndarray, levels: np.ndarray, years: int) -> np.ndarray:
    """Tail means with intervals, shape (n, levels, 3)."""
    over, square = excess[..., 0] / years, excess[..., 1] / years
    error = np.sqrt(np.maximum(square - over**2, 0) / years) / (1 - levels)
    return _interval(quantiles[..., 0] + over / (1 - levels), error)


def _comparison(simulation: Simulation, treatment: Treatment, saved: np.ndarray) -> Comparison:
    level = simulation.tail_level
    # What is left of a loss prevented altogether is rounding.
    after = np.maximum(simulation.annual - saved, 0)
    remaining = summarize(f"with {treatment.name}", after, simulation.levels)
    before = simulation.portfolio
    worst = np.maximum(simulation.annual - before.var(level).value, 0)
    paired = (worst - np.maximum(after - remaining.var(level).value, 0)) / (1 - level)
    tvar = before.tvar(level).value - remaining.tvar(level).value
    return Comparison(
        treatment,
        remaining,
        _paired(float(saved.mean()), saved),
        _paired(tvar, paired),
        saved,
    )


def _paired(value: float, differences: np.ndarray) -> Estimate:
    error = float(differences.std()) / math.sqrt(len(differences))
    return Estimate(value, value - _Z * error, value + _Z * error)
