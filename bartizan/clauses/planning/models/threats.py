"""What is known: where information comes from, what threatens, where one is open to it (6.1.2)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models import Partner, Place, Process
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import Record


class Origin(models.TextChoices):
    """Where what may happen comes from: the sources an assessment has to take in (6.1.2)."""

    PHYSICAL = "physical", _("Physical failure")
    FUNCTIONAL = "functional", _("Failure of function")
    ACCIDENT = "accident", _("Accidental damage")
    DAMAGE = "damage", _("Wilful damage")
    CRIME = "crime", _("Crime")
    TERROR = "terror", _("Terrorism")
    NATURE = "nature", _("Natural event")
    PEOPLE = "people", _("Human factors")
    CULTURE = "culture", _("Culture")
    BEYOND = "beyond", _("Beyond our control")
    CONTROL = "control", _("Control of security")
    DESIGN = "design", _("Equipment: design")
    FITTING = "fitting", _("Equipment: fitting")
    UPKEEP = "upkeep", _("Equipment: upkeep")
    REPLACEMENT = "replacement", _("Equipment: replacement")
    INFORMATION = "information", _("Information")
    DATA = "data", _("Data")
    KNOWLEDGE = "knowledge", _("Knowledge")
    COMMUNICATION = "communication", _("Communication")
    SUPPLIERS = "suppliers", _("Suppliers that depend on each other")
    LAW = "law", _("Breach of law or regulation")
    REPUTATION = "reputation", _("Reputation and brand")
    STANDSTILL = "standstill", _("Standstill of operations")


class InformationSource(Record):
    """Where one learns of threats and weaknesses, asked at intervals (6.1.2-e)."""

    class Nature(models.TextChoices):
        AUTHORITY = "authority", _("Authority or police")
        ASSOCIATION = "association", _("Trade association")
        PARTNER = "partner", _("Partner or customer")
        INSURER = "insurer", _("Insurer")
        SERVICE = "service", _("Advisory service or feed")
        PRESS = "press", _("Press and open sources")
        OWN = "own", _("Our own inspections and incidents")

    prefix = "INF"

    nature = models.CharField(_("kind"), max_length=11, choices=Nature)
    covers = models.TextField(
        _("what one learns from it"), help_text=_("As in: thefts at truck stops, by week and road.")
    )
    where = models.CharField(
        _("where to find it"), max_length=300, blank=True, help_text=_("Address, contact, meeting.")
    )
    cadence_days = models.PositiveIntegerField(
        _("asked every (days)"), help_text=_("How often somebody looks there.")
    )
    last_asked = PastDay(_("last asked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("information source")
        verbose_name_plural = _("information sources")
        constraints = [
            models.CheckConstraint(
                condition=Q(cadence_days__gte=1),
                name="planning_source_is_asked_now_and_then",
                violation_error_message=_("Say every how many days it is asked: at least one."),
            )
        ]


class Known(models.Model):
    """What one knows, from where, and how fresh that is. No table of its own."""

    learned_from = models.ForeignKey(
        InformationSource,
        verbose_name=_("learned from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
    )
    known_on = PastDay(
        _("as known on"),
        null=True,
        blank=True,
        help_text=_("The day of the information, not of this entry."),
    )

    class Meta:
        abstract = True


class Threat(Record, Known):  # noqa: DJ008 - a record says itself what it is called
    """What somebody or something may do to the organization or its supply chain (6.1.2)."""

    prefix = "THR"

    origin = models.CharField(_("comes from"), max_length=13, choices=Origin)
    description = models.TextField(
        _("what may happen"), help_text=_("Who or what does it, how, to what, for what gain.")
    )
    signs = models.TextField(
        _("early signs"), blank=True, help_text=_("By what one notices that it is coming.")
    )
    entry = models.SlugField(
        _("entry of the catalogue"),
        max_length=40,
        blank=True,
        help_text=_("Set where it was taken from the catalogue that comes with the program."),
    )

    class Meta:
        verbose_name = _("threat")
        verbose_name_plural = _("threats")
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=~Q(entry=""),
                name="planning_catalogue_entry_once",
                violation_error_message=_("This entry of the catalogue is there already."),
            )
        ]


class Vulnerability(Record, Known):  # noqa: DJ008 - likewise
    """Where the organization or its supply chain is open to a threat (6.1.2-e)."""

    class Ease(models.TextChoices):
        HARD = "hard", _("Hard to use")
        POSSIBLE = "possible", _("Possible to use")
        EASY = "easy", _("Easy to use")

    prefix = "VUL"

    description = models.TextField(
        _("what is open"), help_text=_("What somebody could use, and what it takes to do so.")
    )
    ease = models.CharField(_("how easily it is used"), max_length=8, choices=Ease)
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vulnerabilities",
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vulnerabilities",
    )
    process = models.ForeignKey(
        Process,
        verbose_name=_("process"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vulnerabilities",
    )
    closed_on = PastDay(
        _("closed on"), null=True, blank=True, help_text=_("Empty as long as it is open.")
    )

    class Meta:
        verbose_name = _("vulnerability")
        verbose_name_plural = _("vulnerabilities")


class EquipmentClass(Record):
    """A class of security equipment in service: what is assessed over its whole life (6.1.2-c)."""

    prefix = "EQC"

    description = models.TextField(
        _("what belongs to it"), help_text=_("As in: cameras, recorders and their lines.")
    )
    protects = models.TextField(_("what it protects"), blank=True)
    in_service_since = models.DateField(
        _("in service since"), null=True, blank=True, default=timezone.localdate
    )
    out_of_service_on = PastDay(_("out of service since"), null=True, blank=True)

    class Meta:
        verbose_name = _("class of security equipment")
        verbose_name_plural = _("classes of security equipment")
        constraints = [
            models.CheckConstraint(
                condition=Q(out_of_service_on=None)
                | Q(in_service_since=None)
                | Q(out_of_service_on__gte=F("in_service_since")),
                name="planning_equipment_ends_after_it_began",
                violation_error_message=_("It went out of service before it came into service."),
            )
        ]
