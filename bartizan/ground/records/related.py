"""What points to a row: its parts, and whatever else names it, register by register."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import models
from django.urls import reverse

from bartizan.ground.people.authority import may, rows_for
from bartizan.ground.people.models import Person
from bartizan.ground.records import display, keyset
from bartizan.ground.records.models import Record, RecordQuerySet
from bartizan.ground.records.register import Register

CHILDREN_SHOWN = 20


def related(register: Register, row: models.Model, person: Person) -> Iterator[dict[str, Any]]:
    """The rows of other registers that point to this one, register by register.

    What can't be without this row is its part, and actions may arise from any record: these are
    shown with a button to add one. Of the rest only what there is.
    """
    children = register.children()
    times = Counter(child.model for child, _field in children)
    pointing = [_pointing(child, field, row, person) for child, field in children]
    # Most have none. To find that out, one by one and with all there would be to say of them, takes
    # PostgreSQL longer to plan than the whole page to write.
    there = keyset.there_are(*(rows.order_by() for rows in pointing))
    for (child, field), rows, any_there in zip(children, pointing, there, strict=True):
        found = joined(child, child.columns, rows)
        shown = list(found[: CHILDREN_SHOWN + 1]) if any_there else []
        belongs = not field.null or field.related_model is Record
        may_add = field.name in child.editable and may(person, "write", child.model)
        if shown or (belongs and may_add):
            name = row.number if isinstance(row, Record) else row.pk
            yield {
                "label": child.label,
                "by": str(field.verbose_name) if times[child.model] > 1 else "",
                **_table(child, [n for n in child.columns if n != field.name], shown, person),
                "more": len(shown) > CHILDREN_SHOWN,
                "url": f"{reverse(f'{child.slug}:list')}?{field.name}={name}"
                if field.name in child.filters
                else "",
                "add_url": f"{reverse(f'{child.slug}:new')}?{field.name}={name}" if may_add else "",
            }


def _pointing(
    child: Register, field: models.ForeignObject, row: models.Model, person: Person
) -> models.QuerySet:
    rows = rows_for(person, child.model).filter(**{field.name: row.pk})
    return rows.current() if isinstance(rows, RecordQuerySet) else rows


def _table(
    child: Register, columns: list[str], rows: list[models.Model], person: Person
) -> dict[str, Any]:
    return {
        "columns": [child.heading(name) for name in columns],
        "rows": display.lines(child, columns, rows[:CHILDREN_SHOWN], person),
    }


def joined(register: Register, columns: Sequence[str], rows: models.QuerySet) -> models.QuerySet:
    """With what the columns refer to, so that a list costs the same queries at any length.

    Of records without what no column says: a page is read in two thirds of the time.
    """
    rows, said = with_references(register, columns, rows), _said(register, tuple(columns))
    return rows.only(*said) if said else rows


# What decides who may see a record, where it leads and how it is set.
OF_A_RECORD = ("kind", "number", "title", "owner", "sensitivity", "status")


@lru_cache(maxsize=1024)
def _said(register: Register, names: tuple[str, ...]) -> frozenset[str]:
    """The fields that a list asks of its records; none where it may ask for any of them."""
    columns = {name: register.field(name) for name in names}
    if not register.holds_records or None in columns.values():
        return frozenset()
    done = {"done_on"} if hasattr(register.model, "done_on") else set()
    said = {f"{name}{part}" for name, field in columns.items() for part in _parts_said(field)}
    return frozenset({*OF_A_RECORD, "review_due", *done, *said})  # whether it is late


def _parts_said(model_field: Any) -> Iterator[str]:
    """What a column asks of what it names: of records as above, of people a name, else all."""
    model = model_field.related_model
    if model_field.many_to_many or model is None:
        yield ""
    elif issubclass(model, Record):
        yield from (f"__{name}" for name in OF_A_RECORD)
        yield "__unit__path"
    else:
        yield "__name" if model is Person else ""


def with_references(
    register: Register, names: Iterable[str], rows: models.QuerySet
) -> models.QuerySet:
    """With what some fields refer to, and the units by which a reader may see that or not."""
    one: list[str] = []
    many: list[str] = []
    for name in dict.fromkeys(names):
        model_field = register.field(name)
        if model_field is not None and model_field.related_model is not None:
            record = issubclass(model_field.related_model, Record)
            way = f"{name}__unit" if record else name
            (many if model_field.many_to_many else one).append(way)
    return rows.select_related(*one).prefetch_related(*many)
