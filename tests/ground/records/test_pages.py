"""The shared pages, on one register that stands for all."""

import re

import pytest

from bartizan.clauses.context.models import ContextIssue
from tests.cast import issue

NEW = {
    "title": "Theft at truck stops",
    "origin": "external",
    "topic": "society",
    "description": "Cargo theft doubled.",
    "affected_result": "Loss-free delivery",
    "direction": "hinders",
    "effect": "Drivers cannot rest at open parking areas.",
    "is_relevant": "on",
    "sensitivity": "1",
    "identified_on": "2026-01-15",
}


@pytest.fixture
def theft(owner) -> ContextIssue:
    return issue("Theft at truck stops", owner.unit, owner=owner)


def test_a_new_record_gets_the_next_number_and_opens_on_its_page(owner, sign_in):
    client = sign_in(owner)
    answer = client.post("/context-issues/new/", NEW | {"owner": owner.pk, "unit": owner.unit_id})
    assert answer.status_code == 302, answer.context_data["form"].errors
    assert answer.headers["Location"] == "/context-issues/CTX-0001/"
    made = ContextIssue.objects.get()
    assert (made.title, made.owner, made.version, made.status) == (
        "Theft at truck stops",
        owner,
        1,
        "active",
    )


def test_a_form_with_an_error_says_it_beside_the_field_and_writes_nothing(owner, sign_in):
    answer = sign_in(owner).post(
        "/context-issues/new/", NEW | {"unit": owner.unit_id, "topic": "?"}
    )
    assert answer.status_code == 422
    assert list(answer.context_data["form"].errors) == ["topic"]
    assert not ContextIssue.objects.exists()


def test_the_words_of_a_broken_rule_are_those_of_the_model(owner, sign_in):
    data = NEW | {"unit": owner.unit_id, "owner": owner.pk}
    data.pop("is_relevant")
    answer = sign_in(owner).post("/context-issues/new/", data)
    assert answer.context_data["form"].non_field_errors() == ["Say why this issue is not relevant."]


def test_editing_makes_a_new_version(owner, theft, sign_in):
    data = NEW | {"unit": owner.unit_id, "owner": owner.pk, "version": 1, "title": "Theft at night"}
    answer = sign_in(owner).post(f"/context-issues/{theft.number}/edit/", data)
    assert answer.status_code == 302
    theft.refresh_from_db()
    assert (theft.title, theft.version) == ("Theft at night", 2)


def test_a_stale_form_is_refused_and_shows_both_versions(owner, theft, sign_in):
    theft.title = "Theft at noon"
    theft.save()
    data = NEW | {"unit": owner.unit_id, "owner": owner.pk, "version": 1, "title": "Theft at night"}
    answer = sign_in(owner).post(f"/context-issues/{theft.number}/edit/", data)
    assert answer.status_code == 409
    titles = [row for row in answer.context_data["theirs"] if row[0] == "title"]
    assert titles == [("title", "Theft at noon", "Theft at night")]
    theft.refresh_from_db()
    assert theft.title == "Theft at noon"


def test_the_list_shows_what_the_columns_say(owner, theft, sign_in):
    page = sign_in(owner).get("/context-issues/").context_data
    assert [c.text for c in page["rows"][0]["cells"]][:3] == [
        "CTX-0001",
        "Theft at truck stops",
        "External",
    ]
    assert page["count"] == "1"


@pytest.mark.parametrize(
    "asked,is_open", [("", False), ("?q=theft", False), ("?status=active", True)]
)
def test_filters_stand_open_where_one_is_in_use(owner, theft, sign_in, asked, is_open):
    page = sign_in(owner).get(f"/context-issues/{asked}").content
    [filters] = re.findall(rb'<details class="filters[^>]*>', page)
    assert filters.endswith(b" open>") == is_open


def test_a_stranger_does_not_learn_that_a_record_exists(owner, theft, stranger, sign_in):
    client = sign_in(stranger)
    assert client.get(f"/context-issues/{theft.number}/").status_code == 404
    assert client.get("/context-issues/").context_data["rows"] == []


def test_approving_once_is_enough(owner, manager, theft, sign_in):
    client = sign_in(manager)
    client.post(f"/context-issues/{theft.number}/approve/")
    client.post(f"/context-issues/{theft.number}/approve/")
    assert [(a.version, a.by) for a in theft.approvals.all()] == [(1, manager)]


def test_a_reader_cannot_retire(theft, auditor, sign_in):
    answer = sign_in(auditor).post(f"/context-issues/{theft.number}/retire/", {"why": "gone"})
    assert answer.status_code == 403
    theft.refresh_from_db()
    assert theft.status == "active"


@pytest.mark.parametrize("said", ["", "fog", "-1", "9" * 30])
def test_a_link_that_nobody_made_can_not_be_taken_back(owner, theft, sign_in, said):
    answer = sign_in(owner).post(f"{theft.get_absolute_url()}unlink/", {"link": said}, follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["This link is gone already."]


@pytest.mark.parametrize(
    "button, said",
    [
        ("approve", {"why": "x" * 301}),
        ("retire", {"why": "x" * 301}),
        ("link", {"number": "CTX-0002", "relation": "concerns", "note": "x" * 301}),
    ],
)
def test_a_reason_that_has_no_room_is_refused_and_nothing_done(owner, theft, sign_in, button, said):
    issue("Fog", owner.unit)
    answer = sign_in(owner).post(f"{theft.get_absolute_url()}{button}/", said, follow=True)
    told = [str(one) for one in answer.context["messages"]]
    assert told == ["Say it in at most 300 characters."]
    theft.refresh_from_db()
    assert (theft.status, theft.approvals.count(), theft.links_out.count()) == ("active", 0, 0)
