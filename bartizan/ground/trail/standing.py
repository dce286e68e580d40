"""What a database connection stands in: no act, an act, an erasure, or a replay of the trail.

Triggers ask it. On SQLite they call `current_act()` and `erasing()`, functions that only our own
connections define, so another program cannot write at all. On PostgreSQL they read the settings
`bartizan.act` and `bartizan.erasing`, which end with the transaction that set them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from bartizan.ground.trail.models import Act

INSIDE, LIFTED = 1, 0


class Standing:
    """The state of one connection; the functions of SQLite look at it."""

    def __init__(self) -> None:
        self.act: Act | None = None
        self.lifted = False
        self.erasing = False

    def current_act(self) -> int | None:
        if self.lifted:
            return LIFTED
        return INSIDE if self.act is not None else None


def standing(connection: BaseDatabaseWrapper) -> Standing:
    """The standing of a connection, kept on it: connections belong to one thread and one alias."""
    found: Standing | None = connection.__dict__.get("trail_standing")
    if found is None:
        found = connection.__dict__["trail_standing"] = Standing()
    return found


def exact(value: Any) -> str | None:
    """A number as JSON without losing a digit: SQLite's own JSON keeps only fifteen."""
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return '"Infinity"' if value > 0 else '"-Infinity"'
    if isinstance(value, str):
        return f'"{value}"'
    return None if value is None else repr(value)


def prepare_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Teach a new SQLite connection what the triggers ask for."""
    if connection.vendor != "sqlite":
        return
    state = standing(connection)
    # The functions hold the standing, not the connection, which could otherwise never be freed.
    database = connection.connection
    database.create_function("current_act", 0, state.current_act)
    database.create_function("erasing", 0, lambda: int(state.erasing))
    database.create_function("exact", 1, exact, deterministic=True)
    # A row that INSERT OR REPLACE removes is a deleted row: its trigger must see it.
    database.execute("PRAGMA recursive_triggers=ON")


@contextmanager
def lifted(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let rows be written without an act and without entries: a replay of the trail is none."""
    connection = connections[using]
    state = standing(connection)
    if state.act is not None:
        raise RuntimeError("The trail cannot be lifted inside an act.")
    state.lifted = True
    tell(connection, "bartizan.act", "lifted", local=False)
    try:
        yield
    finally:
        state.lifted = False
        tell(connection, "bartizan.act", "", local=False)


@contextmanager
def erasing(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let payloads be deleted; `erasure` alone uses it."""
    connection = connections[using]
    state = standing(connection)
    state.erasing = True
    tell(connection, "bartizan.erasing", "yes", local=True)
    try:
        yield
    finally:
        state.erasing = False
    tell(connection, "bartizan.erasing", "", local=True)


def tell(connection: BaseDatabaseWrapper, name: str, value: str, *, local: bool) -> None:
    """Tell PostgreSQL's triggers; SQLite's ask for themselves."""
    if connection.vendor == "postgresql":
        # In a pipeline the statement travels with the BEGIN before it, and fails at its end.
        with (
            connection.cursor() as cursor,
            connection.wrap_database_errors,
            connection.connection.pipeline(),
        ):
            cursor.execute("SELECT set_config(%s, %s, %s)", [name, value, local])
