"""A chain as a plain list of its legs: what comes in, what is refused; all of it or nothing."""

import io

import pytest

from bartizan.chain.edges import NoEdgeList, read_edges
from bartizan.chain.models import Leg, Place
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records.models import Record, Sequence
from tests.cast import known_of


@pytest.fixture
def read(whole):
    def done(text: str, **options):
        return read_edges(io.StringIO(text, newline=""), whole, **options)

    return done


def errors(outcome) -> list[str]:
    return [str(error) for error in outcome.errors]


def test_legs_come_in_numbered_titled_and_filed(read, place, partner, whole):
    north, south = place("North depot", locode="NLVEN"), place("South depot", gln="4006381333931")
    carrier = partner("Osprey Road Lines", lei="5493001KJTIIGC8Y1R12")
    outcome = read(
        "origin,destination,mode,carrier,responsible,hours,own,hand_over\n"
        f"{north.number},South Depot,,osprey road lines,{carrier.number},6,no,Gate\n"
        "4006381333931,NLVEN,rail,5493001KJTIIGC8Y1R12,,,yes,\n"
    )
    assert (outcome.legs, outcome.places, outcome.known, outcome.written) == (2, 0, 0, True)
    legs = list(Leg.objects.order_by("pk"))
    assert [(leg.number, leg.title, leg.unit) for leg in legs] == [
        ("LEG-0001", "North depot – South depot", whole),
        ("LEG-0002", "South depot – North depot", whole),
    ]
    there, back = legs
    assert (there.origin, there.destination, there.mode) == (north, south, "road")
    assert (there.carrier, there.responsible, there.usual_days) == (carrier, carrier, 0.25)
    assert (there.under_own_control, there.hand_over, there.kind) == (False, "Gate", "leg")
    assert (back.mode, back.carrier, back.responsible, back.usual_days) == (
        "rail", carrier, None, None,
    )  # fmt: skip
    assert back.under_own_control
    assert Leg.objects.live().count() == 2


def test_numbers_go_on_from_the_last_one(read, leg, place):
    north, south = place("North depot"), place("South depot")
    leg(north, south)
    read("origin,destination\nSouth depot,North depot\n")
    last = leg(south, north, mode="sea")
    assert [one.number for one in Leg.objects.order_by("pk")] == [
        "LEG-0001",
        "LEG-0002",
        "LEG-0003",
    ]
    assert (last.number, Sequence.objects.get(prefix="LEG").last) == ("LEG-0003", 3)


def test_a_leg_that_is_read_in_is_as_secret_as_its_ends(read, place):
    place("Vault", sensitivity=Sensitivity.RESTRICTED), place("Port"), place("Gate")
    read("origin,destination\nPort,Vault\nPort,Gate\n")
    levels = dict(Leg.objects.values_list("title", "sensitivity"))
    assert levels == {"Port – Vault": Sensitivity.RESTRICTED, "Port – Gate": Sensitivity.INTERNAL}


def test_a_second_reading_finds_the_legs_there(read, place):
    place("North depot"), place("South depot")
    text = "origin;destination;days\nNorth depot;South depot;2,5\n"
    assert (read(text).legs, read(text).legs, read(text).known) == (1, 0, 1)
    assert Leg.objects.get().usual_days == 2.5


def test_every_mistake_is_told_by_row_and_nothing_is_written(read, place, partner):
    place("North depot"), place("South depot"), place("Yard"), place("Yard")
    partner("Osprey"), partner("Osprey")
    outcome = read(
        "origin,destination,mode,carrier,responsible,days,hours,own\n"
        "North depot,South depot,,,,,,\n"
        "North depot,Nowhere,,,,,,\n"
        "North depot,north depot,,,,,,\n"
        ",South depot,,,,,,\n"
        "Yard,South depot,,,,,,\n"
        "\n"
        "South depot,North depot,mule,,,,,\n"
        "South depot,North depot,road,Heron,,,,\n"
        "South depot,North depot,road,Osprey,,,,\n"
        "South depot,North depot,rail,,,-1,,\n"
        "South depot,North depot,sea,,,soon,,\n"
        "South depot,North depot,air,,,1,1,\n"
        "South depot,North depot,data,,,,,perhaps\n"
        "North depot,South depot,Road,,,nan,,\n"
        "North depot,South depot,Road,,,3,,\n"
    )
    assert errors(outcome) == [
        "row 3, destination: There is no place “Nowhere”.",
        "row 4, destination: A leg leads from one place to another.",
        "row 5, origin: Name a place.",
        "row 6, origin: Several places are called “Yard”: give the number.",
        "row 8, mode: “mule” is none of: road, rail, sea, inland, air, pipeline, data, on-site.",
        "row 9, carrier: There is no partner “Heron”.",
        "row 10, carrier: Several partners are called “Osprey”: give the number.",
        "row 11, days: A leg takes 0 days or more, and ten years at most.",
        "row 12, days: “soon” is no number.",
        "row 13, hours: Give days or hours, not both.",
        "row 14, own: Write yes or no.",
        "row 15, days: A leg takes 0 days or more, and ten years at most.",
        "row 16: The same leg as in row 2.",
    ]
    assert (outcome.written, Leg.objects.count()) == (False, 0)


def test_somebody_who_answers_for_a_leg_leaves_it_in_somebodys_hands(read, place, partner):
    place("North depot"), place("South depot"), partner("Osprey")
    outcome = read("origin,destination,responsible\nNorth depot,South depot,Osprey\n")
    assert errors(outcome) == [
        "row 2, carrier: Somebody else answers for it: name who has it in hand."
    ]


def test_places_that_are_not_there_are_made_where_they_lie(read, place):
    place("North depot", under_own_control=True)
    text = "origin,destination\nNLRTM,North depot\nnorth depot,Shop\nShop,Corner\nQuarry,NLRTM\n"
    assert len(read(text).errors) == 6
    outcome = read(text, create_places=True)
    assert (outcome.legs, outcome.places) == (4, 4)
    made = Place.objects.exclude(title="North depot").order_by("pk")
    told = made.values_list("title", "position", "locode", "country", "under_own_control")
    assert list(told) == [
        ("Rotterdam", "upstream", "NLRTM", "NL", False),
        ("Shop", "downstream", "", "", False),
        ("Corner", "downstream", "", "", False),
        ("Quarry", "upstream", "", "", False),
    ]
    assert [one.number for one in made] == ["PLC-0002", "PLC-0003", "PLC-0004", "PLC-0005"]
    assert made.first().latitude == 51.9044


def test_a_preview_writes_nothing_and_says_what_it_would(read, place):
    place("North depot")
    before = Record.objects.count()
    outcome = read("origin,destination\nNorth depot,Shop\n", create_places=True, preview=True)
    assert (outcome.legs, outcome.places, outcome.written) == (1, 1, False)
    assert (Record.objects.count(), Leg.objects.count()) == (before, 0)


def test_progress_is_told_by_the_thousand(read, place):
    place("North depot")
    told = []
    rows = "".join(f"North depot,Shop {number}\n" for number in range(1500))
    text = f"origin,destination\n{rows}"
    read(text, create_places=True, progress=lambda done, total: told.append((done, total)))
    assert told == [(1000, 1500), (1500, 1500)]
    assert (Leg.objects.count(), Place.objects.count()) == (1500, 1501)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\nNorth depot\n",
        "origin,destination,colour\n",
        "origin,destination,origin\n",
        "origin,destination\nNorth\0depot,South depot\n",
        "origin,destination\n" + '"' + "x" * 200_000,
    ],
)
def test_what_is_no_list_of_legs_is_refused(read, text):
    with pytest.raises(NoEdgeList):
        read(text)


def test_the_database_learns_of_the_many_that_came(read):
    read("origin,destination\n" + "".join(f"Hub,{n}\n" for n in range(101)), create_places=True)
    assert known_of("chain_leg") == 101
