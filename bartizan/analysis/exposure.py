"""A whole run as plain data: what goes in can be kept, and what comes out repeats to the last bit.

Here the kernels meet: the years are simulated (`loss.py`), each treatment is judged on the same
years, and sets of treatments are weighed against what they cost (`programme.py`). Inputs and
results hold nothing but numbers, words, lists and dictionaries, so that both fit into JSON, and a
hash of the inputs says whether two runs were asked the same.
"""

import math
from collections.abc import Callable, Iterator
from typing import Any

from bartizan.analysis.frequency import Poisson
from bartizan.analysis.inputs import Inputs, RiskInput, TreatmentInput
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
)
from bartizan.analysis.options import Selection
from bartizan.analysis.programme import Choice, Proposal
from bartizan.analysis.severity import Lognormal

LEVELS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.995)
TAIL = 0.99
STEPS = 40  # of the budget axis
MONEY, STAFF = "money", "staff"

Figure = list[float]  # value, low, high: the 95 % interval of the simulation


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

    The first is to do nothing. What a set leaves is judged on the simulated years.
    """
    choice = Choice(
        simulated,
        [
            Proposal(_treatment(one), {MONEY: one.cost, STAFF: one.staff}, one.excludes, one.needs)
            for one in inputs.treatments
        ],
    )
    chosen = list(_frontier(choice, math.fsum(one.cost for one in inputs.treatments)))
    sets = []
    for number, selection in enumerate(chosen, start=1):
        remaining = simulated.portfolio
        if selection.names:
            (seen,) = compare(simulated, [choice.programme(selection.names)])
            remaining = seen.remaining
        spent = choice.spent(selection.names)
        sets.append(
            {
                "names": choice.order(selection),
                "cost": spent.get(MONEY, 0.0),
                "staff": spent.get(STAFF, 0.0),
                "mean": _figure(remaining.mean),
                "tail": _figure(remaining.tvar(TAIL)),
                "curve": _curve(remaining)[::3],
            }
        )
        progress(0.8 + 0.2 * number / len(chosen))
    return sets


def _frontier(choice: Choice, total: float) -> Iterator[Selection]:
    """For budgets in even steps, the sets that are proven best; each once."""
    yield Selection((), 0.0, {}, 0.0)
    if not choice.proposals:
        return
    last = choice.best({MONEY: 0.0})
    if last.names:  # what costs nothing
        yield last
    for step in range(1, STEPS + 1):
        best = choice.best({MONEY: total * step / STEPS})
        if best.value > last.value * (1 + 1e-6):
            yield best
            last = best


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
