"""Eight people at once: no number given twice, one approval of a version, no edit over another."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import settings as ours
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client

from bartizan.api.models import Token
from bartizan.clauses.context.models import ContextIssue, Scope
from bartizan.exchange.backup import another_database
from bartizan.ground.people.models import Person, Sensitivity, Unit
from bartizan.ground.records.models import Approval
from bartizan.ground.trail.acts import act
from bartizan.ground.trail.log import head
from bartizan.ground.trail.models import Entry
from bartizan.ground.trail.rebuild import empty_database
from bartizan.ground.trail.verification import verify
from tests.cast import appoint, person

WRITERS, TURNS = 8, 5
POWERS = "read * write * approve *"
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def connected(file: Path) -> Iterator[None]:
    """A connection of this thread's own: to the server, or to the SQLite file."""
    if connection.vendor == "postgresql":
        try:
            yield
        finally:
            connection.close()
        return
    wanted = {
        "ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": ours.SQLITE_OPTIONS,
    }  # fmt: skip
    told = connections.configure_settings({DEFAULT_DB_ALIAS: wanted})[DEFAULT_DB_ALIAS]
    with another_database(told):
        yield


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """Where the writers meet, with an organization in it."""
    path = tmp_path / "eight.sqlite3"
    if connection.vendor == "sqlite":
        path.write_bytes(empty_database())
    with connected(path):
        with act(None):
            whole = Unit.objects.create(code="acme", name="Acme Freight")
            for number in range(WRITERS):
                appoint(
                    person(f"writer-{number}", whole), whole, f"role-{number}", POWERS,
                    Sensitivity.RESTRICTED,
                )  # fmt: skip
        yield path


def all_at_once(file: Path, work: Callable[[Client], list[int]]) -> Counter[int]:
    """What the writers were answered: each its own person, thread and connection."""
    start, answers, errors = Barrier(WRITERS, timeout=30), Counter[int](), []

    def write(secret: str) -> None:
        try:
            with connected(file):
                client = Client(headers={"Authorization": f"Bearer {secret}"})
                start.wait()
                answers.update(work(client))
        except Exception as error:
            errors.append(error)

    Client().get("/api/")  # a server has loaded its site map before anybody asks
    secrets = [Token.issue(who, "test") for who in Person.objects.order_by("pk")]
    threads = [Thread(target=write, args=[secret]) for secret in secrets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert verify().findings == []
    indexes = Entry.objects.order_by("index").values_list("index", flat=True)
    assert list(indexes) == list(range(head().size))
    return answers


def post(client: Client, address: str, **data: object) -> int:
    return client.post(f"/api/{address}/", data, "application/json").status_code


def issue(**more: object) -> dict[str, object]:
    return {
        "title": "Theft", "origin": "external", "topic": "society", "description": "Doubled.",
    } | more  # fmt: skip


def test_no_number_is_given_twice(file):
    answers = all_at_once(
        file,
        lambda client: [
            post(client, "context-issues", **issue(unit="acme")) for _turn in range(TURNS)
        ],
    )
    assert answers == {201: WRITERS * TURNS}
    numbers = ContextIssue.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"CTX-{n:04d}" for n in range(1, WRITERS * TURNS + 1)]


def test_a_version_is_approved_once(file):
    with act(None):
        scope = Scope.objects.create(title="Scope", unit=Unit.objects.get())
    answers = all_at_once(
        file, lambda client: [post(client, f"scopes/{scope.number}/approve", why="Read it.")]
    )
    assert answers == {200: 1, 409: WRITERS - 1}
    assert list(Approval.objects.values_list("record", "version")) == [(scope.pk, 1)]


def test_an_edit_of_what_somebody_edited_meanwhile_is_refused(file):
    with act(None):
        made = ContextIssue.objects.create(**issue(unit=Unit.objects.get()))

    def edit(client: Client) -> list[int]:
        seen = client.get(f"/api/context-issues/{made.number}/").json()
        answer = client.patch(
            f"/api/context-issues/{made.number}/",
            {"description": seen["description"] + "+", "version": 1},
            "application/json",
        )
        return [answer.status_code]

    assert all_at_once(file, edit) == {200: 1, 409: WRITERS - 1}
    made.refresh_from_db()
    assert (made.description, made.version) == ("Doubled.+", 2)
