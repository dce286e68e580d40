"""PostgreSQL's planner hears what it is told for as long as it is meant to, and no longer."""

import pytest
from django.db import DatabaseError, connection, transaction

from bartizan.ground.people.models import Unit
from bartizan.ground.records.planner import FOR_A_PAGE, told

pytestmark = pytest.mark.django_db


def planning():
    with connection.cursor() as cursor:
        found = {}
        for name in FOR_A_PAGE:
            cursor.execute(f"SHOW {name}")
            (found[name],) = cursor.fetchone()
        return found


@pytest.mark.postgres
def test_it_hears_it_within_and_no_longer():
    before = planning()
    with told(FOR_A_PAGE):
        within = planning()
    assert within == FOR_A_PAGE
    assert planning() == before
    assert before != FOR_A_PAGE


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("inside", [True, False], ids=["in a transaction", "outside of any"])
def test_nothing_of_it_is_left_when_a_statement_fails(inside):
    before = planning()

    def fail():
        with told(FOR_A_PAGE):
            list(Unit.objects.extra(where=["1 / 0 = 1"]))

    with pytest.raises(DatabaseError, match="division by zero"):
        if inside:
            with transaction.atomic():
                fail()
        else:
            fail()
    assert planning() == before


@pytest.mark.postgres
def test_nothing_of_it_is_left_when_something_else_fails():
    before = planning()
    with pytest.raises(ZeroDivisionError), told(FOR_A_PAGE):
        list(Unit.objects.all())
        1 / 0  # noqa: B018
    assert planning() == before


def test_what_is_asked_within_is_answered_on_both_engines():
    with told(FOR_A_PAGE):
        assert Unit.objects.count() == len(Unit.objects.all())
