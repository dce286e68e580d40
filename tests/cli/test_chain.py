"""The commands of the chain: a plain list of legs, and the published list of UN/LOCODEs."""

import pytest

from bartizan.chain.models import Leg, Locode, Place
from bartizan.ground.people.models import Unit
from bartizan.ground.trail.acts import act

pytestmark = pytest.mark.sqlite


@pytest.fixture
def founded(vacant):
    """A database with an organization and nothing else."""
    with act(None):
        whole = Unit.objects.create(code="acme", name="Acme Freight")
        Unit.objects.create(code="north", name="North depot", parent=whole)
    return vacant


@pytest.fixture
def legs(tmp_path):
    file = tmp_path / "legs.csv"
    file.write_text("origin,destination,hours\nNLRTM,Depot,6\nDepot,Shop,2\n", "utf-8-sig")
    return file


def test_a_list_of_legs_comes_in_with_its_places(founded, legs):
    told = founded.run("import", legs, "--create-places", "--unit", "north", "--why", "First list")
    assert (told.exit_code, told.stdout, told.stderr) == (
        0,
        "",
        "2 new legs, 3 new places, 0 legs known already.\n",
    )
    assert [leg.title for leg in Leg.objects.order_by("pk")] == [
        "Rotterdam – Depot",
        "Depot – Shop",
    ]
    assert {place.unit.code for place in Place.objects.all()} == {"north"}


def test_mistakes_are_told_by_row_and_nothing_is_written(founded, legs):
    assert founded.ask("import", legs) == (
        1,
        {
            "written": False,
            "legs": 0,
            "places": 0,
            "known": 0,
            "errors": [
                {"row": 2, "column": "origin", "message": "There is no place “NLRTM”."},
                {"row": 2, "column": "destination", "message": "There is no place “Depot”."},
                {"row": 3, "column": "origin", "message": "There is no place “Depot”."},
                {"row": 3, "column": "destination", "message": "There is no place “Shop”."},
            ],
        },
    )
    assert Leg.objects.count() == 0


def test_a_preview_of_legs_writes_nothing(founded, legs):
    told = founded.run("import", legs, "--create-places", "--preview")
    assert (told.exit_code, told.stderr) == (
        0,
        "2 new legs, 3 new places, 0 legs known already. Nothing was written.\n",
    )
    assert Place.objects.count() == 0


def test_what_is_no_list_and_no_unit_is_said(founded, tmp_path, legs):
    file = tmp_path / "words.csv"
    file.write_bytes(b"\xff\xfe\x00")
    told = founded.run("import", file)
    assert (told.exit_code, told.stderr.startswith(f"Error: {file}: This file can't be read")) == (
        2,
        True,
    )
    told = founded.run("import", legs, "--unit", "west")
    assert (told.exit_code, told.stderr) == (2, "Error: There is no unit west.\n")


def test_the_published_list_is_read_in_its_old_encoding(founded, tmp_path):
    file = tmp_path / "part1.csv"
    file.write_bytes(
        ',"DE","MUC","München","Munchen","BY","AI","-2345---","0501",,"4808N 01134E",""\n'
        .encode("latin-1")
    )  # fmt: skip
    told = founded.run("locodes", file)
    assert (told.exit_code, told.stderr) == (0, f"{file}: 1 codes.\n")
    assert Locode.objects.get().name == "München"
    (empty := tmp_path / "empty.csv").write_text("")
    told = founded.run("locodes", empty)
    assert (told.exit_code, told.stderr) == (
        2,
        f"Error: {empty}: There is no UN/LOCODE in this file.\n",
    )
