"""How often something happens in a year: exact Poisson and negative binomial counts.

Both are sums of clusters that come as a Poisson process: a Poisson count has clusters of one, a
negative binomial count clusters of logarithmic size (Quenouille, Biometrics 5, 1949). This lets a
stripe of years be simulated at once: one Poisson draw for its clusters, each then thrown into a
uniformly chosen year. The result has exactly the law of drawing every year on its own.
"""

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Poisson:
    """`rate` events a year on average, independent of each other. Raises unless rate >= 0."""

    rate: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.rate) and self.rate >= 0):
            raise ValueError(f"frequency is not a number of at least 0: {self.rate}")

    @property
    def mean(self) -> float:
        return self.rate

    @property
    def variance(self) -> float:
        return self.rate

    @property
    def clusters(self) -> tuple[float, float]:
        """Clusters a year, and the parameter of their logarithmic size (0: all of size 1)."""
        return self.rate, 0.0

    def generating(self, z: np.ndarray) -> np.ndarray:
        """E[z^N], for |z| <= 1."""
        return np.exp(self.rate * (z - 1))


@dataclass(frozen=True)
class NegativeBinomial:
    """`mean` events a year with variance `dispersion` * mean: events that come in bursts.

    Raises ValueError unless mean >= 0 and dispersion > 1 (1 would be Poisson).
    """

    mean: float
    dispersion: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.mean) and self.mean >= 0):
            raise ValueError(f"frequency is not a number of at least 0: {self.mean}")
        if not (math.isfinite(self.dispersion) and self.dispersion > 1):
            raise ValueError(f"dispersion is not above 1: {self.dispersion}")

    @property
    def variance(self) -> float:
        return self.mean * self.dispersion

    @property
    def clusters(self) -> tuple[float, float]:
        """Clusters a year, and the parameter of their logarithmic size."""
        return self.mean * math.log(self.dispersion) / (self.dispersion - 1), (
            1 - 1 / self.dispersion
        )

    def generating(self, z: np.ndarray) -> np.ndarray:
        """E[z^N], for |z| <= 1."""
        size = self.mean / (self.dispersion - 1)
        return (1 + (self.dispersion - 1) * (1 - z)) ** -size


Frequency = Poisson | NegativeBinomial
