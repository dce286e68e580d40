"""What was worked out from the records, and for how long it is taken to stand."""

from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction

from bartizan.clauses.context.models import ContextIssue
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.records.kept import Kept, listening
from bartizan.ground.records.models import Action
from bartizan.ground.records.reads import Read
from bartizan.ground.trail.acts import act
from tests.cast import person

ISSUES = ContextIssue._meta.db_table


@pytest.fixture
def kept(db, today):
    with act(None):
        unit = Unit.objects.create(code="acme", name="Acme Freight")
        owner = person("owner", unit)
        for kind, own in ((ContextIssue, {"origin": "external"}), (Action, {"due": today})):
            kind.objects.create(title="Something", unit=unit, owner=owner, **own)
    return Kept(room=2)


@pytest.fixture
def issues(kept):
    """The origins of all issues, kept; `issues.worked_out` tells how often they were asked for."""

    def origins():
        origins.worked_out += 1
        return list(ContextIssue.objects.values_list("origin", flat=True))

    def asked():
        return kept.once("origins", origins)

    origins.worked_out = 0
    asked.worked_out = lambda: origins.worked_out
    return asked


def test_it_stands_as_long_as_nothing_it_looked_at_changes(issues):
    assert issues() == issues() == ["external"]
    with act(None):
        Action.objects.get().save()
    assert issues() == ["external"]
    assert issues.worked_out() == 1


def test_what_it_looked_at_changes_and_it_is_worked_out_anew(issues):
    issues()
    issue = ContextIssue.objects.get()
    for origin in ("internal", "external"):
        issue.origin = origin
        with act(None):
            issue.save()
        assert issues() == [origin]
    assert issues.worked_out() == 3


def test_within_an_act_nothing_stands_and_nothing_is_kept(issues):
    issues()
    issue = ContextIssue.objects.get()
    issue.origin = "internal"
    with act(None):
        with suppress(ZeroDivisionError), transaction.atomic():
            issue.save()
            assert issues() == ["internal"]
            raise ZeroDivisionError
        assert issues() == ["external"]
    assert issues() == ["external"]
    assert issues.worked_out() == 3


def test_whoever_uses_what_is_kept_has_looked_at_what_it_was_worked_out_from(issues):
    issues()
    with listening() as heard:
        issues()
    assert Read(ISSUES, "", "origin") in heard
    assert issues.worked_out() == 1


def test_what_the_trail_does_not_tell_of_is_not_kept(kept):
    kept.once("sessions", Session.objects.count)
    assert list(kept.standing) == []


def test_the_oldest_makes_room(kept):
    for key in "abc":
        kept.once(key, Person.objects.count)
    assert list(kept.standing) == ["b", "c"]
