"""Forms of the chain: a process says when it was revised, a run takes all its results at once.

A leg is timed in hours or in days, as people speak of it.
"""

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models import Criterion, CriterionResult, Process, ProcessRun
from bartizan.chain.models.legs import HOURS
from bartizan.ground.people.models import Person
from bartizan.ground.records.forms import RegisterForm


class ProcessForm(RegisterForm):
    """Whoever changes how a process is done, and gives no other day, has revised it today."""

    HOW = frozenset({"plan", "inputs", "outputs", "cadence_days", "trigger", "performer"})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        changed = self.instance.pk and not self.HOW.isdisjoint(self.changed_data)
        if changed and data.get("revised_on") == self.initial["revised_on"]:
            data["revised_on"] = timezone.localdate()
        return data


class RunForm(RegisterForm):
    """A run with its result for each criterion of its process, on one page.

    The day on which it was written down is not asked for: it is the day on which the day of the
    run was entered. Only a workbook, which tells of the past, brings its own.
    """

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        del self.fields["recorded_on"]
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Left empty: the process and the day.")
        self.process = self.known_process()
        if self.instance.pk:
            del self.fields["process"]  # its results are by the criteria of this process
        elif self.process:
            first = {"planned_on": self.process.next_run, "performed_by": person.pk}
            self.initial = {**first, **self.initial}
        results = self.instance.results.all() if self.instance.pk else ()
        self.given = {result.criterion_id: result for result in results}
        self.answers: dict[int, dict[str, Any]] = {}
        self.criteria = list(self.asked(self.process, person)) if self.process else []
        for criterion in self.criteria:
            self.fields |= _result_fields(criterion, self.given.get(criterion.pk))

    def known_process(self) -> Process | None:
        """The process the run is of, as far as the form has been told."""
        if self.instance.pk:
            return self.instance.process
        number = self.data.get("process") or self.initial.get("process")
        asked: Any = self.fields["process"]  # a choice among those its reader may see
        return asked.queryset.filter(number=number).first()

    def asked(self, process: Process, person: Person) -> QuerySet[Criterion]:
        """The criteria in force, and those that this run has a result for already."""
        seen = process.criteria.visible_to(person).order_by("pk")
        return seen.filter(pk__in=process.criteria.live()) | seen.filter(pk__in=self.given)

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The results stand between what the run was and how the record is kept."""
        first, *others = super().sections
        results = [
            (str(criterion), [self[name] for name in _result_fields(criterion, None)])
            for criterion in self.criteria
        ]
        return [first, *results, *others]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "ran_on" in self.changed_data:
            self.instance.recorded_on = timezone.localdate() if data.get("ran_on") else None
        for criterion in self.criteria:
            self.judge(criterion, data)
        return data

    def judge(self, criterion: Criterion, data: dict[str, Any]) -> None:
        """Take down one result; where the criterion has limits, they say whether it passed."""
        passed, value, follow_up = (data.get(n) for n in _result_fields(criterion, None))
        found = criterion.passes(value or "")
        if passed == "" and found is None:
            if value or follow_up:
                self.add_error(f"passed_{criterion.pk}", _("Say whether it passed."))
            return
        if passed and found is not None and found != (passed == "yes"):
            self.add_error(
                f"passed_{criterion.pk}", _("The limits of the criterion say otherwise.")
            )
        self.answers[criterion.pk] = {
            "passed": passed == "yes" if passed else found,
            "value": value or "",
            "follow_up": follow_up or "",
        }

    def save(self, commit: bool = True) -> ProcessRun:
        run = super().save(commit)
        for criterion in self.criteria:
            given, answer = self.given.get(criterion.pk), self.answers.get(criterion.pk)
            if answer is None:
                if given:
                    given.delete()
            elif given is None:
                run.results.create(criterion=criterion, **answer)
            elif any(getattr(given, name) != value for name, value in answer.items()):
                CriterionResult.objects.filter(pk=given.pk).update(**answer)
        return run


def _result_fields(criterion: Criterion, given: CriterionResult | None) -> dict[str, forms.Field]:
    """What is asked about one criterion: did it pass, what was seen, what was done if it failed."""
    answers = [("", _("no result")), ("yes", _("passed")), ("no", _("failed"))]
    asked = forms.fields_for_model(CriterionResult, ["value", "follow_up"])
    value, follow_up = asked["value"], asked["follow_up"]
    value.help_text = " ".join([criterion.rule, criterion.limits]).strip()
    passed = forms.ChoiceField(label=_("Result"), choices=answers, required=False)
    if given:
        passed.initial = "yes" if given.passed else "no"
        value.initial, follow_up.initial = given.value, given.follow_up
    return {
        f"passed_{criterion.pk}": passed,
        f"value_{criterion.pk}": value,
        f"follow_up_{criterion.pk}": follow_up,
    }


class DurationField(forms.FloatField):
    """Days, also given in hours: "6 h", "2.5 days", or a mere number of days."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        words = re.fullmatch(r"\s*([\d.,+-]+)\s*(h|hours?|d|days?)?\s*", str(value or ""), re.I)
        if words is None:
            return super().to_python(value)
        count = super().to_python(words[1].replace(",", "."))
        in_hours = (words[2] or "d")[0] in "hH"
        return count / HOURS if in_hours and count is not None else count


class LegForm(RegisterForm):
    """How long a leg takes is given in hours or in days."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.fields["usual_days"] = DurationField(
            label=_("Usual duration"),
            required=False,
            help_text=_("As in 6 h or 2.5 days; a mere number counts days."),
        )
