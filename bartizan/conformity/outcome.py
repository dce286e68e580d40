"""What checks return, as of a day and as somebody sees it."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from inspect import signature
from typing import Any

from django.db import connection
from django.db.models import Exists, Model, QuerySet

from bartizan.conformity.prepared import Prepared
from bartizan.conformity.reads import Read, as_seen_by, reads_in, reads_of
from bartizan.conformity.requirement import Check
from bartizan.ground.people.authority import Grant, grants
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.records.models import Approval, Record, Relation

COUNT_LIMIT = 10_001  # beyond this it is "more than 10,000": nobody acts on the exact figure
KEPT = 10_000  # questions at hand in one process; each is a few kilobytes


@dataclass(frozen=True)
class Eyes:
    """With whose eyes one looks: a person's, with all they have been granted, or everybody's."""

    person: Person | None = field(default=None, compare=False)
    key: int | None = None
    granted: tuple[Grant, ...] = ()

    @classmethod
    def of(cls, person: Person | None) -> "Eyes":
        return cls(person, person.pk, grants(person)) if person else cls()

    def see(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return as_seen_by(self.person, queryset) if self.person else queryset


@dataclass(frozen=True)
class Question:
    """One check as of a day (any day, if it doesn't matter) and with somebody's eyes."""

    check: Check
    day: date
    eyes: Eyes

    def everything(self) -> QuerySet[Any]:
        """The records concerned, without asking the database for them yet."""
        return self.check(day=self.day) if depends_on_day(self.check) else self.check()

    def records(self) -> QuerySet[Any]:
        return self.eyes.see(self.everything())


@dataclass(frozen=True)
class Counting:
    """The statement that answers a question with a number, and what it looks at."""

    model: type[Model]
    reads: frozenset[Read]
    statement: Prepared
    lasting: bool  # nothing was asked while it was put together: it will always read the same


@dataclass(frozen=True)
class Outcome:
    """How many records one check returned, and the way to them for whoever asks.

    It holds no rows, so that thousands can be kept: records are asked for anew.
    """

    check: Check
    count: int
    question: Question = field(compare=False, repr=False)
    model: type[Model] = field(compare=False, repr=False)
    reads: frozenset[Read] = field(compare=False, repr=False)

    def __bool__(self) -> bool:
        return self.count > 0

    @property
    def records(self) -> QuerySet[Any]:
        return self.question.records()

    def lies_within(self, other: "Outcome") -> bool:
        """Is everything this check returned among what the other one returned?"""
        if self.model is not other.model or self.count > other.count:
            return False
        return not outside(self.question, other.question).rows()

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
    """Put one check to the database."""
    question = Question(check, day if depends_on_day(check) else date.min, Eyes.of(seen_by))
    counting = counting_of(question)
    count = counting.statement.count()
    return Outcome(check, count, question, counting.model, counting.reads)


_countings: dict[Question, Counting] = {}
_outsides: dict[tuple[Question, Question], Prepared] = {}


def forget() -> None:
    """Let go of every statement; the next ones are put together anew."""
    _countings.clear()
    _outsides.clear()


def counting_of(question: Question) -> Counting:
    if question in _countings:
        return _countings[question]
    counting = prepare(question)
    if counting.lasting:
        if len(_countings) > KEPT:
            forget()
        _countings[question] = counting
    return counting


def prepare(question: Question) -> Counting:
    """Put the statement together, noting what it will look at, and what was asked meanwhile."""
    heard: set[Read] = set()

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        heard.update(reads_in(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):  # figures that the organization declares
        records = question.everything()
    reads = heard | reads_of(records)
    if question.eyes.person:
        records = question.eyes.see(records)
        # Whether a record is seen is told by its own row, noted already, and by where its unit is.
        reads.add(Read(Unit._meta.db_table))
        if not issubclass(records.model, Record):
            reads |= reads_of(records)
    statement = Prepared.count_of(records, COUNT_LIMIT)
    return Counting(records.model, frozenset(reads), statement, not heard)


def outside(inner: Question, outer: Question) -> Prepared:
    """The statement that finds a record which the one returns and the other does not."""
    if (inner, outer) in _outsides:
        return _outsides[inner, outer]
    rest = inner.records().exclude(pk__in=outer.records().order_by().values("pk"))
    prepared = Prepared.of(rest.order_by().values("pk")[:1])
    if counting_of(inner).lasting and counting_of(outer).lasting:
        _outsides[inner, outer] = prepared
    return prepared


@cache
def depends_on_day(check: Check) -> bool:
    return "day" in signature(check).parameters
