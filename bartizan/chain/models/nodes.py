"""The nodes of the supply chain: who takes part in it, and where."""

from typing import ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bartizan.chain import locodes
from bartizan.chain.identifiers import valid_gln, valid_lei, valid_locode
from bartizan.ground.people.models import Person
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import Record, RecordManager, RecordQuerySet

_N = TypeVar("_N", bound=Record, covariant=True)


class NodeQuerySet(RecordQuerySet[_N]):
    """What can be asked of partners and places alike."""

    def nodes(self) -> Self:
        """Those that are part of the chain today."""
        return self.live().filter(is_active=True).exclude(position=Node.Position.BESIDE)


NodeManager = RecordManager.from_queryset(NodeQuerySet)


class Node(models.Model):
    """What partners and places have in common as parts of the chain. No table of its own."""

    class Position(models.TextChoices):
        UPSTREAM = "upstream", _("Upstream of us")
        OWN = "own", _("Our own")
        DOWNSTREAM = "downstream", _("Downstream of us")
        BESIDE = "beside", _("Beside the chain")

    class Level(models.TextChoices):
        BASIC = "basic", _("Basic")
        RAISED = "raised", _("Raised")
        HIGH = "high", _("High")

    position = models.CharField(
        _("position in the chain"),
        max_length=10,
        choices=Position,
        help_text=_(
            "Upstream is where goods come from, downstream where they go. An authority or an"
            " adviser that never handles them stands beside the chain."
        ),
    )
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Do goods, data or services pass through it today?")
    )
    active_since = PastDay(_("in use since"), null=True, blank=True)
    security_level = models.CharField(
        _("security level called for"),
        max_length=6,
        choices=Level,
        blank=True,
        help_text=_("How well goods have to be protected here. Empty: nobody has decided yet."),
    )
    gln = models.CharField(
        _("GLN"),
        max_length=13,
        blank=True,
        validators=[valid_gln],
        help_text=_("Global Location Number: 13 digits. Empty where it has none."),
    )
    no_demand_reason = models.TextField(
        _("why it demands nothing of the system"),
        blank=True,
        help_text=_(
            "Only where no context issue and no requirement of a party comes from it: say why not."
        ),
    )
    no_demand_on = PastDay(_("that was decided on"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(no_demand_reason="", no_demand_on=None)
                | (~Q(no_demand_reason="") & Q(no_demand_on__isnull=False)),
                name="%(app_label)s_%(class)s_no_demand_is_dated",
                violation_error_message=_(
                    "The reason why it demands nothing is given with its day."
                ),
            ),
            models.UniqueConstraint(
                fields=["gln"],
                condition=~Q(gln=""),
                name="%(app_label)s_%(class)s_gln_once",
                violation_error_message=_("This GLN is given to another one already."),
            ),
        ]


class Partner(Record, Node):  # noqa: DJ008 - a record says itself what it is called
    """An organization that takes part in the supply chain, or works for one that does."""

    class Relationship(models.TextChoices):
        SUPPLIER = "supplier", _("Supplier")
        CARRIER = "carrier", _("Carrier")
        SERVICE = "service", _("Service provider")
        CUSTOMER = "customer", _("Customer")
        AUTHORITY = "authority", _("Authority")
        OTHER = "other", _("Other")

    prefix = "PTR"

    relationship = models.CharField(_("is our"), max_length=10, choices=Relationship)
    supplies = models.TextField(
        _("what it supplies"),
        blank=True,
        help_text=_("Goods, transport, guarding, software: whatever we rely on it for."),
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Two capital letters, as in NL."))],
    )
    contact = models.TextField(
        _("contact"), blank=True, help_text=_("Whom to reach and how, by day and by night.")
    )
    tier = models.PositiveSmallIntegerField(
        _("tier"),
        null=True,
        blank=True,
        help_text=_("1 deals with us, 2 with one of those, and so on. Empty: nobody knows yet."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subsidiaries",
        help_text=_("The partner that owns it: what happens to the one happens to the other."),
    )
    lei = models.CharField(
        _("LEI"),
        max_length=20,
        blank=True,
        validators=[valid_lei],
        help_text=_("Legal Entity Identifier: 20 letters and digits. Empty where it has none."),
    )
    share = models.PositiveSmallIntegerField(
        _("share of its kind (%)"),
        null=True,
        blank=True,
        help_text=_("How much of what we buy of this kind comes from it."),
    )

    objects: ClassVar = NodeManager()

    class Meta(Node.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            *Node.Meta.constraints,
            models.UniqueConstraint(
                fields=["lei"],
                condition=~Q(lei=""),
                name="chain_partner_lei_once",
                violation_error_message=_("This LEI is given to another partner already."),
            ),
            models.CheckConstraint(
                condition=Q(tier=None) | Q(tier__range=(1, 20)),
                name="chain_partner_tier_from_one",
                violation_error_message=_("Tiers count from 1, for whoever deals with us, to 20."),
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__lte=100),
                name="chain_partner_share_of_the_whole",
                violation_error_message=_("A share lies between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("record_ptr")),
                name="chain_partner_parent_is_another",
                violation_error_message=_("A company is not its own parent."),
            ),
        ]

    def clean(self) -> None:
        """Companies that own one another in a circle would belong to nobody."""
        super().clean()
        above, seen = self.parent, {self.pk}
        while above is not None and above.pk not in seen:
            seen.add(above.pk)
            above = above.parent
        if above is not None:
            raise ValidationError({"parent": _("This partner is owned by the one at hand.")})


class Place(Record, Node):  # noqa: DJ008 - likewise
    """Where goods, people or data of the chain stop: a site, a port, a border, a vehicle pool."""

    class Use(models.TextChoices):
        SITE = "site", _("Site")
        WAREHOUSE = "warehouse", _("Warehouse")
        DEPOT = "depot", _("Depot")
        PLANT = "plant", _("Plant")
        OFFICE = "office", _("Office")
        PORT = "port", _("Port")
        AIRPORT = "airport", _("Airport")
        TERMINAL = "terminal", _("Terminal")
        BORDER = "border", _("Border crossing")
        PARKING = "parking", _("Truck stop")
        VEHICLES = "vehicles", _("Vehicle pool")
        OTHER = "other", _("Other")

    prefix = "PLC"

    use = models.CharField(_("used as"), max_length=10, choices=Use)
    under_own_control = models.BooleanField(
        _("under our control"), default=True, help_text=_("Do we decide who gets in?")
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("run by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places",
        help_text=_("The partner that runs it, where we do not."),
    )
    address = models.TextField(_("address"), blank=True)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Two capital letters, as in NL."))],
    )
    locode = models.CharField(
        _("UN/LOCODE"),
        max_length=5,
        blank=True,
        validators=[valid_locode],
        help_text=_("As in NLRTM for Rotterdam. Empty where the place has none."),
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    zones = models.TextField(
        _("zones"),
        blank=True,
        help_text=_("Security zones, one a line: what is there, and who may enter."),
    )
    responsible = models.ForeignKey(
        Person,
        verbose_name=_("responsible on site"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places",
        help_text=_("Who answers for its security day by day. Its owner answers for this record."),
    )

    objects: ClassVar = NodeManager()

    class Meta(Node.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            *Node.Meta.constraints,
            models.CheckConstraint(
                condition=Q(locode="") | Q(country="") | Q(locode__startswith=F("country")),
                name="chain_place_locode_is_of_its_country",
                violation_error_message=_("The UN/LOCODE belongs to another country."),
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="chain_place_has_both_coordinates",
                violation_error_message=_(
                    "Give latitude (-90 to 90) and longitude (-180 to 180), or neither."
                ),
            ),
        ]

    def clean(self) -> None:
        """Where the full list of UN/LOCODEs was read in, it decides which there are."""
        super().clean()
        if locodes.is_refused(self.locode):
            raise ValidationError({"locode": _("This code is not on the published list.")})

    def save(self, *args, **kwargs) -> None:
        """Its legs are called after it: they take on another name, or a higher sensitivity."""
        new = self._state.adding
        super().save(*args, **kwargs)
        if new:
            return
        for end in (self.legs_out, self.legs_in):
            for leg in end.select_related("origin", "destination"):
                if leg.take_after_its_ends():
                    leg.save(update_fields=["title", "sensitivity"])

    @property
    def stands_for(self) -> str:
        """The place its UN/LOCODE stands for, or that no list we know has such a code."""
        return locodes.remark(self.locode)
