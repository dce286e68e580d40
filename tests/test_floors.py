"""Relations point down, as imports do: the import contract can't see a foreign key."""

import re

import pytest
from django.apps import apps
from django.db import models

from bartizan.ground.records.models import Record
from bartizan.registers import REGISTERS, SHEETS

FLOORS = [
    "trail", "people", "records", "documents",
    "chain",
    "context", "leadership", "planning", "support", "operation", "evaluation", "improvement",
    "conformity", "api",
]  # fmt: skip
MODELS = [m for app in apps.get_app_configs() if app.label in FLOORS for m in app.get_models()]


def relations() -> list[models.Field]:
    return [f for m in MODELS for f in m._meta.get_fields() if f.is_relation and f.concrete]


@pytest.mark.parametrize("field", relations(), ids=lambda f: f"{f.model.__name__}.{f.name}")
def test_a_relation_points_down_or_stays_in_its_room(field):
    here, there = field.model._meta.app_label, field.related_model._meta.app_label
    assert FLOORS.index(there) <= FLOORS.index(here)


def test_records_inherit_once_and_never_twice():
    assert [m for kind in Record.__subclasses__() for m in kind.__subclasses__()] == []


def test_every_kind_of_record_has_a_register():
    assert {r.model for r in SHEETS if r.holds_records} == set(Record.__subclasses__())


def test_prefixes_of_numbers_are_never_shared():
    prefixes = [kind.prefix for kind in Record.__subclasses__()]
    assert len(set(prefixes)) == len(prefixes)
    assert [p for p in prefixes if not re.fullmatch("[A-Z]{3}", p)] == []


def test_every_model_says_what_it_is_for():
    said = [m for m in MODELS if not m._meta.auto_created]
    assert [
        m.__name__ for m in said if not m.__doc__ or m.__doc__.startswith(f"{m.__name__}(")
    ] == []


@pytest.mark.parametrize("register", REGISTERS, ids=lambda r: r.slug)
def test_every_register_says_what_it_is_for(register):
    assert str(register.about.what)
    assert register.columns
    assert re.fullmatch(r"\d+(\.\d+)*", register.clause)
