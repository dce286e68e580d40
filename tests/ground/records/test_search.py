"""A search finds what was written, however it was written, and nothing that is hidden."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bartizan.clauses.context.models import ContextIssue
from bartizan.cli.database import found, weigh
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records import search
from bartizan.ground.records.models import Record
from bartizan.ground.trail.acts import act

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner():
    return found("Acme", "Owner", "owner@acme.example", "")


def write(owner, title: str, **fields) -> ContextIssue:
    with act(owner):
        return ContextIssue.objects.create(
            title=title,
            origin="external",
            topic="society",
            description="x",
            unit=owner.unit,
            **fields,
        )


def titles(words: str, person) -> list[str]:
    return [record.title for record in search.everywhere(words, person)]


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


@pytest.mark.parametrize("words", ['"', "' OR 1=1 --", "a*b NEAR", "%%%", "((("])
def test_signs_of_a_query_language_are_only_signs(owner, words):
    write(owner, "Theft")
    assert titles(words, owner) == []


def test_common_words_are_found_newest_first(owner, monkeypatch):
    monkeypatch.setattr(search, "RARE", 2)
    for number in range(5):
        write(owner, f"Theft {number}")
    assert titles("theft", owner) == [f"Theft {number}" for number in (4, 3, 2, 1, 0)]


def test_only_what_was_touched_is_read_up(owner):
    write(owner, "Theft")
    search.refresh()
    assert search.refresh() == 0
    write(owner, "Fire")
    assert search.refresh() == 1


def test_where_the_texts_and_the_hits_stand_is_asked_in_one_question(owner, client):
    write(owner, "Theft at night")
    client.force_login(owner)
    client.get("/context-issues/?q=night")
    with CaptureQueriesContext(connection) as plain:
        assert len(client.get("/context-issues/").context_data["rows"]) == 1
    with CaptureQueriesContext(connection) as searched:
        assert len(client.get("/context-issues/?q=night").context_data["rows"]) == 1
    assert len(searched) == len(plain) + 1


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
    weigh()
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
