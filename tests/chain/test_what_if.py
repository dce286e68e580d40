"""What stops when places or partners close, and what is weak without anything closing."""

import random

import pytest

from bartizan.chain.models import Partner
from bartizan.chain.weaknesses import (
    By,
    concentrated_partners,
    concentrated_places,
    concentrations,
    flows_lost_with,
    shared_suppliers,
    single_point_partners,
    single_point_places,
    single_points,
)
from bartizan.chain.what_if import Chain, Flowing, StandIn, Stopped, Tie, chain_of_today, what_if
from bartizan.clauses.planning.checks.risks import single_partners_without_risk
from bartizan.conformity.outcome import run
from bartizan.ground.people.looking import looking_as
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records.life import retire


@pytest.fixture
def line(place, partner, leg, flow):
    """Port – depot – shop by one carrier: everything on it is a single point."""
    port, depot, shop = place("Port"), place("Depot"), place("Shop")
    carrier = partner("Osprey")
    first, last = leg(port, depot, carrier=carrier), leg(depot, shop)
    return port, depot, shop, carrier, flow("Spare parts", first, last, buffer_days=3)


def flows_stopped(*closed, days=None) -> list[tuple[int, float, float | None]]:
    found = what_if(chain_of_today(), [one.pk for one in closed], days)
    return [(stop.key, stop.start, stop.end) for stop in found.flows]


def test_a_closed_place_stops_its_legs_at_once_and_the_flow_when_its_stock_is_gone(line):
    port, _depot, _shop, carrier, parts = line
    found = what_if(chain_of_today(), [port.pk], 10)
    [step, _last] = parts.steps.all()
    assert found.places == (Stopped(port.pk, 0, 10),)
    assert found.legs == (Stopped(step.leg_id, 0, 10),)
    assert found.flows == (Stopped(parts.pk, 3, 10),)
    assert (found.partners, found.values, found.lost) == ((), {"EUR": 365}, {"EUR": 7})
    assert flows_stopped(carrier) == [(parts.pk, 3, None)]


def test_a_closure_that_the_stock_outlasts_stops_no_flow(line):
    assert flows_stopped(line[0], days=3) == []


def test_a_step_with_a_second_leg_goes_on(line, leg, place, flow):
    port, depot, _shop, carrier, _parts = line
    by_sea = leg(port, depot, mode="sea")
    first = leg(port, depot, carrier=carrier, mode="rail")
    safe = flow("Safe parts", (first, by_sea))
    assert safe.pk not in [key for key, _start, _end in flows_stopped(carrier)]
    assert safe.pk in [key for key, _start, _end in flows_stopped(port)]


def test_a_place_stops_with_the_partner_that_runs_it(line, partner):
    port, *_rest, parts = line
    port.partner = partner("Delta Terminals")
    port.save()
    assert flows_stopped(port.partner) == [(parts.pk, 3, None)]


def test_an_alternative_takes_over_on_the_day_it_is_ready(line, place, stands_in):
    port, *_rest, parts = line
    other = place("Other port")
    stands_in(other, port, days=8)
    assert flows_stopped(port) == [(parts.pk, 3, 8)]
    assert flows_stopped(port, other) == [(parts.pk, 3, None)]
    assert flows_stopped(port, days=5) == [(parts.pk, 3, 5)]


def test_an_alternative_nobody_agreed_is_none(line, place, stands_in):
    port, *_rest, parts = line
    stands_in(place("Other port"), port, agreed=False)
    assert flows_stopped(port) == [(parts.pk, 3, None)]


def test_of_a_group_any_one_will_do_for_as_long_as_its_shortest_buffer(line, partner, needs):
    _port, depot, *_rest, parts = line
    grid, generator = partner("Grid"), partner("Generator")
    needs(depot, grid, days=2, group="power")
    needs(depot, generator, days=1, group="power")
    assert flows_stopped(grid) == flows_stopped(generator) == []
    assert flows_stopped(grid, generator) == [(parts.pk, 4, None)]


def test_what_needs_a_flow_stops_after_it(line, place, needs):
    port, *_rest, parts = line
    needs(plant := place("Plant"), parts, days=2)
    assert what_if(chain_of_today(), [port.pk]).places == (
        Stopped(port.pk, 0, None),
        Stopped(plant.pk, 5, None),
    )


def test_those_who_need_one_another_stop_together(partner, needs):
    one, other = partner("One"), partner("Other")
    needs(one, other, days=1)
    needs(other, one, days=1)
    assert what_if(chain_of_today(), [one.pk]).partners == (
        Stopped(one.pk, 0, None),
        Stopped(other.pk, 1, None),
    )


def test_what_is_out_of_use_or_hidden_is_not_in_the_chain(line, place, leg, colleague, owner):
    port, depot, *_rest = line
    leg(depot, place("Old yard", is_active=False))
    retire(leg(port, place("Quay")), "Given up.")
    chain = chain_of_today(owner)
    assert (len(chain.places), len(chain.legs), len(chain.flows)) == (4, 2, 1)
    assert chain == chain_of_today()
    assert chain_of_today(colleague).nodes == frozenset()


@pytest.mark.parametrize(
    "closed, days, words",
    [
        ([999], None, "999 is no place and no partner"),
        ([1], -1, "days is not a number"),
        ([1], float("nan"), "days is not a number"),
    ],
)
def test_what_cannot_close_is_refused(closed, days, words):
    with pytest.raises(ValueError, match=words):
        what_if(Chain({1: None}, frozenset(), {}, {}), closed, days)


def test_chains_agree_with_going_round_until_nothing_changes():
    """Against the rules said plainly, on chains with cycles, groups and alternatives."""
    dice = random.Random(28000)
    for _round in range(60):
        chain = thrown(dice)
        closed = set(dice.sample(sorted(chain.nodes), 2))
        found = what_if(chain, closed)
        stops = {
            s.key: s.start for s in (*found.places, *found.partners, *found.legs, *found.flows)
        }
        assert stops == pytest.approx(plainly(chain, closed))


def thrown(dice: random.Random) -> Chain:
    places = {key: dice.choice([None, 20, 21]) for key in range(12)}
    partners = frozenset(range(20, 28))
    nodes = [*places, *partners]
    legs = {
        30 + number: (*dice.sample(range(12), 2), dice.choice([None, *partners]))
        for number in range(20)
    }
    flows = {
        60 + number: Flowing(
            tuple(tuple(dice.sample(sorted(legs), dice.choice([1, 2]))) for _step in range(3)),
            dice.choice([0, 2]),
        )
        for number in range(5)
    }
    ties = tuple(
        Tie(dice.choice(nodes), tuple(dice.sample([*nodes, *flows], dice.choice([1, 2]))), 1)
        for _tie in range(10)
    )
    stand_ins = tuple(StandIn(*dice.sample(range(20, 28), 2)) for _way in range(2))
    return Chain(places, partners, legs, flows, ties, stand_ins)


def plainly(chain: Chain, closed: set[int]) -> dict[int, float]:
    """When each record stops: the earliest day that its needs allow, asked until it stays."""
    never = float("inf")
    stops = dict.fromkeys(closed, 0.0)

    def lost(key: int) -> float:
        ways = [way.substitute for way in chain.stand_ins if way.replaced == key]
        return max(stops.get(one, never) for one in (key, *ways))

    needs = [(place, [by], 0) for place, by in chain.places.items() if by is not None]
    needs += [
        (key, [end], 0) for key, ends in chain.legs.items() for end in ends if end is not None
    ]
    needs += [(key, legs, f.buffer) for key, f in chain.flows.items() for legs in f.steps]
    needs += [(tie.dependant, tie.suppliers, tie.buffer) for tie in chain.ties]
    for _pass in range(len(needs)):
        for key, suppliers, buffer in needs:
            day = max(map(lost, suppliers)) + buffer
            if day < stops.get(key, never):
                stops[key] = day
    return stops


# -- weaknesses --------------------------------------------------------------------------------


def test_what_a_flow_cannot_do_without_is_a_single_point(line, place):
    port, depot, shop, carrier, parts = line
    place("Beside the way")
    assert flows_lost_with(chain_of_today()) == {
        one.pk: (parts.pk,) for one in (port, depot, shop, carrier)
    }
    assert list(single_point_places().order_by("pk")) == [port, depot, shop]
    assert list(single_point_partners()) == [carrier]


def test_an_agreed_alternative_is_no_single_point(line, place, stands_in):
    port, depot, shop, carrier, _parts = line
    stands_in(place("Other port"), port, days=100)
    assert single_points() == {depot.pk, shop.pk, carrier.pk}


def test_a_sub_supplier_is_a_single_point_through_those_who_need_it(line, partner, needs):
    *_rest, carrier, _parts = line
    deep = partner("Skylane")
    needs(carrier, fuel := partner("Fuel"), days=30)
    needs(fuel, deep, days=30)
    assert list(single_point_partners().order_by("pk")) == [carrier, deep, fuel]


def test_that_a_flow_ends_with_its_customer_is_no_weakness(line, partner):
    port, depot, shop, carrier, parts = line
    parts.customer = shop.partner = partner("Arden Instruments")
    parts.save(), shop.save()
    assert single_points() == {port.pk, depot.pk, carrier.pk}


def test_a_flow_that_is_not_in_use_makes_nothing_weak(line):
    *_rest, parts = line
    parts.is_active = False
    parts.save()
    assert single_points() == frozenset()


def test_whoever_looks_finds_what_there_is_without_what_is_hidden(line, leg, auditor):
    port, depot, shop, _carrier, parts = line
    with looking_as(auditor):
        before = single_points(), concentrations(share=0)
    hidden = leg(port, depot, mode="sea", sensitivity=Sensitivity.RESTRICTED)
    parts.steps.create(step=1, leg=hidden)
    assert single_points() == {port.pk, depot.pk, shop.pk}  # with the leg by sea no carrier is
    with looking_as(auditor):
        assert (single_points(), concentrations(share=0)) == before


def test_a_hidden_parent_company_is_nobody_s_parent(line, partner, auditor):
    *_rest, carrier, _parts = line
    other, holding = partner("Other"), partner("Holding", sensitivity=Sensitivity.RESTRICTED)
    for one in (carrier, other):
        one.parent = holding
        one.save()
    assert [one.by for one in concentrations(share=0)] == [By.PARENT]
    with looking_as(auditor):
        assert concentrations(share=0) == ()


def test_a_verdict_does_not_tell_of_a_hidden_leg(line, leg, auditor, today):
    port, depot, _shop, carrier, parts = line
    hidden = leg(port, depot, mode="sea", sensitivity=Sensitivity.RESTRICTED)
    parts.steps.create(step=1, leg=hidden)
    assert run(single_partners_without_risk, today).keys == set()
    assert run(single_partners_without_risk, today, auditor).keys == {carrier.pk}


def test_a_supplier_is_shared_by_several_partners(partner, place, needs):
    grid = partner("Grid", position="upstream")
    one, other = partner("One"), partner("Other")
    needs(one, grid)
    needs(place("Depot"), grid)
    assert list(shared_suppliers()) == []
    row = needs(other, grid, group="power")
    assert list(shared_suppliers()) == [grid]
    other.is_active = False
    other.save()
    assert list(shared_suppliers()) == []
    row.delete()
    needs(one, grid, group="power")
    assert list(shared_suppliers()) == []


def test_a_country_or_a_parent_with_most_of_the_flows_is_a_concentration(line, partner, flow, leg):
    port, depot, shop, carrier, parts = line
    port.country, depot.locode = "NL", "NLVEN"
    port.save(), depot.save()
    holding = partner("Anker Holding", position="beside")
    carrier.parent, carrier.country = holding, "DE"
    carrier.save()
    flow("By air", leg(shop, depot, mode="air"), value_per_year=635)
    by_country, by_parent = (
        (one.by, one.key, one.members, one.flows, one.values, one.share)
        for one in concentrations(share=40)
        if one.key != "DE"
    )
    assert by_country[:3] == (By.COUNTRY, "NL", (port.pk, depot.pk))
    assert by_country[4:] == ({"EUR": 1000}, 100)
    assert by_parent == (
        By.PARENT, holding.pk, (carrier.pk, holding.pk), (parts.pk,), {"EUR": 365}, 50,
    )  # fmt: skip
    assert [one.key for one in concentrations(share=60)] == ["NL"]
    assert list(concentrated_places()) == [depot, port]
    assert list(concentrated_partners()) == list(Partner.objects.all())


def test_a_company_without_kin_is_no_concentration_of_a_parent(line):
    assert concentrations(share=0) == ()
