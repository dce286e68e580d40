"""Clause 7.4: what is communicated, and what was."""

from datetime import date, datetime, time, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.context.models import InterestedParty
from bartizan.ground.people.authority import PeopleQuerySet
from bartizan.ground.people.models import Assignment, Person, Role, Sensitivity, Unit
from bartizan.ground.people.past import PastDay, PastMoment
from bartizan.ground.records.models import PartQuerySet, Record, RecordManager, RecordQuerySet


class Side(models.TextChoices):
    """On which side of the organization's border the other end is."""

    INTERNAL = "internal", _("Internal")
    EXTERNAL = "external", _("External")


class Direction(models.TextChoices):
    """Which way a message goes."""

    OUTWARD = "outward", _("Sent")
    INWARD = "inward", _("Received")


class Channel(models.Model):
    """A means of communication, and when somebody last tried whether it works."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    description = models.CharField(
        _("how it is used"),
        max_length=200,
        blank=True,
        help_text=_("Number, address, list, place."),
    )
    tested_on = PastDay(_("last tested"), null=True, blank=True)
    tested_by = models.ForeignKey(
        Person,
        verbose_name=_("tested by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="channels_tested",
    )
    test_passed = models.BooleanField(
        _("test passed"), default=False, help_text=_("Whoever it is meant to reach was reached.")
    )

    objects = PeopleQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PartyClearance(models.Model):
    """Up to which sensitivity an outside party may be told things, on what ground, how long."""

    part_of = "party"

    party = models.ForeignKey(
        InterestedParty,
        verbose_name=_("interested party"),
        on_delete=models.PROTECT,
        related_name="clearances",
    )
    up_to = models.IntegerField(_("up to"), choices=Sensitivity, default=Sensitivity.INTERNAL)
    ground = models.CharField(
        _("on the ground of"),
        max_length=200,
        help_text=_("An agreement of confidentiality, a law."),
    )
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day."))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("party clearance")
        verbose_name_plural = _("party clearances")
        ordering = ["party", "since"]
        constraints = [
            models.UniqueConstraint(fields=["party", "since"], name="support_clearance_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="support_clearance_ends_after_start",
                violation_error_message=_("The last day can't lie before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_up_to_display()}"


class PlannedCommunication(Record):
    """One entry of the communication plan: on what, when, with whom, how and by whom (7.4)."""

    prefix = "CPL"
    needs_approval = True

    side = models.CharField(_("internal or external"), max_length=8, choices=Side)
    subject = models.TextField(_("what about"), blank=True)
    is_needed = models.BooleanField(
        _("needed"),
        default=True,
        help_text=_(
            "That nothing needs to be said to somebody is a decision too: say so and give the"
            " reason under “what about”."
        ),
    )
    is_sent = models.BooleanField(_("we tell them"), default=True)
    is_received = models.BooleanField(_("they tell us"), default=False)
    cadence_days = models.PositiveIntegerField(_("every (days)"), null=True, blank=True)
    starts_on = models.DateField(
        _("starts on"), default=timezone.localdate, help_text=_("The cadence counts from here.")
    )
    planned_on = models.DateField(
        _("on the day"), null=True, blank=True, help_text=_("For something said once.")
    )
    trigger = models.CharField(
        _("when this happens"),
        max_length=200,
        blank=True,
        help_text=_("A theft, a new obligation."),
    )
    triggered_on = PastDay(_("it last happened on"), null=True, blank=True)
    parties = models.ManyToManyField(
        InterestedParty,
        verbose_name=_("with interested parties"),
        blank=True,
        related_name="communications_planned",
    )
    roles = models.ManyToManyField(
        Role, verbose_name=_("with roles"), blank=True, related_name="communications_planned"
    )
    units = models.ManyToManyField(
        Unit,
        verbose_name=_("with units"),
        blank=True,
        related_name="communications_planned",
        help_text=_("A unit stands for everybody in it and below it."),
    )
    with_employees = models.BooleanField(_("with employees"), default=False)
    with_contractors = models.BooleanField(_("with contractors"), default=False)
    with_visitors = models.BooleanField(_("with visitors"), default=False)
    channel = models.ForeignKey(
        Channel,
        verbose_name=_("channel"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="planned",
    )
    by_role = models.ForeignKey(
        Role,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="communications_owed",
        help_text=_("The role that does it."),
    )
    released_by_role = models.ForeignKey(
        Role,
        verbose_name=_("sensitivity decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="communications_released",
        help_text=_("The role that decides, before release, how sensitive the message is."),
    )

    class Meta:
        verbose_name = _("planned communication")
        verbose_name_plural = _("planned communications")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_sent=True) | Q(is_received=True),
                name="support_communication_has_direction",
                violation_error_message=_(
                    "Say who tells whom: we tell them, they tell us, or both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_needed=True) | ~Q(subject=""),
                name="support_no_communication_has_reason",
                violation_error_message=_("Say why nothing needs to be said."),
            ),
            models.CheckConstraint(
                condition=Q(cadence_days=None) | Q(cadence_days__gt=0),
                name="support_communication_cadence_positive",
                violation_error_message=_("The cadence is at least one day."),
            ),
        ]


def midnight(day: date) -> datetime:
    """The moment at which a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


class CommunicationQuerySet(RecordQuerySet["Communication"]):
    """What can be asked of communications."""

    def sent(self) -> Self:
        return self.live().filter(direction=Direction.OUTWARD, at__isnull=False)

    def received(self) -> Self:
        return self.live().filter(direction=Direction.INWARD, at__isnull=False)

    def from_the_top(self) -> Self:
        """Those written or signed by somebody who was top management on the day."""
        tops = Assignment.objects.of_top_management().filter(
            Q(until=None) | Q(until__gte=OuterRef("at__date")), since__lte=OuterRef("at__date")
        )
        return self.filter(
            Exists(tops.filter(person=OuterRef("author")))
            | Exists(tops.filter(person=OuterRef("signed_by")))
        )

    def between(self, first: date, last: date) -> Self:
        """Those sent or received from one day to another, both included."""
        return self.since(first).until(last)

    def since(self, day: date) -> Self:
        """Those of that day and later: told by the moment, for which there is an index."""
        return self.filter(at__gte=midnight(day))

    def until(self, day: date) -> Self:
        """Those of that day and earlier."""
        return self.filter(at__lt=midnight(day + timedelta(days=1)))


CommunicationManager = RecordManager.from_queryset(CommunicationQuerySet)


class Communication(Record):
    """What was told or heard: to or by whom, when, about which records (7.4).

    The records it is about are its links of the relation "concerns"; `told_version` says which
    version of them was told.
    """

    happened_on = "at"

    class Purpose(models.TextChoices):
        MESSAGE = "message", _("Message")
        LEADERSHIP = "leadership", _("Why security matters, from the top")
        REPORT = "report", _("Report to top management")
        REQUEST = "request", _("Request")
        COMPLAINT = "complaint", _("Complaint")
        CONSULTATION = "consultation", _("Consultation")
        MEDIA = "media", _("Media")

    class Disposition(models.TextChoices):
        TAKEN_UP = "taken-up", _("Taken up")
        DECLINED = "declined", _("Declined")

    prefix = "COM"

    purpose = models.CharField(
        _("purpose"), max_length=12, choices=Purpose, default=Purpose.MESSAGE
    )
    direction = models.CharField(
        _("direction"), max_length=8, choices=Direction, default=Direction.OUTWARD
    )
    side = models.CharField(
        _("internal or external"), max_length=8, choices=Side, default=Side.INTERNAL
    )
    planned = models.ForeignKey(
        PlannedCommunication,
        verbose_name=_("planned as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="communications",
    )
    gist = models.TextField(_("what was said"), help_text=_("The message, or the gist of it."))
    at = PastMoment(
        _("sent or received at"), null=True, blank=True, help_text=_("Empty while in preparation.")
    )
    told_version = models.PositiveIntegerField(
        _("version told about"),
        null=True,
        blank=True,
        help_text=_("The version at which the linked record stood."),
    )
    author = models.ForeignKey(
        Person,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="communications_written",
        help_text=_("Whoever wrote it, if it is somebody of ours."),
    )
    signed_by = models.ForeignKey(
        Person,
        verbose_name=_("signed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="communications_signed",
    )
    channel = models.ForeignKey(
        Channel,
        verbose_name=_("channel"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="communications",
    )
    units = models.ManyToManyField(
        Unit,
        verbose_name=_("units reached"),
        blank=True,
        related_name="communications",
        help_text=_("A unit stands for everybody in it and below it."),
    )
    roles = models.ManyToManyField(
        Role, verbose_name=_("roles reached"), blank=True, related_name="communications"
    )
    people = models.ManyToManyField(
        Person, verbose_name=_("people reached"), blank=True, related_name="communications"
    )
    parties = models.ManyToManyField(
        InterestedParty,
        verbose_name=_("interested parties"),
        blank=True,
        related_name="communications",
        help_text=_("Whom it reached or, if it was received, who sent it."),
    )
    persons_count = models.PositiveIntegerField(
        _("number of people"), null=True, blank=True, help_text=_("How many it reached, counted.")
    )
    classified_by = models.ForeignKey(
        Person,
        verbose_name=_("sensitivity decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="communications_classified",
    )
    classified_at = PastMoment(
        _("sensitivity decided at"), null=True, blank=True, help_text=_("Before it goes out.")
    )
    answer_due = models.DateField(_("answer due"), null=True, blank=True)
    answered_on = PastDay(_("answered on"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    disposition = models.CharField(
        _("what became of it"), max_length=12, choices=Disposition, blank=True
    )
    disposition_reason = models.TextField(_("why"), blank=True)
    disposition_by = models.ForeignKey(
        Person,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dispositions",
    )

    objects: ClassVar = CommunicationManager()

    class Meta:
        verbose_name = _("communication")
        verbose_name_plural = _("communications")
        indexes = [
            models.Index(fields=["planned", "at"], name="support_communication_planned"),
            models.Index(fields=["purpose", "at"], name="support_communication_purpose"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(disposition="")
                | ~Q(disposition_reason="") & Q(disposition_by__isnull=False),
                name="support_disposition_has_reason",
                violation_error_message=_("Say why it was taken up or declined, and who decided."),
            ),
            models.CheckConstraint(
                condition=Q(classified_by=None, classified_at=None)
                | Q(classified_by__isnull=False, classified_at__isnull=False),
                name="support_classified_by_and_at",
                violation_error_message=_("Say both who decided the sensitivity and when."),
            ),
        ]
