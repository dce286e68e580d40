"""Statements put together once and sent many times.

Putting a query together takes Django longer than the database takes to answer it.
"""

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

    @classmethod
    def count_of(cls, queryset: QuerySet[Any], limit: int) -> "Prepared":
        """Counts no further than to the limit."""
        rows = cls.of(queryset.order_by().values("pk")[:limit])
        if not rows.statement:
            return rows
        return cls(f"SELECT COUNT(*) FROM ({rows.statement}) AS found", rows.parameters)

    def rows(self) -> list[tuple[Any, ...]]:
        if not self.statement:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.statement, self.parameters)
            return cursor.fetchall()

    def count(self) -> int:
        return sum(row[0] for row in self.rows())
