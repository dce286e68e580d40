"""Forms of what is rated: the words of the method instead of numbers, and nothing to count."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.planning.models import Risk, RiskAssessment, RiskMethod
from bartizan.clauses.planning.scales import Step
from bartizan.ground.people.models import Person
from bartizan.ground.records.forms import RegisterForm


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
