"""The log as a whole: how far it goes, and one moment of it for whoever looks longer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from bartizan.ground.trail import merkle
from bartizan.ground.trail.models import Head as HeadRow


class Head(NamedTuple):
    """The size of the log and the root of its tree."""

    size: int
    root: bytes


def head(using: str = DEFAULT_DB_ALIAS) -> Head:
    """Where the log stands now."""
    row = HeadRow.objects.using(using).values_list("size", "frontier").first()
    if row is None:
        return Head(0, merkle.EMPTY)
    size, frontier = row
    return Head(size, merkle.root(merkle.nodes(bytes(frontier))))


@contextmanager
def snapshot(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Read everything as of one moment, and keep no writer waiting meanwhile."""
    connection = connections[using]
    if connection.in_atomic_block:
        yield
        return
    begin = {
        "sqlite": "BEGIN DEFERRED",
        "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    }
    with connection.cursor() as cursor:
        cursor.execute(begin[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
