"""Forms of what is rated: the words of the method instead of numbers, and nothing to count."""

from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.planning.models import Risk, RiskAssessment, RiskMethod
from bartizan.clauses.planning.scales import Step
from bartizan.ground.people.models import Person
from bartizan.ground.records.forms import RegisterForm


def label_of(name: str) -> str:
    """What a field of a risk is called."""
    return str(cast(models.Field, Risk._meta.get_field(name)).verbose_name)


class RiskMethodForm(RegisterForm):
    """Since when the method rates as it does follows from what was changed."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        del self.fields["rates_since"]
        for name in ("levels", "matrix", *RiskMethod.RATES_BY):
            self.fields[name].widget.attrs |= {"rows": 7, "class": "number"}


class RiskAssessmentForm(RegisterForm):
    """Under which version of the method it is made is settled when it is opened."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        del self.fields["method_version"]
        if not self.instance.pk and (method := RiskMethod.objects.visible_to(person).in_use()):
            self.initial = {"method": method.number, **self.initial}


class RiskForm(RegisterForm):
    """Rates in the words of the method; what the method does not rate is not asked."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        del self.fields["rated_version"]
        self.method = self.known_method()
        if self.method is None:
            for name in Risk.RATINGS:
                self.fields[name].help_text = _(
                    "Without a risk method there is nothing to rate by."
                )
            return
        for name in Risk.RATINGS:
            steps = steps_for(self.method, name)
            if steps is None:
                del self.fields[name]
            else:
                self.fields[name] = rating_field(self.fields[name], steps)

    def known_method(self) -> RiskMethod | None:
        """The method the risk is rated by, as far as the form has been told."""
        if self.instance.pk:
            return self.instance.rating_method()
        number = self.data.get("assessment") or self.initial.get("assessment")
        assessment = RiskAssessment.objects.filter(number=number or "").first()
        return assessment.method if assessment else RiskMethod.objects.in_use()


class RiskAcceptanceForm(RegisterForm):
    """Whoever writes it is who accepts; what the risk is now is taken down, not typed."""

    CAPTURED = ("risk_version", "level", "level_word", "likelihood", "impact")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        for name in self.CAPTURED:
            del self.fields[name]


def steps_for(method: RiskMethod, name: str) -> tuple[Step, ...] | None:
    """The steps of the scale a rating is made on; None where the method does not rate it."""
    if "likelihood" in name:
        return method.likelihoods
    if name in Risk.IMPACTS:
        dimension = name.removeprefix("impact_")
        return method.impacts(dimension) if dimension in method.dimensions else None
    return method.impacts("people")


def rating_field(plain: forms.Field, steps: tuple[Step, ...]) -> forms.TypedChoiceField:
    """Chooses a step by its number and word; the meanings stand below."""
    return forms.TypedChoiceField(
        label=plain.label,
        help_text=plain.help_text,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "—"), *((step.rank, str(step)) for step in steps)],
    )


class RatingForm(forms.ModelForm):
    """One line of the workspace: the ratings of one risk, made in one assessment.

    Storing a line says that the team looked at it, whether or not a number changed: the risk is
    then of this assessment, rated today, under the version of the method that stands now.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Risk
        fields = ("likelihood", *Risk.IMPACTS)

    def __init__(self, *args: Any, assessment: RiskAssessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assessment, self.stale = assessment, False
        self.fields["version"].initial = self.instance.version
        for name in ("likelihood", *Risk.IMPACTS):
            steps = steps_for(assessment.method, name)
            if steps is None:
                del self.fields[name]
            else:
                self.fields[name].widget = self.box(name, steps)

    @classmethod
    def of(cls, risk: Risk, assessment: RiskAssessment, data: Any = None) -> "RatingForm":
        """The line of a risk; its fields are named after the risk, so that each is found again."""
        # Inputs are tied to the form by its name: a form can't stand around the cells of a row.
        return cls(data, instance=risk, assessment=assessment, auto_id=f"{risk.number}-%s")

    def box(self, name: str, steps: tuple[Step, ...]) -> forms.NumberInput:
        """A small box for one digit: the quickest there is with a keyboard."""
        label = f"{self.instance.number}: {label_of(name)}"
        return forms.NumberInput(
            attrs={
                "min": 1,
                "max": len(steps),
                "form": self.name,
                "aria-label": label,
                "inputmode": "numeric",
                "class": "rating",
            }
        )

    @property
    def name(self) -> str:
        return f"rate-{self.instance.number}"

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name != "version"]

    @property
    def looked_at(self) -> bool:
        """Was the risk rated in this assessment already?"""
        risk = self.instance
        rated = risk.rated_on is not None and risk.rated_on >= self.assessment.started_on
        like_now = (risk.rated_version or 0) >= self.assessment.method.rates_since
        return rated and like_now and risk.assessment_id == self.assessment.pk

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("version") != self.instance.version:
            self.stale = True
            raise forms.ValidationError(
                _("Somebody changed this risk while you were rating it: look at it again.")
            )
        self.instance.assessment = self.assessment
        return data

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with a field that this line does not show is said of the line."""
        for name, messages in list(getattr(error, "error_dict", {}).items()):
            if name not in self.fields and name != NON_FIELD_ERRORS:
                said = [f"{label_of(name)}: {words}" for one in messages for words in one.messages]
                super().add_error(None, said)
                del error.error_dict[name]
        super().add_error(field, error)

    def save(self, commit: bool = True) -> Risk:
        self.instance.rated_on = timezone.localdate()
        self.instance.rated_version = self.assessment.method.version
        return super().save(commit)
