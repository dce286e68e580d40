"""A small chain: processes, their runs, and the nodes they serve, each complete until broken."""

from datetime import date, timedelta

import pytest

from bartizan.chain.models import Criterion, Partner, Place, Process, ProcessRun
from bartizan.conformity.evaluate import evaluate_items
from bartizan.conformity.requirements import CATALOGUE
from bartizan.ground.records.models import Link, Record, Relation

YEAR = timedelta(days=365)


@pytest.fixture
def make(owner, whole):
    """Makes a record of a kind, owned and filed."""

    def made(model: type[Record], **fields) -> Record:
        record = model(**{"owner": owner, "unit": whole} | fields)
        record.full_clean(exclude=["kind", "number"])
        record.save()
        return record

    return made


@pytest.fixture
def process(make, today):
    def made(title="Sealing of trailers", **fields) -> Process:
        given = {
            "plan": "The loading crew seals each trailer and notes the number.",
            "inputs": "Loaded trailer and papers.",
            "outputs": "Sealed trailer, number on the papers.",
            "trigger": "Loading ends.",
            "revised_on": today - timedelta(days=90),
        }
        return make(Process, title=title, **given | fields)

    return made


@pytest.fixture
def criterion(make, today):
    def made(of: Process, title="Seal intact", **fields) -> Criterion:
        given = {"rule": "Same number as on the papers.", "applies_since": today - YEAR}
        return make(Criterion, title=title, process=of, **given | fields)

    return made


@pytest.fixture
def ran(make, owner, today):
    """A run that took place today, unless said otherwise."""

    def made(of: Process, ran_on: date | None = today, **fields) -> ProcessRun:
        given = {"performed_by": owner, "recorded_on": ran_on, "result": "All in order."}
        title = f"{of.title}, {ran_on}"
        return make(ProcessRun, title=title, process=of, ran_on=ran_on, **given | fields)

    return made


@pytest.fixture
def place(make):
    def made(title="North depot", **fields) -> Place:
        given = {"use": "depot", "position": "own", "security_level": "high"}
        return make(Place, title=title, **given | fields)

    return made


@pytest.fixture
def partner(make):
    def made(title="Osprey Road Lines", **fields) -> Partner:
        given = {"relationship": "carrier", "position": "downstream", "security_level": "raised"}
        return make(Partner, title=title, **given | fields)

    return made


@pytest.fixture
def link():
    def made(source: Record, target: Record, relation=Relation.SERVES, note="") -> Link:
        return Link.objects.create(source=source, target=target, relation=relation, note=note)

    return made


@pytest.fixture
def verdict(written, today):
    """How an item stands today, and the reason as people read it."""

    def found(item: str) -> tuple[str, str]:
        judged = evaluate_items([CATALOGUE[item]], today, None)[item]
        return judged.value.value, judged.reason

    return found
