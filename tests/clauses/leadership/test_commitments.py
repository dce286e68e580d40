"""What the policy promises: who answers for it, what keeps it, and what other policies say."""

import pytest
from django.core.exceptions import ValidationError

from bartizan.ground.records.life import approve, retire, review

SERVED = ["2022:8.2-a", "dis:4.4.6-A.a"]
AGREES = ["2022:5.2.2-1", "dis:4.2-a"]


# -- 5.2.2: accountability -----------------------------------------------------------------------

ACCOUNT = "2022:5.2.2-4"


def test_a_policy_that_names_no_role_gives_no_evidence(org, verdict):
    assert verdict(ACCOUNT) == ("no-evidence", [])
    org.policy({"accountable_role": None})
    assert verdict(ACCOUNT) == ("no-evidence", [])


def test_a_held_role_for_each_outcome_conforms_once_a_reader_confirms_it(org, verdict, confirm):
    policy = org.policy()
    assert verdict(ACCOUNT) == ("awaiting-attestation", [])
    confirm(ACCOUNT, policy)
    assert verdict(ACCOUNT) == ("conforming", [])


def test_an_outcome_nobody_answers_for_falls_short(org, verdict):
    policy = org.policy({}, {"accountable_role": None})
    lacking = policy.commitments.get(paragraph="2")
    assert verdict(ACCOUNT) == (
        "nonconforming",
        [(lacking.number, "Names no role that answers for the outcome.")],
    )


def test_an_outcome_of_a_vacant_role_falls_short(org, owner, verdict):
    policy = org.policy({})
    held = org.assignment(owner)
    why = [(policy.commitments.get().number, "Names a role that nobody holds.")]
    held.until = org.day(-1)
    held.save()
    assert verdict(ACCOUNT) == ("nonconforming", why)
    held.until = org.today
    held.save()
    assert verdict(ACCOUNT) == ("awaiting-attestation", [])
    held.role.is_retired = True
    held.role.save()
    assert verdict(ACCOUNT) == ("nonconforming", why)


# -- 8.2 a: processes ----------------------------------------------------------------------------


@pytest.mark.parametrize("item", SERVED)
def test_promises_no_process_serves_give_no_evidence(org, verdict, item):
    assert verdict(item) == ("no-evidence", [])
    policy = org.policy()
    process = org.process(*policy.commitments.all())
    retire(process, "Given up.")
    org.link(org.process(), policy.commitments.first(), "concerns")
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", SERVED)
def test_a_process_for_each_promise_conforms_once_somebody_confirms_it(org, verdict, confirm, item):
    policy = org.policy()
    process = org.process(*policy.commitments.all(), runs=False)
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, process)
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", SERVED)
def test_a_link_counts_from_whichever_page_it_was_made(org, verdict, item):
    policy = org.policy({})
    org.link(policy.commitments.get(), org.process())
    assert verdict(item) == ("awaiting-attestation", [])


@pytest.mark.parametrize("item", SERVED)
def test_a_promise_no_process_serves_falls_short(org, verdict, item):
    policy = org.policy({}, {})
    first, second = policy.commitments.order_by("paragraph")
    org.process(first)
    assert [number for number, _why in verdict(item)[1]] == [second.number]
    assert verdict(item)[0] == "nonconforming"


def test_a_process_nobody_answers_for_keeps_no_promise_in_2022(org, verdict):
    policy = org.policy({})
    org.process(policy.commitments.get(), owner=None)
    assert verdict("2022:8.2-a") == (
        "nonconforming",
        [(policy.commitments.get().number, "Is served by no process that somebody answers for.")],
    )
    assert verdict("dis:4.4.6-A.a") == ("awaiting-attestation", [])


# -- 5.2.2: other policies -----------------------------------------------------------------------

UNCOMPARED = "Was not compared with the security policy since one of the two changed."


@pytest.mark.parametrize("item", AGREES)
def test_without_a_comparison_there_is_no_evidence(org, verdict, item):
    assert verdict(item) == ("no-evidence", [])
    org.policy()
    org.other_policy()
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", AGREES)
def test_a_comparison_after_both_wordings_conforms_once_read(org, verdict, confirm, item):
    policy = org.policy()
    org.compare(policy, org.other_policy(changed_on=org.day(-65)))
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, policy)
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", AGREES)
def test_a_policy_that_was_never_compared_falls_short(org, verdict, item):
    policy, safety = org.policy(), org.other_policy()
    org.compare(policy, safety)
    quality = org.other_policy(field="quality")
    assert verdict(item) == ("nonconforming", [(quality.number, UNCOMPARED)])
    retire(quality, "Merged into safety.")
    assert verdict(item) == ("awaiting-attestation", [])


@pytest.mark.parametrize("item", AGREES)
def test_a_newer_wording_of_either_makes_the_comparison_old(org, verdict, item):
    policy, safety = org.policy(), org.other_policy()
    org.compare(policy, safety)
    org.revise(safety, changed_on=org.day(-64))
    assert verdict(item) == ("nonconforming", [(safety.number, UNCOMPARED)])
    org.revise(safety, changed_on=org.day(-90))
    org.revise(policy, revised_on=org.day(-64))
    assert verdict(item) == ("nonconforming", [(safety.number, UNCOMPARED)])
    org.compare(policy, safety, compared_on=org.day(-64))
    assert verdict(item) == ("awaiting-attestation", [])


@pytest.mark.parametrize("item", AGREES)
def test_a_clash_falls_short_until_it_is_settled(org, verdict, item):
    policy = org.policy()
    clash = org.compare(policy, org.other_policy(), result="conflict", conflict="Doors.")
    assert verdict(item) == (
        "nonconforming",
        [(clash.number, "Found a clash that is not settled.")],
    )
    org.revise(clash, resolved_on=org.day(-60), resolution="Panic bars.")
    assert verdict(item) == ("awaiting-attestation", [])


@pytest.mark.parametrize("item", AGREES)
def test_a_comparison_of_an_earlier_policy_says_nothing_of_this_one(org, verdict, item):
    safety = org.other_policy()
    org.compare(org.policy(), safety)
    org.policy(effective_from=org.day(-5))
    assert verdict(item) == ("no-evidence", [])


# -- what was approved was the promises too ------------------------------------------------------


def test_a_changed_promise_undoes_the_approval_and_makes_the_wording_new(org):
    policy = org.policy({})
    promise = policy.commitments.get()
    org.revise(promise, text="We keep every promise.")
    policy.refresh_from_db()
    assert (policy.version, policy.revised_on) == (2, org.today)
    assert not policy.approvals.filter(version=2).exists()


def test_a_struck_and_a_new_promise_undo_it_as_well(org):
    policy = org.policy({})
    retire(policy.commitments.get(), "Struck out.")
    policy.refresh_from_db()
    assert policy.version == 2
    org.approve(policy)
    org.commitment(policy, "2")
    policy.refresh_from_db()
    assert policy.version == 3


def test_a_review_of_a_promise_leaves_the_policy_as_it_was(org):
    policy = org.policy({})
    review(policy.commitments.get())
    policy.refresh_from_db()
    assert policy.version == 1


def test_promises_of_a_policy_in_preparation_change_nothing_of_it(org):
    policy = org.policy({}, approved_on=None)
    org.revise(policy.commitments.get(), text="We keep every promise.")
    policy.refresh_from_db()
    assert (policy.version, policy.revised_on) == (1, org.day(-70))


def test_another_wording_of_the_policy_is_one_of_today(org, manager):
    policy = org.policy()
    org.revise(policy, approved_on=None, copy_is_signed=False)
    assert policy.revised_on == org.day(-70)
    org.revise(policy, approved_on=None, purpose="Goods arrive on time.")
    assert policy.revised_on == org.today
    org.revise(policy, approved_on=None, purpose="Goods arrive.", revised_on=org.day(-1))
    assert policy.revised_on == org.day(-1)
    assert approve(policy, manager) == "Version 4 is approved."


# -- what can't be written -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"endorsed_on": None}, "Say who signed it, as what, and when."),
        ({"withheld_reason": "Routes."}, "Say since when and why it is withheld."),
        (
            {"withheld_on": "2026-01-01", "withheld_reason": "Routes."},
            "A policy that is withheld has no public summary.",
        ),
        ({"public_summary": ""}, "There is no summary that could agree with the text."),
    ],
)
def test_a_policy_says_whole_things(org, fields, words):
    with pytest.raises(ValidationError) as refused:
        org.policy(**fields)
    assert refused.value.messages == [words]


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"paragraph": "1"}, "The policy has a commitment of this number already."),
        (
            {"names_law": True},
            "Only a promise to comply says what with: choose that, or untick the three.",
        ),
        ({"paragraph": "first"}, "As in 3, 2.1 or 4b."),
    ],
)
def test_a_promise_has_a_number_of_its_own_and_names_only_what_it_keeps(org, fields, words):
    policy = org.policy({})
    given = {"paragraph": "2"} | fields
    with pytest.raises(ValidationError) as refused:
        org.commitment(policy, **given)
    assert refused.value.messages == [words]


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"result": "conflict"}, "Where two policies clash, and only there, say in what."),
        ({"conflict": "Doors."}, "Where two policies clash, and only there, say in what."),
        (
            {"result": "conflict", "conflict": "Doors.", "resolution": "Bars."},
            "A clash is settled on a day and in some way: say both.",
        ),
        (
            {
                "result": "conflict",
                "conflict": "Doors.",
                "resolution": "Bars.",
                "resolved_on": "2020-01-01",
            },
            "A clash can't be settled before it was found.",
        ),
    ],
)
def test_a_comparison_says_whole_things(org, fields, words):
    with pytest.raises(ValidationError) as refused:
        org.compare(org.policy(), org.other_policy(), **fields)
    assert refused.value.messages == [words]


def test_a_comparison_is_called_after_both_policies(org):
    made = org.compare(org.policy(), org.other_policy())
    assert made.title == "Security policy: Health and safety"


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"review_result": ""}, "Say when the policy was reviewed and what came of it."),
        ({"policy_reviewed_on": "2020-01-01"}, "A review before the change does not count."),
    ],
)
def test_a_review_after_a_change_has_day_and_result(org, fields, words):
    with pytest.raises(ValidationError) as refused:
        org.change(**fields)
    assert refused.value.messages == [words]
