"""How an item stands, for the tests of every room: nothing there, falling short, conforming."""

from datetime import timedelta

import pytest

from bartizan.conformity.described import describe
from bartizan.conformity.evaluate import evaluate_items
from bartizan.conformity.models import Attestation
from bartizan.conformity.requirements import CATALOGUE
from bartizan.ground.records.models import Declaration, Link, Record, Relation


@pytest.fixture
def verdict(today):
    """The verdict on an item, and what falls short in what; "" where something is missing."""

    def found(id: str) -> tuple[str, list[tuple[str, str]]]:
        judged = evaluate_items([CATALOGUE[id]], today, None)[id]
        short = judged.shortfall_records()
        return judged.value.value, [
            (describe(row).number if row else "", why) for row, why in short
        ]

    return found


@pytest.fixture
def confirm(manager, whole, today):
    """Top management stands for an item for a year, relying on records."""

    def confirmed(id: str, *cited: Record) -> Attestation:
        attestation = Attestation(
            title="Looked through",
            unit=whole,
            owner=manager,
            requirement=id,
            statement="I went through it with the people concerned.",
            attested_by=manager,
            attested_on=today,
            expires_on=today + timedelta(days=365),
        )
        attestation.full_clean()
        attestation.save()
        for record in cited:
            Link.objects.create(source=attestation, target=record, relation=Relation.CITES)
        return attestation

    return confirmed


@pytest.fixture
def declare(owner, manager, whole):
    """The organization sets itself a figure."""

    def declared(figure: str, value: int) -> Declaration:
        made = Declaration.objects.create(
            title=f"{figure}: {value}", figure=figure, value=value, owner=owner, unit=whole
        )
        made.approvals.create(version=made.version, by=manager)
        return made

    return declared
