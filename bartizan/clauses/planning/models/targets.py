"""What an objective asks of one site, unit or process (draft, 4.3.4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models import Place, Process
from bartizan.clauses.planning.models.objectives import Objective, Reading
from bartizan.clauses.planning.models.planned import Aim, Planned
from bartizan.clauses.planning.progress import in_words, share_reached
from bartizan.ground.people.models import Unit
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import PartQuerySet, Record


class Target(Record, Planned, Aim):
    """A step towards an objective: its measure, for one part of the organization (draft, 4.3.4).

    What is measured, and in what, is said once, by the objective.
    """

    prefix = "TGT"
    needs_approval = True

    objective = models.ForeignKey(
        Objective, verbose_name=_("objective"), on_delete=models.PROTECT, related_name="targets"
    )
    description = models.TextField(
        _("what is to be done here"), help_text=_("What exactly, so that those here can act on it.")
    )
    part = models.ForeignKey(
        Unit,
        verbose_name=_("part of the organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="targets",
        help_text=_("Whom it binds: a unit, a place, a process, or several of these."),
    )
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="targets",
    )
    process = models.ForeignKey(
        Process,
        verbose_name=_("process"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="targets",
    )
    feasibility = models.TextField(
        _("why it can be reached"),
        blank=True,
        help_text=_("What was tried or compared: Felixstowe did it in four months."),
    )
    feasibility_checked_on = PastDay(_("that was checked on"), null=True, blank=True)
    not_smart_reason = models.TextField(
        _("why something of this is missing"),
        blank=True,
        help_text=_(
            "A target names whom it binds, a figure, a day and why it can be reached. Where one of"
            " these is not practicable, say why."
        ),
    )

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            *Planned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(feasibility="", feasibility_checked_on=None)
                | (~Q(feasibility="") & Q(feasibility_checked_on__isnull=False)),
                name="planning_target_feasibility_is_dated",
                violation_error_message=_("Say both why it can be reached and when that was seen."),
            ),
        ]

    @property
    def measured_in(self) -> str:
        """As the objective says."""
        return self.objective.measured_in

    @property
    def last_reading(self) -> "TargetReading | None":
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


class TargetReading(Reading):
    """How a target stood on a day."""

    part_of = "target"
    happened_on = "on"

    target = models.ForeignKey(
        Target, verbose_name=_("target"), on_delete=models.CASCADE, related_name="readings"
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("target reading")
        verbose_name_plural = _("target readings")
        ordering = ["-on", "-pk"]
        constraints = [
            *Reading.Meta.constraints,
            models.UniqueConstraint(
                fields=["target", "on"],
                name="planning_target_read_once_a_day",
                violation_error_message=_("It was read on this day already: correct that reading."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target.number}, {self.on}"
