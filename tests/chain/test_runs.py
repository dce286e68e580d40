"""Runs against 8.1: done to their criteria, written down at the time, as many as were planned."""

from datetime import timedelta

import pytest

from bartizan.chain.models import CriterionResult, ProcessRun
from bartizan.ground.records.life import approve, retire
from bartizan.ground.records.models import Action, Declaration, Relation

DAY = timedelta(days=1)
SHARE = Declaration.Figure.RUN_SHARE


@pytest.fixture
def sealing(process, criterion):
    """A process with one criterion."""
    made = process()
    criterion(made)
    return made


@pytest.fixture
def passed(sealing):
    """Gives a run its result for the criterion."""

    def given(run: ProcessRun, passed=True, follow_up="") -> ProcessRun:
        run.results.create(criterion=sealing.criteria.get(), passed=passed, follow_up=follow_up)
        return run

    return given


# -- controlled to the criteria --------------------------------------------------------------------


def test_without_a_run_nobody_can_tell_whether_criteria_are_kept(verdict, sealing, ran, today):
    ran(sealing, None, planned_on=today)
    assert verdict("2022:8.1-2") == ("no-evidence", "There are no recorded runs.")


def test_runs_with_every_result_conform(verdict, sealing, ran, passed):
    passed(ran(sealing))
    assert verdict("2022:8.1-2")[0] == "conforming"


def test_a_run_without_a_result_falls_short(verdict, sealing, ran, passed):
    passed(ran(sealing))
    ran(sealing)
    assert verdict("2022:8.1-2") == (
        "nonconforming",
        "1 of 2 recorded runs lacks a result for a criterion that applied.",
    )


def test_a_run_that_lacks_several_results_falls_short_once(
    verdict, sealing, ran, passed, criterion
):
    passed(ran(sealing))
    for title in ("Seal number legible", "Seal number noted"):
        criterion(sealing, title)
    ran(sealing)
    assert verdict("2022:8.1-2") == (
        "nonconforming",
        "All 2 recorded runs lack a result for a criterion that applied.",
    )


def test_a_criterion_asks_nothing_of_runs_before_its_day_or_after_its_end(
    verdict, sealing, ran, passed, criterion, today
):
    passed(ran(sealing, today - DAY))
    criterion(sealing, "Seal number legible", applies_since=today)
    ended = criterion(sealing, "Seal is red")
    retire(ended, "Colour no longer matters.")
    assert verdict("2022:8.1-2")[0] == "conforming"


FAILED = (
    "nonconforming",
    "1 process run failed a criterion, and no hold, correction, action or nonconformity followed.",
)


def test_a_failure_that_nothing_followed_falls_short(verdict, sealing, ran, passed):
    passed(ran(sealing), passed=False)
    assert verdict("2022:8.1-2") == FAILED


def test_a_hold_written_beside_the_failure_is_a_follow_up(verdict, sealing, ran, passed):
    passed(ran(sealing), passed=False, follow_up="Trailer held, seal replaced.")
    assert verdict("2022:8.1-2")[0] == "conforming"


def test_an_action_out_of_the_run_is_a_follow_up_until_it_is_retired(
    verdict, sealing, ran, passed, make, today
):
    run = passed(ran(sealing), passed=False)
    action = make(Action, title="New seals", description="Buy.", due=today, source=run)
    assert verdict("2022:8.1-2")[0] == "conforming"
    retire(action, "Not bought.")
    assert verdict("2022:8.1-2") == FAILED


def test_a_record_that_answers_the_run_is_a_follow_up(verdict, sealing, ran, passed, place, link):
    run = passed(ran(sealing), passed=False)
    link(place(), run, Relation.CONCERNS)
    assert verdict("2022:8.1-2") == FAILED
    link(place("South depot"), run, Relation.ANSWERS)
    assert verdict("2022:8.1-2")[0] == "conforming"


# -- written down ----------------------------------------------------------------------------------


def test_without_a_run_there_is_no_record_to_trust(verdict, sealing, declare):
    declare(SHARE, 90)
    assert verdict("2022:8.1-p2")[0] == "no-evidence"


def test_without_a_declared_share_there_is_no_evidence(verdict, sealing, ran):
    ran(sealing)
    assert verdict("2022:8.1-p2") == (
        "no-evidence",
        "There are no recorded runs, with a declared share of planned runs to hold them against.",
    )


def test_runs_recorded_at_the_time_conform(verdict, sealing, ran, declare, today):
    declare(SHARE, 100)
    ran(sealing, planned_on=today)
    ran(sealing, today - DAY, recorded_on=today, planned_on=today - 3 * DAY)
    assert verdict("2022:8.1-p2")[0] == "conforming"


def test_what_is_written_down_two_days_later_is_back_dated(verdict, sealing, ran, declare, today):
    declare(SHARE, 100)
    late = ran(sealing, today - 2 * DAY, recorded_on=today)
    assert late.back_dated
    assert verdict("2022:8.1-p2") == (
        "nonconforming",
        "1 process run was written down later than the day after it ran.",
    )


@pytest.mark.parametrize(
    "missing, what",
    [({"performed_by": None}, "who did it"), ({"result": ""}, "what came of it")],
)
def test_a_run_without_who_or_result_falls_short(verdict, sealing, ran, declare, missing, what):
    declare(SHARE, 100)
    ran(sealing, **missing)
    assert verdict("2022:8.1-p2") == (
        "nonconforming",
        f"1 process run does not say {what}.",
    )


def test_a_result_for_a_criterion_is_a_result(verdict, sealing, ran, declare, passed):
    declare(SHARE, 100)
    passed(ran(sealing, result=""))
    assert verdict("2022:8.1-p2")[0] == "conforming"


def test_too_few_of_the_planned_runs_fall_short_of_the_share(verdict, sealing, ran, declare, today):
    for days in (1, 2, 3):
        ran(sealing, today - days * DAY, planned_on=today - days * DAY)
    ran(sealing, None, planned_on=today - 4 * DAY)
    figure = declare(SHARE, 75)
    assert verdict("2022:8.1-p2")[0] == "conforming"
    figure.value = 76
    figure.save()
    approve(figure, figure.approval.by)
    assert verdict("2022:8.1-p2") == (
        "nonconforming",
        "1 process run was planned and did not take place, and too many did not.",
    )


def test_what_was_planned_more_than_a_year_ago_or_for_today_does_not_count(
    verdict, sealing, ran, declare, today
):
    declare(SHARE, 100)
    ran(sealing)
    ran(sealing, None, planned_on=today - 366 * DAY)
    ran(sealing, None, planned_on=today)
    assert verdict("2022:8.1-p2")[0] == "conforming"


# -- what people may see ---------------------------------------------------------------------------


def test_a_result_is_seen_by_whoever_may_see_its_run_and_its_criterion(
    sealing, ran, passed, north, colleague, stranger, owner
):
    criterion = sealing.criteria.get()
    criterion.unit = north
    criterion.save()
    here, elsewhere = passed(ran(sealing, unit=north)), passed(ran(sealing))
    seen = {
        who.code: {result.run for result in CriterionResult.objects.visible_to(who)}
        for who in (owner, colleague, stranger)
    }
    assert seen == {"owner": {here, elsewhere}, "colleague": {here}, "stranger": set()}
