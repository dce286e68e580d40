"""What holds risks in check, what it does to each of them, and whether it works (8.4, 8.5.3)."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models import Leg, Partner, Place, Process
from bartizan.clauses.operation.models.effects import Effect
from bartizan.clauses.operation.models.treatments import TreatmentPlan
from bartizan.clauses.planning.models import Risk
from bartizan.ground.people.models import Person
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import BetweenQuerySet, Record, RecordManager, RecordQuerySet


class ControlQuerySet(RecordQuerySet["Control"]):
    """What can be asked of controls."""

    def in_operation(self, day: Any) -> Self:
        """Those at work on that day, which may be a column of the query around this one."""
        whole = Q(out_of_order_since=None) | Q(out_of_order_since__gt=day)
        return self.live().filter(whole, in_operation_since__lte=day)


ControlManager = RecordManager.from_queryset(ControlQuerySet)


class Control(Record):
    """What is done, or stands, to keep something from happening or from doing harm (8.4).

    Which risks it bears on, and how much, are its rows `ControlledRisk`; the nodes downstream that
    it protects are links `serves`; the obligations and requirements it meets are links `answers`.
    """

    class Kind(models.TextChoices):
        PREVENTIVE = "preventive", _("Preventive")
        DETECTIVE = "detective", _("Detective")
        RESPONSIVE = "responsive", _("Responsive")
        RECOVERING = "recovering", _("Recovering")

    prefix = "CTL"

    control_kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind,
        help_text=_(
            "Preventive keeps it from happening, detective notices it, responsive limits what it"
            " does, recovering brings things back."
        ),
    )
    description = models.TextField(
        _("how it works"),
        help_text=_("Who does what, or what stands where, and what it takes to get round it."),
    )

    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="controls",
        help_text=_("Where it is; a control without place, leg, partner and process is general."),
    )
    leg = models.ForeignKey(
        Leg,
        verbose_name=_("leg"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="controls",
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="controls",
        help_text=_("Whom it keeps under control, or who carries it out for us."),
    )
    process = models.ForeignKey(
        Process,
        verbose_name=_("process"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="controls",
        help_text=_("The process it is part of."),
    )
    treatment = models.ForeignKey(
        TreatmentPlan,
        verbose_name=_("brought by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="controls",
        help_text=_("The treatment plan that puts it in place, if one does."),
    )

    due = models.DateField(
        _("to be in operation by"),
        null=True,
        blank=True,
        help_text=_("For a control that is still to come."),
    )
    in_operation_since = PastDay(
        _("in operation since"),
        null=True,
        blank=True,
        help_text=_("Empty as long as it is only planned."),
    )
    out_of_order_since = PastDay(
        _("out of order since"), null=True, blank=True, help_text=_("Empty while it works.")
    )
    stopgap = models.TextField(
        _("what is done meanwhile"),
        blank=True,
        help_text=_("What takes its place until it works again."),
    )

    check_every_days = models.PositiveIntegerField(
        _("is checked every (days)"),
        null=True,
        blank=True,
        help_text=_("How often somebody makes sure that it works: 90 for once a quarter."),
    )
    cost_per_year = models.PositiveBigIntegerField(
        _("cost per year"),
        null=True,
        blank=True,
        help_text=_("In whole units of the currency you keep your books in."),
    )

    objects: ClassVar = ControlManager()

    class Meta:
        verbose_name = _("control")
        verbose_name_plural = _("controls")
        constraints = [
            models.CheckConstraint(
                condition=Q(due__isnull=False) | Q(in_operation_since__isnull=False),
                name="operation_control_works_or_is_due",
                violation_error_message=_(
                    "Say since when it is in operation, or by when it is to be."
                ),
            ),
            models.CheckConstraint(
                condition=Q(out_of_order_since=None)
                | Q(
                    in_operation_since__isnull=False,
                    out_of_order_since__gte=F("in_operation_since"),
                ),
                name="operation_control_fails_after_it_worked",
                violation_error_message=_(
                    "What is out of order was in operation before: check the two days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(check_every_days=None) | Q(check_every_days__gt=0),
                name="operation_control_is_checked_at_an_interval",
                violation_error_message=_("It is checked every day at most: give 1 or more."),
            ),
        ]


class ControlCheck(Record):
    """Somebody made sure that a control works, or found that it does not (8.5.3).

    What they saw is written here; pictures, logs and reports are attached.
    """

    happened_on = "checked_on"

    class Result(models.TextChoices):
        PASSED = "passed", _("Works")
        PARTLY = "partly", _("Works in part")
        FAILED = "failed", _("Does not work")

    prefix = "CCK"

    control = models.ForeignKey(
        Control, verbose_name=_("control"), on_delete=models.PROTECT, related_name="checks"
    )
    checked_on = PastDay(_("checked on"), default=timezone.localdate)
    checked_by = models.ForeignKey(
        Person,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="control_checks",
        help_text=_("Better somebody other than whoever answers for the control."),
    )
    method = models.TextField(
        _("how it was checked"),
        help_text=_("What was tried, looked at or counted, and how much of it."),
    )
    result = models.CharField(_("result"), max_length=6, choices=Result)
    finding = models.TextField(
        _("what was found"),
        blank=True,
        help_text=_("Facts, also where it works: 38 of 40 seals photographed."),
    )
    next_due = models.DateField(
        _("next check due"),
        null=True,
        blank=True,
        help_text=_("Left empty: one interval of the control later."),
    )

    class Meta:
        verbose_name = _("control check")
        verbose_name_plural = _("control checks")
        indexes = [models.Index(fields=["control", "checked_on"], name="operation_check_of_ctl")]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="passed") | ~Q(finding=""),
                name="operation_failed_check_says_what_was_found",
                violation_error_message=_("Say what was found not to work."),
            ),
            models.CheckConstraint(
                condition=Q(next_due=None) | Q(next_due__gt=F("checked_on")),
                name="operation_next_check_after_this_one",
                violation_error_message=_("The next check lies after this one."),
            ),
        ]

    def clean_fields(self, exclude: Any = None) -> None:
        self.title = self._title()
        super().clean_fields(exclude)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Called after its control and its day; without a day of its own it says the next."""
        self.title = self._title()
        if self.next_due is None and (days := self.control.check_every_days):
            self.next_due = self.checked_on + timedelta(days=days)
        super().save(*args, **kwargs)

    def _title(self) -> str:
        if not self.control_id:
            return str(self._meta.verbose_name)
        return f"{self.control.title}, {self.checked_on}"[:200]


class ControlledRisk(Effect):
    """A control bears on a risk: what it leaves of how often it happens and how bad it gets."""

    part_of = "control"

    control = models.ForeignKey(
        Control,
        verbose_name=_("control"),
        on_delete=models.PROTECT,
        related_name="controlled_risks",
    )
    risk = models.ForeignKey(
        Risk, verbose_name=_("risk"), on_delete=models.PROTECT, related_name="control_effects"
    )
    objects = BetweenQuerySet.as_manager()

    class Meta(Effect.Meta):
        verbose_name = _("controlled risk")
        verbose_name_plural = _("controlled risks")
        ordering = ["pk"]
        constraints = [
            *Effect.Meta.constraints,
            models.UniqueConstraint(
                fields=["control", "risk"],
                name="operation_control_bears_on_a_risk_once",
                violation_error_message=_("This control bears on this risk already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.control.number}: {self.risk.title}"


class PeopleControl(models.Model):
    """What keeps a process safe when people join, change post or leave, or why nothing (8.4)."""

    class Moment(models.TextChoices):
        JOINING = "joining", _("People join")
        MOVING = "moving", _("People change post")
        LEAVING = "leaving", _("People leave")

    part_of = "process"

    process = models.ForeignKey(
        Process,
        verbose_name=_("process"),
        on_delete=models.PROTECT,
        related_name="people_controls",
    )
    moment = models.CharField(
        _("when"),
        max_length=7,
        choices=Moment,
        help_text=_(
            "Vetting and access when they join, access anew when they change post, keys"
            " and badges back when they leave."
        ),
    )
    control = models.ForeignKey(
        Control,
        verbose_name=_("control"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people_controls",
    )
    none_reason = models.CharField(
        _("why none is needed"), max_length=300, blank=True, help_text=_("Only without a control.")
    )

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("people control")
        verbose_name_plural = _("people controls")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "moment", "control"],
                name="operation_people_control_once",
                violation_error_message=_("This is said of the process already."),
            ),
            models.UniqueConstraint(
                fields=["process", "moment"],
                condition=Q(control=None),
                name="operation_one_reason_without_people_control",
                violation_error_message=_("A reason is given already: change that one."),
            ),
            models.CheckConstraint(
                condition=Q(control__isnull=False, none_reason="")
                | (Q(control=None) & ~Q(none_reason="")),
                name="operation_people_control_or_reason",
                violation_error_message=_(
                    "Name the control, or say why none is needed: one of the two."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process.number}: {self.get_moment_display()}"
