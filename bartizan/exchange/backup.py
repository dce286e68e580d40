"""Backup and restore: one archive with the database, the files, and what proves them the same.

The archive is a tar file:

    manifest.json     size and root of the trail, rows of every table, the verdict on every item,
                      SHA-256 of every part
    database.sqlite3  (SQLite) a consistent copy, made while others write
    database.dump     (PostgreSQL) the custom format of pg_dump
    files/…           attachments, each under the hash of its bytes

The signing key is not in it: whoever has the backup must not be able to sign in our name. Keep
`trail.key` elsewhere; a restored installation without it starts a new key, and says so.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import load_backend
from django.utils import timezone

from bartizan.conformity.evaluate import evaluate
from bartizan.exchange.interim import interim
from bartizan.ground.records.files import stored, sync
from bartizan.ground.records.models import Attachment
from bartizan.ground.records.statistics import count_after
from bartizan.ground.trail import checkpoints
from bartizan.ground.trail.images import trailed_models
from bartizan.ground.trail.keys import signer
from bartizan.ground.trail.log import head, snapshot
from bartizan.ground.trail.models import Head
from bartizan.ground.trail.triggers import install
from bartizan.ground.trail.verification import verify

MANIFEST, SQLITE, DUMP, FILES = "manifest.json", "database.sqlite3", "database.dump", "files"
PART = re.compile(rf"{MANIFEST}|{SQLITE}|{DUMP}|{FILES}/[0-9a-f]{{64}}")
PG_DUMP, PG_RESTORE = "pg_dump", "pg_restore"


class NotTheSame(Exception):
    """What was restored is not what was backed up, or there is no room for it."""


@dataclass(frozen=True)
class Restored:
    """What came back; and the public key, where the one that signed the backup is not here."""

    manifest: dict[str, Any]
    new_key: str = ""


def backup(out: Path) -> dict[str, Any]:
    """Write the archive; it appears under its name only once it is complete and on the disk."""
    if not out.resolve().parent.is_dir():
        raise NotTheSame(f"{out.parent} is no folder.")
    with interim(out.resolve().parent) as work:
        name, manifest = _dump(work)
        manifest |= {"database": name, "sha256": _sha256(work / name)}
        # Files are only ever added, and before the row that names them: all are there by now.
        files = {digest: stored(digest) for digest in manifest.pop("attached")}
        sound = {n: path for n, path in files.items() if path.is_file() and _sha256(path) == n}
        manifest |= {"files": sorted(sound), "damaged": sorted(files.keys() - sound.keys())}
        (work / MANIFEST).write_text(json.dumps(manifest, indent=2))
        part = work / "archive.tar"
        with tarfile.open(part, "w") as archive:
            archive.add(work / MANIFEST, MANIFEST)
            archive.add(work / name, name)
            for digest, path in sound.items():
                archive.add(path, f"{FILES}/{digest}")
        part.chmod(0o600)
        sync(part)
        part.replace(out)
        sync(out.resolve().parent)
    return manifest


def restore(source: Path) -> Restored:
    """Unpack an archive into an empty installation and prove it. Raises NotTheSame.

    On SQLite the copy is proven before it gets its place; on PostgreSQL the rows are loaded in one
    transaction and proven where they are.
    """
    _demand_empty()
    with interim(Path(settings.DATA)) as work:
        manifest = _unpacked(source, work)
        if manifest["vendor"] != connection.vendor:
            raise NotTheSame(f"This is a backup of {manifest['vendor']}, not {connection.vendor}.")
        database = work / manifest["database"]
        if connection.vendor == "sqlite":
            with standing_in(database):
                _prove(manifest)
            _bring_files(work)
            _put_in_place(database)
        else:
            _bring_files(work)
            _run(PG_RESTORE, "--no-owner", "--single-transaction", "--exit-on-error",
                 f"--dbname={connection.settings_dict['NAME']}", str(database))  # fmt: skip
            count_after(sum(manifest["rows"].values()))
            _prove(manifest)
    return Restored(manifest, _sign_on(manifest))


# -- out ---------------------------------------------------------------------------------------


def _dump(work: Path) -> tuple[str, dict[str, Any]]:
    """A consistent copy of the database, and what it holds: of the copy, not of what came later."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(work / SQLITE)])
        with standing_in(work / SQLITE):
            return SQLITE, _figures(timezone.localdate())
    with snapshot(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        [seen] = cursor.fetchone()
        _run(PG_DUMP, "--format=custom", f"--snapshot={seen}", f"--file={work / DUMP}")
        return DUMP, _figures(timezone.localdate())


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own tools, told of the database by its environment."""
    known = connection.settings_dict
    if shutil.which(program) is None:
        raise NotTheSame(f"{program} is not installed: it comes with PostgreSQL's client.")
    environment = {
        "PGHOST": known["HOST"],
        "PGPORT": str(known["PORT"]),
        "PGUSER": known["USER"],
        "PGPASSWORD": known["PASSWORD"],
        "PGDATABASE": known["NAME"],
    }
    done = subprocess.run(
        [program, *arguments],
        env=os.environ | {name: value for name, value in environment.items() if value},
        capture_output=True,
        text=True,
        close_fds=False,  # it holds the folder it works in, as we do
    )
    if done.returncode:
        raise NotTheSame(f"{program} failed: {done.stderr.strip()}")


def _figures(day: date) -> dict[str, Any]:
    """What a database holds, at one moment: how far the trail goes, the rows, the verdicts."""
    with snapshot():
        end = head()
        return {
            "vendor": connection.vendor,
            "day": day.isoformat(),
            "size": end.size,
            "root": end.root.hex(),
            "rows": {m._meta.db_table: m._base_manager.count() for m in trailed_models()},
            "verdicts": {id: verdict.value.value for id, verdict in evaluate(day=day).items()},
            "attached": sorted(set(Attachment.objects.values_list("sha256", flat=True))),
            "key": signer().verification_key,
        }


# -- in ----------------------------------------------------------------------------------------


def _demand_empty() -> None:
    """A restore never writes over anything."""
    if connection.vendor == "sqlite":
        target = Path(connection.settings_dict["NAME"])
        if target.exists() and target.stat().st_size:
            raise NotTheSame(f"{target} exists: restore into an empty data folder.")
    elif connection.introspection.table_names():
        raise NotTheSame("The database holds tables: restore into an empty one.")
    if any(Path(settings.MEDIA_ROOT).glob("??/*")):
        raise NotTheSame(f"{settings.MEDIA_ROOT} holds files: restore into an empty data folder.")


def _unpacked(source: Path, work: Path) -> dict[str, Any]:
    """The manifest, after every part was unpacked and found to be what was packed."""
    try:
        with tarfile.open(source) as archive:
            for member in archive:
                if not member.isreg() or not PART.fullmatch(member.name):
                    raise NotTheSame(f"This is no backup of ours: “{member.name}” is in it.")
                archive.extract(member, work, set_attrs=False, filter="data")
        manifest = json.loads((work / MANIFEST).read_text())
        parts = {manifest["database"]: manifest["sha256"]}
        parts |= {f"{FILES}/{digest}": digest for digest in manifest["files"]}
        damaged = [name for name, digest in parts.items() if _hash_of(work / name) != digest]
    except (tarfile.TarError, EOFError) as error:
        raise NotTheSame(f"{source} is no backup, or a part of one.") from error
    except (KeyError, TypeError, ValueError, FileNotFoundError) as error:
        raise NotTheSame(f"{source} is damaged: {MANIFEST} can't be used ({error}).") from error
    if damaged:
        raise NotTheSame(f"{source} is damaged: {damaged[0]} is not what was backed up.")
    return manifest


def _prove(manifest: dict[str, Any]) -> None:
    """The same rows, root and verdicts as in the manifest, and a trail that verifies."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise NotTheSame(
                "This backup is of an older version: restore it with that, then run"
                " `bartizan upgrade`."
            )
        install(connection)  # the triggers of this version, whichever wrote the backup
        figures = _figures(date.fromisoformat(manifest["day"]))
        report = verify(keys=[manifest["key"]], held=Head.objects.get().note)
    except (DatabaseError, Head.DoesNotExist) as error:
        raise NotTheSame(f"The database in this backup can't be read: {error}") from error
    for name in ("size", "root", "rows", "verdicts"):
        if manifest[name] != figures[name]:
            raise NotTheSame(
                f"After restoring, {name} differ: {_difference(manifest, figures, name)}."
            )
    if report.findings:
        raise NotTheSame(f"The trail in this backup is not whole: {report.findings[0]}")


def _difference(before: dict[str, Any], after: dict[str, Any], name: str) -> str:
    was, now = before[name], after[name]
    if isinstance(was, dict):
        name = next(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))
        was, now = f"{name} {was.get(name)}", now.get(name)
    return f"{was} before, {now} now"


def _bring_files(work: Path) -> None:
    for path in (work / FILES).glob("*"):
        target = stored(path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
        sync(target)


def _put_in_place(database: Path) -> None:
    """The proven file becomes the database, at once or not at all."""
    target = Path(connection.settings_dict["NAME"])
    connection.close()
    sync(database)
    database.replace(target)
    sync(target.parent)


def _sign_on(manifest: dict[str, Any]) -> str:
    """Going back was on purpose: from here on the log continues from the checkpoint restored.

    Where another key signs from now on, it signs the head anew and is named.
    """
    checkpoints.hold(Head.objects.get().note)
    key = signer().verification_key
    if key == manifest["key"]:
        return ""
    checkpoints.checkpoint()
    return key


# -- both --------------------------------------------------------------------------------------


@contextmanager
def standing_in(path: Path) -> Iterator[None]:
    """Whatever is asked of the database meanwhile, in this thread, is asked of this SQLite file.

    It need not outlive a crash: a copy is compared, a throw-away database is thrown away.
    """
    options = {"init_command": "PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON"}
    wanted = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}
    told = connections.configure_settings({DEFAULT_DB_ALIAS: wanted})[DEFAULT_DB_ALIAS]
    with another_database(told):
        yield


@contextmanager
def another_database(told: dict[str, Any]) -> Iterator[None]:
    """Everything works meanwhile, in this thread, with the database of these settings."""
    real = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = load_backend(told["ENGINE"]).DatabaseWrapper(
        told, DEFAULT_DB_ALIAS
    )
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections[DEFAULT_DB_ALIAS] = real


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _hash_of(path: Path) -> str:
    return _sha256(path) if path.is_file() else ""
