"""How objectives and targets are to be reached, step by step (draft, 4.3.5; 5.1, 6.2.2)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.planning.models.planned import Planned
from bartizan.ground.people.models import Person, Role
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import PartQuerySet, Record


class Programme(Record, Planned):
    """Steps that lead to objectives and targets, which it serves by links (draft, 4.3.5).

    It is made as good as it can be before it gets its rank among the others. A programme that
    somebody else in the organization runs is listed too, and held against the system (5.1).
    """

    class Origin(models.TextChoices):
        OURS = "ours", _("Part of the system")
        ELSEWHERE = "elsewhere", _("Run elsewhere in the organization")

    class Fit(models.TextChoices):
        COMPLEMENTS = "complements", _("Adds to the system")
        OVERLAPS = "overlaps", _("Overlaps with it")
        CONFLICTS = "conflicts", _("Cuts across it")

    prefix = "PGM"
    needs_approval = True

    description = models.TextField(
        _("what it does"), help_text=_("What will be there at the end that is not there now.")
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.OURS)
    means = models.TextField(
        _("by what means"),
        blank=True,
        help_text=_("People, equipment, money, time: what there is, and from where."),
    )
    budget = models.PositiveBigIntegerField(
        _("budget"), null=True, blank=True, help_text=_("In whole units of the currency.")
    )
    actual_cost = models.PositiveBigIntegerField(
        _("spent so far"), null=True, blank=True, help_text=_("0 where nothing is spent yet.")
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    overrun_decision = models.TextField(
        _("decision on spending more"),
        blank=True,
        help_text=_("Who decided what when more was spent than planned."),
    )
    options_compared = models.TextField(
        _("ways that were compared"),
        blank=True,
        help_text=_("Cost, effect and time of each, and why this one: so it was made its best."),
    )
    compared_on = PastDay(_("compared on"), null=True, blank=True)
    rank = models.PositiveIntegerField(
        _("rank"), null=True, blank=True, help_text=_("1 comes first. Each rank once.")
    )
    ranked_on = PastDay(
        _("ranked on"), null=True, blank=True, help_text=_("After the ways were compared.")
    )
    rank_reason = models.TextField(
        _("how the rank was found"),
        blank=True,
        help_text=_("As in: by risk taken away for each thousand spent."),
    )
    fit = models.CharField(_("fit with the system"), max_length=12, choices=Fit, blank=True)
    fit_note = models.TextField(
        _("how that shows"),
        blank=True,
        help_text=_("Where the two meet: the same gate, the same guards, other rules."),
    )
    fit_checked_on = PastDay(_("fit checked on"), null=True, blank=True)
    fit_decided_by = models.ForeignKey(
        Role,
        verbose_name=_("fit decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programme_fits_decided",
    )
    conflict_settled_on = PastDay(_("conflict settled on"), null=True, blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            *Planned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(options_compared="", compared_on=None)
                | (~Q(options_compared="") & Q(compared_on__isnull=False)),
                name="planning_programme_comparison_is_dated",
                violation_error_message=_("Say both what was compared and when."),
            ),
            models.CheckConstraint(
                condition=Q(rank=None, ranked_on=None)
                | Q(rank__gt=0, ranked_on__isnull=False) & ~Q(rank_reason=""),
                name="planning_programme_rank_is_found",
                violation_error_message=_("A rank counts from 1, has a day and says how found."),
            ),
            models.CheckConstraint(
                condition=Q(fit="") | (~Q(fit_note="") & Q(fit_checked_on__isnull=False)),
                name="planning_programme_fit_is_explained",
                violation_error_message=_("Say how the fit shows, and when it was checked."),
            ),
            models.CheckConstraint(
                condition=Q(conflict_settled_on=None) | Q(fit="conflicts"),
                name="planning_programme_only_conflicts_are_settled",
                violation_error_message=_("Only what cuts across the system can be settled."),
            ),
        ]

    @property
    def progress(self) -> str:
        """How many of its steps are done, in words."""
        steps = list(self.steps.all())
        done = sum(step.done_on is not None for step in steps)
        return str(_("%(done)s of %(all)s steps done") % {"done": done, "all": len(steps)})


class ProgrammeStep(models.Model):
    """One step of a programme: what will be there, who sees to it, from when to when (6.2.2)."""

    part_of = "programme"

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="steps"
    )
    place_in_order = models.PositiveIntegerField(_("step"), help_text=_("1 comes first."))
    deliverable = models.CharField(
        _("what will be there"), max_length=200, help_text=_("Something one can look at.")
    )
    who = models.ForeignKey(
        Person,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programme_steps",
    )
    starts_on = models.DateField(_("starts on"), default=timezone.localdate)
    due = models.DateField(_("due"), null=True, blank=True)
    done_on = PastDay(_("done on"), null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=300, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme step")
        verbose_name_plural = _("programme steps")
        ordering = ["programme", "place_in_order"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "place_in_order"],
                name="planning_step_in_its_place",
                violation_error_message=_("The programme has this step already."),
            ),
            models.CheckConstraint(
                condition=Q(due=None) | Q(due__gte=F("starts_on")),
                name="planning_step_due_after_start",
                violation_error_message=_("It can't be due before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.number}.{self.place_in_order} {self.deliverable}"
