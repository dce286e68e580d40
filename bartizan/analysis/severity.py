"""How much one event costs: severities with their exact moments.

Every severity is a frozen dataclass in the currency of its caller, refuses values that make no
sense with a `ValueError`, knows its first two moments and its distribution function, and packs
itself into four numbers for the compiled kernels (`kind`, `parameters`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Protocol

import numpy as np
from scipy.special import betainc, gammainc, ndtr

LOGNORMAL, GAMMA, PERT, EMPIRICAL = range(4)
_Z95 = 1.6448536269514722  # the 95 % quantile of the standard normal


class Severity(Protocol):
    """The cost of one event; see the classes below."""

    kind: ClassVar[int]

    @property
    def mean(self) -> float: ...

    @property
    def variance(self) -> float: ...

    @property
    def parameters(self) -> tuple[float, float, float, float]: ...

    @property
    def atoms(self) -> tuple[np.ndarray, np.ndarray]:
        """Values that occur with positive probability, and these probabilities."""
        ...

    def survival(self, x: np.ndarray) -> np.ndarray:
        """P(continuous part > x), one for each x > 0."""
        ...


def _finite(**numbers: float) -> None:
    for name, number in numbers.items():
        if not math.isfinite(number):
            raise ValueError(f"{name} is not a finite number: {number}")


_NO_ATOMS = (np.empty(0), np.empty(0))


@dataclass(frozen=True)
class Lognormal:
    """A lognormal known by its 5 % and 95 % quantiles: "nine times in ten between".

    Raises ValueError unless 0 < p5 <= p95; with p5 = p95 every event costs the same.
    """

    p5: float
    p95: float
    kind: ClassVar[int] = LOGNORMAL

    def __post_init__(self) -> None:
        _finite(P5=self.p5, P95=self.p95)
        if self.p5 <= 0:
            raise ValueError(f"P5 is not above 0: {self.p5}")
        if self.p5 > self.p95:
            raise ValueError(f"P5 is above P95: {self.p5} > {self.p95}")

    @cached_property
    def mu(self) -> float:
        return (math.log(self.p5) + math.log(self.p95)) / 2

    @cached_property
    def sigma(self) -> float:
        return (math.log(self.p95) - math.log(self.p5)) / (2 * _Z95)

    @property
    def mean(self) -> float:
        return math.exp(self.mu + self.sigma**2 / 2)

    @property
    def variance(self) -> float:
        return math.expm1(self.sigma**2) * self.mean**2

    @property
    def parameters(self) -> tuple[float, float, float, float]:
        return self.mu, self.sigma, 0.0, 0.0

    @property
    def atoms(self) -> tuple[np.ndarray, np.ndarray]:
        return (np.array([self.p5]), np.ones(1)) if self.sigma == 0 else _NO_ATOMS

    def survival(self, x: np.ndarray) -> np.ndarray:
        if self.sigma == 0:
            return np.zeros_like(x)
        return ndtr((self.mu - np.log(x)) / self.sigma)


@dataclass(frozen=True)
class Gamma:
    """A gamma distribution with this mean and standard deviation. Raises unless both are > 0."""

    mean: float
    sd: float
    kind: ClassVar[int] = GAMMA

    def __post_init__(self) -> None:
        _finite(mean=self.mean, sd=self.sd)
        if self.mean <= 0 or self.sd <= 0:
            raise ValueError(f"mean and sd are not both above 0: {self.mean}, {self.sd}")

    @property
    def variance(self) -> float:
        return self.sd**2

    @property
    def parameters(self) -> tuple[float, float, float, float]:
        return (self.mean / self.sd) ** 2, self.sd**2 / self.mean, 0.0, 0.0

    @property
    def atoms(self) -> tuple[np.ndarray, np.ndarray]:
        return _NO_ATOMS

    def survival(self, x: np.ndarray) -> np.ndarray:
        shape, scale, _, _ = self.parameters
        return 1 - gammainc(shape, x / scale)


@dataclass(frozen=True)
class Pert:
    """A PERT distribution: a beta over lowest to highest, its mean (low + 4 mode + high) / 6.

    (Malcolm, Roseboom, Clark, Fazar, Operations Research 7, 1959.)
    Raises ValueError unless 0 <= low <= mode <= high and low < high.
    """

    low: float
    mode: float
    high: float
    kind: ClassVar[int] = PERT

    def __post_init__(self) -> None:
        _finite(low=self.low, mode=self.mode, high=self.high)
        if not 0 <= self.low <= self.mode <= self.high or self.low == self.high:
            raise ValueError(
                f"not 0 <= low <= mode <= high with low < high: "
                f"{self.low}, {self.mode}, {self.high}"
            )

    @property
    def parameters(self) -> tuple[float, float, float, float]:
        span = self.high - self.low
        alpha = 1 + 4 * (self.mode - self.low) / span
        return self.low, span, alpha, 6 - alpha

    @property
    def mean(self) -> float:
        return (self.low + 4 * self.mode + self.high) / 6

    @property
    def variance(self) -> float:
        return (self.mean - self.low) * (self.high - self.mean) / 7

    @property
    def atoms(self) -> tuple[np.ndarray, np.ndarray]:
        return _NO_ATOMS

    def survival(self, x: np.ndarray) -> np.ndarray:
        low, span, alpha, beta = self.parameters
        return 1 - betainc(alpha, beta, np.clip((x - low) / span, 0, 1))


@dataclass(frozen=True)
class Empirical:
    """Losses that happened, each as likely as the others. Raises when empty or below 0."""

    values: tuple[float, ...]
    kind: ClassVar[int] = EMPIRICAL

    def __init__(self, values: Sequence[float]) -> None:
        object.__setattr__(self, "values", tuple(float(value) for value in values))
        if not self.values:
            raise ValueError("no values")
        for value in self.values:
            _finite(value=value)
            if value < 0:
                raise ValueError(f"a value is below 0: {value}")

    @property
    def mean(self) -> float:
        return math.fsum(self.values) / len(self.values)

    @property
    def variance(self) -> float:
        return math.fsum((value - self.mean) ** 2 for value in self.values) / len(self.values)

    @property
    def parameters(self) -> tuple[float, float, float, float]:
        return 0.0, float(len(self.values)), 0.0, 0.0

    @property
    def atoms(self) -> tuple[np.ndarray, np.ndarray]:
        values, counts = np.unique(self.values, return_counts=True)
        return values, counts / len(self.values)

    def survival(self, x: np.ndarray) -> np.ndarray:
        return np.zeros_like(x)
