"""Partners and places against 8.2 e and the like item of the draft; what a node must keep to."""

import pytest
from django.core.exceptions import ValidationError

from bartizan.chain.models import Partner, Place
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Relation

ITEMS = ["2022:8.2-e", "dis:4.4.6-A.f"]


@pytest.fixture
def served(partner, place, process, link):
    """One partner and one place, both served."""
    sealing, nodes = process(), (partner(), place())
    for node in nodes:
        link(sealing, node)
    return nodes


@pytest.mark.parametrize("item", ITEMS)
def test_without_a_level_anywhere_there_is_no_evidence(verdict, partner, item):
    partner(security_level="")
    assert verdict(item) == (
        "no-evidence",
        "There are no partners with a security level or places with a security level.",
    )


@pytest.mark.parametrize("item", ITEMS)
def test_served_nodes_with_a_level_conform_on_somebodys_word(verdict, served, confirm, item):
    assert verdict(item)[0] == "awaiting-attestation"
    confirm(item, *served)
    assert verdict(item)[0] == "conforming"


@pytest.mark.parametrize("item", ITEMS)
def test_a_node_without_level_falls_short(verdict, served, item):
    for node in served:
        node.security_level = ""
    served[0].save()
    assert verdict(item) == ("nonconforming", "1 partner has no security level.")
    served[0].security_level = "basic"
    served[0].save()
    served[1].save()
    assert verdict(item) == ("nonconforming", "1 place has no security level.")


@pytest.mark.parametrize("item", ITEMS)
def test_a_node_no_process_serves_falls_short(verdict, served, partner, place, item):
    other = partner("Heron Customs Brokers")
    assert verdict(item) == (
        "nonconforming",
        "1 of 2 partners with a security level is served by no process.",
    )
    retire(other, "Contract ended.")
    place("Old yard", is_active=False)
    assert verdict(item)[0] == "awaiting-attestation"
    place("South depot")
    assert verdict(item) == (
        "nonconforming",
        "1 of 2 places with a security level is served by no process.",
    )


@pytest.mark.parametrize("item", ITEMS)
def test_a_process_out_of_force_serves_nobody(verdict, served, item):
    retire(served[0].links_in.get().source, "Given up.")
    assert verdict(item)[0] == "nonconforming"


def test_a_mere_mention_is_no_service(verdict, served, process, partner, link):
    link(process("Yard patrol"), partner("Heron Customs Brokers"), Relation.CONCERNS)
    assert verdict("2022:8.2-e")[0] == "nonconforming"


def test_nodes_are_those_in_use_that_belong_to_the_chain(partner, place):
    carrier, depot = partner(), place()
    partner("Customs office", relationship="authority", position="beside")
    place("Old yard", is_active=False)
    retire(place("Sold yard"), "Sold.")
    assert (list(Partner.objects.nodes()), list(Place.objects.nodes())) == ([carrier], [depot])


def said(make, **fields) -> list[str]:
    """The words in which a place is refused."""
    with pytest.raises(ValidationError) as refused:
        make(**fields)
    return refused.value.messages


@pytest.mark.parametrize("locode", ["NLRTM", "DEHAM", "US2NY", "FRXX9"])
def test_a_locode_of_the_right_form_is_taken(place, locode):
    assert place(locode=locode, country=locode[:2]).locode == locode


@pytest.mark.parametrize("locode", ["nlrtm", "NLRT", "NLR1M", "NLRT0", "N1RTM", "NLRT\n"])
def test_a_locode_of_another_form_is_refused(place, locode):
    assert said(place, locode=locode, country="NL") == [
        "Two letters of the country and three of the place, as in NLRTM."
    ]


def test_a_locode_of_another_country_is_refused(place):
    assert said(place, locode="NLRTM", country="DE") == [
        "The UN/LOCODE belongs to another country."
    ]


@pytest.mark.parametrize("country", ["nl", "NLD", "N"])
def test_a_country_is_two_capital_letters(place, country):
    assert "Two capital letters, as in NL." in said(place, country=country)


@pytest.mark.parametrize("where", [("51.95", None), (None, "4.14"), ("91", "4"), ("51", "181")])
def test_coordinates_come_in_pairs_and_lie_on_the_globe(place, where):
    assert said(place, latitude=where[0], longitude=where[1]) == [
        "Give latitude (-90 to 90) and longitude (-180 to 180), or neither."
    ]


@pytest.mark.parametrize(
    "half", [{"no_demand_reason": "Empty runs."}, {"no_demand_on": "2026-05-12"}]
)
def test_the_reason_why_a_node_demands_nothing_is_dated(place, partner, half):
    words = ["The reason why it demands nothing is given with its day."]
    assert said(place, **half) == said(partner, **half) == words
