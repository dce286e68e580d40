"""The figures of an analysis, for its page."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext as _

from bartizan.chain.models import Partner, Place
from bartizan.chain.weaknesses import flows_lost_with
from bartizan.chain.what_if import chain_of_today
from bartizan.clauses.operation.exposure import charts, computing, disruptions
from bartizan.clauses.operation.exposure.freezing import freeze
from bartizan.clauses.operation.exposure.keeping import read
from bartizan.clauses.operation.models.exposure import (
    Computation,
    DisruptionAnalysis,
    ExposureAnalysis,
)
from bartizan.ground.people.models import Person
from bartizan.ground.records import life

register = template.Library()

CRITICAL = 5  # of those whose loss stops most

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
        result = computing.as_seen(read(analysis.result_sha256), reader)
    except life.Refused as refusal:
        return {"record": analysis, "missing": str(refusal)}
    titles = {one["name"]: one["title"] for one in result["treatments"]}
    return {
        "record": analysis,
        "reader": reader,
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
        "risks": charts.contributions(result["risks"], result["unseen"]),
        "treatments": _by_worth(result["treatments"]),
        "frontier": charts.frontier(result["sets"]),
        "sets": [_told(one, titles, result) for one in result["sets"]],
        "stale": _stale(analysis, reader),
    }


@register.inclusion_tag("operation/disruption.html")
def disruption(analysis: DisruptionAnalysis, reader: Person) -> dict[str, Any]:
    """Tells what stops; where nothing is computed yet, what that takes."""
    if not analysis.is_computed:
        return {"record": analysis}
    try:
        result = disruptions.as_seen(read(analysis.result_sha256), reader)
    except life.Refused as refusal:
        return {"record": analysis, "missing": str(refusal)}
    kinds = (
        ("flows", _("Flows"), "flows:detail"),
        ("places", _("Places"), "places:detail"),
        ("partners", _("Partners"), "partners:detail"),
    )
    return {
        "record": analysis,
        "result": result,
        "values": _amounts(result["values"]),
        "lost": _amounts(result["lost"]),
        "map": urlencode(
            [("closed", number) for number, _title in result["closed"]]
            + ([("days", result["days"])] if result["days"] else [])
        ),
        "kinds": [
            {"label": label, "address": address, "rows": result[kind]}
            for kind, label, address in kinds
            if result[kind]
        ],
    }


@register.simple_tag
def if_one_fails(reader: Person) -> list[dict[str, Any]]:
    """The places and partners whose loss alone stops most, by what a year of it is worth."""
    chain = chain_of_today(reader)
    worth = {
        key: (sum(chain.flows[flow].value for flow in flows), len(flows))
        for key, flows in flows_lost_with(chain).items()
    }
    dearest = sorted(worth, key=lambda key: (worth[key], -key), reverse=True)[:CRITICAL]
    named = {
        node.pk: node
        for model in (Place, Partner)
        for node in model.objects.visible_to(reader).filter(pk__in=dearest)
    }
    return [{"node": named[key], "value": worth[key][0], "flows": worth[key][1]} for key in dearest]


def _amounts(sums: dict[str, float]) -> str:
    return ", ".join(f"{currency} {charts.short(amount)}" for currency, amount in sums.items())


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
