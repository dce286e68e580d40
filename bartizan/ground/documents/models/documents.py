"""What documents there are and which version of each counts (7.5)."""

from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from bartizan.ground.documents.models.forms import Audience, Format, Medium
from bartizan.ground.documents.models.keeping import DocumentClass
from bartizan.ground.people.models import Person
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import Record, RecordManager, RecordQuerySet, Status


class DocumentQuerySet(RecordQuerySet["Document"]):
    """What can be asked of documents."""

    def in_force(self, day: date) -> Self:
        """Those with an approved version in effect on `day`."""
        versions = DocumentVersion.objects.in_force(day)
        return self.live().filter(Exists(versions.filter(document=OuterRef("pk"))))

    def procedures(self, *duties: str) -> Self:
        """Procedures that say of themselves that they cover one of these duties."""
        covering = self.filter(document_type=Document.Type.PROCEDURE, covers__duty__in=duties)
        return covering.distinct()

    def outside(self) -> Self:
        """Documents that others issue."""
        return self.filter(document_type=Document.Type.EXTERNAL)


DocumentManager = RecordManager.from_queryset(DocumentQuerySet)


class Document(Record):
    """One piece of documented information under control, whatever version it stands at (7.5)."""

    class Type(models.TextChoices):
        POLICY = "policy", _("Policy")
        PROCEDURE = "procedure", _("Procedure")
        PLAN = "plan", _("Plan")
        INSTRUCTION = "instruction", _("Work instruction")
        FORM = "form", _("Form")
        DESCRIPTION = "description", _("Description")
        RECORD = "record", _("Evidence of what was done")
        EXTERNAL = "external", _("Issued by others")

    class Purpose(models.TextChoices):
        LEGAL = "legal", _("The law asks for it")
        KNOWLEDGE = "knowledge", _("What it teaches")
        BOTH = "both", _("Both")

    prefix = "DOC"

    reference = models.CharField(
        _("reference"),
        max_length=40,
        blank=True,
        help_text=_("Your own reference, as it stands on the document: SEC-PR-07."),
    )
    document_type = models.CharField(_("type"), max_length=12, choices=Type)
    purpose = models.TextField(_("what it is for"), blank=True)
    audience = models.CharField(
        _("audience"), max_length=12, choices=Audience, default=Audience.STAFF
    )
    fulfils = models.CharField(
        _("fulfils"),
        max_length=40,
        blank=True,
        help_text=_("The item of the standard that calls for it, as in 2022:4.3-p2, if any does."),
    )
    document_class = models.ForeignKey(
        DocumentClass,
        verbose_name=_("document class"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    classified_by = models.ForeignKey(
        Person,
        verbose_name=_("classified by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="classified_documents",
        help_text=_("The owner decides what the information is worth."),
    )
    classified_on = PastDay(_("classified on"), null=True, blank=True)
    location = models.CharField(
        _("location"), max_length=200, blank=True, help_text=_("Where the original is kept.")
    )
    access_rule = models.TextField(
        _("access rule"), blank=True, help_text=_("Who may read it and who may change it.")
    )
    source = models.CharField(
        _("issued by"), max_length=200, blank=True, help_text=_("For documents of others.")
    )
    edition = models.CharField(_("edition in use"), max_length=80, blank=True)
    edition_checked_on = PastDay(_("checked for a newer edition"), null=True, blank=True)
    newer_edition = models.CharField(
        _("newer edition found"), max_length=80, blank=True, help_text=_("Empty if there is none.")
    )
    archived_on = PastDay(_("archived on"), null=True, blank=True)
    archive_purpose = models.CharField(
        _("kept because"), max_length=12, choices=Purpose, blank=True
    )
    archive_mark = models.CharField(
        _("mark"), max_length=80, blank=True, help_text=_("What on it says that it is archived.")
    )
    kept_until = models.DateField(_("kept until"), null=True, blank=True)
    on_hold_since = PastDay(
        _("on hold since"),
        null=True,
        blank=True,
        help_text=_("A dispute or inquiry forbids disposing of it, whatever the rule says."),
    )
    hold_reason = models.CharField(_("reason for the hold"), max_length=200, blank=True)

    objects: ClassVar = DocumentManager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [models.Index(fields=["reference"], name="documents_reference")]
        constraints = [
            models.CheckConstraint(
                condition=Q(classified_by=None, classified_on=None)
                | Q(classified_by__isnull=False, classified_on__isnull=False),
                name="documents_classified_by_and_on",
                violation_error_message=_("Say both who classified it and when."),
            ),
            models.CheckConstraint(
                condition=Q(on_hold_since=None) | ~Q(hold_reason=""),
                name="documents_hold_has_reason",
                violation_error_message=_("Say why it is on hold."),
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        """Its versions hold its text: none of them is less secret than it."""
        new = self._state.adding
        super().save(*args, **kwargs)
        if new:
            return
        for version in self.versions.filter(sensitivity__lt=self.sensitivity):
            version.save(update_fields=["sensitivity"])


class DocumentVersionQuerySet(RecordQuerySet["DocumentVersion"]):
    """What can be asked of versions."""

    def issued(self, day: date) -> Self:
        """Those that have come into effect, approved or not, current or not."""
        return self.filter(status=Status.ACTIVE, effective_from__lte=day)

    def in_force(self, day: date) -> Self:
        """The current version of each document: approved, in effect, not withdrawn, the newest."""
        not_withdrawn = Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)
        return self.live().issued(day).filter(~Exists(_newer(day)), not_withdrawn)

    def superseded(self, day: date) -> Self:
        """Those an approved newer version has replaced; each with the day it was `replaced_on`."""
        days = _newer(day).order_by("effective_from").values("effective_from")[:1]
        return self.issued(day).annotate(replaced_on=Subquery(days)).exclude(replaced_on=None)


def _newer(day: date) -> DocumentVersionQuerySet:
    """For Exists(): approved versions of the same document that took over from the outer one."""
    later = Q(effective_from__gt=OuterRef("effective_from")) | Q(
        effective_from=OuterRef("effective_from"), pk__gt=OuterRef("pk")
    )
    return DocumentVersion.objects.live().issued(day).filter(later, document=OuterRef("document"))


DocumentVersionManager = RecordManager.from_queryset(DocumentVersionQuerySet)


class DocumentVersion(Record):
    """One text of a document: who wrote it and why, who reviewed it, since when it counts (7.5.2).

    The text stands in `body`, or in a file attached to this record.
    """

    prefix = "VER"
    needs_approval = True
    needs_other_approver = True

    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="versions"
    )
    label = models.CharField(
        _("version"), max_length=20, help_text=_("As it stands on the document: 3.1.")
    )
    body = models.TextField(
        _("text"), blank=True, help_text=_("In Markdown. Leave it empty and attach a file instead.")
    )
    format = models.CharField(_("format"), max_length=12, choices=Format, blank=True)
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("As in en, de, pl.")
    )
    medium = models.CharField(_("medium"), max_length=12, choices=Medium, blank=True)
    author = models.ForeignKey(
        Person,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="written_versions",
    )
    reason = models.TextField(
        _("reason for the change"), blank=True, help_text=_("For the first version: why it exists.")
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
        help_text=_("The version before this one; empty for the first."),
    )
    effective_from = models.DateField(
        _("in effect from"), null=True, blank=True, help_text=_("Empty while it is being written.")
    )
    reviewed_by = models.ForeignKey(
        Person,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviewed_versions",
        help_text=_("Somebody other than the author."),
    )
    withdrawn_on = PastDay(
        _("withdrawn on"), null=True, blank=True, help_text=_("Taken away from everywhere.")
    )
    marked_obsolete_on = PastDay(
        _("marked obsolete on"),
        null=True,
        blank=True,
        help_text=_("Kept, and marked so that nobody uses it by mistake."),
    )

    objects: ClassVar = DocumentVersionManager()

    class Meta:
        verbose_name = _("document version")
        verbose_name_plural = _("document versions")
        indexes = [
            models.Index(fields=["document", "effective_from"], name="documents_version_effective")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "label"],
                name="documents_version_label_once",
                violation_error_message=_("This document has a version of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(predecessor=None) | ~Q(predecessor=F("record_ptr")),
                name="documents_version_replaces_another",
                violation_error_message=_("A version can't replace itself."),
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        """It is called after its document unless somebody named it, and at least as secret."""
        self.title = self.title or f"{self.document.title} {self.label}"[:200]
        self.sensitivity = max(self.sensitivity, self.document.sensitivity)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        before = self.predecessor
        if before is not None and before.document_id != self.document_id:
            raise ValidationError({"predecessor": _("That is a version of another document.")})
