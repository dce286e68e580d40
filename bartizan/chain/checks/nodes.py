"""Is it said how secure each node of the chain has to be, and does something see to it? (8.2 e)"""

from django.db.models import QuerySet

from bartizan.chain.models import Partner, Place, Process
from bartizan.ground.records.models import Relation


def partners_with_level() -> QuerySet[Partner]:
    """Partners with a security level."""
    return Partner.objects.nodes().exclude(security_level="")


def places_with_level() -> QuerySet[Place]:
    """Places with a security level."""
    return Place.objects.nodes().exclude(security_level="")


def partners_without_level() -> QuerySet[Partner]:
    """Has no security level."""
    return Partner.objects.nodes().filter(security_level="")


def places_without_level() -> QuerySet[Place]:
    """Has no security level."""
    return Place.objects.nodes().filter(security_level="")


def partners_no_process_serves() -> QuerySet[Partner]:
    """Is served by no process."""
    return Partner.objects.nodes().not_linked_to(Process, relation=Relation.SERVES)


def places_no_process_serves() -> QuerySet[Place]:
    """Is served by no process."""
    return Place.objects.nodes().not_linked_to(Process, relation=Relation.SERVES)
