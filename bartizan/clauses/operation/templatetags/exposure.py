"""The figures of an analysis, for its page."""

from typing import Any

from django import template

from bartizan.clauses.operation.exposure import charts, computing
from bartizan.clauses.operation.exposure.freezing import freeze
from bartizan.clauses.operation.models.exposure import Computation, ExposureAnalysis
from bartizan.clauses.operation.models.treatments import TreatmentPlan
from bartizan.clauses.planning.models import Risk
from bartizan.ground.people.models import Person
from bartizan.ground.records import life

register = template.Library()

register.filter("money", charts.short)


@register.filter
def percent(share: float) -> str:
    """A share of 1 as a whole percentage."""
    return f"{100 * share:.0f}"


@register.inclusion_tag("operation/exposure.html")
def exposure(analysis: ExposureAnalysis, reader: Person) -> dict[str, Any]:
    """Draws what came out; where nothing has yet, how far it is."""
    if not analysis.is_computed:
        return {"record": analysis}
    try:
        result = computing.read(analysis, analysis.result_sha256)
    except life.Refused as refusal:
        return {"record": analysis, "missing": str(refusal)}
    risks = set(Risk.objects.visible_to(reader).values_list("number", flat=True))
    plans = set(TreatmentPlan.objects.visible_to(reader).values_list("number", flat=True))
    # Whoever may see the analysis but not one of its records sees it among the others.
    shown = [one for one in result["risks"] if one["name"] in risks]
    hidden = [one for one in result["risks"] if one["name"] not in risks]
    sets = result["sets"] if plans.issuperset(one["name"] for one in result["treatments"]) else []
    titles = {one["name"]: one["title"] for one in result["treatments"]}
    return {
        "record": analysis,
        "figures": result["portfolio"],
        "worst": result["portfolio"]["var"]["0.99"],
        "curve": charts.exceedance(result["curve"]),
        "levels": [
            {
                "odds": charts.odds(1 - float(level)),
                "value": value,
                "beyond": result["portfolio"]["tail_mean"][level],
            }
            for level, value in result["portfolio"]["var"].items()
        ],
        "risks": charts.contributions(shown, hidden),
        "treatments": _by_worth(one for one in result["treatments"] if one["name"] in plans),
        "frontier": charts.frontier(sets),
        "sets": [_told(one, titles, result) for one in sets],
        "stale": _stale(analysis, reader),
    }


@register.simple_tag
def computation(analysis: ExposureAnalysis) -> dict[str, Any]:
    """How far the computation of an analysis has got."""
    found = Computation.objects.filter(analysis=analysis).first()
    if found is None:
        return {}
    gone = not found.error and computing.given_up(found)
    return {
        "share": f"{100 * found.share:.0f}",
        "error": found.error,
        "gone": gone,
    }


def _by_worth(treatments: Any) -> list[dict[str, Any]]:
    """What takes away most for its cost comes first."""
    rows = [dict(one) for one in treatments]
    for one in rows:
        one["worth"] = one["mean_reduction"][0] / one["cost"] if one["cost"] else None
    return sorted(rows, key=lambda one: (one["worth"] is not None, -(one["worth"] or 0)))


def _told(one: dict[str, Any], titles: dict[str, str], result: dict[str, Any]) -> dict[str, Any]:
    """A set of treatments in words and figures, for the slider."""
    before = result["portfolio"]["mean"][0]
    return {
        "cost": charts.short(one["cost"]),
        "staff": f"{one['staff']:.0f}",
        "mean": charts.short(one["mean"][0]),
        "saved": charts.short(before - one["mean"][0]),
        "tail": charts.short(one["tail"][0]),
        "names": [{"number": name, "title": titles[name]} for name in one["names"]],
        "line": charts.exceedance(one["curve"], result["curve"]).line,
    }


def _stale(analysis: ExposureAnalysis, reader: Person) -> bool:
    """Would the reader's records of today give other inputs?"""
    try:
        inputs, _records = freeze(analysis, reader)
    except ValueError:
        return True
    return inputs.digest != analysis.inputs_sha256
