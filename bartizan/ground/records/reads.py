"""What a query looks at, down to the column: asked of the query, so that nobody declares it.

A check runs again only when something it looked at has changed. Every kind of record has its row
in the one table of all records, so "this table has changed" would say nothing: a look at that
table is told by the kinds a query confines it to. And most edits change a few columns which most
checks never mention.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from bartizan.ground.people.models import Unit
from bartizan.ground.records.queries import (
    POINTER,
    RECORDS,
    aliases_of,
    kind_of_table,
    kinds_at,
    own_kind,
    queries_of,
)
from bartizan.ground.trail.images import trailed_models


class Read(NamedTuple):
    """A look at a column of a table, or ("") at which rows it has.

    At the table of all records it is a look at those of one kind, or ("") of any.
    """

    table: str
    kind: str = ""
    column: str = ""


class Look(NamedTuple):
    """A table as a query speaks of it, and of what kinds the records there can be."""

    alias: str
    table: str
    kinds: tuple[str, ...]


UNITS = Unit._meta.db_table
TELLS_WHO_SEES = {"id", "owner_id", "unit_id", "kind", "sensitivity"}  # of a record
UNTOLD = Read("")  # at a table of whose changes the trail does not tell


def looks_of(queryset: QuerySet[Any]) -> tuple[Look, ...]:
    """Every look of a queryset at a table."""
    return tuple(
        Look(alias, table, tuple(kinds_at(query, alias) if table == RECORDS else [""]))
        for query in queries_of(queryset)
        for alias in aliases_of(query)
        for table in [query.alias_map[alias].table_name]
    )


def reads_of(looks: Iterable[Look], statement: str, by_somebody: bool = False) -> frozenset[Read]:
    """All that is looked at when these looks are put to the database as this statement.

    Whether a record is visible to somebody is told by its own row and by where its unit is.
    """
    columns = _columns_by_name(statement)
    everywhere = {column for named in columns.values() for column in named}
    reads = set()
    for look in looks:
        mentioned = columns.get(look.alias, everywhere)
        if by_somebody and look.table == RECORDS:
            mentioned = mentioned | TELLS_WHO_SEES
        for kind in look.kinds:
            reads |= _looks(look.table, kind, mentioned)
    if by_somebody:
        reads |= _looks(UNITS, "", {"path"})
    return frozenset(reads)


def own_rows(queryset: QuerySet[Any]) -> frozenset[tuple[str, str]]:
    """The tables, each with the kind, of which a queryset looks at nothing but its own rows.

    Whether a row is among the answers then depends, as far as these tables go, on that row alone.
    """
    outermost, *inner = queries_of(queryset)
    if outermost.combinator or outermost.group_by is not None:
        return frozenset()
    own: set[tuple[str, str]] = set()
    other: set[tuple[str, str]] = set()
    base = outermost.get_initial_alias()
    for query in (outermost, *inner):
        for alias in aliases_of(query):
            table = query.alias_map[alias].table_name
            of_row = alias == base or own_kind(query, alias, of=base)
            at = own if query is outermost and of_row else other
            at |= {(table, kind) for kind in (kinds_at(query, alias) if table == RECORDS else [""])}
    return frozenset(own - other)


def reads_in(statement: str) -> set[Read]:
    """All that a statement looks at of which only the text is known.

    Where every row of the table of records is joined to the table of its kind, as when a kind is
    read on its own, the kinds are known by those tables; otherwise it may have been any.
    """
    named = _tables_by_name(statement)
    columns = _columns_by_name(statement)
    tables = [table for tables in named.values() for table in tables]
    joined = re.findall(rf'INNER JOIN "{RECORDS}"(?: \w+)? ON \([\w".]+"{POINTER}" = ', statement)
    confined = len(joined) == len(re.findall(rf'(?:FROM|JOIN) "{RECORDS}"', statement))
    own = [kind_of_table()[table] for table in tables if table in kind_of_table()]
    reads = set()
    for name, found in named.items():
        for table in found:
            kinds = own if table == RECORDS and confined else [""]
            for kind in kinds:
                reads |= _looks(table, kind, columns[name])
    return reads


def _looks(table: str, kind: str, columns: set[str]) -> set[Read]:
    if table not in trailed_columns():
        return {UNTOLD}
    computed = columns - trailed_columns()[table]
    mentioned = trailed_columns()[table] if computed else columns
    return {Read(table, kind, column) for column in ("", *mentioned)}


# An alias follows its table; the words that may stand there instead are written in capitals.
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"(?: (?!(?:[A-Z]{2,})\b)(\w+))?')
COLUMN = re.compile(r'(?:"(\w+)"|\b(\w+))\."(\w+)"')


def _tables_by_name(statement: str) -> dict[str, set[str]]:
    """The tables behind each name a statement uses; subqueries may use a name again."""
    named: dict[str, set[str]] = defaultdict(set)
    for table, alias in TABLE.findall(statement):
        named[alias or table].add(table)
    return named


def _columns_by_name(statement: str) -> dict[str, set[str]]:
    """The columns mentioned with each name."""
    columns: dict[str, set[str]] = defaultdict(set)
    for table, alias, column in COLUMN.findall(statement):
        columns[table or alias].add(column)
    return columns


@cache
def trailed_columns() -> dict[str, frozenset[str]]:
    """The columns of every table of whose changes the trail tells, save what is computed."""
    return {
        model._meta.db_table: frozenset(
            str(field.column) for field in model._meta.local_concrete_fields if not field.generated
        )
        for model in trailed_models()
    }
