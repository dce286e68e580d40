"""Looking again at objectives, targets, programmes, and at what they do elsewhere (5.1, 5.2.1)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.leadership.models import SecurityPolicy
from bartizan.clauses.planning.models.objectives import Objective
from bartizan.clauses.planning.models.programmes import Programme
from bartizan.clauses.planning.models.targets import Target
from bartizan.ground.people.models import Person
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import Record


class PlanReview(Record):
    """Somebody looked at an objective, target or programme: does it hold, can it be done (5.1)?

    It sets the day of the last review of what it looked at, and keeps the version it saw: an
    amendment that was decided is there once a newer version is approved.
    """

    happened_on = "held_on"

    class Verdict(models.TextChoices):
        KEEP = "keep", _("Keep as it is")
        AMEND = "amend", _("Amend")
        END = "end", _("End")

    class Viability(models.TextChoices):
        VIABLE = "viable", _("Can be carried through")
        NOT_VIABLE = "not-viable", _("Can't be carried through")

    class Effect(models.TextChoices):
        WORKS = "works", _("Works")
        PARTLY = "partly", _("Works in part")
        FAILS = "fails", _("Does not work")

    prefix = "PRV"

    objective = models.ForeignKey(
        Objective,
        verbose_name=_("objective"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_reviews",
    )
    target = models.ForeignKey(
        Target,
        verbose_name=_("target"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_reviews",
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_reviews",
    )
    held_on = PastDay(_("looked at on"), default=timezone.localdate)
    held_by = models.ForeignKey(
        Person,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        related_name="plan_reviews",
        help_text=_("Whether it can be carried through is decided by top management."),
    )
    version_seen = models.PositiveIntegerField(
        _("version looked at"), null=True, blank=True, help_text=_("Left empty: the present one.")
    )
    findings = models.TextField(
        _("what was found"), help_text=_("Still relevant? Still fits policy and risks? On course?")
    )
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    amend_by = models.DateField(
        _("amended by"), null=True, blank=True, help_text=_("When the newer version is due.")
    )
    viability = models.CharField(_("viability"), max_length=12, choices=Viability, blank=True)
    effect = models.CharField(
        _("effect so far"),
        max_length=8,
        choices=Effect,
        blank=True,
        help_text=_("Of a programme: does it bring the objectives nearer?"),
    )
    efficiency = models.TextField(
        _("use of means"),
        blank=True,
        help_text=_("Of a programme: was it worth its money, and what would have been cheaper?"),
    )

    class Meta:
        verbose_name = _("plan review")
        verbose_name_plural = _("plan reviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(objective__isnull=False, target=None, programme=None)
                | Q(objective=None, target__isnull=False, programme=None)
                | Q(objective=None, target=None, programme__isnull=False),
                name="planning_review_is_of_one_thing",
                violation_error_message=_("Name exactly one: an objective, target or programme."),
            ),
            models.CheckConstraint(
                condition=~Q(verdict="amend") | Q(amend_by__isnull=False),
                name="planning_review_amendment_has_a_day",
                violation_error_message=_("Say by when it is amended."),
            ),
        ]

    @property
    def subject(self) -> Objective | Target | Programme | None:
        """What was looked at."""
        return self.objective or self.target or self.programme

    def clean_fields(self, exclude=None) -> None:
        self.title = self.title or self._title()
        super().clean_fields(exclude)

    def save(self, *args, **kwargs) -> None:
        """It is called after what was looked at, which has been reviewed with it."""
        self.title = self.title or self._title()
        if self.version_seen is None and self.subject is not None:
            self.version_seen = self.subject.version
        super().save(*args, **kwargs)
        self._note_the_day()

    def _title(self) -> str:
        if self.subject is None:
            return str(self._meta.verbose_name)
        return (_("Review of %(title)s") % {"title": self.subject.title})[:200]

    def _note_the_day(self) -> None:
        subject = self.subject
        if subject is None or (subject.reviewed_on and subject.reviewed_on >= self.held_on):
            return
        subject.reviewed_on = self.held_on
        if subject.review_due and subject.review_due <= self.held_on:
            subject.review_due = None
        subject.save(update_fields=["reviewed_on", "review_due"])


class SideEffectNote(Record):
    """What a policy, objective, target or programme may do to the rest of the house (5.2.1 e)."""

    prefix = "SDE"
    happened_on = "considered_on"

    policy = models.ForeignKey(
        SecurityPolicy,
        verbose_name=_("security policy"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="side_effect_notes",
    )
    objective = models.ForeignKey(
        Objective,
        verbose_name=_("objective"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="side_effect_notes",
    )
    target = models.ForeignKey(
        Target,
        verbose_name=_("target"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="side_effect_notes",
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="side_effect_notes",
    )
    considered_on = PastDay(
        _("considered on"),
        default=timezone.localdate,
        help_text=_("Before what it is about is approved."),
    )
    safety = models.TextField(
        _("safety of people"), help_text=_("As in: locked doors and a fire. None is an answer.")
    )
    privacy = models.TextField(_("privacy"), help_text=_("Cameras, screening, tracking."))
    cost = models.TextField(
        _("cost to others"), help_text=_("Who pays for it elsewhere, and what.")
    )
    flow_of_goods = models.TextField(_("flow of goods"), help_text=_("Queues, hours, detours."))
    answer = models.TextField(
        _("what is done about it"), blank=True, help_text=_("What was changed, or why it is borne.")
    )

    class Meta:
        verbose_name = _("side-effect note")
        verbose_name_plural = _("side-effect notes")
        constraints = [
            models.CheckConstraint(
                condition=Q(policy__isnull=False, objective=None, target=None, programme=None)
                | Q(policy=None, objective__isnull=False, target=None, programme=None)
                | Q(policy=None, objective=None, target__isnull=False, programme=None)
                | Q(policy=None, objective=None, target=None, programme__isnull=False),
                name="planning_side_effects_of_one_thing",
                violation_error_message=_(
                    "Name exactly one: a policy, objective, target or programme."
                ),
            )
        ]

    @property
    def subject(self) -> Record | None:
        """What the note is about."""
        return self.policy or self.objective or self.target or self.programme

    def clean_fields(self, exclude=None) -> None:
        self.title = self.title or self._title()
        super().clean_fields(exclude)

    def save(self, *args, **kwargs) -> None:
        """It is called after what it is about unless somebody named it."""
        self.title = self.title or self._title()
        super().save(*args, **kwargs)

    def _title(self) -> str:
        return self.subject.title if self.subject else str(self._meta.verbose_name)
