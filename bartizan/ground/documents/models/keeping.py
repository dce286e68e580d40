"""The care each class of information gets, and how long it is kept (7.5.1, 7.5.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bartizan.ground.records.models import Record


class DocumentClass(Record):
    """A class of information and the care it gets: together, the classification scheme (7.5.1)."""

    class Level(models.TextChoices):
        LOW = "low", _("Low")
        NORMAL = "normal", _("Normal")
        HIGH = "high", _("High")
        VITAL = "vital", _("Vital")

    prefix = "DCL"
    needs_approval = True

    value = models.CharField(
        _("value"),
        max_length=8,
        choices=Level,
        help_text=_("What the organization would lose if it leaked or were gone."),
    )
    integrity = models.CharField(
        _("integrity level"),
        max_length=8,
        choices=Level,
        blank=True,
        help_text=_("How sure one must be that nobody changed it."),
    )
    integrity_measure = models.CharField(
        _("what shows integrity"), max_length=200, blank=True, help_text=_("Hash, signature, seal.")
    )
    access_rule = models.TextField(
        _("access rule"), blank=True, help_text=_("Who may read it, who may change it.")
    )
    storage_rule = models.TextField(
        _("storage rule"), blank=True, help_text=_("Where it is kept, and how it stays readable.")
    )

    class Meta:
        verbose_name = _("document class")
        verbose_name_plural = _("document classes")


class RetentionRule(Record):
    """How long a class of information is kept, on what ground, and how it ends (7.5.3)."""

    class From(models.TextChoices):
        MADE = "made", _("when it was made")
        SUPERSEDED = "superseded", _("when it was superseded")
        CLOSED = "closed", _("when its matter was closed")
        ENDED = "ended", _("when the contract or employment ended")

    prefix = "RET"
    needs_approval = True

    document_class = models.ForeignKey(
        DocumentClass,
        verbose_name=_("document class"),
        on_delete=models.PROTECT,
        related_name="retention_rules",
    )
    years = models.PositiveSmallIntegerField(_("kept for (years)"))
    counts_from = models.CharField(_("counted from"), max_length=12, choices=From)
    legal_basis = models.CharField(
        _("legal basis"),
        max_length=200,
        blank=True,
        help_text=_("The law or contract that asks for it; empty where it is the house's own."),
    )
    disposal = models.TextField(
        _("disposal"), help_text=_("How it is destroyed or handed over at the end, and by whom.")
    )

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
