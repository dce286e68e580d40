"""Which UN/LOCODEs are given out, and to what place.

Once somebody has read in the full list that UNECE publishes twice a year (`Locode`), it decides:
a code that is not on it is refused. Until then only ports are known, and a code that is not among
them is remarked on. Their list, `data/ports.csv`, is taken from searoute 1.6.0 by Gent Halili
(Apache-2.0).
"""

import csv
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, TextIO

from django.db import transaction
from django.utils.translation import gettext as _

from bartizan.chain.identifiers import is_locode
from bartizan.chain.models.locodes import Locode
from bartizan.ground.records.statistics import count_after


class Location(NamedTuple):
    """A place of the world: where it is, as far as its code tells."""

    code: str
    name: str
    latitude: float | None = None
    longitude: float | None = None


PORTS = Path(__file__).parent / "data" / "ports.csv"


@cache
def ports() -> dict[str, Location]:
    """The ports of the world that are known without the full list, by code."""
    with PORTS.open(encoding="utf-8", newline="") as listed:
        return {
            row["code"]: Location(
                row["code"], row["name"], float(row["latitude"]), float(row["longitude"])
            )
            for row in csv.DictReader(listed)
        }


def location(code: str) -> Location | None:
    """What a code stands for, by the full list or else by the ports; None for one on neither."""
    if listed := Locode.objects.filter(code=code).first():
        return Location(listed.code, listed.name, listed.latitude, listed.longitude)
    return None if Locode.objects.exists() else ports().get(code)


def remark(code: str) -> str:
    """What there is to say about a code: the place it stands for, or that it is on no list."""
    if not code:
        return ""
    if known := location(code):
        return known.name
    if Locode.objects.exists():
        return _("This code is not on the published list.")
    return _("No port we know has this code: see whether it is meant.")


def is_refused(code: str) -> bool:
    """Is it missing from the full list? Without that list nothing is refused."""
    if not code or Locode.objects.filter(code=code).exists():
        return False
    return Locode.objects.exists()


# -- the published list ------------------------------------------------------------------------

# The columns of the list as UNECE publishes it, which has no headings.
COUNTRY, PLACE, NAME, COORDINATES = 1, 2, 3, 10
ROWS_AT_ONCE = 2_000


class NoList(ValueError):
    """This is not the list of UN/LOCODEs, in any of the forms in which it is published."""


def read_list(
    source: TextIO, progress: Callable[[int, int], None] = lambda done, total: None
) -> int:
    """Put a published list (CSV, or one of its parts) into the table; returns how many codes.

    Codes that are there already are brought up to date. Raises NoList for anything else.
    """
    found = {place.code: place for place in _listed(source)}
    if not found:
        raise NoList(_("There is no UN/LOCODE in this file."))
    rows = [Locode(**place._asdict()) for place in found.values()]
    with transaction.atomic():
        for start in range(0, len(rows), ROWS_AT_ONCE):
            Locode.objects.bulk_create(
                rows[start : start + ROWS_AT_ONCE],
                update_conflicts=True,
                unique_fields=["code"],
                update_fields=["name", "latitude", "longitude"],
            )
            progress(min(start + ROWS_AT_ONCE, len(rows)), len(rows))
        count_after(len(rows))
    return len(rows)


def _listed(source: TextIO) -> Iterator[Location]:
    """The places of a list, with or without headings. Headings of countries have no place."""
    try:
        for row in csv.reader(source):
            if len(row) <= COORDINATES:
                continue
            code = f"{row[COUNTRY]}{row[PLACE]}".strip()
            if is_locode(code):
                yield Location(code, row[NAME].strip()[:200], *_degrees(row[COORDINATES]))
    except (csv.Error, UnicodeDecodeError) as error:
        raise NoList(_("This file can't be read as a list: %s.") % error) from error


def _degrees(written: str) -> tuple[float, float] | tuple[None, None]:
    """Degrees and minutes as the list writes them, as in "5155N 00430E"."""
    parts = re.fullmatch(r"(\d{2})(\d{2})([NS])\s+(\d{3})(\d{2})([EW])", written.strip())
    if parts is None:
        return None, None
    north = int(parts[1]) + int(parts[2]) / 60
    east = int(parts[4]) + int(parts[5]) / 60
    return (-north if parts[3] == "S" else north), (-east if parts[6] == "W" else east)
