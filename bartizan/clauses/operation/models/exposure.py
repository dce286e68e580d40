"""What the organization stands to lose, computed and kept so that it can be repeated (8.3)."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bartizan.ground.records.models import Record

YEARS_LEAST, YEARS_MOST = 1_000, 10_000_000
FROZEN = _("It is computed already. Make another analysis instead.")


class ExposureAnalysis(Record):
    """A simulation of the risks as they stood, and of what treatments would change (8.3).

    What went in and what came out are two attached files, known by their SHA-256. The same inputs
    with the same version of the program give the same result to the last bit, years later.
    """

    prefix = "EXA"

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
        if not self.pk or not self.inputs_sha256:
            return
        asked = ("years", "seed", "shared_percent")
        stored = ExposureAnalysis.objects.filter(pk=self.pk).values(*asked).first() or {}
        if changed := [name for name in asked if stored.get(name) != getattr(self, name)]:
            raise ValidationError(dict.fromkeys(changed, FROZEN))

    @property
    def is_computed(self) -> bool:
        return bool(self.result_sha256)


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
