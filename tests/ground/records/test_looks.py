"""How somebody looks at a list: the columns they chose, and the views they keep under a name."""

import pytest

from bartizan.ground.records.models import SavedView
from tests.cast import issue

LIST, LOOK = "/context-issues/", "/context-issues/look/"


@pytest.fixture
def client(owner, sign_in):
    for number in range(3):
        status = "draft" if number else "active"
        issue(f"Issue {number}", owner.unit, owner=owner, status=status)
    return sign_in(owner)


def headings(answer) -> list[str]:
    return [column["name"] for column in answer.context_data["columns"]]


def test_a_list_shows_the_columns_it_is_asked_for_in_its_own_order(client):
    usual = headings(client.get(LIST))
    answer = client.get(f"{LIST}?columns=description&columns=title&columns=password")
    assert headings(answer) == ["number", "title", "description"]
    cells = answer.context_data["rows"][0]["cells"]
    assert [cell.text for cell in cells[1:]] == ["Issue 2", "It is so."]
    assert headings(client.get(f"{LIST}?columns=password")) == usual


def test_a_chosen_column_sorts_and_stays_when_one_does(client):
    answer = client.get(f"{LIST}?columns=title&columns=review_due&sort=review_due")
    by = {column["name"]: column for column in answer.context_data["columns"]}
    assert by["review_due"]["sorted"] == "asc"
    assert by["title"]["url"] == "?columns=title&columns=review_due&sort=title"


def test_the_page_of_it_offers_each_column_and_ticks_those_shown(client):
    choices = client.get(f"{LOOK}?columns=description").context_data["choices"]
    assert "number" not in [choice["name"] for choice in choices]
    assert [choice["name"] for choice in choices if choice["shown"]] == ["description"]


def test_a_view_keeps_filters_order_and_columns_under_a_name(client):
    data = {
        "q": "Issue", "status": "draft", "sort": "title", "columns": ["title", "description"],
        "at": "somewhere", "other": "thing", "name": " Drafts ", "keep": "yes",
    }  # fmt: skip
    address = f"{LIST}?q=Issue&sort=title&status=draft&columns=title&columns=description"
    assert client.post(LOOK, data).headers["Location"] == address
    (view,) = client.get(LOOK).context_data["views"]
    assert (view["name"], view["url"], view["current"]) == ("Drafts", address, False)
    answer = client.get(view["url"])
    shown = [row["cells"][1].text for row in answer.context_data["rows"]]
    assert (shown, headings(answer)) == (["Issue 1", "Issue 2"], ["number", "title", "description"])
    (view,) = client.get(address.replace(LIST, LOOK)).context_data["views"]
    assert view["current"]


def test_under_a_name_stands_the_view_that_was_kept_last(client):
    for status in ("draft", "active"):
        client.post(LOOK, {"status": status, "name": "Mine", "keep": "yes"})
    assert [view.query for view in SavedView.objects.all()] == ["status=active"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_view_without_a_name_that_fits_is_not_kept_and_one_hears_why(client, name):
    answer = client.post(LOOK, {"status": "draft", "name": name, "keep": "yes"}, follow=True)
    (message,) = answer.context["messages"]
    assert message.level_tag == "error"
    assert not SavedView.objects.exists()


def test_what_is_only_shown_is_not_kept(client):
    usual = headings(client.get(LIST))[1:]
    shown = client.post(LOOK, {"columns": usual, "status": "draft", "show": "yes"})
    assert shown.headers["Location"] == f"{LIST}?status=draft"
    assert not SavedView.objects.exists()


def test_a_view_is_seen_and_forgotten_by_whoever_kept_it(client, colleague, sign_in):
    client.post(LOOK, {"status": "draft", "name": "Drafts", "keep": "yes"})
    view = SavedView.objects.get()
    other = sign_in(colleague)
    assert other.get(LOOK).context_data["views"] == []
    for number in (view.pk, "?", "9" * 5000):
        other.post(LOOK, {"forget": number})
    assert SavedView.objects.count() == 1
    assert client.get("/interested-parties/look/").context_data["views"] == []
    client.post(LOOK, {"forget": view.pk})
    assert not SavedView.objects.exists()
