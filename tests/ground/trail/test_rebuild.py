"""What is rebuilt from the trail is what there was, table by table."""

import sqlite3
from pathlib import Path
from random import Random

import pytest
from django.db import connection, connections

from bartizan.ground.trail.acts import act
from bartizan.ground.trail.checkpoints import root_at
from bartizan.ground.trail.log import head
from bartizan.ground.trail.models import Entry, Tile
from bartizan.ground.trail.rebuild import database_file, opened_file, rebuild, rewind
from bartizan.ground.trail.verification import verify
from tests.ground.trail.edits import TABLES, edit, tables
from tests.ground.trail.shop.models import Machine, Shelf

pytestmark = pytest.mark.django_db


def test_thousands_of_edits_rebuilt_are_identical_as_they_stand_and_as_they_stood(tmp_path):
    random = Random(28000)
    stood = {}
    for turn in range(400):
        with act(None) as done:
            for _ in range(random.randrange(1, 12)):
                edit(random)
        if turn in (130, 290) and done.pk:
            stood[done.at] = (head(), tables())
    assert min(map(len, tables().values())) > 20  # they did leave something
    rebuilt = rewind(None, tmp_path / "now.db")
    assert (rebuilt.lost, rebuilt.size) == ([], head().size)
    assert rebuilt.rows["shop_machine"] == Machine.objects.count()
    assert holds(tmp_path / "now.db", tables())
    assert rebuilt.verified is not None
    assert rebuilt.verified.findings == []
    for number, (moment, (end, then)) in enumerate(stood.items()):
        rebuilt = rewind(moment, tmp_path / f"{number}.db")
        assert (rebuilt.size, rebuilt.root) == end
        assert root_at(end.size) == end.root
        assert rebuilt.verified is not None
        assert rebuilt.verified.findings == []
        assert holds(tmp_path / f"{number}.db", then)


def holds(path: Path, expected: object) -> bool:
    """Whether the tables in a rebuilt file, opened again, are those."""
    with opened_file(path) as alias:
        return tables(alias) == expected


@pytest.mark.sqlite
def test_a_rebuilt_table_has_the_very_bytes_of_the_original(busy_shop, tmp_path):
    rewind(None, tmp_path / "now.db")
    copy = sqlite3.connect(tmp_path / "now.db")
    for model in TABLES:
        table = model._meta.db_table
        names = [row[0] for row in copy.execute(f"SELECT name FROM pragma_table_xinfo('{table}')")]
        columns = ", ".join(f'quote("{name}"), typeof("{name}")' for name in names)
        query = f'SELECT {columns} FROM "{table}" ORDER BY 1'
        with connection.cursor() as cursor:
            cursor.execute(query)
            assert copy.execute(query).fetchall() == cursor.fetchall()


def test_a_copy_of_a_copy_is_the_copy_and_goes_on(busy_shop, tmp_path):
    with database_file(tmp_path / "a.db") as first, database_file(tmp_path / "b.db") as second:
        rebuild(first)
        with act(None, using=first):
            Shelf.objects.using(first).create(code="only in the copy")
        rebuild(second, source=first)
        assert tables(second) == tables(first)
        assert head(second) == head(first)
        assert verify(second).findings == []
        whole = Tile.objects.using(second).order_by("level", "number").values_list()
        assert list(whole) == list(
            Tile.objects.using(first).order_by("level", "number").values_list()
        )


def test_a_number_is_not_given_again_after_a_rebuild(tmp_path):
    with act(None):
        Shelf.objects.create(code="stays")
        key = Shelf.objects.create(code="goes").pk
    with act(None):
        Shelf.objects.get(pk=key).delete()
    with database_file(tmp_path / "a.db") as alias:
        rebuild(alias)
        with act(None, using=alias):
            assert Shelf.objects.using(alias).create(code="new").pk == key + 1


def test_nothing_is_rebuilt_over_a_trail(busy_shop, tmp_path):
    with database_file(tmp_path / "a.db") as alias:
        with act(None, using=alias):
            Shelf.objects.using(alias).create(code="mine")
        with pytest.raises(ValueError, match="a trail of its own"):
            rebuild(alias)
        assert Entry.objects.using(alias).count() == 1
    with pytest.raises(FileExistsError):
        rewind(None, tmp_path / "a.db")


def test_before_the_first_act_there_was_nothing(tmp_path):
    with act(None) as first:
        Shelf.objects.create(code="A")
    early = first.at.replace(year=2000)
    rebuilt = rewind(early, tmp_path / "early.db")
    assert (rebuilt.size, set(rebuilt.rows.values())) == (0, {0})
    assert rebuilt.verified is not None
    assert rebuilt.verified.findings == []


def test_a_column_younger_than_the_image_has_its_default(tmp_path, monkeypatch):
    with act(None):
        Shelf.objects.create(code="A")
    code = Shelf._meta.get_field("code")
    with database_file(tmp_path / "a.db") as alias:
        with connections[alias].cursor() as cursor:
            cursor.execute("ALTER TABLE shop_shelf RENAME COLUMN code TO label")
        monkeypatch.setattr(code, "column", "label")
        monkeypatch.setattr(code, "default", "unnamed")
        rebuild(alias)
    with sqlite3.connect(tmp_path / "a.db") as copy:
        assert copy.execute("SELECT label FROM shop_shelf").fetchall() == [("unnamed",)]
