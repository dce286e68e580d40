"""The page of the policy that anybody may read."""

import pytest
from django.test import Client

from bartizan.clauses.leadership.models import SecurityPolicy


@pytest.fixture
def policy(owner, manager, today) -> SecurityPolicy:
    made = SecurityPolicy.objects.create(
        title="Security at Acme Freight",
        purpose="SECRET PURPOSE",
        broad_objectives="SECRET OBJECTIVES",
        review_triggers="SECRET TRIGGERS",
        public_summary="We keep **what we carry**. <script>alert(1)</script>",
        effective_from=today,
        sensitivity=3,
        owner=owner,
        unit=owner.unit,
    )
    made.approvals.create(version=made.version, by=manager)
    return made


NOTHING = "No policy is published"


def read() -> str:
    answer = Client().get("/policy/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_anybody_reads_the_summary_and_nothing_else(policy):
    page = read()
    assert "<p>We keep <strong>what we carry</strong>." in page
    assert "Security at Acme Freight" in page
    assert "<script>alert" not in page
    assert ("SECRET" in page, NOTHING in page) == (False, False)


def test_without_a_policy_in_force_there_is_nothing_to_read(policy, today):
    policy.public_summary = "We keep it."
    policy.save()
    page = read()
    assert (NOTHING in page, "We keep it." in page) == (True, False)


def test_a_policy_withheld_is_not_there(policy, manager, today):
    policy.public_summary, policy.withheld_on, policy.withheld_reason = "", today, "Routes."
    policy.save()
    policy.approvals.create(version=policy.version, by=manager)
    page = read()
    assert (NOTHING in page, policy.title in page) == (True, False)


def test_the_page_is_there_before_anything_else_is(db):
    assert NOTHING in read()


def test_it_is_read_and_not_written(policy):
    assert Client().post("/policy/").status_code == 405
