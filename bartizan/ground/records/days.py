"""Arithmetic with days that the database does by itself.

What Django offers for it calls back into Python from SQLite, row by row.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, Func
from django.db.models.functions import TruncDate
from django.db.models.sql.compiler import SQLCompiler

Sql = tuple[str, tuple[Any, ...]]


class DaysAfter(Func):
    """The day so many days after another one, or before it where their number is negative."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    arity = 2
    output_field = DateField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra_context: Any
    ) -> Sql:
        template = "date(%(expressions)s || ' days')"
        return self.as_sql(compiler, connection, template=template, arg_joiner=", ")


class Day(TruncDate):
    """The day of a moment, as `at__date` asks for it (see `apps`); moments are kept in UTC."""

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra_context: Any
    ) -> Sql:
        if self.get_tzname() not in (None, "UTC"):
            return self.as_sql(compiler, connection)
        sql, params = compiler.compile(self.lhs)
        return f"date({sql})", tuple(params)
