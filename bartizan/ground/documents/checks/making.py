"""Are documents classified, identified, in a suitable form, reviewed and approved (7.5.1, 7.5.2)?

"Documents" are those in force that have not been disposed of.
"""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as _

from bartizan.ground.documents.models import (
    Document,
    DocumentClass,
    DocumentVersion,
    Medium,
    RetrievalSample,
    SuitableForm,
)
from bartizan.ground.documents.models.documents import DocumentQuerySet, DocumentVersionQuerySet
from bartizan.ground.people.models import Verb
from bartizan.ground.records.cases import told_apart
from bartizan.ground.records.entitled import entitled
from bartizan.ground.records.models import Approval, Attachment, Declaration, declared


def documents() -> DocumentQuerySet:
    """Documents."""
    return Document.objects.live().filter(disposal=None)


def own_documents() -> DocumentQuerySet:
    """Documents of our own in use."""
    return documents().filter(archived_on=None).exclude(pk__in=Document.objects.outside())


# -- 7.5.1: what the information is worth ---------------------------------------------------------


def documents_under_a_scheme() -> DocumentQuerySet:
    """Documents under a classification scheme with a declared time to classify them."""
    if declared(Declaration.Figure.CLASSIFICATION) is None:
        return documents().none()
    return documents().filter(Exists(DocumentClass.objects.live()))


def documents_not_classified(day: date) -> DocumentQuerySet:
    """Was not given a class of the scheme by its owner in time."""
    grace = declared(Declaration.Figure.CLASSIFICATION)
    if grace is None:
        return documents().none()
    classes = DocumentClass.objects.live().values("pk")
    by_owner = Q(classified_by=F("owner"), classified_on__lte=day, document_class__in=classes)
    return documents().filter(~by_owner, created_at__date__lt=day - timedelta(days=grace))


# -- 7.5.2: identified, suitable, approved --------------------------------------------------------


def documents_without_reference() -> DocumentQuerySet:
    """Has no reference."""
    return documents().filter(reference="")


def documents_with_doubled_reference() -> DocumentQuerySet:
    """Has a reference that another document has too."""
    others = documents().filter(reference=OuterRef("reference")).exclude(pk=OuterRef("pk"))
    return documents().filter(~Q(reference=""), Exists(others))


def documents_without_version() -> DocumentQuerySet:
    """Has no version."""
    versions = DocumentVersion.objects.current().filter(document=OuterRef("pk"))
    return own_documents().filter(~Exists(versions))


def versions_without_author_or_date(day: date) -> DocumentVersionQuerySet:
    """Does not say who wrote it or since when it counts."""
    incomplete = DocumentVersion.objects.live().filter(Q(author=None) | Q(effective_from=None))
    unnamed = issued_versions(day).filter(author=None)
    return told_apart(
        DocumentVersion.objects.filter(
            Q(pk__in=incomplete.values("pk")) | Q(pk__in=unnamed.values("pk"))
        ),
        {
            _("does not say who wrote it"): Q(author=None),
            _("does not say since when it counts"): Q(effective_from=None),
        },
    )


def versions_in_force(day: date) -> DocumentVersionQuerySet:
    """Current versions."""
    return DocumentVersion.objects.in_force(day).filter(document__in=documents().values("pk"))


def versions_in_unsuitable_form(day: date) -> DocumentVersionQuerySet:
    """Is in a format, language or medium that is not on the list for its audience."""
    suitable = SuitableForm.objects.filter(
        audience=OuterRef("document__audience"),
        format=OuterRef("format"),
        language=OuterRef("language"),
        medium=OuterRef("medium"),
    )
    return versions_in_force(day).filter(~Exists(suitable))


def versions_without_text(day: date) -> DocumentVersionQuerySet:
    """Holds neither a text nor a file."""
    electronic = versions_in_force(day).filter(medium__in=("", Medium.ELECTRONIC, Medium.BOTH))
    files = Attachment.objects.filter(record=OuterRef("pk"))
    return electronic.filter(~Exists(files), body="")


def documents_that_did_not_open() -> DocumentQuerySet:
    """Could not be opened and read when it was last tried."""
    tries = RetrievalSample.objects.filter(document=OuterRef("pk")).order_by("-on", "-pk")
    last = Subquery(tries.values("was_readable")[:1])
    return documents().alias(was_readable=last).filter(was_readable=False)


def issued_versions(day: date) -> DocumentVersionQuerySet:
    """Issued versions."""
    return DocumentVersion.objects.issued(day).filter(document__in=documents().values("pk"))


def issued_versions_once_approved(day: date) -> DocumentVersionQuerySet:
    """Issued versions with an approval."""
    return issued_versions(day).filter(Exists(Approval.objects.filter(record=OuterRef("pk"))))


def versions_without_review(day: date) -> DocumentVersionQuerySet:
    """Was not reviewed, before it came into effect, by somebody entitled who did not write it."""
    reviewed = Q(reviewed_on__lte=F("effective_from"), reviewed_by__isnull=False)
    by_another = Q(author=None) | ~Q(reviewed_by=F("author"))
    verbs = (Verb.WRITE, Verb.APPROVE)
    able = entitled(DocumentVersion, *verbs, person="reviewed_by", on="reviewed_on")
    return issued_versions(day).exclude(
        pk__in=issued_versions(day).filter(reviewed, by_another, able).values("pk")
    )


def versions_without_approval(day: date) -> DocumentVersionQuerySet:
    """Was not approved, before it came into effect, by somebody entitled who did not write it."""
    approvals = approvals_by_the_entitled().filter(
        ~Q(by=Coalesce(OuterRef("author"), 0)), on__lte=OuterRef("effective_from")
    )
    return issued_versions(day).filter(~Exists(approvals))


def approvals_by_the_entitled() -> QuerySet[Approval]:
    """For Exists(): approvals of the outer version as it stands, by whoever might approve it."""
    able = entitled(DocumentVersion, Verb.APPROVE, person="by", on="on", record="record")
    return Approval.of_current_version().filter(able)
