"""Interested parties, what they require and what is done about it (4.2.1, 5.1)."""

import pytest
from django.core.exceptions import ValidationError

from bartizan.ground.records.life import retire


def test_without_a_party_there_is_no_evidence_that_parties_are_known(good, verdict):
    retire(good.party(), "Gone.")
    assert verdict("2022:4.2.1-1") == ("no-evidence", [])


@pytest.mark.parametrize(
    "spoilt, why",
    [
        ({"relevance": ""}, "Says nothing about why its stake matters."),
        ({"owner": None}, "Has nobody who answers for it."),
        ({"review_due": None}, "Was never given a review day."),
        (
            {"reviewed_on": None, "review_due": "2020-01-01"},
            "Is past its review.",
        ),
    ],
)
def test_a_party_without_relevance_owner_or_review_falls_short(good, verdict, spoilt, why):
    good.party()
    wrong = good.party(**spoilt)
    assert verdict("2022:4.2.1-1") == ("nonconforming", [(wrong.number, why)])


def test_good_parties_conform_once_the_list_is_confirmed(good, verdict, confirm):
    party = good.party()
    assert verdict("2022:4.2.1-1") == ("awaiting-attestation", [])
    confirm("2022:4.2.1-1", party)
    assert verdict("2022:4.2.1-1") == ("conforming", [])


# -- what they require (4.2.1-2) -----------------------------------------------------------------


def test_parties_without_any_requirement_are_no_evidence(good, verdict):
    good.party()
    assert verdict("2022:4.2.1-2") == ("no-evidence", [])


def test_a_relevant_party_of_which_nothing_is_known_falls_short(good, verdict):
    good.requirement()
    wrong = good.party()
    retire(good.requirement(wrong), "Withdrawn.")
    assert verdict("2022:4.2.1-2") == (
        "nonconforming",
        [(wrong.number, "Has no requirement on record, and nobody noted having looked for one.")],
    )


def test_requirement_dated_none_and_irrelevance_each_settle_a_party(good, verdict, confirm):
    requirement = good.requirement()
    good.party(none_found_on=good.day(-5), none_found_note="Asked, and read their website.")
    good.party(is_relevant=False)
    assert verdict("2022:4.2.1-2") == ("awaiting-attestation", [])
    confirm("2022:4.2.1-2", requirement)
    assert verdict("2022:4.2.1-2") == ("conforming", [])


# -- what is taken on (4.2.1-3) ------------------------------------------------------------------


def test_without_a_requirement_there_is_no_evidence_of_decisions(good, verdict):
    good.party()
    assert verdict("2022:4.2.1-3") == ("no-evidence", [])


@pytest.mark.parametrize(
    "spoilt, why",
    [
        (
            {"decision": "undecided", "decided_by": None, "decided_on": None},
            "Is neither taken on nor refused.",
        ),
        (
            {"decision": "not-adopted", "decision_reason": "Too far.", "decided_by": None},
            "Does not say who decided on it and when.",
        ),
        (
            {"decision": "not-adopted", "decision_reason": "Too far.", "decided_on": None},
            "Does not say who decided on it and when.",
        ),
        ({}, "Is taken on, but is linked to no process, control or objective."),
    ],
)
def test_a_requirement_is_decided_by_somebody_and_answered(good, verdict, spoilt, why):
    wrong = good.requirement(**spoilt)
    assert verdict("2022:4.2.1-3") == ("nonconforming", [(wrong.number, why)])


def test_an_objective_that_nobody_approved_is_no_answer(good, verdict):
    wrong, objective = good.requirement(), good.fewer_thefts()
    objective.approvals.all().delete()
    good.link(objective, wrong)
    assert verdict("2022:4.2.1-3") == (
        "nonconforming",
        [(wrong.number, "Is taken on, but is linked to no process, control or objective.")],
    )


def test_an_answer_that_is_retired_is_none(good, verdict):
    wrong, process = good.requirement(), good.process()
    good.link(process, wrong)
    retire(process, "Given up.")
    assert verdict("2022:4.2.1-3") == (
        "nonconforming",
        [(wrong.number, "Is taken on, but is linked to no process, control or objective.")],
    )


def test_requirements_answered_or_refused_conform(good, verdict):
    good.link(good.process(), good.requirement())
    provision = good.provision(good.process(performer="external"))
    good.link(good.control(provision), good.requirement())
    good.link(good.sealing(), good.requirement())
    good.link(good.fewer_thefts(), good.requirement())
    good.requirement(decision="not-adopted", decision_reason="Too far.")
    assert verdict("2022:4.2.1-3") == ("conforming", [])


# -- watching and acting (5.1-2, and 4.4.1-c of the draft) ---------------------------------------

WATCHING = pytest.mark.parametrize("item", ["2022:5.1-2", "dis:4.4.1-c"])


@WATCHING
def test_without_a_requirement_nothing_shows_that_expectations_are_watched(verdict, good, item):
    good.declare("expectation-check", 30)
    assert verdict(item) == ("no-evidence", [])


def test_requirements_that_nobody_watches_are_no_evidence_of_watching(good, verdict):
    good.requirement(monitored_by=None)
    assert verdict("2022:5.1-2") == ("no-evidence", [])


def test_one_requirement_that_nobody_watches_falls_short(good, verdict):
    good.declare("expectation-check", 30)
    good.requirement()
    wrong = good.requirement(monitored_by=None)
    assert verdict("2022:5.1-2") == ("nonconforming", [(wrong.number, "Is watched by nobody.")])


@WATCHING
def test_without_a_declared_interval_nothing_is_checked_in_time(good, verdict, item):
    wrong = good.requirement()
    assert verdict(item) == (
        "nonconforming",
        [(wrong.number, "Is checked at no interval that anybody has declared.")],
    )


@WATCHING
@pytest.mark.parametrize("days_ago", [None, 31])
def test_a_check_lies_inside_the_interval(good, verdict, item, days_ago):
    good.declare("expectation-check", 30)
    good.requirement(last_checked=good.day(-30))
    wrong = good.requirement(last_checked=None if days_ago is None else good.day(-days_ago))
    assert verdict(item) == (
        "nonconforming",
        [(wrong.number, "Was not checked inside the declared interval.")],
    )


@WATCHING
def test_a_gap_without_an_action_falls_short(good, verdict, item):
    good.declare("expectation-check", 30)
    wrong = good.requirement(gap="Nobody picks up at night.")
    retire(good.action(wrong), "Given up.")
    assert verdict(item) == (
        "nonconforming",
        [(wrong.number, "Has a gap and no action to close it.")],
    )


@WATCHING
@pytest.mark.parametrize("done", [False, True])
def test_a_late_action_on_a_gap_falls_short(good, verdict, item, done):
    good.declare("expectation-check", 30)
    wrong = good.requirement(gap="Nobody picks up at night.")
    late = {"done_on": good.day(-1), "outcome": "A second phone."} if done else {}
    good.action(wrong, due=good.day(-2), **late)
    assert verdict(item) == (
        "nonconforming",
        [
            (
                wrong.number,
                {
                    "2022:5.1-2": "Has a gap, and an action on it is late without top management"
                    " having been told.",
                    "dis:4.4.1-c": "Has a gap, and an action on it is late.",
                }[item],
            )
        ],
    )


def test_lateness_that_top_management_knows_of_is_managed_in_2022_but_late_in_the_draft(
    good, verdict
):
    good.declare("expectation-check", 30)
    requirement = good.requirement(gap="Nobody picks up at night.")
    good.action(requirement, due=good.day(-2), escalated_on=good.day(-1))
    assert verdict("2022:5.1-2") == ("awaiting-attestation", [])
    assert verdict("dis:4.4.1-c")[0] == "nonconforming"


@WATCHING
def test_watched_requirements_with_gaps_acted_on_conform(good, verdict, confirm, item):
    good.declare("expectation-check", 30)
    requirement = good.requirement()
    acted_on = good.requirement(gap="Nobody picks up at night.")
    good.action(acted_on, due=good.today)
    good.action(
        acted_on, due=good.day(-2), done_on=good.day(-2), outcome="Asked for a second phone."
    )
    good.requirement(gap="No list of numbers.", gap_closed_on=good.day(-3))
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, requirement)
    assert verdict(item) == ("conforming", [])


# -- what a record refuses -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "spoilt, message",
    [
        ({"decision": "not-adopted"}, "Say why it is not taken on."),
        ({"gap_closed_on": "2026-01-01"}, "Say what the gap was that is closed."),
        (
            {"gap": "No list.", "gap_noted_on": "2026-01-02", "gap_closed_on": "2026-01-01"},
            "A gap can't be closed before it was noted.",
        ),
    ],
)
def test_what_cannot_be_true_of_a_requirement_is_refused(good, spoilt, message):
    with pytest.raises(ValidationError) as refused:
        good.requirement(**spoilt)
    assert refused.value.messages == [message]


@pytest.mark.parametrize(
    "spoilt, message",
    [
        ({"none_found_on": "2026-01-01"}, "Say where you looked before finding nothing."),
        ({"contact_cadence_days": 0}, "In touch every day is the most there is."),
    ],
)
def test_what_cannot_be_true_of_a_party_is_refused(good, spoilt, message):
    with pytest.raises(ValidationError) as refused:
        good.party(**spoilt)
    assert refused.value.messages == [message]
