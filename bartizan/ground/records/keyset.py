"""Pages of a list at any depth in the same time: each page starts where the last one ended.

An offset makes the database count what it skips; here the address of a page carries the sort
value and id of the row before it. The condition is written as "at or after that value, without
the ties already shown": an OR of the two cases would make SQLite scan the table.
"""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, EmptyResultSet, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import BigIntegerField, F, Field, Lookup, Q, QuerySet
from django.db.models.expressions import Col, OrderBy, RawSQL
from django.db.models.lookups import GreaterThan, LessThan
from django.db.models.sql import Query

from bartizan.ground.records.models import Record
from bartizan.ground.records.planner import FOR_A_PAGE, told

HITS = "records_fts"  # the index of words, where SQLite reads records on the way through it


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows and the cursors of its neighbours (None where there is none)."""

    rows: list
    next: str | None
    previous: str | None


def counts(limit: int, *many: QuerySet) -> list[int]:
    """How many rows each queryset has, or one more than `limit`; in one query."""
    limited = (_without_own_table(rows).order_by()[: limit + 1] for rows in many)
    return _one_of_each("SELECT COUNT(*) FROM ({}) AS found", "0", limited)


def there_are(*many: QuerySet) -> list[bool]:
    """Of each queryset whether it has any rows, in one query."""
    return [bool(found) for found in _one_of_each("EXISTS({})", "FALSE", (q[:1] for q in many))]


def _one_of_each(asked: str, of_none: str, many: Iterable[QuerySet]) -> list[Any]:
    """What is asked of each queryset: `of_none` of one whose conditions nothing can meet."""
    parts: list[str] = []
    parameters: list[Any] = []
    for rows in many:
        try:
            statement, given = rows.values("pk").query.sql_with_params()
        except EmptyResultSet:
            parts.append(of_none)
        else:
            parts.append(f"({asked.format(statement)})")
            parameters += given
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", parameters)
        return list(cursor.fetchone())


def _without_own_table(rows: QuerySet) -> QuerySet:
    """The same rows in the table of all records alone, where every condition is on that one.

    Django joins the table of a kind to it whatever is asked, and to count that takes as long again.
    """
    query = rows.query
    conditions = list(query.where.leaves())
    common = all(
        isinstance(one, Lookup)
        and getattr(one.lhs, "alias", "") == Record._meta.db_table
        and _stands_alone(one.rhs)
        for one in conditions
    )
    plain = not (query.annotations or query.distinct or query.combinator or query.is_sliced)
    if not (issubclass(rows.model, Record) and conditions and common and plain):
        return rows
    found = Record.objects.all()
    found.query.where = query.where.clone()
    return found


def _stands_alone(value: Any) -> bool:
    """A value, or what other rows say whichever row is looked at."""
    if isinstance(value, Query):
        return not value.get_external_cols()
    return not hasattr(value, "resolve_expression")


def narrowed(rows: QuerySet) -> bool:
    """Is there a condition on what only records of this kind have, as on the process of a run?"""
    own = rows.model._meta.db_table
    conditions = (getattr(leaf, "lhs", None) for leaf in rows.query.where.leaves())
    return rows.model is not Record and any(getattr(one, "alias", "") == own for one in conditions)


def page(rows: QuerySet, order: str, size: int, cursor: str | None = None) -> Page:
    """The page of `rows`, ordered by the field `order` ("-field" for descending), at `cursor`.

    Raises BadRequest (HTTP 400) for a cursor that was tampered with.
    """
    field = order.lstrip("-")
    descending = order.startswith("-")
    backwards, value, pk = read(cursor) if cursor else (False, None, None)
    down = descending != backwards
    ordering = _ordering(rows, field, down, backwards)
    if cursor:
        rows = _after(rows, field, value, pk, down, backwards)
    # Of what is no record few columns have an index: all of it is sorted then, and the less is read
    # with it the better.
    with told(FOR_A_PAGE if issubclass(rows.model, Record) else {}):
        found = list(rows.order_by(*ordering)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next = backwards or more
    has_previous = more if backwards else cursor is not None
    return Page(
        rows=found,
        next=_write(False, found[-1], field) if found and has_next else None,
        previous=_write(True, found[0], field) if found and has_previous else None,
    )


def key(rows: QuerySet) -> Any:
    """What orders rows of the same value: of records the id in the table of all records.

    Their own table has the same id, and Django would take that one: but the indexes that lists
    are read along are those of the table of all records, unless a condition leads elsewhere.
    """
    if not issubclass(rows.model, Record):
        return F("pk")
    if HITS in rows.query.extra_tables:
        return RawSQL(f"{HITS}.rowid", [], output_field=BigIntegerField())
    if narrowed(rows):
        return Col(rows.model._meta.db_table, rows.model._meta.pk)
    return Col(Record._meta.db_table, Record._meta.get_field("id"))


def _ordering(rows: QuerySet, field: str, down: bool, backwards: bool) -> list:
    by_pk = OrderBy(key(rows), descending=down)
    if field in ("pk", "id"):
        return [by_pk]
    if not rows.model._meta.get_field(field).null:
        return [f"-{field}" if down else field, by_pk]
    nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
    return [F(field).desc(**nulls) if down else F(field).asc(**nulls), by_pk]


def _after(
    rows: QuerySet, field: str, value: Any, pk: int | None, down: bool, backwards: bool
) -> QuerySet:
    side, tie = ("lt", "lte") if down else ("gt", "gte")
    if field in ("pk", "id"):
        return rows.filter((LessThan if down else GreaterThan)(key(rows), pk))
    nullable = rows.model._meta.get_field(field).null
    ties_shown = {f"pk__{'gte' if down else 'lte'}": pk}
    value = _as_stored(rows.model._meta.get_field(field), value)
    if value is None:  # rows without a value come last
        here = Q(**{f"{field}__isnull": True, f"pk__{side}": pk})
        return rows.filter(here | Q(**{f"{field}__isnull": False}) if backwards else here)
    beyond = Q(**{f"{field}__{tie}": value})
    if nullable and not backwards:
        beyond |= Q(**{f"{field}__isnull": True})
    return rows.filter(beyond).exclude(**{field: value}, **ties_shown)


def _as_stored(model_field: Field, value: Any) -> Any:
    try:
        return model_field.to_python(value)
    except ValidationError as error:
        raise BadRequest("This page address is damaged.") from error


def _write(backwards: bool, row: Any, field: str) -> str:
    text = json.dumps([backwards, row.serializable_value(field), row.pk], cls=ExactEncoder)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(cursor: str) -> tuple[bool, Any, int]:
    """Does a cursor lead back, and which sort value and id has the row it starts from?

    Raises BadRequest (HTTP 400) for one that was tampered with.
    """
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        backwards, value, pk = json.loads(text)
        if not isinstance(backwards, bool) or not 0 < int(pk) < 2**63:
            raise ValueError
        if not isinstance(value, str | int | float | None):
            raise ValueError
    except (ValueError, TypeError) as error:
        raise BadRequest("This page address is damaged.") from error
    return backwards, value, pk


class ExactEncoder(DjangoJSONEncoder):
    """Keeps the microseconds, which Django's own encoder cuts: ties would be shown twice."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)
