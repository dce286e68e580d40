"""What comes from upstream, and who downstream is protected from it (draft 4.4.6 B b)."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bartizan.chain.models import Node, Partner, Place
from bartizan.clauses.operation.models import Control, ControlledRisk
from bartizan.clauses.planning.models import NothingFound, Risk, RiskAssessment, RiskMethod
from bartizan.clauses.planning.models.risks import RiskQuerySet
from bartizan.ground.records.models import Relation, linked_with

Position = Node.Position


def upstream_partners() -> QuerySet[Partner]:
    """Partners upstream."""
    return Partner.objects.nodes().filter(position=Position.UPSTREAM)


def upstream_places() -> QuerySet[Place]:
    """Places upstream."""
    return Place.objects.nodes().filter(position=Position.UPSTREAM)


def upstream_partners_not_evaluated(day: date) -> QuerySet[Partner]:
    """Has no threat rated inside the interval of the method, and nothing says there is none."""
    return upstream_partners().filter(*_not_evaluated("partner", day))


def upstream_places_not_evaluated(day: date) -> QuerySet[Place]:
    """Has no threat rated inside the interval of the method, and nothing says there is none."""
    return upstream_places().filter(*_not_evaluated("place", day))


def _not_evaluated(node: str, day: date) -> list[Q]:
    method = RiskMethod.objects.live().order_by("-pk").first()
    if method is None:
        return []  # without a method there is no interval in which anything could be
    since = day - timedelta(days=method.interval_days)
    risks = Risk.objects.scored().filter(
        (node, OuterRef("pk")), threat__isnull=False, rated_on__range=(since, day)
    )
    counting = RiskAssessment.objects.live().filter(done_on__range=(since, day)).values("pk")
    nothing = NothingFound.objects.filter((node, OuterRef("pk")), assessment__in=counting)
    return [~Q(Exists(risks)), ~Q(Exists(nothing))]


def controls_for_downstream() -> QuerySet[Control]:
    """Controls that name whom or what they protect downstream."""
    return Control.objects.live().filter(_protecting())


def upstream_risks_nobody_is_protected_from(day: date) -> RiskQuerySet:
    """Comes from upstream and lies above the appetite, but no control names whom it protects."""
    upstream = (
        Q(partner__position=Position.UPSTREAM)
        | Q(place__position=Position.UPSTREAM)
        | Q(leg__origin__position=Position.UPSTREAM)
    )
    working = Control.objects.in_operation(day).filter(_protecting(), pk=OuterRef("control"))
    protected = ControlledRisk.objects.filter(Exists(working), risk=OuterRef("pk"))
    return (
        Risk.objects.scored()
        .filter(upstream, level__gt=F("method__appetite"))
        .filter(~Exists(protected))
    )


def _protecting() -> Q:
    """The outer control serves a partner or place downstream."""
    partners = Partner.objects.nodes().filter(position=Position.DOWNSTREAM)
    places = Place.objects.nodes().filter(position=Position.DOWNSTREAM)
    serves = Relation.SERVES
    return linked_with(partners, relation=serves) | linked_with(places, relation=serves)
