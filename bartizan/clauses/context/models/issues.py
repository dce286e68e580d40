"""Circumstances that help or hinder what the system is meant to achieve (4.1)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import Record


class ContextIssue(Record):
    """A circumstance, outside or inside, that helps or hinders the system's results (4.1).

    The climate decision, which the amendment of 2024 asks for, is an issue of the topic climate
    that is found relevant, or not relevant for a reason.
    """

    class Origin(models.TextChoices):
        EXTERNAL = "external", _("External")
        INTERNAL = "internal", _("Internal")

    class Direction(models.TextChoices):
        HELPS = "helps", _("Helps")
        HINDERS = "hinders", _("Hinders")
        BOTH = "both", _("Helps and hinders")

    class Topic(models.TextChoices):
        CLIMATE = "climate", _("Climate change")
        CULTURE = "culture", _("People and culture")
        ECONOMY = "economy", _("Economy and markets")
        ENVIRONMENT = "environment", _("Natural environment")
        GOVERNANCE = "governance", _("Governance and structure")
        LAW = "law", _("Law and regulation")
        POLITICS = "politics", _("Politics and conflict")
        RESOURCES = "resources", _("Resources and knowledge")
        SOCIETY = "society", _("Society and crime")
        SUPPLY_CHAIN = "supply-chain", _("Supply chain")
        TECHNOLOGY = "technology", _("Technology and cyber")

    prefix = "CTX"

    origin = models.CharField(_("origin"), max_length=8, choices=Origin)
    topic = models.CharField(_("topic"), max_length=16, choices=Topic)
    description = models.TextField(
        _("what the circumstance is"),
        help_text=_("Facts first: what is happening, where, since when, how one knows."),
    )
    identified_on = PastDay(
        _("identified on"),
        default=timezone.localdate,
        help_text=_("A scope approved on this day or later has to consider it."),
    )
    affected_result = models.CharField(
        _("result it bears on"),
        max_length=200,
        blank=True,
        help_text=_("Name the intended result of the system that it touches."),
    )
    direction = models.CharField(_("direction"), max_length=8, choices=Direction, blank=True)
    effect = models.TextField(
        _("effect on that result"),
        blank=True,
        help_text=_("What it does to the result: more theft at night stops, slower border checks."),
    )
    is_relevant = models.BooleanField(
        _("relevant"),
        default=True,
        help_text=_(
            "Looked at and found irrelevant is a decision too: say so and give the reason."
        ),
    )
    irrelevance_reason = models.TextField(_("why it is not relevant"), blank=True)
    source_changed_on = PastDay(
        _("changed on"),
        null=True,
        blank=True,
        help_text=_("When the circumstance itself last changed, if it did."),
    )

    class Meta:
        verbose_name = _("context issue")
        verbose_name_plural = _("context issues")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_relevant=True) | ~Q(irrelevance_reason=""),
                name="context_irrelevant_issue_has_reason",
                violation_error_message=_("Say why this issue is not relevant."),
            )
        ]
