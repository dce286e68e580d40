"""Looking for risks: when, by whom, by which method, from what, and what was not found (6.1.2)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models import Partner, Place, Process
from bartizan.clauses.context.models import InterestedParty
from bartizan.clauses.planning.models.method import RiskMethod
from bartizan.clauses.planning.models.threats import EquipmentClass, Origin
from bartizan.ground.people.models import Person
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import BetweenQuerySet, Record


class RiskAssessment(Record):
    """One time the organization looked for risks and rated them, ahead of events or after (6.1.2).

    Which version of the method it was made under is kept: when the method rates differently later,
    the assessment says so until there is a newer one.
    """

    class Occasion(models.TextChoices):
        SCHEDULE = "schedule", _("By schedule")
        CHANGE = "change", _("Ahead of a change")
        REQUEST = "request", _("Somebody asked for it")
        EVENT = "event", _("After an event")

    # Those that act ahead of events.
    PROACTIVE = frozenset({Occasion.SCHEDULE, Occasion.CHANGE})

    prefix = "RAS"
    needs_approval = True

    occasion = models.CharField(_("occasion"), max_length=8, choices=Occasion)
    is_overall = models.BooleanField(
        _("covers the whole system"),
        default=False,
        help_text=_("Everything in the scope, and not one site or one change alone."),
    )
    scope = models.TextField(
        _("what it covers"), help_text=_("Which sites, stretches, processes; and what it left out.")
    )
    method = models.ForeignKey(
        RiskMethod,
        verbose_name=_("method"),
        on_delete=models.PROTECT,
        related_name="assessments",
    )
    method_version = models.PositiveIntegerField(
        _("version of the method"),
        null=True,
        blank=True,
        help_text=_("Set when the assessment is opened."),
    )
    team = models.ManyToManyField(
        Person,
        verbose_name=_("team"),
        blank=True,
        related_name="risk_assessments",
        help_text=_("Who rated: people who know the place, and one who does not."),
    )
    inputs = models.TextField(
        _("what it was made from"),
        blank=True,
        help_text=_("Incidents, audits, warnings, figures, walks: what the ratings rest on."),
    )
    human_factors = models.TextField(
        _("people and culture"),
        blank=True,
        help_text=_("How habits, fatigue, fear or pride bear on what was found here."),
    )
    reconciliation = models.TextField(
        _("how different views became one"),
        blank=True,
        help_text=_("Where people rated differently: whose view was followed and why."),
    )
    started_on = PastDay(_("started on"))
    done_on = PastDay(
        _("done on"), null=True, blank=True, help_text=_("Empty as long as it goes on.")
    )

    class Meta:
        verbose_name = _("risk assessment")
        verbose_name_plural = _("risk assessments")
        indexes = [models.Index(fields=["is_overall", "-done_on"], name="planning_assessment_done")]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=F("started_on")),
                name="planning_assessment_ends_after_start",
                violation_error_message=_("An assessment is done on the day it started or later."),
            )
        ]

    def save(self, *args, **kwargs) -> None:
        """Under which version of the method it is made is settled when it is opened."""
        if self.method_version is None:
            self.method_version = self.method.version
        super().save(*args, **kwargs)

    @property
    def under_earlier_method(self) -> bool:
        """Does the method rate differently by now?"""
        return (self.method_version or 0) < self.method.rates_since

    @property
    def made_under(self) -> str:
        """The version of the method in words, and whether that is an earlier one."""
        words = _("version %(version)s") % {"version": self.method_version}
        if self.under_earlier_method:
            return _("%(words)s: made under an earlier method") % {"words": words}
        return str(words)

    made_under.fget.short_description = _("made under")  # type: ignore[attr-defined]


class NothingFound(models.Model):
    """The team looked at a source of risk and found nothing, for a reason (6.1.2)."""

    part_of = "assessment"

    assessment = models.ForeignKey(
        RiskAssessment,
        verbose_name=_("assessment"),
        on_delete=models.CASCADE,
        related_name="nothing_found",
    )
    origin = models.CharField(_("source of risk"), max_length=13, choices=Origin)
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="nothing_found",
        help_text=_("Only where it was looked at for one place, partner, process or equipment."),
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="nothing_found",
    )
    process = models.ForeignKey(
        Process,
        verbose_name=_("process"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="nothing_found",
    )
    equipment = models.ForeignKey(
        EquipmentClass,
        verbose_name=_("equipment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="nothing_found",
    )
    reason = models.TextField(
        _("why there is nothing"), help_text=_("What was looked at, and what rules it out.")
    )

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("source without a risk")
        verbose_name_plural = _("sources without a risk")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "assessment",
                "origin",
                *(Coalesce(subject, 0) for subject in ("place", "partner", "process", "equipment")),
                name="planning_nothing_found_once",
                violation_error_message=_("This source is answered already in this assessment."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment.number}: {self.get_origin_display()}"


class Consultation(models.Model):
    """An interested party was asked in the course of an assessment, and what it said (4.2.3.5)."""

    part_of = "assessment"
    happened_on = "consulted_on"

    assessment = models.ForeignKey(
        RiskAssessment,
        verbose_name=_("assessment"),
        on_delete=models.CASCADE,
        related_name="consultations",
    )
    party = models.ForeignKey(
        InterestedParty,
        verbose_name=_("party"),
        on_delete=models.PROTECT,
        related_name="consultations",
    )
    consulted_on = PastDay(_("asked on"))
    said = models.TextField(_("what it said"), blank=True)

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "party", "consulted_on"],
                name="planning_consultation_once_a_day",
                violation_error_message=_("This party was asked on this day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment.number}: {self.consulted_on}"
