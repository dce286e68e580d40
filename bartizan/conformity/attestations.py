"""All that people stand for on a day, at hand for judging one item after the other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from bartizan.conformity.models import Attestation
from bartizan.conformity.outcome import Eyes, Outcome
from bartizan.conformity.prepared import Prepared
from bartizan.conformity.requirement import Attester, Requirement
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.records.models import Link, Relation
from bartizan.ground.records.news import Keys
from bartizan.ground.records.queries import RECORDS
from bartizan.ground.records.reads import Read, looks_of, reads_of

Claim = Attestation.Claim


class Signed(NamedTuple):
    """One attestation, as far as judging an item goes."""

    pk: int
    version: int
    requirement: str
    claim: str
    unit_id: int
    attested_by_id: int
    attested_by__name: str
    attested_on: date
    expires_on: date
    since: date | None
    counts: bool
    by_top_management: bool
    by_owner: bool

    def suits(self, attester: Attester) -> bool:
        """Was it made by such a person?"""
        if attester == Attester.TOP_MANAGEMENT:
            return self.by_top_management
        return attester != Attester.NOT_THE_OWNER or not self.by_owner


DAYS = ("attested_on", "expires_on", "since")


@lru_cache(maxsize=64)
def prepared(day: date, eyes: Eyes) -> tuple[Prepared, frozenset[Read]]:
    """The statement that reads all there are, newest first, and what it looks at."""
    rows = eyes.see(Attestation.objects.current().weighed(day))
    rows = rows.order_by("requirement", "-attested_on", "-pk").values_list(*Signed._fields)
    statement = Prepared.of(rows)
    return statement, reads_of(looks_of(rows), statement.statement, eyes.person is not None)


def as_day(value: Any) -> Any:
    """A day as the database hands it over: SQLite has no type for it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


class Attestations:
    """The attestations on file, newest first for each item."""

    def __init__(self, day: date, seen_by: Person | None = None) -> None:
        statement, self.reads = prepared(day, Eyes.of(seen_by))
        self.of_item: dict[str, list[Signed]] = defaultdict(list)
        for row in map(Signed._make, statement.rows()):
            days = {name: as_day(getattr(row, name)) for name in DAYS}
            self.of_item[row.requirement].append(row._replace(**days))

    def of(self, item: Requirement) -> list[Signed]:
        return self.of_item.get(item.id, [])

    def differs_from(self, other: "Attestations") -> set[str]:
        """The items of which something else is stated."""
        mine, theirs = self.of_item, other.of_item
        return {id for id in mine.keys() | theirs.keys() if mine.get(id) != theirs.get(id)}

    def may_differ(self, touched: set[Read], keys: Keys) -> bool:
        """Can anything be stated otherwise after these changes?

        A record that none of them cites is looked at by none of them.
        """
        hit = {(read.table, read.kind) for read in touched & self.reads}
        if hit != {(RECORDS, "")}:
            return bool(hit)
        changed = [int(key) for key in keys[RECORDS, ""]]
        citing = Link.objects.filter(relation=Relation.CITES, target__in=changed)
        return citing.exists()

    def relied_on(
        self, requirement: Requirement, claim: Claim, to_cite: Iterable[Outcome] = ()
    ) -> Signed | None:
        """The newest that counts for this item: made by whom it takes, citing what it must."""
        by = requirement.attested.by if requirement.attested else Attester.ENTITLED
        for signed in self._stating(requirement, claim):
            made = signed.pk, signed.attested_on
            cites = (outcome.holds_a_record_cited_by(*made) for outcome in to_cite)
            if signed.counts and (claim != Claim.CONFIRMS or signed.suits(by)) and all(cites):
                return signed
        return None

    def confirmed_by_each(self, requirement: Requirement, each: Outcome) -> bool:
        """Did each of these people confirm it, or somebody for each of these units?"""
        counting = [s for s in self._stating(requirement, Claim.CONFIRMS) if s.counts]
        of_units = issubclass(each.model, Unit)
        heard = {signed.unit_id if of_units else signed.attested_by_id for signed in counting}
        return heard >= each.keys

    def last(self, requirement: Requirement, claim: Claim) -> Signed | None:
        """The newest on file, whether it counts or not."""
        return next(self._stating(requirement, claim), None)

    def _stating(self, requirement: Requirement, claim: Claim) -> Iterator[Signed]:
        return (signed for signed in self.of(requirement) if signed.claim == claim)
