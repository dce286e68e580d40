"""A whole run as plain data: what goes in can be kept, and what comes out repeats to the last bit.

Here the kernels meet: the years are simulated (`loss.py`), each treatment is judged on the same
years, and sets of treatments are weighed against what they cost (`portfolio.py`). Inputs and
results hold nothing but numbers, words, lists and dictionaries, so that both fit into JSON, and a
hash of the inputs says whether two runs were asked the same.
"""

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from bartizan.analysis.frequency import Poisson
from bartizan.analysis.loss import (
    Effect,
    Estimate,
    Risk,
    Simulation,
    Summary,
    Treatment,
    Trigger,
    compare,
    simulate,
    together,
)
from bartizan.analysis.portfolio import Option, frontier
from bartizan.analysis.severity import Lognormal

LEVELS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.995)
TAIL = 0.99
STEPS = 200  # of the budget axis
WHOLE = 10  # treatments that overlap: up to here every set of them is weighed
TOGETHER = 2  # of more that overlap, no more than so many at a time

Figure = list[float]  # value, low, high: the 95 % interval of the simulation


@dataclass(frozen=True)
class RiskInput:
    """A risk as it was when the run was made: times a year, and what one event costs (P5, P95).

    `where` names what the risk stands at, if anything: risks with the same are struck together.
    """

    name: str
    title: str
    frequency: float
    p5: float
    p95: float
    where: str = ""


@dataclass(frozen=True)
class TreatmentInput:
    """A treatment: what it leaves of each risk (frequency, severity), its cost, and its rules."""

    name: str
    title: str
    effects: dict[str, tuple[float, float]]
    cost: float
    staff: float = 0.0
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """All that a run depends on, beside the program itself.

    `shared` is the share of the events of risks at one place that strike the place as a whole
    (the beta factor of common-cause analysis, Fleming 1975): the frequency of each risk stays
    what it is, but they come in the same year. Raises ValueError for a share outside 0..1 and for
    years below 1,000.
    """

    risks: tuple[RiskInput, ...]
    treatments: tuple[TreatmentInput, ...] = ()
    years: int = 100_000
    seed: int = 1
    shared: float = 0.0

    def __post_init__(self) -> None:
        if not self.risks:
            raise ValueError("there is no risk to simulate")
        if not 0 <= self.shared <= 1:
            raise ValueError(f"the share that strikes a whole place is not in 0..1: {self.shared}")
        if self.years < 1_000:
            raise ValueError(f"fewer than 1,000 years say nothing: {self.years}")

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Inputs":
        """The same inputs again. Raises ValueError or TypeError for data of another shape."""
        treatments = (
            TreatmentInput(
                **one
                | {
                    "effects": {name: (f, s) for name, (f, s) in one["effects"].items()},
                    "needs": tuple(one["needs"]),
                    "excludes": tuple(one["excludes"]),
                }
            )
            for one in data["treatments"]
        )
        risks = tuple(RiskInput(**one) for one in data["risks"])
        return cls(**data | {"risks": risks, "treatments": tuple(treatments)})

    @property
    def digest(self) -> str:
        """SHA-256 of the inputs as canonical JSON: the same for the same question."""
        return hashlib.sha256(canonical(self.as_data())).hexdigest()


def canonical(data: Any) -> bytes:
    """JSON with sorted keys and no blanks, so that equal data has equal bytes."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def run(inputs: Inputs, progress: Callable[[float], None] = lambda share: None) -> dict[str, Any]:
    """Everything the pages show of a run. `progress` is told the share done, from 0 to 1."""
    risks, triggers = _risks(inputs)
    simulated = simulate(
        risks, triggers=triggers, years=inputs.years, seed=inputs.seed, levels=LEVELS,
        tail_level=TAIL, progress=lambda share: progress(0.6 * share),
    )  # fmt: skip
    effects = [_treatment(one) for one in inputs.treatments]
    compared = []
    for number, seen in enumerate(compare(simulated, effects), start=1):
        compared.append(seen)
        progress(0.6 + 0.2 * number / len(effects))
    sets = _sets(inputs, simulated, progress)
    progress(1.0)
    titles = {one.name: one.title for one in inputs.risks}
    return {
        "portfolio": _figures(simulated.portfolio),
        "curve": _curve(simulated.portfolio),
        "risks": [
            {
                "name": name,
                "title": titles[name],
                "mean": _figure(simulated.risk(name).mean),
                "share": share,
                "tail_share": tail,
            }
            for name, share, tail in simulated.contributions()
        ],
        "treatments": [
            {
                "name": one.name,
                "title": one.title,
                "cost": one.cost,
                "staff": one.staff,
                "mean_reduction": _figure(seen.mean_reduction),
                "tail_reduction": _figure(seen.tvar_reduction),
            }
            for one, seen in zip(inputs.treatments, compared, strict=True)
        ],
        "sets": sets,
    }


def _risks(inputs: Inputs) -> tuple[list[Risk], list[Trigger]]:
    """The risks, and the triggers that strike several of them in the same year."""
    places: dict[str, list[RiskInput]] = {}
    for one in inputs.risks:
        if one.where and inputs.shared and one.frequency:
            places.setdefault(one.where, []).append(one)
    struck = {where: found for where, found in places.items() if len(found) > 1}
    # An occurrence at the place reaches its most frequent risk always, the others in proportion.
    rates = {w: inputs.shared * max(one.frequency for one in found) for w, found in struck.items()}
    triggers = [Trigger(where, Poisson(rate)) for where, rate in rates.items()]
    made = []
    for one in inputs.risks:
        joined = one.where in struck and one.frequency > 0
        own = one.frequency * (1 - inputs.shared) if joined else one.frequency
        chance = min(inputs.shared * one.frequency / rates[one.where], 1.0) if joined else 0.0
        links = {one.where: chance} if joined else {}
        made.append(Risk(one.name, Poisson(own), Lognormal(one.p5, one.p95), links))
    return made, triggers


def _treatment(one: TreatmentInput) -> Treatment:
    return Treatment(one.name, {risk: Effect(*left) for risk, left in one.effects.items()})


# -- which sets of treatments are worth their money --------------------------------------------


def _sets(
    inputs: Inputs, simulated: Simulation, progress: Callable[[float], None]
) -> list[dict[str, Any]]:
    """The frontier: each further set that takes away more expected loss, at what it costs.

    The first is to do nothing. What a set leaves of the tail is judged on the simulated years.
    """
    known = {one.name: one for one in inputs.treatments}
    chosen = [names for _value, names in _frontier(inputs)]
    treatments = [
        together(", ".join(names), [_treatment(known[name]) for name in names])
        for names in chosen
        if names
    ]
    remaining = {(): simulated.portfolio}
    for number, seen in enumerate(compare(simulated, treatments), start=1):
        remaining[tuple(sorted(seen.treatment.name.split(", ")))] = seen.remaining
        progress(0.8 + 0.2 * number / len(treatments))
    return [
        {
            "names": in_order(inputs, names),
            "cost": math.fsum(known[name].cost for name in names),
            "staff": math.fsum(known[name].staff for name in names),
            "mean": _figure(remaining[tuple(sorted(names))].mean),
            "tail": _figure(remaining[tuple(sorted(names))].tvar(TAIL)),
            "curve": _curve(remaining[tuple(sorted(names))])[::3],
        }
        for names in chosen
    ]


def _frontier(inputs: Inputs) -> list[tuple[float, tuple[str, ...]]]:
    """Value and names of the best set for every budget at which a better one can be had."""
    options, alternatives = [], []
    sets: dict[str, tuple[str, ...]] = {}
    total = math.fsum(one.cost for one in inputs.treatments)
    # Budgets in whole steps; costs are rounded up, so that no set costs more than its budget.
    unit = max(total / STEPS, 1e-9)
    for group in _groups(inputs.treatments):
        names = []
        for chosen in _allowed(group):
            name = " + ".join(one.name for one in chosen)
            steps = math.ceil(math.fsum(one.cost for one in chosen) / unit - 1e-9)
            options.append(Option(name, expected_reduction(inputs, chosen), {"money": steps}))
            sets[name] = tuple(one.name for one in chosen)
            names.append(name)
        if len(names) > 1:
            alternatives.append(names)
    best = frontier(options, "money", STEPS + len(inputs.treatments), exclusions=alternatives)
    found: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for step, value in enumerate(best.values):
        if value > found[-1][0] * (1 + 1e-9) + 1e-9:
            picked = [name for one in best.selection(step).names for name in sets[one]]
            found.append((float(value), tuple(sorted(picked))))
    return found


def expected_reduction(inputs: Inputs, chosen: Sequence[TreatmentInput]) -> float:
    """What a set takes away of the expected annual loss, exactly: factors on a risk multiply."""
    left: dict[str, float] = {}
    for one in chosen:
        for risk, (frequency, severity) in one.effects.items():
            left[risk] = left.get(risk, 1.0) * frequency * severity
    return math.fsum(
        risk.frequency * Lognormal(risk.p5, risk.p95).mean * (1 - left[risk.name])
        for risk in inputs.risks
        if risk.name in left
    )


def _groups(treatments: Sequence[TreatmentInput]) -> Iterator[list[TreatmentInput]]:
    """Treatments that bear on one another: by a risk they share, or by a rule between them."""
    left = list(treatments)
    while left:
        group, found = [left.pop(0)], True
        while found:
            found = next((o for o in left if any(_bear(o, other) for other in group)), None)
            if found:
                left.remove(found)
                group.append(found)
        yield group


def _bear(one: TreatmentInput, other: TreatmentInput) -> bool:
    return bool(
        one.effects.keys() & other.effects.keys()
        or {other.name} & {*one.needs, *one.excludes}
        or {one.name} & {*other.needs, *other.excludes}
    )


def _allowed(group: Sequence[TreatmentInput]) -> Iterator[tuple[TreatmentInput, ...]]:
    """The sets of treatments that their rules allow."""
    most = len(group) if len(group) <= WHOLE else TOGETHER
    for size in range(1, most + 1):
        for chosen in combinations(group, size):
            names = {one.name for one in chosen}
            if all(names.issuperset(o.needs) and names.isdisjoint(o.excludes) for o in chosen):
                yield chosen


def in_order(inputs: Inputs, names: Sequence[str]) -> list[str]:
    """In which order to do a set: whatever takes away most for its cost first, needs before all."""
    known = {one.name: one for one in inputs.treatments}
    done: list[str] = []
    left = set(names)

    def gain(name: str) -> tuple[float, str]:
        now = [known[one] for one in done]
        more = expected_reduction(inputs, [*now, known[name]]) - expected_reduction(inputs, now)
        return (more / known[name].cost if known[name].cost else math.inf), name

    while left:
        ready = [name for name in left if left.isdisjoint(known[name].needs)] or sorted(left)
        best = max(ready, key=gain)
        done.append(best)
        left.remove(best)
    return done


# -- figures -----------------------------------------------------------------------------------


def _figure(estimate: Estimate) -> Figure:
    return [float(number) for number in estimate]


def _figures(summary: Summary) -> dict[str, Any]:
    return {
        "mean": _figure(summary.mean),
        "sd": _figure(summary.sd),
        "var": {str(level): _figure(summary.var(level)) for level in LEVELS},
        "tail_mean": {str(level): _figure(summary.tvar(level)) for level in LEVELS},
    }


def _curve(summary: Summary) -> list[list[float]]:
    """Probability of exceedance; loss, its low and its high end."""
    return [[point.probability, *_figure(point.loss)] for point in summary.exceedance()]
