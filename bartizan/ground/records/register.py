"""What a register shows of a model. Data, not behaviour: ordinary views read it.

To differ from the shared pages there are three ways and no fourth: a template named
`<app>/<model>_detail.html`, a form, or an ordinary Django view.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.core.checks import Error
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bartizan.ground.people.authority import kind_of
from bartizan.ground.records.models import Record, register_slug


@dataclass(frozen=True, slots=True)
class About:
    """Help where the question arises: what a register is for, what good looks like, an example."""

    what: str | Promise
    good: str | Promise = ""
    example: str | Promise = ""


@dataclass(frozen=True, eq=False)
class Register:
    """One kind of record as people meet it: on pages, in the API, in a workbook.

    `columns` are those of the list until its reader chooses others, `sections` the fields of page
    and form under their headings, `search` the fields a search in this register looks into, `key`
    the fields that name a row in a workbook (for records their number), `form` a form class where
    the shared one won't do.
    Without pages of its own (`has_pages`) a register is a sheet of the workbook, and the pages of
    other records show its rows. A field of `sections` that can't be edited is shown on the page
    and left out of the form; a property will do.
    """

    model: type[models.Model]
    clause: str
    columns: list[str]
    sections: dict[str | Promise, list[str]]
    about: About
    filters: list[str] = field(default_factory=list)
    search: list[str] = field(default_factory=list)
    key: tuple[str, ...] = ("number",)
    form: type[forms.ModelForm] | None = None
    has_pages: bool = True

    def __post_init__(self) -> None:
        _registers[self.model] = self

    @property
    def kind(self) -> str:
        return kind_of(self.model)

    @property
    def slug(self) -> str:
        return register_slug(self.model)

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def holds_records(self) -> bool:
        return issubclass(self.model, Record)

    def held(self, rows: models.QuerySet) -> models.QuerySet:
        """Rows that nobody else writes until the act ends. A record stands in two tables."""
        both = ("self", "record_ptr") if self.holds_records else ("self",)
        return rows.select_for_update(of=both)

    @property
    def fields(self) -> list[str]:
        """Every field of the sections, in their order."""
        return [name for names in self.sections.values() for name in names]

    @property
    def offered(self) -> list[str]:
        """What the list can show: its columns, and of the other fields those that fill one cell."""
        more = (name for name in self.fields if name not in self.columns)
        return [*self.columns, *(name for name in more if self._fills_a_cell(name))]

    def _fills_a_cell(self, name: str) -> bool:
        model_field = self.field(name)
        return model_field is not None and model_field.concrete and not model_field.many_to_many

    @property
    def together(self) -> list[str]:
        """The fields that can be given to several records at once: what a form offers to choose.

        Not what only words can say, nor other records, of which each names its own.
        """
        if not issubclass(self.model, Record) or self.model.signature:
            return []
        return [name for name in self.editable if _given_to_several(self.field(name))]

    @property
    def editable(self) -> list[str]:
        """The fields people fill in, in the order of the sections."""
        return [name for name in self.fields if getattr(self.field(name), "editable", False)]

    def field(self, name: str) -> models.Field | None:
        """The model field of that name; None for a property."""
        try:
            return cast(models.Field, self.model._meta.get_field(name))
        except FieldDoesNotExist:
            return None

    def heading(self, name: str) -> str:
        """What a column or a field is called."""
        model_field = self.field(name)
        if model_field is not None:
            return str(getattr(model_field, "verbose_name", name))
        prop = getattr(self.model, name)
        return str(getattr(prop, "short_description", name.replace("_", " ")))

    def children(self) -> list[tuple["Register", models.ForeignObject]]:
        """The registers whose rows point to a row of this one, and the field that does."""
        found = []
        for relation in self.model._meta.related_objects:
            child = _registers.get(relation.related_model)
            if child and child.has_pages and relation.one_to_many:
                found.append((child, relation.field))
        return found


def _given_to_several(model_field: Any) -> bool:
    if model_field.many_to_many:
        return False
    if model_field.related_model is not None:
        return not issubclass(model_field.related_model, Record)
    chosen = models.BooleanField | models.DateField
    return bool(model_field.choices) or isinstance(model_field, chosen)


_registers: dict[type[models.Model], Register] = {}


def register_of(model: type[models.Model]) -> Register | None:
    """The register of a model, once the site map has been read; None where it has none."""
    return _registers.get(model)


def check_registers(registers: Iterable[Register]) -> list[Error]:
    """Every misspelling in a register, as an error that names it (for `manage.py check`)."""
    errors = []
    for register in registers:
        named = {
            "columns": register.columns,
            "sections": register.fields,
            "filters": register.filters,
            "search": register.search,
            "key": register.key,
        }
        for where, names in named.items():
            for name in names:
                if register.field(name.split("__")[0]) is None and not hasattr(
                    register.model, name
                ):
                    errors.append(
                        Error(
                            f"{register.slug}: {where} names {name!r}, which"
                            f" {register.model.__name__} does not have.",
                            hint="Correct the name in the register, or add the field.",
                            obj=register.model,
                            id="records.E001",
                        )
                    )
    return errors


# The sections every record ends with: who answers for it, and when it is looked at again.
KEEPING: dict[str | Promise, list[str]] = {
    _("Keeping"): ["owner", "unit", "sensitivity", "reviewed_on", "review_due"]
}
