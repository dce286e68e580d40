"""Who has a stake in the organization's security, and what they need or expect (4.2.1)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models import Partner
from bartizan.ground.people.models import Person
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import Record


class InterestedParty(Record):
    """Somebody whose stake bears on security; its owner keeps up the relationship (4.2.3.9)."""

    class Category(models.TextChoices):
        AUTHORITY = "authority", _("Authority")
        CUSTOMER = "customer", _("Customer")
        EMERGENCY = "emergency", _("Emergency service")
        FINANCE = "finance", _("Owner, lender or insurer")
        NEIGHBOUR = "neighbour", _("Neighbour or community")
        PARTNER = "partner", _("Partner or association")
        SUPPLIER = "supplier", _("Supplier or contractor")
        WORKFORCE = "workforce", _("Workforce")

    prefix = "PTY"

    category = models.CharField(_("category"), max_length=12, choices=Category)
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stakes",
        help_text=_("If it is one of the partners in the supply chain: which."),
    )
    is_relevant = models.BooleanField(
        _("relevant"),
        default=True,
        help_text=_("Does its stake bear on security? If not, keep it here and say why."),
    )
    relevance = models.TextField(
        _("why it matters, or why not"),
        blank=True,
        help_text=_(
            "What it can do to security, or what a security failure does to it: two sentences."
        ),
    )
    contact = models.CharField(
        _("whom to reach there"),
        max_length=200,
        blank=True,
        help_text=_("A function rather than a name, with the way to reach it."),
    )
    contact_cadence_days = models.PositiveIntegerField(
        _("in touch every (days)"),
        null=True,
        blank=True,
        help_text=_("90 means that a quarter without a word is too long."),
    )
    none_found_on = PastDay(
        _("no requirement found on"),
        null=True,
        blank=True,
        help_text=_("When somebody looked for what it requires and found nothing."),
    )
    none_found_note = models.TextField(_("where one looked"), blank=True)

    class Meta:
        verbose_name = _("interested party")
        verbose_name_plural = _("interested parties")
        constraints = [
            models.CheckConstraint(
                condition=Q(none_found_on=None) | ~Q(none_found_note=""),
                name="context_none_found_says_where",
                violation_error_message=_("Say where you looked before finding nothing."),
            ),
            models.CheckConstraint(
                condition=Q(contact_cadence_days=None) | Q(contact_cadence_days__gte=1),
                name="context_cadence_is_a_day_or_more",
                violation_error_message=_("In touch every day is the most there is."),
            ),
        ]


class PartyRequirement(Record):
    """What one interested party needs or expects, and whether the system takes it on (4.2.1).

    What answers an adopted one (a process, a control, an objective) is linked to it.
    """

    class Nature(models.TextChoices):
        NEED = "need", _("Need")
        EXPECTATION = "expectation", _("Expectation")

    class Decision(models.TextChoices):
        UNDECIDED = "undecided", _("Not decided")
        ADOPTED = "adopted", _("Taken on")
        NOT_ADOPTED = "not-adopted", _("Not taken on")

    prefix = "PRQ"

    party = models.ForeignKey(
        InterestedParty,
        verbose_name=_("interested party"),
        on_delete=models.PROTECT,
        related_name="requirements",
    )
    nature = models.CharField(
        _("nature"), max_length=12, choices=Nature, default=Nature.EXPECTATION
    )
    description = models.TextField(
        _("what it needs or expects"),
        help_text=_("In its own words where you have them, and where they are written."),
    )
    is_binding = models.BooleanField(
        _("binding"),
        default=False,
        help_text=_("By law or contract. Then it belongs in the obligations as well."),
    )
    identified_on = PastDay(
        _("identified on"),
        default=timezone.localdate,
        help_text=_("A scope approved on this day or later has to consider it."),
    )
    decision = models.CharField(
        _("decision"), max_length=12, choices=Decision, default=Decision.UNDECIDED
    )
    decided_by = models.ForeignKey(
        Person,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="party_requirements_decided",
    )
    decided_on = PastDay(_("decided on"), null=True, blank=True)
    decision_reason = models.TextField(
        _("reason for the decision"),
        blank=True,
        help_text=_("Whoever asked for it could be shown this sentence."),
    )
    monitored_by = models.ForeignKey(
        Person,
        verbose_name=_("watched by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="party_requirements_watched",
        help_text=_("Who finds out whether it is met and whether it has changed."),
    )
    last_checked = PastDay(_("last checked"), null=True, blank=True)
    gap = models.TextField(
        _("gap"),
        blank=True,
        help_text=_("What is missing to meet it. Then give it an action with a day."),
    )
    gap_noted_on = PastDay(_("gap noted on"), null=True, blank=True)
    gap_closed_on = PastDay(_("gap closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("party requirement")
        verbose_name_plural = _("party requirements")
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="not-adopted") | ~Q(decision_reason=""),
                name="context_refused_requirement_has_reason",
                violation_error_message=_("Say why it is not taken on."),
            ),
            models.CheckConstraint(
                condition=Q(gap_closed_on=None) | ~Q(gap=""),
                name="context_closed_gap_was_described",
                violation_error_message=_("Say what the gap was that is closed."),
            ),
            models.CheckConstraint(
                condition=Q(gap_closed_on=None)
                | Q(gap_noted_on=None)
                | Q(gap_closed_on__gte=F("gap_noted_on")),
                name="context_gap_closed_after_noted",
                violation_error_message=_("A gap can't be closed before it was noted."),
            ),
        ]
