"""A workbook is judged like the company it came from, and an edited cell tells in the verdict."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import openpyxl
import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bartizan.conformity.evaluate import evaluate, evaluate_items
from bartizan.conformity.requirements import CATALOGUE
from bartizan.conformity.statement import statement
from bartizan.exchange.workbook import read, write
from bartizan.registers import SHEETS
from tests.demo import inside
from tests.installation import EXAMPLE

Book = openpyxl.Workbook
ITEM = ["id", "modality", "verdict", "reason", "evidence", "shortfalls"]


def stated(day: date) -> dict:
    """The statement of both editions, its records in one order."""
    told = {e: statement(e, day, evaluate(e, day).values()) for e in ("2022", "draft")}
    for edition in told.values():
        for item in edition["items"]:
            for name in ("evidence", "shortfalls"):
                item[name] = sorted(map(known, item[name]), key=repr)
    return told


def known(row: dict[str, str]) -> dict[str, str]:
    """A row as people know it: parts of a record are counted anew wherever they are read in."""
    return {k: v for k, v in row.items() if k != "number"} if row["number"].isdecimal() else row


def test_the_exported_demo_company_stands_as_the_demo_company_does(loaded_company, db, today):
    book = io.BytesIO()
    with inside(loaded_company), transaction.atomic():
        told = stated(today)
        write(SHEETS, book)
        transaction.set_rollback(True)
    book.seek(0)
    assert read(book, SHEETS).errors == []
    again = io.BytesIO()
    write(SHEETS, again)
    assert stated(today) == told
    assert cells(again) == cells(book)


def cells(book: io.BytesIO) -> dict[str, list]:
    opened = openpyxl.load_workbook(book)
    return {sheet.title: sorted(map(repr, sheet.values)) for sheet in opened}


@cache
def the_day() -> date:
    """The day the example was written."""
    return openpyxl.load_workbook(EXAMPLE, read_only=True).properties.created.date()


@pytest.mark.sqlite
def test_assessing_a_file_touches_no_database_and_answers_in_the_promised_shape(tmp_path):
    data = tmp_path / "data"
    done = subprocess.run(
        [sys.executable, "-m", "bartizan", "assess", EXAMPLE, "--as-of", str(the_day()), "--json"],
        env={"BARTIZAN_DATA": str(data), "PATH": ""},
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
    )
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert list(told) == ["edition", "as_of", "summary", "items"]
    assert (told["edition"], told["as_of"]) == ("2022", str(the_day()))
    assert [list(item) for item in told["items"]] == [ITEM] * 290
    assert sum(told["summary"].values()) == 290
    assert {v for v, count in told["summary"].items() if count} == set(told["summary"])
    assert [path.name for path in data.iterdir()] == ["secret.key"]


# -- what a stranger does to the example: one edit, and the verdict it must bring -----------------


def cell(book: Book, sheet: str, name: str, heading: str):
    headings = [one.value for one in book[sheet][1]]
    line = next(row for row in book[sheet].iter_rows(min_row=2) if row[0].value == name)
    return line[headings.index(heading)]


def delete_an_owner(book: Book) -> None:
    cell(book, "interested parties", "PTY-0001", "owner").value = None


def back_date_a_review(book: Book) -> None:
    day = the_day()
    cell(book, "security policies", "POL-0001", "last reviewed").value = day - timedelta(days=800)
    cell(book, "security policies", "POL-0001", "review due").value = day - timedelta(days=435)


def unlink_an_approval(book: Book) -> None:
    sheet = book["approvals"]
    [line] = [row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == "SCP-0001"]
    sheet.delete_rows(line)


def retire_evidence(book: Book) -> None:
    cell(book, "documents", "DOC-0001", "status").value = "Retired"
    cell(book, "documents", "DOC-0001", "retired on").value = the_day()
    cell(book, "documents", "DOC-0001", "reason for retiring").value = "Out of use."


def verdicts(edit: Callable[[Book], None] | None, *ids: str) -> list[tuple[str, str]]:
    book = openpyxl.load_workbook(EXAMPLE)
    if edit is not None:
        edit(book)
    packed = io.BytesIO()
    book.save(packed)
    packed.seek(0)
    with transaction.atomic():
        assert read(packed, SHEETS).errors == []
        found = evaluate_items([CATALOGUE[id] for id in ids], the_day(), None).values()
        told = [(verdict.value.value, verdict.reason) for verdict in found]
        transaction.set_rollback(True)
    return told


def test_unedited_the_example_conforms_where_the_edits_will_tell(db):
    ids = ("2022:4.2.1-1", "2022:5.2.2-5", "2022:4.3-1", "2022:5.2.1-c")
    assert [verdict for verdict, _reason in verdicts(None, *ids)] == ["conforming"] * 4


@pytest.mark.parametrize(
    "edit,id,verdict,reason",
    [
        (
            delete_an_owner,
            "2022:4.2.1-1",
            "nonconforming",
            "1 of 9 interested parties has nobody who answers for it.",
        ),
        (
            back_date_a_review,
            "2022:5.2.2-5",
            "nonconforming",
            "1 security policy is past its review.",
        ),
        (
            unlink_an_approval,
            "2022:4.3-1",
            "nonconforming",
            "1 scope is not approved as it stands now.",
        ),
        (
            retire_evidence,
            "2022:5.2.1-c",
            "no-evidence",
            "There are no approved security policies in force that have a text.",
        ),
    ],
    ids=lambda value: value.__name__ if callable(value) else None,
)
def test_an_edited_cell_changes_the_verdict_and_says_why(db, edit, id, verdict, reason):
    assert verdicts(edit, id) == [(verdict, reason)]


def test_the_example_says_on_which_day_it_was_written():
    assert the_day() <= timezone.localdate()
