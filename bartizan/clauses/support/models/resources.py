"""The means the system takes: what is needed, what was granted, who is there (7.1)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.planning.models.risks import finite
from bartizan.ground.people.models import Assignment, Person, Role
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import PartQuerySet, Record


class ResourceNeed(Record):
    """Means that something takes, for a stretch of time, and what was decided on them (7.1).

    What it is for (an objective, a programme, a treatment, a change) is linked to it: it serves
    that. How much is still missing is computed from what was granted.
    """

    class Sort(models.TextChoices):
        PEOPLE = "people", _("People")
        MONEY = "money", _("Money")
        EQUIPMENT = "equipment", _("Equipment")
        INFORMATION = "information", _("Information")
        TIME = "time", _("Time")

    class Stage(models.TextChoices):
        ESTABLISH = "establish", _("Building the system")
        OPERATE = "operate", _("Running it")
        MAINTAIN = "maintain", _("Keeping it up")
        IMPROVE = "improve", _("Improving it")

    class Decision(models.TextChoices):
        OPEN = "open", _("Not decided")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Refused")

    prefix = "NED"

    sort = models.CharField(_("sort"), max_length=12, choices=Sort)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    is_needed = models.BooleanField(
        _("needed"),
        default=True,
        help_text=_("That nothing of this sort is needed is worked out too: untick, and say why."),
    )
    description = models.TextField(
        _("what is needed, and why"),
        help_text=_("As in: a second guard from 22:00 to 06:00, because the yard has two gates."),
    )
    amount = models.FloatField(_("amount"), null=True, blank=True, validators=[finite])
    measured_in = models.CharField(
        _("measured in"), max_length=40, blank=True, help_text=_("As in EUR, people, days, pieces.")
    )
    period_from = models.DateField(_("for the time from"), default=timezone.localdate)
    period_until = models.DateField(_("until"), help_text=_("The last day; then work it out anew."))
    due = models.DateField(
        _("needed by"),
        null=True,
        blank=True,
        help_text=_("After this day it is missing. Left empty: after the first day of the period."),
    )
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision, default=Decision.OPEN
    )
    decided_by = models.ForeignKey(
        Person,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resource_decisions",
    )
    decided_on = PastDay(_("decided on"), null=True, blank=True)
    residual_risk = models.TextField(
        _("risk that stays"),
        blank=True,
        help_text=_("Of what is refused or granted only in part: what may happen for want of it."),
    )
    shortfall_decision = models.TextField(
        _("decision on what is missing"),
        blank=True,
        help_text=_("Where less was granted than agreed: who decided what about the rest, when."),
    )

    class Meta:
        verbose_name = _("resource need")
        verbose_name_plural = _("resource needs")
        constraints = [
            models.CheckConstraint(
                condition=Q(period_until__gte=F("period_from")),
                name="support_need_ends_after_start",
                violation_error_message=_("The last day can't lie before the first."),
            ),
            models.CheckConstraint(
                condition=Q(is_needed=False, amount=None)
                | Q(is_needed=True) & (Q(amount=None) | Q(amount__gt=0) & ~Q(measured_in="")),
                name="support_need_has_an_amount_of_something",
                violation_error_message=_(
                    "An amount is more than nothing and says of what: EUR, people, days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(decision="open", decided_by=None, decided_on=None)
                | ~Q(decision="open") & Q(decided_by__isnull=False, decided_on__isnull=False),
                name="support_need_decided_by_and_on",
                violation_error_message=_("A decision says who decided and when."),
            ),
        ]

    @property
    def granted(self) -> float:
        """How much has been granted so far."""
        return sum(grant.amount for grant in self.grants.all())

    @property
    def missing(self) -> str:
        """The gap between what is needed and what was granted, in words."""
        if not self.is_needed or self.amount is None:
            return ""
        gap = self.amount - self.granted
        if gap <= 0:
            return _now("nothing")
        words = {
            "gap": number_format(f"{gap:.15g}", force_grouping=True),
            "amount": number_format(f"{self.amount:.15g}", force_grouping=True),
            "measured_in": self.measured_in,
        }
        return _now("%(gap)s of %(amount)s %(measured_in)s") % words


class ResourceGrant(models.Model):
    """Means that were really given for a need: what, by whom, when (7.1)."""

    part_of = "need"
    happened_on = "granted_on"

    need = models.ForeignKey(
        ResourceNeed, verbose_name=_("need"), on_delete=models.CASCADE, related_name="grants"
    )
    amount = models.FloatField(
        _("amount"),
        validators=[finite],
        help_text=_("In the unit of the need; it adds to what was granted before."),
    )
    granted_by = models.ForeignKey(
        Person,
        verbose_name=_("granted by"),
        on_delete=models.PROTECT,
        related_name="resources_granted",
    )
    granted_on = PastDay(_("granted on"), default=timezone.localdate)
    note = models.CharField(
        _("what it is"),
        max_length=200,
        blank=True,
        help_text=_("Budget line, contract, names of the people, numbers of the devices."),
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource grant")
        verbose_name_plural = _("resource grants")
        ordering = ["need", "granted_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="support_grant_is_more_than_nothing",
                violation_error_message=_("A grant is more than nothing."),
            ),
            models.UniqueConstraint(
                fields=["need", "granted_on", "granted_by"],
                name="support_one_grant_a_day",
                violation_error_message=_("This person granted some on this day: correct that."),
            ),
        ]

    def __str__(self) -> str:
        amount = number_format(f"{self.amount:.15g}", force_grouping=True)
        return f"{self.need.number}: {amount} {self.need.measured_in}"


class StaffingLevel(Record):
    """How many people a role takes in a part of the organization; how many hold it there (7.1).

    Those who hold it are counted, not typed.
    """

    prefix = "STL"

    role = models.ForeignKey(
        Role, verbose_name=_("role"), on_delete=models.PROTECT, related_name="staffing_levels"
    )
    needed = models.PositiveIntegerField(
        _("people needed"),
        help_text=_("At once, on an ordinary day, with those on leave left out."),
    )
    since = models.DateField(_("since"), default=timezone.localdate)
    basis = models.TextField(
        _("how the number was found"),
        help_text=_("From risks, shifts, gates: two gates at three shifts, and one for leave."),
    )
    gap_decision = models.TextField(
        _("decision on a gap"),
        blank=True,
        help_text=_("What is done until they are there: a guard firm, fewer hours, one gate shut."),
    )

    class Meta:
        verbose_name = _("staffing level")
        verbose_name_plural = _("staffing levels")
        constraints = [
            models.CheckConstraint(
                condition=Q(needed__gt=0),
                name="support_staffing_takes_somebody",
                violation_error_message=_("At least one person is needed."),
            )
        ]

    @property
    def present(self) -> int:
        """How many people hold the role in this part of the organization today."""
        return self.holders(timezone.localdate()).values("person").distinct().count()

    @property
    def short_of(self) -> int:
        """How many people are missing today."""
        return max(self.needed - self.present, 0)

    def holders(self, day: date) -> models.QuerySet[Assignment]:
        """The assignments of the role in this part of the organization, and below it."""
        return Assignment.objects.current(day).filter(
            role=self.role_id, unit__path__startswith=self.unit.path
        )
