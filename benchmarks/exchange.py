"""A workbook of 10,000 rows on its way in, out, and in again, beside the same rows by the ORM."""

import io
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import xlsxwriter

from benchmarks import Row
from benchmarks.fresh import measured, row, seconds

if TYPE_CHECKING:
    from bartizan.clauses.context.models import ContextIssue

CELLS = {
    "title", "origin", "topic", "description", "direction", "affected_result", "effect",
    "identified_on", "owner", "unit",
}  # fmt: skip

# What needs Django is imported where it runs: in the measuring process, once it is set up.


def rows(quick: bool) -> list[Row]:
    return measured("exchange", *(["quick"] if quick else []))


def main(quick: bool) -> Iterator[Row]:
    import django

    django.setup()
    from django.db import connection, transaction

    from bartizan.clauses.context.registers import context_issues
    from bartizan.exchange.workbook import read, write
    from bartizan.ground.trail import triggers
    from bartizan.ground.trail.acts import act
    from benchmarks import company

    count = 1_000 if quick else 10_000
    company.found()

    def insert() -> None:
        for issue in issues(count):
            issue.save()

    def audited() -> None:
        with act(None):
            insert()

    def plain() -> None:
        with transaction.atomic():
            insert()

    by_orm = seconds(audited)
    triggers.drop(connection, triggers.present(connection))
    untold = seconds(plain)
    triggers.install(connection)
    yield row(f"exchange: {count:,} rows by the ORM in one act", by_orm, "s", None, untold)

    book, ticks = workbook(count), []

    def take() -> None:
        outcome = read(book, [context_issues], progress=lambda done, total: ticks.append(done))
        assert (outcome.new, outcome.errors) == (count, []), outcome.errors[:3]

    target = 15 * count / 10_000
    spent = seconds(take)
    assert len(ticks) == count, "the import does not say how far it is"
    yield row(f"exchange: workbook of {count:,} rows imported", spent, "s", target, by_orm)

    out = io.BytesIO()
    spent = seconds(lambda: write([context_issues], out))
    yield row(f"exchange: {count * 3:,} rows exported", spent, "s")
    out.seek(0)

    def back() -> None:
        outcome = read(out, [context_issues])
        assert (outcome.new, outcome.changed, outcome.errors) == (0, 0, []), outcome.errors[:3]

    yield row(f"exchange: {count * 3:,} unchanged rows imported", seconds(back), "s")


def workbook(count: int) -> io.BytesIO:
    """The same rows as somebody brings them who has kept them in a spreadsheet."""
    from bartizan.clauses.context.registers import context_issues
    from bartizan.exchange.sheets import columns, title

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(title(context_issues))
    shown = [column for column in columns(context_issues) if column.name in CELLS]
    sheet.write_row(0, 0, [column.heading for column in shown])
    for line, issue in enumerate(issues(count), start=1):
        sheet.write_row(line, 0, [column.write(issue) for column in shown])
    book.close()
    out.seek(0)
    return out


def issues(count: int) -> "Iterator[ContextIssue]":
    """Issues nobody has written yet."""
    from django.utils import timezone

    from bartizan.clauses.context.models import ContextIssue
    from bartizan.ground.people.models import Person, Unit
    from benchmarks.company import PLACES

    owners, units = list(Person.objects.filter(is_active=True)), list(Unit.objects.all())
    for number in range(count):
        place = PLACES[number % len(PLACES)]
        yield ContextIssue(
            title=f"Cargo theft around {place}, case {number}",
            origin=ContextIssue.Origin.EXTERNAL,
            topic=ContextIssue.Topic.SOCIETY,
            description=f"Trailers were opened at night on the road through {place}.",
            direction=ContextIssue.Direction.HINDERS,
            affected_result="Loads arrive whole",
            effect=f"Drivers no longer rest at {place}.",
            identified_on=timezone.localdate(),
            owner=owners[number % len(owners)],
            unit=units[number % len(units)],
        )


if __name__ == "__main__":
    print(json.dumps(list(main("quick" in sys.argv[1:]))))
