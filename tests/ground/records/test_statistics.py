"""What the database knows of its tables is what is in them, however many rows came at once."""

import pytest
from django.db import connections

from bartizan.ground.records import statistics
from bartizan.ground.records.statistics import count_after, count_at_start
from bartizan.ground.trail.rebuild import opened_file
from tests.cast import issue, known_of

ISSUES = "context_contextissue"


@pytest.fixture
def wrote(whole, monkeypatch):
    """Writes so many records, and says so."""
    monkeypatch.setattr(statistics, "MANY", 2)

    def written(number: int) -> None:
        for _ in range(number):
            issue("Fog", whole)
        count_after(number)

    return written


def test_many_rows_are_counted_and_a_few_are_not(wrote):
    wrote(3)
    assert known_of(ISSUES) == 3
    wrote(2)
    assert known_of(ISSUES) == 3
    wrote(3)
    assert known_of(ISSUES) == 8


@pytest.mark.sqlite
def test_sqlite_does_not_read_very_many_for_a_few_more(wrote):
    wrote(10)
    wrote(4)
    assert known_of(ISSUES) == 10
    wrote(9)
    assert known_of(ISSUES) == 23


@pytest.mark.sqlite
def test_what_came_little_by_little_is_counted_when_a_server_starts(wrote):
    wrote(3)
    for _ in range(3):
        wrote(1)
    count_at_start()
    assert known_of(ISSUES) == 3
    wrote(1)
    count_at_start()
    assert known_of(ISSUES) == 7


@pytest.mark.sqlite
def test_other_connections_plan_by_the_new_counts(company):
    def way(asked: int) -> str:
        statement = f"SELECT {asked} FROM probe WHERE one = 1 AND two = 1"
        with connections[other].cursor() as cursor:
            cursor.execute(statement)
            cursor.fetchall()
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            return cursor.fetchone()[3]

    with opened_file(company.database) as other:
        with connections[other].cursor() as cursor:
            cursor.execute("CREATE TABLE probe (one, two)")
            cursor.execute("CREATE INDEX by_one ON probe (one)")
            cursor.execute("CREATE INDEX by_two ON probe (two)")
            cursor.executemany("INSERT INTO probe VALUES (%s, 1)", [(n,) for n in range(500)])
        count_after(10_000)
        assert "by_one" in way(1)
        with connections[other].cursor() as cursor:
            cursor.execute("UPDATE probe SET one = 1, two = rowid")
        count_after(10_000)
        assert "by_two" in way(2)
