"""The verdicts on all items: from nothing, and again after one edit.

The quick way is compared with the whole evaluation in the same run, and has to agree with it.
"""

import json
import random
import sys
from collections.abc import Iterator

from benchmarks import Row
from benchmarks.fresh import measured, quantiles, row, seconds
from tests.postgres import PostgreSQL

EDITS = 30

# What needs Django is imported where it runs: in the measuring process, once it is set up.


def rows(quick: bool) -> list[Row]:
    """Both engines, each in a process and a folder of its own."""
    size = ["quick"] if quick else []
    with PostgreSQL(durable=True) as server:
        return [
            *measured("conformity", *size),
            *measured("conformity", *size, DATABASE_URL=server.url),
        ]


def main(quick: bool) -> Iterator[Row]:
    import django

    django.setup()
    from django.db import connection

    from bartizan.conformity.evaluate import evaluate, items_of
    from bartizan.conformity.evaluator import evaluate_incremental
    from bartizan.ground.records.models import Record
    from benchmarks import company

    size = 10_000 if quick else 100_000
    company.found()
    company.grow(size, runs=size * 3 // 10)
    items = len(items_of("2022"))
    told = f"{items} items, {Record.objects.count():,} records, {connection.vendor}"
    first = 1000 * seconds(lambda: evaluate("2022"))
    yield row(f"conformity: {told}, the first time in a process", first, "ms")
    whole = min(1000 * seconds(lambda: evaluate("2022")) for _ in range(5))
    yield row(f"conformity: {told}, all of it", whole, "ms", 250)
    changes = list(edits(random.Random(28000)))
    evaluate_incremental("2022")
    again = []
    for edit in changes:
        edit()
        again.append(1000 * seconds(lambda: evaluate_incremental("2022")))
    ways = evaluate("2022"), evaluate_incremental("2022")
    values = [{id: verdict.value for id, verdict in found.items()} for found in ways]
    assert values[0] == values[1], "the quick way says something else"
    middle, high = quantiles(again)
    yield row(f"conformity: {told}, after one edit, p50", middle, "ms", 10, whole)
    yield row(f"conformity: {told}, after one edit, p95", high, "ms", None, whole)


def edits(chance: random.Random) -> Iterator:
    """Edits of one record each: of any kind, as often as there are records of it.

    The copies have left no entries, so each of these is written once before: what is edited has a
    history that tells what it was.
    """
    from bartizan.ground.people.models import Person
    from bartizan.ground.records.models import Record
    from bartizan.ground.trail.acts import act

    people = list(Person.objects.filter(is_active=True))
    keys = list(Record.objects.current().values_list("pk", flat=True))
    chosen = [Record.objects.get(pk=key).own for key in chance.sample(keys, EDITS)]
    with act(people[0], through="page", why="seen"):
        for record in chosen:
            record.save()
    for record in chosen:

        def edit(record: Record = record) -> None:
            with act(people[0], through="page", why="moved"):
                record.owner = chance.choice(people)
                record.save()

        yield edit


if __name__ == "__main__":
    print(json.dumps(list(main("quick" in sys.argv[1:]))))
