"""How far an objective or a target got, computed from what was read (6.2.1)."""

from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _


def share_reached(baseline: float | None, goal: float | None, value: float | None) -> float | None:
    """The share of the way from baseline to goal, from 0 to 1; None where a figure is missing.

    A goal that is the baseline is to be held: the share is whole while it is, and nothing else.
    """
    if baseline is None or goal is None or value is None:
        return None
    if baseline == goal:
        return 1.0 if value == goal else 0.0
    return min(max((value - baseline) / (goal - baseline), 0.0), 1.0)


def in_words(aim: Any, last: Any) -> str:
    """How an aim stands by its last reading, in a line."""
    if last is None:
        return _("Nobody has looked yet.")
    day = date_format(last.on, "DATE_FORMAT")
    if last.value is None:
        return _("%(note)s (%(day)s)") % {"note": last.note, "day": day}
    words = {
        "value": number_format(f"{last.value:.15g}", force_grouping=True),
        "measured_in": aim.measured_in,
        "day": day,
    }
    share = share_reached(aim.baseline, aim.goal, last.value)
    if share is None:
        return _("%(value)s %(measured_in)s on %(day)s") % words
    words["share"] = number_format(round(share * 100))
    return _("%(share)s %% of the way: %(value)s %(measured_in)s on %(day)s") % words
