"""Many statements put to the database, two at a time.

SQLite answers in the thread that asks, and Python goes on meanwhile: over a second connection a
second thread helps out. What it finds is what the first one would have found. PostgreSQL takes
longer to get to know a connection than two of them save; but it answers one statement while the
next is on its way.
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from time import perf_counter
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite

from bartizan.conformity.prepared import Prepared
from bartizan.ground.records.planner import FOR_A_FEW, told

WORTH_IT = 50  # statements; for fewer a connection takes longer to open than they take

# How long each took when it was last sent. The helper starts with the longest: every statement is
# new to its connection, and reading it there takes longer than answering most of them.
_took: WeakKeyDictionary[Prepared, float] = WeakKeyDictionary()


def firsts(statements: Sequence[Prepared]) -> list[Any]:
    """What `first()` tells of each of them, in their order."""
    if statements and connection.vendor == "postgresql":
        return _in_a_row(statements)
    if len(statements) < WORTH_IT or not _alike_from_elsewhere():
        return [statement.first() for statement in statements]
    found: list[Any] = [None] * len(statements)
    left = deque(sorted(enumerate(statements), key=lambda one: _took.get(one[1], 0)))

    def answer(next_one: Callable[[], tuple[int, Prepared]]) -> None:
        while left:
            try:
                place, statement = next_one()
            except IndexError:  # the other one was quicker
                return
            began = perf_counter()
            found[place] = statement.first()
            _took[statement] = perf_counter() - began

    here = connections[DEFAULT_DB_ALIAS]  # not always the database that the settings name

    def help_out() -> None:
        connections[DEFAULT_DB_ALIAS] = here.copy()
        try:
            answer(left.pop)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as helpers:
        helped = helpers.submit(help_out)
        answer(left.popleft)
        helped.result()
    return found


def _in_a_row(statements: Sequence[Prepared]) -> list[Any]:
    """All of them are sent before the first answer is waited for."""
    with ExitStack() as sent:
        cursors = [sent.enter_context(connection.cursor()) for _ in statements]
        with told(FOR_A_FEW):
            for cursor, statement in zip(cursors, statements, strict=True):
                statement.send_first(cursor)
        return [cursor.fetchone()[0] if cursor.rowcount > 0 else None for cursor in cursors]


def _alike_from_elsewhere() -> bool:
    """Does a second connection see the same, and is nobody listening to what this one is asked?

    What a transaction has written so far is seen from within alone.
    """
    here = connections[DEFAULT_DB_ALIAS]
    if not isinstance(here, SQLite) or here.is_in_memory_db():
        return False
    return not here.in_atomic_block and not here.execute_wrappers
