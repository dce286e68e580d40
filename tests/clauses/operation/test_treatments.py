"""Treatment plans: from the decision on a risk to a look at what they did (8.3, 6.1.3)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from bartizan.clauses.operation.models import TreatedRisk, TreatmentRule
from bartizan.ground.records.life import retire

NO_CONTROL = (
    "Is to be treated, but no control on it works or still has time to come into operation."
)
NO_PLAN = "Is to be treated, but no approved plan treats it."

OPTIONS, PLANS = "2022:8.3-d", "2022:8.3-e"
ESTIMATES = pytest.mark.parametrize("item", ["2022:6.1.3-f", "dis:4.3.1-B.d"])


@pytest.fixture
def treated(watch):
    """A risk with a plan and a control."""
    risk = watch.risk()
    watch.plan(risk)
    watch.control(risk)
    return risk


# -- options chosen, and carried out (8.3 d) -----------------------------------------------------


def test_without_a_plan_in_force_there_is_no_evidence(watch, verdict):
    watch.risk()
    retire(watch.plan(), "Given up.")
    watch.plan(status="draft", approve=False)
    for item in (OPTIONS, PLANS, "2022:6.1.3-f", "dis:4.3.1-B.d"):
        assert verdict(item) == ("no-evidence", []), item


def test_a_plan_says_what_else_was_weighed(watch, verdict, treated):
    wrong = watch.plan(treated, alternatives="")
    assert verdict(OPTIONS) == (
        "nonconforming",
        [(wrong.number, "Does not say what else was weighed.")],
    )


def test_a_risk_to_treat_has_an_approved_plan_and_a_control(watch, verdict, treated):
    wrong = watch.risk()
    watch.plan(wrong, approve=False)
    assert verdict(OPTIONS) == (
        "nonconforming",
        [(wrong.number, NO_PLAN), (wrong.number, NO_CONTROL)],
    )


def test_a_late_control_is_no_control_and_is_named(watch, verdict, treated):
    risk = watch.risk()
    plan = watch.plan(risk)
    late = watch.control(risk, in_operation_since=None, due=watch.day(-1))
    of_plan = watch.control(in_operation_since=None, due=watch.day(-1), treatment=plan)
    why = "Was to be in operation by a day that has passed, and is not."
    assert verdict(OPTIONS) == (
        "nonconforming",
        [(risk.number, NO_CONTROL), (of_plan.number, why), (late.number, why)],
    )


def test_options_carried_out_or_in_time_conform(watch, verdict, treated):
    coming = watch.risk()
    watch.control(in_operation_since=None, due=watch.today, treatment=watch.plan(coming))
    watch.risk(decision="accept")
    watch.risk(decision="")
    retire(watch.risk(), "Gone.")
    assert verdict(OPTIONS) == ("conforming", [])


# -- plans drawn up, and carried out (8.3 e) -----------------------------------------------------


@pytest.mark.parametrize(
    "spoilt, why",
    [
        ({"owner": None}, "Has nobody who answers for it."),
        ({"steps": 0}, "Has no steps."),
        ({"starts_on": None}, "Does not say when it starts and when it is due."),
        ({"due": None}, "Does not say when it starts and when it is due."),
        ({"goal": ""}, "Does not say what is to be left of the risks."),
        ({"approve": False}, "Is not approved as it stands now."),
    ],
)
def test_a_plan_among_others_that_lacks_something_is_enough(watch, verdict, treated, spoilt, why):
    wrong = watch.plan(treated, **spoilt)
    assert verdict(PLANS) == ("nonconforming", [(wrong.number, why)])


def test_a_plan_treats_a_risk_that_is_in_force(watch, verdict, treated):
    gone = watch.risk()
    wrong = watch.plan(gone)
    retire(gone, "Line given up.")
    assert verdict(PLANS) == ("nonconforming", [(wrong.number, "Treats no risk.")])


def test_an_overdue_step_makes_its_plan_fall_short(watch, verdict, treated, good):
    wrong = watch.plan(treated)
    good.action(wrong, due=watch.day(-10), done_on=watch.day(-5), outcome="Late, but done.")
    assert verdict(PLANS) == ("conforming", [])
    good.action(wrong, due=watch.day(-1))
    assert verdict(PLANS) == ("nonconforming", [(wrong.number, "Has a step that is overdue.")])


def test_when_a_plan_is_done_its_risks_are_rated_anew(watch, verdict):
    risk = watch.risk(rated_on=watch.day(-21))
    plan = watch.done(risk)
    assert verdict(PLANS) == (
        "nonconforming",
        [(plan.number, "Is done, but a risk it treats has not been rated since.")],
    )
    risk.rated_on = watch.day(-20)
    risk.save()
    assert verdict(PLANS) == ("conforming", [])


def test_closing_a_plan_is_approved_like_the_plan(watch, verdict, treated):
    plan = treated.treatments.get().treatment
    plan.done_on, plan.outcome = watch.day(-90), "Places booked."
    plan.save()
    assert verdict(PLANS) == ("nonconforming", [(plan.number, "Is not approved as it stands now.")])


# -- where the results of evaluating risks go (6.1.3 b and f) ------------------------------------


def test_without_a_rated_risk_there_is_nothing_to_treat(watch, verdict):
    watch.risk(likelihood=None)
    assert verdict("2022:6.1.3-b") == ("no-evidence", [])


def test_a_rated_risk_has_a_decision_and_if_it_is_to_be_treated_a_plan(watch, verdict, treated):
    undecided, unplanned = watch.risk(decision=""), watch.risk(decision="share")
    assert verdict("2022:6.1.3-b") == (
        "nonconforming",
        [
            (undecided.number, "Has no decision: avoid, reduce, share or accept."),
            (unplanned.number, NO_PLAN),
        ],
    )


def test_rated_risks_with_decision_and_plan_conform(watch, verdict, treated):
    watch.risk(decision="accept")
    assert verdict("2022:6.1.3-b") == ("conforming", [])


@ESTIMATES
@pytest.mark.parametrize("blank", ["cost_once", "cost_per_year", "staff_days"])
def test_a_plan_says_what_it_takes(watch, verdict, treated, item, blank):
    wrong = watch.plan(treated, **{blank: None})
    assert verdict(item) == (
        "nonconforming",
        [(wrong.number, "Does not say what it costs and how many staff days it takes.")],
    )


@ESTIMATES
def test_an_estimate_names_its_risks(watch, verdict, treated, item):
    wrong = watch.plan()
    assert verdict(item) == ("nonconforming", [(wrong.number, "Treats no risk.")])


@ESTIMATES
def test_estimates_for_risks_conform_and_nothing_is_an_estimate_too(watch, verdict, treated, item):
    watch.plan(treated, cost_once=0, cost_per_year=0, staff_days=0)
    assert verdict(item) == ("conforming", [])


# -- what a plan can't say -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"due": -51}, r"It is due before it starts: check the two days\."),
        ({"done_on": -1}, r"Say what came of it\."),
        ({"done_on": 1, "outcome": "Done."}, r"This day has not come yet\."),
    ],
)
def test_days_and_outcome_fit_together(watch, fields, words):
    days = {n: watch.day(v) if isinstance(v, int) else v for n, v in fields.items()}
    with pytest.raises(ValidationError, match=words):
        watch.plan(**days)


@pytest.mark.parametrize(
    "factors, words",
    [
        ((1, 1), "does nothing about the risk"),
        ((1.2, 0.5), r"A share between 0 \(nothing is left\) and 1 \(all of it is left\)\."),
        ((0.5, -0.1), r"A share between 0 \(nothing is left\) and 1 \(all of it is left\)\."),
        ((float("nan"), 0.5), "no number one can calculate with"),
    ],
)
def test_an_effect_leaves_a_share_of_the_risk(watch, factors, words):
    likelihood, consequence = factors
    row = TreatedRisk(
        treatment=watch.plan(),
        risk=watch.risk(),
        likelihood_factor=likelihood,
        consequence_factor=consequence,
    )
    with pytest.raises(ValidationError, match=words):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


# -- rules between treatments --------------------------------------------------------------------


@pytest.fixture
def rule(watch):
    def made(treatment, rule, other) -> TreatmentRule:
        row = TreatmentRule(treatment=treatment, rule=rule, other=other)
        row.full_clean()
        row.save()
        return row

    return made


def test_a_plan_can_need_one_and_exclude_another(watch, rule):
    first, second, third = watch.plan(), watch.plan(), watch.plan()
    needs, excludes = rule(first, "needs", second), rule(first, "excludes", third)
    assert [str(needs), str(excludes)] == [
        f"{first.number} needs {second.number}",
        f"{first.number} excludes {third.number}",
    ]


def test_plans_that_need_each_other_in_a_ring_are_refused(watch, rule):
    first, second, third = watch.plan(), watch.plan(), watch.plan()
    rule(first, "needs", second)
    rule(second, "needs", third)
    with pytest.raises(ValidationError, match="That plan needs this one already"):
        rule(third, "needs", first)
    rule(third, "excludes", watch.plan())


@pytest.mark.parametrize("turned", [False, True])
def test_two_plans_have_one_rule_between_them(watch, rule, turned):
    first, second = watch.plan(), watch.plan()
    rule(first, "excludes", second)
    pair = (second, first) if turned else (first, second)
    with pytest.raises(ValidationError, match="There is a rule between these two already"):
        rule(pair[0], "needs", pair[1])


def test_a_plan_has_no_rule_with_itself(watch, rule):
    plan = watch.plan()
    with pytest.raises(ValidationError, match="A rule stands between two different plans"):
        rule(plan, "excludes", plan)


# -- looking at the effect -----------------------------------------------------------------------


def test_an_effect_is_verified_once_the_plan_is_done(watch):
    with pytest.raises(ValidationError, match="An effect can be verified once the plan is done"):
        watch.review(watch.plan())
    with pytest.raises(ValidationError, match="An effect can be verified once the plan is done"):
        watch.review(watch.done(), verified_on=watch.day(-21))


def test_a_review_is_called_after_its_plan_and_its_day(watch):
    review = watch.review(watch.done())
    assert review.title == f"Guarded parking, {watch.day(-5)}"
