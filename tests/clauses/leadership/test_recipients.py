"""Everybody has the policy as it stands now (5.2.2, draft 4.2 j)."""

import pytest

from bartizan.ground.people.models import Person

TOLD, ALL = "2022:5.2.2-6", "dis:4.2-j"
SHARE = "acknowledgement-share"


@pytest.fixture
def told(org, owner, manager):
    """A policy that everybody has got and read."""
    policy = org.policy()
    org.receipt(policy.document.versions.get(), owner, manager)
    return policy


def test_without_a_receipt_there_is_no_evidence(org, declare, verdict):
    org.policy()
    declare(SHARE, 90)
    assert (verdict(TOLD), verdict(ALL)) == (("no-evidence", []), ("no-evidence", []))


def test_without_a_declared_share_there_is_no_evidence(told, verdict):
    assert verdict(TOLD) == ("no-evidence", [])
    assert verdict(ALL) == ("conforming", [])


def test_everybody_having_got_and_read_it_conforms(told, declare, verdict):
    declare(SHARE, 100)
    assert verdict(TOLD) == ("conforming", [])


@pytest.mark.parametrize("engagement", ["employee", "contractor"])
def test_somebody_who_has_not_got_it_falls_short(told, declare, newcomer, verdict, engagement):
    declare(SHARE, 50)
    newcomer("jules", engagement=engagement)
    says = {
        "employee": "Is employed and has not received the policy as it stands now.",
        "contractor": "Works under contract and has not received the policy as it stands now.",
    }
    assert verdict(TOLD) == (
        "nonconforming",
        [("jules", "Has not received the policy as it stands now.")],
    )
    assert verdict(ALL) == ("nonconforming", [("jules", says[engagement])])


def test_whoever_left_or_works_outside_the_scope_need_not_have_it(
    told, declare, newcomer, south, verdict
):
    declare(SHARE, 100)
    newcomer("left", is_active=False)
    south.in_scope = False
    south.save()
    newcomer("outside", unit=south)
    newcomer("party", engagement="outsider")
    assert (verdict(TOLD), verdict(ALL)) == (("conforming", []), ("conforming", []))


def test_those_with_an_older_version_fall_short(told, org, owner, declare, verdict):
    declare(SHARE, 50)
    newer = org.version(told.document, "2", effective=-20)
    org.receipt(newer, owner)
    why = "Has not received the policy as it stands now."
    assert verdict(TOLD) == ("nonconforming", [("manager", why)])
    assert [number for number, _why in verdict(ALL)[1]] == ["manager"]


def test_too_few_acknowledgements_fall_short(org, owner, manager, declare, verdict):
    policy = org.policy()
    version = policy.document.versions.get()
    org.receipt(version, owner)
    org.receipt(version, manager, read=False)
    figure = declare(SHARE, 51)
    why = "Is acknowledged by a smaller share of people than declared."
    assert verdict(TOLD) == ("nonconforming", [(policy.number, why)])
    org.revise(figure, value=50)
    assert verdict(TOLD) == ("conforming", [])
    assert verdict(ALL) == ("conforming", [])


def test_a_visitor_may_have_the_extract_instead(told, org, newcomer, verdict):
    visitor = newcomer("visitor", engagement=Person.Engagement.VISITOR)
    why = "Visits and has received neither the policy as it stands now nor its extract."
    assert verdict(ALL) == ("nonconforming", [("visitor", why)])
    extract = org.document("For visitors")
    org.revise(told, visitor_extract=extract)
    org.receipt(extract.versions.get(), visitor)
    assert verdict(ALL) == ("conforming", [])
    org.version(extract, "2", effective=-3)
    assert verdict(ALL) == ("nonconforming", [("visitor", why)])
