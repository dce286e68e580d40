"""A register's rows as JSON, with the limits of the model in the words of the model."""

from typing import Any, cast

from django.core.exceptions import ValidationError as ModelError
from django.db import models
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.relations import MANY_RELATION_KWARGS, ManyRelatedField

from bartizan.exchange.sheets import STANDING, name_field
from bartizan.ground.records import display
from bartizan.ground.records.forms import demand_few, one_line_end
from bartizan.ground.records.register import Register


class Reference(serializers.SlugRelatedField):
    """Another row, by the number or code people know it by, if the caller may see it."""

    def get_queryset(self) -> models.QuerySet:
        rows: Any = super().get_queryset()
        return rows.visible_to(self.context["request"].user)

    def to_representation(self, row: Any) -> Any:
        """None for a record that the caller may not see."""
        seen = display.seen(row, self.context["request"].user)
        return None if seen is None else super().to_representation(seen)

    @classmethod
    def many_init(cls, *args: Any, **kwargs: Any) -> "References":
        of_all = {name: kwargs[name] for name in MANY_RELATION_KWARGS if name in kwargs}
        return References(child_relation=cls(*args, **kwargs), **of_all)


class References(ManyRelatedField):
    """Several of them, no more than a form takes: each is looked up for itself."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, list):
            demand_few(data)
        return super().to_internal_value(data)


class Prose(serializers.CharField):
    """Text of several lines, which end as in the forms whatever the program ends them with."""

    def to_internal_value(self, data: Any) -> str:
        return one_line_end(super().to_internal_value(data))


class RowSerializer(serializers.ModelSerializer):
    """Checks what the model checks: forms and database refuse the same in the same words."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.TextField: Prose,
    }

    def to_representation(self, row: models.Model) -> dict[str, Any]:
        shown = super().to_representation(row)
        return {
            name: [one for one in value if one is not None] if isinstance(value, list) else value
            for name, value in shown.items()
        }

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        model: Any = self.Meta.model
        if self.instance is not None:
            self.keep_unseen(self.instance, data)
        single = {n: v for n, v in data.items() if not model._meta.get_field(n).many_to_many}
        row = self.instance or model()
        before = {name: row.__dict__.get(model._meta.get_field(name).attname) for name in single}
        for name, value in single.items():
            setattr(row, name, value)
        if signature := getattr(model, "signature", ""):
            setattr(row, signature, self.context["request"].user)
            data[signature] = self.context["request"].user
        try:
            row.full_clean(exclude=["password", "number", "kind", "path"])
        except ModelError as error:
            for name, value in before.items():
                setattr(row, model._meta.get_field(name).attname, value)
            raise ValidationError(
                {("errors" if k == "__all__" else k): v for k, v in error.message_dict.items()}
            ) from error
        self.changes_something = any(
            value != row.__dict__.get(model._meta.get_field(name).attname)
            for name, value in before.items()
        ) or any(
            {one.pk for one in data[name]} != {one.pk for one in getattr(row, name).all()}
            for name in data.keys() - single.keys()
            if row.pk
        )
        return data

    def keep_unseen(self, row: models.Model, data: dict[str, Any]) -> None:
        """What the caller may not see was not in what they read, and stays as it is."""
        person = self.context["request"].user
        for name, given in list(data.items()):
            named = getattr(row, name)
            seen = display.seen(named, person)
            if isinstance(seen, list):
                data[name] = [*given, *(one for one in named.all() if one not in seen)]
            elif given is None and seen is None:
                del data[name]

    def update(self, row: models.Model, data: dict[str, Any]) -> models.Model:
        """A change that changes nothing makes no version, and leaves an approval standing."""
        return super().update(row, data) if self.changes_something else row


def serializer_class(register: Register) -> type[RowSerializer]:
    """The serializer of a register: what its sheet holds, references by number."""
    model = register.model
    standing = [*STANDING, "changed_at"] if register.holds_records else ["id"]
    names = list(dict.fromkeys([*register.key, *register.editable]))
    signature = getattr(model, "signature", "")
    unwritten = {signature, "number"} & set(names)
    fields: dict[str, Any] = {}
    for name in names:
        model_field = model._meta.get_field(name)
        if isinstance(model_field, models.Field) and model_field.is_relation:
            fields[name] = _reference(model_field, read_only=name in unwritten)
    options = {
        "model": model,
        "fields": [*names, *(name for name in standing if name not in names)],
        "read_only_fields": [*standing, *unwritten],
        "ref_name": model.__name__,
    }
    return type(
        f"{model.__name__}Serializer",
        (RowSerializer,),
        {**fields, "Meta": type("Meta", (), options)},
    )


def _reference(model_field: models.Field, read_only: bool) -> Reference:
    target = cast(type[models.Model], model_field.related_model)
    if read_only:
        return Reference(slug_field=name_field(target), read_only=True)
    several: dict[str, Any] = {"allow_empty": True} if model_field.many_to_many else {}
    return Reference(
        slug_field=name_field(target),
        queryset=target._default_manager.all(),
        many=bool(model_field.many_to_many),
        required=not (model_field.null or model_field.blank or model_field.has_default()),
        allow_null=model_field.null,
        **several,
    )
