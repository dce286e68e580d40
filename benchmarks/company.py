"""A large company: the demo company, and copies of its records by the hundred thousand.

The copies are made by the database, one statement a table, with the trail lifted: what is measured
is how the product reads them. So they are as varied, linked and approved as the demo company is,
each in the name of another place. They left no entries; records that are edited while measuring
have a history like any other.
"""

import shutil
from collections.abc import Collection
from itertools import product

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from bartizan.exchange.demo import load_demo
from bartizan.ground.people.authority import kind_of
from bartizan.ground.records.models import Record, kinds
from bartizan.ground.records.statistics import count_at_start
from bartizan.ground.trail import triggers
from bartizan.ground.trail.images import trailed_models
from benchmarks.fresh import DATABASE, company_of_the_run, copied_company

# What an organization has once, and copies go on to name.
ONCE = {
    "attestation", "commitment", "declaration", "policy-comparison", "scope", "scope-element",
    "security-policy", "threat",
}  # fmt: skip

RECORDS = Record._meta.db_table
FIRST = (
    "Alder Birk Crane Dun East Fair Glen Hart Iron Kings Lark Mill Nor Oak Pen Quarry Raven Stone"
    " Thorn Wester"
)
LAST = (
    "by cote dale field ford ham haven holm hurst ley mere minster mouth port shaw stead ton vale"
    " wick worth"
)
PLACES = [first + last for first, last in product(FIRST.split(), LAST.split())]


def found() -> None:
    """An empty database becomes that of the demo company; on SQLite it is loaded once in a run."""
    if connection.vendor == "sqlite" and copied_company(settings.DATA):
        return
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with transaction.atomic():  # as the command `bartizan demo` does
        load_demo(timezone.localdate())
    ready = company_of_the_run()
    if connection.vendor == "sqlite" and ready is not None:
        own = shutil.ignore_patterns(f"{DATABASE}*", "secret.key")
        shutil.copytree(settings.DATA, ready, ignore=own, dirs_exist_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(ready / DATABASE)])


def grow(size: int, runs: int) -> None:
    """Let the company have about `size` records, `runs` of them of one kind: runs of processes."""
    triggers.drop(connection, triggers.present(connection))
    trust_copies()
    everything = kinds().keys() - ONCE
    whole = Record.objects.filter(kind__in=everything)
    # A third grows in breadth, with all that hangs together; the rest is what piles up daily.
    times = size // 3 // whole.count()
    copy(everything, range(1, times + 1))
    more = (runs - Record.objects.filter(kind="process-run").count()) // 60
    copy({"process-run"}, range(times + 1, times + more + 1))
    last = times + max(more, 0)
    rest = (size - Record.objects.count()) // 85
    copy({"communication"}, range(last + 1, last + rest + 1), with_parts=False)
    triggers.install(connection)
    connection.close()  # what is written from here on is looked after again
    settle()


def trust_copies() -> None:
    """What a copy names is there: this connection need not look it up, row by row."""
    unasked = {
        "sqlite": "PRAGMA foreign_keys = OFF",
        "postgresql": "SET session_replication_role = replica",
    }
    with connection.cursor() as cursor:
        cursor.execute(unasked[connection.vendor])


def copy(what: Collection[str], numbers: range, *, with_parts: bool = True) -> None:
    """Copy the first records of these kinds, and what belongs to them, once for each number."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE copies (n bigint PRIMARY KEY, place varchar(20))")
        rows = [(n, PLACES[n * 7 % len(PLACES)]) for n in numbers]
        cursor.executemany("INSERT INTO copies VALUES (%s, %s)", rows)
        cursor.execute(f"CREATE TEMPORARY TABLE firsts AS {_firsts(what)}")
        try:
            copied: list[type[Record]] = [Record, *(kinds()[kind] for kind in sorted(what))]
            for kind in copied:
                cursor.execute(_copied(kind, what))
            for model in trailed_models() if with_parts else ():
                if not issubclass(model, Record) and _moving(model, what):
                    cursor.execute(_copied(model, what))
        finally:
            cursor.execute("DROP TABLE copies")
            cursor.execute("DROP TABLE firsts")


def _firsts(what: Collection[str]) -> str:
    names = ", ".join(f"'{kind}'" for kind in sorted(what))
    return f"SELECT id FROM {RECORDS} WHERE kind IN ({names}) AND id < {STRIDE}"


STRIDE = 10_000  # between a record and its copy; the demo company has fewer
GIVEN_TO_ONE = {"gln", "lei"}  # codes that no copy can have


def _moving(model: type[models.Model], what: Collection[str]) -> list[models.Field]:
    """The columns of a table that name records of these kinds."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if field.related_model is not None
        and issubclass(field.related_model, Record)
        and (field.related_model is Record or kind_of(field.related_model) in what)
    ]


def _copied(model: type[models.Model], what: Collection[str]) -> str:
    """The statement that copies the rows of one table."""
    moving = _moving(model, what)
    values = {}
    for field in model._meta.local_concrete_fields:
        column = f't."{field.column}"'
        if field in moving:
            is_first = f"{column} IN (SELECT id FROM firsts)"
            column = f"CASE WHEN {is_first} THEN {column} + copies.n * {STRIDE} ELSE {column} END"
        elif field.primary_key:
            column = f"{column} + copies.n * {STRIDE * 10}"
        elif field.name == "number":
            column = f"substr({column}, 1, 4) || (t.id + copies.n * {STRIDE})"
        elif field.name in GIVEN_TO_ONE:
            column = "''"
        elif field.name == "title":
            column = f"substr({column}, 1, 170) || ', ' || copies.place"
        values[f'"{field.column}"'] = column
    first = [f't."{field.column}" IN (SELECT id FROM firsts)' for field in moving]
    if model is Record:
        first = ["t.id IN (SELECT id FROM firsts)"]
        values['"id"'] = f"t.id + copies.n * {STRIDE}"
    elif issubclass(model, Record):
        first = ["t.record_ptr_id IN (SELECT id FROM firsts)"]
    limit = "" if issubclass(model, Record) else f" AND t.id < {STRIDE * 10}"
    return (
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(values)})'
        f' SELECT {", ".join(values.values())} FROM copies, "{model._meta.db_table}" AS t'
        f" WHERE ({' OR '.join(first)}){limit} ORDER BY copies.n"
    )


def settle() -> None:
    """What PostgreSQL does by itself after a while, and `bartizan serve` for SQLite."""
    count_at_start()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), trailed_models()):
                cursor.execute(statement)
            cursor.execute("VACUUM ANALYZE")
