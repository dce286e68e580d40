"""Appending to the log: the statements, once for each engine, at the end of every act.

This is the one place where a microsecond counts, because every write of the system passes it. On
SQLite a statement costs little but reaching it through Django's cursor costs four times that, so
the driver is asked directly; on PostgreSQL every statement is a journey to the server and back, so
there are as few as can be.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]


class Staged(NamedTuple):
    """What a trigger left behind: a row as it became."""

    id: int
    table: str
    key: str
    verb: str
    schema: str
    image: str | None


class End(NamedTuple):
    """The end of the log: entries and acts so far, the last moment, the compact range."""

    size: int
    acts: int
    at: str
    frontier: bytes


class Appended(NamedTuple):
    """What an act adds: its own row, its entries, their payloads, and the head it leaves."""

    act: Row
    entries: list[Row]
    payloads: list[Row]
    head: Row


class Engine(Protocol):
    def moment(self, at: str) -> str:
        """A moment as leaves write it, as the database keeps it."""

    def take(self) -> tuple[list[Staged], End]:
        """What the triggers left, and the end of the log, which is ours until the transaction ends.

        Of what other acts left nothing is ever seen: they commit none.
        """

    def append(self, appended: Appended) -> None:
        """Write it all."""


ACT = "INSERT INTO trail_act (id, at, person_id, through, why, salt)"
ENTRY = 'INSERT INTO trail_entry ("index", act_id, "table", key, verb, schema, commitment, leaf)'
PAYLOAD = "INSERT INTO trail_payload (entry_id, salt, image)"
STAGED = 'id, "table", key, verb, schema, image'
END = "SELECT size, acts, at, frontier FROM trail_head WHERE id = 1"
BEGINNING = (
    "INSERT INTO trail_head (id, size, acts, at, frontier, note) VALUES (1, 0, 0, '', '', '')"
)


def ending(row: Row | None) -> End:
    """The end as the head of the log has it, or that of a log not begun."""
    if row is None:
        return End(0, 0, "", b"")
    size, acts, at, frontier = row
    return End(size, acts, at, bytes(frontier or b""))


class SQLite:
    """Through the driver. Nobody else writes since the transaction began."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.driver = connection.connection

    def moment(self, at: str) -> str:
        return f"{at[:10]} {at[11:26]}"

    def take(self) -> tuple[list[Staged], End]:
        execute = self.driver.execute
        staged = execute(f"SELECT {STAGED} FROM trail_staged ORDER BY id").fetchall()
        if staged:
            execute("DELETE FROM trail_staged")
        end = execute(END).fetchone()
        if end is None and staged:
            execute(BEGINNING)
        return [Staged(*row) for row in staged], ending(end)

    def append(self, appended: Appended) -> None:
        execute, many = self.driver.execute, self.driver.executemany
        execute(f"{ACT} VALUES (?, ?, ?, ?, ?, ?)", appended.act)
        many(f"{ENTRY} VALUES (?, ?, ?, ?, ?, ?, ?, ?)", appended.entries)
        many(f"{PAYLOAD} VALUES (?, ?, ?)", appended.payloads)
        execute(
            "UPDATE trail_head SET size = ?, acts = ?, at = ?, frontier = ?, note = ? WHERE id = 1",
            appended.head,
        )


class PostgreSQL:
    """Two journeys: take what was staged and lock the end, then write everything."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def moment(self, at: str) -> str:
        return at

    def take(self) -> tuple[list[Staged], End]:
        with self.connection.cursor() as taking, self.connection.cursor() as ending_at:
            with self.connection.connection.pipeline():
                taking.execute(f"DELETE FROM trail_staged RETURNING {STAGED}")
                ending_at.execute(f"{END} FOR UPDATE")
            staged, end = sorted(taking.fetchall()), ending_at.fetchone()
            if end is None and staged:
                ending_at.execute(f"{BEGINNING} ON CONFLICT DO NOTHING")
                ending_at.execute(f"{END} FOR UPDATE")
                end = ending_at.fetchone()
        return [Staged(*row) for row in staged], ending(end)

    def append(self, appended: Appended) -> None:
        entries = [list(column) for column in zip(*appended.entries, strict=True)]
        del entries[1]  # the act, which is one
        payloads = [list(column) for column in zip(*appended.payloads, strict=True)]
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT trail_append(%s, %s, %s, %s, %s, %s,"
                " %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bytea[],"
                " %s::bytea[], %s::bigint[], %s::bytea[], %s::text[], %s, %s, %s, %s)",
                [
                    *appended.act,
                    *entries,
                    *(payloads or [[], [], []]),
                    *(value for place, value in enumerate(appended.head) if place != 1),
                ],
            )


# A function in the server keeps its plans; a statement from here would be planned every time.
POSTGRESQL_APPEND = f"""
CREATE OR REPLACE FUNCTION trail_append(
    act bigint, act_at timestamptz, act_person bigint, act_through text, act_why text,
    act_salt bytea,
    indexes bigint[], tables text[], keys text[], verbs text[], schemas text[],
    commitments bytea[], leaves bytea[],
    paid bigint[], salts bytea[], images text[],
    head_size bigint, head_at text, head_frontier bytea, head_note text
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    {ACT} VALUES (act, act_at, act_person, act_through, act_why, act_salt);
    {ENTRY} SELECT i, act, t, k, v, s, c, l
        FROM unnest(indexes, tables, keys, verbs, schemas, commitments, leaves)
        AS row (i, t, k, v, s, c, l);
    {PAYLOAD} SELECT * FROM unnest(paid, salts, images);
    UPDATE trail_head SET size = head_size, acts = act, at = head_at, frontier = head_frontier,
        note = head_note WHERE id = 1;
END $$;
"""


ENGINES: dict[str, Callable[[BaseDatabaseWrapper], Engine]] = {
    "sqlite": SQLite,
    "postgresql": PostgreSQL,
}
