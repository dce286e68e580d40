"""An empty database gets its tables at once, and they are those of the migrations."""

import re
import sqlite3

import pytest
from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from bartizan.ground.trail.founding import found
from bartizan.ground.trail.rebuild import opened_file

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]


def schema(path) -> dict[str, set[str]]:
    """Of each table its columns and limits, of each index what it covers: in any order."""
    file = sqlite3.connect(path)
    rows = file.execute(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
    ).fetchall()
    file.close()
    return {
        name: set(re.split(r",\s*(?![^(]*\))", sql.partition("(")[2].rpartition(")")[0]))
        for name, sql in rows
        if sql and not name.startswith("sqlite_")
    }


def test_the_tables_are_those_that_the_migrations_leave(tmp_path):
    founded, migrated = tmp_path / "founded.db", tmp_path / "migrated.db"
    with opened_file(founded) as alias:
        found(connections[alias])
        call_command(Migrate(), database=alias, verbosity=0)
    with opened_file(migrated) as alias:
        call_command(Migrate(), database=alias, verbosity=0)
    assert schema(founded) == schema(migrated)


def test_a_database_with_tables_is_left_alone(tmp_path):
    path = tmp_path / "mine.db"
    file = sqlite3.connect(path)
    file.execute("CREATE TABLE mine (id INTEGER PRIMARY KEY)")
    file.close()
    with opened_file(path) as alias:
        found(connections[alias])
    assert list(schema(path)) == ["mine"]
