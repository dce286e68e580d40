"""What can be asked of obligations and of how they are found (4.2.2, 8.2 b)."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bartizan.chain.models import Process
from bartizan.clauses.context.models import Obligation, ObligationScan
from bartizan.ground.documents.models import Document, Duty
from bartizan.ground.records.models import (
    Attachment,
    Declaration,
    RecordQuerySet,
    declared,
    linked_with,
)


def obligations() -> RecordQuerySet[Obligation]:
    """Obligations."""
    return Obligation.objects.live()


def decided_obligations() -> RecordQuerySet[Obligation]:
    """Obligations of which it is decided whether they apply."""
    return obligations().exclude(applicability=Obligation.Applicability.UNDECIDED)


def applicable_obligations() -> RecordQuerySet[Obligation]:
    """Obligations that apply."""
    return obligations().filter(applicability=Obligation.Applicability.APPLIES)


def obligations_ever_checked() -> RecordQuerySet[Obligation]:
    """Obligations with a check on record."""
    return obligations().filter(last_checked__isnull=False)


def obligation_procedures() -> QuerySet[Document]:
    """Procedures for finding obligations."""
    return Document.objects.live().procedures(Duty.OBLIGATION_SCAN)


def approved_obligation_procedures(day: date) -> QuerySet[Document]:
    """Procedures for finding obligations with an owner and an approved version."""
    procedures = Document.objects.in_force(day).procedures(Duty.OBLIGATION_SCAN)
    return procedures.filter(owner__is_active=True)


def timely_obligation_scans(day: date) -> QuerySet[ObligationScan]:
    """Scans for obligations inside the declared interval, made by the approved procedure."""
    days = _interval()
    if days is None:
        return ObligationScan.objects.none()
    return ObligationScan.objects.live().filter(
        carried_out_on__range=(day - timedelta(days=days), day),
        procedure__in=approved_obligation_procedures(day).values("pk"),
    )


def obligations_without_source() -> RecordQuerySet[Obligation]:
    """Names no source."""
    return obligations().filter(source_reference="", source_link="")


def obligations_without_text() -> RecordQuerySet[Obligation]:
    """Has no link to its text, and no file with it."""
    files = Attachment.objects.filter(record=OuterRef("pk"))
    return obligations().filter(~Exists(files), source_link="")


def undecided_obligations() -> RecordQuerySet[Obligation]:
    """Does not say whether it applies."""
    return obligations().filter(applicability=Obligation.Applicability.UNDECIDED)


def obligations_without_interval() -> RecordQuerySet[Obligation]:
    """Is checked at no interval that anybody has declared."""
    return obligations() if _interval() is None else Obligation.objects.none()


def obligations_assessment_overdue(day: date) -> RecordQuerySet[Obligation]:
    """Was not assessed inside the declared interval."""
    return obligations().filter(_overdue("assessed_on", day))


def obligations_check_overdue(day: date) -> RecordQuerySet[Obligation]:
    """Was not checked against its source inside the declared interval."""
    return obligations().filter(_overdue("last_checked", day))


def obligations_changed_since_check() -> RecordQuerySet[Obligation]:
    """Has a source that changed after the last check."""
    return obligations().filter(source_changed_on__gt=F("last_checked"))


def processes_for_obligations() -> QuerySet[Process]:
    """Processes linked to an obligation that applies."""
    return Process.objects.live().filter(linked_with(applicable_obligations()))


def processes_for_legal_obligations() -> QuerySet[Process]:
    """Processes linked to a law or regulation that applies."""
    return Process.objects.live().filter(linked_with(_legal()))


def applicable_obligations_without_process() -> RecordQuerySet[Obligation]:
    """Applies, but is linked to no process."""
    return applicable_obligations().not_linked_to(Process)


def legal_obligations_without_owned_process() -> RecordQuerySet[Obligation]:
    """Applies, but is linked to no process with an owner."""
    owned = Process.objects.live().filter(owner__is_active=True)
    return _legal().filter(~linked_with(owned))


def _legal() -> RecordQuerySet[Obligation]:
    return applicable_obligations().filter(nature__in=Obligation.LEGAL)


def _interval() -> int | None:
    """Every how many days obligations are looked for and checked."""
    return declared(Declaration.Figure.OBLIGATION_SCAN)


def _overdue(field: str, day: date) -> Q:
    """The day in that field is missing, still to come or too long ago."""
    overdue = Q((field, None)) | Q((f"{field}__gt", day))
    if days := _interval():
        overdue |= Q((f"{field}__lt", day - timedelta(days=days)))
    return overdue
