"""Do procedures in force settle what the standard wants settled?"""

from collections.abc import Callable
from datetime import date
from functools import cache

from django.db.models import QuerySet

from bartizan.ground.documents.models import Document, Duty

RECORD_CONTROL = (
    Duty.IDENTIFYING,
    Duty.STORING,
    Duty.PROTECTING,
    Duty.RETRIEVING,
    Duty.KEEPING,
    Duty.DISPOSING,
)


@cache
def settling(duty: Duty) -> Callable[[date], QuerySet[Document]]:
    """The check that a procedure in force says of itself that it settles the duty."""

    def check(day: date) -> QuerySet[Document]:
        return procedures(day, duty)

    check.__doc__ = f"Current procedures on “{duty.label}”."
    check.__qualname__ = f"settling({duty.name})"
    return check


def procedures(day: date, *duties: Duty) -> QuerySet[Document]:
    """Procedures with a version in force that settle one of the duties."""
    return Document.objects.in_force(day).procedures(*duties)


def record_procedures(day: date) -> QuerySet[Document]:
    """Procedures on the control of records."""
    return procedures(day, *RECORD_CONTROL)
