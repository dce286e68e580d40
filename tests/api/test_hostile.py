"""Whatever a program sends is answered, and what can't be kept leaves nothing behind."""

import pytest
from django.test import Client

from bartizan.api.models import Token
from bartizan.ground.people.models import Person
from tests.demo import OWNER, every_register, first

HOSTILE = [
    "a\0b", "\0", "", " ", None, True, -1, 10**19, 10**400, 1e308, "9" * 5_000, "x" * 20_000,
    "\u202eabc", "\ud800", [], ["a\0b"], [None], [[]], {}, {"a\0": {"b": "\0"}}, [{"number": "\0"}],
    "2026-02-30", "0000-00-00", "99999-01-01", "P1D\0", "NaN", "Infinity", "<script>", "=1+1",
]  # fmt: skip
PATHS = ["nothing%00", "9" * 400, "%ff", "%2e%2e", "a%0d%0ab"]


@pytest.fixture
def call(demo) -> Client:
    person = Person.objects.get(code=OWNER)
    return Client(
        headers={"Authorization": f"Bearer {Token.issue(person, 'test')}"},
        raise_request_exception=False,
    )


@every_register
def test_no_value_in_any_field_ends_in_an_error_of_ours(register, call):
    row = first(register)
    name = getattr(row, "number", "") or row.pk
    list_, one = f"/api/{register.slug}/", f"/api/{register.slug}/{name}/"
    fields = dict.fromkeys([*register.key, *register.editable, "version"])
    wrong = []
    for value in HOSTILE:
        # All at once: each field judges its own, and one that fails hides no other.
        data = dict.fromkeys(fields, value)
        for send, address in ((call.post, list_), (call.patch, one)):
            answer = send(address, data, "application/json")
            if answer.status_code >= 500:
                wrong.append((send.__name__, str(value)[:20], answer.status_code))
    assert wrong == []


@every_register
def test_no_address_ends_in_an_error_of_ours(register, call):
    for path in PATHS:
        assert call.get(f"/api/{register.slug}/{path}/").status_code in (400, 404), path
    for said in ("q=%00", "at=%00", "at=x", "size=0", "size=" + "9" * 5_000, "size=%00"):
        assert call.get(f"/api/{register.slug}/?{said}").status_code in (400, 200), said


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'"\\u0000"', b"[" * 5_000])
def test_what_is_no_object_is_refused_as_such(body, call):
    answer = call.post("/api/context-issues/", body, "application/json")
    assert answer.status_code == 400
