"""Objectives, targets and programmes from nothing to whole, and whatever can be missing (6.2)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from bartizan.clauses.planning.checks.objectives import objectives_reading_overdue
from bartizan.clauses.planning.models import (
    Objective,
    ObjectiveReading,
    PartyView,
    PlanReview,
    ProgrammeStep,
    SideEffectNote,
    Target,
    WeighedOption,
)
from bartizan.clauses.planning.progress import share_reached
from bartizan.ground.people.models import Assignment
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Link, Relation
from tests.clauses.planned import Plans, Whole

COMPUTED = (
    "2022:4.2.3.4-p2",
    "2022:6.2.1-p1", "2022:6.2.1-b", "2022:6.2.1-d", "2022:6.2.1-e", "2022:6.2.1-f",
    "2022:6.2.1-g", "2022:6.2.2-1", "2022:6.2.2-2", "2022:6.2.2-3", "2022:6.2.2-4",
    "2022:6.2.2-5", "2022:6.2.2-b", "2022:7.5.1-p1", "2022:7.5.1-p2",
    "dis:4.2-e",
    "dis:4.3.3-p1", "dis:4.3.3-A.b", "dis:4.3.3-A.d", "dis:4.3.3-A.e", "dis:4.3.3-B.b",
    "dis:4.3.3-B.c", "dis:4.3.3-B.d", "dis:4.3.3-p3",
    "dis:4.3.4-p1", "dis:4.3.4-p2", "dis:4.3.4-b", "dis:4.3.4-c", "dis:4.3.4-d", "dis:4.3.4-p3",
    "dis:4.3.5-p1", "dis:4.3.5-p2", "dis:4.3.5-p3", "dis:4.3.5-a", "dis:4.3.5-b",
    "dis:4.3.5-p4", "dis:4.3.5-p5",
    "dis:4.4.1-b",
)  # fmt: skip
CONFIRMED = (
    "2022:4.2.3.2-p2",
    "2022:5.1-1", "2022:5.1-7", "2022:5.2.1-b", "2022:5.2.1-e",
    "2022:6.2.1-a", "2022:6.2.1-c", "2022:6.2.2-a", "2022:6.2.2-p1", "2022:8.2-c",
    "dis:4.2-b",
    "dis:4.3.3-p2", "dis:4.3.3-A.a", "dis:4.3.3-A.c", "dis:4.3.3-B.a", "dis:4.3.4-a",
    "dis:4.4.1-e", "dis:4.4.1-i", "dis:4.4.6-A.d", "dis:4.4.6-A.e",
)  # fmt: skip


@pytest.fixture
def plans(owner, manager, today) -> Plans:
    return Plans(owner, manager, today)


@pytest.fixture
def all_of_it(plans) -> Whole:
    return plans.whole()


@pytest.fixture
def short(verdict):
    """What falls short in several items, where each is nonconforming for it."""

    def found(*items: str) -> dict[str, list[tuple[str, str]]]:
        verdicts = {item: verdict(item) for item in items}
        assert {value for value, _short in verdicts.values()} == {"nonconforming"}, verdicts
        return {item: reasons for item, (_value, reasons) in verdicts.items()}

    return found


# -- the three states ----------------------------------------------------------------------------


def test_where_nothing_is_there_no_item_has_evidence(verdict, owner):
    items = COMPUTED + CONFIRMED
    assert {item: verdict(item) for item in items} == {item: ("no-evidence", []) for item in items}


def test_drafts_prove_nothing(plans, verdict):
    objective = plans.objective(status="draft")
    plans.target(objective, status="draft")
    plans.programme(status="draft")
    items = (*COMPUTED, *CONFIRMED)
    assert {item: verdict(item) for item in items} == {item: ("no-evidence", []) for item in items}


def test_what_is_whole_conforms(all_of_it, verdict, confirm):
    assert {item: verdict(item) for item in COMPUTED} == {
        item: ("conforming", []) for item in COMPUTED
    }
    assert {item: verdict(item) for item in CONFIRMED} == {
        item: ("awaiting-attestation", []) for item in CONFIRMED
    }
    cited = (all_of_it.policy, all_of_it.objective, all_of_it.target)
    for item in CONFIRMED:
        confirm(item, *cited) if item != "dis:4.3.4-a" else None
    done = [item for item in CONFIRMED if item != "dis:4.3.4-a"]
    assert {item: verdict(item) for item in done} == {item: ("conforming", []) for item in done}


def test_a_target_is_found_detailed_enough_by_somebody_else_than_its_owner(
    all_of_it, verdict, confirm
):
    confirm("dis:4.3.4-a", all_of_it.target)
    assert verdict("dis:4.3.4-a") == ("conforming", [])


def test_closed_objectives_need_no_more_reading(all_of_it, plans, verdict):
    plans.change_it(
        all_of_it.objective,
        verdict="reached", verdict_note="1.4 in May.", done_on=plans.today,
    )  # fmt: skip
    assert verdict("2022:6.2.1-d") == ("no-evidence", [])
    assert verdict("2022:6.2.1-g") == ("conforming", [])


# -- what an objective can lack ------------------------------------------------------------------

NO_ROLE = "Names no role that is responsible."
VACANT = "Names a responsible role that nobody holds."
NO_TOP = "Names no role that authorizes."
UNAPPROVED = "Is not approved as it stands now."
NO_DAY = "Has no day on which it is due."
LATE = "Is still open after the day on which it was due."

OF_THE_OBJECTIVE = (
    ({"strategic_goal": ""}, "Names no goal of the organization that it serves.",
     ("2022:4.2.3.4-p2", "2022:5.1-1")),
    ({"method": ""}, "Has neither a full measure nor a reason why none is practicable, with"
     " another test.", ("2022:6.2.1-b",)),
    ({"goal": None}, "Has neither a figure with its unit nor a reason why none is practicable.",
     ("dis:4.3.3-B.b",)),
    ({"cadence_days": None}, "Does not say how often it is read.", ("2022:6.2.1-d",)),
    ({"responsible_role": None}, NO_ROLE, ("2022:6.2.2-3", "2022:7.5.1-p1")),
    ({"authorizing_role": None}, NO_TOP, ("2022:7.5.1-p1",)),
    ({"due": None, "due_moved_reason": "Nobody knows."}, NO_DAY, ("2022:6.2.2-4",)),
    ({"due": None, "due_moved_reason": "Nobody knows."}, "Has no day on which it is due.",
     ("2022:6.2.1-g", "2022:7.5.1-p2")),
    ({"evaluator": None}, "Names nobody who will judge the result.", ("2022:6.2.2-5",)),
    ({"measure": "", "goal": None, "baseline": None}, "Does not say by what its result will be"
     " judged.", ("2022:6.2.2-5",)),
    ({"operational_needs": ""}, "Says nothing on operations.",
     ("dis:4.3.3-A.d",)),
    ({"goal": 3.5}, "Aims at less than where it starts, without a reason.",
     ("2022:6.2.2-p1", "dis:4.3.3-B.a")),
    ({"owner": None}, "Has nobody who answers for it.", ("2022:5.1-7", "2022:6.2.1-g")),
)  # fmt: skip


@pytest.mark.parametrize("fields, why, items", OF_THE_OBJECTIVE, ids=lambda one: str(one)[:40])
def test_an_objective_that_lacks_something_falls_short(all_of_it, plans, short, fields, why, items):
    plans.change_it(all_of_it.objective, **fields)
    assert short(*items) == {item: [(all_of_it.objective.number, why)] for item in items}


def test_an_objective_past_its_day_is_late_and_has_no_result(all_of_it, plans, short):
    plans.change_it(all_of_it.objective, due=plans.day(-1), due_moved_reason="Was a typo.")
    number = all_of_it.objective.number
    assert short("2022:6.2.2-4", "2022:6.2.2-5") == {
        "2022:6.2.2-4": [(number, LATE)],
        "2022:6.2.2-5": [(number, "Was due and has no result.")],
    }


def test_an_objective_changed_since_its_approval_is_not_approved(all_of_it, short):
    all_of_it.objective.save()
    items = ("2022:6.2.1-g", "2022:7.5.1-p2", "2022:5.1-1")
    assert short(*items) == {item: [(all_of_it.objective.number, UNAPPROVED)] for item in items}


def test_what_can_not_be_measured_has_another_test_that_somebody_approved(
    all_of_it, plans, verdict, short
):
    plans.change_it(
        all_of_it.objective,
        baseline=None, goal=None, not_practicable_reason="Trust has no figure.",
        qualitative_test="Customs officers greet us first.",
    )  # fmt: skip
    items = ("2022:6.2.1-b", "dis:4.3.3-B.b")
    assert {item: verdict(item) for item in items} == {i: ("conforming", []) for i in items}
    all_of_it.objective.approvals.all().delete()
    why = "Says that it can't be measured, and nobody has approved that."
    assert short(*items) == {item: [(all_of_it.objective.number, why)] for item in items}


def test_an_objective_approved_below_the_top_does_not_fit_strategy(all_of_it, colleague, short):
    all_of_it.objective.approvals.update(by=colleague)
    why = "Was approved by somebody who was not top management."
    assert short("2022:5.1-1") == {"2022:5.1-1": [(all_of_it.objective.number, why)]}


# -- what it rests on ----------------------------------------------------------------------------


def unlink(source, target) -> None:
    Link.objects.filter(source=source, target=target).delete()


def test_an_objective_serves_a_commitment_of_the_policy_in_force(all_of_it, plans, short):
    objective, commitment = all_of_it.objective, all_of_it.commitment
    unlink(objective, commitment)
    items = ("2022:6.2.1-a", "dis:4.3.3-p2", "dis:4.2-b")
    why = "Serves no commitment of the policy in force."
    assert short(*items) == {item: [(objective.number, why)] for item in items}
    assert short("2022:5.2.1-b") == {
        "2022:5.2.1-b": [
            (objective.number, why),
            (commitment.number, "Is served by no objective, and no note says why."),
        ]
    }


def test_a_commitment_of_an_earlier_policy_is_served_in_vain(all_of_it, plans, short):
    policy = plans.policy(title="The next one", effective_from=plans.day(-5))
    current = plans.commitment(policy)
    policy.refresh_from_db()
    plans.approve(policy, plans.day(-6))
    plans.link(all_of_it.objective, current)
    items = ("2022:6.2.1-a", "dis:4.3.3-p2")
    why = "Serves a commitment of a policy that is not in force."
    assert short(*items) == {item: [(all_of_it.objective.number, why)] for item in items}


def test_a_commitment_may_do_without_an_objective_for_a_reason(all_of_it, plans, verdict):
    policy = all_of_it.policy
    other = plans.commitment(policy, paragraph="2")
    policy.refresh_from_db()
    plans.approve(policy, plans.day(-55))
    assert verdict("2022:5.2.1-b")[1] == [
        (other.number, "Is served by no objective, and no note says why.")
    ]
    plans.note(commitment=other)
    assert verdict("2022:5.2.1-b") == ("awaiting-attestation", [])


def test_requirements_and_risks_are_weighed_or_a_note_says_none_bears_on_it(
    all_of_it, plans, short, verdict
):
    objective = all_of_it.objective
    unlink(objective, all_of_it.obligation)
    unlink(objective, all_of_it.system_risk)
    number = objective.number
    assert short("2022:6.2.1-c", "dis:4.3.3-A.a", "dis:4.3.3-A.b") == {
        "2022:6.2.1-c": [
            (number, "Was approved without a requirement weighed, or a note that none bears on it.")
        ],
        "dis:4.3.3-A.a": [
            (number, "Has neither an obligation that was weighed nor a note that none bears on it.")
        ],
        "dis:4.3.3-A.b": [(number, "Is linked to no risk that was weighed.")],
    }
    plans.change_it(objective, no_requirement_reason="A matter of our own.")
    assert verdict("2022:6.2.1-c") == ("awaiting-attestation", [])
    assert verdict("dis:4.3.3-A.a") == ("awaiting-attestation", [])


def test_a_broad_objective_of_the_policy_has_a_specific_one_under_it(all_of_it, plans, short):
    plans.change_it(all_of_it.objective, broad_objective="Happy people")
    why = "Names a broad objective with no specific one under it."
    assert short("dis:4.2-e") == {"dis:4.2-e": [(all_of_it.policy.number, why)]}


def test_a_process_serves_each_objective_and_programme(all_of_it, short):
    unlink(all_of_it.process, all_of_it.objective)
    items = ("2022:8.2-c", "dis:4.4.6-A.d")
    unlink(all_of_it.process, all_of_it.programme)
    why = "Is linked to no process."
    assert short("2022:4.2.3.4-p2", "2022:4.2.3.2-p2") == {
        "2022:4.2.3.4-p2": [(all_of_it.objective.number, why)],
        "2022:4.2.3.2-p2": [(all_of_it.objective.number, why)],
    }
    Link.objects.create(source=all_of_it.process, target=all_of_it.target)
    other = all_of_it.plans.objective()
    all_of_it.plans.approve(other)
    all_of_it.plans.link(all_of_it.process, other)
    assert short(*items) == {item: [(all_of_it.objective.number, why)] for item in items}


def test_a_programme_is_delivered_by_a_process(all_of_it, plans, short):
    other = plans.programme(rank=2)
    plans.approve(other)
    why = "Is linked to no process."
    assert short("dis:4.4.6-A.e") == {"dis:4.4.6-A.e": [(other.number, why)]}


def test_every_unit_in_scope_has_an_objective_or_a_note(all_of_it, plans, north, short, verdict):
    why = "Has no approved objective, and no note says why it needs none."
    items = ("2022:6.2.1-p1", "dis:4.3.3-p1")
    assert {i: [w for _n, w in s] for i, s in short(*items).items()} == {i: [why] for i in items}
    plans.note(part=north)
    assert {item: verdict(item) for item in items} == {i: ("conforming", []) for i in items}


# -- watched, told, reviewed ---------------------------------------------------------------------


def test_an_objective_is_read_at_its_own_pace(all_of_it, plans, short):
    ObjectiveReading.objects.update(on=plans.day(-31))
    why = "Was due to be read again and was not."
    assert short("2022:6.2.1-d") == {"2022:6.2.1-d": [(all_of_it.objective.number, why)]}


@pytest.mark.parametrize(
    "started, read, late",
    [
        (-60, -30, False),
        (-60, -31, True),
        (-30, None, False),
        (-31, None, True),
        (None, None, True),
        (None, -30, False),
        (-60, 1, True),  # what is dated ahead was not read yet
    ],
)
def test_what_was_never_read_is_due_so_long_after_its_start(plans, today, started, read, late):
    starts_on = None if started is None else plans.day(started)
    objective = plans.objective(starts_on=starts_on)
    plans.approve(objective)
    if read is not None:
        ObjectiveReading.objects.create(objective=objective, on=plans.day(read), value=2.0)
    assert [*objectives_reading_overdue(today)] == ([objective] if late else [])


def test_those_who_have_to_know_are_named_and_told(all_of_it, plans, verdict):
    objective, target = all_of_it.objective, all_of_it.target
    plans.message(objective).units.set([])
    for aim, items in ((objective, ("2022:6.2.1-e", "dis:4.3.3-B.c")), (target, ("dis:4.3.4-c",))):
        aim.audience_units.clear()
        aim.audience_parties.clear()
        for item in items:
            assert verdict(item) == (
                "nonconforming", [(aim.number, "Names nobody who has to know it.")]
            )  # fmt: skip


def test_a_new_version_has_to_be_told_again(all_of_it, plans, verdict):
    for aim, items in (
        (all_of_it.objective, ("2022:6.2.1-e", "dis:4.3.3-B.c")),
        (all_of_it.target, ("dis:4.3.4-c",)),
    ):
        plans.change_it(aim, description="More than before.")
        for item in items:
            assert verdict(item) == (
                "nonconforming",
                [
                    (aim.number, "Was not told, as it stands now, to every unit that has to know"
                     " it."),
                    (aim.number, "Was not told, as it stands now, to every interested party that"
                     " has to know it."),
                ],
            )  # fmt: skip


def test_what_was_told_before_the_approval_does_not_count(all_of_it, plans, verdict):
    all_of_it.objective.approvals.update(on=plans.day(-10))
    assert verdict("2022:6.2.1-e")[0] == "nonconforming"


@pytest.mark.parametrize(
    "name, item",
    [("objective", "2022:6.2.1-f"), ("objective", "dis:4.3.3-B.d"), ("target", "dis:4.3.4-d")],
)
def test_what_is_past_its_review_falls_short(all_of_it, plans, short, name, item):
    record = getattr(all_of_it, name)
    record.review_due = plans.day(-1)
    record.save(update_fields=["review_due"])
    why = "Is past its review."
    assert short(item) == {item: [(record.number, why)]}


def test_an_objective_is_reviewed_when_what_it_rests_on_changes(all_of_it, plans, short):
    number, policy = all_of_it.objective.number, all_of_it.policy
    type(policy).objects.update(revised_on=plans.day(-20))
    all_of_it.system_risk.decided_on = plans.day(-20)
    all_of_it.system_risk.save()
    all_of_it.obligation.revised_on = plans.day(-20)
    all_of_it.obligation.save()
    assert short("2022:6.2.1-f", "dis:4.3.3-B.d") == {
        "2022:6.2.1-f": [
            (number, "Was not reviewed since the policy changed."),
            (number, "Was not reviewed since a risk it is linked to changed."),
            (number, "Was not reviewed since a requirement it is linked to changed."),
        ],
        "dis:4.3.3-B.d": [(number, "Was not reviewed since the policy changed.")],
    }


def test_a_target_is_reviewed_when_its_objective_changes(all_of_it, plans, short):
    all_of_it.objective.save()
    plans.approve(all_of_it.objective, plans.day(-10))
    why = "Was not reviewed since its objective changed."
    assert short("dis:4.3.4-d") == {"dis:4.3.4-d": [(all_of_it.target.number, why)]}


@pytest.mark.parametrize(
    "name, item",
    [("objective", "dis:4.3.3-p3"), ("target", "dis:4.3.4-p3"), ("programme", "dis:4.3.5-p5")],
)
def test_an_amendment_is_there_by_its_day(all_of_it, plans, verdict, name, item):
    record = getattr(all_of_it, name)
    made = plans.review(
        **{name: record}, held_on=plans.day(-20), verdict="amend", amend_by=plans.day(-5)
    )
    why = "Asks for an amendment of which no newer version was approved in time."
    assert verdict(item) == ("nonconforming", [(made.number, why)])
    record.refresh_from_db()
    record.save()
    plans.approve(record, plans.day(-6))
    assert verdict(item) == ("conforming", [])


def test_a_review_is_called_after_what_it_looked_at_and_sets_the_day(all_of_it, plans):
    review = plans.review(target=all_of_it.target, held_on=plans.day(-2))
    target = Target.objects.get()
    assert (review.title, review.version_seen) == ("Review of Claims at the depot", 1)
    assert (target.reviewed_on, target.version) == (plans.day(-2), 1)


# -- the plan for each ---------------------------------------------------------------------------


def test_an_objective_has_an_action_or_a_programme_with_steps(all_of_it, plans, short, verdict):
    ProgrammeStep.objects.all().delete()
    other = plans.objective()
    plans.approve(other)
    plans.action(other)
    why = "Has neither an action nor a programme with steps."
    assert short("2022:6.2.2-1") == {"2022:6.2.2-1": [(all_of_it.objective.number, why)]}
    plans.action(all_of_it.objective)
    assert verdict("2022:6.2.2-1") == ("conforming", [])


def test_whoever_owes_a_step_or_an_action_holds_a_role(all_of_it, plans, stranger, verdict):
    action = plans.action(all_of_it.objective, owner=stranger)
    ProgrammeStep.objects.update(who=stranger)
    value, reasons = verdict("2022:6.2.2-3")
    why = "Is owed by nobody who holds a role today."
    assert (value, [reason for _number, reason in reasons]) == ("nonconforming", [why, why])
    assert reasons[0][0] == action.number


def test_a_role_that_was_given_up_answers_for_nothing(all_of_it, plans, verdict):
    Assignment.objects.filter(role=plans.role).update(until=plans.day(-1))
    assert (all_of_it.programme.number, VACANT) in verdict("dis:4.3.5-a")[1]


def test_options_were_weighed_by_the_approval_or_the_last_review(all_of_it, plans, short):
    WeighedOption.objects.update(weighed_on=plans.today)
    items = ("2022:6.2.2-a", "dis:4.3.3-A.c")
    why = "Was approved and reviewed without a list of the options that were weighed."
    assert short(*items) == {item: [(all_of_it.objective.number, why)] for item in items}


def test_a_single_option_has_a_reason(all_of_it, short):
    WeighedOption.objects.filter(option="Guards").delete()
    WeighedOption.objects.update(reason="")
    assert short("2022:6.2.2-a") == {
        "2022:6.2.2-a": [
            (all_of_it.objective.number, "Has a single option, and nobody says why."),
            (
                all_of_it.objective.number,
                "Does not say why the option that was taken is the best.",
            ),
        ]
    }


def test_a_party_was_heard_before_the_approval(all_of_it, plans, short):
    PartyView.objects.update(heard_on=plans.today)
    items = ("2022:6.2.2-b", "dis:4.3.3-A.e")
    why = "Was approved and reviewed without the view of an interested party."
    assert short(*items) == {item: [(all_of_it.objective.number, why)] for item in items}


def test_what_the_objective_before_reached_is_not_given_up(all_of_it, plans, verdict, short):
    successor = plans.objective(follows=all_of_it.objective, baseline=3.0, goal=2.6)
    why = "Aims at less than the objective before it reached, without a reason."
    assert short("2022:6.2.2-p1") == {"2022:6.2.2-p1": [(successor.number, why)]}
    plans.change_it(successor, weaker_goal_reason="Loads are worth ten times as much.")
    assert verdict("2022:6.2.2-p1") == ("awaiting-attestation", [])


# -- targets -------------------------------------------------------------------------------------

OF_THE_TARGET = (
    ({"part": None}, "Names no part of the organization, place or process that it binds.",
     "dis:4.3.4-a"),
    ({"feasibility": "", "feasibility_checked_on": None}, "Lacks a check that it can"
     " be reached, without a reason.", "dis:4.3.4-b"),
    ({"due": None, "due_moved_reason": "Nobody knows."}, "Has no day on which it is due.",
     "2022:7.5.1-p2"),
    ({"authorizing_role": None}, NO_TOP, "2022:7.5.1-p1"),
)  # fmt: skip


@pytest.mark.parametrize("fields, why, item", OF_THE_TARGET, ids=lambda one: str(one)[:30])
def test_a_target_that_lacks_something_falls_short(all_of_it, plans, short, fields, why, item):
    plans.change_it(all_of_it.target, **fields)
    assert short(item) == {item: [(all_of_it.target.number, why)]}


def test_a_reason_for_what_a_target_lacks_is_approved(all_of_it, plans, verdict):
    plans.change_it(all_of_it.target, goal=None, not_smart_reason="Counted from June on.")
    assert verdict("dis:4.3.4-b") == ("conforming", [])
    all_of_it.target.approvals.all().delete()
    why = "Gives a reason for what it lacks that nobody has approved."
    assert verdict("dis:4.3.4-b") == ("nonconforming", [(all_of_it.target.number, why)])


def test_a_target_stems_from_an_objective_that_is_pursued(all_of_it, short):
    retire(all_of_it.objective, "Given up.")
    why = "Stems from an objective that is not pursued."
    assert short("dis:4.3.4-p2") == {"dis:4.3.4-p2": [(all_of_it.target.number, why)]}


def test_a_target_has_the_measure_of_its_objective(all_of_it, plans, short):
    plans.change_it(all_of_it.objective, measure="", baseline=None, goal=None)
    why = "Stems from an objective without a measure."
    assert short("dis:4.3.4-p2") == {"dis:4.3.4-p2": [(all_of_it.target.number, why)]}


def test_an_objective_has_a_target_or_a_reason_for_none(all_of_it, plans, short, verdict):
    other = plans.objective()
    plans.approve(other)
    why = "Has no approved target, and no reason for none."
    assert short("dis:4.3.4-p1") == {"dis:4.3.4-p1": [(other.number, why)]}
    plans.change_it(other, no_target_reason="One site only.")
    assert verdict("dis:4.3.4-p1") == ("conforming", [])


# -- programmes ----------------------------------------------------------------------------------

OF_THE_PROGRAMME = (
    ({"rank": None, "ranked_on": None}, "Has no rank.", "dis:4.3.5-p2"),
    ({"ranked_on": -90}, "Was ranked before the ways to do it were compared.", "dis:4.3.5-p2"),
    ({"budget": None}, "Has no budget.", "dis:4.3.5-p3"),
    ({"actual_cost": 90_000}, "Has spent more than its budget, and nobody decided on it.",
     "dis:4.3.5-p3"),
    ({"authorizing_role": None}, NO_TOP, "dis:4.3.5-a"),
    ({"means": ""}, "Does not say by what means.", "dis:4.3.5-b"),
)  # fmt: skip


@pytest.mark.parametrize("fields, why, item", OF_THE_PROGRAMME, ids=lambda one: str(one)[:30])
def test_a_programme_that_lacks_something_falls_short(all_of_it, plans, short, fields, why, item):
    if fields.get("ranked_on"):
        fields = {"ranked_on": plans.day(fields["ranked_on"])}
    second = plans.programme(rank=2)
    plans.approve(second)
    plans.step(second)
    plans.review(programme=second, effect="works", efficiency="Worth it.")
    plans.change_it(all_of_it.programme, **fields)
    assert short(item) == {item: [(all_of_it.programme.number, why)]}


def test_no_two_programmes_share_a_rank(all_of_it, plans, verdict):
    second = plans.programme()
    plans.approve(second)
    value, reasons = verdict("dis:4.3.5-p2")
    why = "Shares its rank with another."
    assert (value, sorted(reasons)) == (
        "nonconforming",
        [(all_of_it.programme.number, why), (second.number, why)],
    )


def test_a_step_without_a_day_is_no_milestone(all_of_it, short):
    ProgrammeStep.objects.update(due=None)
    why = "Has a step without a day."
    assert short("dis:4.3.5-b") == {"dis:4.3.5-b": [(all_of_it.programme.number, why)]}


def test_effect_and_means_are_looked_at_within_the_declared_interval(all_of_it, plans, short):
    PlanReview.objects.update(held_on=plans.day(-366))
    number = all_of_it.programme.number
    assert short("dis:4.3.5-p3", "dis:4.3.5-p4") == {
        "dis:4.3.5-p3": [
            (number, "Was not looked at for its use of means within the declared interval.")
        ],
        "dis:4.3.5-p4": [(number, "Has no verdict on its effect within the declared interval.")],
    }


def test_objectives_and_targets_are_served_by_a_programme(all_of_it, short):
    unlink(all_of_it.programme, all_of_it.objective)
    unlink(all_of_it.programme, all_of_it.target)
    assert short("dis:4.3.5-p1", "dis:4.2-b") == {
        "dis:4.3.5-p1": [
            (all_of_it.objective.number, "Is served by no programme that is pursued."),
            (all_of_it.target.number, "Is served by no programme that is pursued."),
        ],
        "dis:4.2-b": [(all_of_it.programme.number, "Serves no target.")],
    }


def test_a_programme_nobody_approved_is_no_document(all_of_it, short):
    all_of_it.programme.approvals.all().delete()
    assert short("dis:4.3.5-a") == {"dis:4.3.5-a": [(all_of_it.programme.number, UNAPPROVED)]}


def test_programmes_from_elsewhere_are_held_against_the_system(
    all_of_it, plans, verdict, confirm, owner
):
    items = ("2022:5.1-8", "dis:4.4.1-f")
    assert {item: verdict(item) for item in items} == {i: ("no-evidence", []) for i in items}
    outside = plans.programme(origin="elsewhere")
    plans.approve(outside)
    why = "Was not held against the system."
    assert {i: verdict(i) for i in items} == {
        i: ("nonconforming", [(outside.number, why)]) for i in items
    }
    checked = {"fit_note": "Two sets of badges.", "fit_checked_on": plans.today}
    plans.change_it(outside, fit="conflicts", **checked)
    conflict = (outside.number, "Cuts across the system, and that is not settled.")
    nobody = (outside.number, "Names no role that decided on the fit.")
    assert verdict("2022:5.1-8") == ("nonconforming", [nobody, conflict])
    assert verdict("dis:4.4.1-f") == ("nonconforming", [conflict])
    plans.change_it(outside, conflict_settled_on=plans.today, fit_decided_by=plans.role)
    for item in items:
        confirm(item, outside)
    assert {item: verdict(item) for item in items} == {i: ("conforming", []) for i in items}


# -- can be carried through, and harms nobody ----------------------------------------------------

VIABLE = "Was not lately found by top management to be one that can be carried through."


@pytest.mark.parametrize(
    "spoilt", [{"viability": "not-viable"}, {"held_on": -366}, {"held_by": "owner"}]
)
def test_top_management_found_each_viable_of_late(all_of_it, plans, short, spoilt):
    fields = dict(spoilt)
    if "held_on" in fields:
        fields["held_on"] = plans.day(fields["held_on"])
    if "held_by" in fields:
        fields["held_by"] = plans.owner
    PlanReview.objects.update(**fields)
    numbers = (all_of_it.objective, all_of_it.target, all_of_it.programme)
    items = ("2022:5.1-7", "dis:4.4.1-i")
    assert short(*items) == {item: [(one.number, VIABLE) for one in numbers] for item in items}


def test_side_effects_are_weighed_before_the_approval(all_of_it, plans, short):
    SideEffectNote.objects.update(considered_on=plans.day(-30))
    why = "Was approved before anybody had weighed what it does elsewhere."
    spoilt = (all_of_it.policy, all_of_it.objective, all_of_it.target, all_of_it.programme)
    items = ("2022:5.2.1-e", "dis:4.4.1-e")
    assert short(*items) == {item: [(one.number, why) for one in spoilt] for item in items}


def test_managers_have_the_power_to_see_it_through(all_of_it, plans, short):
    plans.role.authorities.filter(verb="write").delete()
    why = "Has no manager whom top management appointed with the power to see it through."
    assert short("dis:4.4.1-b") == {
        "dis:4.4.1-b": [(all_of_it.objective.number, why), (all_of_it.target.number, why)]
    }


def test_the_structure_of_roles_can_deliver_what_is_planned(all_of_it, plans, verdict, short):
    assert verdict("dis:4.4.1-p1") == ("conforming", [])
    plans.change_it(all_of_it.target, responsible_role=None)
    assert short("dis:4.4.1-p1") == {"dis:4.4.1-p1": [(all_of_it.target.number, NO_ROLE)]}


# -- limits in the words people read -------------------------------------------------------------


def refused(make, **fields) -> list[str]:
    with pytest.raises(ValidationError) as raised:
        make(**fields)
    return raised.value.messages


def test_records_that_contradict_themselves_are_refused(plans):
    objective = plans.objective()
    assert refused(plans.objective, measured_in="") == [
        "A figure says what is measured, in what, and whether more or less is better."
    ]
    assert refused(plans.objective, not_practicable_reason="Hard.") == [
        "It has figures: then it can be measured."
    ]
    assert refused(plans.objective, verdict="reached") == [
        "A result has a day, and says what it rests on; without one it is not closed."
    ]
    assert refused(plans.objective, first_due=plans.today) == [
        "The day was set before: say why it is moved."
    ]
    assert refused(plans.objective, baseline=float("nan")) == [
        "This is no number one can calculate with."
    ]
    assert refused(plans.programme, rank_reason="") == [
        "A rank counts from 1, has a day and says how found."
    ]
    assert refused(plans.review, objective=objective, verdict="amend") == [
        "Say by when it is amended."
    ]
    assert refused(plans.review) == ["Name exactly one: an objective, target or programme."]
    assert refused(plans.side_effects) == [
        "Name exactly one: a policy, objective, target or programme."
    ]
    assert refused(plans.note) == ["Name exactly one thing from which nothing follows."]


def test_the_day_first_set_is_kept(plans):
    objective = plans.objective()
    objective.due = objective.due + timedelta(days=30)
    objective.due_moved_reason = "The gate came late."
    objective.full_clean()
    objective.save()
    assert Objective.objects.get().first_due == plans.day(200)


# -- progress ------------------------------------------------------------------------------------


def test_progress_is_computed_from_the_last_reading(plans):
    objective = plans.objective()
    assert (objective.share, objective.progress) == (None, "Nobody has looked yet.")
    for days, value in ((-20, 2.7), (-10, 2.4), (-30, 3.0)):
        ObjectiveReading.objects.create(objective=objective, on=plans.day(days), value=value)
    assert round(objective.share, 6) == 0.4
    assert objective.progress.startswith("40 % of the way: 2.4 per 1,000 on ")


@pytest.mark.parametrize(
    "baseline, goal, value, share",
    [
        (0, 10, 5, 0.5), (10, 0, 5, 0.5), (0, 10, 20, 1.0), (0, 10, -5, 0.0),
        (5, 5, 5, 1.0), (5, 5, 4, 0.0), (None, 10, 5, None), (0, 10, None, None),
    ],
)  # fmt: skip
def test_the_share_of_the_way_lies_between_nothing_and_all(plans, baseline, goal, value, share):
    objective = Objective(baseline=baseline, goal=goal, direction="up")
    assert share_reached(objective.baseline, objective.goal, value) == share


def test_links_of_other_kinds_do_not_serve(all_of_it, plans, verdict):
    Link.objects.filter(source=all_of_it.programme).update(relation=Relation.CONCERNS)
    assert verdict("dis:4.3.5-p1")[0] == "nonconforming"


def test_a_commitment_names_a_role_that_somebody_holds(all_of_it, short):
    type(all_of_it.commitment).objects.update(accountable_role=None)
    why = "Names no role that answers for it."
    assert short("dis:4.4.1-p1") == {"dis:4.4.1-p1": [(all_of_it.commitment.number, why)]}


def test_an_objective_is_tied_to_a_strategy_by_a_goal_or_a_commitment(all_of_it, plans, short):
    plans.change_it(all_of_it.objective, strategic_goal="")
    unlink(all_of_it.objective, all_of_it.commitment)
    why = "Names no goal of the organization and serves no commitment of the policy."
    assert short("2022:4.2.3.2-p2") == {"2022:4.2.3.2-p2": [(all_of_it.objective.number, why)]}


def test_whoever_answers_for_a_plan_is_still_there(all_of_it, plans, verdict):
    for record in (all_of_it.target, all_of_it.programme):
        plans.change_it(record, owner=None)
    why = "Has nobody who answers for it."
    short = verdict("2022:5.1-7")[1]
    assert short == [(all_of_it.target.number, why), (all_of_it.programme.number, why)]
