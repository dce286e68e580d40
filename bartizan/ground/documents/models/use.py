"""What is done with documents: what they settle, who gets them, where they lie, how they end."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.ground.documents.models.documents import Document, DocumentVersion
from bartizan.ground.people.models import Person, Role, Unit
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import PartQuerySet, Record, knows


class Duty(models.TextChoices):
    """What the standard wants a procedure to settle; a procedure says which of it it covers."""

    OBLIGATION_SCAN = "obligation-scan", _("How obligations are found and followed")
    RISK_FINDING = "risk-finding", _("How threats and risks are found and assessed")
    TO_EMPLOYEES = "to-employees", _("Telling employees")
    FROM_EMPLOYEES = "from-employees", _("Hearing employees")
    TO_CONTRACTORS = "to-contractors", _("Telling contractors")
    FROM_CONTRACTORS = "from-contractors", _("Hearing contractors")
    TO_PARTIES = "to-parties", _("Telling other interested parties")
    FROM_PARTIES = "from-parties", _("Hearing other interested parties")
    CONTENT_INSIDE = "content-inside", _("Messages inside: content")
    TIMING_INSIDE = "timing-inside", _("Messages inside: timing")
    AUDIENCE_INSIDE = "audience-inside", _("Messages inside: audience")
    MEANS_INSIDE = "means-inside", _("Messages inside: means")
    CONTENT_OUTSIDE = "content-outside", _("Messages to outside: content")
    TIMING_OUTSIDE = "timing-outside", _("Messages to outside: timing")
    AUDIENCE_OUTSIDE = "audience-outside", _("Messages to outside: audience")
    MEANS_OUTSIDE = "means-outside", _("Messages to outside: means")
    SPOKESPERSON = "media-spokesperson", _("Media: who speaks")
    MEDIA_RELEASE = "media-release", _("Media: who approves what is said")
    MEDIA_STRATEGY = "media-strategy", _("Media: strategy")
    HOLDING_STATEMENTS = "media-statements", _("Media: statements prepared for the first hour")
    IDENTIFYING = "records-identifying", _("Records: identifying")
    STORING = "records-storing", _("Records: storing")
    PROTECTING = "records-protecting", _("Records: protecting")
    RETRIEVING = "records-retrieving", _("Records: retrieving")
    KEEPING = "records-keeping", _("Records: keeping")
    DISPOSING = "records-disposing", _("Records: disposing")


class OfVersionQuerySet(models.QuerySet):
    """Seen by whoever may see the version it belongs to, and always by the person concerned."""

    def visible_to(self, person) -> "OfVersionQuerySet":
        return self.filter(knows(person, "document_version") | Q(person=person))


class CoveredDuty(models.Model):
    """A procedure settles something the standard wants settled, and where in it."""

    part_of = "document"

    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="covers"
    )
    duty = models.CharField(_("settles"), max_length=24, choices=Duty)
    place = models.CharField(
        _("where in it"), max_length=80, blank=True, help_text=_("Section or page.")
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("covered duty")
        verbose_name_plural = _("covered duties")
        ordering = ["document", "duty"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "duty"],
                name="documents_duty_covered_once",
                violation_error_message=_("This document covers it already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.document.number}: {self.get_duty_display()}"


class Distribution(models.Model):
    """Who is to have a document: a unit with all below it, the holders of a role, or one person."""

    part_of = "document"

    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="distribution"
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents_received",
        help_text=_("Everybody in it and in the units below it."),
    )
    role = models.ForeignKey(
        Role,
        verbose_name=_("role"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents_received",
        help_text=_("Whoever holds it."),
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents_received",
    )
    asks_acknowledgement = models.BooleanField(
        _("to be acknowledged"),
        default=True,
        help_text=_("They confirm that they have read each version."),
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distribution lists")
        ordering = ["document", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, role=None, person=None)
                | Q(unit=None, role__isnull=False, person=None)
                | Q(unit=None, role=None, person__isnull=False),
                name="documents_distribution_to_one",
                violation_error_message=_("Name a unit, a role or a person: one of them."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.document.number}: {self.unit or self.role or self.person}"


class Acknowledgement(models.Model):
    """One person got one version, and says so."""

    part_of = "document_version"
    happened_on = "received_on"

    document_version = models.ForeignKey(
        DocumentVersion,
        verbose_name=_("document version"),
        on_delete=models.PROTECT,
        related_name="acknowledgements",
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="acknowledgements",
    )
    received_on = PastDay(_("received on"), default=timezone.localdate)
    acknowledged_on = PastDay(_("acknowledged on"), null=True, blank=True)

    objects = OfVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document_version", "person"],
                name="documents_acknowledged_once",
                violation_error_message=_("This person has this version already."),
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_on=None) | Q(acknowledged_on__gte=F("received_on")),
                name="documents_acknowledged_after_received",
                violation_error_message=_("It can be acknowledged once it is received."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_version.number}: {self.person}"


class PointOfUse(Record):
    """A place where a document has to be at hand, and what was found there last (7.5.3)."""

    prefix = "POU"

    place = models.CharField(
        _("place"), max_length=120, help_text=_("Gatehouse, cab of truck 12, control room.")
    )
    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="points_of_use",
        help_text=_("One row for each document that is needed there."),
    )
    role = models.ForeignKey(
        Role,
        verbose_name=_("role that works there"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="points_of_use",
    )
    checked_on = PastDay(_("last checked"), null=True, blank=True)
    found_version = models.ForeignKey(
        DocumentVersion,
        verbose_name=_("version found there"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="found_at",
        help_text=_("Empty if none was there."),
    )
    is_reachable = models.BooleanField(
        _("could be reached"),
        default=False,
        help_text=_("By those who work there, at the time they need it."),
    )

    class Meta:
        verbose_name = _("point of use")
        verbose_name_plural = _("points of use")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "document"],
                name="documents_point_of_use_once",
                violation_error_message=_("This document stands at this place already."),
            ),
            models.CheckConstraint(
                condition=Q(found_version=None) | Q(checked_on__isnull=False),
                name="documents_found_when_checked",
                violation_error_message=_("Say when it was checked."),
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        """A point of use is called after the document and the place unless somebody named it."""
        self.title = self.title or f"{self.document.title}, {self.place}"[:200]
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        found = self.found_version
        if found is not None and found.document_id != self.document_id:
            raise ValidationError({"found_version": _("That is a version of another document.")})


class RetrievalSample(models.Model):
    """Somebody asked for a document as it would be asked for, to see if it comes and opens."""

    part_of = "document"
    happened_on = "on"

    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="samples"
    )
    on = PastDay(_("on"), default=timezone.localdate)
    by = models.ForeignKey(
        Person,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="retrieval_samples",
    )
    was_found = models.BooleanField(_("found"), default=False)
    was_readable = models.BooleanField(_("opened and readable"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("retrieval sample")
        verbose_name_plural = _("retrieval samples")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.document.number}, {self.on}"


class Disposal(models.Model):
    """A document came to its end: when, how, by whom, and who saw it."""

    part_of = "document"
    happened_on = "on"

    document = models.OneToOneField(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="disposal"
    )
    on = PastDay(_("on"), default=timezone.localdate)
    by = models.ForeignKey(
        Person, verbose_name=_("by"), on_delete=models.PROTECT, related_name="disposals"
    )
    method = models.CharField(
        _("how"), max_length=200, help_text=_("Shredded, erased, handed to the archive.")
    )
    witness = models.ForeignKey(
        Person,
        verbose_name=_("witness"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="disposals_witnessed",
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("disposal")
        verbose_name_plural = _("disposals")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.document.number}, {self.on}"
