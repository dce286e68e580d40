"""The threats of this field, as the program knows them: a start, not a finding.

They stand in `data/threats.csv`, classed by where they come from. What is taken over comes in as
drafts: a draft counts for nothing until somebody who knows the place has said where one knows it
from, and stands behind it.
"""

import csv
from pathlib import Path

from bartizan.clauses.planning.models import Threat
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.records.models import Status

DATA = Path(__file__).parent / "data" / "threats.csv"


def catalogue() -> list[dict[str, str]]:
    """Every entry: its name for ever, where it comes from, title, description, early signs."""
    with DATA.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def missing() -> list[dict[str, str]]:
    """The entries that nobody has taken over yet. One that was retired stays away."""
    there = set(Threat.objects.exclude(entry="").values_list("entry", flat=True))
    return [row for row in catalogue() if row["entry"] not in there]


def take_over(unit: Unit, owner: Person | None) -> list[Threat]:
    """Write those entries that are not there yet, as drafts of this unit. Inside an act."""
    made = [Threat(**row, status=Status.DRAFT, unit=unit, owner=owner) for row in missing()]
    for threat in made:
        threat.full_clean(exclude=["kind", "number"])
        threat.save()
    return made
