"""What the organization stands to lose, computed and kept so that it can be repeated (8.3)."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models import Partner, Place
from bartizan.chain.models.dependencies import one_of
from bartizan.ground.records.models import BetweenQuerySet, Record

YEARS_LEAST, YEARS_MOST = 1_000, 10_000_000
DAYS_MOST = 36_500
FROZEN = _("It is computed already. Make another analysis instead.")


class Computed(models.Model):
    """What an analysis keeps so that it can be computed again. No table of its own.

    What went in and what came out are two attached files, known by their SHA-256. The same inputs
    with the same version of the program give the same result to the last bit, years later.
    """

    asked: tuple[str, ...] = ()  # the fields that make up the inputs: frozen with them

    findings = models.TextField(
        _("what follows from it"),
        blank=True,
        help_text=_("What was learned, and which decision was taken."),
    )

    # Set when it is computed.
    computed_on = models.DateField(_("computed on"), null=True, editable=False)
    program = models.CharField(_("computed by"), max_length=40, blank=True, editable=False)
    inputs_sha256 = models.CharField(_("inputs"), max_length=64, blank=True, editable=False)
    result_sha256 = models.CharField(_("result"), max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def refuse_other_inputs(self) -> None:
        """Raises ValidationError where a field is changed that was frozen."""
        if not self.pk or not self.inputs_sha256:
            return
        stored = type(self)._default_manager.filter(pk=self.pk).values(*self.asked).first() or {}
        if changed := [name for name in self.asked if stored.get(name) != getattr(self, name)]:
            raise ValidationError(dict.fromkeys(changed, FROZEN))

    @property
    def is_computed(self) -> bool:
        return bool(self.result_sha256)


class ExposureAnalysis(Record, Computed):  # noqa: DJ008 - a record says itself what it is called
    """A simulation of the risks as they stood, and of what treatments would change (8.3)."""

    prefix = "EXA"
    asked = ("years", "seed", "shared_percent")

    question = models.TextField(
        _("what it is to answer"),
        blank=True,
        help_text=_("For which decision, and on what the risks rest that go in."),
    )
    years = models.PositiveIntegerField(
        _("simulated years"),
        default=100_000,
        validators=[MinValueValidator(YEARS_LEAST), MaxValueValidator(YEARS_MOST)],
        help_text=_("More years, narrower intervals: a hundred times as many for a tenth."),
    )
    seed = models.PositiveIntegerField(
        _("seed"),
        default=1,
        help_text=_("Where the random numbers start. The same seed gives the same years."),
    )
    shared_percent = models.PositiveSmallIntegerField(
        _("strikes a whole place (%)"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_(
            "Of what happens at a place or a partner, how much hits several of its risks in the"
            " same year. 0: they have nothing to do with one another."
        ),
    )

    class Meta:
        verbose_name = _("exposure analysis")
        verbose_name_plural = _("exposure analyses")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(years__range=(YEARS_LEAST, YEARS_MOST)),
                name="operation_exposure_years_in_range",
                violation_error_message=_("Simulate 1,000 to 10,000,000 years."),
            ),
            models.CheckConstraint(
                condition=models.Q(shared_percent__lte=100),
                name="operation_exposure_share_of_the_whole",
                violation_error_message=_("A share is 100 % at most."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        self.refuse_other_inputs()


class Computation(models.Model):
    """How far an analysis has got: read by the page that waits for it, and gone once it is done."""

    untrailed = "how far a computation has got is no evidence, and changes every second"

    analysis = models.OneToOneField(
        ExposureAnalysis,
        verbose_name=_("analysis"),
        on_delete=models.CASCADE,
        related_name="computation",
    )
    share = models.FloatField(_("share done"), default=0.0)
    beat_at = models.DateTimeField(_("last heard of"), auto_now=True)
    error = models.CharField(_("why it failed"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("computation")
        verbose_name_plural = _("computations")

    def __str__(self) -> str:
        return f"{self.analysis.number}: {self.share:.0%}"


class DisruptionAnalysis(Record, Computed):  # noqa: DJ008 - likewise
    """What stops when places or partners fail: the chain as it stood, and what came of it (8.3).

    The dependence on others in the supply chain that 6.1.2 f wants weighed, and what a strategy of
    8.5 has to bridge.
    """

    prefix = "DIS"
    asked = ("days",)

    question = models.TextField(
        _("what it is to answer"),
        blank=True,
        help_text=_("For which decision, and why it could come to that."),
    )
    days = models.PositiveIntegerField(
        _("for how many days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(DAYS_MOST)],
        help_text=_("Empty: for good, or nobody knows for how long."),
    )

    class Meta:
        verbose_name = _("disruption analysis")
        verbose_name_plural = _("disruption analyses")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(days=None) | models.Q(days__range=(1, DAYS_MOST)),
                name="operation_disruption_days_in_range",
                violation_error_message=_("A disruption takes 1 to 36,500 days."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        self.refuse_other_inputs()


class Closure(models.Model):
    """A place or a partner that fails in a disruption analysis, from its first day."""

    part_of = "analysis"

    analysis = models.ForeignKey(
        DisruptionAnalysis,
        verbose_name=_("disruption analysis"),
        on_delete=models.PROTECT,
        related_name="closures",
    )
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="closures",
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="closures",
    )

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=one_of("place", "partner"),
                name="operation_closure_of_one",
                violation_error_message=_("Say which place or which partner fails: one of them."),
            ),
            models.UniqueConstraint(
                fields=["analysis", "place"],
                name="operation_closure_of_a_place_once",
                violation_error_message=_("This place is closed in it already."),
            ),
            models.UniqueConstraint(
                fields=["analysis", "partner"],
                name="operation_closure_of_a_partner_once",
                violation_error_message=_("This partner is closed in it already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.analysis.number}: {self.place or self.partner or '—'}"

    @property
    def node(self) -> Place | Partner:
        """What fails."""
        node = self.place or self.partner
        assert node is not None  # the database sees to it
        return node

    def clean(self) -> None:
        super().clean()
        analysis = DisruptionAnalysis.objects.filter(pk=self.analysis_id).first()
        if analysis is None or not analysis.inputs_sha256:
            return
        asked = {"analysis": self.analysis_id, "place": self.place_id, "partner": self.partner_id}
        if not Closure.objects.filter(pk=self.pk, **asked).exists():
            raise ValidationError(FROZEN)
