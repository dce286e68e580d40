"""The risk matrix over 100,000 risks: what counts its cells, for one who sees all and one who
does not.

The three matrices are one count along an index. Beside it stands what it would cost to read the
risks and count them here.

`python -m benchmarks.planning sqlite [quick]` measures in a database of its own.
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator

from benchmarks import Row
from benchmarks.fresh import measured, quantiles, row

TIMES = 7
UNITS = 8
SCALE = range(1, 6)

# What needs Django is imported where it runs: in the measuring process, once it is set up.


def rows(quick: bool) -> list[Row]:
    return measured("planning", "sqlite", *(["quick"] if quick else []))


def main(engine: str, quick: bool) -> Iterator[Row]:
    import django

    django.setup()
    from django.core.management import call_command

    from bartizan.clauses.planning.matrix import Rating, counts
    from bartizan.clauses.planning.models import Risk

    call_command("migrate", verbosity=0)
    size = 10_000 if quick else 100_000
    method, everybody, somebody = found(size)
    for who, person in (("one who sees all", everybody), ("one who sees a part", somebody)):
        counted = list(counts(person, method).values())
        began = time.perf_counter()
        rows = Risk.objects.visible_to(person).current().order_by()
        slow = [Counter(rows.values_list(*rating.fields)) for rating in Rating]
        reference = 1000 * (time.perf_counter() - began)
        assert counted == slow
        times = []
        for _time in range(TIMES):
            began = time.perf_counter()
            counts(person, method)
            times.append(1000 * (time.perf_counter() - began))
        name = f"planning: the three matrices of {size:,} risks, {engine}, for {who}"
        yield row(f"{name}, p50", quantiles(times)[0], "ms", 100, reference, decides=not quick)


def found(size: int) -> tuple:
    """A company with one method and that many risks, and two people who see more or less of it.

    The risks are copies of one that was written as usual, made with the trail lifted.
    """
    from django.db import connection
    from django.utils import timezone

    from bartizan.clauses.planning.models import Risk, RiskMethod
    from bartizan.exchange.demo.risks import LEVELS, LIKELIHOOD, MATRIX, PEOPLE
    from bartizan.ground.people.models import Assignment, Person, Role, Sensitivity, Unit
    from bartizan.ground.records.models import Record
    from bartizan.ground.trail import triggers
    from bartizan.ground.trail.acts import act

    today = timezone.localdate()
    with act(None, through="system", why="a benchmark"):
        whole = Unit.objects.create(code="whole", name="The whole")
        units = [
            Unit.objects.create(code=f"unit-{one}", name=f"Unit {one}", parent=whole)
            for one in range(UNITS)
        ]
        role = Role.objects.create(code="reader", name="Reader", responsibilities="Reads.")
        role.authorities.create(verb="read", over="*")
        people = []
        for code, unit, clearance in (
            ("all", whole, Sensitivity.RESTRICTED),
            ("part", units[0], Sensitivity.CONFIDENTIAL),
        ):
            person = Person.objects.create(code=code, name=code, unit=whole)
            Assignment.objects.create(
                person=person, role=role, unit=unit, clearance=clearance, since=today
            )
            people.append(person)
        method = RiskMethod.objects.create(
            title="How we rate", unit=whole, likelihood_scale=LIKELIHOOD, people_scale=PEOPLE,
            levels=LEVELS, matrix=MATRIX, appetite=2, report_from=3, interval_days=365,
            freshness_days=365,
        )  # fmt: skip
        first = Risk.objects.create(
            title="A risk", unit=whole, origin="crime", likelihood=1, impact_people=1,
            inherent_likelihood=1, inherent_impact=1, target_likelihood=1, target_impact=1,
        )  # fmt: skip
    triggers.drop(connection, triggers.present(connection))
    made = Record.objects.bulk_create(
        (
            Record(
                kind="risk", number=f"RSK-{number:06d}", title=f"Risk {number}",
                unit=units[number % UNITS], status="active",
            )
            for number in range(2, size + 1)
        ),
        batch_size=2000,
    )  # fmt: skip
    fill(first, [record.pk for record in made])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return method, *people


def fill(first, keys: list[int]) -> None:
    """The risks' own rows: like the first, each rated anew."""
    from django.db import connection

    chance = random.Random(28000)
    fields = first._meta.local_concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    told = [getattr(first, field.attname) for field in fields]
    key = [field.column for field in fields].index("record_ptr_id")
    rated = [at for at, field in enumerate(fields) if field.name.endswith(("likelihood", "impact"))]

    def like_first(pk: int) -> list:
        values = [*told]
        values[key] = pk
        for at in rated:
            values[at] = chance.choice(SCALE)
        return values

    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {first._meta.db_table} ({names}) VALUES ({marks})",
            [like_first(key) for key in keys],
        )


if __name__ == "__main__":
    print(json.dumps(list(main(sys.argv[1], "quick" in sys.argv[2:]))))
