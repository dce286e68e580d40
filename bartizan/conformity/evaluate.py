"""The whole evaluation, from nothing: plain and slow, and what the quick one has to agree with."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.utils import timezone

from bartizan.conformity.attestations import Attestations
from bartizan.conformity.judge import judge
from bartizan.conformity.outcome import figures_now, run
from bartizan.conformity.requirement import Requirement
from bartizan.conformity.requirements import CATALOGUE
from bartizan.conformity.verdict import Verdict
from bartizan.ground.people.models import Person


def evaluate(
    edition: str | None = None, day: date | None = None, seen_by: Person | None = None
) -> dict[str, Verdict]:
    """The verdict on every item of an edition (or both) as of a day.

    For a person, as they see the organization: what they may not see does not exist for them, so
    their verdicts may differ. What the organization says of itself is evaluated for nobody.
    """
    return evaluate_items(items_of(edition), day or timezone.localdate(), seen_by)


def items_of(edition: str | None) -> list[Requirement]:
    """In the order of the standard."""
    return [item for item in CATALOGUE.values() if edition in (None, item.edition)]


def evaluate_items(
    items: Iterable[Requirement], day: date, seen_by: Person | None
) -> dict[str, Verdict]:
    figures = cache(figures_now)
    outcome_of = cache(lambda check: run(check, day, seen_by, None, figures))
    attestations = Attestations(day, seen_by)
    return {item.id: judge(item, day, outcome_of, attestations, seen_by) for item in items}
