"""What law, regulators, contracts and the organization's own word oblige it to (4.2.2)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.context.models.parties import InterestedParty
from bartizan.ground.documents.models import Document
from bartizan.ground.people.models import Unit
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import Record


class Obligation(Record):
    """One legal, regulatory, contractual or voluntary obligation that bears on security (4.2.2).

    What the system does about it (processes, controls) is linked to it.
    """

    class Nature(models.TextChoices):
        LAW = "law", _("Law")
        REGULATION = "regulation", _("Regulation or permit")
        CONTRACT = "contract", _("Contract")
        VOLUNTARY = "voluntary", _("Voluntary commitment")

    class Applicability(models.TextChoices):
        UNDECIDED = "undecided", _("Not decided")
        APPLIES = "applies", _("Applies")
        DOES_NOT = "does-not", _("Does not apply")

    LEGAL = (Nature.LAW, Nature.REGULATION)

    # A change in one of these has to be passed on anew to those whom the obligation concerns.
    SUBSTANCE = (
        "title", "nature", "source_reference", "source_link", "jurisdiction", "summary",
        "applicability", "application",
    )  # fmt: skip

    prefix = "OBL"

    nature = models.CharField(_("nature"), max_length=12, choices=Nature)
    source_reference = models.CharField(
        _("source"),
        max_length=300,
        blank=True,
        help_text=_("Act and section, contract and clause, with the edition that was read."),
    )
    source_link = models.URLField(
        _("where the text is"), max_length=500, blank=True, help_text=_("A link that opens it.")
    )
    jurisdiction = models.CharField(
        _("jurisdiction"),
        max_length=120,
        blank=True,
        help_text=_("Country, port, customs territory; for a contract the law it is under."),
    )
    summary = models.TextField(
        _("what it asks"),
        blank=True,
        help_text=_("In your own words: who has to do what, by when, and what happens otherwise."),
    )
    identified_on = PastDay(
        _("identified on"),
        default=timezone.localdate,
        help_text=_("A scope approved on this day or later has to consider it."),
    )
    applicability = models.CharField(
        _("applicability"),
        max_length=12,
        choices=Applicability,
        default=Applicability.UNDECIDED,
    )
    applicability_reason = models.TextField(_("why it applies, or does not"), blank=True)
    application = models.TextField(
        _("how it applies here"),
        blank=True,
        help_text=_("To which sites, goods, routes and people, and from what amount on."),
    )
    assessed_on = PastDay(
        _("assessed on"),
        null=True,
        blank=True,
        help_text=_("When somebody last judged whether and how it applies."),
    )
    last_checked = PastDay(
        _("last checked"),
        null=True,
        blank=True,
        help_text=_("When somebody last held this entry against its source."),
    )
    source_changed_on = PastDay(
        _("source changed on"),
        null=True,
        blank=True,
        help_text=_("When the text itself last changed, as far as known."),
    )
    revised_on = PastDay(
        _("revised on"),
        default=timezone.localdate,
        help_text=_("When this entry last changed in substance: since then it is passed on anew."),
    )
    audience_parties = models.ManyToManyField(
        InterestedParty,
        verbose_name=_("interested parties to be told"),
        blank=True,
        related_name="obligations_to_be_told",
    )
    audience_units = models.ManyToManyField(
        Unit,
        verbose_name=_("units whose people are to be told"),
        blank=True,
        related_name="obligations_to_be_told",
    )
    no_audience_reason = models.TextField(
        _("why nobody needs to be told"),
        blank=True,
        help_text=_("Only where no interested party and no unit is named."),
    )

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(applicability="does-not") | ~Q(applicability_reason=""),
                name="context_inapplicable_obligation_has_reason",
                violation_error_message=_("Say why it does not apply."),
            )
        ]

    def save(self, *args, **kwargs) -> None:
        """Store it; a change of substance is a revision of today unless a day was given."""
        if not self._state.adding and not kwargs.get("update_fields"):
            before = type(self).objects.get(pk=self.pk)
            changed = any(getattr(before, name) != getattr(self, name) for name in self.SUBSTANCE)
            if changed and before.revised_on == self.revised_on:
                self.revised_on = timezone.localdate()
        super().save(*args, **kwargs)


class ObligationScan(Record):
    """One look for new and changed obligations, made as a procedure says (4.2.2 a)."""

    prefix = "OSC"
    happened_on = "carried_out_on"

    procedure = models.ForeignKey(
        Document,
        verbose_name=_("procedure followed"),
        on_delete=models.PROTECT,
        related_name="obligation_scans",
        help_text=_("The document that says where to look, how often, and how to judge."),
    )
    carried_out_on = PastDay(_("carried out on"))
    sources = models.TextField(
        _("where one looked"),
        help_text=_("Gazettes, regulators' pages, associations, new contracts; one a line."),
    )
    findings = models.TextField(
        _("what was found"),
        help_text=_("What is new or changed. Nothing found is a finding: say so."),
    )

    class Meta:
        verbose_name = _("obligation scan")
        verbose_name_plural = _("obligation scans")

    def clean(self) -> None:
        super().clean()
        if self.procedure_id and self.procedure.document_type != Document.Type.PROCEDURE:
            raise ValidationError({"procedure": _("Choose a document that is a procedure.")})
