"""The statement of conformity and the catalogue as plain data, for the command and the API.

Both shapes are promised to other programs: what is in them stays.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from bartizan.conformity.described import Described, describe
from bartizan.conformity.requirement import Modality, Requirement, Value, name_of
from bartizan.conformity.verdict import Verdict

NO_RECORD = Described(kind="", number="", title="")  # something is missing, not wrong


def statement(
    edition: str, day: date, verdicts: Iterable[Verdict], first: int | None = None
) -> dict[str, Any]:
    """How every item of an edition stands, why, on what evidence, and what falls short.

    With `first` no more than so many records are named on either side of an item; it says whether
    there are more.
    """
    verdicts = list(verdicts)
    counts = Counter(verdict.value for verdict in verdicts)
    return {
        "edition": edition,
        "as_of": day.isoformat(),
        "summary": {value.value: counts[value] for value in Value},
        "items": [statement_of(verdict, first) for verdict in verdicts],
    }


def statement_of(verdict: Verdict, first: int | None = None) -> dict[str, Any]:
    """How one item stands."""
    ahead = None if first is None else first + 1
    evidence, shortfalls = verdict.evidence_records(ahead), verdict.shortfall_records(ahead)
    told = {
        "id": verdict.requirement.id,
        "modality": verdict.requirement.modality.value,
        "verdict": verdict.value.value,
        "reason": verdict.reason,
        "evidence": [describe(row)._asdict() for row in evidence[:first]],
        "shortfalls": [
            (describe(row) if row else NO_RECORD)._asdict() | {"why": why}
            for row, why in shortfalls[:first]
        ],
    }
    if first is None:
        return told
    return told | {
        "more_evidence": len(evidence) > first,
        "more_shortfalls": len(shortfalls) > first,
    }


def meets_every_duty(verdicts: Iterable[Verdict]) -> bool:
    """Is every "shall" met, or shown not to apply? Recommendations may be missed."""
    met = (Value.CONFORMING, Value.NOT_APPLICABLE)
    duties = (v for v in verdicts if v.requirement.modality == Modality.SHALL)
    return all(verdict.value in met for verdict in duties)


def catalogue(items: Iterable[Requirement]) -> list[dict[str, Any]]:
    """What the standard asks, item by item, and which checks decide."""
    return [
        {
            "id": item.id,
            "edition": item.edition.value,
            "clause": item.clause,
            "modality": item.modality.value,
            "title": str(item.title),
            "says": str(item.says),
            "checks": [name_of(check) for check in item.checks],
            "attested": str(item.attested or ""),
            "maps_to": list(item.maps_to),
        }
        for item in items
    ]
