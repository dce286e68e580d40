"""Records of the clauses in which nothing falls short.

Each test starts from good records and spoils one thing, so that what it asserts has one cause.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from bartizan.chain.models import BusinessFunction, Partner, Place, Process
from bartizan.clauses.context.models import (
    ContextIssue,
    ExternalProvision,
    InterestedParty,
    Obligation,
    ObligationScan,
    OtherManagementSystem,
    PartyRequirement,
    PrincipleReview,
    ProvisionControl,
    Scope,
    ScopeElement,
)
from bartizan.clauses.operation.models import Control
from bartizan.clauses.planning.models import Objective
from bartizan.ground.documents.models import CoveredDuty, Document, DocumentVersion, Duty
from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Action, Declaration, Link, Record, Relation


class Good:
    """Makes records in which nothing falls short, unless a test asks for it."""

    def __init__(self, owner: Person, manager: Person, today: date) -> None:
        self.owner, self.manager, self.today = owner, manager, today

    def day(self, days: int) -> date:
        """So many days from today, back with a minus."""
        return self.today + timedelta(days=days)

    def record(self, model: type[Record], name: str, **fields) -> Any:
        kept = {
            "owner": self.owner,
            "unit": self.owner.unit,
            "reviewed_on": self.day(-30),
            "review_due": self.day(300),
        }
        made = model(**(kept | {"title": name} | fields))
        made.full_clean()
        made.save()
        return made

    def approve(self, record: Record, on: date | None = None) -> None:
        record.approvals.create(version=record.version, by=self.manager, on=on or self.today)

    def link(self, source: Record, target: Record, relation=Relation.SERVES, note: str = ""):
        return Link.objects.create(source=source, target=target, relation=relation, note=note)

    def declare(self, figure: str, value: int) -> Declaration:
        made = self.record(Declaration, f"Every {value} days", figure=figure, value=value)
        self.approve(made)
        return made

    def issue(self, **fields) -> ContextIssue:
        given = {
            "origin": "external",
            "topic": "society",
            "description": "Thefts doubled.",
            "affected_result": "Loss-free delivery",
            "effect": "Nobody can rest at open parking areas.",
            "identified_on": self.day(-90),
        }
        return self.record(ContextIssue, "Theft at rest stops", **(given | fields))

    def partner(self, **fields) -> Partner:
        given = {"position": "upstream", "relationship": "carrier"}
        return self.record(Partner, "Example Haulage", **(given | fields))

    def place(self, **fields) -> Place:
        given = {"position": "own", "use": "depot"}
        return self.record(Place, "Example depot", **(given | fields))

    def process(self, **fields) -> Process:
        given = {"performer": "internal"}
        return self.record(Process, "Sealing trailers", **(given | fields))

    def party(self, **fields) -> InterestedParty:
        given = {
            "category": "authority",
            "relevance": "Leads when a container is opened unlawfully.",
            "contact_cadence_days": 90,
        }
        return self.record(InterestedParty, "Port police of Example Harbour", **(given | fields))

    def requirement(self, party: InterestedParty | None = None, **fields) -> PartyRequirement:
        given = {
            "party": party or self.party(),
            "description": "A call within ten minutes.",
            "identified_on": self.day(-90),
            "decision": "adopted",
            "decided_by": self.manager,
            "decided_on": self.day(-60),
            "monitored_by": self.owner,
            "last_checked": self.day(-10),
        }
        return self.record(PartyRequirement, "Call the police at once", **(given | fields))

    def action(self, source: Record, **fields) -> Action:
        given = {"description": "Put it right.", "due": self.day(30), "source": source}
        return self.record(Action, "Put it right", **(given | fields))

    def obligation(self, **fields) -> Obligation:
        given = {
            "nature": "law",
            "source_reference": "Example Cargo Act, section 6",
            "source_link": "https://law.example/cargo/6",
            "identified_on": self.day(-90),
            "applicability": "applies",
            "assessed_on": self.day(-10),
            "last_checked": self.day(-10),
            "revised_on": self.day(-60),
        }
        return self.record(Obligation, "Screening of air cargo", **(given | fields))

    def procedure(self, **fields) -> Document:
        given = {"document_type": "procedure"}
        made = self.record(Document, "How we find obligations", **(given | fields))
        CoveredDuty.objects.create(document=made, duty=Duty.OBLIGATION_SCAN)
        return made

    def version(self, document: Document, **fields) -> DocumentVersion:
        given = {"document": document, "label": "1", "effective_from": self.day(-50)}
        return self.record(DocumentVersion, f"{document.title} 1", **(given | fields))

    def scan(self, procedure: Document, **fields) -> ObligationScan:
        given = {
            "procedure": procedure,
            "carried_out_on": self.day(-20),
            "sources": "Example Gazette",
            "findings": "Nothing new.",
        }
        return self.record(ObligationScan, "Spring scan", **(given | fields))

    def scope(self, **fields) -> Scope:
        given = {
            "purpose": "We carry goods.",
            "intended_results": "Loss-free delivery",
            "coverage": "Carriage and storage.",
        }
        made = self.record(Scope, "Scope of the system", **(given | fields))
        made.audience.set([assignment.role for assignment in self.owner.assignments.all()])
        return made

    def element(self, scope: Scope, **fields) -> ScopeElement:
        return self.record(ScopeElement, "", scope=scope, **fields)

    def function(self, **fields) -> BusinessFunction:
        return self.record(BusinessFunction, "Purchasing", **({"bearing": "yes"} | fields))

    def provision(self, process: Process, **fields) -> ExternalProvision:
        given = {
            "process": process,
            "accountable_role": self.owner.assignments.get().role,
            "provider_duties": "Patrol every two hours.",
        }
        if "provider" not in fields:
            given["provider"] = self.partner(title="Example Guards")
        return self.record(ExternalProvision, "Night guarding", **(given | fields))

    def control(self, provision: ExternalProvision, **fields) -> ProvisionControl:
        given = {
            "provision": provision,
            "control_kind": "inspection",
            "description": "Unannounced visit at night.",
            "last_checked": self.day(-10),
            "result": "passed",
        }
        return self.record(ProvisionControl, "Visit at night", **(given | fields))

    def sealing(self) -> Control:
        return self.record(
            Control, "Sealing by two", control_kind="preventive",
            description="Two people seal each trailer.", in_operation_since=self.day(-200),
        )  # fmt: skip

    def fewer_thefts(self) -> Objective:
        made = self.record(Objective, "Half the thefts", description="Fewer loads are opened.")
        self.approve(made)
        return made

    def principle_review(self, principle: str, shown_by: Record | None, **fields):
        given = {"principle": principle, "application": "Seen on every visit.", "rating": 3}
        made = self.record(PrincipleReview, f"We live {principle}", **(given | fields))
        if shown_by:
            self.link(made, shown_by, Relation.CITES)
        return made

    def other_system(self, **fields) -> OtherManagementSystem:
        return self.record(OtherManagementSystem, "Quality management", **fields)


@pytest.fixture
def good(owner, manager, today) -> Good:
    return Good(owner, manager, today)
