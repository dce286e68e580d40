"""The cast of every test: one organization, and people who see different parts of it.

owner      security manager of the whole organization, cleared for everything
manager    top management: appoints, approves, attests
colleague  works in the north depot: reads and writes there, up to confidential
auditor    reads everything up to confidential, writes nothing
stranger   signed in, without any role
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from bartizan.clauses.context.models import ContextIssue
from bartizan.ground.people.models import Assignment, Person, Role, Sensitivity, Unit
from bartizan.ground.trail.acts import act


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def written(db):
    """An act that is open for the whole test: rows can be made freely."""
    with act(None, through="system", why="a test"):
        yield


@pytest.fixture
def whole(written) -> Unit:
    return Unit.objects.create(code="acme", name="Acme Freight")


@pytest.fixture
def north(whole) -> Unit:
    return Unit.objects.create(code="north", name="North depot", parent=whole)


@pytest.fixture
def south(whole) -> Unit:
    return Unit.objects.create(code="south", name="South depot", parent=whole)


def person(code: str, unit: Unit) -> Person:
    """Somebody who can sign in."""
    made = Person(code=code, name=code.title(), email=f"{code}@acme.example", unit=unit)
    made.set_unusable_password()
    made.save()
    return made


def issue(title: str, unit: Unit, **more) -> ContextIssue:
    """A record as small as can be: something in the context of the organization."""
    least = {"origin": "external", "topic": "society", "description": "It is so."}
    return ContextIssue.objects.create(**least | {"title": title, "unit": unit} | more)


def known_of(table: str) -> int:
    """How many rows the database takes a table to have, when it plans how to answer."""
    ask = "SELECT max(stat + 0) FROM sqlite_stat1 WHERE tbl = %s"
    if connection.vendor == "postgresql":
        ask = "SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = %s::regclass"
    with connection.cursor() as cursor:
        cursor.execute(ask, [table])
        [known] = cursor.fetchone()
    return int(known or 0)


def appoint(
    who: Person,
    unit: Unit,
    code: str,
    powers: str,
    clearance: int,
    by: Person | None = None,
    **role,
) -> Assignment:
    """Give somebody a new role with powers written as "read * write context approve scope"."""
    made = Role.objects.create(
        code=code, name=code.title(), responsibilities="Keeps watch.", **role
    )
    words = powers.split()
    for verb, over in zip(words[::2], words[1::2], strict=True):
        made.authorities.create(verb=verb, over=over)
    today = timezone.localdate()
    return Assignment.objects.create(
        person=who,
        role=made,
        unit=unit,
        clearance=clearance,
        since=today - timedelta(days=400),
        appointed_by=by or who,
        appointed_on=today - timedelta(days=400),
        accepted_on=today,
    )


@pytest.fixture
def manager(whole) -> Person:
    made = person("manager", whole)
    powers = "read * approve * attest *"
    appoint(made, whole, "director", powers, Sensitivity.RESTRICTED, is_top_management=True)
    return made


@pytest.fixture
def owner(whole, manager) -> Person:
    made = person("owner", whole)
    powers = "read * write * approve * retire * attest * administer *"
    appoint(made, whole, "security-manager", powers, Sensitivity.RESTRICTED, by=manager)
    return made


@pytest.fixture
def colleague(north, manager) -> Person:
    made = person("colleague", north)
    appoint(made, north, "dispatcher", "read * write *", Sensitivity.CONFIDENTIAL, by=manager)
    return made


@pytest.fixture
def auditor(whole, manager) -> Person:
    made = person("auditor", whole)
    appoint(made, whole, "internal-auditor", "read *", Sensitivity.CONFIDENTIAL, by=manager)
    return made


@pytest.fixture
def stranger(whole) -> Person:
    return person("stranger", whole)


@pytest.fixture
def sign_in():
    """A browser in which somebody is signed in."""

    def signed_in(who: Person) -> Client:
        client = Client()
        client.force_login(who)
        return client

    return signed_in
