"""Means are worked out, decided on and really there (7.1, 5.1, draft 4.4.1 d)."""

from itertools import product

import pytest
from django.core.exceptions import ValidationError

from bartizan.clauses.support.checks.resources import SORTS
from bartizan.clauses.support.models import ResourceNeed, StaffingLevel
from tests.cast import appoint
from tests.clauses.planned import Plans

ITEMS = ("2022:7.1-p1", "2022:7.1-p2", "2022:5.1-4", "dis:4.4.1-d")
DECIDED = ("2022:5.1-4", "dis:4.4.1-d")


@pytest.fixture
def plans(owner, manager, today) -> Plans:
    return Plans(owner, manager, today)


def test_where_nothing_is_there_no_item_has_evidence(plans, verdict):
    plans.need(status="draft")
    plans.need(period_until=plans.day(-1))
    assert {item: verdict(item) for item in ITEMS} == {item: ("no-evidence", []) for item in ITEMS}


def test_needs_of_every_sort_and_stage_that_are_met_conform(plans, verdict, confirm):
    nothing = {"is_needed": False, "amount": None, "decision": "open"}
    for stage, sort in product(ResourceNeed.Stage.values, SORTS):
        plans.need(sort=sort, stage=stage, **nothing, decided_by=None, decided_on=None)
    plans.grant(plans.need())
    confirm("2022:7.1-p1", ResourceNeed.objects.first())
    assert {item: verdict(item) for item in ITEMS} == {item: ("conforming", []) for item in ITEMS}


def test_a_stage_that_nobody_worked_out_is_named(plans, verdict):
    for stage, sort in product(ResourceNeed.Stage.values, SORTS):
        if (stage, sort) != ("maintain", "people"):
            plans.need(sort=sort, stage=stage)
    assert verdict("2022:7.1-p1") == (
        "nonconforming",
        [("", "There are no needs of people for keeping it up.")],
    )


def test_an_agreed_need_says_how_much(plans, verdict):
    plans.grant(plans.need())
    vague = plans.need(amount=None)
    why = "Is agreed, and does not say how much."
    assert verdict("2022:7.1-p2") == ("nonconforming", [(vague.number, why)])


def test_a_shortfall_is_decided_on(plans, verdict):
    need = plans.need()
    plans.grant(need, 50_000)
    plans.need(due=plans.day(1))
    why = "Was agreed and not granted in full when it was needed, and nobody decided on the rest."
    for item in ("2022:7.1-p2", *DECIDED):
        assert verdict(item) == ("nonconforming", [(need.number, why)])
    assert (need.granted, need.missing) == (50_000, "30,000 of 80,000 EUR")
    assert str(need.grants.get()) == f"{need.number}: 50,000 EUR"
    plans.grant(need, 30_000, days=-1)
    assert verdict("2022:7.1-p2") == ("conforming", [])
    assert ResourceNeed.objects.get(pk=need.pk).missing == "nothing"


@pytest.mark.parametrize("days", [-1, None])
def test_a_need_is_not_left_open_past_its_day(plans, verdict, days):
    undecided = {"decision": "open", "decided_by": None, "decided_on": None}
    plans.need(due=plans.day(1), **undecided)
    late = plans.need(due=days and plans.day(days), **undecided)
    why = "Was neither agreed nor refused when it was needed."
    for item in DECIDED:
        assert verdict(item) == ("nonconforming", [(late.number, why)])


def test_only_top_management_refuses_and_says_which_risk_stays(plans, verdict):
    wrong = plans.need(decision="refused", decided_by=plans.owner)
    assert verdict("2022:5.1-4") == (
        "nonconforming",
        [
            (wrong.number, "Was refused by somebody who was not top management."),
            (wrong.number, "Was refused without a word on the risk that stays."),
        ],
    )
    assert verdict("dis:4.4.1-d") == ("conforming", [])
    wrong.decided_by, wrong.residual_risk = plans.manager, "Patterns are seen late."
    wrong.save()
    assert verdict("2022:5.1-4") == ("conforming", [])


# -- means of plans ------------------------------------------------------------------------------


def test_a_plan_lists_means_or_says_that_it_takes_none(plans, verdict):
    everything = plans.whole()
    objective = everything.objective
    everything.need.links_out.all().delete()
    why = "Lists no means with an amount, and no note that it takes none."
    for item in ("2022:6.2.2-2", "2022:4.2.3.2-p2", "2022:7.5.1-p2"):
        assert verdict(item) == ("nonconforming", [(objective.number, why)])
    plans.link(everything.need, objective)
    assert verdict("2022:6.2.2-2") == ("conforming", [])
    everything.need.links_out.all().delete()
    plans.change_it(objective, no_means_reason="Half an hour a month.")
    assert verdict("2022:6.2.2-2") == ("conforming", [])


def test_what_is_not_granted_can_not_be_carried_through(plans, verdict):
    everything = plans.whole()
    everything.grant.delete()
    value, reasons = verdict("2022:5.1-7")
    wanting = "Rests on means that are not granted, without a decision."
    assert (value, reasons) == (
        "nonconforming",
        [
            (everything.objective.number, wanting),
            (everything.target.number, wanting),
            (
                everything.programme.number,
                wanting,
            ),
        ],
    )
    everything.need.shortfall_decision = "Board, 3 May: leased until autumn."
    everything.need.save()
    assert verdict("2022:5.1-7") == ("awaiting-attestation", [])


# -- staffing ------------------------------------------------------------------------------------


def test_those_who_hold_a_role_in_a_unit_are_counted(plans, north, south, colleague, stranger):
    level = plans.record(
        StaffingLevel, "Dispatchers in the north", unit=north,
        role=colleague.assignments.get().role, needed=2, basis="Two shifts.",
    )  # fmt: skip
    assert (level.present, level.short_of) == (1, 1)
    elsewhere = appoint(stranger, south, "clerk", "read *", 1)
    elsewhere.role = level.role
    elsewhere.save()
    assert (level.present, level.short_of) == (1, 1)


# -- limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields, words",
    [
        (
            {"amount": 0.0},
            "An amount is more than nothing and says of what: EUR, people, days.",
        ),
        (
            {"measured_in": ""},
            "An amount is more than nothing and says of what: EUR, people, days.",
        ),
        ({"decided_on": None}, "A decision says who decided and when."),
        ({"period_until": -200}, "The last day can't lie before the first."),
    ],
)
def test_needs_that_contradict_themselves_are_refused(plans, fields, words):
    fields = {k: plans.day(v) if v == -200 else v for k, v in fields.items()}
    with pytest.raises(ValidationError) as refused:
        plans.need(**fields)
    assert refused.value.messages == [words]
