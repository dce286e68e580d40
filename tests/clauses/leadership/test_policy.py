"""The policy against 5.2 and the draft's 4.2, item by item."""

import pytest

from bartizan.clauses.context.models import Scope
from bartizan.clauses.leadership.models import SecurityPolicy
from bartizan.ground.people.models import Role
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Status

ESTABLISHED = ["2022:5.2.1-p1", "dis:4.2-p1"]
CONTROL = ["2022:5.2.2-5", "dis:4.2-i"]
TRIGGERS = ["2022:5.2.2-3", "dis:4.2-l"]
PUBLIC = ["2022:5.2.2-7", "dis:4.2-k"]

PAST_REVIEW = "Is past its review."
NO_REVIEW = "Was never given a review day."
NO_OWNER = "Has nobody who answers for it."


# -- who established it --------------------------------------------------------------------------


@pytest.mark.parametrize("item", ESTABLISHED)
def test_without_a_policy_nobody_established_one(org, verdict, item):
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", ESTABLISHED)
def test_a_draft_and_a_policy_of_tomorrow_are_no_policy_yet(org, verdict, item):
    org.policy(status=Status.DRAFT)
    org.policy(effective_from=org.day(1))
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", ESTABLISHED)
def test_a_policy_approved_by_top_management_before_its_first_day_conforms(org, verdict, item):
    org.policy(approved_on=-50)
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", ESTABLISHED)
def test_a_policy_nobody_approved_falls_short(org, verdict, item):
    policy = org.policy(approved_on=None)
    assert verdict(item) == (
        "nonconforming",
        [(policy.number, "Is not approved as it stands now.")],
    )


@pytest.mark.parametrize("item", ESTABLISHED)
def test_a_change_undoes_the_approval(org, verdict, item):
    policy = org.policy()
    org.revise(policy, approved_on=None, purpose="Goods arrive on time.")
    assert verdict(item) == (
        "nonconforming",
        [(policy.number, "Is not approved as it stands now.")],
    )


@pytest.mark.parametrize("item", ESTABLISHED)
def test_the_approval_of_another_role_is_not_enough(org, owner, verdict, item):
    policy = org.policy(approved_on=None)
    org.approve(policy, by=owner)
    assert verdict(item) == (
        "nonconforming",
        [(policy.number, "Was approved by somebody who was not top management.")],
    )


@pytest.mark.parametrize("item", ESTABLISHED)
def test_who_was_top_management_is_asked_of_the_day_of_the_approval(org, manager, verdict, item):
    org.policy()
    term = org.assignment(manager)
    term.until = org.day(-60)
    term.save()
    assert verdict(item) == ("conforming", [])
    term.until = org.day(-61)
    term.save()
    assert [why for _number, why in verdict(item)[1]] == [
        "Was approved by somebody who was not top management."
    ]


@pytest.mark.parametrize("item", ESTABLISHED)
def test_an_approval_after_the_first_day_is_late(org, verdict, item):
    policy = org.policy(approved_on=-49)
    assert verdict(item) == (
        "nonconforming",
        [(policy.number, "Was approved after the day it took effect.")],
    )


@pytest.mark.parametrize("item", ESTABLISHED)
def test_a_policy_without_a_first_day_falls_short(org, verdict, item):
    policy = org.policy(effective_from=None)
    assert verdict(item) == (
        "nonconforming",
        [(policy.number, "Does not say from when on it is in effect.")],
    )


@pytest.mark.parametrize("item", ESTABLISHED)
def test_a_text_issued_after_the_approval_was_never_approved_by_the_top(org, verdict, item):
    policy = org.policy()
    org.version(policy.document, "2", effective=-10)
    assert verdict(item) == (
        "nonconforming",
        [(policy.number, "Has a text that took effect after what was approved.")],
    )


@pytest.mark.parametrize("item", ESTABLISHED)
def test_a_newer_policy_replaces_the_older_one_once_it_is_approved(org, verdict, item):
    older = org.policy()
    newer = org.policy(effective_from=org.day(-5), approved_on=None, document=older.document)
    assert verdict(item) == (
        "nonconforming",
        [(newer.number, "Is not approved as it stands now.")],
    )
    assert list(SecurityPolicy.objects.in_force(org.today)) == [older]
    org.approve(newer)
    assert verdict(item) == ("conforming", [])
    assert list(SecurityPolicy.objects.in_force(org.today)) == [newer]


def test_a_retired_policy_is_none(org, verdict):
    retire(org.policy(), "Replaced.")
    assert verdict("2022:5.2.1-p1") == ("no-evidence", [])
    assert verdict("2022:5.2.1-c") == ("no-evidence", [])


# -- what it says --------------------------------------------------------------------------------


def test_the_fit_to_the_purpose_is_judged_by_top_management_on_policy_and_scope(
    org, owner, verdict, confirm
):
    assert verdict("2022:5.2.1-a") == ("no-evidence", [])
    policy = org.policy()
    scope = org.record(
        Scope, "Road freight", purpose="We carry.", intended_results="No loss", coverage="All"
    )
    org.approve(scope)
    assert verdict("2022:5.2.1-a")[0] == "awaiting-attestation"
    confirm("2022:5.2.1-a", policy)
    assert verdict("2022:5.2.1-a")[0] == "awaiting-attestation"
    made = confirm("2022:5.2.1-a", policy, scope)
    assert verdict("2022:5.2.1-a") == ("conforming", [])
    made.attested_by = owner
    made.save()
    assert verdict("2022:5.2.1-a")[0] == "awaiting-attestation"


def test_a_word_on_the_policy_does_not_carry_over_to_its_next_version(org, verdict, confirm):
    policy = org.policy()
    made = confirm("2022:5.2.1-d", policy)
    made.attested_on = org.day(-20)
    made.save()
    assert verdict("2022:5.2.1-d") == ("conforming", [])
    org.revise(policy, approved_on=-10, purpose="Goods arrive on time.")
    assert verdict("2022:5.2.1-d") == ("awaiting-attestation", [])


PROMISED = {
    "2022:5.2.1-c": (0, "Has no commitment to meet the requirements that apply."),
    "2022:5.2.1-d": (1, "Has no commitment to get better continually."),
    "dis:4.2-f": (1, "Has no commitment to get better continually."),
}


@pytest.mark.parametrize("item", [*PROMISED, "dis:4.2-g"])
def test_without_a_text_the_policy_promises_nothing(org, verdict, item):
    assert verdict(item) == ("no-evidence", [])
    policy = org.policy(document=None)
    assert verdict(item) == ("no-evidence", [])
    org.revise(policy, document=org.document())
    retire(policy.document.versions.get(), "Withdrawn.")
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", [*PROMISED, "dis:4.2-g"])
def test_a_promise_in_the_text_conforms_once_a_reader_has_found_it(org, verdict, confirm, item):
    policy = org.policy()
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, policy.document)
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, policy)
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", PROMISED)
def test_a_policy_without_the_promise_falls_short(org, verdict, item):
    place, why = PROMISED[item]
    policy = org.policy()
    promise = policy.commitments.order_by("paragraph")[place]
    retire(promise, "Struck out.")
    policy.refresh_from_db()
    org.approve(policy)
    assert verdict(item) == ("nonconforming", [(policy.number, why)])


@pytest.mark.parametrize(
    "name, why",
    [
        ("names_law", "Has no commitment to comply that names the law."),
        ("names_regulation", "Has no commitment to comply that names regulation."),
        (
            "names_other",
            "Has no commitment to comply that names the other requirements subscribed to.",
        ),
    ],
)
def test_a_promise_to_comply_names_law_regulation_and_the_rest(org, verdict, name, why):
    names = {"names_law": True, "names_regulation": True, "names_other": True} | {name: False}
    policy = org.policy({"tag": "compliance"} | names)
    assert verdict("dis:4.2-g") == ("nonconforming", [(policy.number, why)])


# -- under control, signed -----------------------------------------------------------------------


@pytest.fixture
def controlled(org):
    """A policy under control, every promise of which a process keeps."""
    policy = org.policy()
    org.process(*policy.commitments.all())
    return policy


@pytest.mark.parametrize("item", CONTROL)
def test_without_a_document_there_is_nothing_under_control(org, verdict, item):
    assert verdict(item) == ("no-evidence", [])
    org.policy(document=None)
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", CONTROL)
def test_a_document_with_version_owner_approval_and_review_conforms(controlled, verdict, item):
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", CONTROL)
@pytest.mark.parametrize(
    "of, fields, why",
    [
        ("document", {"owner": None}, NO_OWNER),
        ("document", {"review_due": None}, NO_REVIEW),
        ("policy", {"owner": None}, NO_OWNER),
        ("policy", {"review_due": None}, NO_REVIEW),
    ],
)
def test_a_policy_nobody_keeps_falls_short(controlled, org, verdict, item, of, fields, why):
    record = controlled if of == "policy" else controlled.document
    org.revise(record, **fields)
    assert verdict(item) == ("nonconforming", [(record.number, why)])


@pytest.mark.parametrize("item", CONTROL)
def test_a_review_of_yesterday_is_past(controlled, org, verdict, item):
    for record in (controlled, controlled.document):
        org.revise(record, review_due=org.today)
    assert verdict(item) == ("conforming", [])
    for record in (controlled, controlled.document):
        org.revise(record, review_due=org.day(-1))
    assert verdict(item) == (
        "nonconforming",
        [(controlled.document.number, PAST_REVIEW), (controlled.number, PAST_REVIEW)],
    )


@pytest.mark.parametrize("item", CONTROL)
def test_a_document_out_of_control_falls_short(controlled, verdict, item):
    retire(controlled.document, "Lost.")
    assert (controlled.document.number, "Is retired, so not under control.") in verdict(item)[1]


@pytest.mark.parametrize("item", CONTROL)
def test_a_document_without_an_approved_version_falls_short(controlled, verdict, item):
    controlled.document.versions.get().approvals.all().delete()
    assert verdict(item) == (
        "nonconforming",
        [(controlled.document.number, "Has no approved version in effect.")],
    )


@pytest.mark.parametrize("item", ["2022:5.2.2-5"])
def test_a_policy_nobody_approved_is_not_under_control(controlled, verdict, item):
    controlled.approvals.all().delete()
    assert verdict(item) == (
        "nonconforming",
        [(controlled.number, "Is not approved as it stands now.")],
    )


def test_a_policy_is_put_into_effect_by_processes_that_run(org, verdict):
    policy = org.policy({"tag": "other"}, {"tag": "objectives"})
    first, second = policy.commitments.order_by("paragraph")
    why = "Is served by no process that runs."
    assert verdict("dis:4.2-i") == ("nonconforming", [(second.number, why), (first.number, why)])
    org.process(first)
    idle = org.process(second, runs=False)
    assert verdict("dis:4.2-i") == ("nonconforming", [(second.number, why)])
    org.revise(idle, cadence_days=7, started_on=org.day(-2))
    assert verdict("dis:4.2-i") == ("nonconforming", [(second.number, why)])
    org.process(second, cadence_days=7)
    assert verdict("dis:4.2-i") == ("conforming", [])


def test_a_process_that_is_late_does_not_run(org, verdict):
    policy = org.policy({"tag": "other"})
    process = org.process(policy.commitments.get(), cadence_days=7)
    assert verdict("dis:4.2-i") == ("conforming", [])
    run = process.runs.get()
    run.ran_on = run.recorded_on = org.day(-8)
    run.save()
    assert verdict("dis:4.2-i")[0] == "nonconforming"


def test_a_policy_without_a_promise_puts_nothing_into_effect(org, verdict):
    policy = org.policy({"tag": "other"})
    retire(policy.commitments.get(), "Struck out.")
    policy.refresh_from_db()
    org.approve(policy)
    assert verdict("dis:4.2-i") == (
        "nonconforming",
        [("", "There are no commitments of the policy in force.")],
    )


def test_a_policy_shows_who_at_the_top_stands_behind_it(org, owner, manager, verdict):
    item = "dis:4.2-h"
    policy = org.policy(endorsed_by=None, endorsed_as=None, endorsed_on=None)
    assert verdict(item) == ("no-evidence", [])
    director = Role.objects.get(code="director")
    signed = {"endorsed_by": manager, "endorsed_as": director, "endorsed_on": org.day(-65)}
    org.revise(policy, **signed)
    assert verdict(item) == ("conforming", [])


def test_unsigned_copies_and_old_signatures_fall_short(org, verdict):
    policy = org.policy(copy_is_signed=False)
    assert verdict("dis:4.2-h") == (
        "nonconforming",
        [(policy.number, "Has copies that do not show who signed it, as what and when.")],
    )
    org.revise(policy, copy_is_signed=True, endorsed_on=org.day(-71))
    assert verdict("dis:4.2-h") == (
        "nonconforming",
        [(policy.number, "Has changed since it was signed.")],
    )


def test_the_signature_of_somebody_who_left_the_top_falls_short(org, owner, manager, verdict):
    policy = org.policy()
    why = "Is signed by somebody who is not top management today."
    term = org.assignment(manager)
    term.until = org.day(-1)
    term.save()
    assert verdict("dis:4.2-h") == ("nonconforming", [(policy.number, why)])
    term.until = None
    term.save()
    assert verdict("dis:4.2-h") == ("conforming", [])
    org.revise(policy, endorsed_as=org.assignment(owner).role)
    assert verdict("dis:4.2-h") == (
        "nonconforming",
        [(policy.number, "Is not signed as top management.")],
    )


# -- when the organization becomes another one ---------------------------------------------------


@pytest.mark.parametrize("item", TRIGGERS)
def test_without_clause_and_changes_there_is_no_evidence(org, verdict, item):
    org.policy(review_triggers="")
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", TRIGGERS)
def test_a_policy_with_the_clause_and_a_review_after_each_change_conforms(org, verdict, item):
    org.policy()
    assert verdict(item) == ("conforming", [])
    org.change()
    org.change(took_effect_on=org.day(1), policy_reviewed_on=None, review_result="")
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", TRIGGERS)
def test_a_change_while_the_policy_lacks_the_clause_falls_short(org, verdict, item):
    org.policy(review_triggers="")
    org.change()
    why = (
        "There are no policies in force that have themselves reviewed after a merger or change"
        " of business."
    )
    assert verdict(item) == ("nonconforming", [("", why)])


@pytest.mark.parametrize("item", TRIGGERS)
def test_a_change_without_a_review_in_time_falls_short(org, verdict, item):
    org.policy()
    late = {"policy_reviewed_on": None, "review_result": ""}
    change = org.change(**late)
    why = "Was not followed by a review of the policy in time."
    assert verdict(item) == ("nonconforming", [(change.number, why)])
    org.revise(change, policy_review_due=org.today)
    assert verdict(item) == ("conforming", [])
    reviewed = {"policy_reviewed_on": org.day(-45), "review_result": "Nothing had to change."}
    org.revise(change, policy_review_due=org.day(-46), **reviewed)
    assert verdict(item) == ("nonconforming", [(change.number, why)])


def test_the_review_is_due_as_soon_as_declared(org, declare, verdict):
    org.policy()
    nothing_yet = {"policy_review_due": None, "policy_reviewed_on": None, "review_result": ""}
    change = org.change(took_effect_on=org.day(-30), **nothing_yet)
    assert verdict("2022:5.2.2-3")[0] == "nonconforming"
    declare("policy-review-after-change", 30)
    org.revise(change)
    assert change.policy_review_due == org.today
    assert verdict("2022:5.2.2-3") == ("conforming", [])


# -- for others ----------------------------------------------------------------------------------


@pytest.mark.parametrize("item", PUBLIC)
def test_without_summary_and_decision_there_is_nothing_for_others(org, verdict, item):
    assert verdict(item) == ("no-evidence", [])
    org.policy(public_summary="", summary_checked_on=None)
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", PUBLIC)
def test_a_summary_of_the_text_as_it_is_conforms(org, verdict, item):
    org.policy()
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", PUBLIC)
def test_a_decision_to_withhold_it_conforms(org, verdict, item):
    withheld = {"withheld_on": org.day(-60), "withheld_reason": "Names guarded routes."}
    org.policy(public_summary="", summary_checked_on=None, **withheld)
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", PUBLIC)
@pytest.mark.parametrize("days", [None, -71])
def test_an_old_summary_falls_short(org, verdict, item, days):
    policy = org.policy(summary_checked_on=days and org.day(days))
    why = "Has a public summary that nobody held against the text as it is now."
    assert verdict(item) == ("nonconforming", [(policy.number, why)])


@pytest.mark.parametrize("item", PUBLIC)
def test_a_request_without_an_answer_in_time_falls_short(org, verdict, declare, item):
    policy = org.policy()
    asked = {"purpose": "request", "direction": "inward", "side": "external"}
    request = org.communication(-10, **asked, answer_due=org.today)
    why = "Asks for the policy and was not answered in time."
    org.link(request, policy, "concerns")
    assert verdict(item) == ("conforming", [])
    org.revise(request, answer_due=org.day(-1))
    assert verdict(item) == ("nonconforming", [(request.number, why)])
    org.revise(request, answered_on=org.day(-1))
    assert verdict(item) == ("conforming", [])
    org.revise(request, answered_on=org.today)
    assert verdict(item) == ("nonconforming", [(request.number, why)])


@pytest.mark.parametrize("item", PUBLIC)
def test_a_request_without_a_day_of_its_own_is_due_as_declared(org, verdict, declare, item):
    policy = org.policy()
    asked = {"purpose": "request", "direction": "inward", "side": "external"}
    request = org.communication(-10, **asked)
    org.link(request, policy, "concerns")
    assert verdict(item)[0] == "nonconforming"
    declare("request-answer", 10)
    assert verdict(item) == ("conforming", [])
    org.revise(request, at=org.at(-11))
    assert verdict(item)[0] == "nonconforming"
    org.revise(request, answered_on=org.day(-1))
    assert verdict(item) == ("conforming", [])
    org.revise(request, answered_on=org.today)
    assert verdict(item)[0] == "nonconforming"


def test_a_request_for_something_else_is_no_request_for_the_policy(org, verdict):
    org.policy()
    org.communication(-10, purpose="request", direction="inward", answer_due=org.day(-5))
    assert verdict("2022:5.2.2-7") == ("conforming", [])
