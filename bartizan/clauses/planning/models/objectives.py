"""What the organization wants to reach in security, and how near it is (6.2)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.context.models import InterestedParty
from bartizan.clauses.planning.models.planned import Aim, Planned
from bartizan.clauses.planning.models.risks import finite
from bartizan.clauses.planning.progress import in_words, share_reached
from bartizan.ground.people.models import Person
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import BetweenQuerySet, PartQuerySet, Record


class Objective(Record, Planned, Aim):
    """Something security is to achieve: what, by when, who, with what, and how one will tell (6.2).

    It belongs to the unit for which it is set. Links say what it rests on: it serves commitments
    of the policy; the risks, obligations and requirements weighed for it are linked as well. How
    far it got is computed from its readings and never typed.
    """

    class Direction(models.TextChoices):
        UP = "up", _("More is better")
        DOWN = "down", _("Less is better")

    class Verdict(models.TextChoices):
        REACHED = "reached", _("Reached")
        PARTLY = "partly", _("Reached in part")
        MISSED = "missed", _("Missed")

    prefix = "OBJ"
    needs_approval = True

    description = models.TextField(
        _("what is to be reached"),
        help_text=_("What will be different, for whom, in a sentence or two."),
    )
    strategic_goal = models.CharField(
        _("goal of the organization it serves"),
        max_length=200,
        blank=True,
        help_text=_("From the strategy or the business plan: pharma is a third of revenue."),
    )
    broad_objective = models.CharField(
        _("broad objective it stands under"),
        max_length=200,
        blank=True,
        help_text=_("In the words of the policy: one of the overall aims that it names."),
    )
    measure = models.CharField(
        _("what is measured"),
        max_length=200,
        blank=True,
        help_text=_("Claims for loss per 1,000 consignments."),
    )
    measured_in = models.CharField(
        _("measured in"), max_length=40, blank=True, help_text=_("As in per 1,000, %, minutes.")
    )
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, blank=True)
    method = models.TextField(
        _("how it is measured"),
        blank=True,
        help_text=_("From which records, by whom, so that two people get the same figure."),
    )
    cadence_days = models.PositiveIntegerField(
        _("read every (days)"), null=True, blank=True, help_text=_("As in 30 for once a month.")
    )
    not_practicable_reason = models.TextField(
        _("why it can't be measured"),
        blank=True,
        help_text=_("Only where no figure is practicable. Then say by what else one will tell."),
    )
    qualitative_test = models.TextField(
        _("by what else one will tell"),
        blank=True,
        help_text=_("Two people come to the same answer: at each site a plan hangs at the gate."),
    )
    follows = models.ForeignKey(
        "self",
        verbose_name=_("follows"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
        help_text=_("The objective before it: what that one reached is not given up."),
    )
    weaker_goal_reason = models.TextField(
        _("why less is aimed at than was reached"),
        blank=True,
        help_text=_("As in: we now take loads worth ten times as much."),
    )
    no_requirement_reason = models.TextField(
        _("why no requirement bears on it"),
        blank=True,
        help_text=_("Only where no obligation and no requirement of a party is linked."),
    )
    financial_needs = models.TextField(
        _("money"), blank=True, help_text=_("What it may cost, what it saves, when there is money.")
    )
    operational_needs = models.TextField(
        _("operations"), blank=True, help_text=_("What it must not slow down, and when.")
    )
    business_needs = models.TextField(
        _("business"), blank=True, help_text=_("What customers and the market expect of it.")
    )
    no_means_reason = models.TextField(
        _("why it takes no means"),
        blank=True,
        help_text=_("Only where no people, money, equipment or time is asked for it."),
    )
    no_target_reason = models.TextField(
        _("why it has no target"),
        blank=True,
        help_text=_("Targets break it down for a site, a unit, a process. As in: one site only."),
    )
    evaluator = models.ForeignKey(
        Person,
        verbose_name=_("judged by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="objectives_to_judge",
        help_text=_("Says on the day due whether it was reached: somebody other than the owner."),
    )
    verdict = models.CharField(_("result"), max_length=8, choices=Verdict, blank=True)
    verdict_note = models.TextField(
        _("what the result rests on"), blank=True, help_text=_("The last figure, and why so.")
    )

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        constraints = [
            *Planned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(baseline=None, goal=None)
                | (~Q(measure="") & ~Q(measured_in="") & ~Q(direction="")),
                name="planning_objective_figures_say_of_what",
                violation_error_message=_(
                    "A figure says what is measured, in what, and whether more or less is better."
                ),
            ),
            models.CheckConstraint(
                condition=Q(not_practicable_reason="") | Q(baseline=None, goal=None),
                name="planning_objective_measured_or_not",
                violation_error_message=_("It has figures: then it can be measured."),
            ),
            models.CheckConstraint(
                condition=Q(cadence_days=None) | Q(cadence_days__gt=0),
                name="planning_objective_cadence_is_a_day_or_more",
                violation_error_message=_("It is read every day at most: give 1 or more."),
            ),
            models.CheckConstraint(
                condition=Q(verdict="", done_on=None)
                | (~Q(verdict="") & ~Q(verdict_note="") & Q(done_on__isnull=False)),
                name="planning_objective_verdict_is_whole",
                violation_error_message=_(
                    "A result has a day, and says what it rests on; without one it is not closed."
                ),
            ),
        ]

    @property
    def last_reading(self) -> "ObjectiveReading | None":
        """The newest figure; None as long as nobody has looked."""
        return max(self.readings.all(), key=lambda one: one.on, default=None)

    @property
    def progress(self) -> str:
        """How much of the way is behind us, in words."""
        return in_words(self, self.last_reading)

    @property
    def share(self) -> float | None:
        """How much of the way is behind us, from 0 to 1; None where no figure tells."""
        last = self.last_reading
        return share_reached(self.baseline, self.goal, last.value if last else None)


class Reading(models.Model):
    """A figure on a day, or what was seen where there is none. No table of its own."""

    on = PastDay(_("read on"), default=timezone.localdate)
    value = models.FloatField(_("figure"), null=True, blank=True, validators=[finite])
    note = models.CharField(
        _("what was seen"),
        max_length=300,
        blank=True,
        help_text=_("What stands behind the figure or, where there is none, how things stand."),
    )
    read_by = models.ForeignKey(
        Person,
        verbose_name=_("read by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(note=""),
                name="%(app_label)s_%(class)s_says_something",
                violation_error_message=_("Give the figure, or say what was seen."),
            )
        ]


class ObjectiveReading(Reading):
    """How an objective stood on a day (6.2.1 d)."""

    part_of = "objective"
    happened_on = "on"

    objective = models.ForeignKey(
        Objective, verbose_name=_("objective"), on_delete=models.CASCADE, related_name="readings"
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("objective reading")
        verbose_name_plural = _("objective readings")
        ordering = ["-on", "-pk"]
        constraints = [
            *Reading.Meta.constraints,
            models.UniqueConstraint(
                fields=["objective", "on"],
                name="planning_objective_read_once_a_day",
                violation_error_message=_("It was read on this day already: correct that reading."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objective.number}, {self.on}"


class WeighedOption(models.Model):
    """A way to reach an objective that was looked at, and why it was taken or not (6.2.2)."""

    happened_on = "weighed_on"

    class Sort(models.TextChoices):
        TECHNOLOGY = "technology", _("Technology")
        PEOPLE = "people", _("People")
        ADMINISTRATION = "administration", _("Administration")
        OTHER = "other", _("Other")

    part_of = "objective"

    objective = models.ForeignKey(
        Objective, verbose_name=_("objective"), on_delete=models.CASCADE, related_name="options"
    )
    sort = models.CharField(_("sort"), max_length=16, choices=Sort)
    option = models.CharField(
        _("option"), max_length=200, help_text=_("As in: a second guard at night.")
    )
    is_chosen = models.BooleanField(_("taken"), default=False)
    reason = models.TextField(
        _("why, or why not"), blank=True, help_text=_("Effect, cost, time, side effects.")
    )
    weighed_on = PastDay(_("weighed on"), default=timezone.localdate)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("weighed option")
        verbose_name_plural = _("weighed options")
        ordering = ["objective", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "option"],
                name="planning_option_weighed_once",
                violation_error_message=_("This option is listed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.objective.number}: {self.option}"


class PartyView(models.Model):
    """What an interested party thinks of an objective, and what it does to them (6.2.2)."""

    part_of = "objective"
    happened_on = "heard_on"

    objective = models.ForeignKey(
        Objective, verbose_name=_("objective"), on_delete=models.CASCADE, related_name="views"
    )
    party = models.ForeignKey(
        InterestedParty,
        verbose_name=_("interested party"),
        on_delete=models.PROTECT,
        related_name="views_on_objectives",
    )
    view = models.TextField(_("what they think"), help_text=_("In their words, and who said so."))
    impact = models.TextField(_("what it does to them"), help_text=_("Waiting, cost, safety."))
    heard_on = PastDay(
        _("heard on"),
        default=timezone.localdate,
        help_text=_("Before the objective is approved or reviewed: later it changes nothing."),
    )

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("party view")
        verbose_name_plural = _("party views")
        ordering = ["objective", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "party", "heard_on"],
                name="planning_party_view_once_a_day",
                violation_error_message=_("What they said on this day is noted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.objective.number}: {self.party.title}"
