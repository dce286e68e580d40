"""The eight principles, the fit of the system, and other management systems (4.2.3)."""

import pytest

from bartizan.clauses.context.models import PrincipleReview
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Relation

EIGHT = PrincipleReview.Principle.values


def test_without_a_review_there_is_no_evidence_of_the_principles(good, verdict):
    assert verdict("2022:4.2.3.1") == ("no-evidence", [])


def test_each_of_the_eight_is_missed(good, verdict):
    process = good.process()
    for principle in EIGHT:
        others = [good.principle_review(other, process) for other in EIGHT if other != principle]
        value, [(number, why)] = verdict("2022:4.2.3.1")
        assert (value, number) == ("nonconforming", "")
        assert why.startswith("There are no reviews of ")
        for review in others:
            retire(review, "Tried.")


def test_a_review_that_cites_nothing_in_force_shows_nothing(good, verdict):
    process = good.process()
    for principle in EIGHT[1:]:
        good.principle_review(principle, process)
    gone = good.process()
    wrong = good.principle_review("leadership", gone)
    retire(gone, "Given up.")
    assert verdict("2022:4.2.3.1") == (
        "nonconforming",
        [
            ("", "There are no reviews of leadership that cite a record."),
            (wrong.number, "Cites no record that counts."),
        ],
    )


def test_a_principle_past_its_review_falls_short(good, verdict):
    process = good.process()
    reviews = [good.principle_review(principle, process) for principle in EIGHT]
    wrong = reviews[3]
    wrong.reviewed_on, wrong.review_due = None, good.day(-1)
    wrong.save()
    assert verdict("2022:4.2.3.1") == (
        "nonconforming",
        [(wrong.number, "Is past its review.")],
    )


def test_eight_principles_conform_once_top_management_cites_a_review_of_each(
    good, verdict, confirm
):
    process = good.process()
    reviews = [good.principle_review(principle, process) for principle in EIGHT]
    confirm("2022:4.2.3.1", *reviews[:-1])
    assert verdict("2022:4.2.3.1") == ("awaiting-attestation", [])
    confirm("2022:4.2.3.1", *reviews)
    assert verdict("2022:4.2.3.1") == ("conforming", [])


# -- fitted to the organization (4.2.3.4-p1) -----------------------------------------------------


def test_without_scope_and_issues_nothing_can_be_fitted(good, verdict):
    assert verdict("2022:4.2.3.4-p1") == ("no-evidence", [])


def test_scope_and_issues_are_both_needed(good, verdict):
    good.issue()
    good.scope()
    assert verdict("2022:4.2.3.4-p1") == (
        "nonconforming",
        [("", "There are no approved scopes.")],
    )


def test_the_system_is_fitted_once_somebody_says_so_citing_scope_and_issues(good, verdict, confirm):
    scope, issue = good.scope(), good.issue()
    good.approve(scope)
    confirm("2022:4.2.3.4-p1", scope)
    assert verdict("2022:4.2.3.4-p1") == ("awaiting-attestation", [])
    confirm("2022:4.2.3.4-p1", scope, issue)
    assert verdict("2022:4.2.3.4-p1") == ("conforming", [])


# -- integrated (4.2.3.6-p1) ---------------------------------------------------------------------


def test_without_a_list_of_other_systems_there_is_no_evidence(good, verdict):
    assert verdict("2022:4.2.3.6-p1") == ("no-evidence", [])


def test_a_system_that_shares_nothing_and_says_nothing_is_noted(good, verdict):
    wrong, gone = good.other_system(), good.process()
    good.link(wrong, gone, Relation.CONCERNS)
    retire(gone, "Given up.")
    assert verdict("2022:4.2.3.6-p1") == (
        "nonconforming",
        [
            (
                wrong.number,
                "Shares no process and no document, and no reason is given for standing alone.",
            )
        ],
    )


@pytest.mark.parametrize("shared", ["process", "procedure", "reason"])
def test_a_system_that_shares_something_or_says_why_not_conforms(good, verdict, confirm, shared):
    if shared == "reason":
        system = good.other_system(stands_alone_reason="Run by the group.")
    else:
        system = good.other_system()
        good.link(getattr(good, shared)(), system, Relation.CONCERNS)
    assert verdict("2022:4.2.3.6-p1") == ("awaiting-attestation", [])
    confirm("2022:4.2.3.6-p1", system)
    assert verdict("2022:4.2.3.6-p1") == ("conforming", [])
