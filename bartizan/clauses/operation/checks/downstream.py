"""Who downstream is protected from what comes from upstream? (draft 4.4.6 B b)"""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from bartizan.chain.models import Node, Partner, Place
from bartizan.clauses.operation.models import Control, ControlledRisk
from bartizan.clauses.operation.models.controls import ControlQuerySet
from bartizan.clauses.planning.models import Risk
from bartizan.clauses.planning.models.risks import RiskQuerySet
from bartizan.ground.records.models import Relation, linked_with


def controls_for_downstream() -> ControlQuerySet:
    """Controls that name whom or what they protect downstream."""
    return Control.objects.live().filter(_protecting())


def upstream_risks_nobody_is_protected_from(day: date) -> RiskQuerySet:
    """Comes from upstream above the appetite, and no control names whom downstream it protects."""
    working = Control.objects.in_operation(day).filter(_protecting(), pk=OuterRef("control"))
    protected = ControlledRisk.objects.filter(Exists(working), risk=OuterRef("pk"))
    above = Risk.objects.scored().filter(_from_upstream(), level__gt=F("method__appetite"))
    return above.filter(~Exists(protected))


def _from_upstream() -> Q:
    """The risk is one of a partner, a place or a leg where goods come from."""
    upstream = Node.Position.UPSTREAM
    return (
        Q(partner__position=upstream)
        | Q(place__position=upstream)
        | Q(leg__origin__position=upstream)
    )


def _protecting() -> Q:
    """The outer control serves a partner or a place downstream."""
    partners = Partner.objects.nodes().filter(position=Node.Position.DOWNSTREAM)
    places = Place.objects.nodes().filter(position=Node.Position.DOWNSTREAM)
    serves = Relation.SERVES
    return linked_with(partners, relation=serves) | linked_with(places, relation=serves)
