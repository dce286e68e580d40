"""What checks return, as of a day and as somebody sees it."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from inspect import signature
from typing import Any

from django.db import connection
from django.db.models import Exists, Model, QuerySet

from bartizan.conformity.reads import Read, as_seen_by, reads_in, reads_of
from bartizan.conformity.requirement import Check
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.records.models import Approval, Record, Relation

COUNT_LIMIT = 10_001  # beyond this it is "more than 10,000": nobody acts on the exact figure


@dataclass(frozen=True)
class Outcome:
    """How many records one check returned, and the way to them for whoever asks.

    It holds no rows and no query, so that thousands can be kept: records are asked for anew.
    """

    check: Check
    day: date = field(compare=False)
    seen_by: Person | None = field(compare=False)
    model: type[Model] = field(compare=False)
    reads: frozenset[Read] = field(compare=False, repr=False)
    count: int

    def __bool__(self) -> bool:
        return self.count > 0

    @property
    def records(self) -> QuerySet[Any]:
        records = ask(self.check, self.day)
        return records if self.seen_by is None else as_seen_by(self.seen_by, records)

    def lies_within(self, other: "Outcome") -> bool:
        """Is everything this check returned among what the other one returned?"""
        if self.model is not other.model or self.count > other.count:
            return False
        return not self.records.exclude(pk__in=other.records.order_by().values("pk")).exists()

    def holds_a_record_cited_by(self, attestation: int, made_on: date) -> bool:
        """Does the attestation of this key rely on one of the records, as it is still approved?

        What was approved anew since is another version than the one somebody stood for.
        """
        links = {"links_in__source": attestation, "links_in__relation": Relation.CITES}
        cited = self.records.filter(**links)
        if getattr(self.model, "needs_approval", False):
            cited = cited.filter(Exists(Approval.of_current_version().filter(on__lte=made_on)))
        return cited.exists()


def run(check: Check, day: date, seen_by: Person | None = None) -> Outcome:
    """Ask one check, and note what it looks at."""
    heard: set[Read] = set()

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        heard.update(reads_in(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):  # figures that the organization declares
        records = ask(check, day)
    reads = heard | reads_of(records)
    if seen_by is not None:
        records = as_seen_by(seen_by, records)
        # Whether a record is seen is told by its own row, noted already, and by where its unit is.
        reads.add(Read(Unit._meta.db_table))
        if not issubclass(records.model, Record):
            reads |= reads_of(records)
    count = records.order_by()[:COUNT_LIMIT].count()
    return Outcome(check, day, seen_by, records.model, frozenset(reads), count)


def ask(check: Check, day: date) -> QuerySet[Any]:
    """The records a check returns, without asking the database for them yet."""
    return check(day=day) if depends_on_day(check) else check()


@cache
def depends_on_day(check: Check) -> bool:
    return "day" in signature(check).parameters
