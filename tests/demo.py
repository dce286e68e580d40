"""The demo company, loaded once for a module: what holds for every register is tested on it.

It stands in a transaction around all tests of the module, and each test in one of its own within.
No act is open, so every request writes its entries as it would in life.
"""

from collections.abc import Iterator

import pytest
from django.db import models, transaction
from django.test import Client
from django.utils import timezone

from bartizan.clauses.context.models import OtherManagementSystem
from bartizan.exchange.demo import load_demo
from bartizan.ground.documents.models import Disposal, Document
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.records.register import Register
from bartizan.ground.trail.acts import act
from bartizan.registers import REGISTERS

OWNER = "m-okafor"  # the security manager of the demo company may do everything

every_register = pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.slug)
every_kind_of_record = pytest.mark.parametrize(
    "register", [one for one in REGISTERS if one.holds_records], ids=lambda one: one.slug
)


def rows_of(register: Register) -> models.QuerySet:
    return register.model._default_manager.order_by("pk")


def first(register: Register) -> models.Model:
    return rows_of(register).first() or pytest.fail(f"The demo company has no {register.slug}.")


@pytest.fixture(scope="module")
def demo_company(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(timezone.localdate())
        fill_empty_registers()
        yield
        transaction.set_rollback(True)


def fill_empty_registers() -> None:
    """A row for each register that the company does not use yet."""
    with act(None, through="system", why="a test"):
        unit = Unit.objects.get(parent=None)
        OtherManagementSystem.objects.create(title="Quality", basis="ISO 9001", unit=unit)
        Disposal.objects.create(
            document=Document.objects.create(title="Gate book of last year", unit=unit),
            by=Person.objects.get(code="m-okafor"),
            method="Shredded",
        )


@pytest.fixture
def demo(demo_company, db) -> None:
    """One test on the demo company; what it writes is gone afterwards."""


@pytest.fixture
def of(demo):
    """A browser in which somebody of the demo company is signed in, as in `of("m-okafor")`."""

    def signed_in(code: str) -> Client:
        client = Client()
        client.force_login(Person.objects.get(code=code))
        return client

    return signed_in
