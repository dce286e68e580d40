"""The pages of the chain: what they draw is what the records say, to whoever may see them."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from bartizan.chain.models import Dependency, Leg, Partner, Place
from bartizan.clauses.planning.models import Risk
from bartizan.ground.people.models import Person, Sensitivity
from bartizan.ground.records.models import Record
from bartizan.site.chain.picture import picture

NODES = ("number", "title", "kind", "side", "country", "own", "lon", "lat", "value")


@pytest.fixture
def drawn(sign_in, owner):
    """What the browser of somebody draws."""

    def columns(who: Person = owner) -> dict[str, Any]:
        return sign_in(who).get("/chain/columns/").json()

    return columns


def told(columns: dict[str, list], *names: str) -> list[tuple]:
    return list(zip(*(columns[name] for name in names), strict=True))


# -- what is drawn ----------------------------------------------------------------------------


def test_nodes_are_the_places_and_partners_in_use(chain, drawn):
    found = drawn()["nodes"]
    assert told(found, *NODES) == [
        (chain.plant.number, "Alder plant", 0, "upstream", "CN", 0, 114.0, 22.5, 5_000_000),
        (chain.depot.number, "Depot Venlo", 0, "own", "NL", 1, 6.2, 51.4, 5_000_000),
        (chain.shop.number, "Shop Lille", 0, "downstream", "FR", 0, None, None, 5_000_000),
        (chain.haulier.number, "Osprey Road Lines", 1, "own", "", 0, None, None, 5_000_000),
        (chain.maker.number, "Alder Works", 1, "upstream", "CN", 0, None, None, 5_000_000),
        (chain.tracker.number, "Lark Tracking", 1, "beside", "", 0, None, None, 0),
    ]
    assert found["run_by"] == [4, -1, -1, -1, -1, -1]


def test_legs_and_dependencies_name_nodes_by_their_place(chain, drawn):
    found = drawn()
    assert told(found["legs"], "number", "from", "to", "mode", "carrier", "days", "value") == [
        (chain.arriving.number, 0, 1, "Sea", 3, 30, 5_000_000),
        (chain.leaving.number, 1, 2, "Road", -1, None, 5_000_000),
        (chain.back.number, 2, 1, "Road", 3, None, 0),
    ]
    assert told(found["dependencies"], "from", "to", "days", "what") == [(5, 3, 2, "tracking")]


def test_every_colour_has_a_word_a_mark_and_a_count(chain, drawn):
    found = drawn()
    said = {
        name: {entry["name"]: entry["count"] for entry in entries if entry["count"]}
        for name, entries in found["keys"].items()
    }
    assert said == {
        "tier": {"tier-2": 2, "own": 2, "downstream": 1, "beside": 1},
        "custody": {"ours": 2, "theirs": 6, "unnamed": 1},
        "risk": {"no-risk": 9},
        "partner": {
            chain.haulier.number: 3, chain.maker.number: 2, "others": 1, "ours": 2, "unnamed": 1,
        },
    }  # fmt: skip
    everything = [entry for entries in found["keys"].values() for entry in entries]
    assert [e for e in everything if not e["label"] or not e["mark"] or not e["style"]] == []
    for entries in found["keys"].values():
        marks = [entry["mark"] for entry in entries]
        assert len(set(marks)) == len(marks)


def test_layers_go_from_upstream_to_downstream_and_cycles_do_no_harm(chain, drawn):
    found = drawn()
    x = dict(zip(found["nodes"]["title"], found["nodes"]["x"], strict=True))
    assert x["Alder plant"] < x["Depot Venlo"] < x["Shop Lille"]
    assert [layer["label"] for layer in found["layers"]] == [
        "Upstream 2", "Upstream 1", "Our own", "Downstream 1",
    ]  # fmt: skip
    beside = found["nodes"]["y"][found["nodes"]["title"].index("Lark Tracking")]
    assert beside == found["beside"] > max(found["nodes"]["y"][:5])


def test_what_is_out_of_use_is_not_drawn(chain, drawn):
    chain.arriving.is_active = False
    chain.arriving.save()
    chain.shop.is_active = False
    chain.shop.save()
    found = drawn()
    assert "Shop Lille" not in found["nodes"]["title"]
    assert found["legs"]["number"] == []


def test_the_same_picture_is_not_sent_twice(chain, sign_in, owner):
    client = sign_in(owner)
    first = client.get("/chain/columns/")
    again = client.get("/chain/columns/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


# -- who sees what ----------------------------------------------------------------------------


def test_what_a_colleague_may_not_see_is_in_no_part_of_the_picture(
    chain, drawn, colleague, north, whole
):
    seen = [chain.depot, chain.shop, chain.leaving, chain.back, chain.tracker]
    Record.objects.filter(pk__in=[one.pk for one in seen]).update(unit=north)
    found = drawn(colleague)
    assert found["nodes"]["title"] == ["Depot Venlo", "Shop Lille", "Lark Tracking"]
    assert found["nodes"]["value"] == [0, 0, 0]
    assert told(found["legs"], "number", "carrier", "value") == [
        (chain.leaving.number, -1, 0), (chain.back.number, -1, 0),
    ]  # fmt: skip
    assert found["dependencies"]["from"] == []
    text = json.dumps(found)
    hidden = ("Osprey", "Alder", "Lamps", chain.haulier.number, chain.flow.number)
    assert [word for word in hidden if word in text] == []


def test_a_secret_place_closes_nothing_for_whoever_may_not_know_of_it(chain, sign_in, auditor):
    Record.objects.filter(pk=chain.plant.pk).update(sensitivity=Sensitivity.RESTRICTED)
    client = sign_in(auditor)
    answer = client.get(f"/chain/what-if/?closed={chain.plant.number}").json()
    assert answer["stopped"] == []
    assert chain.plant.title not in answer["html"]
    for page in ("map", "graph", "table", "weak-points"):
        assert "Alder plant" not in client.get(f"/chain/{page}/").content.decode()
    assert "Alder plant" not in client.get("/chain/csv/nodes/").content.decode()
    assert "Alder plant" not in client.get("/chain/csv/legs/").content.decode()


def test_whoever_sees_nothing_gets_an_empty_page(chain, sign_in, stranger):
    page = sign_in(stranger).get("/chain/map/").content.decode()
    assert "No chain yet" in page
    assert "Add the first place" not in page


# -- what if ----------------------------------------------------------------------------


def test_closing_the_plant_stops_the_flow_when_its_stock_is_gone(chain, sign_in, owner):
    answer = sign_in(owner).get(f"/chain/what-if/?closed={chain.plant.number}").json()
    assert dict(answer["stopped"]) == {chain.plant.number: 0, chain.flow.number: 4}
    assert (
        "It stops one flow worth EUR 5,000,000 a year, the first of them after 4 days."
        in (answer["html"])
    )


def test_what_a_partner_depends_on_reaches_the_flow_through_it(chain, sign_in, owner):
    """Around the cycle of the pallets as well: it does not hold anything up for ever."""
    answer = sign_in(owner).get(f"/chain/what-if/?closed={chain.tracker.number}").json()
    assert dict(answer["stopped"]) == {
        chain.tracker.number: 0, chain.haulier.number: 2, chain.flow.number: 6,
    }  # fmt: skip


def test_a_closure_that_ends_says_until_when(chain, sign_in, owner):
    client = sign_in(owner)
    html = client.get(f"/chain/what-if/?closed={chain.depot.number}&days=7").json()["html"]
    assert "until day 7" in html
    assert "until" not in client.get(f"/chain/what-if/?closed={chain.depot.number}").json()["html"]


def test_the_answer_stands_on_the_page_without_javascript(chain, sign_in, owner):
    page = sign_in(owner).get(f"/chain/table/?closed={chain.plant.number}").content.decode()
    assert "It stops one flow worth EUR 5,000,000 a year" in page
    assert ">Stops<" in page


# -- weak points -----------------------------------------------------------------------


def test_what_stops_a_flow_alone_is_found_until_a_rated_risk_answers_it(chain, make, owner):
    risk = {"cause": "One maker.", "event": "It burns down.", "consequence": "No lamps."}
    make(Risk, "Fire at the plant", place=chain.plant, origin="suppliers", **risk)
    weak = picture(owner).weak
    alone = {one.label: (one.flows, one.value, one.answered) for one in weak.single}
    names = ("Alder plant", "Depot Venlo", "Shop Lille", "Osprey Road Lines", "Alder Works")
    everything = (1, 5_000_000, False)
    assert alone == dict.fromkeys((*names, "Lark Tracking"), everything)
    assert weak.sentence == (
        "6 places and partners would each stop a flow by themselves; no risk answers 6 of them."
    )
    Risk.objects.update(level=3, level_word="High")
    answered = [one.label for one in picture(owner).weak.single if one.answered]
    assert answered == ["Alder plant"]


def test_a_partner_behind_several_others_is_shared(chain, owner):
    assert picture(owner).weak.shared == []
    Dependency.objects.create(partner=chain.maker, on_partner=chain.tracker)
    shared = picture(owner).weak.shared
    assert [(one.label, [p.title for p in one.behind]) for one in shared] == [
        ("Lark Tracking", ["Osprey Road Lines", "Alder Works"])
    ]


def test_a_parent_company_is_told_only_to_whoever_sees_the_whole_line_up_to_it(
    chain, make, owner, auditor
):
    holding = make(Partner, "Heron Holding", relationship="other", position="beside")
    Partner.objects.filter(pk__in=[chain.haulier.pk, chain.maker.pk]).update(parent=holding)

    def told(who: Person) -> list[str]:
        return [one.label for by, one in picture(who).weak.together if by == "Parent company"]

    assert told(auditor) == ["Heron Holding"]
    Record.objects.filter(pk=holding.pk).update(sensitivity=Sensitivity.RESTRICTED)
    assert told(auditor) == []
    assert told(owner) == ["Heron Holding"]


def test_the_page_offers_to_answer_with_a_risk_to_whoever_may_write_one(
    chain, sign_in, owner, auditor
):
    address, offer = "/chain/weak-points/", "Answer it with a risk"
    page = sign_in(owner).get(address).content.decode()
    assert page.count(offer) > 0
    assert f"place={chain.plant.number}" in page
    assert offer not in sign_in(auditor).get(address).content.decode()


# -- the same as a table ---------------------------------------------------------------


def rows(client: Client, address: str) -> list[list[str]]:
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_table_for_spreadsheets_says_what_is_drawn(chain, sign_in, owner):
    heading, *found = rows(sign_in(owner), "/chain/csv/nodes/")
    assert heading == [
        "Number", "Title", "What it is", "Tier", "Country", "Custody", "Run by", "Highest risk",
        "Legs in", "Legs out", "Value a year (EUR)",
    ]  # fmt: skip
    assert found[0] == [
        chain.plant.number, "Alder plant", "Plant", "Upstream, tier 2", "CN",
        "A partner, by itself", "Alder Works", "No risk is written down", "0", "1", "5000000",
    ]  # fmt: skip
    assert [row[1] for row in found] == [
        "Alder plant", "Depot Venlo", "Shop Lille", "Osprey Road Lines", "Alder Works",
        "Lark Tracking",
    ]  # fmt: skip


def test_filters_of_the_address_hold_for_the_table(chain, sign_in, owner):
    client = sign_in(owner)

    def titles(query: str) -> list[str]:
        return [row[1] for row in rows(client, f"/chain/csv/nodes/?{query}")[1:]]

    assert titles("side=own") == ["Depot Venlo", "Osprey Road Lines"]
    assert titles("country=CN") == ["Alder plant", "Alder Works"]
    assert titles("colour=custody&show=ours") == ["Depot Venlo"]
    assert titles("located=no") == ["Shop Lille"]
    assert titles("q=depot") == ["Depot Venlo"]
    assert titles("sort=-title")[:2] == ["Shop Lille", "Osprey Road Lines"]


def test_a_title_that_looks_like_a_formula_stays_a_text(make, sign_in, owner):
    make(Place, "=2+3", use="depot", position="own")
    assert rows(sign_in(owner), "/chain/csv/nodes/")[1][1] == "'=2+3"


def test_addresses_that_nobody_made_are_answered(chain, sign_in, owner):
    client = sign_in(owner)
    odd = "colour=x&show=y&side=z&page=999999&sort=nothing&closed=PLC-9999&days=-3"
    assert client.get(f"/chain/table/?{odd}").status_code == 200
    assert client.get(f"/chain/map/?{odd}").status_code == 200
    assert client.get(f"/chain/what-if/?{odd}").json()["stopped"] == []
    assert client.get("/chain/csv/anything/").status_code == 404


# -- what it costs ----------------------------------------------------------------------------


def test_a_picture_takes_the_same_queries_however_long_the_chain(
    chain, make, sign_in, owner, django_assert_max_num_queries
):
    for number in range(12):
        place = make(Place, f"Yard {number}", use="depot", position="own")
        make(Leg, "", origin=place, destination=chain.depot)
    client = sign_in(owner)
    with django_assert_max_num_queries(20):
        client.get("/chain/columns/")
