"""Do procedures in force settle what the standard wants settled?"""

from collections.abc import Callable
from datetime import date
from functools import cache

from bartizan.ground.documents.models import Document, Duty
from bartizan.ground.documents.models.documents import DocumentQuerySet

RECORD_CONTROL = (
    Duty.IDENTIFYING,
    Duty.STORING,
    Duty.PROTECTING,
    Duty.RETRIEVING,
    Duty.KEEPING,
    Duty.DISPOSING,
)


@cache
def settling(duty: Duty) -> Callable[[date], DocumentQuerySet]:
    """The check that a procedure in force says of itself that it settles the duty."""

    def check(day: date) -> DocumentQuerySet:
        return procedures(day, duty)

    check.__doc__ = f"Current procedures on “{duty.label}”."
    check.__qualname__ = f"settling({duty.name})"
    return check


def procedures(day: date, *duties: Duty) -> DocumentQuerySet:
    """Procedures with a version in force that settle one of the duties."""
    return Document.objects.in_force(day).procedures(*duties)


def record_procedures(day: date) -> DocumentQuerySet:
    """Procedures on the control of records."""
    return procedures(day, *RECORD_CONTROL)
