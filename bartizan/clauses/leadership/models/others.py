"""The policies of other fields, and whether the security policy agrees with them (5.2.2)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.leadership.models.policy import SecurityPolicy
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import Record


class OrganizationalPolicy(Record):
    """A policy of another field: the security policy must not clash with it (5.2.2)."""

    class Field(models.TextChoices):
        BUSINESS = "business", _("Business and finance")
        ENVIRONMENT = "environment", _("Environment")
        ETHICS = "ethics", _("Ethics and conduct")
        INFORMATION = "information", _("Information and privacy")
        PEOPLE = "people", _("People and work")
        PURCHASING = "purchasing", _("Purchasing")
        QUALITY = "quality", _("Quality")
        SAFETY = "safety", _("Health and safety")
        OTHER = "other", _("Another field")

    prefix = "OPL"

    field = models.CharField(_("field"), max_length=12, choices=Field)
    edition = models.CharField(
        _("edition in force"), max_length=40, blank=True, help_text=_("As it stands on it: 4.0.")
    )
    changed_on = PastDay(
        _("changed on"),
        default=timezone.localdate,
        help_text=_("The day of this edition: since then it has to be compared anew."),
    )
    gist = models.TextField(
        _("what of it touches security"),
        blank=True,
        help_text=_("Open doors for customers, phones at work, the cheapest carrier: what rubs?"),
    )

    class Meta:
        verbose_name = _("organizational policy")
        verbose_name_plural = _("organizational policies")


class PolicyComparison(Record):
    """Somebody held the security policy against a policy of another field (5.2.2)."""

    happened_on = "compared_on"

    class Result(models.TextChoices):
        AGREES = "agrees", _("They agree")
        CONFLICT = "conflict", _("They clash")

    prefix = "PCO"

    policy = models.ForeignKey(
        SecurityPolicy,
        verbose_name=_("security policy"),
        on_delete=models.PROTECT,
        related_name="comparisons",
    )
    compared_with = models.ForeignKey(
        OrganizationalPolicy,
        verbose_name=_("compared with"),
        on_delete=models.PROTECT,
        related_name="comparisons",
    )
    compared_on = PastDay(_("compared on"), help_text=_("It counts until one of the two changes."))
    result = models.CharField(_("result"), max_length=8, choices=Result)
    conflict = models.TextField(
        _("where they clash"), blank=True, help_text=_("Quote both: whoever decides needs them.")
    )
    resolved_on = PastDay(_("settled on"), null=True, blank=True)
    resolution = models.TextField(_("how it was settled"), blank=True)

    class Meta:
        verbose_name = _("policy comparison")
        verbose_name_plural = _("policy comparisons")
        constraints = [
            models.CheckConstraint(
                condition=Q(result="agrees", conflict="") | Q(result="conflict") & ~Q(conflict=""),
                name="leadership_conflict_is_described",
                violation_error_message=_("Where two policies clash, and only there, say in what."),
            ),
            models.CheckConstraint(
                condition=Q(resolved_on=None, resolution="")
                | Q(result="conflict", resolved_on__isnull=False) & ~Q(resolution=""),
                name="leadership_resolution_is_whole",
                violation_error_message=_("A clash is settled on a day and in some way: say both."),
            ),
            models.CheckConstraint(
                condition=Q(resolved_on=None) | Q(resolved_on__gte=F("compared_on")),
                name="leadership_resolved_after_compared",
                violation_error_message=_("A clash can't be settled before it was found."),
            ),
        ]

    def clean_fields(self, exclude=None) -> None:
        self.title = self.title or self._title()
        super().clean_fields(exclude)

    def save(self, *args, **kwargs) -> None:
        """It is called after the two policies unless somebody named it."""
        self.title = self.title or self._title()
        super().save(*args, **kwargs)

    def _title(self) -> str:
        if self.policy_id is None or self.compared_with_id is None:
            return ""
        return f"{self.policy.title}: {self.compared_with.title}"[:200]
