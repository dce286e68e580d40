"""Is each document there that the standard calls for (7.5.1 a; draft 4.4.4 d)?

A document says in `fulfils` which item calls for it. The lists name the items of each edition
that ask for something written; what a register of this system itself keeps is described by a
document that says where, as an auditor would want to be told.
"""

from collections.abc import Callable
from datetime import date

from bartizan.ground.documents.models import Document
from bartizan.ground.documents.models.documents import DocumentQuerySet

CALLED_FOR = {
    "2022:4.2.2-c": "obligations",
    "2022:4.3-p2": "the scope",
    "2022:5.2.2-5": "the security policy",
    "2022:6.2.1-g": "objectives",
    "2022:7.2-p1": "competence",
    "2022:8.1-p2": "runs of processes",
    "2022:8.6.1-p1": "security plans",
    "2022:9.1-p1": "results of measuring",
    "2022:9.2.2-p3": "audits",
    "2022:9.3.3-p3": "management reviews",
    "2022:10.2-1": "nonconformities and corrective actions",
}
CALLED_FOR_BY_DRAFT = {
    "dis:4.2-i": "the security policy",
    "dis:4.3.1-p5": "risks",
    "dis:4.3.3-p1": "objectives",
    "dis:4.3.4-p1": "targets",
    "dis:4.4.1-p2": "roles, duties and powers",
    "dis:4.4.4-b": "the scope",
    "dis:4.4.4-c": "the elements of the system and how they interact",
    "dis:4.5.1-p5": "calibration",
    "dis:4.5.2-p6": "evaluations",
    "dis:4.6-p3": "management reviews",
}


def documents_called_for(day: date) -> DocumentQuerySet:
    """Documents in force that say which item of the standard calls for them."""
    return Document.objects.in_force(day).filter(fulfils__in=[*CALLED_FOR, *CALLED_FOR_BY_DRAFT])


def fulfilling(item: str, subject: str) -> Callable[[date], DocumentQuerySet]:
    """The check that a document in force fulfils what one item calls for."""

    def check(day: date) -> DocumentQuerySet:
        return Document.objects.in_force(day).filter(fulfils=item)

    check.__doc__ = f"Documents in force on {subject}, as {item} calls for."
    check.__qualname__ = f"fulfilling({item})"
    return check


each_called_for = tuple(fulfilling(*one) for one in CALLED_FOR.items())
each_called_for_by_draft = tuple(fulfilling(*one) for one in CALLED_FOR_BY_DRAFT.items())
