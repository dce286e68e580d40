"""Planning starts from the context, finds risks and opportunities, and acts on them (6.1.1)."""

import pytest
from django.core.exceptions import ValidationError

from bartizan.clauses.planning.models import SystemRisk
from bartizan.ground.records.models import Declaration, Relation
from tests.clauses.planned import Plans

ITEMS = (
    "2022:6.1.1-p1", "2022:6.1.1-p2", "2022:6.1.1-1", "2022:6.1.1-2", "2022:6.1.1-3",
    "2022:6.1.1-a", "2022:6.1.1-b.2", "2022:6.1.1-p3",
)  # fmt: skip
LEFT_OUT = "Is older than a round of planning, and tied to no risk, opportunity or planning note."


@pytest.fixture
def plans(owner, manager, today) -> Plans:
    return Plans(owner, manager, today)


@pytest.fixture
def a_round(plans) -> None:
    plans.declare(Declaration.Figure.PLANNING_ROUND, 60)


def test_where_nothing_is_there_no_item_has_evidence(plans, verdict):
    plans.system_risk(status="draft")
    assert {item: verdict(item) for item in ITEMS} == {item: ("no-evidence", []) for item in ITEMS}


# -- planning starts from the context ------------------------------------------------------------


def test_without_a_declared_round_nobody_can_say_that_planning_looked(plans, verdict):
    plans.link(plans.system_risk(), plans.issue(), Relation.CONSIDERS)
    assert verdict("2022:6.1.1-p1") == ("no-evidence", [])


def test_an_issue_older_than_a_round_is_planned_for(plans, verdict, a_round):
    risk = plans.system_risk()
    plans.link(risk, plans.issue(), Relation.CONSIDERS)
    noted, left_out = plans.issue(), plans.issue()
    plans.issue(identified_on=plans.day(-10))
    plans.issue(is_relevant=False, irrelevance_reason="We have no ships.")
    plans.note(issue=noted)
    assert verdict("2022:6.1.1-p1") == ("nonconforming", [(left_out.number, LEFT_OUT)])
    plans.note(issue=left_out)
    assert verdict("2022:6.1.1-p1") == ("conforming", [])


def test_a_requirement_or_obligation_older_than_a_round_is_planned_for(plans, verdict, a_round):
    risk = plans.system_risk()
    plans.link(plans.requirement(), risk, Relation.CONSIDERS)
    plans.link(risk, plans.obligation(), Relation.CONSIDERS)
    requirement, obligation = plans.requirement(), plans.obligation()
    plans.requirement(decision="not-adopted", decision_reason="Too far.")
    assert verdict("2022:6.1.1-p2") == (
        "nonconforming",
        [(requirement.number, LEFT_OUT), (obligation.number, LEFT_OUT)],
    )
    plans.note(requirement=requirement)
    plans.note(obligation=obligation)
    assert verdict("2022:6.1.1-p2") == ("conforming", [])


# -- risks and opportunities for the system ------------------------------------------------------


def test_every_intended_result_has_a_risk_or_opportunity_with_an_owner(plans, verdict, confirm):
    scope = plans.scope(intended_results="Loss-free delivery.\nPeople come home.")
    plans.approve(scope)
    plans.system_risk()
    plans.system_risk(intended_result="People come home", owner=None)
    why = "Lists an intended result on which no risk or opportunity with an owner bears."
    assert verdict("2022:6.1.1-1") == ("nonconforming", [(scope.number, why)])
    plans.system_risk(nature="opportunity", intended_result="People come home")
    confirm("2022:6.1.1-1", scope)
    assert verdict("2022:6.1.1-1") == ("conforming", [])


@pytest.mark.parametrize(
    "spoilt, why",
    [
        ({"effect": ""}, "Names no effect."),
        ({"level": ""}, "Has no level."),
        ({"decision": "open", "decided_on": None}, "Has no decision."),
    ],
)
def test_a_risk_states_its_effect_a_level_and_a_decision(plans, verdict, spoilt, why):
    plans.system_risk()
    wrong = plans.system_risk(**spoilt)
    assert verdict("2022:6.1.1-2") == ("nonconforming", [(wrong.number, why)])


def test_risks_that_state_all_of_it_conform_once_somebody_finds_the_list_complete(
    plans, verdict, confirm
):
    risk = plans.system_risk()
    plans.system_risk(nature="opportunity", effect="", level="", decision="open", decided_on=None)
    assert verdict("2022:6.1.1-2") == ("awaiting-attestation", [])
    confirm("2022:6.1.1-2", risk)
    assert verdict("2022:6.1.1-2") == ("conforming", [])


def test_an_opportunity_is_taken_up_or_declined_in_each_round(plans, verdict, a_round):
    old = plans.system_risk(nature="opportunity", decided_on=plans.day(-70))
    open_ = plans.system_risk(nature="opportunity", decision="open", decided_on=None)
    missing = (
        "",
        "There are no opportunities taken up or declined within a declared round of planning.",
    )
    assert verdict("2022:6.1.1-3") == (
        "nonconforming",
        [missing, (open_.number, "Is undecided for longer than a round of planning.")],
    )
    old.decided_on = open_.decided_on = plans.day(-5)
    open_.decision, open_.decision_reason = "leave", "It does not pay."
    open_.save()
    assert verdict("2022:6.1.1-3") == ("conforming", [])


def test_an_opportunity_taken_up_without_an_action_is_not_settled(plans, verdict, a_round):
    taken = plans.system_risk(nature="opportunity", decided_on=plans.day(-5))
    assert verdict("2022:6.1.1-3")[0] == "nonconforming"
    plans.action(taken)
    assert verdict("2022:6.1.1-3") == ("conforming", [])


# -- what is done about them ---------------------------------------------------------------------


def test_what_is_to_be_acted_on_has_an_action_with_an_owner(plans, verdict):
    acted_on, bare = plans.system_risk(), plans.system_risk()
    plans.system_risk(decision="leave", decision_reason="Too small.")
    nobodys = plans.action(acted_on, owner=None)
    assert verdict("2022:6.1.1-a") == (
        "nonconforming",
        [
            (bare.number, "Is to be acted on and has no action."),
            (nobodys.number, "Is owed by nobody."),
        ],
    )
    plans.action(bare)
    nobodys.owner = plans.owner
    nobodys.save()
    assert verdict("2022:6.1.1-a") == ("conforming", [])


MEASURED = {"success_measure": "Under two hours."}
DONE = {"done_on": -20, "outcome": "A rota stands."}


def dated(plans, fields: dict) -> dict:
    days = {"done_on", "review_due", "reviewed_on", "effect_verified_on"}
    return {k: plans.day(v) if k in days and v is not None else v for k, v in fields.items()}


@pytest.mark.parametrize(
    "spoilt, why",
    [
        ({"success_measure": ""}, "Does not say how its effect will be judged."),
        ({"review_due": None}, "Has no review day on which its effect is judged."),
        ({"review_due": -1}, "Was to be judged by now and was not."),
        (
            DONE | {"effect_verified_on": -1, "effect_verified_by": "owner"},
            "Was judged by the one who did it.",
        ),
    ],
)
def test_the_effect_of_an_action_is_judged_in_time_by_somebody_else(plans, verdict, spoilt, why):
    risk = plans.system_risk()
    plans.action(risk, **MEASURED)
    if spoilt.get("effect_verified_by"):
        spoilt = spoilt | {"effect_verified_by": plans.owner}
    wrong = plans.action(risk, **(MEASURED | dated(plans, spoilt)))
    assert verdict("2022:6.1.1-b.2") == ("nonconforming", [(wrong.number, why)])


def test_actions_judged_by_somebody_else_conform(plans, verdict):
    judged = DONE | {"effect_verified_on": -1, "review_due": -1, "reviewed_on": -30}
    plans.action(
        plans.system_risk(), **MEASURED, **dated(plans, judged), effect_verified_by=plans.manager
    )
    assert verdict("2022:6.1.1-b.2") == ("conforming", [])


# -- limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"decision": "open"}, "A decision has a day, and a day a decision."),
        ({"decision": "leave"}, "Say why it is left as it is."),
    ],
)
def test_decisions_without_day_or_reason_are_refused(plans, fields, words):
    with pytest.raises(ValidationError) as refused:
        plans.system_risk(**fields)
    assert refused.value.messages == [words]
    assert not SystemRisk.objects.exists()


# -- managing risk is part of the system, and the policy rests on it (6.1.1-p3, 5.2.2-2) ---------


def test_risks_tied_to_nothing_stay_within_the_declared_share(plans, rating, verdict, confirm):
    tied = rating.risk(process=plans.process())
    assert verdict("2022:6.1.1-p3") == ("no-evidence", [])
    plans.declare(Declaration.Figure.UNLINKED_RISKS, 50)
    plans.link(plans.objective(), rating.risk(), Relation.CONSIDERS)
    loose = [rating.risk(), rating.risk()]
    confirm("2022:6.1.1-p3", tied)
    assert verdict("2022:6.1.1-p3")[0] == "nonconforming"  # the objective is not approved
    objective = plans.objective()
    plans.approve(objective)
    plans.link(objective, loose[0], Relation.CONSIDERS)
    assert verdict("2022:6.1.1-p3") == ("conforming", [])
    loose.append(rating.risk())
    why = "Is one of more risks tied to nothing than may be."
    short = verdict("2022:6.1.1-p3")[1]
    assert {reason for _number, reason in short} == {why}
    assert len(short) == 3


def test_an_owner_looks_at_the_risks_in_time(plans, rating, verdict):
    plans.declare(Declaration.Figure.UNLINKED_RISKS, 50)
    late = rating.risk(process=plans.process(), review_due=plans.day(-1))
    why = "Is past its review."
    assert verdict("2022:6.1.1-p3") == ("nonconforming", [(late.number, why)])


def test_a_policy_is_reviewed_after_the_overall_assessment_it_cites(
    plans, rating, verdict, confirm
):
    policy = plans.policy()
    plans.approve(policy, plans.day(-55))
    assessment = rating.assessment(started_on=plans.day(-70), done_on=plans.day(-60))
    assert verdict("2022:5.2.2-2") == ("no-evidence", [])
    plans.link(policy, assessment, Relation.CITES)
    confirm("2022:5.2.2-2", policy)
    assert verdict("2022:5.2.2-2") == ("conforming", [])
    rating.assessment(done_on=plans.day(-20))
    rating.assessment(done_on=plans.day(-10), is_overall=False)
    why = "Was not reviewed since the newest overall risk assessment."
    assert verdict("2022:5.2.2-2") == ("nonconforming", [(policy.number, why)])
