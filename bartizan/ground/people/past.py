"""Days that tell of what was: none of them lies ahead.

What was done, known or said is evidence; dated ahead, it would be evidence of what did not happen,
and not grow old. A field that tells of such a day says so by being one of these, and is refused by
form, API and import alike. To the database they are the fields that Django has.
"""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NOT_YET = _("This day has not come yet.")


def demand_past(day: date | datetime) -> None:
    """Refuse a day, or a moment, that is still to come. Raises ValidationError."""
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    if day > timezone.localdate():
        raise ValidationError(NOT_YET, code="ahead")


class PastDay(models.DateField):
    """The day on which something happened."""

    default_validators = [demand_past]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs


class PastMoment(models.DateTimeField):
    """The moment at which something happened. Any moment of today will do: clocks differ."""

    default_validators = [demand_past]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs
