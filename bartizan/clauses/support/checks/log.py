"""What was really told and heard: released with care, from the top, to everybody, and weighed."""

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.lookups import StartsWith

from bartizan.clauses.support.models import Communication, CommunicationQuerySet, PartyClearance
from bartizan.ground.people.models import Assignment, Person, Sensitivity, Unit, Verb
from bartizan.ground.records.entitled import entitled
from bartizan.ground.records.models import Declaration, declared

# -- 7.4: sensitivity decided before release ------------------------------------------------------


def sent_communications() -> CommunicationQuerySet:
    """Communications sent."""
    return Communication.objects.sent()


def communications_not_classified_before() -> CommunicationQuerySet:
    """Went out before anybody had decided how sensitive it is."""
    return sent_communications().filter(Q(classified_at=None) | Q(classified_at__gt=F("at")))


def communications_classified_by_others() -> CommunicationQuerySet:
    """Was classified by somebody whose role does not decide that."""
    in_role = Assignment.objects.filter(
        Q(until=None) | Q(until__gte=OuterRef("classified_at__date")),
        since__lte=OuterRef("classified_at__date"),
        role=OuterRef("planned__released_by_role"),
    )
    able = entitled(Communication, Verb.APPROVE, person="classified_by", on="classified_at__date")
    # Two questions: to each there is an index, and the first one nearly always says yes.
    by_role = Exists(in_role.filter(person=OuterRef("classified_by"))) | Exists(
        in_role.filter(deputy=OuterRef("classified_by"))
    )
    as_planned = Q(planned__released_by_role__isnull=False) & Q(by_role)
    unplanned = Q(planned__released_by_role=None) & Q(able)
    classified = sent_communications().filter(classified_at__isnull=False)
    return classified.exclude(as_planned | unplanned)


def communications_to_people_not_cleared() -> CommunicationQuerySet:
    """Reached somebody who is not cleared for it."""
    people, day = _people_not_cleared(), OuterRef("communication__at__date")
    there = people.filter(Q(is_active=True) | Q(left_on__gte=day))
    path = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    holding = there.filter(
        Q(assignments__until=None) | Q(assignments__until__gte=day),
        assignments__role=OuterRef("role"),
        assignments__since__lte=day,
    )
    by_name = _reaching("people", people.filter(pk=OuterRef("person")))
    in_unit = _reaching("units", there.filter(StartsWith(F("unit__path"), path)))
    by_role = _reaching("roles", holding)
    return _not_public().filter(pk__in=by_name.union(in_unit, by_role, all=True))


def communications_to_parties_not_cleared() -> CommunicationQuerySet:
    """Reached an outside party that is not cleared for it."""
    day = OuterRef("communication__at__date")
    cleared = PartyClearance.objects.filter(
        Q(until=None) | Q(until__gte=day),
        party=OuterRef("interestedparty"),
        since__lte=day,
        up_to__gte=OuterRef("communication__sensitivity"),
    )
    parties = Communication.parties.through.objects.filter(~Exists(cleared))
    # Distinct, PostgreSQL gathers these few first and does not look for some behind each message.
    return _not_public().filter(pk__in=parties.values("communication").distinct())


def _not_public() -> CommunicationQuerySet:
    return sent_communications().filter(sensitivity__gt=Sensitivity.PUBLIC)


def _reaching(way: str, people: QuerySet[Person]) -> QuerySet[Any, dict[str, Any]]:
    """The communications of which one of these people is among whom they reached this way."""
    through = getattr(Communication, way).through.objects
    outsiders = Person.objects.exclude(engagement__in=Person.WORKFORCE)
    # Where all work here, most messages need no look at whom they reached.
    in_question = Q(communication__sensitivity__gt=Sensitivity.INTERNAL) | Exists(outsiders)
    return through.filter(in_question, Exists(people)).values("communication")


def _people_not_cleared() -> QuerySet[Person]:
    """People who might not know it: what is internal all who work here may, all else those cleared.

    For Exists(): of the communication that the outer row is about.
    """
    level = ExpressionWrapper(OuterRef("communication__sensitivity"), IntegerField())
    day = OuterRef(OuterRef("communication__at__date"))
    cleared = Assignment.objects.filter(
        Q(until=None) | Q(until__gte=day),
        person=OuterRef("pk"),
        since__lte=day,
        clearance__gte=OuterRef(OuterRef("communication__sensitivity")),
    )
    may_as_all = Q(level=Sensitivity.INTERNAL, engagement__in=Person.WORKFORCE)
    return Person.objects.alias(level=level).filter(~may_as_all, ~Exists(cleared))


# -- 5.1: why security matters, from the top ------------------------------------------------------


def messages_from_the_top() -> CommunicationQuerySet:
    """Messages on why security matters under a declared interval."""
    messages = sent_communications().filter(purpose=Communication.Purpose.LEADERSHIP)
    return messages if declared(Declaration.Figure.LEADERSHIP) is not None else messages.none()


def messages_not_from_the_top(day: date) -> CommunicationQuerySet:
    """Was neither written nor signed by somebody of top management."""
    within = _messages_within(day)
    return within.exclude(pk__in=within.from_the_top().values("pk"))


def units_the_top_did_not_reach(day: date) -> QuerySet[Unit]:
    """Got no message from top management within the declared interval."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    reached = Communication.units.through.objects.filter(
        StartsWith(path, F("unit__path")),
        communication__in=_messages_within(day).from_the_top().values("pk"),
    )
    return Unit.objects.filter(~Exists(reached), in_scope=True)


def _messages_within(day: date) -> CommunicationQuerySet:
    every = timedelta(days=declared(Declaration.Figure.LEADERSHIP) or 0)
    return messages_from_the_top().between(day - every, day)


# -- 4.2.3.5: what others know and think is weighed -----------------------------------------------


def consultation_inputs() -> CommunicationQuerySet:
    """Views received in consultations."""
    return Communication.objects.received().filter(purpose=Communication.Purpose.CONSULTATION)


def inputs_not_weighed(day: date) -> CommunicationQuerySet:
    """Was neither taken up nor declined by the day it was due."""
    due = Q(answer_due__lt=day) | Q(answer_due=None)
    return consultation_inputs().filter(due, disposition="")
