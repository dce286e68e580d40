"""Which items a record holds back: it is among what one of their checks finds wanting.

Asked of the one record, not of the verdicts. Looking up one key in what a check returns takes the
same time however many records there are, and most records are found wanting by nothing; only where
one is must it be known how the item stands.
"""

from collections.abc import Iterator
from functools import cache

from django.db.models import Model
from django.utils import timezone

from bartizan.conformity.evaluator import verdicts_on
from bartizan.conformity.outcome import Eyes, Moment, put
from bartizan.conformity.prepared import holding
from bartizan.conformity.requirement import Check, Requirement, several
from bartizan.conformity.requirements import CATALOGUE
from bartizan.conformity.verdict import Shortfall, Verdict
from bartizan.ground.people.models import Person


def held_back_by(row: Model, seen_by: Person) -> Iterator[tuple[Verdict, list[str]]]:
    """The verdicts that would be better but for this row, each with what is said of it.

    As that person sees the organization: what is hidden from them has no part in it.
    """
    wanting = _finding_wanting(row, seen_by)
    items = [item for item in CATALOGUE.values() if not wanting.isdisjoint(_faults(item))]
    for verdict in verdicts_on(items, seen_by).values():
        found = [one for one in verdict.shortfalls if one.outcome and one.outcome.check in wanting]
        if found:  # not so while there is no evidence at all: then that is what is missing
            yield verdict, list(dict.fromkeys(_why(row, one) for one in found))


def _why(row: Model, shortfall: Shortfall) -> str:
    """What is said of this row, which is fetched anew where a check tells its rows apart."""
    if shortfall.outcome and shortfall.outcome.phrases:
        row = shortfall.outcome.records.filter(pk=row.pk).first() or row
    return shortfall.why(row)


def _finding_wanting(row: Model, seen_by: Person) -> set[Check]:
    """The checks that return this row, asked in one query."""
    eyes, moment, today = Eyes.of(seen_by), Moment(), timezone.localdate()
    checks = [check for check, model in _models_of_faults().items() if isinstance(row, model)]
    statements = [put(check, today, eyes, moment)[1].keys for check in checks]
    found = holding(statements, row.pk)
    return {check for check, is_among in zip(checks, found, strict=True) if is_among}


def _faults(item: Requirement) -> tuple[Check, ...]:
    return several(item.none_of)


@cache
def _models_of_faults() -> dict[Check, type[Model]]:
    """Of which kind of rows each check speaks that tells what falls short."""
    moment, today = Moment(), timezone.localdate()
    checks = dict.fromkeys(check for item in CATALOGUE.values() for check in _faults(item))
    return {check: put(check, today, Eyes(), moment)[1].model for check in checks}
