"""What one item of the standard asks, and which checks decide whether it is met.

An item is data. The checks it names live in the room of the records they look at, are plain
functions and return a queryset; whoever wants to know why an item fell short follows the name.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

# A check takes nothing, or in a parameter named `day` the day it is to speak for.
Check = Callable[..., "QuerySet[Any]"]
Checks = Check | Sequence[Check]


class Edition(TextChoices):
    """An edition of the standard, under the name people use for it."""

    PUBLISHED = "2022", _("ISO 28000:2022")
    DRAFT = "draft", _("ISO/DIS 28000, the draft of 2005/06")


class Modality(TextChoices):
    """How strongly the standard asks: a missed duty is a nonconformity, missed advice is not."""

    SHALL = "shall", _("Duty")
    SHOULD = "should", _("Recommendation")


class Value(TextChoices):
    """How an item stands. Only the first says that it is met; no evidence is never a pass."""

    CONFORMING = "conforming", _("Conforming")
    NONCONFORMING = "nonconforming", _("Nonconforming")
    NO_EVIDENCE = "no-evidence", _("No evidence")
    AWAITING_ATTESTATION = "awaiting-attestation", _("Awaiting attestation")
    NOT_APPLICABLE = "not-applicable", _("Not applicable")
    NOT_ASSESSED = "not-assessed", _("Not assessed yet")


class Phase(TextChoices):
    """The step of plan, do, check, act in which a clause has its place."""

    PLAN = "plan", _("Plan")
    DO = "do", _("Do")
    CHECK = "check", _("Check")
    ACT = "act", _("Act")


class Attester(TextChoices):
    """Whose word counts, beyond the authority to attest that everybody who attests needs."""

    ENTITLED = "entitled", _("a person entitled to attest")
    TOP_MANAGEMENT = "top-management", _("a member of top management")
    NOT_THE_OWNER = "not-the-owner", _("somebody who owns none of the records relied on")


class Test(TextChoices):
    """What decides: the records, the records and a person, or a person whose word is on record."""

    COMPUTED = "computed", _("The records decide")
    MIXED = "mixed", _("The records decide, and a person confirms")
    JUDGEMENT = "judgement", _("A person judges, citing records")


@dataclass(frozen=True)
class Confirmation:
    """What a person has to stand for because no record can show it."""

    says: Words
    by: Attester = Attester.ENTITLED
    # Nothing but the judgement counts; the program only checks that it stands and what it cites.
    judged: bool = False

    def __str__(self) -> str:
        return str(self.says)


class _Numbered:
    """Edition, clause and phase, all told by the id: `2022:8.6.4-d.1`, `dis:4.5.3-b.i`."""

    id: str

    @cached_property
    def _parts(self) -> re.Match[str]:
        parts = re.fullmatch(r"(2022|dis):(\d+(?:\.\d+)*)(?:-.+)?", self.id)
        if parts is None:
            raise ValueError(f"{self.id!r} is no id of an item or clause")
        return parts

    @property
    def edition(self) -> Edition:
        return Edition.PUBLISHED if self._parts[1] == "2022" else Edition.DRAFT

    @property
    def clause(self) -> str:
        return self._parts[2]

    @property
    def phase(self) -> Phase:
        """Clauses 4 to 7 plan, 8 does, 9 checks, 10 acts; the draft says the like within its 4."""
        steps = [int(step) for step in self.clause.split(".")]
        if self.edition == Edition.PUBLISHED:
            place = steps[0]
        elif steps[0] == 4 and len(steps) > 1:
            place = {4: 8, 5: 9, 6: 10}.get(steps[1], 4)
        else:
            place = 4
        return {8: Phase.DO, 9: Phase.CHECK, 10: Phase.ACT}.get(place, Phase.PLAN)


@dataclass(frozen=True)
class Clause(_Numbered):
    """A heading of the standard, in our words: a clause, its number and what it is about."""

    id: str
    title: Words


@dataclass(frozen=True)
class Requirement(_Numbered):
    """One duty or recommendation of the standard and how the records are held against it."""

    id: str
    title: Words  # a few words of our own, for lists
    says: Words  # what is asked, in our own words

    modality: Modality = Modality.SHALL

    # The evidence: if none of these checks returns a record, there is no evidence.
    some_of: Checks = ()
    # Each has to return a record; one that returns none is a shortfall without a record.
    needs: Checks = ()
    # What these checks return falls short. The first line of their docstring says in what.
    none_of: Checks = ()
    # A duty that only arises when something happens: what happened. If this check returns nothing,
    # the item does not apply, provided that somebody states so; without the statement there is no
    # evidence. Where there is no `some_of`, these records are the evidence too.
    only_when: Check | None = None

    # What a person must confirm before the item can conform, and the records which that
    # confirmation has to cite: of each of these checks at least one.
    attested: Confirmation | None = None
    cites: Checks = ()
    # Where one person's word is not enough: a check that returns the people each of whom has to
    # confirm it, or the units for each of which somebody has to.
    attested_by_each: Check | None = None

    # Draft edition: the items of 2022 that carry the duty on; none when it was dropped.
    maps_to: tuple[str, ...] = ()
    note: Words = ""

    def __str__(self) -> str:
        return f"{self.id} {self.title}"

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Every check the item is bound to, each once; none as long as it is not assessed."""
        asked = (self.only_when or (), self.some_of, self.needs, self.none_of)
        bound = (*asked, self.cites, self.attested_by_each or ())
        return tuple(dict.fromkeys(check for checks in bound for check in several(checks)))

    @property
    def test(self) -> Test:
        """What it takes to say that the item conforms."""
        if self.attested is None:
            return Test.COMPUTED
        return Test.JUDGEMENT if self.attested.judged else Test.MIXED


def several(checks: Checks) -> tuple[Check, ...]:
    """One check or several, as several."""
    return (checks,) if callable(checks) else tuple(checks)


def name_of(check: Check) -> str:
    """Where the check stands in the code: the name under which a reader finds the proof."""
    return f"{check.__module__}.{check.__qualname__}"
