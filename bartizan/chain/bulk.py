"""Many records at once: written in both their tables a thousand at a time.

Django has no bulk for models that stand in two tables. The trail misses nothing: the database
itself writes it. What forms and models would check is for the caller to check.
"""

from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.models import F
from django.utils import timezone

from bartizan.ground.people.authority import kind_of
from bartizan.ground.people.models import Unit
from bartizan.ground.records import models as records
from bartizan.ground.records.models import Record, Status

AT_ONCE = 1_000


def common_row(model: type[Record], title: str, unit: Unit) -> Record:
    """The row that a new record of a kind has in the table of all records; it has no number yet."""
    now = timezone.now()
    return Record(kind=kind_of(model), title=title, unit=unit, status=Status.ACTIVE, changed_at=now)


def insert(common: Sequence[Record], own: Sequence[Record]) -> None:
    """Write new records of one kind: their common rows, numbered here, and what is their own."""
    if not own:
        return
    kind = type(own[0])
    for number, row in zip(_numbers(kind, len(own)), common, strict=True):
        row.number = number
    for start in range(0, len(own), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        Record.objects.bulk_create(common[some])
        for record, row in zip(common[some], own[some], strict=True):
            row.pk = record.pk
        _insert_own(kind, own[some])


def _insert_own(kind: type[Record], rows: Sequence[Record]) -> None:
    """The rows of a kind's own table."""
    fields = kind._meta.local_concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = [
        [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(kind._meta.db_table)} ({columns}) VALUES ({marks})", values
        )


def _numbers(kind: type[Record], count: int) -> Iterator[str]:
    """As many new numbers of a kind, taken at once."""
    records.Sequence.objects.get_or_create(prefix=kind.prefix)
    mine = records.Sequence.objects.filter(prefix=kind.prefix)
    mine.update(last=F("last") + count)
    last = mine.values_list("last", flat=True).get()
    return (f"{kind.prefix}-{number:04d}" for number in range(last - count + 1, last + 1))
