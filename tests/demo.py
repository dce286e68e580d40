"""The demo company, loaded once in a run: what holds for every register is tested on it.

It stands in a database beside that of the other tests, and every worker has a copy. There it
stands in a transaction around all tests of a module, and each test in one of its own within. No
act is open, so every request writes its entries as it would in life.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import Client
from django.utils import timezone

from bartizan.clauses.context.models import OtherManagementSystem
from bartizan.exchange.backup import another_database
from bartizan.exchange.demo import load_demo
from bartizan.ground.documents.models import Disposal, Document
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.records.register import Register
from bartizan.ground.trail.acts import act
from bartizan.registers import REGISTERS
from tests.shared import making, unmaking

OWNER = "m-okafor"  # the security manager of the demo company may do everything

every_register = pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.slug)
every_kind_of_record = pytest.mark.parametrize(
    "register", [one for one in REGISTERS if one.holds_records], ids=lambda one: one.slug
)


def rows_of(register: Register) -> models.QuerySet:
    return register.model._default_manager.order_by("pk")


def first(register: Register) -> models.Model:
    return rows_of(register).first() or pytest.fail(f"The demo company has no {register.slug}.")


class Company(NamedTuple):
    """A data folder, and the name of its database: on SQLite that of a file in there."""

    folder: Path
    database: str


@pytest.fixture(scope="session")
def loaded_company(
    of_the_run: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[Company]:
    """The demo company as it was loaded, in a copy of this worker's own."""
    folder, name = of_the_run / "demo-company", f"test_company_{of_the_run.name}"
    shared = company_in(folder / "data", name)
    own_folder = tmp_path_factory.mktemp("own-company")
    own = company_in(own_folder, f"{name}_{own_folder.parent.name}")
    with django_db_blocker.unblock():
        with making(folder) as missing:
            if missing:
                load(shared)
            shutil.copytree(shared.folder, own.folder, ignore=DATABASE_FILES, dirs_exist_ok=True)
            copy_database(shared.database, own.database)
        yield own
        drop_database(own.database)
        with unmaking(folder) as made:
            if made:
                drop_database(shared.database)


def company_in(folder: Path, name: str) -> Company:
    sqlite = connection.vendor == "sqlite"
    return Company(folder, str(folder / "bartizan.sqlite3") if sqlite else name)


def load(company: Company) -> None:
    company.folder.mkdir(exist_ok=True)
    drop_database(company.database)
    if connection.vendor == "postgresql":
        beside_the_databases(f'CREATE DATABASE "{company.database}"')
    with inside(company):
        call_command("migrate", run_syncdb=True, verbosity=0)
        call_command("createcachetable", verbosity=0)
        load_demo(timezone.localdate())


DATABASE_FILES = shutil.ignore_patterns("bartizan.sqlite3*")


def copy_database(source: str, target: str) -> None:
    """A new database as another one is; nobody works in that meanwhile."""
    drop_database(target)
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(source)) as file:
            file.execute("VACUUM INTO ?", [target])
    else:
        beside_the_databases(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def drop_database(name: str) -> None:
    if connection.vendor == "sqlite":
        Path(name).unlink(missing_ok=True)
    else:
        beside_the_databases(f'DROP DATABASE IF EXISTS "{name}"')


def beside_the_databases(statement: str) -> None:
    """On PostgreSQL, what can't be done from within the database that it is done to."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def inside(company: Company) -> Iterator[None]:
    """Everything works meanwhile, in this thread, with the data of this company."""
    told = {**connection.settings_dict, "NAME": company.database}
    with pytest.MonkeyPatch.context() as patch, another_database(told):
        patch.setattr(settings, "MEDIA_ROOT", company.folder / "files")
        patch.setattr(settings, "TRAIL_KEY", company.folder / "trail.key")
        yield


@pytest.fixture(scope="module")
def demo_company(loaded_company: Company, django_db_blocker: Any) -> Iterator[None]:
    """What a module writes to the company, and its tests, is gone after it."""
    with django_db_blocker.unblock(), inside(loaded_company), transaction.atomic():
        fill_empty_registers()
        yield
        transaction.set_rollback(True)


def fill_empty_registers() -> None:
    """A row for each register that the company does not use yet."""
    with act(None, through="system", why="a test"):
        unit = Unit.objects.get(parent=None)
        OtherManagementSystem.objects.create(title="Quality", basis="ISO 9001", unit=unit)
        Disposal.objects.create(
            document=Document.objects.create(
                title="Gate book of last year", document_type=Document.Type.RECORD, unit=unit
            ),
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
