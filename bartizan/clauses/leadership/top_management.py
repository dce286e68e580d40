"""Who was top management on which day: what the policy and every appointment turn on (5.1 to 5.3).

It is told by the assignments of that day, not of today: what a director signed off last year
stands after the director has left.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from bartizan.ground.people.models import Assignment
from bartizan.ground.records.models import Approval


def of_top_management_on(person: str, day: str) -> Exists:
    """Of a row: was the person in this column top management on the day in that column?"""
    held = Assignment.objects.of_top_management().filter(
        Q(until=None) | Q(until__gte=OuterRef(day)),
        since__lte=OuterRef(day),
        person=OuterRef(person),
    )
    return Exists(held)


def of_top_management_now(person: str, day: date) -> Exists:
    """Of a row: is the person in this column there, and top management on `day`?"""
    held = Assignment.objects.current(day).of_top_management()
    return Exists(held.filter(person=OuterRef(person)))


def approvals_by_top_management() -> QuerySet[Approval]:
    """For Exists(): those of the outer record as it stands that top management gave."""
    return Approval.of_current_version().filter(of_top_management_on("by", "on"))
