"""Are documents where they are needed, under review, and gone when their time is over (7.5.3)?"""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_noop as _

from bartizan.ground.documents.checks.making import (
    approvals_by_the_entitled,
    documents,
    issued_versions,
    own_documents,
    versions_in_force,
)
from bartizan.ground.documents.models import (
    Acknowledgement,
    Disposal,
    Distribution,
    Document,
    DocumentClass,
    DocumentVersion,
    PointOfUse,
    RetentionRule,
    RetrievalSample,
)
from bartizan.ground.documents.models.documents import DocumentQuerySet, DocumentVersionQuerySet
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.models import Approval, Declaration, Link, declared

# -- 7.5.3 a: at hand -----------------------------------------------------------------------------


def points_of_use() -> QuerySet[PointOfUse]:
    """Points of use."""
    return PointOfUse.objects.live().filter(document__in=documents().values("pk"))


def points_of_use_without_current_version(day: date) -> QuerySet[PointOfUse]:
    """Did not hold the current version at the last check."""
    current = versions_in_force(day).values("pk")
    found = Q(checked_on__lte=day, found_version__in=current)
    return points_of_use().exclude(pk__in=points_of_use().filter(found).values("pk"))


def points_of_use_out_of_reach() -> QuerySet[PointOfUse]:
    """Was not within reach of a role that works there."""
    return points_of_use().filter(Q(is_reachable=False) | Q(role=None))


# -- 7.5.3 c: reviewed at intervals ---------------------------------------------------------------


def documents_with_review_date() -> DocumentQuerySet:
    """Documents with a day of review."""
    return documents().filter(archived_on=None, review_due__isnull=False)


def documents_past_review(day: date) -> DocumentQuerySet:
    """Was never reviewed, or is past the day of its next review."""
    used = documents().filter(archived_on=None)
    return in_any(
        used,
        {
            _("was never reviewed"): Q(reviewed_on=None),
            _("was never given a review day"): Q(review_due=None),
            _("is past its review"): Q(review_due__lt=day),
        },
    )


def documents_not_approved_by_the_entitled(day: date) -> DocumentQuerySet:
    """Has no current version approved by somebody entitled to approve it."""
    approved = DocumentVersion.objects.in_force(day).filter(
        Exists(approvals_by_the_entitled()), document=OuterRef("pk")
    )
    return own_documents().filter(~Exists(approved))


# -- 7.5.3 d: what is obsolete is gone ------------------------------------------------------------


def superseded_versions(day: date) -> DocumentVersionQuerySet:
    """Superseded versions with a declared time for their withdrawal."""
    old = DocumentVersion.objects.superseded(day)
    return old if declared(Declaration.Figure.WITHDRAWAL) is not None else old.none()


def versions_not_withdrawn(day: date) -> DocumentVersionQuerySet:
    """Is superseded and was neither withdrawn nor marked obsolete in time."""
    gone = Q(withdrawn_on__lte=day) | Q(marked_obsolete_on__lte=day)
    return _overdue_for_withdrawal(day).exclude(pk__in=DocumentVersion.objects.filter(gone))


def points_of_use_with_obsolete_version(day: date) -> QuerySet[PointOfUse]:
    """Holds a version that should have been withdrawn from there."""
    old = _overdue_for_withdrawal(day).filter(marked_obsolete_on=None)
    return points_of_use().filter(found_version__in=old.values("pk"))


def versions_used_after_withdrawal(day: date) -> DocumentVersionQuerySet:
    """Was in use after it had been withdrawn."""
    found = PointOfUse.objects.live().filter(
        found_version=OuterRef("pk"), checked_on__gt=OuterRef("withdrawn_on")
    )
    handed_out = Acknowledgement.objects.filter(
        document_version=OuterRef("pk"), received_on__gt=OuterRef("withdrawn_on")
    )
    return superseded_versions(day).filter(
        Exists(handed_out) | Q(Exists(found), marked_obsolete_on=None)
    )


def _overdue_for_withdrawal(day: date) -> DocumentVersionQuerySet:
    grace = timedelta(days=declared(Declaration.Figure.WITHDRAWAL) or 0)
    return superseded_versions(day).filter(LessThan(F("replaced_on"), day - grace))


# -- 7.5.3 e: archived ----------------------------------------------------------------------------


def archived_documents() -> DocumentQuerySet:
    """Archived documents."""
    return documents().filter(archived_on__isnull=False)


def archived_documents_without_mark() -> DocumentQuerySet:
    """Does not say why it is kept, or is not marked as archived."""
    return in_any(
        archived_documents(),
        {
            _("does not say why it is kept"): Q(archive_purpose=""),
            _("is not marked as archived"): Q(archive_mark=""),
        },
    )


def archived_documents_without_end() -> DocumentQuerySet:
    """Does not say until when it is kept."""
    return archived_documents().filter(kept_until=None)


# -- 7.5.3: who gets it, where it lies ------------------------------------------------------------


def documents_tried_at_intervals() -> DocumentQuerySet:
    """Documents in use under a declared interval of retrieval on trial."""
    used = documents().filter(archived_on=None)
    return used if declared(Declaration.Figure.RETRIEVAL) is not None else used.none()


def documents_sent_to_nobody() -> DocumentQuerySet:
    """Has no distribution list."""
    lists = Distribution.objects.filter(document=OuterRef("pk"))
    return documents().filter(~Exists(lists), archived_on=None)


def documents_without_rule_or_place() -> DocumentQuerySet:
    """Has no access rule, or does not say where it is kept."""
    of_class = ~Q(document_class=None) & ~Q(document_class__access_rule="")
    return in_any(
        documents().filter(archived_on=None),
        {
            _("has no access rule"): Q(access_rule="") & ~of_class,
            _("does not say where it is kept"): Q(location=""),
        },
    )


def samples_retrieved(day: date) -> QuerySet[RetrievalSample]:
    """Documents retrieved on trial within the declared interval."""
    every = declared(Declaration.Figure.RETRIEVAL)
    done = RetrievalSample.objects.filter(was_found=True, was_readable=True, on__lte=day)
    return done.none() if every is None else done.filter(on__gte=day - timedelta(days=every))


def documents_not_retrieved() -> DocumentQuerySet:
    """Was not found, or could not be read, when it was last asked for."""
    return _failing_samples(documents())


def _failing_samples(among: DocumentQuerySet) -> DocumentQuerySet:
    tries = RetrievalSample.objects.filter(document=OuterRef("pk")).order_by("-on", "-pk")
    found = Subquery(tries.values("was_found")[:1])
    readable = Subquery(tries.values("was_readable")[:1])
    last = among.alias(was_found=found, was_readable=readable)
    return in_any(
        last,
        {
            _("was not found when it was last asked for"): Q(was_found=False),
            _("could not be read when it was last asked for"): Q(was_readable=False),
        },
    )


# -- 7.5.3: changes -------------------------------------------------------------------------------


def versions_without_author_or_reason(day: date) -> DocumentVersionQuerySet:
    """Does not say who wrote it or why."""
    return in_any(
        issued_versions(day),
        {
            _("does not say who wrote it"): Q(author=None),
            _("does not say why it was written"): Q(reason=""),
        },
    )


def versions_issued_unapproved(day: date) -> DocumentVersionQuerySet:
    """Came into effect although nobody approved it."""
    approvals = Approval.objects.filter(record=OuterRef("pk"))
    return issued_versions(day).filter(~Exists(approvals))


def versions_edited_after_approval(day: date) -> DocumentVersionQuerySet:
    """Was edited after it had been approved."""
    approvals = Approval.objects.filter(record=OuterRef("pk"))
    return issued_versions(day).unapproved().filter(Exists(approvals))


def versions_out_of_line(day: date) -> QuerySet[DocumentVersion]:
    """Does not name the version that it replaced."""
    earlier = Q(effective_from__lt=OuterRef("effective_from")) | Q(
        effective_from=OuterRef("effective_from"), pk__lt=OuterRef("pk")
    )
    before = (
        DocumentVersion.objects.issued(day)
        .filter(earlier, document=OuterRef("document"))
        .order_by("-effective_from", "-pk")
    )
    replaced = Coalesce(Subquery(before.values("pk")[:1]), 0)
    named = issued_versions(day).alias(replaced=replaced, named=Coalesce("predecessor_id", 0))
    return named.exclude(named=F("replaced"))


# -- 7.5.3: how long ------------------------------------------------------------------------------


def retention_rules() -> QuerySet[RetentionRule]:
    """Retention rules."""
    return RetentionRule.objects.live()


def classes_without_retention_rule() -> QuerySet[DocumentClass]:
    """Has no retention rule."""
    rules = retention_rules().filter(document_class=OuterRef("pk"))
    return DocumentClass.objects.live().filter(~Exists(rules))


def documents_kept_too_long(day: date) -> DocumentQuerySet:
    """Is kept past its end without a hold."""
    return Document.objects.filter(kept_until__lt=day, disposal=None, on_hold_since=None)


def documents_destroyed_early() -> DocumentQuerySet:
    """Was disposed of before its end, or while it was on hold."""
    early = Disposal.objects.filter(document=OuterRef("pk"))
    before = Exists(early.filter(on__lt=OuterRef("kept_until")))
    meanwhile = Exists(early.filter(on__gte=OuterRef("on_hold_since")))
    return in_any(
        Document.objects.all(),
        {
            _("was disposed of before its end"): Q(before),
            _("was disposed of while it was on hold"): Q(meanwhile, on_hold_since__isnull=False),
        },
    )


# -- 7.5.3: from outside --------------------------------------------------------------------------


def outside_documents() -> DocumentQuerySet:
    """Documents of others under a declared interval of looks for a newer edition."""
    found = documents().outside().filter(archived_on=None)
    return found if declared(Declaration.Figure.EDITION_CHECK) is not None else found.none()


def outside_documents_not_identified() -> DocumentQuerySet:
    """Does not say who issued it or which edition is in use."""
    return in_any(
        outside_documents(),
        {
            _("does not say who issued it"): Q(source=""),
            _("does not say which edition is in use"): Q(edition=""),
        },
    )


def outside_documents_without_owner() -> DocumentQuerySet:
    """Has nobody who answers for it."""
    return outside_documents().without_owner()


def outside_documents_not_checked(day: date) -> DocumentQuerySet:
    """Was not checked for a newer edition within the declared interval."""
    every = timedelta(days=declared(Declaration.Figure.EDITION_CHECK) or 0)
    checked = Q(edition_checked_on__gte=day - every, edition_checked_on__lte=day)
    return outside_documents().filter(~checked | Q(edition_checked_on=None))


def outside_documents_outdated() -> DocumentQuerySet:
    """Is used in an edition that a newer one has replaced."""
    return outside_documents().exclude(newer_edition="")


# -- draft 4.5.4: records -------------------------------------------------------------------------


def kept_records() -> DocumentQuerySet:
    """Documents kept as records under a declared interval of retrieval on trial."""
    kept = documents().filter(document_type=Document.Type.RECORD)
    return kept if declared(Declaration.Figure.RETRIEVAL) is not None else kept.none()


def records_without_reference() -> DocumentQuerySet:
    """Has no reference, or one that another document has too."""
    others = documents().filter(reference=OuterRef("reference")).exclude(pk=OuterRef("pk"))
    return in_any(
        kept_records(),
        {
            _("has no reference"): Q(reference=""),
            _("has a reference that another document has too"): ~Q(reference="")
            & Q(Exists(others)),
        },
    )


def records_without_source() -> DocumentQuerySet:
    """Is linked to nothing that it came from."""
    links = Link.objects.filter(Q(source=OuterRef("pk")) | Q(target=OuterRef("pk")))
    return kept_records().filter(~Exists(links))


def records_read_on_trial(day: date) -> QuerySet[RetrievalSample]:
    """Records read on trial within the declared interval."""
    return samples_retrieved(day).filter(document__in=kept_records().values("pk"))


def records_that_failed_a_trial() -> DocumentQuerySet:
    """Was not found, or could not be read, when it was last asked for."""
    return _failing_samples(kept_records())
