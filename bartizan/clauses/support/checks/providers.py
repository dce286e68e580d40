"""Were those who supply us told what we ask of them (draft 4.4.6 B c)?

What is asked of a provider stands in the provision; its receipt is a communication sent about
that version of it. It takes the log of communication to tell.
"""

from django.db.models import Exists, OuterRef, QuerySet

from bartizan.chain.models import Partner
from bartizan.clauses.context.models import ExternalProvision
from bartizan.clauses.support.models import Communication
from bartizan.ground.records.models import Relation, linked_with

SUPPLYING = (
    Partner.Relationship.SUPPLIER,
    Partner.Relationship.CARRIER,
    Partner.Relationship.SERVICE,
)


def provisions_with_requirements() -> QuerySet[ExternalProvision]:
    """Provisions that say what the provider owes."""
    return ExternalProvision.objects.live().exclude(provider=None).exclude(provider_duties="")


def providers_without_requirements() -> QuerySet[Partner]:
    """Supplies us, and nothing says what we ask of it."""
    asked = provisions_with_requirements().filter(provider=OuterRef("pk"))
    active = Partner.objects.live().filter(is_active=True, relationship__in=SUPPLYING)
    return active.filter(~Exists(asked))


def requirements_not_told() -> QuerySet[ExternalProvision]:
    """Has requirements that the provider was not told of as they stand now."""
    told = Communication.objects.sent().filter(
        told_version=OuterRef(OuterRef("version")),
        parties__partner=OuterRef(OuterRef("provider")),
    )
    return provisions_with_requirements().filter(~linked_with(told, relation=Relation.CONCERNS))
