"""What can be asked of the principles, and of other management systems (4.2.3)."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from bartizan.chain.models import Process
from bartizan.clauses.context.models import OtherManagementSystem, PrincipleReview
from bartizan.ground.documents.models import Document
from bartizan.ground.records.models import Link, Record, RecordQuerySet, Relation

Principle = PrincipleReview.Principle


def principle_reviews() -> RecordQuerySet[PrincipleReview]:
    """Reviews of principles."""
    return PrincipleReview.objects.live()


def principle_reviews_past_review(day: date) -> RecordQuerySet[PrincipleReview]:
    """Is past its review, or was never given a review day."""
    return principle_reviews().review_overdue(day)


def principle_reviews_citing_nothing() -> RecordQuerySet[PrincipleReview]:
    """Cites no record that counts."""
    return principle_reviews().filter(~Exists(_citations()))


def leadership_applied() -> RecordQuerySet[PrincipleReview]:
    """Reviews of leadership that cite a record."""
    return _shown(Principle.LEADERSHIP)


def processes_applied() -> RecordQuerySet[PrincipleReview]:
    """Reviews of the process approach that cite a record."""
    return _shown(Principle.PROCESSES)


def customizing_applied() -> RecordQuerySet[PrincipleReview]:
    """Reviews of fitting the system to the organization that cite a record."""
    return _shown(Principle.CUSTOMIZED)


def involvement_applied() -> RecordQuerySet[PrincipleReview]:
    """Reviews of involving people that cite a record."""
    return _shown(Principle.PEOPLE)


def integration_applied() -> RecordQuerySet[PrincipleReview]:
    """Reviews of integration that cite a record."""
    return _shown(Principle.INTEGRATED)


def dynamics_applied() -> RecordQuerySet[PrincipleReview]:
    """Reviews of staying dynamic that cite a record."""
    return _shown(Principle.DYNAMIC)


def culture_applied() -> RecordQuerySet[PrincipleReview]:
    """Reviews of people and culture that cite a record."""
    return _shown(Principle.CULTURE)


def relationships_applied() -> RecordQuerySet[PrincipleReview]:
    """Reviews of relationships that cite a record."""
    return _shown(Principle.RELATIONSHIPS)


EIGHT = [
    leadership_applied,
    processes_applied,
    customizing_applied,
    involvement_applied,
    integration_applied,
    dynamics_applied,
    culture_applied,
    relationships_applied,
]


def _shown(principle: str) -> RecordQuerySet[PrincipleReview]:
    return principle_reviews().filter(Exists(_citations()), principle=principle)


def _citations() -> QuerySet[Link]:
    """The links by which the outer record cites one that counts."""
    counting = Record.objects.live().filter(pk=OuterRef("target"))
    return Link.objects.filter(Exists(counting), relation=Relation.CITES, source=OuterRef("pk"))


def other_management_systems() -> RecordQuerySet[OtherManagementSystem]:
    """Other management systems."""
    return OtherManagementSystem.objects.live()


def other_management_systems_apart() -> RecordQuerySet[OtherManagementSystem]:
    """Shares no process and no document, and no reason is given for standing alone."""
    apart = other_management_systems().filter(stands_alone_reason="")
    return apart.not_linked_to(Process, Document)
