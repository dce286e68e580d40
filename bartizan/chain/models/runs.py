"""By what a run of a process is judged, and what came of it each time (8.1)."""

from datetime import timedelta
from math import isfinite
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models.processes import Process
from bartizan.ground.people.models import Person
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import BetweenQuerySet, Record, RecordManager, RecordQuerySet


class Criterion(Record):
    """By what one sees that a run of a process went as it should (8.1)."""

    prefix = "CRI"

    process = models.ForeignKey(
        Process, verbose_name=_("process"), on_delete=models.PROTECT, related_name="criteria"
    )
    rule = models.TextField(
        _("pass rule"),
        blank=True,
        help_text=_("When is it passed? As in: the number on the seal is the one on the papers."),
    )
    lower_limit = models.FloatField(_("at least"), null=True, blank=True)
    upper_limit = models.FloatField(_("at most"), null=True, blank=True)
    measured_in = models.CharField(
        _("measured in"), max_length=40, blank=True, help_text=_("As in minutes, %, pieces.")
    )
    applies_since = models.DateField(
        _("applies since"),
        default=timezone.localdate,
        help_text=_("Runs from this day on have a result for it."),
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.CheckConstraint(
                condition=Q(lower_limit=None)
                | Q(upper_limit=None)
                | Q(lower_limit__lte=F("upper_limit")),
                name="chain_criterion_limits_in_order",
                violation_error_message=_("The lower limit lies above the upper one."),
            )
        ]

    @property
    def limits(self) -> str:
        """The limits in words, as in "at least 2, at most 8 °C"."""
        limits = ((_("at least"), self.lower_limit), (_("at most"), self.upper_limit))
        parts = [
            f"{words} {number_format(f'{limit:.15g}', force_grouping=True)}"
            for words, limit in limits
            if limit is not None
        ]
        return f"{', '.join(parts)} {self.measured_in}".strip() if parts else ""

    def passes(self, value: str) -> bool | None:
        """Does a measured value keep the limits? None where no limit can tell."""
        try:
            measured = float(value.replace(",", "."))
        except ValueError:
            return None
        if not isfinite(measured) or (self.lower_limit is None and self.upper_limit is None):
            return None
        above = self.lower_limit is None or measured >= self.lower_limit
        return above and (self.upper_limit is None or measured <= self.upper_limit)


class ProcessRunQuerySet(RecordQuerySet["ProcessRun"]):
    """What can be asked of the runs of processes."""

    def done(self) -> Self:
        """Those that took place, of processes that count."""
        return self.live().filter(ran_on__isnull=False, process__in=Process.objects.in_scope())


ProcessRunManager = RecordManager.from_queryset(ProcessRunQuerySet)


class ProcessRun(Record):
    """One time a process was due or was carried out: by whom, when, with what result (8.1)."""

    happened_on = "ran_on"

    # A night shift is written up the next morning: that still counts as at the time.
    AT_THE_TIME = timedelta(days=1)

    prefix = "RUN"

    process = models.ForeignKey(
        Process, verbose_name=_("process"), on_delete=models.PROTECT, related_name="runs"
    )
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    ran_on = PastDay(
        _("ran on"), null=True, blank=True, help_text=_("Empty as long as it is only planned.")
    )
    performed_by = models.ForeignKey(
        Person,
        verbose_name=_("performed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="process_runs",
    )
    recorded_on = PastDay(
        _("written down on"),
        null=True,
        blank=True,
        help_text=_(
            "Set when the day of the run is entered. Later than the day after the run, it counts"
            " as back-dated."
        ),
    )
    result = models.TextField(
        _("result"), blank=True, help_text=_("What came of it, in a sentence or two.")
    )

    objects: ClassVar = ProcessRunManager()

    class Meta:
        verbose_name = _("process run")
        verbose_name_plural = _("process runs")
        indexes = [
            # Checks go through every run there ever was, and read nothing else of the table.
            models.Index(
                fields=["process", "ran_on", "recorded_on", "record_ptr"],
                name="chain_run_of_process",
            ),
            # The list of the runs of one process, newest first.
            models.Index(fields=["process", "record_ptr"], name="chain_run_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_on__isnull=False) | Q(ran_on__isnull=False),
                name="chain_run_is_planned_or_done",
                violation_error_message=_("Say when the run is planned or when it took place."),
            ),
            models.CheckConstraint(
                condition=Q(ran_on=None) | Q(recorded_on=None) | Q(recorded_on__gte=F("ran_on")),
                name="chain_run_recorded_after_it_ran",
                violation_error_message=_("A run is written down when it has taken place."),
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        """A run is called after its process and its day unless somebody named it."""
        self.title = self.title or f"{self.process.title}, {self.ran_on or self.planned_on}"[:200]
        if self.ran_on and not self.recorded_on:
            self.recorded_on = timezone.localdate()
        super().save(*args, **kwargs)

    @property
    def back_dated(self) -> bool:
        """Was it written down later than "at the time" allows?"""
        if not self.ran_on or not self.recorded_on:
            return False
        return self.recorded_on - self.ran_on > self.AT_THE_TIME


class CriterionResult(models.Model):
    """How one run did by one criterion, and what was done about a failure."""

    part_of = "run"

    run = models.ForeignKey(
        ProcessRun, verbose_name=_("run"), on_delete=models.CASCADE, related_name="results"
    )
    criterion = models.ForeignKey(
        Criterion, verbose_name=_("criterion"), on_delete=models.PROTECT, related_name="results"
    )
    value = models.CharField(_("measured or seen"), max_length=200, blank=True)
    passed = models.BooleanField(_("passed"))
    follow_up = models.CharField(
        _("hold or correction"),
        max_length=300,
        blank=True,
        help_text=_("What was held back or put right at once. Or open an action from the run."),
    )

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion result")
        verbose_name_plural = _("criterion results")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "criterion"],
                name="chain_one_result_a_criterion",
                violation_error_message=_("This run has a result for this criterion already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.run.number}: {self.criterion.title}"

    def clean(self) -> None:
        super().clean()
        if self.run_id is None or self.criterion_id is None:
            return
        if self.criterion.process_id != self.run.process_id:
            raise ValidationError({"criterion": _("This criterion belongs to another process.")})
        if self.passed is not None and self.criterion.passes(self.value) not in (None, self.passed):
            raise ValidationError({"passed": _("The limits of the criterion say otherwise.")})
