"""How the organization means to stay secure, and what it chose that from (8.5)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models import Process
from bartizan.clauses.operation.models.controls import Control
from bartizan.clauses.operation.models.treatments import TreatmentPlan
from bartizan.clauses.planning.models import RiskAssessment, Threat, Vulnerability
from bartizan.ground.documents.models import Document
from bartizan.ground.people.models import Person
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import BetweenQuerySet, Record


class Strategy(Record):
    """Procedures, processes and treatments that together keep something secure (8.5.1).

    What it is made of are its components, what it was chosen from its options, and what it has to
    live up to its protection requirements. An option is chosen with a reason, and approved.
    """

    prefix = "STG"
    needs_approval = True

    aim = models.TextField(
        _("what it is to keep secure"),
        help_text=_("Which goods, places, people or data, against what, how well."),
    )
    assessment = models.ForeignKey(
        RiskAssessment,
        verbose_name=_("risk assessment it rests on"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="strategies",
    )
    choice_reason = models.TextField(
        _("why this option"),
        blank=True,
        help_text=_("What it does better than the others, what it costs, what one gives up."),
    )
    same_grade_reason = models.TextField(
        _("why all options are as secure"),
        blank=True,
        help_text=_("Only where every option has the same grade for keeping things secure."),
    )

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")


class StrategyOption(Record):
    """One of the ways considered, and how it does on each criterion (8.5.1)."""

    class Grade(models.IntegerChoices):
        POOR = 1, _("1 Poor")
        WEAK = 2, _("2 Weak")
        FAIR = 3, _("3 Fair")
        GOOD = 4, _("4 Good")
        VERY_GOOD = 5, _("5 Very good")

    prefix = "STO"

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategy"), on_delete=models.PROTECT, related_name="options"
    )
    description = models.TextField(_("what would be done"))
    is_chosen = models.BooleanField(_("chosen"), default=False)

    grade = models.PositiveSmallIntegerField(
        _("keeps us secure"),
        choices=Grade,
        null=True,
        blank=True,
        help_text=_("How far the organization stays secure with it."),
    )
    grade_basis = models.TextField(_("why this grade"), blank=True)

    vulnerabilities = models.ManyToManyField(
        Vulnerability,
        verbose_name=_("vulnerabilities it bears on"),
        blank=True,
        related_name="strategy_options",
    )
    vulnerability_cut = models.PositiveSmallIntegerField(
        _("makes them rarer by (%)"),
        null=True,
        blank=True,
        help_text=_("How much less often somebody finds such a weakness open. 0: no change."),
    )
    threats = models.ManyToManyField(
        Threat,
        verbose_name=_("threats it bears on"),
        blank=True,
        related_name="strategy_options",
    )
    threat_cut = models.PositiveSmallIntegerField(
        _("makes them come true less often by (%)"),
        null=True,
        blank=True,
        help_text=_("0: no change."),
    )

    detection_hours = models.PositiveIntegerField(
        _("a failing control is noticed within (hours)"), null=True, blank=True
    )
    repair_hours = models.PositiveIntegerField(
        _("and works again within (hours)"), null=True, blank=True
    )
    fallback = models.TextField(
        _("what is done meanwhile"),
        blank=True,
        help_text=_("What stands in for a control that failed: a guard at the broken gate."),
    )

    cost = models.PositiveBigIntegerField(
        _("cost per year"),
        null=True,
        blank=True,
        help_text=_("All in, in whole units of the currency you keep your books in."),
    )
    benefit = models.PositiveBigIntegerField(
        _("benefit per year"),
        null=True,
        blank=True,
        help_text=_("Losses that don't happen, and whatever else it earns."),
    )
    budget = models.PositiveBigIntegerField(_("money available per year"), null=True, blank=True)
    staff_days = models.PositiveIntegerField(_("staff days needed per year"), null=True, blank=True)
    staff_days_available = models.PositiveIntegerField(
        _("staff days available per year"), null=True, blank=True
    )
    gap_plan = models.TextField(
        _("how the gap is closed"),
        blank=True,
        help_text=_("Where it takes more than there is: from where the rest comes, and when."),
    )

    class Meta:
        verbose_name = _("strategy option")
        verbose_name_plural = _("strategy options")
        constraints = [
            models.UniqueConstraint(
                fields=["strategy"],
                condition=Q(is_chosen=True),
                name="operation_one_option_chosen",
                violation_error_message=_("Another option of this strategy is chosen already."),
            ),
            models.CheckConstraint(
                condition=Q(vulnerability_cut=None) | Q(vulnerability_cut__lte=100),
                name="operation_option_vulnerability_cut_is_a_share",
                violation_error_message=_(
                    "Nothing gets rarer by more than all of it: give 100 at most."
                ),
            ),
            models.CheckConstraint(
                condition=Q(threat_cut=None) | Q(threat_cut__lte=100),
                name="operation_option_threat_cut_is_a_share",
                violation_error_message=_(
                    "Nothing gets rarer by more than all of it: give 100 at most."
                ),
            ),
        ]


class StrategyComponent(models.Model):
    """One thing a strategy is made of, and whether it takes any means (8.5.1, 8.5.2)."""

    part_of = "strategy"

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategy"), on_delete=models.PROTECT, related_name="components"
    )
    treatment = models.ForeignKey(
        TreatmentPlan,
        verbose_name=_("treatment plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="strategy_components",
    )
    control = models.ForeignKey(
        Control,
        verbose_name=_("control"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="strategy_components",
    )
    process = models.ForeignKey(
        Process,
        verbose_name=_("process"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="strategy_components",
    )
    procedure = models.ForeignKey(
        Document,
        verbose_name=_("procedure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="strategy_components",
    )
    no_means_reason = models.CharField(
        _("why it takes no further means"),
        max_length=300,
        blank=True,
        help_text=_(
            "Otherwise link a resource need for people, for equipment, for money and for time to"
            " what the component names."
        ),
    )

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategy component")
        verbose_name_plural = _("strategy components")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(treatment__isnull=False, control=None, process=None, procedure=None)
                | Q(treatment=None, control__isnull=False, process=None, procedure=None)
                | Q(treatment=None, control=None, process__isnull=False, procedure=None)
                | Q(treatment=None, control=None, process=None, procedure__isnull=False),
                name="operation_component_is_one_thing",
                violation_error_message=_(
                    "Name exactly one: a treatment plan, a control, a process or a procedure."
                ),
            ),
            *(
                models.UniqueConstraint(
                    fields=["strategy", part],
                    name=f"operation_strategy_lists_{part}_once",
                    violation_error_message=_("The strategy lists this already."),
                )
                for part in ("treatment", "control", "process", "procedure")
            ),
        ]

    def __str__(self) -> str:
        return str(self.treatment or self.control or self.process or self.procedure)


class ProtectionRequirement(models.Model):
    """What a strategy has to live up to, and whether the chosen option does (8.5.1)."""

    part_of = "strategy"

    strategy = models.ForeignKey(
        Strategy,
        verbose_name=_("strategy"),
        on_delete=models.PROTECT,
        related_name="protection_requirements",
    )
    demand = models.CharField(
        _("what is demanded"),
        max_length=300,
        help_text=_("As one would test it: no trailer of medicines stands unguarded."),
    )
    source = models.ForeignKey(
        Record,
        verbose_name=_("comes from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="strategy_demands",
        help_text=_("The obligation, requirement of a party, commitment, place or partner."),
    )
    is_met = models.BooleanField(_("met by the chosen option"), default=False)
    met_by = models.CharField(_("how"), max_length=300, blank=True)
    accepted_by = models.ForeignKey(
        Person,
        verbose_name=_("falling short accepted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="shortfalls_accepted",
    )
    accepted_on = PastDay(_("accepted on"), null=True, blank=True)

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("protection requirement")
        verbose_name_plural = _("protection requirements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "demand"],
                name="operation_protection_requirement_once",
                violation_error_message=_("The strategy lists this demand already."),
            ),
            models.CheckConstraint(
                condition=Q(is_met=False) | ~Q(met_by=""),
                name="operation_requirement_is_met_somehow",
                violation_error_message=_("Say how the chosen option meets it."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None, accepted_on=None)
                | Q(accepted_by__isnull=False, accepted_on__isnull=False, is_met=False),
                name="operation_shortfall_is_accepted_by_somebody",
                violation_error_message=_(
                    "Who accepts that it is not met says so with a day; what is met needs nobody."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.demand[:80]
