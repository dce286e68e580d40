"""Do the results of assessing risks reach objectives, programmes and means? (6.1.3, 8.3 a)"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from bartizan.clauses.operation.checks.treatments import plans_with_estimate
from bartizan.clauses.operation.models import TreatedRisk, TreatmentPlan
from bartizan.clauses.planning.checks.plans import live_objectives, live_programmes, live_targets
from bartizan.clauses.planning.checks.risks import top_risks
from bartizan.clauses.planning.models import Objective, Programme, Risk, Target
from bartizan.clauses.planning.models.risks import RiskQuerySet
from bartizan.clauses.support.models import ResourceNeed
from bartizan.ground.records.models import RecordQuerySet, Relation, linked_with


def objectives_citing_risks() -> RecordQuerySet[Objective]:
    """Objectives that name the risks weighed for them."""
    return live_objectives().linked_to(Risk)


def objectives_citing_no_risk() -> RecordQuerySet[Objective]:
    """Is linked to no security risk that was weighed for it."""
    return live_objectives().not_linked_to(Risk)


def targets_citing_no_risk() -> RecordQuerySet[Target]:
    """Is linked to no security risk that was weighed for it."""
    return live_targets().not_linked_to(Risk)


def top_risks_left_out() -> RiskQuerySet:
    """Is one of the top; no objective in pursuit names it, and it is not accepted for a reason."""
    accepted = Q(decision=Risk.Decision.ACCEPT) & ~Q(decision_reason="")
    return top_risks().filter(~accepted, ~linked_with(live_objectives()))


def programmes_citing_risks() -> RecordQuerySet[Programme]:
    """Programmes that name the risks they answer."""
    return live_programmes().linked_to(Risk)


def programmes_citing_no_risk() -> RecordQuerySet[Programme]:
    """Is linked to no security risk that it answers."""
    return live_programmes().not_linked_to(Risk)


def top_risks_without_means() -> RiskQuerySet:
    """Is one of the top, and no approved plan or need says what means it takes."""
    need = ResourceNeed.objects.live()
    planned = TreatedRisk.objects.filter(Exists(_estimated()), risk=OuterRef("pk"))
    return top_risks().filter(~Exists(planned), ~linked_with(need, relation=Relation.SERVES))


def _estimated() -> QuerySet[TreatmentPlan]:
    """The outer row's plan, where it is approved and says what it takes."""
    return plans_with_estimate().approved().filter(pk=OuterRef("treatment"))
