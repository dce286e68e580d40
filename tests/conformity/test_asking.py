"""How a check is put to the database, and for how long it is put in the same way."""

import pytest

from bartizan.clauses.context.models import ContextIssue
from bartizan.conformity import outcome
from bartizan.conformity.outcome import run
from bartizan.ground.people.models import Unit
from bartizan.ground.records.models import Action
from bartizan.ground.trail.acts import act
from tests.cast import person


def issues_while_somebody_acts():
    """Issues, as long as there is an action."""
    issues = ContextIssue.objects.live()
    return issues if Action.objects.live().exists() else issues.none()


@pytest.fixture
def rows(db, today):
    """An issue and an action."""
    with act(None):
        unit = Unit.objects.create(code="acme", name="Acme Freight")
        owner = person("owner", unit)
        for kind, own in ((ContextIssue, {"origin": "external"}), (Action, {"due": today})):
            kind.objects.create(title="Something", unit=unit, owner=owner, **own)


def test_a_check_that_asks_the_records_is_put_together_again_when_they_answer_otherwise(
    rows, today, monkeypatch
):
    learned = []
    real = outcome.learn
    monkeypatch.setattr(outcome, "learn", lambda *given: learned.append(1) or real(*given))
    action = Action.objects.get()
    assert run(issues_while_somebody_acts, today)
    assert run(issues_while_somebody_acts, today)
    assert len(learned) == 1
    for status, found in (("draft", False), ("active", True)):
        action.status = status
        with act(None):
            action.save()
        assert bool(run(issues_while_somebody_acts, today)) == found
    assert len(learned) == 3
