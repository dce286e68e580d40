"""How a verdict is found: the one place that says what counts as met."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bartizan.conformity.attestations import Attestations, Claim
from bartizan.conformity.outcome import Outcome
from bartizan.conformity.requirement import Check, Checks, Requirement, Value, several
from bartizan.conformity.verdict import Shortfall, Verdict
from bartizan.ground.people.models import Person

OutcomeOf = Callable[[Check], Outcome]


def judge(
    requirement: Requirement,
    day: date,
    outcome_of: OutcomeOf,
    attestations: Attestations,
    seen_by: Person | None = None,
) -> Verdict:
    """The verdict on one item from what its checks returned and what people stand for."""

    def verdict(value: Value, **found: Any) -> Verdict:
        return Verdict(requirement, day, value, seen_by=seen_by, **found)

    def outcomes(checks: Checks) -> tuple[Outcome, ...]:
        return tuple(outcome_of(check) for check in several(checks))

    if not requirement.checks:
        return verdict(Value.NOT_ASSESSED)

    occasions = outcomes(requirement.only_when or ())
    if occasions and not any(occasions):
        absent = attestations.relied_on(requirement, Claim.DID_NOT_ARISE)
        if absent:
            return verdict(Value.NOT_APPLICABLE, attestation=absent)
        last = attestations.last(requirement, Claim.DID_NOT_ARISE)
        return verdict(Value.NO_EVIDENCE, evidence=occasions, attestation=last)

    needed = outcomes(requirement.needs)
    proof = outcomes(requirement.some_of) or occasions or needed
    if proof and not any(proof):
        return verdict(Value.NO_EVIDENCE, evidence=proof)

    evidence = tuple(dict.fromkeys(filter(None, proof + needed)))
    missing = tuple(Shortfall(outcome) for outcome in needed if not outcome)
    wrong = tuple(Shortfall(o, proof) for o in outcomes(requirement.none_of) if o)
    if missing or wrong:
        return verdict(Value.NONCONFORMING, evidence=evidence, shortfalls=missing + wrong)

    if requirement.attested is None:
        return verdict(Value.CONFORMING, evidence=evidence)
    cites = outcomes(requirement.cites)
    confirmed = attestations.relied_on(requirement, Claim.CONFIRMS, cites)
    each = outcomes(requirement.attested_by_each or ())
    if confirmed and all(attestations.confirmed_by_each(requirement, of) for of in each):
        return verdict(Value.CONFORMING, evidence=evidence, attestation=confirmed)
    last = None if confirmed else attestations.last(requirement, Claim.CONFIRMS)
    return verdict(Value.AWAITING_ATTESTATION, evidence=evidence, attestation=last)
