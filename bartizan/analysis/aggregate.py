"""The exact distribution of the annual loss, without simulation.

The sum of a random number of losses has a characteristic function that is known in closed form;
one inverse Fourier transform gives its distribution (Bertram 1981; Grubel and Hermesmeier, ASTIN
Bulletin 29, 1999, whose exponential tilting keeps the far tail from wrapping round into the
near). All Poisson risks together are one compound Poisson sum, so that a thousand of them cost
one transform; a negative binomial risk, and a risk set off by a trigger, cost one of their own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numba as nb
import numpy as np
from scipy.fft import irfft, rfft
from scipy.integrate import cumulative_simpson
from scipy.interpolate import CubicHermiteSpline
from scipy.special import ndtr

from bartizan.analysis.frequency import Poisson
from bartizan.analysis.loss import Risk, Trigger
from bartizan.analysis.severity import Lognormal, Severity

_KNOTS = 4096  # where survival functions are evaluated, evenly in the logarithm
_TILT = 14.0  # total exponent of the tilting: wrapped mass is damped by e^-14
_BEYOND = 1e-6  # expected events a year too large for the grid
_REACH, _FINE = 9, 256  # of the table of the normal distribution: +-9, 256 points a unit
_POINTS = np.arange(-_REACH * _FINE, _REACH * _FINE + 2) / _FINE
_NORMAL = ndtr(_POINTS)
_SLOPE = np.exp(-(_POINTS**2) / 2) / (math.sqrt(2 * math.pi) * _FINE)


@dataclass(frozen=True)
class Aggregate:
    """The distribution of an annual loss on a grid of `step`, and its exact moments."""

    step: float
    cumulative: np.ndarray  # (points,): P(loss <= (k + 1/2) * step)
    mean: float
    sd: float

    def quantile(self, level: float) -> float:
        """The annual loss not exceeded with this probability (value at risk), interpolated.

        Raises ValueError when the level is not in 0..1 or lies beyond the grid.
        """
        if not 0 < level < 1:
            raise ValueError(f"level is not between 0 and 1: {level}")
        place = int(np.searchsorted(self.cumulative, level))
        if place == len(self.cumulative):
            raise ValueError(f"{level} lies beyond the grid of {place} steps of {self.step}")
        if place == 0:
            return 0.0
        below, above = self.cumulative[place - 1 : place + 1]
        return (place - 0.5 + (level - below) / (above - below)) * self.step

    def tail_mean(self, level: float) -> float:
        """Tail value at risk: the mean of the worst 1 - `level` of years.

        From the exact mean, less what the years below contribute.
        """
        threshold = self.quantile(level)
        below = int(threshold / self.step) + 1
        points, masses = np.arange(below), np.diff(self.cumulative[:below], prepend=0.0)
        # E[min(loss, threshold)], on the grid.
        limited = self.step * (points @ masses) + threshold * (1 - masses.sum())
        return threshold + (self.mean - float(limited)) / (1 - level)

    def exceedance(self, losses: np.ndarray) -> np.ndarray:
        """P(annual loss > x) for each x, of the same shape; 0 <= x below the end of the grid."""
        edges = (np.arange(len(self.cumulative)) + 0.5) * self.step
        return 1 - np.interp(losses, edges, self.cumulative)


def aggregate(
    risks: Sequence[Risk], *, triggers: Sequence[Trigger] = (), points: int = 1 << 18
) -> Aggregate:
    """Return the distribution of the portfolio's annual loss on a grid of `points`.

    The grid reaches to a loss of about one in a million years. Memory: about 100 bytes a point.
    Raises ValueError when there are no risks or none can ever lose anything.
    """
    mean, variance = _moments(risks, triggers)
    if not mean > 0:
        raise ValueError("nothing can be lost")
    rates = _rates(risks, triggers)
    step = _end(risks, triggers, rates, mean) / points
    grid = _Grid(step, points)
    common = [
        (risk.severity, risk.frequency.rate)
        for risk in risks
        if isinstance(risk.frequency, Poisson)
    ]
    transform = np.exp(grid.transform(common) - sum(rate for _, rate in common))
    for risk in risks:
        if not isinstance(risk.frequency, Poisson):
            transform *= risk.frequency.generating(grid.transform([(risk.severity, 1.0)]))
    for trigger in triggers:
        occurrence = np.ones_like(transform)
        for risk in risks:
            if chance := risk.triggers.get(trigger.name, 0.0):
                occurrence *= 1 - chance + grid.transform([(risk.severity, chance)])
        transform *= trigger.frequency.generating(occurrence)
    return Aggregate(step, grid.cumulative(transform), mean, math.sqrt(variance))


class _Grid:
    """The grid of losses 0, step, 2 step, ...: there and back."""

    def __init__(self, step: float, points: int) -> None:
        self.step, self.points = step, points
        self.damping = np.exp(-_TILT / points * np.arange(points))
        self.log_knots = np.linspace(math.log(step * 1e-6), math.log(step * points), _KNOTS)
        self.logs = np.log(step * np.arange(1, points + 1))
        self.logs[-1] = self.log_knots[-1]

    def transform(self, mixture: Sequence[tuple[Severity, float]]) -> np.ndarray:
        """Transform the tilted mass function of severities, each times its weight.

        Mass between two points of the grid is split between them so that its mean is kept
        (Gerber 1982): masses are second differences of E[min(severity, x)]. What lies beyond the
        grid is left out, which changes nothing below its end.
        """
        masses, total, spread = np.zeros(self.points), 0.0, []
        for severity, weight in mixture:
            values, chances = severity.atoms
            if len(values):
                np.add.at(masses, *self._split(values, weight * chances))
            else:
                spread.append((severity, weight))
                total += weight
        if total:
            knots = np.exp(self.log_knots)
            survival = _survival(spread, knots)
            slope = knots * survival  # of the limited mean, by the logarithm
            limited = cumulative_simpson(slope, x=self.log_knots, initial=0) + knots[0] * total
            between = CubicHermiteSpline(self.log_knots, limited, slope)(self.logs)
            masses -= np.diff(np.diff(between, prepend=0.0) / self.step, prepend=total)
        masses *= self.damping
        return rfft(masses)

    def _split(self, values: np.ndarray, masses: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Split masses between neighbouring points so that their mean is kept."""
        places = values / self.step
        low = np.floor(places).astype(np.int64)
        share = places - low
        points = np.concatenate([low, low + 1])
        split = np.concatenate([masses * (1 - share), masses * share])
        inside = points < self.points
        return points[inside], split[inside]

    def cumulative(self, transform: np.ndarray) -> np.ndarray:
        masses = irfft(transform, self.points)
        masses /= self.damping
        return np.maximum.accumulate(np.cumsum(np.maximum(masses, 0)))


def _survival(mixture: Sequence[tuple[Severity, float]], x: np.ndarray) -> np.ndarray:
    """Sum of the survival functions of severities, each times its weight, at x > 0."""
    total, logs = np.zeros_like(x), np.log(x)
    for severity, weight in mixture:
        if isinstance(severity, Lognormal) and severity.sigma > 0:
            _add_lognormal(logs, severity.mu, severity.sigma, weight, _NORMAL, _SLOPE, total)
        else:
            total += weight * severity.survival(x)
    return total


@nb.njit(nogil=True, cache=True, error_model="numpy")
def _add_lognormal(
    logs: np.ndarray, mu: float, sigma: float, weight: float, normal: np.ndarray,
    slope: np.ndarray, total: np.ndarray,
) -> None:  # fmt: skip
    """Add the survival function of a lognormal, times its weight, at given logarithms to total.

    By cubic Hermite interpolation of the table of the normal distribution, within 1e-12: a
    thousand lognormals at thousands of points are most of the work of an exact distribution.
    """
    for point in range(len(logs)):
        place = ((mu - logs[point]) / sigma + _REACH) * _FINE
        place = min(max(place, 0.0), 2.0 * _REACH * _FINE)
        low = np.uint64(place)
        s = place - np.float64(low)
        a, b, rise_a, rise_b = normal[low], normal[low + 1], slope[low], slope[low + 1]
        third = rise_a + rise_b - 2.0 * (b - a)
        second = (b - a) - rise_a - third
        total[point] += weight * (a + s * (rise_a + s * (second + s * third)))


def _rates(risks: Sequence[Risk], triggers: Sequence[Trigger]) -> list[float]:
    """Events of each risk a year, from all that sets it off."""
    often = {trigger.name: trigger.frequency.mean for trigger in triggers}
    return [
        risk.frequency.mean + sum(often[name] * p for name, p in risk.triggers.items())
        for risk in risks
    ]


def _moments(risks: Sequence[Risk], triggers: Sequence[Trigger]) -> tuple[float, float]:
    """Exact mean and variance of the annual loss: of the risks' own events and the triggers'."""
    mean = variance = 0.0
    for risk in risks:
        severity, frequency = risk.severity, risk.frequency
        mean += frequency.mean * severity.mean
        variance += frequency.mean * severity.variance + frequency.variance * severity.mean**2
    for trigger in triggers:
        once = spread = 0.0
        for risk in risks:
            p, severity = risk.triggers.get(trigger.name, 0.0), risk.severity
            once += p * severity.mean
            spread += p * severity.variance + p * (1 - p) * severity.mean**2
        mean += trigger.frequency.mean * once
        variance += trigger.frequency.mean * spread + trigger.frequency.variance * once**2
    return mean, variance


def _end(
    risks: Sequence[Risk], triggers: Sequence[Trigger], rates: Sequence[float], mean: float
) -> float:
    """Where the grid ends: beyond it lies about a millionth of the years.

    One event too large for the grid is that rare, and so is a sum of smaller ones six standard
    deviations above the mean.
    """

    def expected_above(x: np.ndarray) -> np.ndarray:
        severities = [risk.severity for risk in risks]
        above = _survival(list(zip(severities, rates, strict=True)), x)
        for severity, rate in zip(severities, rates, strict=True):
            values, chances = severity.atoms
            if len(values):
                above += rate * (chances @ (values[:, None] > x))
        return above

    knots = np.geomspace(mean * 1e-9, mean * 1e12, 2048)
    above = expected_above(knots)
    largest = int(np.searchsorted(-above, -_BEYOND))
    largest = min(largest, len(knots) - 1)
    x, y = knots[: largest + 1], above[: largest + 1]
    second = float(np.trapezoid(2 * x * x * y, np.log(x)))  # of events below the largest
    clustered = sum(
        max(risk.frequency.variance - risk.frequency.mean, 0.0) * risk.severity.mean**2
        for risk in risks
    )
    for trigger in triggers:
        once = sum(risk.triggers.get(trigger.name, 0.0) * risk.severity.mean for risk in risks)
        clustered += trigger.frequency.variance * once**2
    return float(mean + knots[largest] + 6 * math.sqrt(second + clustered))
