"""Legs and flows, dependencies and alternatives: what each has to say, and what it may not."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from bartizan.chain.forms import DurationField
from bartizan.chain.models import Alternative, Dependency, Flow, FlowStep, Leg, Partner
from bartizan.ground.people.models import Sensitivity


def said(make, *given, **fields) -> list[str]:
    """The words in which something is refused."""
    with pytest.raises(ValidationError) as refused:
        make(*given, **fields)
    return refused.value.messages


def refused_by_the_database(write, *given, **fields) -> bool:
    try:
        with transaction.atomic():
            write(*given, **fields)
    except IntegrityError:
        return True
    return False


@pytest.fixture
def ends(place):
    return place("North depot"), place("South depot")


def test_a_leg_is_called_after_its_ends(leg, ends):
    assert leg(*ends).title == "North depot – South depot"


def test_a_leg_takes_on_another_name_of_its_ends_without_being_another_version(leg, ends):
    made = leg(*ends)
    for place in ends:
        place.title = f"New {place.title}"
        place.save()
    made.refresh_from_db()
    assert made.title == f"{ends[0].title} – {ends[1].title}"
    assert made.version == 1


def test_a_leg_is_as_secret_as_its_ends_whose_names_it_bears(leg, ends):
    made, back = leg(*ends), leg(*reversed(ends), sensitivity=Sensitivity.RESTRICTED)
    ends[1].sensitivity = Sensitivity.CONFIDENTIAL
    ends[1].save()
    for one in (made, back):
        one.refresh_from_db()
    assert made.sensitivity == Sensitivity.CONFIDENTIAL
    assert back.sensitivity == Sensitivity.RESTRICTED
    assert leg(*ends).sensitivity == Sensitivity.CONFIDENTIAL


def test_a_leg_that_ends_where_it_began_is_refused(leg, ends, owner, whole):
    north, _south = ends
    assert said(leg, north, north) == ["A leg leads from one place to another."]
    assert refused_by_the_database(Leg.objects.create, origin=north, destination=north, unit=whole)


@pytest.mark.parametrize("days", ["-0.1", "3651", "inf"])
def test_a_leg_takes_no_less_than_no_time(leg, ends, days):
    words = ["A leg takes 0 days or more, and ten years at most."]
    assert said(leg, *ends, usual_days=days) == words


def test_somebody_who_answers_for_a_leg_leaves_it_in_somebodys_hands(leg, ends, partner):
    fields = {"responsible": partner(), "under_own_control": False}
    words = ["Somebody else answers for it: name who has the goods in hand."]
    assert said(leg, *ends, **fields) == words


@pytest.mark.parametrize(
    "days, words",
    [
        (None, ""),
        (0.25, "6 hours"),
        (1 / 24, "1 hour"),
        (1.5, "36 hours"),
        (2, "2 days"),
        (2.5, "2.5 days"),
    ],
)
def test_a_duration_is_told_in_hours_or_days(days, words):
    assert Leg(usual_days=days).usual_duration == words


@pytest.mark.parametrize(
    "typed, days",
    [("", None), ("6 h", 0.25), ("36 Hours", 1.5), ("2.5 days", 2.5), ("2,5", 2.5), ("1", 1)],
)
def test_a_duration_is_typed_in_hours_or_days(typed, days):
    assert DurationField(required=False).clean(typed) == days


@pytest.mark.parametrize("typed", ["soon", "6 weeks", "h", "1.2.3 h"])
def test_another_duration_is_no_number(typed):
    assert said(DurationField().clean, typed) == ["Enter a number."]


def test_legs_travelled_are_those_in_use(leg, ends):
    north, south = ends
    used = leg(north, south)
    leg(south, north, is_active=False)
    assert list(Leg.objects.travelled()) == [used]


def test_a_value_has_a_currency(flow):
    assert said(flow, "Spare parts", currency="") == [
        "Say in which currency it is worth that much."
    ]
    assert said(flow, "Spare parts", currency="eur") == ["Three capital letters, as in EUR."]


def test_stock_lasts_no_less_than_no_time(flow):
    words = ["Stock lasts 0 days or more, and ten years at most."]
    assert said(flow, "Spare parts", buffer_days=-1) == words


def test_a_flow_takes_a_leg_once_a_step_but_may_come_back(flow, leg, ends):
    there = leg(*ends)
    made = flow("Pallets", there, there)
    assert refused_by_the_database(made.steps.create, step=1, leg=there)


def test_steps_are_seen_by_whoever_sees_flow_and_leg(flow, leg, ends, owner, stranger, colleague):
    made = flow("Pallets", leg(*ends))
    assert list(FlowStep.objects.visible_to(owner)) == list(made.steps.all())
    assert list(FlowStep.objects.visible_to(stranger)) == []


def test_a_partner_is_neither_its_own_parent_nor_owned_by_what_it_owns(partner):
    holding = partner("Anker Holding")
    daughter = partner("Osprey Road Lines", parent=holding)
    holding.parent = holding
    assert said(holding.full_clean) == ["This partner is owned by the one at hand."]
    assert refused_by_the_database(holding.save)
    holding.parent = daughter
    assert said(holding.full_clean) == ["This partner is owned by the one at hand."]


@pytest.mark.parametrize(
    "field, value, words",
    [
        ("tier", 0, "Tiers count from 1, for whoever deals with us, to 20."),
        ("tier", 21, "Tiers count from 1, for whoever deals with us, to 20."),
        ("share", 101, "A share lies between 0 and 100."),
    ],
)
def test_what_a_partner_says_of_itself_has_limits(partner, field, value, words):
    assert said(partner, **{field: value}) == [words]


def test_a_code_that_does_not_add_up_is_refused(partner):
    assert said(partner, lei="5493001KJTIIGC8Y1R13", gln="4006381333932") == [
        "A GLN has 13 digits; these don't add up to its check digit.",
        "An LEI has 20 letters and digits; these don't add up to its check digits.",
    ]


def test_a_code_is_given_once(partner, place):
    partner(lei="5493001KJTIIGC8Y1R12", gln="4006381333931")
    place(gln="4006381333931")
    assert said(partner, "Other", lei="5493001KJTIIGC8Y1R12") == [
        "This LEI is given to another partner already."
    ]
    words = ["This GLN is given to another one already."]
    assert said(place, "Other", gln="4006381333931") == words
    assert said(partner, "Other", gln="4006381333931") == words


def test_a_dependency_names_one_dependant_and_one_supplier(ends, partner):
    north, south = ends
    guard = partner("Ironbridge Guarding")
    depends = "Say which partner or which place depends: one of them."
    on = "Say on what it depends: a partner, a place or a flow, one of them."
    assert said(Dependency(on_place=south).full_clean) == [depends, depends]
    assert said(Dependency(place=north, partner=guard, on_place=south).full_clean) == [depends]
    assert said(Dependency(place=north).full_clean) == [on]
    assert said(Dependency(place=north, on_place=south, on_partner=guard).full_clean) == [on]
    assert said(Dependency(place=north, on_place=north).full_clean) == [
        "Nothing depends on itself."
    ]


def test_a_dependency_is_listed_once_a_group(needs, ends):
    north, south = ends
    first = needs(north, south)
    needs(north, south, group="power")
    assert said(needs, north, south) == ["This dependency is listed already."]
    words = ["It gets by for 0 days or more, ten years at most."]
    assert said(needs, south, north, days=-1) == words
    assert (first.dependant, first.supplier) == (north, south)


def test_an_alternative_replaces_like_by_like(stands_in, ends, partner):
    north, south = ends
    guard = partner("Ironbridge Guarding")
    words = "Name two partners or two places: which is replaced, and by which."
    assert said(Alternative(place=north, by_partner=guard).full_clean) == [words]
    assert said(Alternative(place=north).full_clean) == [words]
    assert said(Alternative().full_clean) == [words, words]
    assert said(stands_in, north, north) == ["Nothing stands in for itself."]
    row = stands_in(south, north)
    assert (row.replaced, row.substitute) == (north, south)
    assert said(stands_in, south, north) == ["This alternative is listed already."]
    words = ["It is ready after 0 days or more, ten years at most."]
    assert said(stands_in, north, south, days=-1) == words


def test_who_needs_whom_is_seen_by_whoever_sees_all_that_it_names(
    needs, stands_in, place, south, colleague, owner, north
):
    own, other = place("Own", unit=north), place("Other", unit=south)
    needs(own, other)
    needs(own, place("Near", unit=north))
    stands_in(other, own)
    assert Dependency.objects.visible_to(owner).count() == 2
    assert [row.supplier.title for row in Dependency.objects.visible_to(colleague)] == ["Near"]
    assert Alternative.objects.visible_to(owner).count() == 1
    assert Alternative.objects.visible_to(colleague).count() == 0


def test_flows_in_use_are_running(flow):
    used = flow("Spare parts")
    flow("Old parts", is_active=False)
    assert list(Flow.objects.running()) == [used]
    assert Partner.objects.count() == 0
