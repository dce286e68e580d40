"""What is going to be done about risks: plans, what they change, and what came of them (8.3)."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.operation.models.effects import Effect
from bartizan.clauses.planning.models import Risk
from bartizan.ground.people.models import Person
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import (
    BetweenQuerySet,
    Record,
    RecordManager,
    RecordQuerySet,
    Status,
)


class TreatmentQuerySet(RecordQuerySet["TreatmentPlan"]):
    """What can be asked of treatment plans."""

    def put_forward(self) -> Self:
        """Those in force, approved or not: where it is asked whether somebody approved them."""
        return self.filter(status=Status.ACTIVE)


TreatmentManager = RecordManager.from_queryset(TreatmentQuerySet)


class TreatmentPlan(Record):
    """How the decision to avoid, reduce or share risks is carried out (8.3).

    Which risks, and how much is left of each, are its rows `TreatedRisk`. Its steps are actions
    that arise from it, the controls it puts in place say that they are brought by it, and the
    means it takes are resource needs linked to it.
    """

    class Option(models.TextChoices):
        AVOID = "avoid", _("Avoid")
        REDUCE = "reduce", _("Reduce")
        SHARE = "share", _("Share")

    prefix = "TRP"
    needs_approval = True

    option = models.CharField(
        _("option chosen"),
        max_length=6,
        choices=Option,
        help_text=_("Which decision on the risks it carries out."),
    )
    description = models.TextField(
        _("what will be done"),
        help_text=_("In a few sentences: the single steps are actions, listed below the plan."),
    )
    alternatives = models.TextField(
        _("alternatives weighed"),
        blank=True,
        help_text=_("What else one could do about these risks, and why it was not chosen."),
    )
    goal = models.TextField(
        _("what is to be left of the risks"),
        blank=True,
        help_text=_("The level to reach, and how one will see it: at most one theft in two years."),
    )

    cost_once = models.PositiveBigIntegerField(
        _("cost once"),
        null=True,
        blank=True,
        help_text=_("In whole units of the currency you keep your books in. 0: it costs nothing."),
    )
    cost_per_year = models.PositiveBigIntegerField(
        _("cost per year"), null=True, blank=True, help_text=_("For keeping it up, every year.")
    )
    staff_days = models.PositiveIntegerField(
        _("staff days"),
        null=True,
        blank=True,
        help_text=_("Days of our own people until it is done."),
    )

    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    done_on = PastDay(
        _("done on"),
        null=True,
        blank=True,
        help_text=_("Closing a plan is approved like the plan itself."),
    )
    outcome = models.TextField(
        _("outcome"), blank=True, help_text=_("What stands now that did not stand before.")
    )

    objects: ClassVar = TreatmentManager()

    class Meta:
        verbose_name = _("treatment plan")
        verbose_name_plural = _("treatment plans")
        indexes = [models.Index(fields=["done_on", "due"], name="operation_treatment_open_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due=None) | Q(due__gte=F("starts_on")),
                name="operation_treatment_ends_after_it_starts",
                violation_error_message=_("It is due before it starts: check the two days."),
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(outcome=""),
                name="operation_done_treatment_has_outcome",
                violation_error_message=_("Say what came of it."),
            ),
        ]


class TreatedRisk(Effect):
    """A treatment plan is there for a risk, and this much of the risk is left once it is done."""

    part_of = "treatment"

    treatment = models.ForeignKey(
        TreatmentPlan,
        verbose_name=_("treatment plan"),
        on_delete=models.PROTECT,
        related_name="treated_risks",
    )
    risk = models.ForeignKey(
        Risk, verbose_name=_("risk"), on_delete=models.PROTECT, related_name="treatments"
    )

    objects = BetweenQuerySet.as_manager()

    class Meta(Effect.Meta):
        verbose_name = _("treated risk")
        verbose_name_plural = _("treated risks")
        ordering = ["pk"]
        constraints = [
            *Effect.Meta.constraints,
            models.UniqueConstraint(
                fields=["treatment", "risk"],
                name="operation_treatment_of_a_risk_once",
                violation_error_message=_("This plan treats this risk already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.treatment.number}: {self.risk.title}"


class TreatmentRule(models.Model):
    """Which treatments go together: one needs another first, or one of two is enough (8.3).

    Whoever chooses treatments under a budget keeps to these rules.
    """

    class Rule(models.TextChoices):
        NEEDS = "needs", _("needs")
        EXCLUDES = "excludes", _("excludes")

    part_of = "treatment"

    treatment = models.ForeignKey(
        TreatmentPlan,
        verbose_name=_("treatment plan"),
        on_delete=models.PROTECT,
        related_name="rules",
    )
    rule = models.CharField(
        _("rule"),
        max_length=8,
        choices=Rule,
        help_text=_(
            "It needs what has to be done with it or before it; it excludes what would be done in"
            " vain beside it."
        ),
    )
    other = models.ForeignKey(
        TreatmentPlan,
        verbose_name=_("the other plan"),
        on_delete=models.PROTECT,
        related_name="rules_of_others",
    )
    reason = models.CharField(_("why"), max_length=300, blank=True)

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("treatment rule")
        verbose_name_plural = _("treatment rules")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["treatment", "other"],
                name="operation_one_rule_between_two_treatments",
                violation_error_message=_("There is a rule between these two already."),
            ),
            models.CheckConstraint(
                condition=~Q(treatment=F("other")),
                name="operation_rule_between_two_treatments",
                violation_error_message=_("A rule stands between two different plans."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.treatment.number} {self.get_rule_display()} {self.other.number}"

    def clean(self) -> None:
        super().clean()
        if self.treatment_id is None or self.other_id is None:
            return
        turned = TreatmentRule.objects.filter(treatment=self.other_id, other=self.treatment_id)
        between = turned.exclude(pk=self.pk).first()
        if between and (self.rule, between.rule) != (self.Rule.NEEDS, self.Rule.NEEDS):
            raise ValidationError({"other": _("There is a rule between these two already.")})
        if self.rule == self.Rule.NEEDS and self.treatment_id in self._needed_by_the_other():
            raise ValidationError(
                {"other": _("That plan needs this one already, itself or through others.")}
            )

    def _needed_by_the_other(self) -> set[int]:
        """All plans that the other one can't be done without, through others too."""
        needs = TreatmentRule.objects.filter(rule=self.Rule.NEEDS).exclude(pk=self.pk)
        found: set[int] = set()
        wanted: Iterable[int] = [self.other_id]
        while wanted:
            found |= set(wanted)
            further = needs.filter(treatment__in=wanted).values_list("other", flat=True)
            wanted = set(further) - found
        return found


class TreatmentReview(Record):
    """Somebody looked, after a plan was done, whether it has the effect it was made for (8.3)."""

    happened_on = "verified_on"

    class Result(models.TextChoices):
        REACHED = "reached", _("Has the effect planned")
        PARTLY = "partly", _("Has part of it")
        MISSED = "missed", _("Does not have it")

    prefix = "TRV"

    treatment = models.ForeignKey(
        TreatmentPlan,
        verbose_name=_("treatment plan"),
        on_delete=models.PROTECT,
        related_name="reviews",
    )
    verified_on = PastDay(_("verified on"), default=timezone.localdate)
    verified_by = models.ForeignKey(
        Person,
        verbose_name=_("verified by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="treatments_verified",
        help_text=_("Better somebody other than whoever answers for the plan."),
    )
    result = models.CharField(_("result"), max_length=7, choices=Result)
    finding = models.TextField(
        _("what was found"),
        help_text=_("Figures before and after, and how the risks are rated now."),
    )

    class Meta:
        verbose_name = _("treatment review")
        verbose_name_plural = _("treatment reviews")

    def clean_fields(self, exclude: Any = None) -> None:
        self.title = self._title()
        super().clean_fields(exclude)

    def clean(self) -> None:
        super().clean()
        done_on = self.treatment.done_on if self.treatment_id else None
        if self.treatment_id and self.verified_on and (not done_on or self.verified_on < done_on):
            raise ValidationError(
                {"verified_on": _("An effect can be verified once the plan is done.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Called after its plan and its day."""
        self.title = self._title()
        super().save(*args, **kwargs)

    def _title(self) -> str:
        if not self.treatment_id:
            return str(self._meta.verbose_name)
        return f"{self.treatment.title}, {self.verified_on}"[:200]
