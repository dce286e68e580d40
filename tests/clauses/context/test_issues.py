"""Issues, and the chain as part of the context (4.1)."""

import pytest
from django.core.exceptions import ValidationError

from bartizan.clauses.context.checks.issues import climate_decisions
from bartizan.ground.records.life import retire

ITEM_OF = {"external": "2022:4.1-p1", "internal": "2022:4.1-p2"}
ORIGINS = pytest.mark.parametrize("origin", ["external", "internal"])


@ORIGINS
def test_without_an_issue_of_that_origin_there_is_no_evidence(good, verdict, origin):
    other = {"external": "internal", "internal": "external"}[origin]
    good.issue(origin=other)
    retire(good.issue(origin=origin), "Over.")
    good.issue(origin=origin, status="draft")
    assert verdict(ITEM_OF[origin]) == ("no-evidence", [])


@ORIGINS
@pytest.mark.parametrize(
    "spoilt, why",
    [
        ({"effect": ""}, "Names no effect on a result of the system."),
        ({"affected_result": ""}, "Names no effect on a result of the system."),
        ({"owner": None}, "Has nobody who answers for it."),
        ({"review_due": None}, "Was never given a review day."),
        (
            {"reviewed_on": None, "review_due": "2020-01-01"},
            "Is past its review.",
        ),
    ],
)
def test_one_issue_among_others_that_falls_short_is_enough(good, verdict, origin, spoilt, why):
    good.issue(origin=origin)
    wrong = good.issue(origin=origin, **spoilt)
    assert verdict(ITEM_OF[origin]) == ("nonconforming", [(wrong.number, why)])


@ORIGINS
def test_issues_that_are_all_irrelevant_determine_nothing(good, verdict, origin):
    good.issue(origin=origin, is_relevant=False, irrelevance_reason="We have no ships.", effect="")
    assert verdict(ITEM_OF[origin]) == (
        "nonconforming",
        [("", f"There are no {origin} issues found relevant.")],
    )


@ORIGINS
def test_good_issues_conform_once_somebody_confirms_that_the_list_is_complete(
    good, verdict, confirm, origin
):
    issue = good.issue(origin=origin)
    good.issue(origin=origin, is_relevant=False, irrelevance_reason="We have no ships.", effect="")
    assert verdict(ITEM_OF[origin]) == ("awaiting-attestation", [])
    confirm(ITEM_OF[origin], issue)
    assert verdict(ITEM_OF[origin]) == ("conforming", [])


def test_without_a_node_of_the_chain_there_is_no_evidence(good, verdict):
    good.partner(position="beside")
    good.place(is_active=False)
    assert verdict("2022:4.1-p3") == ("no-evidence", [])


def test_a_node_without_issue_requirement_or_reason_falls_short(good, verdict):
    partner, place = good.partner(), good.place()
    good.link(good.obligation(), place)
    good.party(partner=partner)
    why = "Is linked to no issue and no requirement, and no reason is given for that."
    assert verdict("2022:4.1-p3") == (
        "nonconforming",
        [(partner.number, why), (place.number, why)],
    )


def test_a_link_to_a_retired_issue_is_no_link(good, verdict):
    place, issue = good.place(), good.issue()
    good.link(issue, place)
    retire(issue, "Over.")
    assert verdict("2022:4.1-p3")[0] == "nonconforming"


def test_issue_requirement_own_demand_and_reason_each_put_a_node_into_the_context(
    good, verdict, confirm
):
    by_issue, by_requirement, by_stake = good.place(), good.place(), good.partner()
    good.partner(no_demand_reason="Post office: no goods of ours.", no_demand_on=good.today)
    good.link(good.issue(), by_issue)
    good.link(by_requirement, good.requirement())
    good.requirement(good.party(partner=by_stake))
    assert verdict("2022:4.1-p3") == ("awaiting-attestation", [])
    confirm("2022:4.1-p3", by_issue)
    assert verdict("2022:4.1-p3") == ("conforming", [])


def test_finding_climate_irrelevant_is_a_decision_on_climate(good):
    good.issue()
    assert list(climate_decisions()) == []
    decided = good.issue(topic="climate", is_relevant=False, irrelevance_reason="Looked into it.")
    assert list(climate_decisions()) == [decided]


def test_an_issue_is_not_called_irrelevant_without_a_reason(good):
    with pytest.raises(ValidationError, match=r"Say why this issue is not relevant\."):
        good.issue(is_relevant=False)
