"""By a past day, what happened since is left out of the records of now."""

from datetime import timedelta

import pytest
from django.db.models import Exists, OuterRef

from bartizan.chain.models import Process, ProcessRun
from bartizan.clauses.support.models import Communication
from bartizan.conformity.evaluate import evaluate, evaluate_items, items_of
from bartizan.conformity.looking_back import days_of_tables, until
from bartizan.conformity.outcome import run_all
from bartizan.conformity.requirement import Value
from bartizan.ground.people.past import PastDay, PastMoment
from bartizan.ground.records.models import Declaration


def test_what_happened_names_a_day_of_its_own_that_lies_in_the_past():
    fields = days_of_tables().values()
    assert [f for f in fields if not isinstance(f, PastDay | PastMoment)] == []
    assert all(f.model._meta.db_table == table for table, f in days_of_tables().items())


@pytest.fixture
def process(whole, owner):
    return Process.objects.create(title="Sealing", unit=whole, owner=owner)


def processes_that_ran():
    """Processes that ran."""
    runs = ProcessRun.objects.live().filter(process=OuterRef("pk"))
    return Process.objects.live().filter(Exists(runs))


def figures():
    """Declared figures."""
    return Declaration.objects.live()


def found(check, day) -> bool:
    return bool(run_all([check], day, looking_back=True)[check])


def test_a_run_counts_from_its_day_on(process, today, whole):
    ProcessRun.objects.create(process=process, unit=whole, ran_on=today)
    days = [today - timedelta(days=1), today]
    assert [found(processes_that_ran, day) for day in days] == [False, True]


def test_a_run_that_is_only_planned_is_there_on_any_day(process, today, whole):
    ProcessRun.objects.create(process=process, unit=whole, planned_on=today)
    assert found(processes_that_ran, today - timedelta(days=9))


def test_an_approval_counts_from_its_day_on(declare, today):
    declare("obligation-scan", 30)
    days = [today - timedelta(days=1), today]
    assert [found(figures, day) for day in days] == [False, True]


def test_a_message_counts_from_the_day_it_was_sent_on(demo, today):
    first = Communication.objects.order_by("at").values_list("at", flat=True)[0].date()
    days = [first - timedelta(days=1), first]
    counts = [until(day, Communication.objects.filter(at__isnull=False)).count() for day in days]
    assert counts[0] == 0 < counts[1]


def test_today_looks_back_on_nothing(demo, today):
    ids = items_of("2022")
    plain = evaluate_items(ids, today, None)
    back = evaluate_items(ids, today, None, looking_back=True)
    assert {i: v.value for i, v in back.items()} == {i: v.value for i, v in plain.items()}


def test_before_anybody_signed_anything_nothing_conforms_that_asks_for_it(demo, today):
    now = evaluate("2022", today).values()
    then = evaluate("2022", today - timedelta(days=5000)).values()
    conforming, before = (
        [one.requirement for one in verdicts if one.value == Value.CONFORMING]
        for verdicts in (now, then)
    )
    assert len(before) < len(conforming)
    assert [item for item in before if item.attested] == []
    assert all(verdict.reason for verdict in then)
