"""What objectives, targets and programmes have in common: a day, and roles that answer (6.2.2)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.context.models import InterestedParty
from bartizan.clauses.planning.models.risks import finite
from bartizan.ground.people.models import Role, Unit
from bartizan.ground.people.past import PastDay


class Planned(models.Model):
    """Something that is to be there by a day. No table of its own."""

    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    due = models.DateField(
        _("due"), null=True, blank=True, help_text=_("The last day on which it is in time.")
    )
    first_due = models.DateField(
        _("first set for"),
        null=True,
        blank=True,
        help_text=_("Left empty: the day it is due. It stays when that day is moved."),
    )
    due_moved_reason = models.TextField(
        _("why the day was moved"),
        blank=True,
        help_text=_("As in: the gate was delivered two months late. Somebody approves it anew."),
    )
    responsible_role = models.ForeignKey(
        Role,
        verbose_name=_("role that is responsible"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="responsible_for_%(class)ss",
        help_text=_("Its holder sees that it is done, and has the power to."),
    )
    authorizing_role = models.ForeignKey(
        Role,
        verbose_name=_("role that authorizes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="authorizes_%(class)ss",
        help_text=_("Its holder releases money and people for it."),
    )
    done_on = PastDay(
        _("closed on"), null=True, blank=True, help_text=_("Empty as long as it is pursued.")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due=None) | Q(due__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_due_after_start",
                violation_error_message=_("It can't be due before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(first_due=None)
                | (Q(due__isnull=False) & Q(first_due=F("due")))
                | ~Q(due_moved_reason=""),
                name="%(app_label)s_%(class)s_moved_day_has_reason",
                violation_error_message=_("The day was set before: say why it is moved."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        self.first_due = self.first_due or self.due

    def save(self, *args, **kwargs) -> None:
        """The day that was set first is kept, whatever becomes of it."""
        if not kwargs.get("update_fields"):
            self.first_due = self.first_due or self.due
        super().save(*args, **kwargs)


class Aim(models.Model):
    """A figure to be reached, and those who have to know of it. No table of its own."""

    baseline = models.FloatField(
        _("where we start"),
        null=True,
        blank=True,
        validators=[finite],
        help_text=_("The figure on the first day, measured in the same way as later."),
    )
    goal = models.FloatField(
        _("where we want to be"),
        null=True,
        blank=True,
        validators=[finite],
        help_text=_("The figure on the day due."),
    )
    audience_units = models.ManyToManyField(
        Unit,
        verbose_name=_("units that have to know"),
        blank=True,
        related_name="%(class)ss_to_know",
        help_text=_("Their employees and contractors, and those of the units below."),
    )
    audience_parties = models.ManyToManyField(
        InterestedParty,
        verbose_name=_("interested parties that have to know"),
        blank=True,
        related_name="%(class)ss_to_know",
        help_text=_("Carriers, guards, agents: whoever outside has a part in it."),
    )

    class Meta:
        abstract = True
