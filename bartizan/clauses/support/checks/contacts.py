"""Contact with those concerned: told of obligations, and in touch at all (4.2.2 d, 4.2.3.9)."""

from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import StartsWith

from bartizan.clauses.context.checks.obligations import applicable_obligations
from bartizan.clauses.context.checks.parties import relevant_parties
from bartizan.clauses.context.models import InterestedParty, Obligation
from bartizan.clauses.support.models import Communication
from bartizan.ground.records.days import DaysAfter
from bartizan.ground.records.models import Link, RecordQuerySet, Relation, Status

# -- 4.2.2 d: those whom an obligation concerns are told of it -----------------------------------


def obligations_with_audience() -> QuerySet[Obligation]:
    """Obligations that say who has to know of them."""
    return applicable_obligations().exclude(_nobody_named())


def communications_on_obligations() -> QuerySet[Communication]:
    """Communications on obligations."""
    about = Link.objects.filter(
        Exists(applicable_obligations().filter(pk=OuterRef("target"))),
        relation=Relation.CONCERNS,
        source=OuterRef("pk"),
    )
    return Communication.objects.sent().filter(Exists(about))


def obligations_without_audience() -> QuerySet[Obligation]:
    """Names nobody who has to know of it, and does not say why."""
    return applicable_obligations().filter(_nobody_named())


def obligations_untold_to_parties() -> QuerySet[Obligation]:
    """Was not passed on to every interested party named since it last changed."""
    named = Obligation.audience_parties.through.objects.filter(
        obligation=OuterRef("pk"), interestedparty__status=Status.ACTIVE
    )
    told = _told().filter(parties=OuterRef("interestedparty"))
    return applicable_obligations().filter(Exists(named.filter(~Exists(told))))


def obligations_untold_to_units() -> QuerySet[Obligation]:
    """Was not passed on to the people of every unit named since it last changed."""
    named = Obligation.audience_units.through.objects.filter(obligation=OuterRef("pk"))
    below = ExpressionWrapper(OuterRef(OuterRef("unit__path")), CharField())
    reached = Communication.units.through.objects.filter(
        StartsWith(below, F("unit__path")), communication=OuterRef("pk")
    )
    told = _told().filter(Exists(reached))
    return applicable_obligations().filter(Exists(named.filter(~Exists(told))))


def _nobody_named() -> Q:
    parties = Obligation.audience_parties.through.objects.filter(obligation=OuterRef("pk"))
    units = Obligation.audience_units.through.objects.filter(obligation=OuterRef("pk"))
    return Q(~Exists(parties), ~Exists(units), no_audience_reason="")


def _told() -> QuerySet[Communication]:
    """What was sent about the outer row's obligation since that last changed."""
    about = Link.objects.filter(
        relation=Relation.CONCERNS,
        source=OuterRef("pk"),
        target=OuterRef(OuterRef("obligation")),
    )
    return Communication.objects.sent().filter(
        Exists(about), at__date__gte=OuterRef("obligation__revised_on")
    )


# -- 4.2.3.9: relationships are looked after -----------------------------------------------------


def parties_looked_after() -> RecordQuerySet[InterestedParty]:
    """Relevant interested parties with an owner or a rhythm of contact."""
    return relevant_parties().filter(Q(owner__is_active=True) | Q(contact_cadence_days__gt=0))


def relevant_parties_without_owner() -> RecordQuerySet[InterestedParty]:
    """Has nobody who looks after the relationship."""
    return relevant_parties().without_owner()


def relevant_parties_without_cadence() -> RecordQuerySet[InterestedParty]:
    """Does not say how often one is in touch."""
    return relevant_parties().filter(contact_cadence_days=None)


def parties_out_of_touch(day: date) -> RecordQuerySet[InterestedParty]:
    """Was not in touch within the days set for it."""
    in_time = DaysAfter(Value(day), -OuterRef("contact_cadence_days"))
    contacts = Communication.objects.live().until(day).filter(parties=OuterRef("pk"))
    parties = relevant_parties().filter(contact_cadence_days__isnull=False)
    return parties.filter(~Exists(contacts.filter(at__date__gte=in_time)))
