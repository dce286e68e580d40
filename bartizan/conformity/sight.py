"""Queries altered on their way to the database: as somebody sees it, and eased of repetition."""

from typing import Any

from django.db.models import Exists, QuerySet
from django.db.models.expressions import Col
from django.db.models.lookups import Exact, IsNull
from django.db.models.sql import Query
from django.db.models.sql.constants import LOUTER
from django.db.models.sql.where import AND, OR, WhereNode

from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Record
from bartizan.ground.records.queries import (
    KEY,
    RECORDS,
    SEEN,
    aliases_of,
    asks_for_kind,
    leaves,
    own_kind,
    queries_of,
)


def as_seen_by(person: Person, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The queryset as if the records hidden from the person did not exist.

    Hidden records are left out deep inside too, where a check asks whether a link, a control or
    an approval exists: otherwise its answer would tell of them.
    """
    for query in queries_of(queryset):
        for alias in aliases_of(query):
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
    visible.change_aliases({old: f"{SEEN[:-1]}{n}" for n, old in enumerate([*visible.alias_map])})
    visible.external_aliases[alias] = alias != RECORDS  # names made up by Django go unquoted
    visible.where.add(Exact(KEY.get_col(SEEN), KEY.get_col(alias)), AND)
    seen = Exists(visible)
    if query.alias_map[alias].join_type != LOUTER:
        return seen
    either = WhereNode(connector=OR)
    either.add(IsNull(KEY.get_col(alias), True), OR)
    either.add(seen, OR)
    return either


def eased(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The queryset without what its subqueries say twice.

    A row of the table of a kind belongs to a record of that kind. Asking for the kind as well
    is of use to the outermost query, which gathers them all by it; within a subquery it leads
    the database to gather them all too, instead of following a key.
    """
    for query in queries_of(queryset)[1:]:
        _ease(query)
    return queryset


def keys_of(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The keys of the rows, in no order.

    Not to be gathered, so the kind is left out of the outermost query too: of thousands of one
    kind the database does better to look at what they say first. Unless all that is asked stands
    in the one table of records: there it takes the kind to know where to look.
    """
    keys = queryset.order_by().values("pk")
    if not all(_asks_records(keys.query, condition) for condition in leaves(keys.query.where)):
        _ease(keys.query)
    return keys


def _asks_records(query: Query, condition: Any) -> bool:
    """Is it a condition on a column of the table of records, held against plain values?"""
    column, value = getattr(condition, "lhs", None), getattr(condition, "rhs", None)
    if not isinstance(column, Col) or hasattr(value, "as_sql"):
        return False
    return query.alias_map[column.alias].table_name == RECORDS


def _ease(query: Query) -> None:
    for alias in aliases_of(query):
        if own := own_kind(query, alias):
            _drop_kind(query.where, alias, own)


def _drop_kind(where: WhereNode, alias: str, kind: str) -> None:
    if where.connector != AND or where.negated:
        return
    for child in list(where.children):
        if isinstance(child, WhereNode):
            _drop_kind(child, alias, kind)
        elif asks_for_kind(child, alias) and getattr(child, "rhs", None) == kind:
            where.children.remove(child)
