"""No write without an act; what an act leaves behind."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from bartizan.ground.trail.acts import act, current_act
from bartizan.ground.trail.checkpoints import checkpoint
from bartizan.ground.trail.log import head
from bartizan.ground.trail.models import Act, Checkpoint, Entry, Payload, Tile
from bartizan.ground.trail.standing import lifted
from tests.ground.trail.edits import edit
from tests.ground.trail.shop.models import Machine, Shelf, Visit, Ware

pytestmark = pytest.mark.django_db


class Someone:
    pk = 7


def entries() -> list[tuple[str, str, str]]:
    return list(Entry.objects.order_by("index").values_list("table", "key", "verb"))


def outside() -> dict[str, object]:
    return {
        "insert": lambda: Shelf.objects.create(code="B"),
        "bulk insert": lambda: Shelf.objects.bulk_create([Shelf(code="B")]),
        "update": lambda: Shelf.objects.update(code="B"),
        "save without change": lambda: Shelf.objects.get().save(),
        "delete": lambda: Shelf.objects.all().delete(),
        "raw": lambda: connection.cursor().execute("UPDATE shop_shelf SET code = 'B'"),
        "relation": lambda: Ware.objects.get().near.clear(),
    }


@pytest.mark.parametrize("write", outside())
def test_a_write_without_an_act_is_refused(write):
    with act(None):
        shelf = Shelf.objects.create(code="A")
        Ware.objects.create(name="ware").near.add(shelf)
    before = head()
    with pytest.raises(IntegrityError, match="write without an act"), transaction.atomic():
        outside()[write]()
    assert Shelf.objects.get().code == "A"
    assert head() == before


def test_an_act_says_who_when_through_what_and_why():
    with act(Someone(), through="page", why="It moved.") as done:
        Shelf.objects.create(code="A")
    kept = Act.objects.get()
    assert (kept.person_id, kept.through, kept.why) == (7, "page", "It moved.")
    assert (kept.pk, kept.at) == (done.pk, done.at)
    leaf = json.loads(bytes(Entry.objects.get().leaf))
    assert leaf["person"] == 7
    assert leaf["at"] == kept.at.isoformat(timespec="microseconds")
    assert leaf["through"] == "page"


def test_a_leaf_holds_nothing_but_names_numbers_and_hashes():
    with act(None, why="Because Ms Example asked."):
        Shelf.objects.create(code="Ms Example's shelf")
    leaf = bytes(Entry.objects.get().leaf)
    assert b"Example" not in leaf
    assert list(json.loads(leaf)) == [
        *("act", "at", "commitment", "index", "key", "person"),
        *("schema", "table", "through", "verb", "why"),
    ]


def test_an_act_comes_through_a_way_we_know():
    with (
        pytest.raises(ValueError, match="page, api, command, import, system"),
        act(None, through="x"),
    ):
        pass


def test_an_act_without_writes_leaves_nothing():
    with act(None) as nothing:
        assert current_act() is nothing
    assert current_act() is None
    assert not Act.objects.exists()
    assert head().size == 0


def test_acts_inside_an_act_join_it():
    with act(None, why="outer") as outer:
        Shelf.objects.create(code="A")
        with act(Someone(), why="inner") as inner:
            Shelf.objects.create(code="B")
        assert inner is outer
        Shelf.objects.create(code="C")
    assert [a.why for a in Act.objects.all()] == ["outer"]
    assert Entry.objects.filter(act=outer.pk).count() == 3


def test_one_entry_for_each_row_with_its_last_image():
    with act(None):
        shelf = Shelf.objects.create(code="A")
        shelf.code = "B"
        shelf.save()
        Shelf.objects.update(code=F("code"))
    assert entries() == [("shop_shelf", str(shelf.pk), "insert")]
    assert json.loads(Payload.objects.get().image)["code"] == "B"


def test_a_row_made_and_deleted_in_one_act_leaves_nothing():
    with act(None):
        Shelf.objects.create(code="A").delete()
    assert entries() == []
    assert not Act.objects.exists()


def test_a_row_deleted_and_made_again_has_changed():
    with act(None):
        shelf = Shelf.objects.create(code="A")
    with act(None):
        key = shelf.pk
        shelf.delete()
        Shelf.objects.create(pk=key, code="B")
    assert entries() == [("shop_shelf", str(key), "insert"), ("shop_shelf", str(key), "update")]


def test_an_update_that_changes_nothing_leaves_nothing():
    with act(None):
        shelf = Shelf.objects.create(code="A")
    size = head().size
    with act(None):
        shelf.save()
        Shelf.objects.update(code=F("code"))
    assert head().size == size


def test_a_row_that_gets_another_number_is_deleted_and_made():
    with act(None):
        key = Shelf.objects.create(code="A").pk
    with act(None):
        Shelf.objects.update(id=F("id") + 1000)
    assert entries()[1:] == [
        ("shop_shelf", str(key), "delete"),
        ("shop_shelf", str(key + 1000), "insert"),
    ]


def test_every_table_a_deletion_reaches_leaves_an_entry():
    with act(None):
        shelf = Shelf.objects.create(code="A")
        machine = Machine.objects.create(name="press", shelf=shelf)
        machine.near.add(shelf)
        near = Ware.near.through.objects.get()
    shelf_key = shelf.pk
    size = head().size
    with act(None):
        shelf.delete()
    assert sorted(entries()[size:]) == [
        ("shop_machine", str(machine.pk), "delete"),
        ("shop_shelf", str(shelf_key), "delete"),
        ("shop_ware", str(machine.pk), "delete"),
        ("shop_ware_near", str(near.pk), "delete"),
    ]


@pytest.mark.sqlite
def test_a_row_that_another_replaces_is_deleted():
    with act(None):
        first, second = Shelf.objects.create(code="A"), Shelf.objects.create(code="B")
    with act(None):
        connection.cursor().execute(
            "INSERT OR REPLACE INTO shop_shelf (id, code) VALUES (%s, 'B')", [first.pk]
        )
    assert sorted(entries()[2:]) == [
        ("shop_shelf", str(first.pk), "update"),
        ("shop_shelf", str(second.pk), "delete"),
    ]


def test_an_image_holds_every_column_but_the_computed_ones():
    with act(None):
        Machine.objects.create(name="press", pieces=2)
    image = json.loads(Payload.objects.get(entry__table="shop_machine").image)
    assert set(image) == {
        f.column for f in Machine._meta.local_concrete_fields if f.name != "double"
    }


def test_what_is_rolled_back_leaves_no_trace():
    with act(None):
        Shelf.objects.create(code="A")
    before = head()

    def fail() -> None:
        with act(None):
            Shelf.objects.create(code="B")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert current_act() is None
    assert (head(), len(entries()), Act.objects.count()) == (before, 1, 1)
    with pytest.raises(IntegrityError, match="write without an act"):
        Shelf.objects.create(code="C")


def test_a_part_that_is_rolled_back_leaves_no_entry():
    with act(None):
        Shelf.objects.create(code="A")
        with pytest.raises(IntegrityError), transaction.atomic():
            Shelf.objects.bulk_create([Shelf(code="B"), Shelf(code="A")], batch_size=1)
    assert len(entries()) == 1


def test_an_untrailed_table_needs_no_act():
    visit = Visit.objects.create()
    visit.shelves.set([])
    visit.delete()
    assert head().size == 0


def refused() -> list[str]:
    kept = [Act, Entry, Payload, Tile, Checkpoint]
    tables = [model._meta.db_table for model in kept]
    statements = [f"DELETE FROM {table}" for table in tables]
    for model, table in zip(kept, tables, strict=True):
        column = next(f.column for f in model._meta.local_concrete_fields if f.column)
        statements.append(f'UPDATE {table} SET "{column}" = "{column}"')
    return statements


@pytest.mark.parametrize("inside", [False, True], ids=["outside an act", "inside an act"])
@pytest.mark.parametrize("statement", refused())
def test_the_database_refuses_to_change_the_trail(statement, inside):
    with act(None):
        Shelf.objects.bulk_create(Shelf(code=str(i)) for i in range(256))
    checkpoint()
    with (
        pytest.raises(IntegrityError, match="the trail is kept"),
        act(None) if inside else transaction.atomic(),
    ):
        connection.cursor().execute(statement)


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["trail_entry", "trail_payload", "shop_shelf"])
def test_postgresql_refuses_to_empty_a_table_of_the_trail(table):
    with pytest.raises(IntegrityError), transaction.atomic(), act(None):
        connection.cursor().execute(f"TRUNCATE {table} CASCADE")


def test_the_moments_of_acts_never_run_backwards(monkeypatch):
    with act(None) as first:
        Shelf.objects.create(code="A")
    with lifted():
        late = first.at.replace(year=first.at.year + 1).isoformat(timespec="microseconds")
        connection.cursor().execute("UPDATE trail_head SET at = %s", [late])
    with act(None) as second:
        Shelf.objects.create(code="B")
    assert second.at.isoformat(timespec="microseconds") == late


def test_the_log_counts_without_gaps(busy_shop):
    for _ in range(50):
        with act(None):
            edit(busy_shop)
    indexes = list(Entry.objects.order_by("index").values_list("index", flat=True))
    assert indexes == list(range(head().size))
    acts = list(Act.objects.order_by("pk").values_list("pk", flat=True))
    assert acts == list(range(1, len(acts) + 1))
