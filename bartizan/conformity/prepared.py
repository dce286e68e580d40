"""Statements put together once and sent many times.

Putting a query together takes Django longer than the database takes to answer it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True)
class Prepared:
    """A query as the database takes it; without a statement where there can be no rows."""

    statement: str
    parameters: tuple[Any, ...] = ()

    @classmethod
    def of(cls, queryset: QuerySet[Any]) -> "Prepared":
        try:
            return cls(*queryset.query.sql_with_params())
        except EmptyResultSet:
            return cls("")

    def rows(self) -> list[tuple[Any, ...]]:
        return self._put(self.statement, self.parameters)

    def first(self) -> Any:
        """The first column of a row, whichever the database finds first; None without rows."""
        rows = self._put(f"{self.statement} LIMIT 1", self.parameters)
        return rows[0][0] if rows else None

    def send_first(self, cursor: Any) -> None:
        """Ask for the same over a cursor, and leave the answer there."""
        if self.statement:
            cursor.execute(f"{self.statement} LIMIT 1", self.parameters)

    def first_among(self, keys: Collection[Any]) -> Any:
        """The same of rows whose primary key ("pk") is one of these."""
        among = f"SELECT pk FROM ({self.statement}) AS found WHERE pk IN ({marks(keys)}) LIMIT 1"
        rows = self._put(among, (*self.parameters, *keys))
        return rows[0][0] if rows else None

    def count(self, limit: int) -> int:
        """How many rows there are, counted no further than to the limit."""
        counting = f"SELECT COUNT(*) FROM ({self.statement} LIMIT {limit}) AS found"
        return sum(count for (count,) in self._put(counting, self.parameters))

    def _put(self, statement: str, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        if not self.statement:
            return []
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()


def holding(statements: Sequence[Prepared], key: Any) -> list[bool]:
    """Of each statement whether the row of this primary key ("pk") is among its rows; in one query.

    One below the other, not nested: SQLite reads a statement only so deep.
    """
    asked = [(place, one) for place, one in enumerate(statements) if one.statement]
    if not asked:
        return [False] * len(statements)
    parts = (f"SELECT {place} FROM ({one.statement}) AS f WHERE pk = %s" for place, one in asked)
    parameters = [value for _place, one in asked for value in (*one.parameters, key)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        found = {place for (place,) in cursor.fetchall()}
    return [place in found for place in range(len(statements))]


def marks(values: Collection[Any]) -> str:
    """Where these values go in a statement."""
    return ", ".join(["%s"] * len(values))
