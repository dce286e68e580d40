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

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from bartizan.ground.trail import merkle, tiles
from bartizan.ground.trail.appending import ENGINES, Appended, Row, Staged
from bartizan.ground.trail.keys import signer
from bartizan.ground.trail.models import Act, Through, Verb
from bartizan.ground.trail.standing import standing, tell

WAYS = tuple(Through.values)  # asked at every act, and slow to list


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
    if through not in WAYS:
        raise ValueError(f"An act comes through one of {', '.join(WAYS)}.")
    connection = connections[using]
    state = standing(connection)
    if state.act is not None:
        with transaction.atomic(using=using):
            yield state.act
        return
    outermost = not connection.in_atomic_block
    with transaction.atomic(using=using):
        state.act = Act(person_id=None if person is None else person.pk, through=through, why=why)
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
    with connection.wrap_database_errors:
        engine = ENGINES[connection.vendor](connection)
        staged, end = engine.take()
        changes = last_images(staged)
        if not changes:
            return
        act.id = end.acts + 1
        at = max(datetime.now(UTC).isoformat(timespec="microseconds"), end.at)
        act.at = datetime.fromisoformat(at)
        act.salt = os.urandom(32) if act.why else b""
        entries, payloads, hashes = written(act, at, end.size, changes)
        peaks = merkle.nodes(end.frontier)
        size = merkle.append(peaks, end.size, hashes)
        note = signer().note(size, merkle.root(peaks))
        engine.append(
            Appended(
                act=(act.id, engine.moment(at), act.person_id, act.through, act.why, act.salt),
                entries=entries,
                payloads=payloads,
                head=(size, act.id, at, b"".join(peaks), note),
            )
        )
        if size // tiles.WIDTH > end.size // tiles.WIDTH:
            with connection.cursor() as cursor:
                tiles.complete(cursor, end.size, hashes)


def last_images(staged: list[Staged]) -> list[Staged]:
    """One change for each row, in the order the rows were first touched."""
    if len(staged) == 1:
        return staged
    changes: dict[Row, Staged] = {}
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


def written(
    act: Act, at: str, size: int, changes: list[Staged]
) -> tuple[list[Row], list[Row], list[bytes]]:
    """The entries and payloads of an act as rows, and the hashes of the leaves.

    A leaf is kept as these bytes for ever; nobody writes it a second time. It is JSON with sorted
    names, and names rows and persons by number only: whatever could be personal stands in it as a
    salted hash. So nothing in it needs escaping.
    """
    person = "null" if act.person_id is None else act.person_id
    why = sha256(bytes(act.salt) + act.why.encode()).hexdigest() if act.why else ""
    entries: list[Row] = []
    payloads: list[Row] = []
    hashes: list[bytes] = []
    salts = os.urandom(32 * len(changes))
    for index, (_id, table, key, verb, schema, image) in enumerate(changes, size):
        commitment = b""
        if image is not None:
            salt = salts[32 * (index - size) : 32 * (index - size + 1)]
            commitment = sha256(salt + image.encode()).digest()
            payloads.append((index, salt, image))
        leaf = (
            f'{{"act":{act.id},"at":"{at}","commitment":"{commitment.hex()}","index":{index},'
            f'"key":"{key}","person":{person},"schema":"{schema}","table":"{table}",'
            f'"through":"{act.through}","verb":"{verb}","why":"{why}"}}'
        ).encode()
        entries.append((index, act.id, table, key, verb, schema, commitment, leaf))
        hashes.append(merkle.leaf_hash(leaf))
    return entries, payloads, hashes
