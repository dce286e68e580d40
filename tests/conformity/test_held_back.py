"""What a record holds back is what the verdicts say of it, asked from the other end."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bartizan.chain.models import Partner
from bartizan.clauses.context.models import ContextIssue
from bartizan.clauses.planning.models import Objective, Risk
from bartizan.conformity.evaluate import evaluate
from bartizan.conformity.held_back import held_back_by
from bartizan.ground.people.models import Assignment, Person, Sensitivity
from bartizan.ground.records.models import Record
from bartizan.ground.trail.acts import act
from tests.demo import OWNER

KINDS = (ContextIssue, Objective, Partner, Risk, Assignment)


def told_of(row, person):
    return {verdict.requirement.id: whys for verdict, whys in held_back_by(row, person)}


def told_by_the_verdicts(person):
    """Of each row that falls short, by which items and in what."""
    found = defaultdict(lambda: defaultdict(list))
    for id, verdict in evaluate(seen_by=person).items():
        for row, why in verdict.shortfall_records():
            if row is not None and why not in found[type(row), row.pk][id]:
                found[type(row), row.pk][id].append(why)
    return found


@pytest.mark.parametrize("code", [OWNER, "t-brouwer"])
def test_it_holds_back_what_the_verdicts_name_it_for(code, demo):
    person = Person.objects.get(code=code)
    wanted, told = told_by_the_verdicts(person), {}
    for kind in KINDS:
        rows = kind.objects.visible_to(person)
        assert any((kind, row.pk) not in wanted for row in rows), kind
        told |= {(kind, row.pk): of for row in rows if (of := told_of(row, person))}
    assert told == {key: of for key, of in wanted.items() if key[0] in KINDS}
    assert {kind for kind, _key in told} == set(KINDS) - {Assignment}


def test_a_fault_is_no_longer_told_once_it_is_mended(demo):
    person = Person.objects.get(code=OWNER)
    late = ContextIssue.objects.get(review_due__lt=timezone.localdate())
    assert "2022:4.1-p1" in told_of(late, person)
    with act(None):
        late.review_due = timezone.localdate() + timedelta(days=90)
        late.save(update_fields=["review_due"])
    assert "2022:4.1-p1" not in told_of(late, person)


def test_what_falls_short_only_by_what_is_hidden_is_not_told(demo):
    """A partner behind several others is a weak point to those who see the others."""
    weak = "Stands behind several partners, and no risk names it."
    everything, less = (Person.objects.get(code=code) for code in (OWNER, "t-brouwer"))
    behind = next(
        one
        for one in Partner.objects.visible_to(less).order_by("-pk")
        if weak in told_of(one, less).get("2022:6.1.2-f", [])
    )
    with act(None):
        others = Record.objects.filter(kind="partner").exclude(pk=behind.pk)
        others.update(sensitivity=Sensitivity.RESTRICTED, owner=None)
    assert weak in told_of(behind, everything)["2022:6.1.2-f"]
    assert weak not in told_of(behind, less).get("2022:6.1.2-f", [])


@pytest.mark.parametrize("code", [OWNER, "t-brouwer"])
def test_it_costs_the_same_however_many_fall_short(code, demo):
    person, taken = Person.objects.get(code=code), []
    sound = ContextIssue.objects.filter(review_due__gt=timezone.localdate()).first()
    for more in (0, 100):
        with act(None):
            _late_ones(sound, more)
        told_of(sound, person)  # put together once
        with CaptureQueriesContext(connection) as queries:
            assert told_of(sound, person) == {}
        taken.append(len(queries))
    assert taken == [2, 2]  # the figures that are declared, and the record


def _late_ones(like, many):
    for _ in range(many):
        ContextIssue.objects.create(
            title="Late", unit=like.unit, origin=like.origin, topic=like.topic, description="So."
        )
