"""What can be asked of the records of clause 4.

A check returns the records concerned. The first line of its docstring is how a shortfall (or the
evidence) is called in the reason of a verdict.
"""

from datetime import date

from django.db.models import Q, QuerySet

from bartizan.clauses.context.models import ContextIssue


def external_issues() -> QuerySet[ContextIssue]:
    """External issues."""
    return _issues(ContextIssue.Origin.EXTERNAL)


def internal_issues() -> QuerySet[ContextIssue]:
    """Internal issues."""
    return _issues(ContextIssue.Origin.INTERNAL)


def _issues(origin: str) -> QuerySet[ContextIssue]:
    return ContextIssue.objects.live().filter(origin=origin)


def _without_effect(issues: QuerySet[ContextIssue]) -> QuerySet[ContextIssue]:
    return issues.filter(Q(effect="") | Q(affected_result=""), is_relevant=True)


def external_issues_without_effect() -> QuerySet[ContextIssue]:
    """Names no effect on a result of the system."""
    return _without_effect(external_issues())


def internal_issues_without_effect() -> QuerySet[ContextIssue]:
    """Names no effect on a result of the system."""
    return _without_effect(internal_issues())


def external_issues_without_owner() -> QuerySet[ContextIssue]:
    """Has nobody who answers for it."""
    return external_issues().without_owner()


def internal_issues_without_owner() -> QuerySet[ContextIssue]:
    """Has nobody who answers for it."""
    return internal_issues().without_owner()


def external_issues_past_review(day: date) -> QuerySet[ContextIssue]:
    """Is past its review, or was never given a review day."""
    return external_issues().review_overdue(day)


def internal_issues_past_review(day: date) -> QuerySet[ContextIssue]:
    """Is past its review, or was never given a review day."""
    return internal_issues().review_overdue(day)
