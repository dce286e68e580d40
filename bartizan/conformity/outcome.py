"""What checks return, as of a day and as somebody sees it.

Putting a query together takes Django longer than the database takes to answer it, so a statement
is kept for as long as it must read the same: the check is a plain function, and depends on nothing
but the day and, where it asks for them, the figures that the organization declares.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from inspect import signature
from typing import Any

from django.db import connection
from django.db.models import Exists, Model, QuerySet

from bartizan.conformity.prepared import Prepared
from bartizan.conformity.reads import Read, reads_in, reads_of
from bartizan.conformity.requirement import Check
from bartizan.conformity.sight import as_seen_by, eased
from bartizan.ground.people.authority import Grant, grants
from bartizan.ground.people.models import Person, Sensitivity, Verb
from bartizan.ground.records.models import Approval, Declaration, Relation

COUNT_LIMIT = 10_001  # beyond this it is "more than 10,000": nobody acts on the exact figure
KEPT = 20_000  # statements at hand in one process; each is a few kilobytes


@dataclass(frozen=True)
class Eyes:
    """With whose eyes one looks: a person's, with all they have been granted, or everybody's."""

    person: Person | None = field(default=None, compare=False)
    key: int | None = None
    granted: tuple[Grant, ...] = ()

    @classmethod
    def of(cls, person: Person | None) -> "Eyes":
        if person is None or sees_all(person):
            return cls()
        return cls(person, person.pk, grants(person))

    def see(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return as_seen_by(self.person, queryset) if self.person else queryset


def sees_all(person: Person) -> bool:
    """Is no record hidden from this person? Then they see what everybody together sees."""
    return any(
        grant.verb == Verb.READ
        and grant.over == "*"
        and grant.everywhere
        and grant.clearance == max(Sensitivity)
        for grant in grants(person)
    )


@dataclass(frozen=True)
class Question:
    """All that a check's answer depends on, but for the records: equal questions, equal query.

    The day and the declared figures are left out where a check doesn't ask for them.
    """

    check: Check
    eyes: Eyes
    day: date = date.min
    figures: tuple[Any, ...] = ()

    def everything(self) -> QuerySet[Any]:
        """The records concerned, without asking the database for them yet."""
        return eased(self.check(day=self.day) if depends_on_day(self.check) else self.check())

    def records(self) -> QuerySet[Any]:
        return self.eyes.see(self.everything())


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

    @property
    def keys(self) -> set[Any]:
        """The primary keys of the records."""
        statement = prepared((self.question,), lambda: self.records.order_by().values("pk"))
        return {key for (key,) in statement.rows()}

    def lies_within(self, other: "Outcome") -> bool:
        """Is everything this check returned among what the other one returned?"""
        if self.model is not other.model or self.count > other.count:
            return False

        def outside() -> QuerySet[Any]:
            rest = self.records.exclude(pk__in=other.records.order_by().values("pk"))
            return rest.order_by().values("pk")[:1]

        return not prepared((self.question, other.question), outside).rows()

    def holds_a_record_cited_by(self, attestation: int, made_on: date) -> bool:
        """Does the attestation of this key rely on one of the records, as it is still approved?

        What was approved anew since is another version than the one somebody stood for.
        """

        def cited() -> QuerySet[Any]:
            links = {"links_in__source": attestation, "links_in__relation": Relation.CITES}
            rows = self.records.filter(**links)
            if getattr(self.model, "needs_approval", False):
                rows = rows.filter(Exists(Approval.of_current_version().filter(on__lte=made_on)))
            return rows.order_by().values("pk")[:1]

        return bool(prepared((self.question, attestation, made_on), cited).rows())


@dataclass(frozen=True)
class Counting:
    """How a question is put to the database, and what it looks at there."""

    model: type[Model]
    reads: frozenset[Read]
    statement: Prepared


def run(check: Check, day: date, seen_by: Person | None = None) -> Outcome:
    """Put one check to the database."""
    figures = () if check in _figureless else figures_now()
    day = day if depends_on_day(check) else date.min
    question = Question(check, Eyes.of(seen_by), day, figures)
    counting = _countings.get(question)
    if counting is None:
        question, counting = learn(question)
    return Outcome(check, counting.statement.count(), question, counting.model, counting.reads)


# What has been put together so far. A check that asks the database anything but declared figures
# while it is put together is restless: what it means may change any time, so it is not kept.
_countings: dict[Question, Counting] = {}
_statements: dict[tuple[Hashable, ...], Prepared] = {}
_figureless: set[Check] = set()
_restless: set[Check] = set()


def forget() -> None:
    """Let go of all statements; from here on they are put together anew."""
    for kept in (_countings, _statements, _figureless, _restless):
        kept.clear()


def learn(question: Question) -> tuple[Question, Counting]:
    """Put a question together, noting what is asked meanwhile and what it will look at."""
    heard: frozenset[Read] = frozenset()

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal heard
        heard |= reads_in(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        records = question.everything()
    records = question.eyes.see(records)
    statement = Prepared.count_of(records, COUNT_LIMIT)
    reads = heard | reads_of(records, statement.statement)
    counting = Counting(records.model, reads, statement)
    if not heard:
        _figureless.add(question.check)
        question = replace(question, figures=())
    if not {read[:2] for read in heard} <= {read[:2] for read in _reads_of_figures()}:
        _restless.add(question.check)
    elif len(_countings) < KEPT:
        _countings[question] = counting
    return question, counting


def prepared(key: tuple[Hashable, ...], build: Callable[[], QuerySet[Any]]) -> Prepared:
    """A further statement about the answers to questions, put together once if it can be."""
    if key in _statements:
        return _statements[key]
    statement = Prepared.of(build())
    restless = any(isinstance(part, Question) and part.check in _restless for part in key)
    if not restless and len(_statements) < KEPT:
        _statements[key] = statement
    return statement


def declared_figures() -> QuerySet[Any]:
    return Declaration.objects.live().order_by("pk").values_list("figure", "value")


@cache
def _figures_statement() -> Prepared:
    return Prepared.of(declared_figures())


@cache
def _reads_of_figures() -> frozenset[Read]:
    return reads_of(declared_figures(), _figures_statement().statement)


def figures_now() -> tuple[Any, ...]:
    """Every figure the organization declares, as of this moment."""
    return tuple(_figures_statement().rows())


@cache
def depends_on_day(check: Check) -> bool:
    return "day" in signature(check).parameters
