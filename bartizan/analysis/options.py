"""What can be chosen: options with their worth and cost, and the rules between them."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np


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


NO_RULES = Rules()


@dataclass(frozen=True)
class Selection:
    """The chosen options in the order given; `value` is at most `gap` (relative) below the best."""

    names: tuple[str, ...]
    value: float
    spent: Mapping[str, float]
    gap: float


def check(
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


def selection_of(
    options: Sequence[Option],
    budgets: Mapping[str, float],
    chosen: np.ndarray,
    value: float,
    gap: float,
) -> Selection:
    taken = [option for option, yes in zip(options, chosen, strict=True) if yes]
    spent = {b: math.fsum(option.costs.get(b, 0.0) for option in taken) for b in budgets}
    return Selection(tuple(option.name for option in taken), value, spent, gap)
