"""Backup and restore: one archive with the database, the files, and what proves them the same.

The archive is a tar file:

    manifest.json     size and root of the trail, rows of every table, SHA-256 of every part
    database.sqlite3  (SQLite) a consistent copy, made while others write
    database.dump     (PostgreSQL) the custom format of pg_dump
    files/…           attachments, each under the hash of its bytes

The signing key is not in it: whoever has the backup must not be able to sign in our name. Keep
`trail.key` elsewhere; a restored installation without it starts a new key, and says so.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections

from bartizan.ground.trail.images import trailed_models
from bartizan.ground.trail.log import head, snapshot

MANIFEST, SQLITE, DUMP, FILES = "manifest.json", "database.sqlite3", "database.dump", "files"


class NotTheSame(Exception):
    """What was restored is not what was backed up, or there is no room for it."""


def backup(out: Path) -> dict[str, Any]:
    """Write the archive; it appears under its name only once it is complete and on the disk."""
    with tempfile.TemporaryDirectory(dir=out.resolve().parent) as folder:
        work = Path(folder)
        name = _dump(work)
        # Files are only ever added: what the database copy speaks of is there by now.
        files = {p.name: p for p in _stored()}
        manifest = {
            "vendor": connection.vendor,
            "database": name,
            "sha256": _sha256(work / name),
            "files": sorted(files),
            **_figures_of(work / name),
        }
        (work / MANIFEST).write_text(json.dumps(manifest, indent=2))
        part = work / "archive.tar"
        with tarfile.open(part, "w") as archive:
            archive.add(work / MANIFEST, MANIFEST)
            archive.add(work / name, name)
            for digest, path in files.items():
                archive.add(path, f"{FILES}/{digest}")
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        part.replace(out)
    return manifest


def restore(source: Path) -> dict[str, Any]:
    """Unpack an archive into an empty installation and prove it. Raises NotTheSame."""
    with tempfile.TemporaryDirectory(dir=settings.DATA) as folder, tarfile.open(source) as archive:
        archive.extractall(folder, filter="data")
        work = Path(folder)
        manifest = json.loads((work / MANIFEST).read_text())
        _check_parts(work, manifest)
        if manifest["vendor"] != connection.vendor:
            raise NotTheSame(f"This is a backup of {manifest['vendor']}, not {connection.vendor}.")
        _load(work / manifest["database"])
        _bring_files(work)
    _compare(manifest)
    return manifest


def _dump(work: Path) -> str:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(work / SQLITE)])
        return SQLITE
    _run("pg_dump", "--format=custom", f"--file={work / DUMP}")
    return DUMP


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
    subprocess.run(
        [program, *arguments], env=os.environ | {k: v for k, v in environment.items() if v},
        check=True,
    )  # fmt: skip


def _load(database: Path) -> None:
    if connection.vendor == "sqlite":
        target = Path(connection.settings_dict["NAME"])
        if target.exists():
            raise NotTheSame(f"{target} exists: restore into an empty data folder.")
        connections.close_all()
        shutil.copyfile(database, target)
        with target.open("rb") as stream:
            os.fsync(stream.fileno())
    else:
        if connection.introspection.table_names():
            raise NotTheSame("The database holds tables: restore into an empty one.")
        _run("pg_restore", "--no-owner", "--exit-on-error", "--dbname", "", str(database))
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _bring_files(work: Path) -> None:
    for path in (work / FILES).glob("*"):
        target = Path(settings.MEDIA_ROOT) / path.name[:2] / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)


def _check_parts(work: Path, manifest: dict[str, Any]) -> None:
    if _sha256(work / manifest["database"]) != manifest["sha256"]:
        raise NotTheSame("The database in this backup is not the one that was written.")
    for digest in manifest["files"]:
        path = work / FILES / digest
        if not path.is_file() or _sha256(path) != digest:
            raise NotTheSame(f"The file {digest} in this backup is damaged or missing.")


def _compare(manifest: dict[str, Any]) -> None:
    for name, value in _figures().items():
        if manifest[name] != value:
            raise NotTheSame(f"After restoring, {name} is {value}, and was {manifest[name]}.")


def _figures(alias: str = DEFAULT_DB_ALIAS) -> dict[str, Any]:
    """Size and root of the trail and the rows of every trailed table, at one moment."""
    with snapshot(alias):
        end = head(alias)
        rows = {m._meta.db_table: m._base_manager.using(alias).count() for m in trailed_models()}
    return {"size": end.size, "root": end.root.hex(), "rows": rows}


def _figures_of(copy: Path) -> dict[str, Any]:
    """The same of the copy: others may have written since it was made."""
    if copy.name != SQLITE:
        return _figures()
    connections.settings["copy"] = {**connections.settings[DEFAULT_DB_ALIAS], "NAME": str(copy)}
    try:
        return _figures("copy")
    finally:
        connections["copy"].close()
        del connections["copy"], connections.settings["copy"]


def _stored() -> list[Path]:
    return sorted(p for p in Path(settings.MEDIA_ROOT).glob("??/*") if len(p.name) == 64)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
