"""Arithmetic with days in the database, and on which day a moment falls."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import F, Value
from django.utils import timezone

from bartizan.ground.people.models import Person, Unit
from bartizan.ground.records.days import DaysAfter
from bartizan.ground.records.models import Action
from bartizan.ground.trail.acts import act


@pytest.fixture
def actions(db):
    with act(None):
        unit = Unit.objects.create(code="acme", name="Acme Freight")
        Person.objects.create(code="anna", name="Anna", unit=unit)
        for days in range(3):
            Action.objects.create(
                title=f"{days}", unit=unit, due=date(2026, 2, 28) + timedelta(days=days)
            )
    return Action.objects.order_by("pk")


def test_days_are_added_to_a_day_across_the_ends_of_months_and_years(actions):
    for days in (-400, -1, 0, 1, 366):
        found = actions.annotate(then=DaysAfter(F("due"), Value(days)))
        assert [action.then - action.due for action in found] == [timedelta(days=days)] * 3


def test_a_day_can_be_a_number_of_days_told_by_the_row_before_another(actions):
    before = DaysAfter(Value(date(2026, 3, 10)), -F("version"))
    assert {action.then for action in actions.annotate(then=before)} == {date(2026, 3, 9)}
    assert not actions.annotate(then=DaysAfter(F("reviewed_on"), Value(1))).exclude(then=None)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_the_day_of_a_moment_is_that_of_the_clock_here(actions, zone):
    moments = [datetime(2026, 3, day, 23, 30, 0, 5, tzinfo=UTC) for day in (1, 2, 3)]
    with act(None):
        for action, moment in zip(actions, moments, strict=True):
            Action.objects.filter(pk=action.pk).update(changed_at=moment)
    with timezone.override(zone):
        days = [timezone.localdate(moment) for moment in moments]
        assert list(actions.values_list("changed_at__date", flat=True)) == days
        assert [action.title for action in actions.filter(changed_at__date=days[1])] == ["1"]
        assert [action.title for action in actions.filter(changed_at__date__gt=days[1])] == ["2"]
