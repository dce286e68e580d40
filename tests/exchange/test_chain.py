"""The chain in a workbook: nodes and legs come in together, mistakes are told by sheet and row."""

import io

import pytest
import xlsxwriter

from bartizan.chain.models import Dependency, Leg, Place
from bartizan.exchange.workbook import read
from bartizan.registers import SHEETS

PLACES = [
    ("number", "title", "unit", "used as", "position in the chain", "UN/LOCODE"),
    ("PLC-0001", "Port", "acme", "Port", "Upstream of us", "NLRTM"),
    ("PLC-0002", "Depot", "acme", "Depot", "Our own", ""),
]
LEGS = ("number", "unit", "from", "to", "by", "usual duration (days)")


@pytest.fixture
def take(whole):
    """Reads a workbook of some sheets as the operator."""

    def taken(**sheets):
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
        book.close()
        out.seek(0)
        outcome = read(out, SHEETS)
        return outcome, [str(error) for error in outcome.errors]

    return taken


def test_places_legs_and_dependencies_come_in_together(take):
    outcome, errors = take(
        legs=[LEGS, ("", "acme", "PLC-0001", "PLC-0002", "Road", 0.25)],
        dependencies=[
            ("place that depends", "on place", "gets by without for (days)"),
            ("PLC-0002", "PLC-0001", 2),
        ],
        places=PLACES,
    )
    assert (errors, outcome.new) == ([], 4)
    assert Leg.objects.get().title == "Port – Depot"
    assert Dependency.objects.get().buffer_days == 2


def test_every_mistake_is_told_by_row_and_nothing_is_written(take):
    _outcome, errors = take(
        places=[*PLACES, ("PLC-0002", "Depot again", "acme", "Depot", "Our own", "NLRT")],
        legs=[
            LEGS,
            ("", "acme", "PLC-0001", "PLC-0009", "Road", 1),
            ("", "acme", "PLC-0001", "PLC-0001", "Road", 1),
            ("", "acme", "PLC-0001", "PLC-0002", "Mule", 1),
            ("", "acme", "PLC-0001", "PLC-0002", "Road", -1),
        ],
        dependencies=[("place that depends", "on place"), ("", "PLC-0001")],
    )
    assert sorted(errors) == [
        "dependencies, row 2: Say which partner or which place depends: one of them.",
        "legs, row 2, to: There is no place “PLC-0009”.",
        "legs, row 3: A leg leads from one place to another.",
        (
            "legs, row 4, by: “Mule” is none of: Road, Rail, Sea, Inland waterway, Air, Pipeline,"
            " Data line, Within a site."
        ),
        "legs, row 5: A leg takes 0 days or more, and ten years at most.",
        "places, row 4, UN/LOCODE: Two letters of the country and three of the place, as in NLRTM.",
        "places, row 4, number: The same number as in row 3.",
    ]
    assert (Place.objects.count(), Leg.objects.count()) == (0, 0)
