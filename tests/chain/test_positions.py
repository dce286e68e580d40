"""Upstream and downstream by where our control begins and ends."""

from bartizan.chain.models import Node
from bartizan.chain.positions import positions

UP, OWN, DOWN = Node.Position.UPSTREAM, Node.Position.OWN, Node.Position.DOWNSTREAM


def test_what_leads_to_us_lies_upstream_and_what_we_lead_to_downstream():
    legs = [(1, 2), (2, 3), (3, 4), (4, 5)]
    assert positions(legs, {3}) == {1: UP, 2: UP, 3: OWN, 4: DOWN, 5: DOWN}


def test_on_a_round_trip_the_shorter_way_decides():
    assert positions([(3, 4), (4, 5), (5, 6), (6, 3)], {3}) == {
        3: OWN,
        4: DOWN,
        5: UP,  # two legs from us, two to us
        6: UP,
    }


def test_what_no_leg_joins_to_us_has_no_position():
    assert positions([(1, 2), (8, 9)], {2}) == {1: UP, 2: OWN}
    assert positions([(1, 2)], set()) == {}
