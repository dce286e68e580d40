"""What the kernels found as plain numbers, words, lists and dictionaries, as JSON holds them.

Every simulated figure is `{"value", "low", "high"}`: the figure and its 95 % interval. The shapes
are told in docs/analysis.md; a name in them is never given another meaning.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bartizan.analysis.cascade import criticality, cutting_pairs, disrupt
from bartizan.analysis.loss import Comparison, Estimate, Simulation, Summary, compare
from bartizan.analysis.network import Network
from bartizan.analysis.options import Selection
from bartizan.analysis.programme import Choice

Report = dict[str, Any]


def losses(simulation: Simulation, comparisons: Iterable[Comparison] = ()) -> Report:
    """What is lost in a year, in all and by risk, and what treatments take of it."""
    risks = [_risk(simulation, place) for place in range(len(simulation.risks))]
    return {
        "years": simulation.years,
        "seed": simulation.seed,
        "confidence": 0.95,
        "tail_level": simulation.tail_level,
        "portfolio": summary(simulation.portfolio, simulation.levels)
        | {
            "exceedance": [
                {"probability": point.probability, "loss": figure(point.loss)}
                for point in simulation.portfolio.exceedance()
            ]
        },
        "risks": sorted(risks, key=lambda risk: -risk["tail_share"]["value"]),
        "treatments": [comparison(seen, simulation.levels) for seen in comparisons],
    }


def _risk(simulation: Simulation, place: int) -> Report:
    """A risk, and its part in the whole: of the expected loss, and of the worst years."""
    name = simulation.risks[place].name
    return (
        {"name": name}
        | summary(simulation.risk(name), simulation.levels)
        | {
            "mean_share": simulation.mean_shares[place],
            "tail_mean": figure(Estimate(*simulation.tail_share[place].tolist())),
            "tail_share": figure(Estimate(*simulation.tail_shares[place].tolist())),
        }
    )


def figure(estimate: Estimate) -> Report:
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high}


def summary(seen: Summary, levels: Sequence[float]) -> Report:
    return {
        "mean": figure(seen.mean),
        "sd": figure(seen.sd),
        "levels": [
            {"level": level, "var": figure(seen.var(level)), "tvar": figure(seen.tvar(level))}
            for level in levels
        ],
    }


def comparison(seen: Comparison, levels: Sequence[float]) -> Report:
    return {
        "name": seen.treatment.name,
        "mean_reduction": figure(seen.mean_reduction),
        "tvar_reduction": figure(seen.tvar_reduction),
        "remaining": summary(seen.remaining, levels),
    }


def cascade(network: Network, closed: Mapping[str, float], targets: Sequence[str]) -> Report:
    """What stops when these nodes close for so many days, and which nodes are critical."""
    seen = disrupt(network, closed) if closed else []
    return {
        "nodes": len(network.nodes),
        "closed": [{"name": name, "days": days} for name, days in closed.items()],
        "stops": [
            {
                "name": stop.name,
                "start": stop.start,
                "end": stop.end,
                "days": stop.end - stop.start,
                "cost": stop.cost,
            }
            for stop in seen
        ],
        "cost": sum(stop.cost for stop in seen),
        "criticality": [
            {
                "name": one.name,
                "stopped": one.stopped,
                "daily_cost": one.daily_cost,
                "cuts": list(one.cuts),
            }
            for one in sorted(
                criticality(network, targets),
                key=lambda one: (-one.daily_cost, -one.stopped, one.name),
            )
        ],
        "pairs": [
            {"target": target, "pair": list(pair)}
            for target in targets
            for pair in cutting_pairs(network, target)
        ],
    }


def programme(
    choice: Choice,
    budgets: Mapping[str, float],
    steps: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """The best set within the budgets, in which order to do it, and the frontier up to it."""
    best = choice.best(budgets)
    done: list[str] = []
    order = []
    for name in choice.order(best):
        before = choice.worth(done)
        done.append(name)
        spent = choice.spent([name])
        order.append({"treatment": name, "spent": spent, "reduction": choice.worth(done) - before})
    line = []
    for step in range(steps + 1):
        budget = budgets["cost"] * step / steps
        chosen = best if step == steps else choice.best({**budgets, "cost": budget})
        line.append({"budget": budget} | _selection(choice, chosen))
        progress(step + 1, steps + 1)
    simulation = choice.simulation
    return {
        "measure": choice.measure,
        "budget": dict(budgets),
        "years": simulation.years,
        "seed": simulation.seed,
        "confidence": 0.95,
        "tail_level": simulation.tail_level,
        "before": _mean_and_tvar(simulation.portfolio, simulation.tail_level),
        "best": _selection(choice, best),
        "order": order,
        "frontier": line,
    }


def _mean_and_tvar(seen: Summary, level: float) -> Report:
    return {"mean": figure(seen.mean), "tvar": figure(seen.tvar(level))}


def _selection(choice: Choice, selection: Selection) -> Report:
    """A selection, judged on the simulated years whatever it was chosen by."""
    names = list(selection.names)
    (seen,) = compare(choice.simulation, [choice.programme(names)])
    return {
        "treatments": names,
        "spent": dict(selection.spent),
        "reduction": selection.value,
        "gap": selection.gap,
        "mean_reduction": figure(seen.mean_reduction),
        "tvar_reduction": figure(seen.tvar_reduction),
        "remaining": _mean_and_tvar(seen.remaining, choice.simulation.tail_level),
    }
