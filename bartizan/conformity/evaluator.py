"""The quick evaluation: a check runs again when something it looks at has changed, or its day.

What has changed is asked of the trail, so it does not matter which process wrote it: every worker
keeps its own verdicts in memory, and each is right. Nothing is shared and nothing is stored.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from threading import Lock

from django.utils import timezone

from bartizan.conformity.attestations import Attestations
from bartizan.conformity.evaluate import answers, evaluate_items, items_of
from bartizan.conformity.history import note_changes
from bartizan.conformity.judge import judge
from bartizan.conformity.outcome import Eyes, Known, Moment, Outcome, depends_on_day, run
from bartizan.conformity.requirement import Check, Edition, Requirement
from bartizan.conformity.verdict import Verdict
from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Approval, Link
from bartizan.ground.records.news import Keys, Mark, News, news_since
from bartizan.ground.records.reads import UNTOLD, Read
from bartizan.ground.trail.acts import current_act

# An attestation can come to cite something else, or an older version of it, without changing.
CITING = {Link._meta.db_table, Approval._meta.db_table}
VIEWS_KEPT = 24  # people who do not see everything have a view of their own


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
        self.mark = Mark()
        self.day = date.min
        self.outcomes: dict[Check, Outcome] = {}
        self.asked: dict[str, set[Check]] = {}  # by each item: not all checks are always needed
        self.attestations: Attestations | None = None
        self.verdicts: dict[str, Verdict] = {}

    def evaluate(
        self, day: date, wanted: Sequence[Requirement] | None = None
    ) -> dict[str, Verdict]:
        """Every verdict as of a day, just as if all had been evaluated from nothing.

        If only some are `wanted`, at their cost alone.
        """
        wanted = self.items if wanted is None else wanted
        if current_act() is not None:  # what it has written so far stands in no entry yet
            return evaluate_items(wanted, day, self.seen_by)
        with self.lock:
            # Read before anything is asked: what is written meanwhile is news next time.
            news = news_since(self.mark)
            before = {id: verdict.value for id, verdict in self.verdicts.items()}
            if news.touched is None:
                self.outcomes, self.asked, self.verdicts = {}, {}, {}
                self.attestations = None
            self._judge_anew(wanted, day, self._forget_stale(news, day))
            self.mark, self.day = news.mark, day
            if day == timezone.localdate():
                self.tell([v for id, v in self.verdicts.items() if v.value != before.get(id)])
            return {item.id: self.verdicts[item.id] for item in wanted}

    def _forget_stale(self, news: News, day: date) -> dict[Check, Known | None]:
        """Drop the answers that may be different now, and the verdicts that rest on them.

        Tells of each what is left to know of it.
        """
        touched = (news.touched or set()) | {UNTOLD}
        new_day = day != self.day
        stale: dict[Check, Known | None] = {}
        for check, outcome in self.outcomes.items():
            if hit := touched & outcome.reads:
                stale[check] = left_of(outcome, hit, news.keys)
        if new_day:
            stale |= {check: None for check in self.outcomes if depends_on_day(check)}
        for check in stale:
            del self.outcomes[check]
        cites = any(read.table in CITING for read in touched)
        for item in self.items:
            asked = self.asked.get(item.id, set())
            if new_day or not asked.isdisjoint(stale.keys()) or (cites and item.cites):
                self.verdicts.pop(item.id, None)
        if self.attestations and (new_day or self.attestations.may_differ(touched, news.keys)):
            was, self.attestations = self.attestations, Attestations(day, self.seen_by)
            for id in self.attestations.differs_from(was):
                self.verdicts.pop(id, None)
        return stale

    def _judge_anew(
        self, wanted: Sequence[Requirement], day: date, stale: dict[Check, Known | None]
    ) -> None:
        def outcome_of(check: Check) -> Outcome:
            asked.add(check)
            if check not in self.outcomes:
                if check in ahead:
                    outcome = ahead[check]
                else:
                    outcome = run(check, day, self.seen_by, stale.get(check), moment)
                self.outcomes[check] = outcome
            return self.outcomes[check]

        moment = Moment()
        ahead = answers([i for i in wanted if i.id not in self.asked], day, self.seen_by)
        if self.attestations is None:
            self.attestations = Attestations(day, self.seen_by)
        for item in wanted:
            if item.id not in self.verdicts:
                asked = self.asked[item.id] = set()
                self.verdicts[item.id] = judge(
                    item, day, outcome_of, self.attestations, self.seen_by
                )


def left_of(outcome: Outcome, hit: set[Read], keys: Keys) -> Known | None:
    """What an answer still tells when these looks of it see something else: of a few rows nothing.

    That is so if only rows were hit that the check looks at for themselves.
    """
    places = {(read.table, read.kind) for read in hit}
    if not places <= outcome.asking.own:
        return None
    key = outcome.model._meta.pk.to_python
    return Known(outcome, frozenset(key(one) for place in places for one in keys[place]))


_evaluators: OrderedDict[tuple[Edition, Eyes], Evaluator] = OrderedDict()
_lock = Lock()


def evaluate_incremental(
    edition: str | None = None, day: date | None = None, seen_by: Person | None = None
) -> dict[str, Verdict]:
    """What `evaluate` says, at the cost of what has changed since it was last asked here."""
    day = day or timezone.localdate()
    eyes = Eyes.of(seen_by)
    verdicts: dict[str, Verdict] = {}
    for one in [Edition(edition)] if edition else Edition:
        verdicts |= _evaluator(one, eyes).evaluate(day)
    return verdicts


def verdicts_on(items: Sequence[Requirement], seen_by: Person | None) -> dict[str, Verdict]:
    """What is said of a few items today."""
    eyes = Eyes.of(seen_by)
    verdicts: dict[str, Verdict] = {}
    for edition in Edition:
        if wanted := [item for item in items if item.edition == edition]:
            verdicts |= _evaluator(edition, eyes).evaluate(timezone.localdate(), wanted)
    return verdicts


def _evaluator(edition: Edition, eyes: Eyes) -> Evaluator:
    with _lock:
        if (edition, eyes) not in _evaluators:
            tell = list if eyes.person else note_changes
            _evaluators[edition, eyes] = Evaluator(items_of(edition), eyes.person, tell)
        _evaluators.move_to_end((edition, eyes))
        if len(_evaluators) > VIEWS_KEPT:
            _evaluators.popitem(last=False)
        return _evaluators[edition, eyes]
