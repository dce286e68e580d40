"""What the chain is there for: goods and services that flow over legs, and what they are worth."""

from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models.legs import Leg
from bartizan.chain.models.nodes import Partner
from bartizan.ground.records.models import BetweenQuerySet, Record, RecordManager, RecordQuerySet


class FlowQuerySet(RecordQuerySet["Flow"]):
    """What can be asked of flows."""

    def running(self) -> Self:
        """Those in force that something flows in today."""
        return self.live().filter(is_active=True)


FlowManager = RecordManager.from_queryset(FlowQuerySet)


class Flow(Record):
    """Goods, a service or data on their way through the chain, year in, year out (6.1.2, 8.2)."""

    class Nature(models.TextChoices):
        GOODS = "goods", _("Goods")
        SERVICE = "service", _("Service")
        DATA = "data", _("Data")
        MONEY = "money", _("Money")

    prefix = "FLW"

    nature = models.CharField(_("what flows"), max_length=7, choices=Nature, default=Nature.GOODS)
    goods = models.TextField(
        _("goods or services"),
        blank=True,
        help_text=_("What exactly, how much of it, and what makes it worth stealing or stopping."),
    )
    customer = models.ForeignKey(
        Partner,
        verbose_name=_("for"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="flows",
        help_text=_("The customer who waits for it. Empty: for ourselves, or for many."),
    )
    value_per_year = models.PositiveBigIntegerField(
        _("value a year"),
        null=True,
        blank=True,
        help_text=_("What goes over it in a year is worth so much."),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters, as in EUR."))],
    )
    buffer_days = models.FloatField(
        _("stock at its end (days)"),
        default=0,
        help_text=_("How long those at its end get by when nothing comes any more."),
    )
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Does anything flow in it today?")
    )

    objects: ClassVar = FlowManager()

    class Meta:
        verbose_name = _("flow")
        verbose_name_plural = _("flows")
        constraints = [
            models.CheckConstraint(
                condition=Q(value_per_year=None) | ~Q(currency=""),
                name="chain_flow_value_has_a_currency",
                violation_error_message=_("Say in which currency it is worth that much."),
            ),
            models.CheckConstraint(
                condition=Q(buffer_days__range=(0, 3650)),
                name="chain_flow_stock_lasts",
                violation_error_message=_("Stock lasts 0 days or more, and ten years at most."),
            ),
        ]


class FlowStep(models.Model):
    """One stretch of a flow: the leg it takes, or one of several that will do.

    Legs under the same step can stand in for one another; a flow needs one leg of every step.
    """

    part_of = "flow"

    flow = models.ForeignKey(
        Flow, verbose_name=_("flow"), on_delete=models.CASCADE, related_name="steps"
    )
    step = models.PositiveSmallIntegerField(
        _("step"),
        help_text=_("1, 2, 3 along the way. Legs under one number can replace one another."),
    )
    leg = models.ForeignKey(
        Leg, verbose_name=_("leg"), on_delete=models.PROTECT, related_name="flow_steps"
    )

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("flow step")
        verbose_name_plural = _("flow steps")
        ordering = ["flow", "step", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["flow", "step", "leg"],
                name="chain_flow_step_once",
                violation_error_message=_("This flow takes this leg at this step already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.flow.number}, {self.step}: {self.leg.title}"
