"""PostgreSQL's planner hears what it is told for as long as it is meant to, and no longer."""

from contextlib import nullcontext

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


def divided_by_zero():
    with told(FOR_A_PAGE):
        list(Unit.objects.extra(where=["1 / 0 = 1"]))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("within", [transaction.atomic, nullcontext])
def test_nothing_of_it_is_left_when_a_statement_fails(within):
    before = planning()
    with pytest.raises(DatabaseError, match="division by zero"), within():
        divided_by_zero()
    assert planning() == before


@pytest.mark.postgres
def test_nothing_of_it_is_left_when_something_else_fails():
    before = planning()
    with pytest.raises(StopIteration), told(FOR_A_PAGE):
        next(iter(Unit.objects.all()))
    assert planning() == before


def test_what_is_asked_within_is_answered_on_both_engines():
    with told(FOR_A_PAGE):
        assert Unit.objects.count() == len(Unit.objects.all())
