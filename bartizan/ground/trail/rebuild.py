"""Rebuild the whole database from the trail, as it stands or as it stood.

That is time travel, the last line of disaster recovery, the way from one engine to the other, and
the proof that the trail misses nothing. Every trailed table becomes what its entries make of it;
the trail itself comes along up to that moment and can be verified in the copy.

Replaying entries one after the other leaves each row as its last image has it, so only the last
images are read. Where that one was erased, the next image that is left stands for the row: the
anonymous one. Images are read through the models' fields, whichever engine wrote them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from bartizan.ground.trail import images, merkle, tiles
from bartizan.ground.trail import models as trail
from bartizan.ground.trail.founding import found
from bartizan.ground.trail.keys import signer
from bartizan.ground.trail.log import head, snapshot
from bartizan.ground.trail.standing import lifted
from bartizan.ground.trail.verification import verify
from bartizan.ground.trail.verifier import Report

BATCH = 2000


@dataclass
class Rebuilt:
    """What was rebuilt: up to which entry, how many rows of which table, what is lost."""

    size: int
    root: bytes
    rows: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    verified: Report | None = None


def rewind(to: datetime | None, out: Path, source: str = DEFAULT_DB_ALIAS) -> Rebuilt:
    """Write a new SQLite database as of that moment (None: now), and verify it."""
    if out.exists():
        raise FileExistsError(f"{out} exists.")
    with database_file(out) as alias:
        rebuilt = rebuild(alias, to=to, source=source)
        rebuilt.verified = verify(alias)
    descriptor = os.open(out, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    return rebuilt


@contextmanager
def database_file(path: Path) -> Iterator[str]:
    """A new, migrated SQLite database in this file, and the alias under which it is reached."""
    path.write_bytes(empty_database())
    with opened_file(path) as alias:
        yield alias


@cache
def empty_database() -> bytes:
    """A database file after all migrations, with nothing in it: running them takes seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        with opened_file(path) as alias:
            found(connections[alias])
            # Django's own command: what migrations write here is no act, and is replaced.
            call_command(Migrate(), database=alias, run_syncdb=True, verbosity=0)
        return path.read_bytes()


@contextmanager
def opened_file(path: Path) -> Iterator[str]:
    """The database in this file under an alias, in this thread alone."""
    alias = f"file:{path}"
    wanted: dict[str, Any] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
    }
    settings = connections.configure_settings({"default": wanted})["default"]
    connections[alias] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, alias)
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]


def rebuild(target: str, *, to: datetime | None = None, source: str = DEFAULT_DB_ALIAS) -> Rebuilt:
    """Fill a migrated database without a trail of its own from the trail of another."""
    if trail.Entry.objects.using(target).exists():
        raise ValueError("The database has a trail of its own: nothing is rebuilt over it.")
    connection = connections[target]
    with (
        snapshot(source),
        lifted(target),
        connection.constraint_checks_disabled(),
        transaction.atomic(using=target),
    ):
        size = size_at(to, source)
        rebuilt = Rebuilt(size, copy_trail(source, target, size))
        for model in images.trailed_models():
            rebuilt.rows[model._meta.db_table] = replay(model, size, source, target, rebuilt)
        renumber(connection)
    connection.check_constraints()
    return rebuilt


def size_at(to: datetime | None, source: str) -> int:
    """The size of the log at a moment. The moments of acts never run backwards."""
    if to is None:
        return head(source).size
    acts = trail.Act.objects.using(source).filter(at__lte=to)
    last = trail.Entry.objects.using(source).filter(act=acts.order_by("-id")[:1])
    index = last.aggregate(last=models.Max("index"))["last"]
    return 0 if index is None else index + 1


# -- the tables -----------------------------------------------------------------------------------


def replay(model: images.Model, size: int, source: str, target: str, rebuilt: Rebuilt) -> int:
    """Fill one table with the last images of its rows; how many there are."""
    table, fields = model._meta.db_table, images.stored(model)
    connection = connections[target]

    def rows() -> Iterator[list[Any]]:
        for image in last_images(table, size, source, rebuilt):
            yield [
                field.get_db_prep_save(
                    images.read(field, image[field.column])
                    if field.column in image
                    else field.get_default(),  # younger than the image, or a secret
                    connection,
                )
                for field in fields
            ]

    model._base_manager.using(target)._raw_delete(target)  # what migrations put there
    return insert(connection, table, [str(field.column) for field in fields], rows())


def last_images(table: str, size: int, source: str, rebuilt: Rebuilt) -> Iterator[images.Image]:
    """What is left of the rows that stood in a table when the log had that size."""
    with connections[source].cursor() as cursor:
        cursor.execute(
            'SELECT e."index", e.key, p.image FROM (SELECT max("index") AS last FROM trail_entry'
            ' WHERE "table" = %s AND "index" < %s AND verb <> \'erase\' GROUP BY key) m'
            ' JOIN trail_entry e ON e."index" = m.last'
            ' LEFT JOIN trail_payload p ON p.entry_id = e."index"'
            " WHERE e.verb <> 'delete' ORDER BY e.\"index\"",
            [table, size],
        )
        while batch := cursor.fetchmany(BATCH):
            for index, key, image in batch:
                image = image if image is not None else left(table, key, index, source)
                if image is None:
                    rebuilt.lost.append(f"{table} {key}: erased")
                else:
                    yield images.load(image)


def left(table: str, key: str, index: int, source: str) -> str | None:
    """The first image of a row after an entry whose own was erased."""
    later = trail.Payload.objects.using(source).filter(
        entry__table=table, entry__key=key, entry__index__gt=index
    )
    images_left = later.exclude(entry__verb=trail.Verb.ERASE).order_by("entry_id")
    return images_left.values_list("image", flat=True).first()


def insert(
    connection: BaseDatabaseWrapper, table: str, columns: Sequence[str], rows: Iterable[Any]
) -> int:
    """Write rows as they are, past everything that would make them anew."""
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    values = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({values})"
    count, rows = 0, iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(statement, batch)
            count += len(batch)
    return count


def renumber(connection: BaseDatabaseWrapper) -> None:
    """A number that the trail knows is never given to another row, be the first one deleted."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT "table", max(CAST(key AS bigint)) FROM trail_entry GROUP BY 1')
        highest = dict(cursor.fetchall())
        for model in images.trailed_models():
            table, key = model._meta.db_table, model._meta.pk
            if table not in highest or not isinstance(key, models.AutoField):
                continue
            number = highest[table]
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, number])
            else:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                    [f'"{table}"', key.column, number],
                )


# -- the trail itself -----------------------------------------------------------------------------


def copy_trail(source: str, target: str, size: int) -> bytes:
    """Copy the trail up to a size; the root it then had."""
    entries = trail.Entry.objects.using(source).filter(index__lt=size)
    last = entries.order_by("-index").select_related("act").first()
    acts = trail.Act.objects.using(source).filter(pk__lte=last.act_id if last else 0)
    copy(acts.order_by("pk"), target)
    copy(entries.order_by("index"), target)
    payloads = trail.Payload.objects.using(source).filter(entry__lt=size)
    copy(payloads.order_by("entry_id"), target)
    copy(trail.Checkpoint.objects.using(source).filter(size__lte=size).order_by("pk"), target)
    for level in range(8):
        whole = size >> (tiles.BITS * (level + 1))
        found = trail.Tile.objects.using(source).filter(level=level, number__lt=whole)
        copy(found.order_by("number"), target)
    with connections[source].cursor() as cursor:
        peaks = merkle.frontier(tiles.reader(cursor), size)
    root = merkle.root(peaks)
    now = trail.Head.objects.using(source).filter(size=size).first()
    if size:
        trail.Head(
            id=1,
            size=size,
            acts=last.act_id if last else 0,
            at=last.act.at.isoformat(timespec="microseconds") if last else "",
            frontier=b"".join(peaks),
            note=now.note if now else signer().note(size, root),
        ).save(using=target, force_insert=True)
    return root


def copy(rows: models.QuerySet[Any], target: str) -> None:
    """Copy rows of the trail from one database into another, whatever their engines."""
    connection = connections[target]
    fields = [field for field in rows.model._meta.local_concrete_fields if field.column]
    read = rows.values_list(*[field.attname for field in fields]).iterator(chunk_size=BATCH)
    # Numbers, texts and bytes are the same everywhere; only moments are kept differently.
    adapted = connection.ops.adapt_datetimefield_value
    if any(isinstance(field, models.DateTimeField) for field in fields):
        read = ([adapted(v) if isinstance(v, datetime) else v for v in row] for row in read)
    insert(connection, rows.model._meta.db_table, [str(field.column) for field in fields], read)
