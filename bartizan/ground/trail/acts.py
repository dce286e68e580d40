"""No write without an act: who, through what, and why.

    with act(person, through="page", why="Owner changed after the move."):
        site.owner = colleague
        site.save()

An act is a transaction. While it lasts, triggers collect an image of every row written; at its
end the last image of each row becomes an entry, the entries join the tree, and the new head is
signed, all in the same transaction. So a change without an entry cannot be committed, nor an
entry without its change. A row made and deleted within one act leaves nothing, nor does an act
that writes nothing. Acts inside an act join it.

The head of the log is locked last: on PostgreSQL, acts that touch different rows wait for each
other only while they are sealed. On SQLite, one writes at a time from the start.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.utils import timezone

from bartizan.ground.trail import merkle, tiles
from bartizan.ground.trail.keys import signer
from bartizan.ground.trail.models import Act, Through, Verb
from bartizan.ground.trail.standing import standing, tell


class Staged(NamedTuple):
    """What a trigger left behind: a row as it became."""

    id: int
    table: str
    key: str
    verb: str
    schema: str
    image: str | None


@contextmanager
def act(
    person: Model | None,
    *,
    through: str = Through.SYSTEM,
    why: str = "",
    using: str = DEFAULT_DB_ALIAS,
) -> Iterator[Act]:
    """All writes inside belong to one act of this person (None: of the system itself).

    Once it has ended, the act has its number and its moment, if it wrote anything.
    """
    if through not in Through.values:
        raise ValueError(f"An act comes through one of {', '.join(Through.values)}.")
    connection = connections[using]
    state = standing(connection)
    if state.act is not None:
        with transaction.atomic(using=using):
            yield state.act
        return
    outermost = not connection.in_atomic_block
    with transaction.atomic(using=using):
        state.act = Act(person_id=person and person.pk, through=through, why=why)
        tell(connection, "bartizan.act", "open", local=True)
        try:
            yield state.act
            seal(connection, state.act)
        finally:
            state.act = None
        if not outermost:  # the setting would last until the transaction around us ends
            tell(connection, "bartizan.act", "", local=True)


def current_act(using: str = DEFAULT_DB_ALIAS) -> Act | None:
    """The act that is open on this thread's connection."""
    return standing(connections[using]).act


def seal(connection: BaseDatabaseWrapper, act: Act) -> None:
    """Turn what the triggers staged into entries of the act, append them, sign the new head."""
    with connection.cursor() as cursor:
        changes = last_images(take_staged(cursor))
        if not changes:
            return
        size, acts, before, frontier = lock_head(cursor)
        act.id = acts + 1
        act.at = max(timezone.now(), before) if before else timezone.now()
        act.salt = os.urandom(32) if act.why else b""
        entries, payloads, hashes = written(act, size, changes)
        cursor.execute(
            "INSERT INTO trail_act (id, at, person_id, through, why, salt)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [act.id, moment(connection, act.at), act.person_id, act.through, act.why, act.salt],
        )
        cursor.executemany(
            'INSERT INTO trail_entry ("index", act_id, "table", key, verb, schema, commitment,'
            " leaf) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            entries,
        )
        if payloads:
            cursor.executemany(
                "INSERT INTO trail_payload (entry_id, salt, image) VALUES (%s, %s, %s)", payloads
            )
        tiles.complete(cursor, size, hashes)
        nodes = merkle.nodes(frontier)
        size = merkle.append(nodes, size, hashes)
        cursor.execute(
            "UPDATE trail_head SET size = %s, acts = %s, at = %s, frontier = %s, note = %s",
            [
                size,
                act.id,
                moment(connection, act.at),
                b"".join(nodes),
                signer().note(size, merkle.root(nodes)),
            ],
        )


def take_staged(cursor: Any) -> list[Staged]:
    """What the triggers left, oldest first. Others' images are never seen: they commit none."""
    cursor.execute('SELECT id, "table", key, verb, schema, image FROM trail_staged ORDER BY id')
    staged = [Staged(*row) for row in cursor.fetchall()]
    if staged:
        cursor.execute("DELETE FROM trail_staged")
    return staged


def last_images(staged: list[Staged]) -> list[Staged]:
    """One change for each row, in the order the rows were first touched."""
    if len(staged) == 1:
        return staged
    changes: dict[tuple[Any, ...], Staged] = {}
    for new in staged:
        row = (new.table, new.key, new.id if new.verb == Verb.ERASE else None)
        old = changes.get(row)
        if old is None:
            changes[row] = new
        elif old.verb != Verb.INSERT:
            # Deleted and made again within the act, it is a row that changed.
            changes[row] = new if new.verb == Verb.DELETE else new._replace(verb=Verb.UPDATE)
        elif new.verb == Verb.DELETE:
            del changes[row]
        else:
            changes[row] = new._replace(verb=Verb.INSERT)
    return list(changes.values())


def lock_head(cursor: Any) -> tuple[int, int, datetime | None, bytes]:
    """The end of the log, ours until the transaction ends."""
    lock = " FOR UPDATE" if cursor.db.vendor == "postgresql" else ""
    for _ in range(2):
        cursor.execute(f"SELECT size, acts, at, frontier FROM trail_head WHERE id = 1{lock}")
        if row := cursor.fetchone():
            size, acts, at, frontier = row
            if at and at.tzinfo is None:  # SQLite keeps moments without their zone: it is UTC
                at = at.replace(tzinfo=UTC)
            return size, acts, at, bytes(frontier)
        cursor.execute(
            "INSERT INTO trail_head (id, size, acts, at, frontier, note)"
            " VALUES (1, 0, 0, NULL, %s, '') ON CONFLICT DO NOTHING",
            [b""],
        )
    raise RuntimeError("The head of the trail cannot be read.")


def moment(connection: BaseDatabaseWrapper, at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def written(
    act: Act, size: int, changes: list[Staged]
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], list[bytes]]:
    """The entries and payloads of an act as rows, and the hashes of the leaves.

    A leaf is kept as these bytes for ever; nobody writes it a second time. It names rows and
    persons by number only: whatever could be personal stands in it as a salted hash.
    """
    said = {
        "act": act.id,
        "at": act.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "person": act.person_id,
        "through": act.through,
        "why": sha256(act.salt + act.why.encode()).hexdigest() if act.why else "",
    }
    entries: list[tuple[Any, ...]] = []
    payloads: list[tuple[Any, ...]] = []
    hashes: list[bytes] = []
    salts = os.urandom(32 * len(changes))
    for index, (_id, table, key, verb, schema, image) in enumerate(changes, size):
        commitment = b""
        if image is not None:
            salt = salts[32 * (index - size) : 32 * (index - size + 1)]
            commitment = sha256(salt + image.encode()).digest()
            payloads.append((index, salt, image))
        row = {
            "commitment": commitment.hex(),
            "index": index,
            "key": key,
            "schema": schema,
            "table": table,
            "verb": verb,
        }
        leaf = json.dumps(said | row, sort_keys=True, separators=(",", ":")).encode()
        entries.append((index, act.id, table, key, verb, schema, commitment, leaf))
        hashes.append(merkle.leaf_hash(leaf))
    return entries, payloads, hashes
