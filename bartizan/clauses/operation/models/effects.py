"""How much of a risk is left once something is done about it (8.3, 8.4)."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.planning.models.risks import finite

SHARE = _("A share between 0 (nothing is left) and 1 (all of it is left).")


def share(words: Any, help_text: Any) -> models.FloatField:
    """What is left of a likelihood or a consequence: 1 all of it, 0 nothing."""
    limits: list[Any] = [finite, MinValueValidator(0, SHARE), MaxValueValidator(1, SHARE)]
    return models.FloatField(words, default=1.0, validators=limits, help_text=help_text)


class Effect(models.Model):
    """What controls and treatments have in common: what they leave of a risk. No table of its own.

    Factors of several effects on one risk multiply.
    """

    likelihood_factor = share(
        _("likelihood left"),
        _("0.4: it happens 4 times where it would happen 10 times without. 1: as often."),
    )
    consequence_factor = share(
        _("consequence left"),
        _("0.5: it does half the harm it would do without. 1: as much harm."),
    )
    basis = models.CharField(
        _("how one knows"),
        max_length=300,
        blank=True,
        help_text=_("Figures, tests, what others report, or whose judgement it is."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood_factor__range=(0, 1), consequence_factor__range=(0, 1)),
                name="%(app_label)s_%(class)s_factors_are_shares",
                violation_error_message=SHARE,
            ),
            models.CheckConstraint(
                condition=Q(likelihood_factor__lt=1) | Q(consequence_factor__lt=1),
                name="%(app_label)s_%(class)s_changes_something",
                violation_error_message=_(
                    "What leaves all of the likelihood and all of the consequence does nothing"
                    " about the risk."
                ),
            ),
        ]
