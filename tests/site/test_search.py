"""The page of results says how much there is, and what of it stands there."""

import re

import pytest

from bartizan.site import search
from tests.cast import issue

TITLES = ["Theft at dawn", "Theft at noon", "Theft at night"]


@pytest.fixture
def thefts(owner) -> list:
    return [issue(title, owner.unit, owner=owner) for title in TITLES]


def found(client, words: str) -> tuple[str, list[str]]:
    page = client.get("/search/", {"q": words})
    told = page.context_data["sentence"]
    assert told in page.content.decode()
    return told, [result["title"] for result in page.context_data["results"]]


def test_what_fits_is_counted_and_of_more_the_newest_are_shown(thefts, owner, sign_in, monkeypatch):
    client = sign_in(owner)
    newest = TITLES[::-1]
    assert found(client, "theft noon") == ("One result.", ["Theft at noon"])
    monkeypatch.setattr(search, "RECORDS", 3)
    assert found(client, "theft") == ("3 results.", newest)
    monkeypatch.setattr(search, "RECORDS", 2)
    assert found(client, "theft") == ("More than 2 results.", newest[:2])
    assert "the newest 2" in client.get("/search/", {"q": "theft"}).content.decode()


def test_all_requirements_of_a_clause_are_counted_and_the_first_are_shown(
    owner, sign_in, monkeypatch
):
    items = search.items_for("8")
    assert {item.clause.split(".")[0] for item in items} == {"8"}
    for shown, told in ((len(items), False), (2, True)):
        monkeypatch.setattr(search, "ITEMS", shown)
        page = sign_in(owner).get("/search/", {"q": "8"})
        assert page.context_data["sentence"] == f"{len(items)} results."
        assert [item["id"] for item in page.context_data["requirements"]] == [
            item.id for item in items[:shown]
        ]
        assert (f"the first {shown} of {len(items)}" in page.content.decode()) == told


def test_requirements_with_the_word_itself_come_before_those_with_a_part_of_it():
    def nearness(item) -> int:
        words = re.findall(r"\w+", f"{item.title} {item.says}".casefold())
        return 0 if "act" in words else 1 if any(word.startswith("act") for word in words) else 2

    near = [nearness(item) for item in search.items_for("Act")]
    assert (near, set(near)) == (sorted(near), {0, 1, 2})
