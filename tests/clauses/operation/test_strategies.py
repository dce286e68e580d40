"""Strategies: chosen from options by criteria, and what they take (8.5.1, 8.5.2)."""

import pytest
from django.core.exceptions import ValidationError

from bartizan.clauses.operation.models import ProtectionRequirement, StrategyComponent
from bartizan.ground.records.life import retire

SELECTED, MEANS = "2022:8.5.1-p2", "2022:8.5.2"
CRITERIA = [f"2022:8.5.1-{letter}" for letter in "abcde"]
DEMANDS, APPETITE, FIGURES = "2022:8.5.1-1", "2022:8.5.1-2", "2022:8.5.1-3"


@pytest.fixture
def strategy(watch):
    """A strategy chosen from two options, made of a control on a risk."""
    made = watch.strategy()
    watch.component(made, control=watch.control(watch.risk()), no_means_reason="It is there.")
    return made


# -- chosen on the basis of analysis and assessment (8.5.1) --------------------------------------


def test_without_a_strategy_in_force_there_is_no_evidence(watch, verdict):
    retire(watch.strategy(), "Given up.")
    for item in (SELECTED, *CRITERIA, DEMANDS, APPETITE, FIGURES, MEANS):
        assert verdict(item) == ("no-evidence", []), item


def test_a_strategy_rests_on_an_assessment_that_counts(watch, verdict, strategy):
    of_none = watch.strategy(assessment=None)
    open_one = watch.assessment(done_on=None)
    on_open = watch.strategy(assessment=open_one)
    for one in (of_none, on_open):
        watch.component(one, control=watch.control())
    why = "Rests on no risk assessment that counts."
    assert verdict(SELECTED) == ("nonconforming", [(on_open.number, why), (of_none.number, why)])


def test_a_newer_assessment_of_the_whole_replaces_the_one_it_rests_on(watch, verdict, strategy):
    watch.assessment(done_on=watch.day(-70), is_overall=False)
    assert verdict(SELECTED) == ("awaiting-attestation", [])
    watch.assessment(done_on=watch.day(-70))
    assert verdict(SELECTED) == (
        "nonconforming",
        [
            (
                strategy.number,
                "Rests on a risk assessment that a newer one of the whole system has replaced.",
            )
        ],
    )


def test_a_strategy_names_what_it_was_judged_by(watch, verdict, strategy):
    wrong = watch.strategy(options=0)
    gone = watch.threat()
    watch.option(wrong, threats=[gone], vulnerabilities=[])
    retire(gone, "Over.")
    watch.component(wrong, control=watch.control())
    assert verdict(SELECTED) == (
        "nonconforming",
        [(wrong.number, "Names no threat and no vulnerability that its options were judged by.")],
    )


def test_a_strategy_is_made_of_something_in_force(watch, verdict, strategy):
    wrong, control = watch.strategy(), watch.control()
    watch.component(wrong, control=control)
    retire(control, "Given up.")
    assert verdict(SELECTED) == (
        "nonconforming",
        [(wrong.number, "Lists nothing in force that it is made of.")],
    )


def test_a_strategy_made_of_a_plan_nobody_approved_is_made_of_nothing_yet(watch, verdict):
    risk = watch.risk()
    plan = watch.plan(risk, approve=False)
    made = watch.strategy()
    watch.component(made, treatment=plan)
    for sort in ("people", "equipment", "money", "time"):
        watch.need(plan, sort)
    why = "Lists nothing in force that it is made of."
    assert verdict(SELECTED) == ("nonconforming", [(made.number, why)])
    assert verdict(APPETITE) == ("no-evidence", [])
    assert verdict(MEANS) == ("no-evidence", [])
    watch.approved(plan)
    assert verdict(SELECTED) == ("awaiting-attestation", [])
    assert verdict(APPETITE) == ("conforming", [])
    assert verdict(MEANS) == ("conforming", [])


def test_what_falls_short_does_so_in_a_plan_nobody_approved_too(watch, verdict, strategy):
    risk = watch.risk(target_likelihood=2)
    part = watch.component(strategy, treatment=watch.plan(risk, approve=False))
    why = "Stays above the appetite with the strategy, and nobody has signed for that."
    assert verdict(APPETITE) == ("nonconforming", [(risk.number, why)])
    assert {key for key, _why in verdict(MEANS)[1]} == {str(part.pk)}


def test_a_strategy_is_approved(watch, verdict, strategy):
    strategy.aim = "Medicines and electronics."
    strategy.save()
    assert verdict(SELECTED) == (
        "nonconforming",
        [(strategy.number, "Is not approved as it stands now.")],
    )


def test_a_strategy_chosen_from_its_analysis_conforms(watch, verdict, confirm, strategy):
    assert verdict(SELECTED) == ("awaiting-attestation", [])
    confirm(SELECTED, strategy)
    assert verdict(SELECTED) == ("conforming", [])


# -- the options, criterion by criterion ---------------------------------------------------------

FAILURE = "Does not say how soon a failing control is noticed, repaired, and what stands in for it."
GRADE = "Has no grade for keeping the organization secure."
BASIS = "Has no basis for its grade."
WEAK = "Does not say which vulnerabilities it bears on."
RARER = "Does not say how much rarer it makes vulnerabilities."
THREATS = "Does not say which threats it bears on."
SELDOM = "Does not say how much less often threats come true."
BEYOND = "Needs more than is available, and nothing says how that gap is closed."
HELD = "Does not hold the means it needs against those available."


@pytest.mark.parametrize(
    "letter, spoilt, why",
    [
        ("a", {"grade": None}, GRADE),
        ("a", {"grade_basis": ""}, BASIS),
        ("b", {"vulnerabilities": []}, WEAK),
        ("b", {"vulnerability_cut": None}, RARER),
        ("c", {"threats": []}, THREATS),
        ("c", {"threat_cut": None}, SELDOM),
        ("d", {"detection_hours": None}, FAILURE),
        ("d", {"repair_hours": None}, FAILURE),
        ("d", {"fallback": ""}, FAILURE),
        ("e", {"budget": None}, HELD),
        ("e", {"staff_days_available": None}, HELD),
        ("e", {"cost": 50_001}, BEYOND),
        ("e", {"staff_days": 21}, BEYOND),
    ],
)
def test_an_option_does_well_or_badly_on_each_criterion(
    watch, verdict, strategy, letter, spoilt, why
):
    wrong = watch.option(strategy, **spoilt)
    assert verdict(f"2022:8.5.1-{letter}") == ("nonconforming", [(wrong.number, why)])


@pytest.mark.parametrize("item", CRITERIA)
def test_options_compared_on_a_criterion_conform(watch, verdict, strategy, item):
    watch.option(strategy, cost=80_000, gap_plan="From the reserve.", vulnerability_cut=0)
    assert verdict(item) == ("conforming", [])


def test_the_same_grade_for_all_needs_a_reason(watch, verdict, strategy):
    strategy.options.update(grade=4)
    assert verdict("2022:8.5.1-a") == (
        "nonconforming",
        [(strategy.number, "Gives all options the same grade without a reason.")],
    )
    strategy.same_grade_reason = "They differ in cost alone."
    strategy.save()
    assert verdict("2022:8.5.1-a") == ("conforming", [])


def test_one_option_of_a_strategy_is_chosen(watch, strategy):
    with pytest.raises(ValidationError, match="Another option of this strategy is chosen already"):
        watch.option(strategy, is_chosen=True)


@pytest.mark.parametrize("cut", ["vulnerability_cut", "threat_cut"])
def test_nothing_gets_rarer_by_more_than_all_of_it(watch, strategy, cut):
    with pytest.raises(
        ValidationError, match="Nothing gets rarer by more than all of it: give 100 at most"
    ):
        watch.option(strategy, **{cut: 101})


# -- what the choice looked at -------------------------------------------------------------------


@pytest.mark.parametrize("item", [DEMANDS, FIGURES])
def test_without_a_choice_there_is_no_evidence_of_one(watch, verdict, strategy, item):
    strategy.options.update(is_chosen=False)
    assert verdict(item) == ("no-evidence", [])


def test_a_strategy_lists_what_it_has_to_live_up_to(watch, verdict, strategy):
    strategy.protection_requirements.all().delete()
    assert verdict(DEMANDS) == (
        "nonconforming",
        [(strategy.number, "Has chosen an option, but lists nothing it has to live up to.")],
    )


def test_a_demand_that_is_not_met_is_accepted_by_somebody(watch, verdict, strategy, manager):
    wrong = watch.demand(strategy, demand="Help comes within 5 minutes.", is_met=False, met_by="")
    why = "Is not met by the option chosen, and nobody has accepted that."
    assert verdict(DEMANDS) == ("nonconforming", [(str(wrong.pk), why)])
    wrong.accepted_by, wrong.accepted_on = manager, watch.today
    wrong.save()
    assert verdict(DEMANDS) == ("conforming", [])


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"is_met": True}, "Say how the chosen option meets it"),
        ({"accepted_on": "2026-01-01"}, "says so with a day; what is met needs nobody"),
    ],
)
def test_a_demand_is_met_somehow_or_accepted_by_somebody(watch, strategy, fields, words):
    row = ProtectionRequirement(strategy=strategy, demand="Help within 5 minutes.", **fields)
    with pytest.raises(ValidationError, match=words):
        row.full_clean()


def test_without_an_approved_appetite_there_is_no_evidence(watch, verdict, strategy):
    method = watch.method()
    method.criteria = "Something else."
    method.save()
    assert verdict(APPETITE) == ("no-evidence", [])


def test_what_stays_above_the_appetite_is_signed_for(watch, verdict, strategy):
    risk = watch.risk(target_likelihood=2)
    watch.component(strategy, treatment=watch.plan(risk))
    why = "Stays above the appetite with the strategy, and nobody has signed for that."
    signed = watch.acceptance(risk, expires_on=watch.today)
    assert verdict(APPETITE) == ("nonconforming", [(risk.number, why)])
    signed.expires_on = watch.day(1)
    signed.save()
    assert verdict(APPETITE) == ("conforming", [])


def test_what_was_signed_for_at_a_lower_level_is_not_signed_for(watch, verdict, strategy):
    risk = watch.risk(likelihood=1, target_likelihood=None, target_impact=None)
    watch.acceptance(risk)
    watch.component(strategy, treatment=watch.plan(risk))
    assert verdict(APPETITE) == ("conforming", [])
    risk.likelihood = 3
    risk.save()
    assert verdict(APPETITE)[0] == "nonconforming"


def test_a_risk_of_a_strategy_has_a_rating_of_what_is_left(watch, verdict, strategy):
    blank = {"likelihood": None, "target_likelihood": None}
    risk = watch.risk(**blank)
    watch.component(strategy, control=watch.control(risk))
    watch.risk(**blank)
    assert verdict(APPETITE) == (
        "nonconforming",
        [(risk.number, "Belongs to a strategy, but nobody has rated what is to be left of it.")],
    )


def test_risks_brought_below_the_appetite_conform(watch, verdict, strategy):
    assert verdict(APPETITE) == ("conforming", [])


@pytest.mark.parametrize("blank", ["cost", "benefit"])
def test_the_option_chosen_has_figures(watch, verdict, strategy, blank):
    chosen = strategy.options.get(is_chosen=True)
    setattr(chosen, blank, None)
    chosen.save()
    assert verdict(FIGURES) == (
        "nonconforming",
        [(chosen.number, "Is chosen without a figure for its cost and one for its benefit.")],
    )


def test_a_choice_has_a_reason(watch, verdict, strategy):
    assert verdict(FIGURES) == ("conforming", [])
    strategy.choice_reason = ""
    strategy.save()
    assert verdict(FIGURES) == (
        "nonconforming",
        [(strategy.number, "Does not say why this option was chosen.")],
    )


# -- the means (8.5.2) ---------------------------------------------------------------------------


def test_without_any_need_worked_out_there_is_no_evidence(watch, verdict):
    watch.component(watch.strategy(), control=watch.control())
    assert verdict(MEANS) == ("no-evidence", [])


def test_people_equipment_money_and_time_are_worked_out(watch, verdict, strategy):
    plan = watch.plan()
    part = watch.component(strategy, treatment=plan)
    watch.need(plan, "money")
    retire(watch.need(plan, "people"), "Worked out anew.")
    watch.need(watch.plan(), "time")
    assert verdict(MEANS) == (
        "nonconforming",
        [
            (str(part.pk), "Has no need for people worked out, and no reason for none."),
            (str(part.pk), "Has no need for equipment worked out, and no reason for none."),
            (str(part.pk), "Has no need for time worked out, and no reason for none."),
        ],
    )


def test_needs_for_each_kind_of_component_conform(watch, verdict, strategy, good):
    parts = {
        "treatment": watch.plan(),
        "control": watch.control(),
        "process": good.process(),
        "procedure": good.procedure(),
    }
    for name, part in parts.items():
        watch.component(strategy, **{name: part})
        for sort in ("people", "equipment", "money", "time"):
            watch.need(part, sort, is_needed=sort != "equipment")
    assert verdict(MEANS) == ("conforming", [])


@pytest.mark.parametrize("named", [[], ["control", "process"]])
def test_a_component_is_exactly_one_thing(watch, good, strategy, named):
    parts = {"control": watch.control(), "process": good.process()}
    row = StrategyComponent(strategy=strategy, **{name: parts[name] for name in named})
    with pytest.raises(ValidationError, match="Name exactly one"):
        row.full_clean()
