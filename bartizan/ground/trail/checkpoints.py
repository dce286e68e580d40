"""Checkpoints and proofs: what one hands out so that others need not believe.

A checkpoint (C2SP tlog-checkpoint) says how long the log was and what its root was, signed. Who
holds one can tell for ever whether the log still begins the same way. An inclusion proof shows
that an entry stands under a checkpoint, a consistency proof that one checkpoint continues another.

The last checkpoint handed out is also kept in a file beside the key, outside the database: so
that a database put back to an earlier state, with everything in it signed, is noticed here too.
"""

import os
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

from bartizan.ground.trail import merkle, tiles, verifier
from bartizan.ground.trail.keys import signer
from bartizan.ground.trail.log import head
from bartizan.ground.trail.models import Checkpoint, Head


@dataclass(frozen=True)
class Proof:
    """That an entry stands in the tree of a size: the hashes from its leaf up."""

    index: int
    size: int
    path: list[bytes]


def checkpoint(using: str = DEFAULT_DB_ALIAS) -> Checkpoint:
    """A checkpoint of the log as it stands, on record as handed out."""
    with transaction.atomic(using=using):
        Head.objects.using(using).select_for_update().filter(pk=1).first()
        now = head(using)
        note = signer().note(now.size, now.root)
        Head.objects.using(using).exclude(note=note).update(note=note)  # the key may be a new one
        issued = Checkpoint.objects.using(using).order_by("-id").first()
        if issued is None or issued.note != note:
            issued = Checkpoint.objects.using(using).create(
                size=now.size, root=now.root, note=note, at=timezone.now()
            )
        if using == DEFAULT_DB_ALIAS and continues(held(), using):
            hold(note)
    return issued


def inclusion_proof(index: int, size: int | None = None, using: str = DEFAULT_DB_ALIAS) -> Proof:
    """That entry `index` stands in the tree of `size` (the whole log, if not said)."""
    size = within(size, using)
    with connections[using].cursor() as cursor:
        return Proof(index, size, merkle.inclusion_proof(tiles.reader(cursor), index, size))


def consistency_proof(
    old: int, new: int | None = None, using: str = DEFAULT_DB_ALIAS
) -> list[bytes]:
    """That the tree of size `new` (the whole log, if not said) begins with the one of `old`."""
    new = within(new, using)
    with connections[using].cursor() as cursor:
        return merkle.consistency_proof(tiles.reader(cursor), old, new)


def root_at(size: int, using: str = DEFAULT_DB_ALIAS) -> bytes:
    """The root the tree had at an earlier size."""
    if within(size, using) == 0:
        return merkle.EMPTY
    with connections[using].cursor() as cursor:
        return merkle.range_root(tiles.reader(cursor), 0, size)


def within(size: int | None, using: str) -> int:
    """A size of the tree that the log has reached."""
    reached = head(using).size
    if size is None:
        return reached
    if not 0 <= size <= reached:
        raise ValueError(f"The log has {reached} entries, not {size}.")
    return size


def tlog_proof(index: int, using: str = DEFAULT_DB_ALIAS) -> str:
    """The text of a `.tlog-proof` file (C2SP tlog-proof): verified offline, with the key alone."""
    issued = checkpoint(using)
    path = inclusion_proof(index, issued.size, using).path
    hashes = "".join(f"{b64encode(node).decode()}\n" for node in path)
    return f"c2sp.org/tlog-proof@v1\nindex {index}\n{hashes}\n{issued.note}"


# -- the checkpoint held outside the database ----------------------------------------------------


def held_file() -> Path:
    key = Path(settings.TRAIL_KEY)
    return key.with_name(f"{key.name}.held")


def held() -> str | None:
    """The last checkpoint handed out here, as kept outside the database."""
    try:
        return held_file().read_text()
    except FileNotFoundError:
        return None


def hold(note: str) -> None:
    """Keep a checkpoint outside the database. A restore, which goes back on purpose, calls it."""
    made = held_file().with_name(f"{held_file().name}.{os.getpid()}")
    made.write_text(note)
    made.replace(held_file())


def continues(note: str | None, using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether the log still begins as that checkpoint says. One that lies is kept as evidence."""
    if note is None:
        return True
    _, size, root = verifier.tree_head(note)
    return size <= head(using).size and root_at(size, using) == root
