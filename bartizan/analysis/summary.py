"""What simulated years say of an annual loss: figures, each with its 95 % interval.

The interval is for the error of simulation, not for that of the inputs. Quantiles are order
statistics; tail means follow Rockafellar and Uryasev (Journal of Risk 2, 2000).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bartizan.analysis.histogram import BINS, base_of, excess_of, gather, quantiles_of

LEVELS = (0.25, 0.5, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999)
Z = 1.959963984540054  # 95 %, both sides
_CURVE = tuple(1 - 10 ** -(exponent / 12) for exponent in range(1, 61))


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
    bins = np.empty(years, np.uint16)
    gather(annual, bins, base, centre, counts, sums, moments)
    ranks, order = ranks_of(levels, years)
    found, excess = np.empty(len(ranks)), np.empty((len(levels), 2))
    quantiles_of(annual, bins, True, base, counts, 0, ranks[order], found)
    flat = np.empty(len(ranks))
    flat[order] = found
    quantiles = flat.reshape(len(levels), 3)
    excess_of(base, counts, sums, quantiles[:, 0].copy(), excess)
    mean, sd = moments_of(moments[None], np.array([centre]), np.array([0]), years)
    tails = tails_of(quantiles[None], excess[None], np.array(levels), years)[0]
    return Summary(
        name, Estimate(*mean[0].tolist()), Estimate(*sd[0].tolist()), levels, quantiles, tails
    )


def ranks_of(levels: Sequence[float], years: int) -> tuple[np.ndarray, np.ndarray]:
    """Ranks of quantile, low and high for every level, shape (3 * levels,), and their order.

    The interval is the binomial one for order statistics (David and Nagaraja, "Order
    Statistics", 7.1), in its normal approximation.
    """
    p = np.array(levels)
    middle, half = p * years, Z * np.sqrt(years * p * (1 - p))
    ranks = np.stack([np.ceil(middle) - 1, np.floor(middle - half) - 1, np.ceil(middle + half)])
    flat = np.clip(ranks, 0, years - 1).astype(np.int64).T.reshape(-1)
    return flat, np.argsort(flat, kind="stable")


def interval(value: np.ndarray, error: np.ndarray) -> np.ndarray:
    return np.stack([value, value - Z * error, value + Z * error], axis=-1)


def moments_of(
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
    return interval(centre + first, sd / math.sqrt(years)), interval(sd, error)


def tails_of(
    quantiles: np.ndarray, excess: np.ndarray, levels: np.ndarray, years: int
) -> np.ndarray:
    """Tail means with intervals, shape (n, levels, 3)."""
    over, square = excess[..., 0] / years, excess[..., 1] / years
    error = np.sqrt(np.maximum(square - over**2, 0) / years) / (1 - levels)
    return interval(quantiles[..., 0] + over / (1 - levels), error)


def paired(value: float, differences: np.ndarray) -> Estimate:
    """The estimate of a difference that was seen year by year."""
    error = float(differences.std()) / math.sqrt(len(differences))
    return Estimate(value, value - Z * error, value + Z * error)
