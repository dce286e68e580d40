"""Which rows a query looks at: asked of the query itself, so that nobody has to declare it.

It serves two ends. A check runs again only when something it looked at has changed; and a check
can be run as a person sees the organization, with every record hidden from them left out, also
deep inside, where it asks whether a link, a control or an approval exists.

Every kind of record has its row in the one table of all records, so "this table has changed"
would say nothing. A look at that table is therefore told by the kinds a query confines it to.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Exists, QuerySet
from django.db.models.lookups import Exact, In, IsNull
from django.db.models.sql import Query
from django.db.models.sql.constants import LOUTER
from django.db.models.sql.datastructures import Join
from django.db.models.sql.where import AND, OR, WhereNode

from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Record, kinds

RECORDS = Record._meta.db_table
KEY = Record._meta.get_field("id")
POINTER = "record_ptr_id"


class Read(NamedTuple):
    """A look at a table; at the table of all records for one kind, or for any of them ("")."""

    table: str
    kind: str = ""


UNTOLD = Read("")  # at a table of whose changes the trail does not tell


def reads_of(queryset: QuerySet[Any]) -> set[Read]:
    """All that a queryset looks at, its subqueries included."""
    return {read for query in _queries(queryset.query) for read in _reads(query)}


def reads_in(sql: str) -> set[Read]:
    """All that a statement looks at which has been sent already.

    Where every row of the table of records is joined to the table of its kind, as when a kind is
    read on its own, the kinds are known by those tables; otherwise it may have been any.
    """
    tables = re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)
    reads = {Read(table) for table in tables if table != RECORDS}
    joined = re.findall(rf'INNER JOIN "{RECORDS}"(?: \w+)? ON \([\w"]+\."{POINTER}" = ', sql)
    if len(joined) < tables.count(RECORDS):
        reads.add(Read(RECORDS))
    elif joined:
        own = _kind_of_table()
        reads |= {Read(RECORDS, own[table]) for table in tables if table in own}
    return reads


def as_seen_by(person: Person, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The queryset as if the records hidden from the person did not exist."""
    for query in list(_queries(queryset.query)):
        for alias in _aliases(query):
            if query.alias_map[alias].table_name == RECORDS:
                query.where.add(_seen(person, query, alias), AND)
    if issubclass(queryset.model, Record) or not hasattr(queryset, "visible_to"):
        return queryset
    return queryset.visible_to(person)


def _seen(person: Person, query: Query, alias: str) -> Any:
    """The condition that the record at `alias` is visible, or that there is none to be seen."""
    visible = Record.objects.visible_to(person).query
    visible.get_initial_alias()
    # Names of its own: Django renames those of an outer query all the way in.
    visible.change_aliases({old: f"seen{n}" for n, old in enumerate(list(visible.alias_map))})
    visible.external_aliases[alias] = alias != RECORDS  # names made up by Django go unquoted
    visible.where.add(Exact(KEY.get_col("seen0"), KEY.get_col(alias)), AND)
    seen = Exists(visible)
    if query.alias_map[alias].join_type != LOUTER:
        return seen
    either = WhereNode(connector=OR)
    either.add(IsNull(KEY.get_col(alias), True), OR)
    either.add(seen, OR)
    return either


def _queries(query: Query) -> Iterator[Query]:
    """A query and every query inside it."""
    yield query
    parts = (query.where, *query.annotations.values(), *query.select, *query.order_by)
    groups = query.group_by if isinstance(query.group_by, tuple) else ()
    for part in (*parts, *groups, *query.combined_queries):
        yield from _inside(part)


def _inside(part: Any) -> Iterator[Query]:
    if isinstance(part, Query):
        yield from _queries(part)
    elif hasattr(part, "get_source_expressions"):
        for source in part.get_source_expressions():
            yield from _inside(source)


def _aliases(query: Query) -> list[str]:
    """The names under which a query speaks of tables, leaving out joins it no longer uses."""
    if not query.alias_map and not query.combined_queries:
        query.get_initial_alias()
    return [alias for alias in query.alias_map if query.alias_refcount[alias]]


def _reads(query: Query) -> Iterator[Read]:
    for alias in _aliases(query):
        table = query.alias_map[alias].table_name
        if table == RECORDS:
            yield from (Read(RECORDS, kind) for kind in _kinds_at(query, alias))
        else:
            yield Read(table)


def _kinds_at(query: Query, alias: str) -> Iterable[str]:
    """The kinds a record at `alias` can be of: its own table's, those asked for, or any."""
    join = query.alias_map[alias]
    if isinstance(join, Join) and join.join_cols == ((POINTER, KEY.column),):
        own = _kind_of_table().get(query.alias_map[join.parent_alias].table_name)
        if own:
            return [own]
    for condition in _all_of(query.where):
        if isinstance(condition, Exact | In) and _is_kind(condition.lhs, alias):
            rhs = [condition.rhs] if isinstance(condition, Exact) else condition.rhs
            if not isinstance(rhs, Query) and all(isinstance(kind, str) for kind in rhs):
                return rhs
    return [""]


def _all_of(where: WhereNode) -> Iterator[Any]:
    """The conditions every row has to meet: not those behind an "or" or a "not"."""
    if where.connector != AND or where.negated:
        return
    for child in where.children:
        if isinstance(child, WhereNode):
            yield from _all_of(child)
        else:
            yield child


def _is_kind(column: Any, alias: str) -> bool:
    target = getattr(column, "target", None)
    return target is not None and target.column == "kind" and column.alias == alias


def _kind_of_table() -> dict[str, str]:
    return {model._meta.db_table: kind for kind, model in kinds().items()}
