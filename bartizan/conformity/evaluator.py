"""The quick evaluation: a check runs again when something it looks at has changed, or its day.

What has changed is asked of the trail, so it does not matter which process wrote it: every worker
keeps its own verdicts in memory, and each is right. Nothing is shared and nothing is stored.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from threading import Lock
from typing import NamedTuple

from django.utils import timezone

from bartizan.conformity.attestations import Attestations
from bartizan.conformity.evaluate import evaluate_items, items_of
from bartizan.conformity.history import note_changes
from bartizan.conformity.judge import judge
from bartizan.conformity.outcome import Outcome, depends_on_day, run
from bartizan.conformity.reads import RECORDS, Read
from bartizan.conformity.requirement import Check, Requirement
from bartizan.conformity.verdict import Verdict
from bartizan.ground.people.authority import Grant, grants
from bartizan.ground.people.models import Person, Sensitivity, Verb
from bartizan.ground.records.models import Record
from bartizan.ground.trail.acts import current_act
from bartizan.ground.trail.images import trailed_models
from bartizan.ground.trail.models import Entry

TOO_MANY = 2_000  # rows touched: after an import of that size it is quicker to evaluate it all
VIEWS_KEPT = 12  # people who do not see everything have a view of their own


class Mark(NamedTuple):
    """How far the log went, and its last leaf: by it a log is known to be the same one."""

    size: int
    leaf: bytes


def mark_now() -> Mark:
    last = Entry.objects.order_by("-index").values_list("index", "leaf").first()
    return Mark(last[0] + 1, bytes(last[1])) if last else Mark(0, b"")


def is_continued_by(old: Mark, new: Mark) -> bool:
    """Does the log of the old mark go on to the new one? Not after a restore, say."""
    if old.size == 0 or old == new:
        return True
    leaves = Entry.objects.filter(index=old.size - 1).values_list("leaf", flat=True)
    return any(bytes(leaf) == old.leaf for leaf in leaves)


def touched_since(size: int) -> set[Read] | None:
    """The looks that now see something else than at that size; None when too much has changed."""
    entries = Entry.objects.filter(index__gte=size).order_by()
    rows = list(entries.values_list("table", "key").distinct()[: TOO_MANY + 1])
    keys = [int(key) for table, key in rows if table == RECORDS]
    kinds = list(Record.objects.filter(pk__in=keys).order_by().values_list("kind", flat=True))
    if len(rows) > TOO_MANY or len(kinds) < len(keys):
        return None
    return {Read(table) for table, _key in rows} | {Read(RECORDS, kind) for kind in kinds}


@cache
def trailed_tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in trailed_models())


class Evaluator:
    """The verdicts as one person, or everybody together, sees them; kept up with the trail."""

    def __init__(
        self,
        items: Iterable[Requirement],
        seen_by: Person | None = None,
        tell: Callable[[list[Verdict]], object] = list,
    ) -> None:
        self.items = list(items)
        self.seen_by = seen_by
        self.tell = tell  # of verdicts that became others
        self.lock = Lock()
        self.mark: Mark | None = None
        self.day = date.min
        self.outcomes: dict[Check, Outcome] = {}
        self.asked: dict[str, set[Check]] = {}  # by each item: not all checks are always needed
        self.attestations: Attestations | None = None
        self.verdicts: dict[str, Verdict] = {}

    def evaluate(self, day: date) -> dict[str, Verdict]:
        """Every verdict as of a day, just as if all had been evaluated from nothing."""
        if current_act() is not None:  # what it has written so far stands in no entry yet
            return evaluate_items(self.items, day, self.seen_by)
        with self.lock:
            # Marked before anything is asked: what is written meanwhile is looked at next time.
            mark = mark_now()
            before = {id: verdict.value for id, verdict in self.verdicts.items()}
            self._forget_stale(mark, day)
            self._judge_anew(day)
            self.mark, self.day = mark, day
            if day == timezone.localdate():
                self.tell([v for id, v in self.verdicts.items() if v.value != before.get(id)])
            return dict(self.verdicts)

    def _forget_stale(self, mark: Mark, day: date) -> None:
        """Drop the answers that may be different now, and the verdicts that rest on them."""
        touched: set[Read] | None = set()
        if self.mark is None or not is_continued_by(self.mark, mark):
            touched = None
        elif self.mark != mark:
            touched = touched_since(self.mark.size)

        def is_stale(reads: frozenset[Read], by_day: bool) -> bool:
            unseen = any(read.table not in trailed_tables() for read in reads)
            return touched is None or unseen or by_day or not reads.isdisjoint(touched)

        new_day = day != self.day
        for check, outcome in list(self.outcomes.items()):
            if is_stale(outcome.reads, new_day and depends_on_day(check)):
                del self.outcomes[check]
        for item in self.items:
            if new_day or any(check not in self.outcomes for check in self.asked.get(item.id, ())):
                self.verdicts.pop(item.id, None)
        if self.attestations is None or is_stale(self.attestations.reads, new_day):
            self._read_attestations(day)

    def _read_attestations(self, day: date) -> None:
        before, self.attestations = self.attestations, Attestations(day, self.seen_by)
        for item in self.items:
            # What an attestation cites can change without the attestation changing.
            if item.cites or before is None or before.of(item) != self.attestations.of(item):
                self.verdicts.pop(item.id, None)

    def _judge_anew(self, day: date) -> None:
        def outcome_of(check: Check) -> Outcome:
            asked.add(check)
            if check not in self.outcomes:
                self.outcomes[check] = run(check, day, self.seen_by)
            return self.outcomes[check]

        for item in self.items:
            if item.id not in self.verdicts:
                asked = self.asked[item.id] = set()
                self.verdicts[item.id] = judge(
                    item, day, outcome_of, self.attestations, self.seen_by
                )
        self.verdicts = {item.id: self.verdicts[item.id] for item in self.items}


_evaluators: OrderedDict[tuple[int, tuple[Grant, ...]] | None, Evaluator] = OrderedDict()
_lock = Lock()


def evaluate_incremental(
    edition: str | None = None, day: date | None = None, seen_by: Person | None = None
) -> dict[str, Verdict]:
    """What `evaluate` says, at the cost of what has changed since it was last asked here."""
    view = None if seen_by is None or sees_all(seen_by) else (seen_by.pk, grants(seen_by))
    with _lock:
        if view not in _evaluators:
            tell = list if view else note_changes
            _evaluators[view] = Evaluator(items_of(None), view and seen_by, tell)
        _evaluators.move_to_end(view)
        evaluator = _evaluators[view]
        if len(_evaluators) > VIEWS_KEPT:
            _evaluators.popitem(last=False)
    verdicts = evaluator.evaluate(day or timezone.localdate())
    return {item.id: verdicts[item.id] for item in items_of(edition)}


def sees_all(person: Person) -> bool:
    """Is no record hidden from this person? Then they see what everybody together sees."""
    return any(
        grant.verb == Verb.READ
        and grant.over == "*"
        and grant.path.count("/") == 2
        and grant.clearance == max(Sensitivity)
        for grant in grants(person)
    )
