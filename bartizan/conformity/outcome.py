"""What checks return, as of a day and as somebody sees it.

Putting a query together takes Django longer than the database takes to answer it, so a statement
is kept for as long as it must read the same: the check is a plain function, and depends on nothing
but the day, the figures that the organization declares, and whatever else it asks of the records
while it is put together. What of that has changed is asked of the trail. For the same reason it
is put together once for all people, but for a check that asks the records meanwhile: what it
hears depends on who looks.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from inspect import signature
from typing import Any

from django.db.models import Exists, Model, QuerySet

from bartizan.chain import weaknesses
from bartizan.conformity.abreast import firsts
from bartizan.conformity.looking_back import until
from bartizan.conformity.prepared import Prepared
from bartizan.conformity.requirement import Check
from bartizan.conformity.sight import Sight, Template, eased, keys_of, seen_through
from bartizan.ground.people.authority import Grant, grants, rows_for
from bartizan.ground.people.looking import looking_as
from bartizan.ground.people.models import Person, Sensitivity, Verb
from bartizan.ground.records.cases import cases_of, in_case, telling
from bartizan.ground.records.kept import Kept, listening
from bartizan.ground.records.models import Approval, Declaration, Record, Relation
from bartizan.ground.records.news import Mark, mark_now
from bartizan.ground.records.reads import Look, Read, looks_of, own_rows, reads_of

COUNT_LIMIT = 10_001  # beyond this it is "more than 10,000": nobody acts on the exact figure
KEPT = 20_000  # statements at hand in one process; each is a few kilobytes
RECKONED = 12  # things reckoned from many rows, for one pair of eyes each; they may be large


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
        """The queryset as if what is hidden did not exist."""
        if self.person is None:
            return queryset
        rows: Any = seen_through(sight_of(self), queryset)
        return rows if sees_by_record(rows.model) else rows.visible_to(self.person)


@lru_cache(maxsize=64)
def sight_of(eyes: Eyes) -> Sight:
    assert eyes.person is not None
    return Sight.of(eyes.person)


def sees_by_record(model: type[Model]) -> bool:
    """Does a record tell who may see a row, or does whoever looks see them all?"""
    return issubclass(model, Record) or not hasattr(model._default_manager, "visible_to")


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
    looking_back_from: date | None = None  # what happened later is left out

    def everything(self) -> QuerySet[Any]:
        """The records concerned, without asking the database for them yet."""
        with looking_as(self.eyes.person), weaknesses.kept_by(self._once):
            rows = eased(self.check(day=self.day) if depends_on_day(self.check) else self.check())
        return self._until(rows)

    def _until(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return until(self.looking_back_from, rows) if self.looking_back_from else rows

    def _once(self, reckon: Callable[[], Any]) -> Any:
        """What several checks reckon from the same rows, reckoned once for those who see alike."""
        return _reckoned.once((reckon, self.eyes), reckon)

    def records(self) -> QuerySet[Any]:
        """The records concerned, each told by the case it is in where a check tells them apart."""
        return self.eyes.see(self._until(telling(self.everything())))


@dataclass(frozen=True, eq=False)
class Outcome:
    """Whether one check returned records, and the way to them for whoever asks.

    Verdicts need no more. It holds no rows, so that thousands can be kept: records are counted
    when somebody reads how many there are, and asked for anew by whoever looks at them.
    """

    check: Check
    witness: Any  # the key of one of them, or None
    question: Question = field(repr=False)
    asking: "Asking" = field(repr=False)

    def __bool__(self) -> bool:
        return self.witness is not None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Outcome):
            return NotImplemented
        return self is other or (self.check, self.count) == (other.check, other.count)

    def __hash__(self) -> int:
        return hash(self.check)

    @property
    def model(self) -> type[Model]:
        return self.asking.model

    @property
    def reads(self) -> frozenset[Read]:
        return self.asking.reads

    @cached_property
    def count(self) -> int:
        """How many records there are, up to COUNT_LIMIT."""
        return self.asking.keys.count(COUNT_LIMIT) if self else 0

    @property
    def records(self) -> QuerySet[Any]:
        return self.question.records()

    @property
    def phrases(self) -> tuple[str, ...]:
        """What is said of some or others of them; nothing where the check says the same of all."""
        return self.asking.phrases

    def count_in(self, place: int) -> int:
        """How many fall short in this one of the phrases, up to COUNT_LIMIT."""

        def keys() -> QuerySet[Any]:
            return in_case(self.records, place).order_by().values("pk")

        return prepared((self.question, place), keys).count(COUNT_LIMIT)

    @property
    def keys(self) -> set[Any]:
        """The primary keys of the records."""
        return {key for (key,) in self.asking.keys.rows()}

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


class Moment:
    """What is asked but once where many checks are run: it stands from the first of them on."""

    def __init__(self, looking_back_from: date | None = None) -> None:
        self.looking_back_from = looking_back_from

    @cached_property
    def figures(self) -> tuple[Any, ...]:
        return figures_now()

    @cached_property
    def mark(self) -> Mark:
        return mark_now()


@dataclass(frozen=True)
class ForAnybody:
    """How a question is put to the database once it is known who asks."""

    template: Template
    looks: tuple[Look, ...]
    heard: frozenset[Read]

    @cached_property
    def reads(self) -> frozenset[Read]:
        return self.heard | reads_of(self.looks, self.template.text, by_somebody=True)


@dataclass(frozen=True)
class Asking:
    """How a question is put to the database, and what it looks at there."""

    model: type[Model]
    keys: Prepared
    reads: frozenset[Read]
    own: frozenset[tuple[str, str]]  # tables (and kinds) of which it looks at its own rows alone
    for_anybody: ForAnybody | None = None
    phrases: tuple[str, ...] = ()

    def by(self, eyes: Eyes) -> "Asking | None":
        """The same as a person sees it, where that takes no more than filling in who looks."""
        if self.for_anybody is None or eyes.person is None:
            return None
        keys = self.for_anybody.template.filled(sight_of(eyes))
        if not sees_by_record(self.model):
            seen = rows_for(eyes.person, self.model).query
            if seen.is_empty():
                keys = Prepared("")
            elif seen.where:  # of some rows it depends on what they are
                return None
        return Asking(self.model, keys, self.for_anybody.reads, frozenset(), phrases=self.phrases)


@dataclass(frozen=True)
class Known:
    """What a check answered before, since when nothing it looks at changed but rows of its own."""

    outcome: Outcome
    changed: frozenset[Any]

    def now(self) -> Outcome | None:
        """What it answers now; None where it takes a look at all rows to tell.

        Whatever has not changed is returned if it was before, and is not if it was not.
        """
        witness = self.outcome.witness
        if witness in self.changed:
            return None
        if witness is None:
            witness = self.outcome.asking.keys.first_among(self.changed)
        return replace(self.outcome, witness=witness)


def run(
    check: Check,
    day: date,
    seen_by: Person | None = None,
    known: Known | None = None,
    moment: Moment | None = None,
) -> Outcome:
    """Put one check to the database; to a few of its rows where its last answer leaves no more."""
    if known and (outcome := known.now()) is not None:
        return outcome
    question, asking = put(check, day, Eyes.of(seen_by), moment or Moment())
    return Outcome(check, asking.keys.first(), question, asking)


def run_all(
    checks: Iterable[Check],
    day: date,
    seen_by: Person | None = None,
    looking_back: bool = False,
) -> dict[Check, Outcome]:
    """Put many checks to the database, each once; looking back, as if nothing came later."""
    eyes, moment = Eyes.of(seen_by), Moment(day if looking_back else None)
    ways = {check: put(check, day, eyes, moment) for check in checks}
    witnesses = firsts([asking.keys for _question, asking in ways.values()])
    return {
        check: Outcome(check, witness, *way)
        for (check, way), witness in zip(ways.items(), witnesses, strict=True)
    }


def put(check: Check, day: date, eyes: Eyes, moment: Moment) -> tuple[Question, Asking]:
    """The question that a check asks on a day, and how it is put to the database."""
    declared = () if check in _figureless else moment.figures
    day = day if depends_on_day(check) else date.min
    question = Question(check, eyes, day, declared, moment.looking_back_from)
    if asking := _askings.get(question) or _standing.get(question):
        return question, asking
    if eyes.person and check not in _restless:
        whole, asking = put(check, day, Eyes(), moment)
        if seen := asking.by(eyes):
            return replace(whole, eyes=eyes), seen
    return learn(question, moment)


# What has been put together so far. A check that asks the database anything but declared figures
# while it is put together is restless: it is kept until the trail tells that one of the answers
# may be another one.
_askings: dict[Question, Asking] = {}
_standing: Kept[Asking] = Kept(KEPT)
_reckoned: Kept[Any] = Kept(RECKONED)
_statements: dict[tuple[Hashable, ...], Prepared] = {}
_figureless: set[Check] = set()
_restless: set[Check] = set()


def forget() -> None:
    """Let go of all statements; from here on they are put together anew."""
    for kept in (_askings, _standing, _reckoned, _statements, _figureless, _restless):
        kept.clear()


def learn(question: Question, moment: Moment) -> tuple[Question, Asking]:
    """Put a question together, noting what is asked meanwhile and what it will look at."""
    mark = moment.mark  # read before anything is asked: what is written meanwhile is news later
    with listening() as looked_at:
        records = question.everything()
    heard = frozenset(looked_at)
    restless = not {read[:2] for read in heard} <= {read[:2] for read in _reads_of_figures()}
    if question.eyes.person:
        asking = _asking_as_seen(question.eyes.see(records), heard)
    else:
        asking = _asking(records, heard, fixed=not restless)
    if not heard:
        _figureless.add(question.check)
        question = replace(question, figures=())
    elif question.figures != figures_now():  # they are others since: this answers neither
        return question, asking
    if restless:
        _restless.add(question.check)
        _standing.keep(question, mark, heard, asking)
    elif len(_askings) < KEPT:
        _askings[question] = asking
    return question, asking


def _asking(records: QuerySet[Any], heard: frozenset[Read], fixed: bool) -> Asking:
    """As everybody asks, and how anybody else does if the same is `fixed` for all."""
    looks, own = looks_of(records), own_rows(records)
    own -= {(read.table, read.kind) for read in heard}
    template = Template.of(keys_of(records))
    keys = template.for_everybody()
    reads = heard | reads_of(looks, keys.statement)
    for_anybody = ForAnybody(template, looks, heard) if fixed else None
    return Asking(records.model, keys, reads, own, for_anybody, tuple(cases_of(records)))


def _asking_as_seen(records: QuerySet[Any], heard: frozenset[Read]) -> Asking:
    """As one person asks."""
    keys = Prepared.of(keys_of(records))
    reads = heard | reads_of(looks_of(records), keys.statement, by_somebody=True)
    return Asking(records.model, keys, reads, frozenset(), phrases=tuple(cases_of(records)))


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
    return reads_of(looks_of(declared_figures()), _figures_statement().statement)


def figures_now() -> tuple[Any, ...]:
    """Every figure the organization declares, as of this moment."""
    return tuple(_figures_statement().rows())


@cache
def depends_on_day(check: Check) -> bool:
    return "day" in signature(check).parameters
