"""What may happen, how bad it is, who answers for it and what was decided (6.1.2, 8.3)."""

from functools import partialmethod
from math import isfinite
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models import Leg, Partner, Place, Process
from bartizan.clauses.planning.models.assessments import RiskAssessment
from bartizan.clauses.planning.models.method import Dimension, RiskMethod
from bartizan.clauses.planning.models.threats import (
    EquipmentClass,
    Origin,
    Threat,
    Vulnerability,
)
from bartizan.clauses.planning.scales import LARGEST, read_scale
from bartizan.ground.people.authority import could, may
from bartizan.ground.people.models import Person, Verb
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import BetweenQuerySet, Record, RecordManager, RecordQuerySet
from bartizan.ground.trail.history import history


def finite(value: float) -> None:
    """A number one can calculate with. A limit alone lets "not a number" pass."""
    if not isfinite(value):
        raise ValidationError(_("This is no number one can calculate with."))


def rank(verbose_name: Any, **options: Any) -> models.PositiveSmallIntegerField:
    """A step on a scale of the method; empty as long as nobody has rated it."""
    within = [MinValueValidator(1), MaxValueValidator(LARGEST)]
    return models.PositiveSmallIntegerField(
        verbose_name, null=True, blank=True, validators=within, **options
    )


def computed(verbose_name: Any) -> models.PositiveSmallIntegerField:
    """What follows from the ratings: set whenever the risk is saved."""
    return models.PositiveSmallIntegerField(verbose_name, null=True, editable=False)


# More money than there is: what lies above it is a slip of the finger.
LARGEST_LOSS = 10**15


class RiskQuerySet(RecordQuerySet["Risk"]):
    """What can be asked of risks."""

    def scored(self) -> Self:
        """Those with a level: likelihood and the impact in every dimension are rated."""
        return self.live().exclude(level=None)


RiskManager = RecordManager.from_queryset(RiskQuerySet)


class Risk(Record):
    """Something that may happen, with its cause and what it would lead to, rated and decided on.

    Rated three times on the scales of the method: as if nothing were done about it (inherent), as
    it stands with what is in place (current), and as it is meant to become (target). The current
    rating is the one that counts; its impact is rated in each dimension, and the worst decides.
    """

    class Decision(models.TextChoices):
        AVOID = "avoid", _("Avoid")
        REDUCE = "reduce", _("Reduce")
        SHARE = "share", _("Share")
        ACCEPT = "accept", _("Accept")

    IMPACTS = tuple(f"impact_{dimension}" for dimension in Dimension)
    RATINGS = (
        "likelihood", *IMPACTS, "inherent_likelihood", "inherent_impact", "target_likelihood",
        "target_impact",
    )  # fmt: skip

    # What each step is called stands in the method; an impact as a whole has no scale of its own.
    SCALES: ClassVar = {
        "likelihood": "likelihood_scale",
        **{f"impact_{dimension}": f"{dimension}_scale" for dimension in Dimension},
        "level": "levels",
        "inherent_likelihood": "likelihood_scale",
        "inherent_level": "levels",
        "target_likelihood": "likelihood_scale",
        "target_level": "levels",
    }

    prefix = "RSK"

    assessment = models.ForeignKey(
        RiskAssessment,
        verbose_name=_("assessment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks",
        help_text=_("In which it was last looked at."),
    )
    origin = models.CharField(_("source of risk"), max_length=13, choices=Origin)
    threat = models.ForeignKey(
        Threat,
        verbose_name=_("threat"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks",
    )
    vulnerability = models.ForeignKey(
        Vulnerability,
        verbose_name=_("vulnerability"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks",
    )
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks",
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks",
    )
    leg = models.ForeignKey(
        Leg,
        verbose_name=_("leg"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks",
    )
    process = models.ForeignKey(
        Process,
        verbose_name=_("process"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks",
    )
    equipment = models.ForeignKey(
        EquipmentClass,
        verbose_name=_("equipment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks",
    )
    cause = models.TextField(_("because"), help_text=_("What makes it possible or likely here."))
    event = models.TextField(
        _("it may happen that"), help_text=_("The one moment things go wrong.")
    )
    consequence = models.TextField(
        _("so that"), help_text=_("What it does, to people first, then to everything else.")
    )
    basis = models.TextField(
        _("what the rating rests on"),
        blank=True,
        help_text=_("Figures, incidents, inspections: whoever rates it next starts from here."),
    )
    likelihood = rank(_("likelihood"))
    impact_people = rank(_("impact on people"))
    impact_environment = rank(_("impact on the environment"))
    impact_assets = rank(_("impact on goods and money"))
    impact_operations = rank(_("impact on operations"))
    impact_reputation = rank(_("impact on reputation"))
    impact_law = rank(_("impact on law and obligations"))
    impact = computed(_("impact"))
    level = computed(_("level"))
    level_word = models.CharField(_("level in words"), max_length=40, blank=True, editable=False)
    inherent_likelihood = rank(
        _("inherent likelihood"), help_text=_("As if nothing were done about it.")
    )
    inherent_impact = rank(_("inherent impact"))
    inherent_level = computed(_("inherent level"))
    target_likelihood = rank(
        _("target likelihood"), help_text=_("Once everything planned is in place.")
    )
    target_impact = rank(_("target impact"))
    target_level = computed(_("target level"))
    rated_on = PastDay(
        _("rated on"), null=True, blank=True, help_text=_("Empty: the day on which it is saved.")
    )
    # Which method that is follows from the assessment; the workbook brings only the version.
    method = models.ForeignKey(
        RiskMethod,
        verbose_name=_("method"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="risks",
    )
    rated_version = models.PositiveIntegerField(
        _("rated under version"),
        null=True,
        blank=True,
        help_text=_("The version of the method when it was last rated."),
    )
    frequency = models.FloatField(
        _("times a year"),
        null=True,
        blank=True,
        validators=[finite],
        help_text=_("How often it is expected in a year: 0.2 is once in five years."),
    )
    loss_low = models.PositiveBigIntegerField(
        _("loss, low (P5)"),
        null=True,
        blank=True,
        help_text=_(
            "Each time, in the currency of the risk method: only one in twenty costs less."
        ),
    )
    loss_high = models.PositiveBigIntegerField(
        _("loss, high (P95)"),
        null=True,
        blank=True,
        help_text=_("Only one in twenty costs more than this."),
    )
    decision = models.CharField(_("decision"), max_length=6, choices=Decision, blank=True)
    decision_reason = models.TextField(
        _("why so"), blank=True, help_text=_("What else was weighed, and why this is best.")
    )
    decided_by = models.ForeignKey(
        Person,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks_decided",
        help_text=_("Somebody entitled to approve risks."),
    )
    decided_on = PastDay(_("decided on"), null=True, blank=True)
    passed_on = PastDay(
        _("passed on"),
        null=True,
        blank=True,
        help_text=_("When the risk management of the whole organization took note of it."),
    )
    enterprise_reference = models.CharField(_("its number there"), max_length=60, blank=True)

    objects: ClassVar = RiskManager()

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        indexes = [
            # The matrices count along these and read nothing else of the table.
            *(
                models.Index(
                    fields=[f"{before}likelihood", f"{before}impact", "method", "record_ptr"],
                    name=f"planning_risk_{before}cell",
                )
                for before in ("", "inherent_", "target_")
            ),
            models.Index(fields=["level"], name="planning_risk_level"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(frequency=None, loss_low=None, loss_high=None)
                | Q(
                    frequency__isnull=False,
                    loss_low__isnull=False,
                    loss_high__isnull=False,
                ),
                name="planning_risk_quantified_in_full",
                violation_error_message=_(
                    "Give how often it happens and both ends of the loss, or none of the three."
                ),
            ),
            models.CheckConstraint(
                # The upper limit refuses infinity, and what is no number, on either database.
                condition=Q(frequency=None) | Q(frequency__gt=0, frequency__lte=1000),
                name="planning_risk_frequency_in_range",
                violation_error_message=_("How often a year: more than 0, at most 1,000."),
            ),
            models.CheckConstraint(
                condition=Q(loss_low=None)
                | Q(
                    loss_low__gt=0,
                    loss_high__gt=F("loss_low"),
                    loss_high__lte=LARGEST_LOSS,
                ),
                name="planning_risk_loss_in_order",
                violation_error_message=_(
                    "The low end of the loss is more than nothing and less than the high end."
                ),
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | ~Q(decision=""),
                name="planning_decided_risk_says_what",
                violation_error_message=_("Say what was decided."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        method = self.rating_method()
        if method is None:
            return
        limit = _("The scale of the method goes from 1 to %(steps)s.")
        wrong = {}
        for name in self.RATINGS:
            steps = len(method.likelihoods if "likelihood" in name else method.grid[0])
            asked = name not in self.IMPACTS or name.removeprefix("impact_") in method.dimensions
            if asked and (getattr(self, name) or 0) > steps:
                wrong[name] = ValidationError(limit, params={"steps": steps})
        if wrong:
            raise ValidationError(wrong)

    def save(self, *args, **kwargs) -> None:
        """The levels follow from the ratings; new ratings are made under the method of today."""
        if not kwargs.get("update_fields"):
            if self._rated_anew():
                self.rated_version = None
            self.compute()
        super().save(*args, **kwargs)

    def _rated_anew(self) -> bool:
        """Does a stored risk come with other ratings than it had?"""
        if self._state.adding:
            return False
        stored = Risk.objects.filter(pk=self.pk).values(*self.RATINGS, "rated_on").first()
        if stored is None or all(getattr(self, name) == stored[name] for name in self.RATINGS):
            return False
        if self.rated_on == stored["rated_on"]:
            self.rated_on = None
        return True

    def compute(self) -> None:
        """Set what follows from the ratings by the method: impact, levels, when and by what."""
        self.method = method = self.rating_method()
        if method is None:
            return
        rated = [getattr(self, f"impact_{dimension}") for dimension in method.dimensions]
        self.impact = None if None in rated else max(rated)
        level = method.level(self.likelihood, self.impact)
        inherent = method.level(self.inherent_likelihood, self.inherent_impact)
        target = method.level(self.target_likelihood, self.target_impact)
        self.level, self.level_word = (level.rank, level.word) if level else (None, "")
        self.inherent_level = inherent.rank if inherent else None
        self.target_level = target.rank if target else None
        if level:
            self.rated_on = self.rated_on or timezone.localdate()
            self.rated_version = self.rated_version or method.version

    def rating_method(self) -> RiskMethod | None:
        """The method of its assessment; outside any, the one in use."""
        if self.assessment is not None:
            return self.assessment.method
        return self.method or RiskMethod.objects.in_use()

    @property
    def subject(self) -> Record | None:
        """What in the supply chain it is about."""
        return self.place or self.partner or self.leg or self.process or self.equipment

    @property
    def under_earlier_method(self) -> bool:
        """Does the method rate differently by now?"""
        return self.method is not None and (self.rated_version or 0) < self.method.rates_since

    def _in_words(self, name: str) -> str:
        """A step and what it is called, "4. Likely"; where the method has changed, its number."""
        rank = getattr(self, name)
        if rank is None or self.method is None or self.under_earlier_method:
            return "" if rank is None else str(rank)
        scale = read_scale(getattr(self.method, self.SCALES[name]))
        return next((str(step) for step in scale if step.rank == rank), str(rank))


for _name in Risk.SCALES:  # as Django names what says a value in words
    setattr(Risk, f"get_{_name}_display", partialmethod(Risk._in_words, _name))


class AssessorView(models.Model):
    """How one person of the team sees a risk, before the team agrees on one rating (4.2.3.8)."""

    part_of = "assessment"

    assessment = models.ForeignKey(
        RiskAssessment,
        verbose_name=_("assessment"),
        on_delete=models.CASCADE,
        related_name="views",
    )
    risk = models.ForeignKey(
        Risk, verbose_name=_("risk"), on_delete=models.PROTECT, related_name="views"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="risk_views"
    )
    likelihood = rank(_("likelihood"))
    impact = rank(_("impact"))
    view = models.TextField(_("in their words"), blank=True)

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("view of an assessor")
        verbose_name_plural = _("views of assessors")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "risk", "person"],
                name="planning_one_view_a_person",
                violation_error_message=_("This person's view of the risk is there already."),
            ),
            models.CheckConstraint(
                condition=Q(likelihood__isnull=False, impact__isnull=False) | ~Q(view=""),
                name="planning_view_says_something",
                violation_error_message=_("Give a rating of both, or say it in words."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment.number}: {self.person}"


class RiskAcceptance(Record):
    """Somebody entitled takes a risk on as it stands, until a day (8.3 c).

    What the risk was at that moment is kept with it: a risk that has grown since is not the one
    that was accepted.
    """

    prefix = "ACC"
    signature = "accepted_by"
    happened_on = "accepted_on"

    risk = models.ForeignKey(
        Risk, verbose_name=_("risk"), on_delete=models.PROTECT, related_name="acceptances"
    )
    reason = models.TextField(
        _("why it is taken on"), help_text=_("What speaks for living with it, and until when.")
    )
    conditions = models.TextField(
        _("on condition that"), blank=True, help_text=_("What must stay as it is meanwhile.")
    )
    accepted_by = models.ForeignKey(
        Person,
        verbose_name=_("accepted by"),
        on_delete=models.PROTECT,
        related_name="risks_accepted",
    )
    accepted_on = PastDay(_("accepted on"), default=timezone.localdate)
    expires_on = models.DateField(
        _("expires on"), help_text=_("The day from which it has to be accepted anew.")
    )
    # The risk's state at that moment, and the place in the trail where all of it can be read.
    risk_version = models.PositiveIntegerField(_("version of the risk"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(_("level then"), null=True, blank=True)
    level_word = models.CharField(_("level then, in words"), max_length=40, blank=True)
    likelihood = models.PositiveSmallIntegerField(_("likelihood then"), null=True, blank=True)
    impact = models.PositiveSmallIntegerField(_("impact then"), null=True, blank=True)
    entry = models.BigIntegerField(_("entry"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("risk acceptance")
        verbose_name_plural = _("risk acceptances")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("accepted_on")),
                name="planning_acceptance_lasts",
                violation_error_message=_("It expires after the day on which it was given."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.accepted_by_id and self.risk_id and not self.is_entitled:
            raise ValidationError(_("This person has no authority to approve this risk."))

    @property
    def is_told(self) -> bool:
        """Is it one of the past, out of a workbook, that says what the risk was then?"""
        day = self.accepted_on
        return self.risk_version is not None and day is not None and day < timezone.localdate()

    @property
    def is_entitled(self) -> bool:
        """May whoever accepts approve the risk? Of one of the past: could they on that day?"""
        if may(self.accepted_by, Verb.APPROVE, self.risk):
            return True
        return self.is_told and could(self.accepted_by, Verb.APPROVE, self.risk, self.accepted_on)

    def save(self, *args, **kwargs) -> None:
        """What the risk is at this moment is written down, and stays.

        Only an acceptance of the past, out of a workbook, brings what the risk was then.
        """
        if self._state.adding and not self.is_told:
            self.capture()
        super().save(*args, **kwargs)

    def capture(self) -> None:
        """Take down what the risk is now, and where in the trail all of it can be read."""
        risk = Risk.objects.get(pk=self.risk_id)
        self.risk_version = risk.version
        self.level, self.level_word = risk.level, risk.level_word
        self.likelihood, self.impact = risk.likelihood, risk.impact
        known = history(risk)
        self.entry = known[0].entry_index if known else None
