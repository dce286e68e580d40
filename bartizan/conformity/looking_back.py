"""Present records judged by a past day: what happened later is left out.

Not what stood on that day, which is for the trail to tell: of what is on record now, the rows that
tell of something after the day are as if they were not there, deep inside subqueries too. A model
whose rows each tell of one thing that happened names the day of it in `happened_on`.
"""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, cast

from django.apps import apps
from django.db.models import Field, QuerySet
from django.db.models.lookups import IsNull, LessThan
from django.db.models.sql.where import AND, OR, WhereNode
from django.utils import timezone

from bartizan.ground.people.past import PastMoment
from bartizan.ground.records.queries import aliases_of, queries_of


@cache
def days_of_tables() -> dict[str, Field]:
    """The tables whose rows each tell of something that happened, and the field that says when."""
    told = (model for model in apps.get_models() if hasattr(model, "happened_on"))
    fields = ((model, model._meta.get_field(model.happened_on)) for model in told)
    return {model._meta.db_table: cast(Field, field) for model, field in fields}


def until(day: date, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The queryset as if nothing had happened after the day."""
    for query in queries_of(queryset):
        for alias in aliases_of(query):
            field = days_of_tables().get(query.alias_map[alias].table_name)
            if field is not None:
                query.where.add(_not_after(day, field.get_col(alias)), AND)
    return queryset


def _not_after(day: date, column: Any) -> WhereNode:
    """A row with no day tells of nothing that happened later; nor does one that is not there."""
    ends: Any = day + timedelta(days=1)
    if isinstance(column.target, PastMoment):
        ends = timezone.make_aware(datetime.combine(ends, time.min))
    either: Any = [IsNull(column, True), LessThan(column, ends)]
    return WhereNode(either, OR)
