"""Contact with those concerned: told of obligations, and in touch at all (4.2.2 d, 4.2.3.9)."""

from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import StartsWith

from bartizan.clauses.context.checks.obligations import applicable_obligations
from bartizan.clauses.context.checks.parties import relevant_parties
from bartizan.clauses.context.models import InterestedParty, Obligation
from bartizan.clauses.support.models import Communication
from bartizan.ground.records.days import DaysAfter
from bartizan.ground.records.models import RecordQuerySet, Relation, Status, linked_with

# -- 4.2.2 d: those whom an obligation concerns are told of it -----------------------------------


def obligations_with_audience() -> QuerySet[Obligation]:
    """Obligations that say who has to know of them."""
    return applicable_obligations().exclude(_nobody_named())


def communications_on_obligations() -> QuerySet[Communication]:
    """Communications on obligations."""
    about = linked_with(applicable_obligations(), relation=Relation.CONCERNS)
    return Communication.objects.sent().filter(about)


def obligations_without_audience() -> QuerySet[Obligation]:
    """Names nobody who has to know of it, and does not say why."""
    return applicable_obligations().filter(_nobody_named())


def obligations_untold_to_parties() -> QuerySet[Obligation]:
    """Was not passed on to every interested party named since it last changed."""
    named = Obligation.audience_parties.through.objects.filter(
        obligation=OuterRef("pk"), interestedparty__status=Status.ACTIVE
    )
    reached = Q(parties=OuterRef(OuterRef("interestedparty")))
    return applicable_obligations().filter(Exists(named.filter(~_told(reached))))


def obligations_untold_to_units() -> QuerySet[Obligation]:
    """Was not passed on to the people of every unit named since it last changed."""
    named = Obligation.audience_units.through.objects.filter(obligation=OuterRef("pk"))
    below = ExpressionWrapper(OuterRef(OuterRef(OuterRef("unit__path"))), CharField())
    reached = Communication.units.through.objects.filter(
        StartsWith(below, F("unit__path")), communication=OuterRef("pk")
    )
    return applicable_obligations().filter(Exists(named.filter(~_told(Q(Exists(reached))))))


def _nobody_named() -> Q:
    parties = Obligation.audience_parties.through.objects.filter(obligation=OuterRef("pk"))
    units = Obligation.audience_units.through.objects.filter(obligation=OuterRef("pk"))
    return Q(~Exists(parties), ~Exists(units), no_audience_reason="")


def _told(reached: Q) -> Q:
    """That something was sent about the outer row's obligation since that last changed.

    Few messages are about one of them, so what is looked for starts from its links: the outer row
    is two levels above a message, behind the link.
    """
    sent = Communication.objects.sent().filter(
        reached, at__date__gte=OuterRef(OuterRef("obligation__revised_on"))
    )
    return linked_with(sent, of="obligation", relation=Relation.CONCERNS)


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
