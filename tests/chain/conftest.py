"""A small chain: processes, their runs, and the nodes they serve, each complete until broken."""

from datetime import date, timedelta

import pytest

from bartizan.chain.models import (
    Alternative,
    Criterion,
    Dependency,
    Flow,
    Leg,
    Node,
    Partner,
    Place,
    Process,
    ProcessRun,
)
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


@pytest.fixture
def leg(make):
    """A leg between two places, in our own hands unless said otherwise."""

    def made(origin: Place, destination: Place, **fields) -> Leg:
        given = {"origin": origin, "destination": destination, "under_own_control": True}
        return make(Leg, title="To be named", **given | fields)

    return made


@pytest.fixture
def flow(make):
    """A flow over legs: one a step, or any one of several."""

    def made(title: str, *steps: Leg | tuple[Leg, ...], **fields) -> Flow:
        flow = make(Flow, title=title, **{"value_per_year": 365, "currency": "EUR"} | fields)
        for number, legs in enumerate(steps, start=1):
            for leg in legs if isinstance(legs, tuple) else (legs,):
                flow.steps.create(step=number, leg=leg)
        return flow

    return made


@pytest.fixture
def needs():
    """Writes down that one partner or place depends on another, or on a flow."""

    def written(dependant: Node, supplier: Node | Flow, days: float = 0, group: str = ""):
        who = "partner" if isinstance(dependant, Partner) else "place"
        what = {Partner: "on_partner", Place: "on_place", Flow: "on_flow"}[type(supplier)]
        row = Dependency(**{who: dependant, what: supplier}, buffer_days=days, group=group)
        row.full_clean()
        row.save()
        return row

    return written


@pytest.fixture
def stands_in():
    """Writes down what can replace what; agreed unless said otherwise."""

    def written(substitute: Node, replaced: Node, days: float = 0, agreed: bool = True):
        who = "partner" if isinstance(replaced, Partner) else "place"
        row = Alternative(
            **{who: replaced, f"by_{who}": substitute}, ready_after_days=days, is_agreed=agreed
        )
        row.full_clean()
        row.save()
        return row

    return written
