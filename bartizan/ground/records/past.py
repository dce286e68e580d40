"""Days that tell of what was: none of them lies ahead."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NOT_YET = _("This day has not come yet.")


def demand_past(row: models.Model, *names: str) -> None:
    """Refuse a row of which one of these days, or moments, is still to come.

    Raises ValidationError for each of them. What was done, known or said is evidence; dated ahead,
    it would be evidence of what did not happen, and not grow old.
    """
    today, ahead = timezone.localdate(), []
    for name in names:
        day = getattr(row, name)
        if isinstance(day, datetime):
            day = timezone.localdate(day)
        if day and day > today:
            ahead.append(name)
    if ahead:
        raise ValidationError(dict.fromkeys(ahead, NOT_YET))
