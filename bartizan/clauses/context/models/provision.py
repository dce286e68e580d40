"""Processes that somebody outside carries out, and what keeps them under control (4.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models import Partner, Process
from bartizan.ground.people.models import Role
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import Record


class ExternalProvision(Record):
    """A partner carries out a process, or a part of it, and who here answers for that (4.3)."""

    prefix = "EXP"

    process = models.ForeignKey(
        Process,
        verbose_name=_("process"),
        on_delete=models.PROTECT,
        related_name="external_provisions",
    )
    provider = models.ForeignKey(
        Partner,
        verbose_name=_("provider"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="provisions",
    )
    covers = models.TextField(
        _("what is provided"),
        blank=True,
        help_text=_("Which part of the process, where, when: the guards at night, not by day."),
    )
    accountable_role = models.ForeignKey(
        Role,
        verbose_name=_("role that answers for it here"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="external_provisions",
        help_text=_("Work can be handed out, answering for it can't."),
    )
    provider_duties = models.TextField(
        _("duties of the provider"),
        blank=True,
        help_text=_("What it owes for security, one duty a line, as the contract has it."),
    )

    class Meta:
        verbose_name = _("external provision")
        verbose_name_plural = _("external provisions")


class ProvisionControl(Record):
    """What is done to keep an external provision under control, and how its last check ended."""

    class Kind(models.TextChoices):
        AUDIT = "audit", _("Audit or visit")
        CONTRACT = "contract", _("Clause in the contract")
        INSPECTION = "inspection", _("Inspection on the spot")
        REPORT = "report", _("Report or figure")
        SCREENING = "screening", _("Screening of people")
        TECHNICAL = "technical", _("Technical control")

    class Result(models.TextChoices):
        PASSED = "passed", _("Works")
        FAILED = "failed", _("Does not work")

    prefix = "PCT"

    provision = models.ForeignKey(
        ExternalProvision,
        verbose_name=_("external provision"),
        on_delete=models.PROTECT,
        related_name="controls",
    )
    control_kind = models.CharField(_("kind of control"), max_length=12, choices=Kind)
    description = models.TextField(
        _("what is done"),
        help_text=_("Who looks at what, how often, and what counts as failed."),
    )
    last_checked = PastDay(
        _("last checked"),
        null=True,
        blank=True,
        help_text=_("When somebody last made sure that the control works."),
    )
    result = models.CharField(_("result of that check"), max_length=8, choices=Result, blank=True)
    result_note = models.TextField(_("what the check showed"), blank=True)
    next_check = models.DateField(
        _("next check"),
        null=True,
        blank=True,
        help_text=_("If it is sooner than the interval declared for all such controls."),
    )

    class Meta:
        verbose_name = _("provision control")
        verbose_name_plural = _("provision controls")
