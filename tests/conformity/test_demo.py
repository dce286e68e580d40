"""The verdicts on the demo company."""

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from bartizan.conformity.described import describe
from bartizan.conformity.evaluate import evaluate, items_of
from bartizan.conformity.outcome import Eyes, Moment, Question, put, sight_of
from bartizan.conformity.requirement import name_of
from bartizan.conformity.sentences import phrase_of
from bartizan.ground.people.models import Person, Sensitivity
from bartizan.ground.records.cases import cases_of, said_of
from bartizan.ground.records.models import Declaration, Record, Status
from bartizan.ground.records.reads import TELLS_WHO_SEES
from bartizan.ground.trail.acts import act
from tests.conformity.test_bindings import EVIDENCE, SHORTFALLS


def test_what_a_verdict_stands_on_is_read_with_what_it_is_called(demo):
    kinds = set()
    for verdict in evaluate().values():
        rows = [*verdict.evidence_records(5), *(row for row, _ in verdict.shortfall_records(5))]
        with CaptureQueriesContext(connection) as queries:
            named = [describe(row) for row in rows if row is not None]
        assert len(queries) == 0, (verdict.requirement.id, queries.captured_queries[0])
        kinds |= {told.kind for told in named}
    assert {"dependency", "assignment", "acknowledgement", "process-run"} <= kinds


def test_evidence_for_which_a_figure_has_to_be_declared_says_so(demo, today):
    def found():
        return {one for one in EVIDENCE if Question(one, Eyes(), today).records().exists()}

    before = found()
    with act(None):
        Declaration.objects.update(status=Status.DRAFT)
    gone = before - found()
    assert gone
    assert [name_of(one) for one in gone if "declared" not in phrase_of(one)] == []


def test_whatever_falls_short_in_one_of_several_ways_is_told_in_which(demo, today):
    told = 0
    for check in SHORTFALLS:
        rows = Question(check, Eyes(), today).records()
        if phrases := tuple(cases_of(rows)):
            told += len(rows)
            assert [row for row in rows if not said_of(row, phrases)] == [], name_of(check)
    assert told


@pytest.fixture
def eyes(demo):
    """Those of a depot's manager, from whom a fifth of all records is hidden."""
    with act(None):
        fifth = Record.objects.annotate(rest=F("pk") % 5).filter(rest=0)
        fifth.update(sensitivity=Sensitivity.RESTRICTED)
    return Eyes.of(Person.objects.get(code="t-brouwer"))


def test_a_statement_filled_in_for_somebody_finds_the_rows_their_queryset_has(eyes, today):
    moment, found, hidden = Moment(), 0, 0
    for check in dict.fromkeys(check for item in items_of(None) for check in item.checks):
        question, asking = put(check, today, eyes, moment)
        keys = {key for (key,) in asking.keys.rows()}
        assert keys == set(question.records().order_by().values_list("pk", flat=True)), check
        everybody, _asking = put(check, today, Eyes(), moment)
        all_keys = set(everybody.records().order_by().values_list("pk", flat=True))
        found += len(keys)
        hidden += len(all_keys - keys)
    assert found > hidden > 0


def test_who_may_see_a_record_is_told_by_the_columns_that_are_watched(eyes):
    _before, *named = sight_of(eyes).condition.split('"records_record".')
    assert named
    assert {one.split('"')[1] for one in named} <= TELLS_WHO_SEES
