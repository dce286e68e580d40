"""Whoever changes the database by SQL is named by `bartizan verify`."""

import sqlite3

import pytest
from django.db import connection

from bartizan.clauses.context.models import ContextIssue
from bartizan.ground.trail.checkpoints import checkpoint
from bartizan.ground.trail.models import Entry

pytestmark = pytest.mark.sqlite


@pytest.fixture
def entry(company) -> Entry:
    """The last entry of a context issue."""
    issue = ContextIssue.objects.get(number="CTX-0001")
    return Entry.objects.filter(table="context_contextissue", key=issue.pk).latest("index")


def tamper(company, *statements: str) -> list[str]:
    """What `verify` names after somebody at the file did this: triggers first, as they must."""
    connection.close()
    with sqlite3.connect(company.database) as other:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'trail_*'"
        for (name,) in other.execute(triggers).fetchall():
            other.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            assert other.execute(statement).rowcount > 0
    other.close()
    told = company.run("verify")
    assert told.exit_code == 1
    return told.stdout.splitlines()


def test_another_program_cannot_write_while_the_triggers_stand(company):
    with sqlite3.connect(company.database) as other, pytest.raises(sqlite3.OperationalError):
        other.execute("UPDATE records_record SET title = 'Nothing happened'")
    other.close()
    with sqlite3.connect(company.database) as other, pytest.raises(sqlite3.OperationalError):
        other.execute("DELETE FROM trail_entry")
    other.close()
    assert company.run("verify").exit_code == 0


def test_a_changed_record_is_named_by_table_row_and_column(company, entry):
    told = tamper(company, f"UPDATE records_record SET title = 'All well' WHERE id = {entry.key}")
    assert any(f"records_record {entry.key}, title: the table says" in line for line in told)


def test_a_record_that_is_still_there_is_named_by_what_people_know_it_by(company, entry):
    now = "\x1b[2J All well"
    told = tamper(company, f"UPDATE records_record SET title = '{now}' WHERE id = {entry.key}")
    [line] = [line for line in told if f"records_record {entry.key}, title: the table" in line]
    assert line.startswith("CTX-0001 ?[2J All well: entry ")
    _code, report = company.ask("verify")
    [changed] = [one for one in report["findings"] if one["column"] == "title"]
    assert (changed["number"], changed["table"], changed["key"]) == (
        "CTX-0001",
        "records_record",
        str(entry.key),
    )
    assert {one["number"] for one in report["findings"] if one["table"] != "records_record"} == {
        None
    }


def test_a_deleted_entry_is_named(company, entry):
    told = tamper(
        company,
        f"DELETE FROM trail_payload WHERE entry_id = {entry.index}",
        f'DELETE FROM trail_entry WHERE "index" = {entry.index}',
    )
    assert any(f"entry {entry.index}" in line for line in told)


def test_a_changed_payload_is_named(company, entry):
    told = tamper(
        company,
        "UPDATE trail_payload SET image = replace(image, 'external', 'internal')"
        f" WHERE entry_id = {entry.index}",
    )
    place = f"entry {entry.index}, context_contextissue {entry.key}"
    assert any(
        f"CTX-0001 Cargo theft at motorway stops in the west of Germany: {place}" in line
        for line in told
    )


def test_a_deleted_record_is_named(company, entry):
    told = tamper(
        company,
        f"DELETE FROM context_contextissue WHERE record_ptr_id = {entry.key}",
    )
    assert any(f"context_contextissue {entry.key}" in line for line in told)


def test_triggers_taken_down_are_noticed_by_themselves(company):
    assert any("trigger" in line for line in tamper(company))


def test_an_earlier_copy_put_back_is_noticed_by_the_checkpoint_beside_the_key(company, tmp_path):
    earlier = tmp_path / "earlier.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(earlier)])
    assert company.run("token", "m.okafor@tidewater.example").exit_code == 0
    assert company.run("erase", "e-hall", "--basis", "GDPR 17", "--yes").exit_code == 0
    checkpoint()
    connection.close()
    company.database.write_bytes(earlier.read_bytes())
    for left in ("-wal", "-shm"):
        company.database.with_name(company.database.name + left).unlink(missing_ok=True)
    told = company.run("verify")
    assert told.exit_code == 1
