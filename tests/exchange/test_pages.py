"""A workbook on the pages: looked at first, brought in once the reader agrees."""

import io
import os
import time

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bartizan.clauses.context.models import ContextIssue
from bartizan.exchange.views import _incoming
from bartizan.exchange.workbook import write
from bartizan.ground.records.statistics import MANY
from bartizan.registers import REGISTERS
from tests import cast
from tests.cast import known_of

ISSUES = [register for register in REGISTERS if register.model is ContextIssue]
URL = "/import/context-issues/"


@pytest.fixture
def book(owner) -> bytes:
    """A workbook by which an issue that is there gets another title."""
    issue = cast.issue("Fog at night", owner.unit, owner=owner)
    out = io.BytesIO()
    write(ISSUES, out, owner)
    ContextIssue.objects.filter(pk=issue.pk).update(title="Fog")
    return out.getvalue()


def sent(client, book: bytes):
    return client.post(URL, {"file": SimpleUploadedFile("issues.xlsx", book)})


def test_what_was_shown_is_brought_in_by_whoever_agrees(book, owner, sign_in):
    client = sign_in(owner)
    shown = sent(client, book)
    assert (shown.status_code, shown.context_data["sentence"]) == (
        200,
        "0 new, 1 changed, 0 unchanged.",
    )
    assert ContextIssue.objects.get().title == "Fog"
    upload = {"upload": shown.context_data["upload"], "why": "As agreed"}
    gone = sign_in(owner).post(URL, upload)  # another session
    assert (gone.status_code, gone.context_data["sentence"]) == (
        422,
        "The uploaded workbook is gone. Upload it again.",
    )
    assert client.post(URL, upload)["Location"] == "/context-issues/"
    assert ContextIssue.objects.get().title == "Fog at night"
    assert [*_incoming().iterdir()] == []


def test_what_the_database_knows_of_its_tables_takes_in_what_was_imported(owner, book, sign_in):
    opened = openpyxl.load_workbook(io.BytesIO(book))
    [headings, row] = opened.active.iter_rows(values_only=True)
    new = ["" if name == "number" else cell for name, cell in zip(headings, row, strict=True)]
    for _ in range(MANY + 1):
        opened.active.append(new)
    out = io.BytesIO()
    opened.save(out)
    client = sign_in(owner)
    upload = sent(client, out.getvalue()).context_data["upload"]
    assert client.post(URL, {"upload": upload})["Location"] == "/context-issues/"
    assert known_of("context_contextissue") == ContextIssue.objects.count() == MANY + 2


def test_an_upload_nobody_agreed_to_is_gone_when_its_session_is(book, owner, sign_in, settings):
    client = sign_in(owner)
    first = sent(client, book).context_data["upload"]
    before = time.time() - settings.SESSION_COOKIE_AGE - 1
    os.utime(_incoming() / f"{first}.xlsx", (before, before))
    second = sent(client, book).context_data["upload"]
    assert [path.stem for path in _incoming().iterdir()] == [second]
