"""Do people inside and outside get told, and heard, as a procedure says (draft 4.4.3)?"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from bartizan.clauses.context.models import InterestedParty
from bartizan.clauses.support.models import Communication, Direction
from bartizan.ground.documents.checks.procedures import procedures
from bartizan.ground.documents.models import Duty
from bartizan.ground.documents.models.documents import DocumentQuerySet
from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Declaration, declared

TWO_WAY = (
    Duty.TO_EMPLOYEES,
    Duty.FROM_EMPLOYEES,
    Duty.TO_CONTRACTORS,
    Duty.FROM_CONTRACTORS,
    Duty.TO_PARTIES,
    Duty.FROM_PARTIES,
)
MESSAGES = (
    Duty.CONTENT_INSIDE,
    Duty.TIMING_INSIDE,
    Duty.AUDIENCE_INSIDE,
    Duty.MEANS_INSIDE,
    Duty.CONTENT_OUTSIDE,
    Duty.TIMING_OUTSIDE,
    Duty.AUDIENCE_OUTSIDE,
    Duty.MEANS_OUTSIDE,
)
MEDIA = (Duty.SPOKESPERSON, Duty.MEDIA_RELEASE, Duty.MEDIA_STRATEGY, Duty.HOLDING_STATEMENTS)


def two_way_procedures(day: date) -> DocumentQuerySet:
    """Procedures for telling people and hearing them under a declared interval."""
    found = procedures(day, *TWO_WAY)
    return found if declared(Declaration.Figure.TWO_WAY) is not None else found.none()


def message_procedures(day: date) -> DocumentQuerySet:
    """Procedures for communicating with interested parties."""
    return procedures(day, *MESSAGES)


def message_procedures_past_review(day: date) -> DocumentQuerySet:
    """Is past its review, or was never given a review day."""
    return message_procedures(day).review_overdue(day)


def media_procedures(day: date) -> DocumentQuerySet:
    """Procedures for answering the media."""
    return procedures(day, *MEDIA)


@cache
def exchanged(duty: Duty) -> Callable[[date], QuerySet[Communication]]:
    """The check that a group was told, or heard, within the declared interval."""
    direction = Direction.OUTWARD if duty.name.startswith("TO_") else Direction.INWARD

    def check(day: date) -> QuerySet[Communication]:
        every = declared(Declaration.Figure.TWO_WAY)
        done = Communication.objects.live().filter(_with(duty), direction=direction)
        return done.none() if every is None else done.between(day - timedelta(days=every), day)

    check.__doc__ = f"Communications within the declared interval on “{duty.label}”."
    check.__qualname__ = f"exchanged({duty.name})"
    return check


def _with(duty: Duty) -> Q:
    """The other end of a communication: of that group by the plan, or by who was reached."""
    if duty in (Duty.TO_PARTIES, Duty.FROM_PARTIES):
        ends = Communication.parties.through.objects.filter(communication=OuterRef("pk"))
        others = InterestedParty.objects.exclude(category=InterestedParty.Category.WORKFORCE)
        return Q(Exists(ends.filter(Exists(others.filter(pk=OuterRef("interestedparty"))))))
    people = Communication.people.through.objects.filter(communication=OuterRef("pk"))
    if duty in (Duty.TO_EMPLOYEES, Duty.FROM_EMPLOYEES):
        group, planned = Person.Engagement.EMPLOYEE, Q(planned__with_employees=True)
    else:
        group, planned = Person.Engagement.CONTRACTOR, Q(planned__with_contractors=True)
    return planned | Q(Exists(people.filter(person__engagement=group)))
