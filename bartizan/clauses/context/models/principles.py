"""How the eight principles of security management are applied (4.2.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bartizan.ground.records.models import Record


class PrincipleReview(Record):
    """How one principle is applied, and how well; what shows it is linked as cited (4.2.3.1)."""

    class Principle(models.TextChoices):
        LEADERSHIP = "leadership", _("Leadership")
        PROCESSES = "processes", _("Process approach")
        CUSTOMIZED = "customized", _("Fitted to the organization")
        PEOPLE = "people", _("People involved")
        INTEGRATED = "integrated", _("Integrated")
        DYNAMIC = "dynamic", _("Dynamic")
        CULTURE = "culture", _("People and culture")
        RELATIONSHIPS = "relationships", _("Relationships")

    class Rating(models.IntegerChoices):
        BEGUN = 1, _("Begun")
        PARTLY = 2, _("Applied in part")
        APPLIED = 3, _("Applied")
        EXEMPLARY = 4, _("Others could learn from it")

    prefix = "PRI"

    principle = models.CharField(_("principle"), max_length=16, choices=Principle)
    application = models.TextField(
        _("how it is applied"),
        help_text=_("What one would see on a visit, not what is intended."),
    )
    rating = models.PositiveSmallIntegerField(_("rating"), choices=Rating)
    to_improve = models.TextField(_("what would make it better"), blank=True)

    class Meta:
        verbose_name = _("principle review")
        verbose_name_plural = _("principle reviews")
