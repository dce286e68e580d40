"""Does the policy agree with the organization's other policies? (5.2.2)"""

from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from bartizan.clauses.leadership.models import (
    OrganizationalPolicy,
    PolicyComparison,
    SecurityPolicy,
)


def comparisons(day: date) -> QuerySet[PolicyComparison]:
    """Comparisons of the policy in force with policies of other fields."""
    return PolicyComparison.objects.live().filter(
        policy__in=SecurityPolicy.objects.in_force(day),
        compared_with__in=OrganizationalPolicy.objects.live(),
        compared_on__lte=day,
    )


def policies_not_compared(day: date) -> QuerySet[OrganizationalPolicy]:
    """Was not compared with the security policy since one of the two changed."""
    fresh = comparisons(day).filter(
        compared_with=OuterRef("pk"),
        compared_on__gte=F("policy__revised_on"),
    )
    since_it_changed = fresh.filter(compared_on__gte=OuterRef("changed_on"))
    return OrganizationalPolicy.objects.live().filter(~Exists(since_it_changed))


def open_clashes(day: date) -> QuerySet[PolicyComparison]:
    """Found a clash that is not settled."""
    clashes = comparisons(day).filter(result=PolicyComparison.Result.CONFLICT)
    return clashes.exclude(resolved_on__lte=day)
