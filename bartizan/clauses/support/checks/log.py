"""What was really told and heard: released with care, from the top, to everybody, and weighed."""

from datetime import date, timedelta

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
    by_role = Assignment.objects.filter(
        Q(person=OuterRef("classified_by")) | Q(deputy=OuterRef("classified_by")),
        Q(until=None) | Q(until__gte=OuterRef("classified_at__date")),
        since__lte=OuterRef("classified_at__date"),
        role=OuterRef("planned__released_by_role"),
    )
    able = entitled(Communication, Verb.APPROVE, person="classified_by", on="classified_at__date")
    as_planned = Q(planned__released_by_role__isnull=False) & Exists(by_role)
    unplanned = Q(planned__released_by_role=None) & Q(able)
    right = sent_communications().filter(as_planned | unplanned)
    return (
        sent_communications().filter(classified_at__isnull=False).exclude(pk__in=right.values("pk"))
    )


def communications_to_people_not_cleared() -> CommunicationQuerySet:
    """Reached somebody who is not cleared for it."""
    level = ExpressionWrapper(OuterRef("sensitivity"), output_field=IntegerField())
    people = Person.objects.alias(level=level).filter(_reached()).exclude(_cleared())
    return _not_public().filter(Exists(people))


def communications_to_parties_not_cleared() -> CommunicationQuerySet:
    """Reached an outside party that is not cleared for it."""
    cleared = PartyClearance.objects.filter(
        Q(until=None) | Q(until__gte=OuterRef(OuterRef("at__date"))),
        party=OuterRef("interestedparty"),
        since__lte=OuterRef(OuterRef("at__date")),
        up_to__gte=OuterRef(OuterRef("sensitivity")),
    )
    parties = Communication.parties.through.objects.filter(communication=OuterRef("pk"))
    return _not_public().filter(Exists(parties.filter(~Exists(cleared))))


def _not_public() -> CommunicationQuerySet:
    return sent_communications().filter(sensitivity__gt=Sensitivity.PUBLIC)


def _reached() -> Q:
    """People whom the outer communication reached: by name, in a unit, or as holders of a role."""
    through = Communication.units.through.objects.filter(communication=OuterRef(OuterRef("pk")))
    path = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    in_unit = through.filter(StartsWith(path, F("unit__path")))
    by_name = Communication.people.through.objects.filter(
        communication=OuterRef(OuterRef("pk")), person=OuterRef("pk")
    )
    roles = Communication.roles.through.objects.filter(
        communication=OuterRef(OuterRef(OuterRef("pk")))
    )
    holding = Assignment.objects.filter(
        Q(until=None) | Q(until__gte=OuterRef(OuterRef("at__date"))),
        Exists(roles.filter(role=OuterRef("role"))),
        person=OuterRef("pk"),
        since__lte=OuterRef(OuterRef("at__date")),
    )
    still_there = Q(is_active=True) | Q(left_on__gte=OuterRef("at__date"))
    return Q(Exists(by_name)) | still_there & (Q(Exists(in_unit)) | Q(Exists(holding)))


def _cleared() -> Q:
    """People who might know it: what is internal all who work here, all else those cleared."""
    cleared = Assignment.objects.filter(
        Q(until=None) | Q(until__gte=OuterRef(OuterRef("at__date"))),
        person=OuterRef("pk"),
        since__lte=OuterRef(OuterRef("at__date")),
        clearance__gte=OuterRef(OuterRef("sensitivity")),
    )
    of_the_house = (Person.Engagement.EMPLOYEE, Person.Engagement.CONTRACTOR)
    internal = Q(level=Sensitivity.INTERNAL, engagement__in=of_the_house)
    return Q(Exists(cleared)) | internal


# -- 5.1: why security matters, from the top ------------------------------------------------------


def messages_from_the_top() -> CommunicationQuerySet:
    """Messages on why security matters."""
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
