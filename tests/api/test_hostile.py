"""Whatever a program sends is answered, and never with an error of ours."""

from itertools import cycle, islice

import pytest
from django.test import Client

from bartizan.api import errors
from bartizan.api.models import Token
from bartizan.ground.people.models import Person
from bartizan.ground.trail.models import Entry
from tests.demo import OWNER, every_register, first

# No database keeps these, so they are refused before anybody looks at a field.
UNKEEPABLE = ["a\0b", "\ud800", ["a\0b"], {"a\0": {"b": 1}}]
WRONG = [
    "", " ", None, True, -1, 10**19, 10**400, 1e308, "9" * 5_000, "x" * 20_000, "\u202eabc", [],
    [None], [[]], {}, [{"number": "x"}], "2026-02-30", "0000-00-00", "99999-01-01", "P1D", "NaN",
    "Infinity", "<script>", "=1+1",
]  # fmt: skip
ROUNDS = 6  # of so many requests each gives every field another wrong value
PATHS = ["nothing%00", "9" * 400, "%ff", "%2e%2e", "a%0d%0ab"]


@pytest.fixture
def call(demo) -> Client:
    person = Person.objects.get(code=OWNER)
    return Client(
        headers={"Authorization": f"Bearer {Token.issue(person, 'test')}"},
        raise_request_exception=False,
    )


@every_register
def test_no_value_in_any_field_ends_in_an_error_of_ours_or_is_written_by_half(register, call):
    row = first(register)
    name = getattr(row, "number", "") or row.pk
    list_, one = f"/api/{register.slug}/", f"/api/{register.slug}/{name}/"
    fields = list(dict.fromkeys([*register.key, *register.editable, "version"]))
    sent = [dict.fromkeys(fields, value) for value in UNKEEPABLE]
    for start in range(0, len(WRONG), len(WRONG) // ROUNDS):
        values = islice(cycle(WRONG), start, start + len(fields))
        # All at once: each field judges its own, and one that fails hides no other.
        sent.append(dict(zip(fields, values, strict=True)))
    wrong, written = [], Entry.objects.count()
    for data in sent:
        for send, address in ((call.post, list_), (call.patch, one)):
            status = send(address, data, "application/json").status_code
            before, written = written, Entry.objects.count()
            if status >= 500 or (status >= 400 and written > before):
                wrong.append((send.__name__, str(data)[:200], status, written - before))
    assert wrong == []


@every_register
def test_no_address_ends_in_an_error_of_ours(register, call):
    for path in PATHS:
        assert refused(call.get(f"/api/{register.slug}/{path}/")) in (400, 404), path
    for said in ("q=%00", "at=%00", "at=x", "size=0", "size=" + "9" * 5_000, "size=%00"):
        assert refused(call.get(f"/api/{register.slug}/?{said}")) == 400, said


def refused(answer) -> int:
    """With which status; programs are told why, in no page."""
    assert set(answer.json()) == {"size"} or answer.json()["detail"]
    return answer.status_code


@pytest.mark.parametrize("address", ["/api/nowhere/", "/api/context-issues", "/api/%00"])
def test_where_there_is_no_address_programs_are_told_so(address, call):
    answer = call.get(address)
    if answer.status_code == 301:
        assert answer.headers["Location"] == f"{address}/"
    else:
        assert refused(answer) in (400, 404)


def test_an_error_of_ours_is_told_to_programs_without_what_it_was(rf):
    told = errors.server_error(rf.get("/api/context-issues/"))
    assert (told.status_code, told.content) == (500, b'{"detail": "Something went wrong here."}')
    page = errors.server_error(rf.get("/context-issues/"))
    assert (page.status_code, page.headers["Content-Type"]) == (500, "text/html; charset=utf-8")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'"\\u0000"', b"[" * 5_000])
def test_what_is_no_object_is_refused_as_such(body, call):
    answer = call.post("/api/context-issues/", body, "application/json")
    assert answer.status_code == 400
