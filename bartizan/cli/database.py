"""Making a database ready, finding out whether it is, and founding an organization in it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.text import slugify

from bartizan.cli.terminal import CouldNotRun, Counting
from bartizan.exchange.backup import PG_DUMP, standing_in
from bartizan.exchange.interim import leftovers
from bartizan.ground.people.models import Assignment, Person, Role, Sensitivity, Unit, Verb
from bartizan.ground.trail.acts import act
from bartizan.ground.trail.keys import signer
from bartizan.ground.trail.verification import verify

NONE_YET = "There is no database yet: run `bartizan setup` (or `bartizan demo`)."


def prepare(say: Callable[[str], None]) -> None:
    """Create or upgrade the tables. A step that fails leaves the data as it was."""
    if exists() and not _missing_migrations():
        return
    say("Preparing the database …")
    with Counting("Tables"):
        call_command("migrate", verbosity=0, interactive=False)
    make_cache()


def make_cache() -> None:
    """The table that counts tries to sign in. It is no part of what a rewound database holds."""
    call_command("createcachetable", verbosity=0)


def exists() -> bool:
    """Is there a database with anything in it? Asking does not make one."""
    name = Path(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not (name.is_file() and name.stat().st_size):
        return False
    return bool(connection.introspection.table_names())


def _missing_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def demand_prepared() -> None:
    """Stop with a sentence where there is no database yet, or one of another version."""
    try:
        if not exists():
            raise CouldNotRun(NONE_YET)
        missing = _missing_migrations()
    except DatabaseError as error:
        raise CouldNotRun(f"The database can't be reached: {str(error).strip()}") from error
    if missing:
        raise CouldNotRun("The database is of an older version: run `bartizan upgrade`.")


@contextmanager
def thrown_away(folder: Path) -> Iterator[None]:
    """Work in a new SQLite database in `folder`, with files and key of its own, and in no other."""
    own = {
        "TRAIL_KEY": folder / "trail.key",
        "MEDIA_ROOT": folder / "files",
        # The tables as the models have them, without the way there: a tenth of the time.
        "MIGRATION_MODULES": dict.fromkeys(app.label for app in apps.get_app_configs()),
    }
    real = {name: getattr(settings, name) for name in own}
    try:
        for name, value in own.items():
            setattr(settings, name, value)
        with standing_in(folder / "assess.sqlite3"):
            call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
            yield
    finally:
        for name, value in real.items():
            setattr(settings, name, value)


# What the first roles of any organization may do. They can be changed like any other role.
FIRST_ROLES = (
    {
        "code": "director",
        "name": "Director",
        "responsibilities": "Answers for the security management system as a whole.",
        "is_top_management": True,
        "is_leader": True,
        "powers": (Verb.READ, Verb.APPROVE, Verb.ATTEST),
    },
    {
        "code": "security-manager",
        "name": "Security manager",
        "responsibilities": (
            "Keeps the system conforming to the standard.\n"
            "Reports to top management how it performs."
        ),
        "upholds_conformity": True,
        "reports_performance": True,
        "powers": tuple(Verb),
    },
)


def demand_unfounded() -> None:
    if Unit.objects.exists():
        raise CouldNotRun("There is an organization in this database already.")


def found(organization: str, name: str, email: str, director: str) -> Person:
    """The organization, its first two roles, and who holds them. All of it, or nothing."""
    with act(None, through="command", why="the organization is founded"):
        whole = Unit.objects.create(code=slugify(organization)[:40] or "all", name=organization)
        manager = _person(name, email, whole)
        top = _person(director, None, whole) if director else manager
        for holder, role in zip((top, manager), FIRST_ROLES, strict=True):
            _appoint(holder, top, whole, dict(role))
    return manager


def _person(name: str, email: str | None, unit: Unit) -> Person:
    person = Person(code=slugify(name)[:60], name=name, email=email, unit=unit)
    person.full_clean(exclude=["password"])
    person.save()
    return person


def _appoint(holder: Person, by: Person, unit: Unit, role: dict[str, Any]) -> None:
    powers = role.pop("powers")
    made = Role.objects.create(**role)
    for verb in powers:
        made.authorities.create(verb=verb, over="*")
    today = timezone.localdate()
    Assignment.objects.create(
        person=holder, role=made, unit=unit, since=today, clearance=Sensitivity.RESTRICTED,
        appointed_by=by, appointed_on=today,
    )  # fmt: skip


def examined() -> list[dict[str, Any]]:
    """What an operator would look at: each with whether it is well and what to do if not."""
    found = [_database()]
    if found[0]["ok"]:
        found += [_trail(), _backup()]
    return [*found, _files(), _leftovers(), _space(), _key()]


def _finding(what: str, ok: bool, says: str) -> dict[str, Any]:
    return {"what": what, "ok": ok, "says": says}


def _database() -> dict[str, Any]:
    try:
        demand_prepared()
    except CouldNotRun as error:
        return _finding("database", False, error.message)
    return _finding("database", True, f"{connection.vendor}, up to date")


def _trail() -> dict[str, Any]:
    try:
        bad = len(verify().findings)
    except OSError as error:
        return _finding("trail", False, f"can't be verified: {error.filename}")
    return _finding("trail", not bad, f"{bad} findings: run `bartizan verify`" if bad else "whole")


def _backup() -> dict[str, Any]:
    """PostgreSQL is backed up by its own program, which has to be there."""
    if connection.vendor == "sqlite" or shutil.which(PG_DUMP):
        return _finding("backup", True, "can be made: run `bartizan backup FILE.tar`")
    return _finding("backup", False, f"{PG_DUMP} is missing: install PostgreSQL's client programs")


def _files() -> dict[str, Any]:
    folder = Path(settings.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return _finding("files", False, f"{folder} can't be written: {error}")
    return _finding("files", True, f"{folder} can be written")


def _leftovers() -> dict[str, Any]:
    """What was being put together in the data folder when the process was killed."""
    left = leftovers(Path(settings.DATA))
    names = ", ".join(folder.name for folder in left)
    says = f"{names}: goes when `bartizan serve` or a restore starts" if left else "none"
    return _finding("leftovers", not left, says)


def _space() -> dict[str, Any]:
    free = shutil.disk_usage(settings.DATA).free
    return _finding("disk", free > 2**30, f"{free / 2**30:.1f} GiB free")


def _key() -> dict[str, Any]:
    path = Path(settings.TRAIL_KEY)
    if not path.exists():
        return _finding("signing key", True, "none yet: made with the first entry")
    try:
        signer()
    except OSError as error:
        return _finding("signing key", False, f"{path}: {error.strerror}")
    private = not path.stat().st_mode & 0o077
    return _finding("signing key", private, "private" if private else f"run `chmod 600 {path}`")
