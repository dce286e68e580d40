"""The history of a record, out of the trail."""

from decimal import Decimal

import pytest

from bartizan.ground.trail.acts import act
from bartizan.ground.trail.history import history
from tests.ground.trail.edits import row
from tests.ground.trail.shop.models import Machine, Shelf

pytestmark = pytest.mark.django_db


class Someone:
    pk = 7


def test_a_record_in_two_tables_has_one_history_newest_first():
    with act(Someone(), through="page", why="New."):
        machine = Machine.objects.create(name="press", price=Decimal("12.50"))
        machine.pieces = 3
        machine.save()
    with act(None, through="import"):
        Machine.objects.filter(pk=machine.pk).update(price=Decimal("9.90"))
    with act(None):
        Shelf.objects.create(code="somebody else's")
    with act(None):
        key = machine.pk
        machine.delete()
    machine.pk = key
    changes = history(machine)
    assert [change.verb for change in changes] == ["delete", "update", "insert"]
    deleted, cheaper, made = changes
    assert (made.person_id, made.act.why, made.at) == (7, "New.", made.act.at)
    assert made.before is None
    assert made.after is not None
    assert (made.after["name"], made.after["price"], made.after["pieces"]) == (
        *("press", Decimal("12.50")),
        3,
    )
    assert cheaper.before == made.after
    assert cheaper.after == made.after | {"price": Decimal("9.90")}
    assert (deleted.before, deleted.after) == (cheaper.after, None)
    assert deleted.entry_index > cheaper.entry_index > made.entry_index


def test_values_are_those_the_model_has(busy_shop):
    with act(None):
        machine = Machine.objects.create(name="press", **row(busy_shop))
    machine.refresh_from_db()
    newest = history(machine)[0]
    assert newest.after == {
        field.attname: getattr(machine, field.attname)
        for field in Machine._meta.concrete_fields
        if not field.generated
    }


@pytest.mark.parametrize("times", [1, 9])
def test_a_history_costs_one_query_however_long(times, django_assert_num_queries):
    with act(None):
        machine = Machine.objects.create(name="press")
    for turn in range(times):
        with act(None):
            Machine.objects.filter(pk=machine.pk).update(pieces=turn + 1)
    with django_assert_num_queries(1):
        assert len(history(machine)) == times + 1
