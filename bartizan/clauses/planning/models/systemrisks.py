"""What may keep the management system from working, or make it work better (6.1.1)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.context.models import ContextIssue, Obligation, PartyRequirement
from bartizan.clauses.leadership.models import Commitment
from bartizan.ground.people.models import Unit
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import Record


class SystemRisk(Record):
    """A risk or an opportunity for the management system itself, and what is decided on it (6.1.1).

    Not the theft of a load, but that nobody reports thefts. The issues and requirements it comes
    from are linked to it; what is done about it are actions that arise from it: each says how its
    effect will be judged, and the review day of the action is the day on which it is.
    """

    class Nature(models.TextChoices):
        RISK = "risk", _("Risk")
        OPPORTUNITY = "opportunity", _("Opportunity")

    class Level(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    class Decision(models.TextChoices):
        OPEN = "open", _("Not decided")
        ACT = "act", _("Act on it")
        LEAVE = "leave", _("Leave it")

    prefix = "SRK"

    nature = models.CharField(_("nature"), max_length=12, choices=Nature)
    description = models.TextField(
        _("what may happen, and why"),
        help_text=_("As in: nobody reads the reports at night, because there is no rota."),
    )
    identified_on = PastDay(_("identified on"), default=timezone.localdate)
    intended_result = models.CharField(
        _("intended result it bears on"),
        max_length=200,
        blank=True,
        help_text=_("In the words of the scope: one of the results that the system is to achieve."),
    )
    effect = models.TextField(
        _("effect"),
        blank=True,
        help_text=_("What is lost if it comes true; of an opportunity, what is gained."),
    )
    level = models.CharField(
        _("level"), max_length=6, choices=Level, blank=True, help_text=_("How much it matters.")
    )
    decision = models.CharField(
        _("decision"), max_length=5, choices=Decision, default=Decision.OPEN
    )
    decided_on = PastDay(_("decided on"), null=True, blank=True)
    decision_reason = models.TextField(
        _("why so"),
        blank=True,
        help_text=_("Whatever is left as it is, risk or opportunity, needs a reason that holds."),
    )

    class Meta:
        verbose_name = _("system risk or opportunity")
        verbose_name_plural = _("system risks and opportunities")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="open", decided_on=None)
                | (~Q(decision="open") & Q(decided_on__isnull=False)),
                name="planning_system_risk_decision_is_dated",
                violation_error_message=_("A decision has a day, and a day a decision."),
            ),
            models.CheckConstraint(
                condition=~Q(decision="leave") | ~Q(decision_reason=""),
                name="planning_system_risk_left_for_a_reason",
                violation_error_message=_("Say why it is left as it is."),
            ),
        ]


class PlanningNote(Record):
    """Planning looked at something and found that nothing follows from it (6.1.1, 6.2.1, 5.2.1).

    No risk or opportunity from an issue, a requirement or an obligation; no objective for a part of
    the organization or a commitment.
    """

    prefix = "PLN"
    happened_on = "noted_on"

    issue = models.ForeignKey(
        ContextIssue,
        verbose_name=_("no risk or opportunity from issue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="planning_notes",
    )
    requirement = models.ForeignKey(
        PartyRequirement,
        verbose_name=_("no risk or opportunity from requirement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="planning_notes",
    )
    obligation = models.ForeignKey(
        Obligation,
        verbose_name=_("no risk or opportunity from obligation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="planning_notes",
    )
    part = models.ForeignKey(
        Unit,
        verbose_name=_("no objective for unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="planning_notes",
    )
    commitment = models.ForeignKey(
        Commitment,
        verbose_name=_("no objective for commitment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="planning_notes",
    )
    reason = models.TextField(
        _("why nothing follows"),
        help_text=_("As in: the office handles no goods; what it does is covered by the depots."),
    )
    noted_on = PastDay(_("noted on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("planning note")
        verbose_name_plural = _("planning notes")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    issue__isnull=False, requirement=None, obligation=None, part=None,
                    commitment=None,
                )
                | Q(
                    issue=None, requirement__isnull=False, obligation=None, part=None,
                    commitment=None,
                )
                | Q(
                    issue=None, requirement=None, obligation__isnull=False, part=None,
                    commitment=None,
                )
                | Q(
                    issue=None, requirement=None, obligation=None, part__isnull=False,
                    commitment=None,
                )
                | Q(
                    issue=None, requirement=None, obligation=None, part=None,
                    commitment__isnull=False,
                ),
                name="planning_note_is_about_one_thing",
                violation_error_message=_("Name exactly one thing from which nothing follows."),
            )
        ]  # fmt: skip
