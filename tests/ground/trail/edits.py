"""Random edits of every kind the ORM knows, and what the tables then hold."""

import datetime
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Model

from tests.ground.trail.shop.models import Machine, Shelf, Ware

TABLES: list[type[Model]] = [Shelf, Ware, Ware.near.through, Machine]
WORDS = ["crate", "ünïcode ☃", "it's", 'a "quote"', "back\\slash", "new\nline", "", "100%", "{}"]


def word(random: Random) -> str:
    return f"{random.choice(WORDS)} {random.randrange(10**9)}"


def row(random: Random) -> dict[str, Any]:
    """Values for a machine, awkward ones among them."""
    whole = datetime.datetime(2026, 3, 31, 12, 0, tzinfo=datetime.UTC)
    return {
        "price": random.choice([None, Decimal("0.00"), Decimal(random.randrange(10**9)) / 100]),
        "pieces": random.choice([0, -1, 2**53 + 1, -(2**61), random.randrange(10**6)]),
        "weight": random.choice([None, 0.0, 0.1 + 0.2, 1e300, -5e-324, random.random()]),
        "working": random.random() < 0.5,
        "photo": random.choice([None, b"", b"\0\xff'\"", random.randbytes(20)]),
        "facts": random.choice(
            [{}, [], "text", '"quoted"', 0, 0.1, True, {"ä": [1.5, None, {"b": "c\n"}]}]
        ),
        "made_on": random.choice([None, datetime.date(1999, 12, 31)]),
        "opens_at": random.choice([None, datetime.time(10), datetime.time(23, 59, 59, 5)]),
        "serviced_at": random.choice([None, whole, whole + datetime.timedelta(microseconds=7)]),
        "lasts": random.choice(
            [None, datetime.timedelta(0), datetime.timedelta(days=-3, microseconds=5)]
        ),
        "number": UUID(int=random.getrandbits(128)),
    }


def some(random: Random, model: type[Model]) -> Any:
    """Any row of a table, or none."""
    keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
    return model._default_manager.get(pk=random.choice(keys)) if keys else None


def edit(random: Random) -> None:
    """One edit."""
    random.choice(EDITS)(random)


def make_shelf(random: Random) -> None:
    Shelf.objects.create(code=word(random), above=some(random, Shelf))


def make_shelves(random: Random) -> None:
    Shelf.objects.bulk_create(Shelf(code=word(random)) for _ in range(3))


def make_machine(random: Random) -> None:
    Machine.objects.create(name=word(random), shelf=some(random, Shelf), **row(random))


def save_machine(random: Random) -> None:
    if machine := some(random, Machine):
        for name, value in row(random).items():
            if random.random() < 0.4:
                setattr(machine, name, value)
        machine.save()


def save_again(random: Random) -> None:
    if shelf := some(random, Shelf):
        shelf.save()


def update_many(random: Random) -> None:
    Machine.objects.filter(pk__in=random.sample(range(200), 40)).update(pieces=F("pieces") / 2)
    Ware.objects.filter(pk__lt=random.randrange(20)).update(name=word(random))


def bulk_update(random: Random) -> None:
    machines = list(Machine.objects.order_by("pk")[:5])
    for machine in machines:
        machine.weight, machine.facts = random.random(), {"turn": random.randrange(100)}
    Machine.objects.bulk_update(machines, ["weight", "facts"])


def set_many(random: Random) -> None:
    if ware := some(random, Ware):
        shelves = list(Shelf.objects.order_by("pk"))
        ware.near.set(random.sample(shelves, min(3, len(shelves))))


def insert_or_update(random: Random) -> None:
    Shelf.objects.bulk_create(
        [Shelf(code=f"always {random.randrange(3)}", above=some(random, Shelf))],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["above"],
    )


def delete_ware(random: Random) -> None:
    if ware := some(random, random.choice([Ware, Machine])):
        ware.delete()


def delete_shelf(random: Random) -> None:
    """Takes the wares on it along, and what stood near it."""
    if Shelf.objects.count() > 10 and (shelf := some(random, Shelf)):
        shelf.delete()


def make_and_delete(random: Random) -> None:
    Shelf.objects.create(code=word(random)).delete()


def raw(random: Random) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE shop_shelf SET code = substr(code, 1, 39) || '!' WHERE id = 3")


EDITS = [
    *[make_shelf, make_shelves, make_machine, make_machine, save_machine, save_machine],
    *[save_again, update_many, bulk_update, set_many, set_many, insert_or_update],
    *[delete_ware, delete_shelf, make_and_delete, raw],
]


def rows(model: type[Model], using: str = "default") -> list[tuple[Any, ...]]:
    """All there is in a table, computed columns too."""
    return list(model._base_manager.using(using).order_by("pk").values_list())


def tables(using: str = "default") -> dict[str, list[tuple[Any, ...]]]:
    return {model._meta.db_table: rows(model, using) for model in TABLES}
