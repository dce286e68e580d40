"""Queries altered on their way to the database: as somebody sees it, and eased of repetition.

What a person may not see is left out deep inside too, where a check asks whether a link, a control
or an approval exists: otherwise its answer would tell of it.

Putting a query together takes Django longer than the database takes to answer it. So it is put
together once for all people, with a place for each record that it looks at: what somebody may see
there is filled in as text.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Func, QuerySet
from django.db.models.expressions import Col
from django.db.models.sql import Query
from django.db.models.sql.constants import LOUTER
from django.db.models.sql.where import AND, WhereNode

from bartizan.conformity.prepared import Prepared
from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Record
from bartizan.ground.records.queries import (
    KEY,
    RECORDS,
    aliases_of,
    asks_for_kind,
    leaves,
    own_kind,
    queries_of,
)

# Neither stands in any statement otherwise.
PLACE = re.compile(r"{{(seen|none or seen) ([^}]+)}}")
FILLING = object()  # among the parameters, where those of the filling go


@dataclass(frozen=True)
class Sight:
    """What somebody may see, as a condition on a row of the table of all records."""

    condition: str
    parameters: tuple[Any, ...]

    @classmethod
    def of(cls, person: Person) -> "Sight":
        """That of a person from whom something is hidden."""
        query = Record.objects.visible_to(person).query
        query.get_initial_alias()
        compiler = query.get_compiler(connection=connection)
        condition, parameters = compiler.compile(query.where)
        return cls(condition, tuple(parameters))

    def fill(self, place: re.Match[str]) -> str:
        """The condition on the row that stands there, or that there is none to be seen."""
        may_be_none, name = place[1] != "seen", place[2]
        seen = self.condition.replace(f'"{RECORDS}".', f"{name}.")
        return f'({name}."{KEY.column}" IS NULL OR {seen})' if may_be_none else seen


class Seen(Func):
    """The condition that the record of this key is seen: a place for it, unless by whom is known.

    A record that is joined to rows which may have none (`may_be_none`) may be missing.
    """

    output_field = BooleanField()

    def __init__(self, key: Col, may_be_none: bool, sight: Sight | None) -> None:
        super().__init__(key)
        self.may_be_none = may_be_none
        self.sight = sight

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, Any]:
        key, _none = compiler.compile(self.get_source_expressions()[0])
        name = key.removesuffix(f'."{KEY.column}"')
        place = f"{{{{{'none or seen' if self.may_be_none else 'seen'} {name}}}}}"
        if self.sight is None:
            return place, (FILLING,)
        return PLACE.sub(self.sight.fill, place), self.sight.parameters


def seen_through(sight: Sight | None, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The queryset as if the records hidden from somebody did not exist, or with places for it."""
    for query in queries_of(queryset):
        for alias in aliases_of(query):
            join = query.alias_map[alias]
            if join.table_name == RECORDS:
                seen = Seen(KEY.get_col(alias), join.join_type == LOUTER, sight)
                query.where.add(seen, AND)
    return queryset


@dataclass(frozen=True)
class Template:
    """A statement whose places are not filled in yet."""

    text: str
    parameters: tuple[Any, ...]

    @classmethod
    def of(cls, queryset: QuerySet[Any]) -> "Template":
        plain = Prepared.of(seen_through(None, queryset))
        return cls(plain.statement, plain.parameters)

    def for_everybody(self) -> Prepared:
        """As if there had never been any places."""
        text = re.sub(f" AND {PLACE.pattern}", "", self.text)
        parameters = (one for one in self.parameters if one is not FILLING)
        return Prepared(PLACE.sub("TRUE", text), tuple(parameters))

    def filled(self, sight: Sight) -> Prepared:
        """As if the records hidden from somebody did not exist."""
        parameters: list[Any] = []
        for one in self.parameters:
            parameters += sight.parameters if one is FILLING else (one,)
        return Prepared(PLACE.sub(sight.fill, self.text), tuple(parameters))


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
