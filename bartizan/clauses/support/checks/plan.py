"""Is it decided on what, when, with whom and how the organization communicates (7.4)?

"Planned communications" are the entries of the plan in force; that nothing needs to be said to
somebody is an entry too, and counts for whom it names alone.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from bartizan.clauses.context.models import InterestedParty
from bartizan.clauses.support.models import Channel, Communication, PlannedCommunication, Side
from bartizan.ground.people.models import Role
from bartizan.ground.records.days import DaysAfter
from bartizan.ground.records.models import Declaration, RecordQuerySet, Status, declared


def plan_entries() -> RecordQuerySet[PlannedCommunication]:
    """Entries of the communication plan, approved or not."""
    return PlannedCommunication.objects.filter(status=Status.ACTIVE, is_needed=True)


def planned_communications() -> RecordQuerySet[PlannedCommunication]:
    """Approved entries of the communication plan."""
    return PlannedCommunication.objects.live().filter(is_needed=True)


def internal_entries() -> RecordQuerySet[PlannedCommunication]:
    """Approved entries for inside."""
    return planned_communications().filter(side=Side.INTERNAL)


def external_entries() -> RecordQuerySet[PlannedCommunication]:
    """Approved entries for outside."""
    return planned_communications().filter(side=Side.EXTERNAL)


def entries_not_approved() -> RecordQuerySet[PlannedCommunication]:
    """Was not approved as it stands."""
    return plan_entries().unapproved()


def entries_past_review(day: date) -> RecordQuerySet[PlannedCommunication]:
    """Is past its review, or was never given a review day."""
    return plan_entries().review_overdue(day)


def entries_without_subject() -> RecordQuerySet[PlannedCommunication]:
    """Does not say what it is about."""
    return planned_communications().filter(subject="")


# -- when -----------------------------------------------------------------------------------------


def entries_never_due() -> RecordQuerySet[PlannedCommunication]:
    """Has no day, no cadence and nothing that triggers it."""
    return planned_communications().filter(cadence_days=None, planned_on=None, trigger="")


def entries_overdue(day: date) -> RecordQuerySet[PlannedCommunication]:
    """Was due, and no communication is on record."""
    late = Q(pk__in=_cadence_missed(day)) | Q(pk__in=_day_missed(day)) | Q(pk__in=_missed(day))
    return planned_communications().filter(late)


def _cadence_missed(day: date) -> QuerySet[PlannedCommunication, Mapping[str, Any]]:
    """By the calendar: the next one was due so many days after the last, or after the start."""
    said = _communications(day)
    lately = _said_since(DaysAfter(Value(day), -OuterRef("cadence_days")), said)
    started = Q(starts_on__gte=DaysAfter(Value(day), -F("cadence_days")))
    entries = planned_communications().filter(cadence_days__isnull=False)
    return entries.exclude(Exists(lately) | ~Exists(said) & started).values("pk")


def _day_missed(day: date) -> QuerySet[PlannedCommunication, Mapping[str, Any]]:
    """Said once: anything said since the entry was made will do."""
    entries = planned_communications().filter(planned_on__lt=day)
    return entries.filter(~Exists(_communications(day))).values("pk")


def _missed(day: date) -> QuerySet[PlannedCommunication, Mapping[str, Any]]:
    """Triggered: something was said on the day it happened or later."""
    said = _said_since(OuterRef("triggered_on"), _communications(day))
    entries = planned_communications().filter(triggered_on__lt=day)
    return entries.filter(~Exists(said)).values("pk")


def _said_since(
    day: DaysAfter | OuterRef, said: QuerySet[Communication]
) -> QuerySet[Communication]:
    """Those of them on that day or later.

    The day of a moment depends on where the clock hangs, so no index tells it. That it is not
    before midnight of the day before, anywhere, is what the index on the moment is good for.
    """
    return said.filter(at__gte=DaysAfter(day, Value(-1)), at__date__gte=day)


def _communications(day: date) -> QuerySet[Communication]:
    """For Exists(): what was told or heard by the outer entry."""
    return Communication.objects.live().until(day).filter(planned=OuterRef("pk"))


# -- with whom ------------------------------------------------------------------------------------


def entries_without_audience() -> RecordQuerySet[PlannedCommunication]:
    """Reaches no interested party, role, unit or group that is still there."""
    live = InterestedParty.objects.live().filter(pk=OuterRef("interestedparty"))
    to_party = Exists(_audience("parties").filter(Exists(live)))
    to_role = Exists(_audience("roles").filter(role__in=Role.objects.filter(is_retired=False)))
    to_unit = Exists(_audience("units"))
    to_group = Q(with_employees=True) | Q(with_contractors=True) | Q(with_visitors=True)
    return planned_communications().exclude(to_party | to_role | to_unit | to_group)


def parties_left_out() -> QuerySet[InterestedParty]:
    """Is in no entry of the plan, and none says that it needs none."""
    entries = PlannedCommunication.objects.live().filter(pk=OuterRef("plannedcommunication"))
    through = PlannedCommunication.parties.through.objects.filter(
        Exists(entries), interestedparty=OuterRef("pk")
    )
    return InterestedParty.objects.live().filter(~Exists(through), is_relevant=True)


def _audience(field: str) -> QuerySet:
    """For Exists(): those of the outer entry's audience in one of its fields."""
    through = getattr(PlannedCommunication, field).through
    return through.objects.filter(plannedcommunication=OuterRef("pk"))


# -- how ------------------------------------------------------------------------------------------


def entries_with_channels_to_test() -> RecordQuerySet[PlannedCommunication]:
    """Approved entries of the communication plan under a declared interval of channel tests."""
    every = declared(Declaration.Figure.CHANNEL_TEST)
    return planned_communications() if every is not None else planned_communications().none()


def entries_without_channel() -> RecordQuerySet[PlannedCommunication]:
    """Names no channel."""
    return entries_with_channels_to_test().filter(channel=None)


def entries_with_untested_channel(day: date) -> RecordQuerySet[PlannedCommunication]:
    """Goes by a channel that passed no test within the declared interval."""
    every = timedelta(days=declared(Declaration.Figure.CHANNEL_TEST) or 0)
    tested = Channel.objects.filter(
        test_passed=True, tested_on__gte=day - every, tested_on__lte=day
    )
    channels = entries_with_channels_to_test().filter(channel__isnull=False)
    return channels.exclude(channel__in=tested.values("pk"))
