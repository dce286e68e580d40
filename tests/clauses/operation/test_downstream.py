"""Who downstream is protected from what comes from upstream (draft 4.4.6 B b)."""

import pytest

from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Relation

ITEM = "dis:4.4.6-B.b.2"


@pytest.fixture
def protected(watch, good):
    """A risk of an upstream partner, under a control that protects a customer."""
    risk = watch.risk(partner=good.partner())
    control = watch.control(risk)
    good.link(control, good.partner(position="downstream", relationship="customer"))
    return risk


def test_without_a_control_that_protects_somebody_downstream_there_is_no_evidence(
    watch, verdict, good
):
    control = watch.control(watch.risk(partner=good.partner()))
    good.link(control, good.place(position="own"))
    good.link(control, good.partner(position="downstream"), Relation.CONCERNS)
    gone = watch.control()
    good.link(gone, good.partner(position="downstream"))
    retire(gone, "Given up.")
    assert verdict(ITEM) == ("no-evidence", [])


def test_a_risk_from_upstream_above_the_appetite_has_such_a_control(
    watch, verdict, good, protected
):
    by_place = watch.risk(place=good.place(position="upstream"))
    by_partner = watch.risk(partner=good.partner())
    watch.control(by_partner)
    why = (
        "Comes from upstream above the appetite, and no control names whom downstream it protects."
    )
    assert verdict(ITEM) == ("nonconforming", [(by_partner.number, why), (by_place.number, why)])


def test_a_control_that_does_not_work_protects_nobody(watch, verdict, protected):
    control = protected.control_effects.get().control
    control.out_of_order_since = watch.day(-1)
    control.save()
    assert verdict(ITEM)[0] == "nonconforming"


def test_protection_from_upstream_conforms(watch, verdict, confirm, good, protected):
    watch.risk(partner=good.partner(), likelihood=1, impact_people=1)
    watch.risk(place=good.place())
    assert verdict(ITEM) == ("awaiting-attestation", [])
    confirm(ITEM, protected)
    assert verdict(ITEM) == ("conforming", [])
