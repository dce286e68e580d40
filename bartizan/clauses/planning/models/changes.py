"""Changes to the management system, planned before they are made (6.3)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bartizan.ground.people.models import Person, Role
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import PartQuerySet, Record


class Change(Record):
    """A change to policy, scope, process, role or plan: why, what follows, who, with what (6.3).

    The processes, documents and other records it affects are linked to it, as concerned. It may
    not begin before somebody has looked at the risks it brings.
    """

    prefix = "CHG"
    needs_approval = True

    purpose = models.TextField(
        _("what it is for"), blank=True, help_text=_("What is wrong today, or will be better.")
    )
    consequences = models.TextField(
        _("what may follow from it"),
        blank=True,
        help_text=_("Wanted and not: for security, people, customers, cost."),
    )
    integrity = models.TextField(
        _("how the system stays whole"),
        blank=True,
        help_text=_("What hangs on what is changed, and what takes over meanwhile."),
    )
    resources = models.TextField(
        _("means"), blank=True, help_text=_("What it takes, and whether that is there.")
    )
    needs_means = models.BooleanField(
        _("takes means that have to be granted"),
        default=False,
        help_text=_("Then a resource need serves it, and is granted before it begins."),
    )
    effect_on_roles = models.TextField(
        _("duties and powers"),
        blank=True,
        help_text=_("Who gains or loses which; nobody is an answer. Name new holders below."),
    )
    roles = models.ManyToManyField(
        Role, verbose_name=_("roles affected"), blank=True, related_name="changes"
    )
    risk_check = models.TextField(
        _("risks it brings"),
        blank=True,
        help_text=_("Which risks are new or become greater while and after it is made."),
    )
    risk_checked_by = models.ForeignKey(
        Person,
        verbose_name=_("risks checked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="changes_checked",
    )
    risk_checked_on = PastDay(_("risks checked on"), null=True, blank=True)
    effective_on = models.DateField(
        _("takes effect on"), help_text=_("It is approved before this day.")
    )
    begun_on = PastDay(
        _("begun on"), null=True, blank=True, help_text=_("Not before the risks were checked.")
    )
    done_on = PastDay(_("completed on"), null=True, blank=True)
    outcome = models.TextField(
        _("what came of it"), blank=True, help_text=_("Was the purpose met? What else happened?")
    )

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = [
            models.CheckConstraint(
                condition=Q(risk_checked_on=None, risk_checked_by=None, risk_check="")
                | Q(risk_checked_on__isnull=False, risk_checked_by__isnull=False)
                & ~Q(risk_check=""),
                name="planning_change_risk_check_is_whole",
                violation_error_message=_("Say which risks it brings, who looked, and when."),
            ),
            models.CheckConstraint(
                condition=Q(begun_on=None)
                | Q(risk_checked_on__isnull=False, risk_checked_on__lte=F("begun_on")),
                name="planning_change_begins_after_its_risk_check",
                violation_error_message=_(
                    "It can't have begun before somebody checked the risks it brings."
                ),
            ),
            models.CheckConstraint(
                condition=Q(done_on=None)
                | Q(begun_on__isnull=False, done_on__gte=F("begun_on")) & ~Q(outcome=""),
                name="planning_change_done_after_begun",
                violation_error_message=_("What is completed has begun, and says what came of it."),
            ),
        ]


class Reassignment(models.Model):
    """Somebody takes on a role by a change: on its day the assignment is there (6.3 d)."""

    part_of = "change"

    change = models.ForeignKey(
        Change, verbose_name=_("change"), on_delete=models.CASCADE, related_name="reassignments"
    )
    role = models.ForeignKey(
        Role, verbose_name=_("role"), on_delete=models.PROTECT, related_name="reassignments"
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("new holder"),
        on_delete=models.PROTECT,
        related_name="reassignments",
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("reassignment")
        verbose_name_plural = _("reassignments")
        ordering = ["change", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "role", "person"],
                name="planning_reassigned_once",
                violation_error_message=_("This is listed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.change.number}: {self.role}, {self.person}"
