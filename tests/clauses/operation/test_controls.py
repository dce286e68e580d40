"""Controls: what they bear on, whether they work, and who makes sure (8.4, 8.5.3)."""

import pytest
from django.core.exceptions import ValidationError

from bartizan.clauses.operation.models import ControlledRisk, PeopleControl
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Relation

IN_PLACE = "2022:8.5.3"
PEOPLE = "2022:8.4-p1"
BY_CONTROL = "dis:4.3.1-p2"
CITED = "dis:4.3.1-B.f"
FED = "2022:6.1.3-d"
FOUND = "dis:4.4.6-A.b"

NO_CONTROL = (
    "Is to be treated, but no control on it works or still has time to come into operation."
)
NEVER_CHECKED = "Was never checked."
UNDATED = "Has no day for its next check."
NOT_CHECKED = "Was not checked again by the day that was set."


# -- put in place, and kept working (8.5.3) ------------------------------------------------------


def test_without_a_treatment_or_a_control_there_is_no_evidence(watch, verdict):
    retire(watch.control(), "Given up.")
    assert verdict(IN_PLACE) == ("no-evidence", [])


def test_what_is_late_falls_short(watch, verdict):
    watch.plan(due=watch.today)
    plan = watch.plan(due=watch.day(-1))
    control = watch.control(in_operation_since=None, due=watch.day(-1))
    watch.control(in_operation_since=None, due=watch.today)
    assert verdict(IN_PLACE) == (
        "nonconforming",
        [
            (plan.number, "Was due on a day that has passed, and is not done."),
            (control.number, "Was to be in operation by a day that has passed, and is not."),
        ],
    )


def test_somebody_looks_whether_a_plan_that_is_done_has_its_effect(watch, verdict):
    plan = watch.done()
    assert verdict(IN_PLACE) == (
        "nonconforming",
        [(plan.number, "Is done, but nobody has looked since whether it has its effect.")],
    )
    control = watch.control(treatment=plan, checked=False, in_operation_since=watch.day(-25))
    watch.check(control, checked_on=watch.day(-21))
    assert verdict(IN_PLACE)[0] == "nonconforming"
    watch.check(control, checked_on=watch.day(-20))
    assert verdict(IN_PLACE) == ("awaiting-attestation", [])


@pytest.mark.parametrize("result", ["partly", "missed"])
def test_a_missed_effect_leads_to_an_action(watch, verdict, good, result):
    plan = watch.done()
    review = watch.review(plan, result=result)
    assert verdict(IN_PLACE) == (
        "nonconforming",
        [
            (
                review.number,
                "Found that a plan does not have its effect, and no action has come of that.",
            )
        ],
    )
    good.action(review)
    assert verdict(IN_PLACE) == ("awaiting-attestation", [])


def test_a_later_review_that_finds_the_effect_settles_an_earlier_one(watch, verdict):
    plan = watch.done()
    watch.review(plan, result="missed", verified_on=watch.day(-15))
    watch.review(plan)
    assert verdict(IN_PLACE) == ("awaiting-attestation", [])


def test_a_control_that_is_out_of_order_is_being_put_right(watch, verdict, good):
    control = watch.control(out_of_order_since=watch.day(-3), stopgap="A guard stands there.")
    why = "Is out of order, and no action puts it right in time."
    good.action(control, due=watch.day(-1))
    assert verdict(IN_PLACE) == ("nonconforming", [(control.number, why)])
    good.action(control)
    assert verdict(IN_PLACE) == ("awaiting-attestation", [])


@pytest.mark.parametrize("check", [None, {"checked_on": -91}, {"next_due": -1}])
def test_a_control_is_checked_inside_its_interval(watch, verdict, check):
    control = watch.control(checked=False)
    watch.control(in_operation_since=None, due=watch.day(9))
    if check:
        watch.check(control, **{name: watch.day(days) for name, days in check.items()})
    assert verdict(IN_PLACE) == (
        "nonconforming",
        [(control.number, NOT_CHECKED if check else NEVER_CHECKED)],
    )
    watch.check(control, checked_on=watch.today)
    assert verdict(IN_PLACE) == ("awaiting-attestation", [])


def test_without_an_interval_no_check_is_in_time(watch, verdict):
    control = watch.control(check_every_days=None)
    assert verdict(IN_PLACE) == ("nonconforming", [(control.number, UNDATED)])


def test_only_the_last_check_says_until_when_a_control_was_checked(watch, verdict):
    control = watch.control(checked=False)
    watch.check(control, checked_on=watch.day(-40), next_due=watch.day(40))
    watch.check(control, checked_on=watch.day(-20), next_due=watch.day(-1))
    assert verdict(IN_PLACE) == ("nonconforming", [(control.number, NOT_CHECKED)])


@pytest.mark.parametrize("result", ["partly", "failed"])
def test_a_failed_check_leads_to_an_action(watch, verdict, good, result):
    control = watch.control(checked=False)
    good.action(control, done_on=watch.day(-31), outcome="An earlier failure.")
    check = watch.check(control, result=result, finding="Two of forty without a photograph.")
    assert verdict(IN_PLACE) == (
        "nonconforming",
        [
            (
                check.number,
                "Found that a control does not work, and no action has come of that.",
            )
        ],
    )
    good.action(control)
    assert verdict(IN_PLACE) == ("awaiting-attestation", [])


def test_what_is_in_place_and_works_conforms(watch, verdict, confirm):
    control = watch.control()
    watch.review(watch.done())
    confirm(IN_PLACE, control)
    assert verdict(IN_PLACE) == ("conforming", [])


# -- people who join, change post and leave (8.4) ------------------------------------------------

MOMENTS = ("joining", "moving", "leaving")


@pytest.fixture
def manned(watch, good):
    """A process that says for each moment how people are kept under control."""
    process, control = good.process(), watch.control()
    for moment in MOMENTS:
        watch.on_people(process, control, moment)
    return process


def test_without_a_control_on_people_there_is_no_evidence(watch, verdict, good):
    process = good.process()
    watch.on_people(process, None, "joining", "Nobody joins.")
    control = watch.control()
    watch.on_people(process, control, "moving")
    retire(control, "Given up.")
    assert verdict(PEOPLE) == ("no-evidence", [])


def test_a_process_that_is_silent_on_a_moment_falls_short(watch, verdict, good, manned):
    silent = good.process(title="Gate control")
    assert verdict(PEOPLE) == (
        "nonconforming",
        [
            (silent.number, "Has no control for people who join, and no reason for none."),
            (silent.number, "Has no control for people who change post, and no reason for none."),
            (silent.number, "Has no control for people who leave, and no reason for none."),
        ],
    )


@pytest.mark.parametrize(
    "spoilt", [{"result": "failed", "finding": "Keys are missing."}, {"next_due": -1}]
)
def test_a_control_on_people_passes_its_checks(watch, verdict, manned, spoilt):
    control = manned.people_controls.first().control
    if "next_due" in spoilt:
        spoilt = {"next_due": watch.day(-1)}
    watch.check(control, **{"checked_on": watch.day(-10)} | spoilt)
    assert verdict(PEOPLE) == (
        "nonconforming",
        [(control.number, "Did not pass a check inside its interval.")],
    )


def test_controls_on_people_or_reasons_for_none_conform(watch, verdict, good, manned):
    process = good.process(title="Invoicing")
    for moment in MOMENTS:
        watch.on_people(process, None, moment, "Done by the bank.")
    good.process(title="Given up", is_in_scope=False)
    assert verdict(PEOPLE) == ("conforming", [])


@pytest.mark.parametrize("with_control, reason", [(True, "None needed."), (False, "")])
def test_a_moment_has_a_control_or_a_reason(watch, good, with_control, reason):
    row = PeopleControl(
        process=good.process(),
        moment="joining",
        control=watch.control() if with_control else None,
        none_reason=reason,
    )
    with pytest.raises(ValidationError, match="Name the control, or say why none is needed"):
        row.full_clean()


# -- risks and the controls on them (draft 4.3.1 p2 and B f) -------------------------------------


def test_without_a_control_on_a_risk_there_is_no_evidence(watch, verdict):
    watch.risk()
    watch.control(watch.risk(decision="accept"), in_operation_since=None, due=watch.day(5))
    assert verdict(BY_CONTROL) == ("no-evidence", [])
    assert verdict(CITED) == ("no-evidence", [])
    assert verdict(FED) == ("no-evidence", [])
    assert verdict(FOUND) == ("no-evidence", [])


def test_a_risk_to_treat_without_a_working_control_falls_short(watch, verdict):
    watch.control(watch.risk())
    bare, late, broken = watch.risk(), watch.risk(), watch.risk()
    control = watch.control(late, in_operation_since=None, due=watch.day(-1))
    watch.control(broken, out_of_order_since=watch.day(-1))
    assert verdict(BY_CONTROL) == (
        "nonconforming",
        [
            (broken.number, NO_CONTROL),
            (late.number, NO_CONTROL),
            (bare.number, NO_CONTROL),
            (control.number, "Was to be in operation by a day that has passed, and is not."),
        ],
    )


def test_risks_under_a_working_control_conform(watch, verdict):
    watch.control(watch.risk())
    risk = watch.risk()
    watch.control(treatment=watch.plan(risk))
    assert verdict(BY_CONTROL) == ("conforming", [])


def test_a_control_of_a_plan_nobody_approved_is_none_yet(watch, verdict):
    risk = watch.risk()
    plan = watch.plan(risk, approve=False)
    watch.control(treatment=plan)
    assert verdict(BY_CONTROL) == ("no-evidence", [])
    watch.control(watch.risk())
    assert verdict(BY_CONTROL) == ("nonconforming", [(risk.number, NO_CONTROL)])
    watch.approved(plan)
    assert verdict(BY_CONTROL) == ("conforming", [])


def test_controls_name_risks_and_risks_have_controls(watch, verdict):
    watch.control(watch.risk())
    gone = watch.risk()
    of_nothing, bare = watch.control(gone), watch.risk()
    retire(gone, "Line given up.")
    assert verdict(CITED) == (
        "nonconforming",
        [
            (of_nothing.number, "Does not say on which risks it bears."),
            (bare.number, "Is to be treated, but no control bears on it."),
        ],
    )


def test_controls_that_answer_to_all_risks_conform(watch, verdict):
    watch.control(watch.risk(), watch.risk())
    watch.control(in_operation_since=None, due=watch.day(9))
    assert verdict(CITED) == ("conforming", [])


def test_a_control_bears_on_a_risk_once(watch):
    control, risk = watch.control(), watch.risk()
    watch.bears_on(control, risk)
    with pytest.raises(ValidationError, match="This control bears on this risk already"):
        ControlledRisk(control=control, risk=risk, likelihood_factor=0.5).full_clean()


# -- risks, processes and controls (6.1.3 d, draft 4.4.6 A b) ------------------------------------


@pytest.mark.parametrize("item", [FED, FOUND])
def test_a_risk_to_treat_that_nothing_answers_falls_short(watch, verdict, item):
    watch.control(watch.risk(), in_operation_since=watch.day(-10))
    bare = watch.risk()
    assert verdict(item) == (
        "nonconforming",
        [(bare.number, "Is to be treated, but is linked to no process and no control.")],
    )


def test_what_answers_a_risk_is_held_against_it_as_it_is_rated(watch, verdict, good):
    before = {"reviewed_on": watch.day(-81)}
    by_control, by_process, by_link = watch.risk(), watch.risk(), watch.risk()
    watch.control(by_control, **before)
    process = good.process(revised_on=watch.day(-81), **before)
    by_process.process = process
    by_process.save()
    good.link(process, by_link, Relation.SERVES)
    why = (
        "Has a process or control, but none that changed or was reviewed since the risk was rated."
    )
    assert verdict(FED) == (
        "nonconforming",
        [(risk.number, why) for risk in (by_link, by_process, by_control)],
    )
    assert verdict(FOUND) == ("conforming", [])
    process.revised_on = watch.day(-80)
    process.save()
    assert verdict(FED) == ("nonconforming", [(by_control.number, why)])


def test_risks_answered_by_what_was_looked_at_since_conform(watch, verdict, good):
    watch.control(watch.risk())
    good.link(watch.risk(), good.process(revised_on=watch.day(-300)), Relation.CONCERNS)
    watch.control(watch.risk(), reviewed_on=None, in_operation_since=watch.day(-80))
    assert verdict(FED) == ("conforming", [])
    assert verdict(FOUND) == ("conforming", [])


# -- what a control and its checks can't say -----------------------------------------------------


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"in_operation_since": None}, "Say since when it is in operation, or by when it is to be"),
        ({"in_operation_since": 1}, "This day has not come yet"),
        ({"out_of_order_since": -201}, "What is out of order was in operation before"),
        ({"check_every_days": 0}, "It is checked every day at most: give 1 or more"),
    ],
)
def test_a_control_says_since_when_it_works(watch, fields, words):
    days = {
        name: watch.day(value) if value and name != "check_every_days" else value
        for name, value in fields.items()
    }
    with pytest.raises(ValidationError, match=words):
        watch.control(checked=False, **days)


def test_the_next_check_is_one_interval_later_unless_said_otherwise(watch):
    control = watch.control(checked=False)
    assert watch.check(control).next_due == watch.day(60)
    assert watch.check(control, next_due=watch.day(7)).next_due == watch.day(7)


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"result": "partly"}, "Say what was found not to work"),
        ({"next_due": -30}, "The next check lies after this one"),
        ({"checked_on": 1}, "This day has not come yet"),
    ],
)
def test_a_check_says_what_it_found_and_when(watch, fields, words):
    days = {n: watch.day(v) if isinstance(v, int) else v for n, v in fields.items()}
    with pytest.raises(ValidationError, match=words):
        watch.check(watch.control(checked=False), **days)
