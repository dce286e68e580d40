"""The verdict on an item, with all there is to say about why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import Max, Min, Model, QuerySet
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bartizan.conformity import sentences
from bartizan.conformity.attestations import Signed
from bartizan.conformity.models import Attestation
from bartizan.conformity.outcome import Outcome
from bartizan.conformity.requirement import Modality, Requirement, Value, several
from bartizan.ground.people.models import Person
from bartizan.ground.records.cases import said_of
from bartizan.ground.records.models import Record


@dataclass(frozen=True)
class Shortfall:
    """What one check found wanting: the records it returned, or that it returned none."""

    outcome: Outcome
    evidence: tuple[Outcome, ...] = ()

    @cached_property
    def among(self) -> Outcome | None:
        """The evidence of which all that falls short is a part, so that it can be told of how many.

        Found when it is asked for: it takes the database longer than the verdict.
        """
        return next(filter(self.outcome.lies_within, self.evidence), None)

    @property
    def sentence(self) -> str:
        """Said of all of them: "2 of 14 objectives name nobody responsible."."""
        if self.outcome:
            return sentences.falling_short(self.outcome, self.among)
        return sentences.lacking([self.outcome])

    def why(self, row: Model) -> str:
        """Said of one of them: "Names nobody responsible."."""
        phrases = said_of(row, self.outcome.phrases) or [sentences.phrase_of(self.outcome.check)]
        return " ".join(f"{capfirst(_(phrase))}." for phrase in phrases)


@dataclass(frozen=True)
class Verdict:
    """How an item stands on a day, for everybody or as one person sees the organization.

    Value and counts are there from the start; words are found, and records read, when asked for.
    """

    requirement: Requirement
    day: date
    value: Value
    evidence: tuple[Outcome, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    # The one relied on; where one is awaited, the last on file.
    attestation: Signed | None = None
    seen_by: Person | None = None

    @property
    def observation(self) -> bool:
        """A missed recommendation is worth noting, and no nonconformity."""
        missed = self.value == Value.NONCONFORMING
        return missed and self.requirement.modality == Modality.SHOULD

    @property
    def evidence_count(self) -> int:
        return sum(outcome.count for outcome in self.evidence)

    @property
    def shortfall_count(self) -> int:
        return sum(shortfall.outcome.count or 1 for shortfall in self.shortfalls)

    def evidence_records(self, first: int | None = None) -> list[Model]:
        """The records that stand behind it, each once."""
        found: dict[tuple[type[Model], Any], Model] = {}
        for outcome in self.evidence:
            for row in _named(outcome)[:first]:
                found.setdefault((type(row), row.pk), row)
        return list(found.values())[:first]

    def shortfall_records(self, first: int | None = None) -> list[tuple[Model | None, str]]:
        """The records that fall short, each with in what; None where one is missing."""
        return list(islice(self._shortfall_records(first), first))

    def _shortfall_records(self, first: int | None) -> Iterator[tuple[Model | None, str]]:
        for shortfall in self.shortfalls:
            if not shortfall.outcome:
                yield None, shortfall.sentence
            for row in _named(shortfall.outcome)[:first]:
                yield row, shortfall.why(row)

    @cached_property
    def freshness(self) -> tuple[datetime, datetime] | None:
        """When the evidence was last touched: its oldest piece and its newest."""
        spans = [
            outcome.records.order_by().aggregate(oldest=Min("changed_at"), newest=Max("changed_at"))
            for outcome in self.evidence
            if issubclass(outcome.model, Record)
        ]
        moments = [moment for span in spans for moment in span.values() if moment]
        return (min(moments), max(moments)) if moments else None

    @property
    def reason(self) -> str:
        """Why, in a sentence or a few."""
        return " ".join(sentence for sentence in self._sentences() if sentence)

    def _sentences(self) -> Iterator[str]:
        match self.value:
            case Value.NOT_ASSESSED:
                yield _("No check is bound to this item yet, so the records cannot tell.")
            case Value.NONCONFORMING:
                yield from (shortfall.sentence for shortfall in self.shortfalls)
            case Value.NO_EVIDENCE:
                yield sentences.lacking(self.evidence)
                if self.requirement.only_when:
                    yield _("Nobody stands for this not having occurred.")
            case Value.AWAITING_ATTESTATION:
                yield sentences.standing(self.evidence)
                yield sentences.awaited(self.requirement.attested)
            case Value.NOT_APPLICABLE:
                yield sentences.absence(self.attestation)
            case Value.CONFORMING:
                yield sentences.standing(self.evidence)
                yield sentences.confirmation(self.attestation)
        if self.value in (Value.NO_EVIDENCE, Value.AWAITING_ATTESTATION) and self.attestation:
            yield sentences.no_longer(self.attestation, self.objections)

    @property
    def objections(self) -> list[str]:
        """Why the attestation on file does not count."""
        if self.attestation is None:
            return []
        attestation = Attestation.objects.get(pk=self.attestation.pk)
        found = attestation.objections(self.day, self.seen_by)
        asked = self.requirement.attested
        if not found and asked and not self.attestation.suits(asked.by):
            found = [_("it was not made by %(attester)s") % {"attester": asked.by.label}]
        return found or [
            _("it does not cite the %(records)s as they stand now")
            % {"records": _(sentences.phrase_of(check))}
            for check in several(self.requirement.cites)
        ]


def _named(outcome: Outcome) -> QuerySet[Any]:
    """The records of a check with what they are called after: a part of one after several."""
    if issubclass(outcome.model, Record):
        return outcome.records
    references = (f.name for f in outcome.model._meta.concrete_fields if f.is_relation)
    return outcome.records.select_related(*references)
