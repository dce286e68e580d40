"""Which risks bear on what of the chain, and how high the highest of them stands."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import F

from bartizan.clauses.planning.models import Risk, RiskMethod
from bartizan.ground.people.models import Person


class Bearing(NamedTuple):
    """A risk that bears on a record of the chain."""

    number: str
    title: str
    origin: str
    rated: bool


@dataclass(slots=True)
class Exposure:
    """By record of the chain: its risks, and the rank of the highest (0: nobody has rated one)."""

    levels: dict[int, str] = field(default_factory=dict)
    highest: dict[int, int] = field(default_factory=dict)
    risks: dict[int, list[Bearing]] = field(default_factory=lambda: defaultdict(list))


def exposure(person: Person) -> Exposure:
    """As far as this person may see risks; what is hidden from them colours nothing."""
    found = Exposure()
    method = RiskMethod.objects.visible_to(person).in_use()
    if method is not None:
        found.levels = {step.rank: step.word for step in method.steps}
    rows = Risk.objects.visible_to(person).live().order_by(F("level").desc(nulls_last=True), "pk")
    fields = ("place", "partner", "leg", "level", "level_word", "number", "title", "origin")
    for *about, level, word, number, title, origin in rows.values_list(*fields):
        if level:
            found.levels.setdefault(level, word)
        for pk in about:
            if pk is not None:
                found.highest[pk] = max(found.highest.get(pk, 0), level or 0)
                found.risks[pk].append(Bearing(number, title, origin, bool(level)))
    return found
