"""The form of any register: its sections, the reader's own choices, and the reason for a change."""

from collections.abc import Callable, Sequence, Sized
from functools import cache
from typing import Any, cast

from django import forms
from django.db import models
from django.db.models import Q
from django.forms.models import modelform_factory
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters import Filter, FilterSet, ModelChoiceFilter
from django_filters.filters import QuerySetRequestMixin
from django_filters.filterset import filterset_factory

from bartizan.ground.people.authority import may, rows_for
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.people.requests import natural
from bartizan.ground.records.models import Record, Status
from bartizan.ground.records.register import Register, register_of


class DateInput(forms.DateInput):
    """The browser's own calendar, which reads and writes ISO days whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Prose(forms.CharField):
    """Text of several lines. Browsers send CRLF whatever the writer typed: that is no change."""

    def to_python(self, value: Any) -> str:
        return one_line_end(super().to_python(value) or "")


def one_line_end(text: str) -> str:
    """The same text, whose lines end in LF alone."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class LookupField(forms.ModelChoiceField):
    """Chooses one record by its number, with suggestions while typing.

    A select of every record would be a page of megabytes; a number is short, can be pasted,
    and says the same to everybody.
    """

    widget = forms.TextInput

    def __init__(self, queryset: models.QuerySet, **kwargs: Any) -> None:
        super().__init__(queryset, **kwargs | {"to_field_name": "number"})
        self.widget.attrs |= _lookup_attributes(queryset.model)
        self.error_messages["invalid_choice"] = _("No record has this number.")

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int) and self.queryset is not None:
            value = self.queryset.filter(pk=value).first()
        return value.number if isinstance(value, Record) else value


class LookupManyField(forms.ModelMultipleChoiceField):
    """Chooses several records by their numbers, separated by commas."""

    widget = forms.TextInput

    def __init__(self, queryset: models.QuerySet, **kwargs: Any) -> None:
        super().__init__(queryset, to_field_name="number", **kwargs)
        self.widget.attrs |= _lookup_attributes(queryset.model)
        self.error_messages["invalid_choice"] = _("No record has the number %(value)s.")

    def clean(self, value: Any) -> models.QuerySet:
        # Not super(): it would first turn the numbers into the text they are typed as.
        numbers = _separate(value)
        if self.required and not numbers:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return self._check_values(numbers)  # type: ignore[attr-defined]  # stubs leave it out

    def prepare_value(self, value: Any) -> str:
        if isinstance(value, str) or value is None:
            return value or ""
        return ", ".join(one.number if isinstance(one, Record) else str(one) for one in value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)


class Coded:
    """People or units to choose from: a list of them, or their codes where it would be too long.

    Either way it takes both: what was kept in an address still leads there when people have become
    many.
    """

    typed = False
    unknown = _("There is none with this code.")
    # What it is mixed into, a field that chooses from rows, has these:
    queryset: Any
    widget: Any
    required: Any
    empty_label: Any
    error_messages: Any
    label_from_instance: Any

    def offer(self) -> list[tuple[str, str]] | None:
        """All there is to choose from, as a select lists it; None if that is too much."""
        found = list(self.queryset[: OVERLOOKED + 1])
        if len(found) > OVERLOOKED:
            return None
        nobody = [("", str(self.empty_label))] if self.empty_label is not None else []
        return nobody + [(str(one.pk), self.label_from_instance(one)) for one in found]

    def show(self, offered: list[tuple[str, str]] | None) -> None:
        """List what is offered, or suggest while typing."""
        if offered is not None:
            self.widget.choices = offered
            return
        self.typed, self.widget = True, forms.TextInput(_lookup_attributes(self.queryset.model))
        self.widget.is_required = self.required

    def found(self, said: Sequence[str]) -> list[Any]:
        """Whoever has these keys or codes. Raises ValidationError."""
        keys = [key for key in map(natural, said) if key]
        rows = list(self.queryset.filter(Q(pk__in=keys) | Q(code__in=said)))
        by_key, by_code = {row.pk: row for row in rows}, {row.code: row for row in rows}
        found = []
        for one in said:
            row = by_key.get(natural(one)) or by_code.get(one)
            if row is None:
                message = self.unknown if self.typed else self.error_messages["invalid_choice"]
                raise forms.ValidationError(message, code="invalid_choice", params={"value": one})
            found.append(row)
        return list(dict.fromkeys(found))

    def code(self, value: Any) -> Any:
        """What is typed for somebody who is given as a row or by their key."""
        if key := natural(str(value)):
            value = self.queryset.filter(pk=key).first() or value
        return value.code if isinstance(value, Person | Unit) else value


class CodedField(Coded, forms.ModelChoiceField):
    """Chooses a person or a unit."""

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, models.Model):
            return value or None
        return self.found([str(value)])[0]

    def prepare_value(self, value: Any) -> Any:
        return self.code(value) if self.typed else super().prepare_value(value)


class CodedManyField(Coded, forms.ModelMultipleChoiceField):
    """Chooses several people or units: codes, where they are typed, are separated by commas."""

    unknown = _("There is none with the code %(value)s.")

    def clean(self, value: Any) -> Any:
        said = _separate(value)
        if self.required and not said:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return self.found(said)

    def prepare_value(self, value: Any) -> Any:
        if not self.typed:
            return super().prepare_value(value)
        return value if isinstance(value, str) else ", ".join(map(self.code, value or ()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return set(self.clean(data)) != set(initial or ())
        except forms.ValidationError:
            return True


def _separate(value: Any) -> list[str]:
    """What was typed with commas in between, or chosen from a list. Raises ValidationError."""
    said = value.split(",") if isinstance(value, str) else value or ()
    found = [one for one in (str(one).strip() for one in said) if one]
    demand_few(found)
    return found


def demand_few(chosen: Sized) -> None:
    """Refuse more choices in one field than anybody would make. Raises ValidationError."""
    if len(chosen) > AT_ONCE:
        message = _("Not more than %(most)s at once.")
        raise forms.ValidationError(message, code="too_many", params={"most": AT_ONCE})


OVERLOOKED = 200  # choices that one can look through
AT_ONCE = 1_000  # choices in one field: a database takes no statement with all that can be sent


def _lookup_attributes(model: type[models.Model]) -> dict[str, str | Promise]:
    register = register_of(model)
    kind = register.slug if register else "any"
    return {"data-lookup": reverse_lazy("lookup", args=[kind]), "autocomplete": "off"}


class RegisterForm(forms.ModelForm):
    """The shared form. `person` decides what can be chosen; `version` refuses a stale page.

    Raises nothing: a stale form fails validation and carries `theirs`, the record as somebody
    else has left it meanwhile.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(
        label=_("Why this change?"),
        max_length=300,
        required=False,
        help_text=_("Kept with the change for ever: whoever reads the history will thank you."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theirs: Record | None = None
        if signature := getattr(self.instance, "signature", ""):
            # Nobody signs for somebody else.
            del self.fields[signature]
            setattr(self.instance, signature, person)
        self.fields["version"].initial = getattr(self.instance, "version", None)
        self.unseen: dict[str, list[models.Model]] = {}
        for name, field in self.fields.items():
            queryset: Any = getattr(field, "queryset", None)
            if isinstance(field, forms.ModelChoiceField) and hasattr(queryset, "visible_to"):
                named = self._named(name)
                _offer(field, named, person)
                self._hide(name, [one for one in named if not may(person, "read", one)])

    def _named(self, name: str) -> list[models.Model]:
        """The rows that this field of the record names as it stands."""
        if not self.instance.pk:
            return []
        value = getattr(self.instance, name)
        named = value.all() if isinstance(value, models.Manager) else [value]
        return [one for one in named if one is not None]

    def _hide(self, name: str, unseen: list[models.Model]) -> None:
        """What the writer may not see is not in the field, and stays as it is."""
        if unseen:
            self.unseen[name], self.fields[name].required = unseen, False
            self.initial[name] = [one for one in self._named(name) if one not in unseen] or None

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        for name, unseen in self.unseen.items():
            if isinstance(self.fields.get(name), forms.ModelMultipleChoiceField):
                data[name] = [*data.get(name, ()), *unseen]
            elif data.get(name) is None and name not in self.errors:
                data[name] = unseen[0]
        kept = self.instance if self.instance.pk else None
        if isinstance(kept, Record) and data.get("version") != kept.version:
            self.theirs = type(kept).objects.get(pk=kept.pk)
            raise forms.ValidationError(
                _("Somebody changed this record while you were editing it."), code="stale"
            )
        return data

    @property
    def changes_something(self) -> bool:
        """Was anything filled in that the record says differently?"""
        return not {"version", "why"}.issuperset(self.changed_data)

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under the headings of the register."""
        register = register_of(type(self.instance))
        if register is None:
            return []
        return [
            (str(label), [self[name] for name in names if name in self.fields])
            for label, names in register.sections.items()
            if any(name in self.fields for name in names)
        ]


class SeveralForm(forms.Form):
    """One field for several records: the value it shall have in each, and why.

    There has to be one: nobody empties fifty records by pressing a button too early.
    """

    name = ""  # of the field

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields[self.name]
        field.required = not isinstance(field, forms.BooleanField)
        if isinstance(field, forms.ModelChoiceField):
            _offer(field, [], person)


def several_form(register: Register, name: str) -> type[SeveralForm]:
    """The form of one field of a register (`Register.together`)."""
    field = formfield(cast(models.Field, register.field(name)), initial=None)
    fields = {name: field, "why": RegisterForm.base_fields["why"]}
    return type("SeveralForm", (SeveralForm,), fields | {"name": name})


def _offer(field: forms.ModelChoiceField, named: list[models.Model], person: Person) -> None:
    """Let somebody choose from what they may see: listed, or typed in where it is too much."""
    rows = cast(models.QuerySet[Any], field.queryset)
    field.queryset = _choosable(rows, named).visible_to(person)
    if isinstance(field, Coded):
        field.show(field.offer())


def _choosable(rows: models.QuerySet, named: list[models.Model]) -> Any:
    """What is named already, and what can be chosen anew: no retired record, nobody who left."""
    kept = Q(pk__in=[one.pk for one in named])
    if issubclass(rows.model, Record):
        return rows.filter(kept | ~Q(status=Status.RETIRED))
    return rows.filter(kept | Q(is_active=True)) if rows.model is Person else rows


def formfield(model_field: models.Field, **kwargs: Any) -> forms.Field | None:
    """The form field of a model field: calendars for days, lookups for records."""
    target = model_field.remote_field.model if model_field.remote_field else None
    if target and issubclass(target, Record):
        kwargs.pop("widget", None)
        lookup = LookupManyField if model_field.many_to_many else LookupField
        return model_field.formfield(form_class=lookup, **kwargs)
    if target in (Person, Unit):
        kwargs |= {"form_class": CodedManyField if model_field.many_to_many else CodedField}
    if isinstance(model_field, models.DateField) and not isinstance(
        model_field, models.DateTimeField
    ):
        kwargs |= {"widget": DateInput, "show_hidden_initial": False}
    if isinstance(model_field, models.TextField) and not model_field.choices:
        kwargs |= {"form_class": Prose, "widget": forms.Textarea(attrs={"rows": 4})}
    if isinstance(model_field, models.URLField):
        kwargs["assume_scheme"] = "https"
    return model_field.formfield(**kwargs)


@cache
def form_class(register: Register) -> type[RegisterForm]:
    """The form of a register: its own where it has one, the shared one otherwise."""
    made = modelform_factory(
        register.model,
        form=register.form or RegisterForm,
        fields=register.editable,
        formfield_callback=formfield,
    )
    return cast(type[RegisterForm], made)


class RecordFilter(QuerySetRequestMixin, Filter):
    """Those that name one record, given by its number."""

    field_class = LookupField


class CodedFilter(ModelChoiceFilter):
    """Those that name one person or unit."""

    field_class = CodedField


class RegisterFilters(FilterSet):
    """Filters whose choices are what the reader may see; a filter nobody understands finds none."""

    @classmethod
    def filter_for_field(cls, field: models.Field, field_name: str, lookup_expr: Any = None) -> Any:
        made = super().filter_for_field(field, field_name, lookup_expr)
        if field.related_model is None:
            return made
        chosen = {"field_name": field_name, "label": made.label}
        if issubclass(field.related_model, Record):
            return RecordFilter(queryset=_of_reader(field.related_model), **chosen)
        coded = field.related_model in (Person, Unit)
        chooser = CodedFilter if coded else ModelChoiceFilter
        return chooser(queryset=_of_reader(field.related_model), **chosen)

    @cached_property
    def form(self) -> forms.Form:
        for_anybody = _form_of(cast(Any, type(self)), get_language())
        form = for_anybody(self.data if self.is_bound else None)
        for name, field in form.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = self.filters[name].get_queryset(self.request)
        return form

    def filter_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        return queryset.none() if self.form.errors else super().filter_queryset(queryset)


@cache
def _form_of(filters: type[RegisterFilters], _language: str | None) -> type[forms.Form]:
    """The form of some filters, which django-filter would put together anew for each request.

    Its labels are in a language; what can be chosen is left open, for that depends on the reader.
    """
    return cast(type[forms.Form], filters().get_form_class())


def _of_reader(model: type[models.Model]) -> Callable[[HttpRequest | None], models.QuerySet]:
    """The rows that whoever makes a request may see."""

    def rows(request: HttpRequest | None) -> models.QuerySet:
        if request is None:
            return model._default_manager.none()
        return rows_for(request.user, model)

    return rows


@cache
def filter_class(register: Register) -> type[FilterSet]:
    """The filters of a register, the same on its page and in the API."""
    return filterset_factory(register.model, filterset=RegisterFilters, fields=register.filters)
