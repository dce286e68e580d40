"""A search finds what was written, however it was written, and nothing that is hidden."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bartizan.clauses.context.models import ContextIssue
from bartizan.clauses.support.models import Communication
from bartizan.cli.database import found
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records import search, views
from bartizan.ground.records.models import Record
from bartizan.ground.records.statistics import count_at_start
from bartizan.ground.trail.acts import act
from bartizan.site import search as find
from tests.cast import issue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner():
    return found("Acme", "Owner", "owner@acme.example", "")


def write(owner, title: str, **fields) -> ContextIssue:
    with act(owner):
        return issue(title, owner.unit, **fields)


def titles(words: str, person) -> list[str]:
    return [record.title for record in search.everywhere(words, person).page("-pk", 20).rows]


def test_every_word_must_occur_in_any_place_and_case(owner):
    write(owner, "Theft at the Felixstowe weighbridge")
    write(owner, "Theft elsewhere")
    assert titles("WEIGH theft", owner) == ["Theft at the Felixstowe weighbridge"]
    assert titles("theft", owner) == ["Theft elsewhere", "Theft at the Felixstowe weighbridge"]
    assert titles("weighbridge felix nothing", owner) == []


def test_what_a_bulk_update_wrote_is_found_and_what_it_replaced_is_not(owner):
    issue = write(owner, "Theft at night")
    assert titles("night", owner) == ["Theft at night"]
    with act(owner):
        Record.objects.filter(pk=issue.pk).update(title="Fire at noon")
    assert titles("night", owner) == []
    assert titles("noon", owner) == ["Fire at noon"]


def test_what_is_hidden_is_not_found(owner):
    write(owner, "Open secret", sensitivity=Sensitivity.RESTRICTED)
    assert titles("secret", owner) == ["Open secret"]
    with act(None):
        owner.assignments.update(clearance=Sensitivity.INTERNAL)
    del owner._grants
    assert titles("secret", owner) == []


def test_words_too_short_for_the_index_find_the_beginning_of_a_number_or_title(owner):
    write(owner, "EU rules")
    assert titles("eu", owner) == ["EU rules"]
    assert titles("ct", owner) == ["EU rules"]
    assert titles("ru", owner) == []


@pytest.mark.parametrize("few", [10, 1])
def test_short_words_beside_long_ones_are_found_in_any_place(owner, monkeypatch, few):
    monkeypatch.setattr(search, "FEW", few)
    write(owner, "Theft of a trailer")
    write(owner, "Trailer no. 7: theft")
    assert titles("theft of a trailer", owner) == ["Theft of a trailer"]
    assert titles("theft 7", owner) == ["Trailer no. 7: theft"]
    assert titles("theft xx", owner) == []


@pytest.mark.parametrize("words", ['"', "' OR 1=1 --", "a*b NEAR", "%%%", "((("])
def test_signs_of_a_query_language_are_only_signs(owner, words):
    write(owner, "Theft")
    assert titles(words, owner) == []


@pytest.mark.parametrize("few,near", [(5, 10), (4, 5), (4, 4), (4, 3), (4, 1)])
def test_however_common_words_are_they_are_found_in_any_order(
    owner, monkeypatch, few, near, client
):
    monkeypatch.setattr(search, "FEW", few)
    for newest in ("NEAR", "NEAR_OF_ALL"):
        monkeypatch.setattr(search, newest, near)
    monkeypatch.setattr(views, "PAGE_SIZE", 2)
    for number in (2, 0, 4, 1, 3):
        write(owner, f"Theft {number}")
        if number % 2 == 0:
            write(owner, f"Fire {number}")
    assert titles("theft", owner) == [f"Theft {number}" for number in (3, 1, 4, 0, 2)]
    client.force_login(owner)
    orders = {"": "31402", "number": "20413", "title": "01234", "-title": "43210"}
    for order, told in orders.items():
        there, end = walked(client, f"?q=theft&sort={order}", "next_url")
        assert "".join(there) == told
        back, _ = walked(client, end, "previous_url")
        assert back == there[::-1]
    assert client.get("/context-issues/tally/?q=theft").context_data["count"] == "5"


def walked(client, address: str, on: str) -> tuple[list[str], str]:
    """The last signs of the titles on each page, as far as it goes on, and where that is."""
    pages = []
    while True:
        page = client.get(f"/context-issues/{address}").context_data
        assert page["count"] == "2+"
        pages.append("".join(row["cells"][1].text[-1] for row in page["rows"]))
        if not page[on]:
            return pages, address
        address = page[on]


def test_only_what_was_touched_is_read_up(owner):
    write(owner, "Theft")
    search.refresh()
    assert search.refresh() == 0
    write(owner, "Fire")
    assert search.refresh() == 1


def test_words_cost_a_list_a_question_for_where_the_texts_stand_and_one_for_hits(owner, client):
    write(owner, "Theft at night")
    client.force_login(owner)
    client.get("/context-issues/?q=night")
    with CaptureQueriesContext(connection) as plain:
        assert len(client.get("/context-issues/").context_data["rows"]) == 1
    with CaptureQueriesContext(connection) as searched:
        assert len(client.get("/context-issues/?q=night").context_data["rows"]) == 1
    assert len(searched) - len(plain) == 2  # of PostgreSQL the second asks what is near


@pytest.mark.postgres
@pytest.mark.parametrize("address", ["/search/", "/context-issues/"])
def test_of_common_words_postgresql_gathers_no_hits_for_a_page_of_the_newest(
    owner, client, monkeypatch, address
):
    for limit, module in (("RECORDS", find), ("PAGE_SIZE", views)):
        monkeypatch.setattr(module, limit, 2)
    for number in range(3):
        write(owner, f"Theft {number}")
    client.force_login(owner)
    client.get(f"{address}?q=theft")
    asked = []
    for words in ("theft", "theft fire"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{address}?q={words}")
        asked.append(sum("bartizan_grams" in query["sql"] for query in queries))
    assert asked == [0, 1]


def test_a_kind_is_searched_for_words_that_other_kinds_say_too(owner):
    risk = write(owner, "Theft of CTX-9999")
    with act(owner):
        other = Communication.objects.create(
            title=f"Theft, as {risk.number} has it", unit=owner.unit
        )
    assert titles("theft", owner) == [other.title, risk.title]
    for rows, one in ((ContextIssue.objects, risk), (Communication.objects, other)):
        assert [*search.matching(rows.all(), "theft").ordered("-pk")] == [one]


def test_very_many_texts_at_once_are_found_like_few(owner, monkeypatch):
    monkeypatch.setattr(search, "MANY", 0)
    write(owner, "Theft at the Felixstowe weighbridge")
    write(owner, "Theft elsewhere")
    assert titles("theft", owner) == ["Theft elsewhere", "Theft at the Felixstowe weighbridge"]
    write(owner, "Seal of a trailer broken")
    assert titles("trailer", owner) == ["Seal of a trailer broken"]
    assert titles("weighbridge", owner) == ["Theft at the Felixstowe weighbridge"]


@pytest.fixture
def weighed(owner):
    """SQLite has counted its tables while the index of words holds nothing."""
    count_at_start()
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("PRAGMA writable_schema = RESET")


@pytest.mark.sqlite
def test_the_index_of_words_is_never_read_whole_where_its_parts_are_put_together(weighed):
    removal = "DELETE FROM records_fts_data WHERE id >= 1 AND id <= 2"  # as FTS5 asks it
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {removal}")
        [(*_, plan)] = cursor.fetchall()
    assert plan.startswith("SEARCH")
