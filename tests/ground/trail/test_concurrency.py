"""Many writers, one log: no gap, nothing lost, nothing twice."""

from pathlib import Path
from threading import Thread

import pytest
from django.db import connections

from bartizan.ground.trail.acts import act
from bartizan.ground.trail.log import head
from bartizan.ground.trail.models import Act, Entry
from bartizan.ground.trail.rebuild import database_file, opened_file
from bartizan.ground.trail.verification import verify
from tests.ground.trail.shop.models import Shelf

WRITERS, ACTS = 8, 12


def write(alias: str, writer: int, errors: list[Exception]) -> None:
    try:
        for turn in range(ACTS):
            with act(None, why=f"writer {writer}", using=alias):
                shelf = Shelf.objects.using(alias).create(code=f"{writer} {turn}")
                Shelf.objects.using(alias).filter(code=f"{writer} {turn - 1}").update(above=shelf)
    except Exception as error:
        errors.append(error)


def written(alias: str, work) -> None:
    errors: list[Exception] = []
    threads = [Thread(target=work, args=(writer, errors)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Act.objects.using(alias).count() == WRITERS * ACTS
    assert Shelf.objects.using(alias).count() == WRITERS * ACTS
    size = head(alias).size
    assert size == WRITERS * (2 * ACTS - 1)
    indexes = Entry.objects.using(alias).order_by("index").values_list("index", flat=True)
    assert list(indexes) == list(range(size))
    assert verify(alias).findings == []


def test_eight_writers_on_a_file_leave_no_gap(db, tmp_path: Path):
    path = tmp_path / "log.db"

    def work(writer: int, errors: list[Exception]) -> None:
        with opened_file(path) as alias:
            write(alias, writer, errors)

    with database_file(path) as alias:
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
        written(alias, work)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_writers_on_postgresql_leave_no_gap():
    def work(writer: int, errors: list[Exception]) -> None:
        try:
            write("default", writer, errors)
        finally:
            connections["default"].close()

    written("default", work)
