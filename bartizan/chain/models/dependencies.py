"""Who cannot do without whom, for how long, and who could take whose place."""

from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models.flows import Flow
from bartizan.chain.models.nodes import Partner, Place
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import BetweenQuerySet


def one_of(*names: str) -> Q:
    """That one of these fields is filled in, and no other."""
    ways = (Q(**{f"{name}__isnull": name != filled for name in names}) for filled in names)
    return reduce(or_, ways)


class Dependency(models.Model):
    """A partner or place cannot do without another, or without what a flow brings (6.1.2 f).

    Rows of one dependant under the same group can stand in for one another; every group, and
    every row without one, is needed.
    """

    part_of = "dependant"

    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner that depends"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dependencies",
    )
    place = models.ForeignKey(
        Place,
        verbose_name=_("place that depends"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dependencies",
        help_text=_("Give the partner or the place, not both."),
    )
    on_partner = models.ForeignKey(
        Partner,
        verbose_name=_("on partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dependants",
    )
    on_place = models.ForeignKey(
        Place,
        verbose_name=_("on place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dependants",
    )
    on_flow = models.ForeignKey(
        Flow,
        verbose_name=_("on flow"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dependants",
        help_text=_("Give one of the three: the partner, the place, or the flow."),
    )
    what = models.CharField(
        _("for what"), max_length=200, blank=True, help_text=_("As in power, guards, parts.")
    )
    group = models.CharField(
        _("group"),
        max_length=40,
        blank=True,
        help_text=_("Any one of a group will do. Empty: it is needed itself."),
    )
    buffer_days = models.FloatField(
        _("gets by without for (days)"),
        default=0,
        help_text=_("How long stock, batteries or patience last."),
    )

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=one_of("partner", "place"),
                name="chain_dependency_has_one_dependant",
                violation_error_message=_("Say which partner or which place depends: one of them."),
            ),
            models.CheckConstraint(
                condition=one_of("on_partner", "on_place", "on_flow"),
                name="chain_dependency_is_on_one",
                violation_error_message=_(
                    "Say on what it depends: a partner, a place or a flow, one of them."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(partner=None) | Q(on_partner=None) | ~Q(partner=F("on_partner")))
                & (Q(place=None) | Q(on_place=None) | ~Q(place=F("on_place"))),
                name="chain_dependency_is_on_another",
                violation_error_message=_("Nothing depends on itself."),
            ),
            models.CheckConstraint(
                condition=Q(buffer_days__range=(0, 3650)),
                name="chain_dependency_buffer_lasts",
                violation_error_message=_("It gets by for 0 days or more, ten years at most."),
            ),
            models.UniqueConstraint(
                Coalesce("partner", 0),
                Coalesce("place", 0),
                Coalesce("on_partner", 0),
                Coalesce("on_place", 0),
                Coalesce("on_flow", 0),
                F("group"),
                name="chain_dependency_once",
                violation_error_message=_("This dependency is listed already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dependant} ← {self.supplier}"

    def clean(self) -> None:
        """Whose row it is decides who may write it: that is asked before anything else."""
        super().clean()
        if self.dependant is None:
            raise ValidationError(_("Say which partner or which place depends: one of them."))

    @property
    def dependant(self) -> Partner | Place | None:
        """What cannot do without the other."""
        return self.partner or self.place

    @property
    def supplier(self) -> Partner | Place | Flow | None:
        """What it cannot do without."""
        return self.on_partner or self.on_place or self.on_flow


class Alternative(models.Model):
    """Which partner or place can take the place of another, and how soon (8.5, 8.6)."""

    part_of = "replaced"

    partner = models.ForeignKey(
        Partner,
        verbose_name=_("in place of partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="alternatives",
    )
    by_partner = models.ForeignKey(
        Partner,
        verbose_name=_("stands in: partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stands_in_for",
    )
    place = models.ForeignKey(
        Place,
        verbose_name=_("in place of place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="alternatives",
    )
    by_place = models.ForeignKey(
        Place,
        verbose_name=_("stands in: place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stands_in_for",
    )
    ready_after_days = models.FloatField(
        _("ready after (days)"),
        default=0,
        help_text=_("From the call to the day on which it does the work."),
    )
    is_agreed = models.BooleanField(
        _("agreed"),
        default=False,
        help_text=_("Is it settled with them? What nobody agreed counts as no alternative."),
    )
    tried_on = PastDay(
        _("last tried on"), null=True, blank=True, help_text=_("When it last did the work.")
    )

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("alternative")
        verbose_name_plural = _("alternatives")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    partner__isnull=False, by_partner__isnull=False, place=None, by_place=None
                )
                | Q(partner=None, by_partner=None, place__isnull=False, by_place__isnull=False),
                name="chain_alternative_of_like_to_like",
                violation_error_message=_(
                    "Name two partners or two places: which is replaced, and by which."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(partner=None) | ~Q(partner=F("by_partner")))
                & (Q(place=None) | ~Q(place=F("by_place"))),
                name="chain_alternative_is_another",
                violation_error_message=_("Nothing stands in for itself."),
            ),
            models.CheckConstraint(
                condition=Q(ready_after_days__range=(0, 3650)),
                name="chain_alternative_ready_some_day",
                violation_error_message=_("It is ready after 0 days or more, ten years at most."),
            ),
            models.UniqueConstraint(
                Coalesce("partner", 0),
                Coalesce("by_partner", 0),
                Coalesce("place", 0),
                Coalesce("by_place", 0),
                name="chain_alternative_once",
                violation_error_message=_("This alternative is listed already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.replaced} → {self.substitute}"

    def clean(self) -> None:
        """Whose row it is decides who may write it: that is asked before anything else."""
        super().clean()
        if self.replaced is None:
            raise ValidationError(
                _("Name two partners or two places: which is replaced, and by which.")
            )

    @property
    def replaced(self) -> Partner | Place | None:
        """What it could take the place of."""
        return self.partner or self.place

    @property
    def substitute(self) -> Partner | Place | None:
        """What would do the work."""
        return self.by_partner or self.by_place
