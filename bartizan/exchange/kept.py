"""What a workbook says of a row that it brings holds, whatever saving the row moved.

Saving a record is an edit, and an edit has consequences: the scope gets a new version when one of
its elements is written, the policy a new day of revision when one of its commitments is. Reading
rows that were not there before is no edit. It brings back what stood somewhere else, so versions
and days stand as the workbook has them. What it leaves open is filled in by the records themselves.
"""

from collections import defaultdict
from typing import Any

from django.db import models

# What was said of which row: fields by name, rows by model and key.
Said = dict[tuple[type[models.Model], Any], dict[str, Any]]


AT_ONCE = 200  # rows


def put_back(made: Said) -> None:
    """Give new rows what was said of them where saving moved it."""
    by_model: dict[type[models.Model], list[Any]] = defaultdict(list)
    for model, key in made:
        by_model[model].append(key)
    # Of every record at least the day it was made: many rows at a time, each in its own table.
    moved: dict[models.Field, list[models.Model]] = defaultdict(list)
    for model, keys in by_model.items():
        for key, stored in model._default_manager.in_bulk(keys).items():
            for field, given in _moved(stored, made[model, key]):
                setattr(stored, field.attname, given)
                moved[field].append(stored)
    for field, rows in moved.items():
        field.model._base_manager.bulk_update(rows, [field.name], batch_size=AT_ONCE)


def _moved(stored: models.Model, said: dict[str, Any]) -> list[tuple[models.Field, Any]]:
    found = []
    for name, value in said.items():
        field = next(one for one in stored._meta.concrete_fields if one.name == name)
        given = value.pk if isinstance(value, models.Model) else value
        if given not in (None, "") and getattr(stored, field.attname) != given:
            found.append((field, given))
    return found
