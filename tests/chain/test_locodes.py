"""Which UN/LOCODEs there are: ports at first, and all of them once the full list was read in."""

import io

import pytest
from django.core.exceptions import ValidationError

from bartizan.chain.locodes import Location, NoList, location, ports, read_list, remark
from bartizan.chain.models import Locode

PUBLISHED = """\
,"NL",,".NETHERLANDS",,,,,,,,
"+","NL","VEN","Venlo","Venlo","LI","AA","-23-----","9601",,"5122N 00610E",""
,"NL","RTM","Rotterdam","Rotterdam","ZH","AF","12345---","0501",,"5155N 00430E",""
,"AR","BUE","Buenos Aires","Buenos Aires","B","AF","12345---","0001",,"3440S 05828W",""
,"NL","XYZ","Nowhere","Nowhere","ZH","RL","--3-----","0501",,,""
"""
WITH_HEADINGS = (
    "Change,Country,Location,Name,NameWoDiacritics,Subdivision,Status,Function,Date,IATA,"
    "Coordinates,Remarks\n"
)


def test_ports_are_known_without_a_list():
    assert len(ports()) == 3919
    assert ports()["NLRTM"] == Location("NLRTM", "Rotterdam", 51.9044, 4.4424)


def test_an_unknown_code_is_remarked_on_and_taken(place):
    assert (place(locode="NLRTM").stands_for, place(locode="").stands_for) == ("Rotterdam", "")
    assert place(locode="NLVEN").stands_for == (
        "No port we know has this code: see whether it is meant."
    )


@pytest.mark.parametrize("heading", ["", WITH_HEADINGS])
def test_the_published_list_is_read_with_or_without_headings(written, heading):
    told = []
    count = read_list(io.StringIO(heading + PUBLISHED), lambda *step: told.append(step))
    assert (count, told) == (4, [(4, 4)])
    assert location("NLVEN") == Location("NLVEN", "Venlo", 51 + 22 / 60, 6 + 10 / 60)
    assert location("ARBUE") == Location("ARBUE", "Buenos Aires", -34 - 40 / 60, -58 - 28 / 60)
    assert location("NLXYZ") == Location("NLXYZ", "Nowhere")


def test_reading_a_list_again_brings_it_up_to_date(written):
    read_list(io.StringIO(PUBLISHED))
    read_list(io.StringIO(PUBLISHED.replace("Venlo", "Venlo-Oost")))
    assert (Locode.objects.count(), location("NLVEN").name) == (4, "Venlo-Oost")


def test_the_full_list_decides(place):
    read_list(io.StringIO(PUBLISHED))
    assert place(locode="NLVEN").stands_for == "Venlo"
    assert (location("DEHAM"), remark("DEHAM")) == (
        None,
        "This code is not on the published list.",
    )
    with pytest.raises(ValidationError) as refused:
        place(locode="DEHAM")
    assert refused.value.message_dict == {"locode": ["This code is not on the published list."]}


@pytest.mark.parametrize("text", ["", "a,b,c\n1,2,3\n", '"' * 200_000])
def test_what_is_no_list_is_refused(written, text):
    with pytest.raises(NoList):
        read_list(io.StringIO(text))
    assert Locode.objects.count() == 0
