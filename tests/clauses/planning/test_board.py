"""The objective board, the programme timeline and the resource gaps (6.2, 7.1)."""

import pytest

from bartizan.clauses.planning import board
from bartizan.clauses.planning.models import ObjectiveReading, ProgrammeStep, TargetReading
from bartizan.clauses.support.models import StaffingLevel
from bartizan.ground.people.models import Sensitivity
from tests.clauses.planned import Plans


@pytest.fixture
def plans(owner, manager, today) -> Plans:
    return Plans(owner, manager, today)


def read(plans, objective, *figures: tuple[int, float]) -> None:
    for days, value in figures:
        ObjectiveReading.objects.create(objective=objective, on=plans.day(days), value=value)


@pytest.mark.parametrize(
    "fields, figures, word, percent",
    [
        ({}, [], "Not read yet", None),
        ({}, [(-20, 3.0), (-5, 2.4)], "On course", 40),
        ({}, [(-20, 3.0), (-5, 3.2)], "No progress", 0),
        ({"due": 10}, [(-20, 3.0), (-5, 2.4)], "Behind", 40),
        ({"due": -1}, [(-20, 3.0), (-5, 2.4)], "Late", 40),
        ({"due": -1}, [(-5, 1.4)], "Reached", 100),
    ],
)
def test_where_an_objective_stands_is_told_by_readings_and_calendar(
    plans, fields, figures, word, percent
):
    days = {name: plans.day(value) for name, value in fields.items()}
    objective = plans.objective(**days)
    read(plans, objective, *figures)
    line = board.line(objective, plans.today)
    assert (line.state.word, line.percent) == (word, percent)


def test_a_judged_objective_shows_its_result(plans):
    done = {"verdict": "missed", "verdict_note": "2.0 in the end.", "done_on": plans.today}
    assert board.line(plans.objective(**done), plans.today).state.word == "Missed"


def test_readings_are_drawn_as_a_line_that_rises_when_things_get_better(plans):
    objective = plans.objective()
    read(plans, objective, (-30, 3.0), (-15, 2.25), (0, 1.5))
    assert board.line(objective, plans.today).curve == "0.0,18.0 50.0,10.0 100.0,2.0"


def test_the_board_shows_what_stands_still_first_with_its_targets_below(plans, sign_in, owner):
    fine, stuck = plans.objective(title="Fine"), plans.objective(title="Stuck")
    read(plans, fine, (-20, 3.0), (-5, 2.0))
    read(plans, stuck, (-20, 3.0), (-5, 3.0))
    target = plans.target(stuck)
    TargetReading.objects.create(target=target, on=plans.day(-5), value=3.0)
    page = sign_in(owner).get("/objective-board/")
    shown = [(line.aim.title, line.percent) for line in page.context_data["lines"]]
    assert shown == [("Stuck", 0), ("Claims at the depot", 50), ("Fine", 67)]
    assert page.context_data["sentence"] == ("1 of 2 objectives is late, behind or stands still.")


def test_what_one_may_not_see_is_not_on_the_board(plans, sign_in, auditor):
    plans.objective(sensitivity=Sensitivity.RESTRICTED)
    plans.programme(sensitivity=Sensitivity.RESTRICTED)
    plans.need(sensitivity=Sensitivity.RESTRICTED)
    browser = sign_in(auditor)
    assert browser.get("/objective-board/").context_data["lines"] == []
    assert browser.get("/programme-timeline/").context_data["rows"] == []
    assert browser.get("/resource-gaps/").context_data["gaps"] == []


def test_steps_stand_along_the_calendar(plans, sign_in, owner):
    programme = plans.programme()
    for place, (start, due, done) in enumerate(
        ((-60, -30, -31), (-40, -5, None), (-5, 20, None), (30, 60, None)), start=1
    ):
        ProgrammeStep.objects.create(
            programme=programme, place_in_order=place, deliverable=f"Step {place}",
            starts_on=plans.day(start), due=plans.day(due), done_on=done and plans.day(done),
        )  # fmt: skip
    context = sign_in(owner).get("/programme-timeline/").context_data
    [(shown, steps)] = context["rows"]
    assert shown == programme
    assert [step.state.word for step in steps] == ["Done", "Late", "Under way", "To come"]
    assert context["sentence"] == "One step is late."
    span = context["calendar"]
    assert all(0 <= float(step.x) <= 1000 for step in steps)
    assert (span.first.day, span.last.day) == (1, 1)


def test_gaps_show_what_is_late_first(plans, sign_in, owner, whole):
    late, ahead, met = plans.need(title="Late"), plans.need(due=plans.day(9)), plans.need()
    plans.grant(late, 20_000)
    plans.grant(met)
    plans.need(decision="refused", residual_risk="Seen later.")
    plans.record(
        StaffingLevel, "Guards", role=plans.role, needed=3, basis="Three shifts.", unit=whole
    )
    context = sign_in(owner).get("/resource-gaps/").context_data
    assert [(gap.need, gap.share, gap.late) for gap in context["gaps"]] == [
        (late, "25.0", True),
        (ahead, "0.0", False),
    ]
    assert context["sentence"] == "One need is not met although its day has passed."
    assert [level.short_of for level in context["levels"]] == [2]
