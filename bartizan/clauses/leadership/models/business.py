"""What happened to the organization that its policy has to be held against (5.2.2)."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import Declaration, Record, declared


class BusinessChange(Record):
    """A takeover, a merger, a change of what the organization does; and the policy review after it.

    Without a day of its own, the review is due as many days later as the organization declared.
    """

    class Nature(models.TextChoices):
        ACQUISITION = "acquisition", _("Takeover, as buyer or bought")
        MERGER = "merger", _("Merger")
        SCOPE = "scope", _("Change of what the business does")

    prefix = "BCH"

    nature = models.CharField(_("nature"), max_length=12, choices=Nature)
    description = models.TextField(
        _("what changed"),
        help_text=_("Who, what, where; which sites, goods and people it brought."),
    )
    took_effect_on = models.DateField(_("took effect on"))
    policy_review_due = models.DateField(
        _("policy review due"),
        null=True,
        blank=True,
        help_text=_("Empty: as many days after the change as are declared for it."),
    )
    policy_reviewed_on = PastDay(_("policy reviewed on"), null=True, blank=True)
    review_result = models.TextField(
        _("result of the review"),
        blank=True,
        help_text=_("What in the policy had to change, or why nothing had to."),
    )

    class Meta:
        verbose_name = _("business change")
        verbose_name_plural = _("business changes")
        constraints = [
            models.CheckConstraint(
                condition=Q(policy_reviewed_on=None, review_result="")
                | Q(policy_reviewed_on__isnull=False) & ~Q(review_result=""),
                name="leadership_review_has_day_and_result",
                violation_error_message=_("Say when the policy was reviewed and what came of it."),
            ),
            models.CheckConstraint(
                condition=Q(policy_reviewed_on=None)
                | Q(policy_reviewed_on__gte=F("took_effect_on")),
                name="leadership_review_after_the_change",
                violation_error_message=_("A review before the change does not count."),
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        days = declared(Declaration.Figure.POLICY_REVIEW)
        if self.policy_review_due is None and days is not None:
            self.policy_review_due = self.took_effect_on + timedelta(days=days)
        super().save(*args, **kwargs)
