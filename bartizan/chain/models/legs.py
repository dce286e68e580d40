"""How goods, people and data get from place to place, and in whose hands they are meanwhile."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bartizan.chain.models.nodes import Partner, Place
from bartizan.ground.records.models import Record, RecordManager, RecordQuerySet

HOURS = 24  # of a day


class LegQuerySet(RecordQuerySet["Leg"]):
    """What can be asked of legs."""

    def travelled(self) -> Self:
        """Those in force that something passes over today."""
        return self.live().filter(is_active=True)


LegManager = RecordManager.from_queryset(LegQuerySet)


class Leg(Record):
    """One stretch of the chain, from one place to the next, in one pair of hands (6.1.2, 8.2).

    Places need not line up: goods come back, pallets go round. Only a leg that ends where it
    began is none.
    """

    class Mode(models.TextChoices):
        ROAD = "road", _("Road")
        RAIL = "rail", _("Rail")
        SEA = "sea", _("Sea")
        INLAND = "inland", _("Inland waterway")
        AIR = "air", _("Air")
        PIPELINE = "pipeline", _("Pipeline")
        DATA = "data", _("Data line")
        ON_SITE = "on-site", _("Within a site")

    prefix = "LEG"
    bears_names = True

    origin = models.ForeignKey(
        Place, verbose_name=_("from"), on_delete=models.PROTECT, related_name="legs_out"
    )
    destination = models.ForeignKey(
        Place, verbose_name=_("to"), on_delete=models.PROTECT, related_name="legs_in"
    )
    mode = models.CharField(_("by"), max_length=8, choices=Mode, default=Mode.ROAD)
    carrier = models.ForeignKey(
        Partner,
        verbose_name=_("in custody of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="legs_carried",
        help_text=_("Who has the goods in hand on the way. Empty: we ourselves."),
    )
    responsible = models.ForeignKey(
        Partner,
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="legs_answered_for",
        help_text=_("Who answers for the goods to their owner meanwhile. Empty: we ourselves."),
    )
    under_own_control = models.BooleanField(
        _("under our control"),
        default=False,
        help_text=_("Do we direct how it is done: crew, route, stops, seals?"),
    )
    hand_over = models.TextField(
        _("hand-over"),
        blank=True,
        help_text=_("Where and how the goods change hands at both ends, and what is checked then."),
    )
    usual_days = models.FloatField(
        _("usual duration (days)"),
        null=True,
        blank=True,
        help_text=_("0.25 for six hours."),
    )
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Does anything pass over it today?")
    )

    objects: ClassVar = LegManager()

    class Meta:
        verbose_name = _("leg")
        verbose_name_plural = _("legs")
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin=F("destination")),
                name="chain_leg_between_two_places",
                violation_error_message=_("A leg leads from one place to another."),
            ),
            models.CheckConstraint(
                condition=Q(usual_days=None) | Q(usual_days__range=(0, 3650)),
                name="chain_leg_takes_no_less_than_no_time",
                violation_error_message=_("A leg takes 0 days or more, and ten years at most."),
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        """A leg is called after its two ends, and so at least as secret as both."""
        self.take_after_its_ends()
        super().save(*args, **kwargs)

    def take_after_its_ends(self) -> bool:
        """Name it after its ends, as secret as they are; returns whether that is something new."""
        was = self.title, self.sensitivity
        self.title = self.called(self.origin, self.destination)
        ends = self.origin.sensitivity, self.destination.sensitivity
        self.sensitivity = max(self.sensitivity, *ends)
        return was != (self.title, self.sensitivity)

    @staticmethod
    def called(origin: Place, destination: Place) -> str:
        """What a leg between these two is called."""
        return f"{origin.title} – {destination.title}"[:200]

    @property
    def usual_duration(self) -> str:
        """How long it takes in words: in hours below two days, as in "6 hours" or "2.5 days"."""
        if self.usual_days is None:
            return ""
        if self.usual_days < 2:
            hours = round(self.usual_days * HOURS, 1)
            words = ngettext("%(count)s hour", "%(count)s hours", 1 if hours == 1 else 2)
            return words % {"count": number_format(f"{hours:g}")}
        return _("%(count)s days") % {"count": number_format(f"{self.usual_days:.3g}")}

    def clean(self) -> None:
        """Where nobody else has the goods in hand, we do: then it is under our control."""
        super().clean()
        if self.carrier_id is None and self.responsible_id and not self.under_own_control:
            raise ValidationError(
                {"carrier": _("Somebody else answers for it: name who has the goods in hand.")}
            )
