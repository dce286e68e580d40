"""Statements put to the database two at a time: who asks, and what is found."""

from threading import Barrier, get_ident

import pytest
from django.db import DatabaseError, connection, transaction

from bartizan.conformity.abreast import WORTH_IT, firsts
from bartizan.conformity.prepared import Prepared
from bartizan.exchange.backup import standing_in
from bartizan.ground.records.kept import listening

pytestmark = pytest.mark.django_db

NUMBERS = range(2 * WORTH_IT)
ODD = [n if n % 2 else None for n in NUMBERS]


@pytest.fixture
def statements(tmp_path):
    """One for each number, in a database with the odd ones."""
    with standing_in(tmp_path / "numbers.sqlite3"):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE numbers (n integer)")
            cursor.executemany("INSERT INTO numbers VALUES (%s)", [(n,) for n in NUMBERS if n % 2])
        yield [Prepared("SELECT n FROM numbers WHERE n = %s", (n,)) for n in NUMBERS]


@pytest.fixture
def threads(monkeypatch):
    """Those in which statements are sent."""
    real, seen = Prepared.first, set()

    def first(statement):
        seen.add(get_ident())
        return real(statement)

    monkeypatch.setattr(Prepared, "first", first)
    return seen


@pytest.mark.sqlite
def test_two_ask_at_a_time_and_each_answer_comes_in_its_place(statements, monkeypatch):
    real, seen, both = Prepared.first, set(), Barrier(2, timeout=60)

    def first(statement):
        if get_ident() not in seen:
            seen.add(get_ident())
            both.wait()  # for the other one to have its first statement
        return real(statement)

    monkeypatch.setattr(Prepared, "first", first)
    assert firsts(statements) == ODD
    assert len(seen) == 2


@pytest.mark.sqlite
def test_few_statements_are_not_worth_a_second_connection(statements, threads):
    assert firsts(statements[: WORTH_IT - 1]) == ODD[: WORTH_IT - 1]
    assert threads == {get_ident()}


@pytest.mark.sqlite
def test_what_a_transaction_has_written_so_far_is_seen(statements, threads):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM numbers")
        assert firsts(statements) == [None for _ in NUMBERS]
        transaction.set_rollback(True)
    assert threads == {get_ident()}
    assert firsts(statements) == ODD


@pytest.mark.sqlite
def test_whoever_listens_hears_of_every_statement(statements, threads):
    with listening():
        assert firsts(statements) == ODD
    assert threads == {get_ident()}


@pytest.mark.sqlite
@pytest.mark.parametrize("place", [0, -1])
def test_what_fails_for_either_of_them_fails_for_both(statements, place):
    statements[place] = Prepared("SELECT n FROM letters")
    with pytest.raises(DatabaseError, match="letters"):
        firsts(statements)


# -- PostgreSQL: one connection, all statements before the first answer ---------------------------

ASKED = [
    Prepared(f"SELECT * FROM (VALUES (%s)) AS one (n) WHERE n {'>' if n % 2 else '<'} 0", (n + 1,))
    for n in NUMBERS
]
ANSWERS = [n + 1 if n % 2 else None for n in NUMBERS]


@pytest.mark.postgres
@pytest.mark.parametrize("count", [0, 1, len(ASKED)])
def test_each_answer_of_a_row_of_statements_comes_in_its_place(count):
    assert firsts([*ASKED[:count], Prepared("")]) == [*ANSWERS[:count], None]
    assert firsts([]) == []


@pytest.mark.postgres
def test_whoever_listens_hears_of_a_row_of_statements():
    with listening() as heard:
        firsts([Prepared('SELECT 1 FROM "people_unit"'), Prepared('SELECT 1 FROM "people_role"')])
    assert {read.table for read in heard} == {"people_unit", "people_role"}


@pytest.mark.postgres
@pytest.mark.parametrize("place", [0, -1])
def test_what_fails_in_a_row_of_statements_fails_for_all(place):
    statements = list(ASKED)
    statements[place] = Prepared("SELECT n FROM letters")
    with pytest.raises(DatabaseError, match="letters"), transaction.atomic():
        firsts(statements)
    assert firsts(ASKED) == ANSWERS
