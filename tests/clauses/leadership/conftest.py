"""A policy and roles with which nothing is wrong.

Each test starts from what is good and spoils one thing, so that what it asserts has one cause.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bartizan.chain.models import Process, ProcessRun
from bartizan.clauses.leadership.models import (
    BusinessChange,
    Commitment,
    OrganizationalPolicy,
    PolicyComparison,
    SecurityPolicy,
)
from bartizan.clauses.support.models import Communication
from bartizan.ground.documents.models import Acknowledgement, Document, DocumentVersion
from bartizan.ground.people.models import Assignment, Person
from bartizan.ground.records.models import Link, Record, Relation
from tests.cast import person


class Organization:
    """Makes the records of clause 5 of a fictional carrier, good ones unless told otherwise."""

    def __init__(self, owner: Person, manager: Person, today: date) -> None:
        self.owner, self.manager, self.today = owner, manager, today

    def day(self, days: int) -> date:
        """So many days from today, back with a minus."""
        return self.today + timedelta(days=days)

    def record(self, model: type[Record], title: str, **fields) -> Any:
        kept = {
            "title": title,
            "owner": self.owner,
            "unit": self.owner.unit,
            "reviewed_on": self.day(-30),
            "review_due": self.day(300),
        }
        made = model(**(kept | fields))
        made.full_clean()
        made.save()
        return made

    def approve(self, record: Record, on: int = -60, by: Person | None = None) -> None:
        record.approvals.create(version=record.version, by=by or self.manager, on=self.day(on))

    def revise(self, record: Record, approved_on: int | None = -60, **fields) -> None:
        """Change a record, and approve what it has become unless told not to."""
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()
        if approved_on is not None and record.needs_approval:
            self.approve(record, approved_on)

    def document(self, title: str = "Security policy", effective: int = -50) -> Document:
        made = self.record(Document, title, document_type="policy")
        self.version(made, "1", effective)
        return made

    def version(self, document: Document, label: str, effective: int) -> DocumentVersion:
        text = {"body": "We keep what we carry.", "effective_from": self.day(effective)}
        made = self.record(
            DocumentVersion, f"{document.title} {label}", document=document, label=label, **text
        )
        self.approve(made, effective - 5)
        return made

    def policy(self, *commitments: dict, approved_on: int | None = -60, **fields) -> SecurityPolicy:
        given = {
            "purpose": "Goods arrive as they left.",
            "broad_objectives": "Loss-free carriage",
            "review_triggers": "We review it within 60 days of a merger.",
            "revised_on": self.day(-70),
            "effective_from": self.day(-50),
            "endorsed_by": self.manager,
            "endorsed_as": self.manager.assignments.get().role,
            "endorsed_on": self.day(-65),
            "copy_is_signed": True,
            "public_summary": "We keep **what we carry**.",
            "summary_checked_on": self.day(-65),
        } | fields
        if "document" not in given:
            given["document"] = self.document()
        made = self.record(SecurityPolicy, "Security policy", **given)
        for at, commitment in enumerate(commitments or PROMISES, start=1):
            self.commitment(made, str(at), **commitment)
        if approved_on is not None:
            self.approve(made, approved_on)
        return made

    def commitment(self, policy: SecurityPolicy, paragraph: str, **fields) -> Commitment:
        role = self.owner.assignments.get().role
        given = {"policy": policy, "paragraph": paragraph, "accountable_role": role}
        text = "We keep our promises."
        return self.record(Commitment, f"Promise {paragraph}", **(given | {"text": text} | fields))

    def other_policy(self, **fields) -> OrganizationalPolicy:
        given = {"field": "safety", "edition": "2.0", "changed_on": self.day(-90)}
        return self.record(OrganizationalPolicy, "Health and safety", **(given | fields))

    def compare(self, policy: SecurityPolicy, other, **fields) -> PolicyComparison:
        given = {"compared_on": self.day(-65), "result": "agrees"} | fields
        return self.record(PolicyComparison, "", policy=policy, compared_with=other, **given)

    def change(self, **fields) -> BusinessChange:
        given = {
            "nature": "merger",
            "description": "Example Couriers joined us.",
            "took_effect_on": self.day(-100),
            "policy_review_due": self.day(-40),
            "policy_reviewed_on": self.day(-45),
            "review_result": "Commitment 2 speaks of parcels too.",
        }
        return self.record(BusinessChange, "Merger with Example Couriers", **(given | fields))

    def process(self, *serves: Record, runs: bool = True, **fields) -> Process:
        given = {"performer": "internal", "plan": "Seal, note, check."}
        made = self.record(Process, "Sealing trailers", **(given | fields))
        if runs:
            run = {"ran_on": self.day(-1), "recorded_on": self.day(-1), "result": "Done"}
            self.record(ProcessRun, "Monday", process=made, **run)
        for record in serves:
            self.link(made, record)
        return made

    def link(self, source: Record, target: Record, relation=Relation.SERVES) -> Link:
        return Link.objects.create(source=source, target=target, relation=relation)

    def receipt(self, version: DocumentVersion, *people: Person, read: bool = True) -> None:
        for one in people:
            Acknowledgement.objects.create(
                document_version=version,
                person=one,
                received_on=self.day(-40),
                acknowledged_on=self.day(-39) if read else None,
            )

    def communication(self, days: int = -10, **fields) -> Communication:
        many = {name: fields.pop(name) for name in ("people", "units", "roles") if name in fields}
        at = self.at(days)
        made = self.record(Communication, "Message", gist="What it says.", **({"at": at} | fields))
        for name, rows in many.items():
            getattr(made, name).set(rows)
        return made

    def at(self, days: int) -> datetime:
        """Noon of so many days from today."""
        return datetime.combine(self.day(days), time(12), tzinfo=UTC)

    def assignment(self, who: Person) -> Assignment:
        return who.assignments.get()


PROMISES = (
    {"tag": "meet-requirements"},
    {"tag": "continual-improvement"},
    {"tag": "compliance", "names_law": True, "names_regulation": True, "names_other": True},
)


@pytest.fixture
def org(owner, manager, today) -> Organization:
    return Organization(owner, manager, today)


@pytest.fixture
def newcomer(whole):
    """Somebody new, in whatever engagement."""

    def made(code: str, **fields) -> Person:
        new = person(code, whole)
        for name, value in fields.items():
            setattr(new, name, value)
        new.save()
        return new

    return made
