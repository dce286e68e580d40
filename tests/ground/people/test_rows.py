"""Objects made of rows: quicker than Django makes them, and the same."""

from typing import Any

import pytest
from django.db import models

from bartizan.ground.people.models import Person, Unit
from bartizan.ground.people.rows import Row
from bartizan.ground.records.models import Record, kinds


def told(rows: models.QuerySet) -> list[dict[str, Any]]:
    """All that stands in the objects of some rows and, where it was read too, of their owners."""
    return [
        vars(one) | {"_state": (one._state.adding, one._state.db)}
        for row in rows
        for one in (row, row._state.fields_cache.get("owner"))
        if one is not None
    ]


@pytest.mark.usefixtures("demo_company")
def test_a_row_becomes_what_django_makes_of_it(monkeypatch):
    of_records = [kind.objects.select_related("owner").order_by("pk") for kind in kinds().values()]
    some = [Person.objects.all(), Unit.objects.all(), *of_records]
    some += [rows.only("title", "owner__name") for rows in of_records]
    ours = [told(rows[:3]) for rows in some]
    monkeypatch.setattr(Row, "from_db", models.Model.__dict__["from_db"])
    assert ours == [told(rows[:3]) for rows in some]
    assert sum(map(len, ours)) > 6 * len(kinds())


@pytest.mark.usefixtures("demo_company")
def test_what_was_not_asked_for_is_read_when_it_is():
    whole = Record.objects.latest("pk")
    part = Record.objects.only("title").get(pk=whole.pk)
    assert "number" not in vars(part)
    assert (part.number, part.owner) == (whole.number, whole.owner)
