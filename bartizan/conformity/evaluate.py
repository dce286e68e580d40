"""The whole evaluation, from nothing: plain and slow, and what the quick one has to agree with."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from bartizan.conformity.attestations import Attestations
from bartizan.conformity.judge import judge
from bartizan.conformity.outcome import Outcome, run_all
from bartizan.conformity.requirement import Check, Requirement
from bartizan.conformity.requirements import CATALOGUE
from bartizan.conformity.verdict import Verdict
from bartizan.ground.people.models import Person


def evaluate(
    edition: str | None = None, day: date | None = None, seen_by: Person | None = None
) -> dict[str, Verdict]:
    """The verdict on every item of an edition (or both) as of a day.

    For a person, as they see the organization: what they may not see does not exist for them, so
    their verdicts may differ. What the organization says of itself is evaluated for nobody.
    By a past day, what happened since is left out of the records of now.
    """
    today = timezone.localdate()
    day = day or today
    return evaluate_items(items_of(edition), day, seen_by, looking_back=day < today)


def items_of(edition: str | None) -> list[Requirement]:
    """In the order of the standard."""
    return [item for item in CATALOGUE.values() if edition in (None, item.edition)]


def evaluate_items(
    items: Iterable[Requirement], day: date, seen_by: Person | None, looking_back: bool = False
) -> dict[str, Verdict]:
    items = list(items)
    outcomes = answers(items, day, seen_by, looking_back)
    attestations = Attestations(day, seen_by)
    return {
        item.id: judge(item, day, outcomes.__getitem__, attestations, seen_by) for item in items
    }


def answers(
    items: Sequence[Requirement], day: date, seen_by: Person | None, looking_back: bool = False
) -> dict[Check, Outcome]:
    """What all checks answer that can be asked about these items.

    Of a duty that does not arise, nothing more is asked.
    """
    occasions = [item.only_when for item in items if item.only_when]
    found = run_all(occasions, day, seen_by, looking_back)
    arising = [item for item in items if not item.only_when or found[item.only_when]]
    asked = dict.fromkeys(check for item in arising for check in item.checks)
    rest = [check for check in asked if check not in found]
    return found | run_all(rest, day, seen_by, looking_back)
