"""A supply chain small enough to be told by heart."""

from typing import Any

import pytest

from bartizan.chain.models import Dependency, Flow, FlowStep, Leg, Partner, Place
from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Record
from tests.site.signing_in import PASSWORD


@pytest.fixture
def member(owner) -> Person:
    """Somebody who signs in by password."""
    owner.set_password(PASSWORD)
    owner.save()
    return owner


@pytest.fixture
def make(owner, whole):
    """Makes a record of a kind, owned and filed."""

    def made(model: type[Record], title: str, **fields: Any) -> Any:
        record = model(**{"title": title, "owner": owner, "unit": whole} | fields)
        record.full_clean(exclude=["kind", "number", "title"])
        record.save()
        return record

    return made


class Chain:
    """A supplier's plant, a port, our depot, a customer; and empty pallets that go back."""

    def __init__(self, make) -> None:
        self.haulier = make(
            Partner, "Osprey Road Lines", relationship="carrier", position="own", tier=1
        )
        self.maker = make(
            Partner,
            "Alder Works",
            relationship="supplier",
            position="upstream",
            country="CN",
            tier=2,
        )
        beside = {"relationship": "service", "position": "beside"}
        self.tracker = make(Partner, "Lark Tracking", **beside)
        self.plant = make(
            Place, "Alder plant", use="plant", position="upstream", country="CN",
            latitude=22.5, longitude=114.0, under_own_control=False, partner=self.maker,
        )  # fmt: skip
        self.depot = make(
            Place, "Depot Venlo", use="depot", position="own", country="NL",
            latitude=51.4, longitude=6.2,
        )  # fmt: skip
        self.shop = make(
            Place, "Shop Lille", use="site", position="downstream", country="FR",
            under_own_control=False,
        )  # fmt: skip
        self.arriving = make(
            Leg, "", origin=self.plant, destination=self.depot, mode="sea", usual_days=30,
            carrier=self.haulier,
        )  # fmt: skip
        self.leaving = make(
            Leg, "", origin=self.depot, destination=self.shop, under_own_control=True
        )
        self.back = make(Leg, "", origin=self.shop, destination=self.depot, carrier=self.haulier)
        self.flow = make(Flow, "Lamps", value_per_year=5_000_000, currency="EUR", buffer_days=4)
        FlowStep.objects.create(flow=self.flow, step=1, leg=self.arriving)
        FlowStep.objects.create(flow=self.flow, step=2, leg=self.leaving)
        Dependency.objects.create(
            partner=self.haulier, on_partner=self.tracker, buffer_days=2, what="tracking"
        )


@pytest.fixture
def chain(make) -> Chain:
    return Chain(make)
