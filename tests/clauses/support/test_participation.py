"""People of every unit are heard (4.2.3.5)."""

from datetime import datetime, time

import pytest
from django.utils import timezone

from bartizan.clauses.support.models import Communication
from bartizan.ground.people.models import Person

UNHEARD = "Has people, and was not heard within the declared interval."


@pytest.fixture
def hear(good):
    """Somebody of ours said something so many days ago."""

    def heard(author: Person, days_ago: int, **fields) -> Communication:
        noon = timezone.make_aware(datetime.combine(good.day(-days_ago), time(12)))
        given = {"gist": "Light the yard.", "direction": "inward", "author": author, "at": noon}
        return good.record(Communication, "A suggestion", **(given | fields))

    return heard


def said(verdict):
    value, short = verdict("2022:4.2.3.5-p3")
    return value, [why for _number, why in short]


def test_what_outsiders_say_and_what_is_told_to_staff_shows_no_participation(
    good, verdict, hear, colleague
):
    good.declare("staff-participation", 30)
    hear(colleague, 5, side="external")
    hear(colleague, 5, direction="outward")
    assert said(verdict) == ("no-evidence", [])


def test_a_unit_that_was_heard_too_long_ago_is_noted(good, verdict, hear, colleague):
    good.declare("staff-participation", 30)
    hear(good.owner, 30)
    hear(colleague, 31)
    assert said(verdict) == ("nonconforming", [UNHEARD])


def test_without_a_declared_interval_no_unit_was_heard_in_time(good, verdict, hear, colleague):
    hear(good.owner, 5)
    hear(colleague, 5)
    assert said(verdict) == ("nonconforming", [UNHEARD, UNHEARD])


def test_units_heard_by_author_or_by_name_conform_once_somebody_stands_for_it(
    good, verdict, hear, confirm, colleague, north, south
):
    good.declare("staff-participation", 30)
    first = hear(good.owner, 5)
    hear(None, 5).units.add(north)
    assert said(verdict) == ("awaiting-attestation", [])
    confirm("2022:4.2.3.5-p3", first)
    assert said(verdict) == ("conforming", [])
