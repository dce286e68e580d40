"""How rows of the database become objects, where a page reads hundreds of them."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState


class Row(models.Model):
    """A model whose rows are taken as the database tells them.

    Django makes an object of a row as if somebody had written it: it goes through every field,
    also those that were not asked for, and looks at each pointer whether another object hung
    there before. Of a row that was just read neither can be: without that it takes half the time.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs speak of a later Django
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        row = cls.__new__(cls)
        row.__dict__.update(zip(field_names, values, strict=True))
        state = row._state = ModelState()
        state.adding, state.db = False, db
        return row
