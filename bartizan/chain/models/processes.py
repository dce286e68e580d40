"""What the organization does, what that is needed for, and what it takes (4.4, 8.1, 8.2)."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.ground.documents.models import Document
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import PartQuerySet, Record, RecordManager, RecordQuerySet


class ProcessQuerySet(RecordQuerySet["Process"]):
    """What can be asked of processes."""

    def in_scope(self) -> Self:
        """Those in force that the management system covers."""
        return self.live().filter(is_in_scope=True)

    def external(self) -> Self:
        """Those somebody outside performs for the organization."""
        return self.filter(performer=Process.Performer.EXTERNAL)


ProcessManager = RecordManager.from_queryset(ProcessQuerySet)


class Process(Record):
    """Something done again and again that security depends on (4.4, 8.1, 8.2).

    What it serves (a commitment, an obligation, an objective, a place, a partner) are links
    `serves`; the processes it hands on to are links `feeds`.
    """

    class Performer(models.TextChoices):
        INTERNAL = "internal", _("We ourselves")
        EXTERNAL = "external", _("Somebody outside")

    class Need(models.TextChoices):
        NEEDED = "needed", _("Needed")
        NOT_NEEDED = "not-needed", _("Not needed")

    prefix = "PRC"

    plan = models.TextField(
        _("how it is done"),
        blank=True,
        help_text=_("The steps, who takes them, with what means, and what happens if one fails."),
    )
    inputs = models.TextField(
        _("inputs"), blank=True, help_text=_("What it needs to start, and from whom.")
    )
    outputs = models.TextField(
        _("outputs"), blank=True, help_text=_("What it hands on, and to whom.")
    )
    revised_on = PastDay(
        _("revised on"),
        default=timezone.localdate,
        help_text=_("Since when it is done in this way."),
    )

    serves_policy = models.BooleanField(
        _("keeps the policy"), default=False, help_text=_("Needed to live up to the policy.")
    )
    serves_law = models.BooleanField(
        _("keeps the law"), default=False, help_text=_("Needed to satisfy law and regulation.")
    )
    serves_objectives = models.BooleanField(
        _("reaches objectives"), default=False, help_text=_("Needed to reach an objective.")
    )
    delivers_system = models.BooleanField(
        _("delivers the system"),
        default=False,
        help_text=_("Part of the management system itself: name the clauses it delivers."),
    )
    serves_chain = models.BooleanField(
        _("secures the chain"),
        default=False,
        help_text=_("Needed to hold the level of security that a place or partner calls for."),
    )

    cadence_days = models.PositiveIntegerField(
        _("runs every (days)"), null=True, blank=True, help_text=_("As in 7 for once a week.")
    )
    started_on = models.DateField(
        _("runs since"),
        null=True,
        blank=True,
        help_text=_("The first run is due one interval after this day."),
    )
    trigger = models.CharField(
        _("what starts it"),
        max_length=200,
        blank=True,
        help_text=_("Where it does not run by the calendar: a delivery, an alarm, a new hire."),
    )

    performer = models.CharField(_("performed by"), max_length=8, choices=Performer, blank=True)
    is_in_scope = models.BooleanField(
        _("in scope"), default=True, help_text=_("Does the management system cover it?")
    )
    is_core = models.BooleanField(
        _("core business process"),
        default=False,
        help_text=_("Part of what the organization is there for: carriage, storage, sales."),
    )
    no_requirement_reason = models.TextField(
        _("why no security requirement applies to it"),
        blank=True,
        help_text=_("For a core business process alone. It counts once the owner approves it."),
    )

    procedure_need = models.CharField(
        _("written procedure"),
        max_length=10,
        choices=Need,
        blank=True,
        help_text=_("Needed where somebody could get it wrong for want of one."),
    )
    procedure_need_reason = models.TextField(_("why so"), blank=True)
    documents_decided_on = PastDay(
        _("owner settled the needed documents on"),
        null=True,
        blank=True,
        help_text=_("When the owner last decided which documents this process needs."),
    )

    objects: ClassVar = ProcessManager()

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        constraints = [
            models.CheckConstraint(
                condition=Q(cadence_days=None) | Q(cadence_days__gt=0),
                name="chain_process_cadence_is_a_day_or_more",
                violation_error_message=_("A process runs every day at most: give 1 or more."),
            ),
            models.CheckConstraint(
                condition=Q(no_requirement_reason="") | Q(is_core=True),
                name="chain_process_only_core_needs_a_reason",
                violation_error_message=_(
                    "Only a core business process needs a reason why no requirement applies."
                ),
            ),
        ]

    @property
    def next_run(self) -> date | None:
        """When it is due again; None where it does not run by the calendar or never began."""
        if not self.cadence_days:
            return None
        last = self.runs.live().aggregate(last=Max("ran_on"))["last"] or self.started_on
        return last and last + timedelta(days=self.cadence_days)


class DeliveredClause(models.Model):
    """A clause of the standard that a process puts into practice (8.2 d)."""

    part_of = "process"

    class Clause(models.TextChoices):
        C4_1 = "4.1", _("4.1 Purpose and circumstances")
        C4_2 = "4.2", _("4.2 Those with a stake, and what they ask for")
        C4_3 = "4.3", _("4.3 Scope")
        C4_4 = "4.4", _("4.4 The system and its processes")
        C5_1 = "5.1", _("5.1 What top management does itself")
        C5_2 = "5.2", _("5.2 Policy")
        C5_3 = "5.3", _("5.3 Roles and powers")
        C6_1 = "6.1", _("6.1 Risks and opportunities")
        C6_2 = "6.2", _("6.2 Objectives")
        C6_3 = "6.3", _("6.3 Changes to the system")
        C7_1 = "7.1", _("7.1 Means")
        C7_2 = "7.2", _("7.2 Competence and clearance")
        C7_3 = "7.3", _("7.3 Awareness")
        C7_4 = "7.4", _("7.4 Communication")
        C7_5 = "7.5", _("7.5 Documented information")
        C8_1 = "8.1", _("8.1 Running the processes")
        C8_2 = "8.2", _("8.2 Finding the processes that are needed")
        C8_3 = "8.3", _("8.3 Assessing and treating risk")
        C8_4 = "8.4", _("8.4 Controls")
        C8_5 = "8.5", _("8.5 Strategies and treatments")
        C8_6 = "8.6", _("8.6 Security plans")
        C9_1 = "9.1", _("9.1 Measuring and evaluating")
        C9_2 = "9.2", _("9.2 Internal audit")
        C9_3 = "9.3", _("9.3 Management review")
        C10_1 = "10.1", _("10.1 Getting better")
        C10_2 = "10.2", _("10.2 Nonconformity and corrective action")

    process = models.ForeignKey(
        Process,
        verbose_name=_("process"),
        on_delete=models.CASCADE,
        related_name="delivered_clauses",
    )
    clause = models.CharField(_("clause"), max_length=4, choices=Clause)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivered clause")
        verbose_name_plural = _("delivered clauses")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "clause"],
                name="chain_delivered_clause_once",
                violation_error_message=_("This process delivers this clause already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.process.number}: {self.get_clause_display()}"


class NeededDocument(models.Model):
    """A document that a process can't do without, and the one that meets the need (7.5.1 b)."""

    part_of = "process"

    process = models.ForeignKey(
        Process,
        verbose_name=_("process"),
        on_delete=models.CASCADE,
        related_name="needed_documents",
    )
    name = models.CharField(_("what is needed"), max_length=200)
    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needed_by",
        help_text=_("Empty as long as there is none."),
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("needed document")
        verbose_name_plural = _("needed documents")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "name"],
                name="chain_needed_document_once",
                violation_error_message=_("This need is listed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.process.number}: {self.name}"


class BusinessFunction(Record):
    """A part of running the business, and whether it bears on security (clause 1 of the draft)."""

    class Bearing(models.TextChoices):
        YES = "yes", _("Bears on security")
        NO = "no", _("Does not bear on security")

    prefix = "FNC"

    bearing = models.CharField(
        _("bearing on security"),
        max_length=3,
        choices=Bearing,
        blank=True,
        help_text=_("Empty: nobody has decided. If it does, link it to a process or a place."),
    )
    bearing_reason = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("business function")
        verbose_name_plural = _("business functions")
