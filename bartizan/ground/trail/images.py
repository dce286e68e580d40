"""The image of a row: which columns it holds, how a database writes it, how it is read back.

An image is JSON, written by the database's own trigger: columns by name, binary values in
hexadecimal, numbers with all their digits, and nothing that the database computes by itself.
Reading goes through the model's fields, so an image written on PostgreSQL is understood on SQLite
and the other way round.
"""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

Image = dict[str, Any]
Model = type[models.Model]


def trailed_models() -> list[Model]:
    """Every model whose table is under the trail: ours, with many-to-many tables, save a few.

    A model stays out by saying why: `untrailed = "reason"`. An app elsewhere comes in by
    `trailed = True` in its configuration.
    """
    return [
        model
        for app in apps.get_app_configs()
        if app.label != "trail" and (app.name.startswith("bartizan.") or hasattr(app, "trailed"))
        for model in app.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and not hasattr(model._meta.auto_created or model, "untrailed")
    ]


def columns(model: Model) -> list[models.Field[Any, Any]]:
    """The fields an image holds: those the table stores, save secrets (`untrailed_fields`)."""
    secret = getattr(model, "untrailed_fields", ())
    return [field for field in stored(model) if field.name not in secret]


def stored(model: Model) -> list[models.Field[Any, Any]]:
    """The fields of the table's own columns, save those the database computes."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


class Digits(float):
    """A number that remembers how it was written, for decimals with more digits than a float."""

    written: str

    def __new__(cls, written: str) -> Digits:
        number = super().__new__(cls, written)
        number.written = written
        return number


def load(image: str) -> Image:
    loaded: Image = json.loads(image, parse_float=Digits)
    return loaded


def read(field: models.Field[Any, Any], value: Any) -> Any:
    """A value of an image as Python has it, whichever database wrote it."""
    while field.remote_field is not None and hasattr(field, "target_field"):
        field = field.target_field
    if isinstance(field, models.JSONField):
        return value  # a null in a column that may not be NULL is JSON's own null
    if value is None:
        return None
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(value.removeprefix("\\x"))
    if isinstance(field, models.DurationField) and isinstance(value, int):
        return datetime.timedelta(microseconds=value)
    if isinstance(field, models.DateTimeField):
        moment = datetime.datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    if isinstance(field, models.DecimalField):
        written = value.written if isinstance(value, Digits) else value
        return Decimal(written).quantize(Decimal(1).scaleb(-field.decimal_places))
    return field.to_python(value)


def values(model: Model, image: Image) -> dict[str, Any]:
    """An image as attribute names and Python values. A column the model lost since is left out."""
    return {
        field.attname: read(field, image[field.column])
        for field in columns(model)
        if field.column in image
    }
