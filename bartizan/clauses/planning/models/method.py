"""How risks are rated: scales, matrix, appetite, and how often one looks (6.1.2, 8.3)."""

from collections.abc import Iterator
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.planning.scales import LARGEST, Grid, Step, read_matrix, read_scale
from bartizan.ground.records.models import Record, RecordManager, RecordQuerySet, Status


class Dimension(models.TextChoices):
    """What an event can harm, people first."""

    PEOPLE = "people", _("People")
    ENVIRONMENT = "environment", _("Environment")
    ASSETS = "assets", _("Goods and money")
    OPERATIONS = "operations", _("Operations")
    REPUTATION = "reputation", _("Reputation")
    LAW = "law", _("Law and obligations")


class RiskMethodQuerySet(RecordQuerySet["RiskMethod"]):
    """What can be asked of risk methods."""

    def in_use(self) -> "RiskMethod | None":
        """The one that risks outside any assessment are rated by: the newest in force."""
        return self.filter(status=Status.ACTIVE).order_by("-pk").first()


RiskMethodManager = RecordManager.from_queryset(RiskMethodQuerySet)

STEPS_HELP = _("One step a line, from the least: “1. Rare: less than once in twenty years”.")


class RiskMethod(Record):
    """How the organization finds and rates its security risks; approved as it stands (6.1.2).

    Scales, levels and matrix are text in a small language of their own (`scales.py`). Whoever
    changes them starts a new way of rating: what was rated before was rated under an earlier
    method, and says so, until somebody has looked at it again.
    """

    # What decides how a risk is rated: a change here, unlike one of wording elsewhere, counts.
    RATES_BY = (
        "likelihood_scale",
        *(f"{dimension}_scale" for dimension in Dimension),
        "levels",
        "matrix",
    )

    prefix = "RMT"
    needs_approval = True

    scope = models.TextField(
        _("what it is for"),
        help_text=_("Which decisions, which part of the organization and of its supply chain."),
    )
    nature = models.TextField(
        _("how it works"),
        help_text=_("Who sits together, what they look at, how they come to one rating."),
    )
    timing = models.TextField(
        _("when it is used"),
        help_text=_("By the calendar and ahead of changes, not only when something has happened."),
    )
    fit = models.TextField(
        _("why it fits"),
        blank=True,
        help_text=_("Why it suits the kind and the size of what the organization does."),
    )
    criteria = models.TextField(
        _("criteria"),
        help_text=_("What makes a risk acceptable, what never is, and who decides."),
    )
    interval_days = models.PositiveIntegerField(
        _("an assessment every (days)"), validators=[MinValueValidator(1)]
    )
    freshness_days = models.PositiveIntegerField(
        _("information is fresh for (days)"),
        validators=[MinValueValidator(1)],
        help_text=_("What is known of a threat or a vulnerability counts for so long."),
    )
    likelihood_scale = models.TextField(_("likelihood"), help_text=STEPS_HELP)
    people_scale = models.TextField(_("impact on people"), help_text=STEPS_HELP)
    environment_scale = models.TextField(_("impact on the environment"), blank=True)
    assets_scale = models.TextField(_("impact on goods and money"), blank=True)
    operations_scale = models.TextField(_("impact on operations"), blank=True)
    reputation_scale = models.TextField(_("impact on reputation"), blank=True)
    law_scale = models.TextField(_("impact on law and obligations"), blank=True)
    levels = models.TextField(
        _("levels of risk"),
        help_text=_("One a line, from the least: “1. Low: watched, nothing more”."),
    )
    matrix = models.TextField(
        _("matrix"),
        help_text=_(
            "As it is drawn: the most likely on top, the impact growing to the right, in each cell"
            " the word of a level: “Low | Medium | High”."
        ),
    )
    appetite = models.PositiveSmallIntegerField(
        _("appetite"),
        validators=[MinValueValidator(1), MaxValueValidator(LARGEST)],
        help_text=_("The number of the highest level that needs nobody's formal acceptance."),
    )
    report_from = models.PositiveSmallIntegerField(
        _("passed on from level"),
        validators=[MinValueValidator(1), MaxValueValidator(LARGEST)],
        help_text=_(
            "From this level on a risk counts as one of the top, and goes to whoever manages risk"
            " for the whole organization."
        ),
    )
    currency = models.CharField(
        _("currency of losses"),
        max_length=3,
        default="EUR",
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters, as in EUR."))],
    )
    enterprise_source = models.CharField(
        _("risk management of the whole organization"),
        max_length=200,
        blank=True,
        help_text=_("Where the other risks of the organization are kept, and by whom."),
    )
    enterprise_mapping = models.TextField(
        _("how its scale relates to ours"),
        blank=True,
        help_text=_("Which of our levels is which of theirs."),
    )
    rates_since = models.PositiveIntegerField(
        _("rates like this since version"),
        default=1,
        help_text=_("The version in which scales, levels or matrix last changed."),
    )

    objects: ClassVar = RiskMethodManager()

    class Meta:
        verbose_name = _("risk method")
        verbose_name_plural = _("risk methods")
        constraints = [
            models.CheckConstraint(
                condition=Q(rates_since__gte=1) & Q(interval_days__gte=1),
                name="planning_method_counts_from_one",
                violation_error_message=_("Versions and days are counted from one."),
            ),
            models.CheckConstraint(
                condition=Q(report_from__gte=F("appetite")),
                name="planning_method_reports_above_appetite",
                violation_error_message=_(
                    "What is passed on lies at the appetite or above it, not below."
                ),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        impact: tuple[Step, ...] = ()
        likelihood = self._read("likelihood_scale")
        levels = self._read("levels")
        for dimension in self.dimensions:
            scale = self._read(f"{dimension}_scale")
            if impact and len(scale) != len(impact):
                raise ValidationError(
                    {f"{dimension}_scale": _("All scales of impact have the same number of steps.")}
                )
            impact = scale
        if likelihood and levels and impact and self.matrix:
            try:
                read_matrix(self.matrix, levels, len(likelihood), len(impact))
            except ValidationError as error:
                raise ValidationError({"matrix": error}) from error
        for name in ("appetite", "report_from"):
            if levels and (getattr(self, name) or 0) > len(levels):
                raise ValidationError({name: _("There is no level of this number.")})

    def save(self, *args, **kwargs) -> None:
        """Whoever changes how risks are rated starts anew: see `rates_since`."""
        if not self._state.adding and not kwargs.get("update_fields"):
            stored = RiskMethod.objects.filter(pk=self.pk).values(*self.RATES_BY).first()
            if stored and any(getattr(self, name) != value for name, value in stored.items()):
                self.rates_since = self.version + 1
        super().save(*args, **kwargs)

    def _read(self, name: str) -> tuple[Step, ...]:
        """The steps of one of the scales; none where it was left empty, which its field refuses."""
        try:
            return read_scale(getattr(self, name)) if getattr(self, name) else ()
        except ValidationError as error:
            raise ValidationError({name: error}) from error

    # -- the method as it is used --------------------------------------------------------------

    @property
    def dimensions(self) -> list[Dimension]:
        """What an impact is rated on: people always, and what else has a scale."""
        return [one for one in Dimension if getattr(self, f"{one}_scale").strip()]

    @property
    def likelihoods(self) -> tuple[Step, ...]:
        return read_scale(self.likelihood_scale)

    def impacts(self, dimension: str) -> tuple[Step, ...]:
        """The steps of the impact in one dimension."""
        return read_scale(getattr(self, f"{dimension}_scale"))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The levels of risk, from the least to the most."""
        return read_scale(self.levels)

    @property
    def grid(self) -> Grid:
        people = self.impacts(Dimension.PEOPLE)
        return read_matrix(self.matrix, self.steps, len(self.likelihoods), len(people))

    def level(self, likelihood: int | None, impact: int | None) -> Step | None:
        """What the matrix says of a rating; None while it is not complete, or off the scale."""
        grid = self.grid
        if not likelihood or not impact or likelihood > len(grid) or impact > len(grid[0]):
            return None
        return self.steps[grid[likelihood - 1][impact - 1] - 1]

    def cells(self) -> Iterator[tuple[int, int, Step]]:
        """Every cell of the matrix: likelihood, impact, level."""
        for likelihood, line in enumerate(self.grid, start=1):
            for impact, rank in enumerate(line, start=1):
                yield likelihood, impact, self.steps[rank - 1]
