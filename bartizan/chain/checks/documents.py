"""Has each process the documents it needs? (7.5.1; 4.4.4 and 4.4.6 of the draft)"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from bartizan.chain.models import NeededDocument, Process
from bartizan.ground.documents.models import Document
from bartizan.ground.documents.models.documents import DocumentQuerySet
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.models import linked_with


def _in_scope() -> QuerySet[Process]:
    return Process.objects.in_scope()


def processes_with_settled_documents() -> QuerySet[Process]:
    """Processes whose owner settled which documents they need."""
    return _in_scope().filter(documents_decided_on__isnull=False)


def processes_with_unsettled_documents() -> QuerySet[Process]:
    """Has no decision of its owner on the documents it needs."""
    return _in_scope().filter(documents_decided_on=None)


def processes_lacking_a_document(day: date) -> QuerySet[Process]:
    """Needs a document that is missing or not in force."""
    in_force = Document.objects.in_force(day).values("pk")
    needed = NeededDocument.objects.filter(process=OuterRef("pk"))
    missing = Exists(needed.filter(document=None))
    dormant = Exists(needed.filter(~Q(document=None), ~Q(document__in=in_force)))
    return in_any(
        _in_scope(),
        {
            _("needs a document that is missing"): Q(missing),
            _("needs a document that is not in force"): Q(dormant),
        },
    )


def processes_with_overdue_document(day: date) -> QuerySet[Process]:
    """Needs a document that is past its review."""
    overdue = Document.objects.in_force(day).review_overdue(day).values("pk")
    needed = NeededDocument.objects.filter(document__in=overdue, process=OuterRef("pk"))
    return _in_scope().filter(Exists(needed))


def processes_decided_on_procedure() -> QuerySet[Process]:
    """Processes for which it is decided whether they need a written procedure."""
    return _in_scope().exclude(procedure_need="")


def processes_undecided_on_procedure() -> QuerySet[Process]:
    """Has no decision on whether it needs a written procedure."""
    return _in_scope().filter(procedure_need="")


def processes_without_procedure(day: date) -> QuerySet[Process]:
    """Needs a written procedure and lists none that is in force."""
    listed = _listed_procedures().filter(document__in=Document.objects.in_force(day).values("pk"))
    return _needing_procedure().filter(~Exists(listed))


def processes_with_overdue_procedure(day: date) -> QuerySet[Process]:
    """Needs a written procedure, and the one it lists is past its review."""
    overdue = Document.objects.in_force(day).review_overdue(day).values("pk")
    return _needing_procedure().filter(Exists(_listed_procedures().filter(document__in=overdue)))


def _needing_procedure() -> QuerySet[Process]:
    return _in_scope().filter(procedure_need=Process.Need.NEEDED)


def _listed_procedures() -> QuerySet[NeededDocument]:
    types = (Document.Type.PROCEDURE, Document.Type.INSTRUCTION)
    return NeededDocument.objects.filter(process=OuterRef("pk"), document__document_type__in=types)


def system_descriptions(day: date) -> DocumentQuerySet:
    """Descriptions of the system in force that are linked to its processes."""
    return _descriptions(day).linked_to(Process)


def processes_no_description_names(day: date) -> QuerySet[Process]:
    """Is named by no description of the system in force."""
    return _in_scope().filter(~linked_with(_descriptions(day)))


def descriptions_of_what_is_gone(day: date) -> DocumentQuerySet:
    """Names a process that is not in force."""
    live = Process.objects.live().filter(pk=OuterRef("pk"))
    return _descriptions(day).filter(linked_with(Process.objects.filter(~Exists(live))))


def _descriptions(day: date) -> DocumentQuerySet:
    described = Document.objects.filter(document_type=Document.Type.DESCRIPTION)
    return Document.objects.in_force(day).filter(pk__in=described.values("pk"))
