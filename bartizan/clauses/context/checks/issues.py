"""What can be asked of context issues, and of the chain as part of the context (4.1)."""

from datetime import date
from typing import TypeVar

from django.db.models import Q

from bartizan.chain.models import Partner, Place
from bartizan.chain.models.nodes import NodeQuerySet
from bartizan.clauses.context.models import ContextIssue, PartyRequirement
from bartizan.ground.records.models import RecordQuerySet

_N = TypeVar("_N", Partner, Place)


def external_issues() -> RecordQuerySet[ContextIssue]:
    """External issues."""
    return _issues(ContextIssue.Origin.EXTERNAL)


def internal_issues() -> RecordQuerySet[ContextIssue]:
    """Internal issues."""
    return _issues(ContextIssue.Origin.INTERNAL)


def relevant_external_issues() -> RecordQuerySet[ContextIssue]:
    """External issues found relevant."""
    return external_issues().filter(is_relevant=True)


def relevant_internal_issues() -> RecordQuerySet[ContextIssue]:
    """Internal issues found relevant."""
    return internal_issues().filter(is_relevant=True)


def relevant_issues() -> RecordQuerySet[ContextIssue]:
    """Issues found relevant."""
    return ContextIssue.objects.live().filter(is_relevant=True)


def external_issues_without_effect() -> RecordQuerySet[ContextIssue]:
    """Names no effect on a result of the system."""
    return _without_effect(relevant_external_issues())


def internal_issues_without_effect() -> RecordQuerySet[ContextIssue]:
    """Names no effect on a result of the system."""
    return _without_effect(relevant_internal_issues())


def external_issues_without_owner() -> RecordQuerySet[ContextIssue]:
    """Has nobody who answers for it."""
    return external_issues().without_owner()


def internal_issues_without_owner() -> RecordQuerySet[ContextIssue]:
    """Has nobody who answers for it."""
    return internal_issues().without_owner()


def external_issues_past_review(day: date) -> RecordQuerySet[ContextIssue]:
    """Is past its review, or was never given a review day."""
    return external_issues().review_overdue(day)


def internal_issues_past_review(day: date) -> RecordQuerySet[ContextIssue]:
    """Is past its review, or was never given a review day."""
    return internal_issues().review_overdue(day)


def climate_decisions() -> RecordQuerySet[ContextIssue]:
    """Decisions on climate change."""
    return ContextIssue.objects.live().filter(topic=ContextIssue.Topic.CLIMATE)


def partners_in_the_chain() -> NodeQuerySet[Partner]:
    """Partners in the supply chain."""
    return Partner.objects.nodes()


def places_in_the_chain() -> NodeQuerySet[Place]:
    """Places in the supply chain."""
    return Place.objects.nodes()


def partners_outside_the_context() -> NodeQuerySet[Partner]:
    """Is linked to no issue and no requirement, and no reason is given for that."""
    asked = PartyRequirement.objects.live().filter(party__partner__isnull=False)
    partners = _outside_the_context(partners_in_the_chain())
    return partners.exclude(pk__in=asked.values("party__partner"))


def places_outside_the_context() -> NodeQuerySet[Place]:
    """Is linked to no issue and no requirement, and no reason is given for that."""
    return _outside_the_context(places_in_the_chain())


def _issues(origin: str) -> RecordQuerySet[ContextIssue]:
    return ContextIssue.objects.live().filter(origin=origin)


def _without_effect(issues: RecordQuerySet[ContextIssue]) -> RecordQuerySet[ContextIssue]:
    return issues.filter(Q(effect="") | Q(affected_result=""))


def _outside_the_context(nodes: NodeQuerySet[_N]) -> NodeQuerySet[_N]:
    return nodes.filter(no_demand_on=None).not_linked_to(ContextIssue, PartyRequirement)
