"""Take the risks and treatments as they stand today, as one person sees them."""

from collections.abc import Iterable
from os.path import commonpath

from django.db.models import QuerySet

from bartizan.analysis.inputs import Inputs, RiskInput, TreatmentInput
from bartizan.clauses.operation.models import TreatmentPlan
from bartizan.clauses.operation.models.exposure import ExposureAnalysis
from bartizan.clauses.operation.models.treatments import TreatedRisk, TreatmentRule
from bartizan.clauses.planning.models import Risk
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.records.models import Record


def quantified(person: Person) -> QuerySet[Risk]:
    """The risks that a simulation can take: in force, seen by the person, with their figures."""
    return Risk.objects.visible_to(person).live().exclude(frequency=None)


def open_treatments(person: Person) -> QuerySet[TreatmentPlan]:
    """Treatments that are not done yet: what is done shows in the ratings of the risks."""
    return TreatmentPlan.objects.visible_to(person).put_forward().filter(done_on=None)


def freeze(analysis: ExposureAnalysis, person: Person) -> tuple[Inputs, list[Record]]:
    """What the analysis will compute from, and the records it was taken from.

    Raises ValueError where no risk the person sees has figures.
    """
    risks = list(quantified(person).select_related("unit").order_by("pk"))
    plans = list(open_treatments(person).select_related("unit").order_by("pk"))
    treatments = _treatments(plans, {risk.pk: risk.number for risk in risks})
    inputs = Inputs(
        risks=tuple(_risk(risk) for risk in risks),
        treatments=tuple(treatments),
        years=analysis.years,
        seed=analysis.seed,
        shared=analysis.shared_percent / 100,
    )
    used = {one.name for one in treatments}
    return inputs, [*risks, *(plan for plan in plans if plan.number in used)]


def _risk(risk: Risk) -> RiskInput:
    where = f"place {risk.place_id}" if risk.place_id else ""
    if not where and risk.partner_id:
        where = f"partner {risk.partner_id}"
    return RiskInput(
        name=risk.number,
        title=risk.title,
        frequency=float(risk.frequency or 0),
        p5=float(risk.loss_low or 0),
        p95=float(risk.loss_high or 0),
        where=where,
    )


def _treatments(plans: Iterable[TreatmentPlan], risks: dict[int, str]) -> list[TreatmentInput]:
    """Those that do something about these risks and say what they cost."""
    known = {plan.pk: plan.number for plan in plans}
    effects: dict[int, dict[str, tuple[float, float]]] = {}
    for row in TreatedRisk.objects.filter(treatment__in=known, risk__in=risks).order_by("pk"):
        left = row.likelihood_factor, row.consequence_factor
        effects.setdefault(row.treatment_id, {})[risks[row.risk_id]] = left
    needs, excludes = _rules(known, effects.keys())
    return [
        TreatmentInput(
            name=plan.number,
            title=plan.title,
            effects=effects[plan.pk],
            cost=float((plan.cost_once or 0) + (plan.cost_per_year or 0)),
            staff=float(plan.staff_days or 0),
            needs=tuple(sorted(needs.get(plan.pk, ()))),
            excludes=tuple(sorted(excludes.get(plan.pk, ()))),
        )
        for plan in plans
        if plan.pk in effects
    ]


def _rules(
    known: dict[int, str], used: Iterable[int]
) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """What each needs and excludes, among those that are weighed."""
    needs: dict[int, set[str]] = {}
    excludes: dict[int, set[str]] = {}
    among = [pk for pk in used if pk in known]
    for rule in TreatmentRule.objects.filter(treatment__in=among, other__in=among):
        kind = needs if rule.rule == TreatmentRule.Rule.NEEDS else excludes
        kind.setdefault(rule.treatment_id, set()).add(known[rule.other_id])
    return needs, excludes


def whole_of(records: Iterable[Record]) -> tuple[Unit, int]:
    """The smallest unit that holds all records, and the highest of their sensitivities.

    Whoever may see the analysis may see what it was computed from.
    """
    used = list(records)
    shared = commonpath([record.unit.path for record in used])
    return Unit.objects.get(path=f"{shared}/"), max(record.sensitivity for record in used)
