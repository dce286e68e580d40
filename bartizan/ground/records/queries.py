"""A walk through a query and every query inside it."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.db.models.lookups import Exact, In
from django.db.models.sql import Query
from django.db.models.sql.datastructures import Join
from django.db.models.sql.where import AND, WhereNode

from bartizan.ground.records.models import Record, kinds

RECORDS = Record._meta.db_table
KEY = Record._meta.get_field("id")
POINTER = "record_ptr_id"


def queries_of(queryset: QuerySet[Any]) -> list[Query]:
    """The outermost query first."""
    return list(_queries(queryset.query))


def _queries(query: Query) -> Iterator[Query]:
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


def aliases_of(query: Query) -> list[str]:
    """The names under which a query speaks of tables, leaving out joins it no longer uses."""
    if not query.alias_map and not query.combined_queries:
        query.get_initial_alias()
    return [alias for alias in query.alias_map if query.alias_refcount[alias]]


def kinds_at(query: Query, alias: str) -> list[str]:
    """The kinds a record at `alias` can be of: its own table's, those asked for, or any ("")."""
    if own := own_kind(query, alias):
        return [own]
    for condition in _all_of(query.where):
        if asks_for_kind(condition, alias):
            rhs = [condition.rhs] if isinstance(condition, Exact) else condition.rhs
            if not isinstance(rhs, Query) and all(isinstance(kind, str) for kind in rhs):
                return list(rhs)
    return [""]


def own_kind(query: Query, alias: str, of: str = "") -> str:
    """The kind whose table (that at `of`, if told) the record at `alias` was joined to by key."""
    join = query.alias_map[alias]
    pointed_at = isinstance(join, Join) and join.join_cols == ((POINTER, KEY.column),)
    if join.table_name != RECORDS or not pointed_at or of not in ("", join.parent_alias):
        return ""
    return kind_of_table().get(query.alias_map[join.parent_alias].table_name, "")


def asks_for_kind(condition: Any, alias: str) -> bool:
    """Is it a condition on the kind of the record at `alias`?"""
    target = getattr(getattr(condition, "lhs", None), "target", None)
    on_kind = target is not None and target.column == "kind" and condition.lhs.alias == alias
    return on_kind and isinstance(condition, Exact | In)


def leaves(where: WhereNode) -> Iterator[Any]:
    """Every single condition, whatever binds them together."""
    for child in where.children:
        if isinstance(child, WhereNode):
            yield from leaves(child)
        else:
            yield child


def _all_of(where: WhereNode) -> Iterator[Any]:
    """The conditions every row has to meet: not those behind an "or" or a "not"."""
    if where.connector != AND or where.negated:
        return
    for child in where.children:
        if isinstance(child, WhereNode):
            yield from _all_of(child)
        else:
            yield child


@cache
def kind_of_table() -> dict[str, str]:
    """The kind of record each table of a kind holds."""
    return {model._meta.db_table: kind for kind, model in kinds().items()}
