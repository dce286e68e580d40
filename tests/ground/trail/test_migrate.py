"""What a migration does to rows is in the trail, and the triggers stand again afterwards."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from bartizan.ground.trail import checks, triggers
from bartizan.ground.trail.acts import act
from bartizan.ground.trail.history import history
from bartizan.ground.trail.management.commands.migrate import Command
from bartizan.ground.trail.models import Act, Entry
from bartizan.ground.trail.standing import lifted
from bartizan.ground.trail.verification import verify
from tests.ground.trail.shop.models import Shelf

pytestmark = pytest.mark.django_db


def test_rows_that_a_migration_wrote_leave_entries():
    with act(None):
        shelf = Shelf.objects.create(code="A")
        gone = Shelf.objects.create(code="B")
        Shelf.objects.create(code="C")
    size = Entry.objects.count()
    with lifted():
        Shelf.objects.filter(pk=shelf.pk).update(code="migrated")
        Shelf.objects.filter(pk=gone.pk).delete()
        made = Shelf.objects.create(code="made by a migration")
    assert len(verify().findings) == 3
    Command().leave_entries("default", {"shop": "0002_labels"})
    assert verify().findings == []
    entries = Entry.objects.filter(index__gte=size).order_by("verb")
    assert list(entries.values_list("key", "verb")) == [
        (str(gone.pk), "delete"),
        (str(made.pk), "insert"),
        (str(shelf.pk), "update"),
    ]
    assert history(shelf)[0].act.why == "migrate: shop.0002_labels"
    acts = Act.objects.count()
    Command().leave_entries("default", {"shop": "0002_labels"})
    assert Act.objects.count() == acts


def test_an_image_names_the_schema_it_was_written_under():
    MigrationRecorder(connection).record_applied("shop", "0001_initial")
    triggers.install(connection)
    with act(None):
        Shelf.objects.create(code="A")
    assert Entry.objects.get().schema == "shop.0001_initial"


def test_triggers_that_were_taken_away_are_named_and_put_back():
    assert checks.triggers_agree(None, databases=["default"]) == []
    triggers.drop(connection, [next(iter(triggers.present(connection)))])
    (error,) = checks.triggers_agree(None, databases=["default"])
    assert error.id == "trail.E002"
    triggers.install(connection)
    assert checks.triggers_agree(None, databases=["default"]) == []


def test_a_trigger_that_says_something_else_is_named():
    name, sql = next(
        (name, sql)
        for name, sql in triggers.present(connection).items()
        if "shop_shelf" in name and "'shop'" in sql
    )
    triggers.drop(connection, [name])
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("'shop'", "'other'"))
    (error,) = checks.triggers_agree(None, databases=["default"])
    assert name in error.msg


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_migrate_puts_the_triggers_up_again():
    triggers.drop(connection, triggers.present(connection))
    call_command("migrate", verbosity=0)
    assert checks.triggers_agree(None, databases=["default"]) == []
    with pytest.raises(IntegrityError, match="write without an act"), transaction.atomic():
        Shelf.objects.create(code="A")


def test_a_key_that_is_no_number_is_named(monkeypatch):
    assert checks.keys_are_numbers(None) == []
    monkeypatch.setattr(Shelf._meta, "pk", models.CharField(primary_key=True, max_length=9))
    assert [error.id for error in checks.keys_are_numbers(None)] == ["trail.E001"]


@pytest.mark.sqlite
def test_sqlite_must_begin_immediately(monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    errors = checks.writers_wait_their_turn(None, databases=["default"])
    assert [error.id for error in errors] == ["trail.E003"]
