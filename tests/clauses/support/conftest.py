"""A plan and a log of communication in which nothing falls short."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from bartizan.clauses.context.models import InterestedParty
from bartizan.clauses.support.models import Channel, Communication, PlannedCommunication
from bartizan.ground.documents.models import CoveredDuty, Document, DocumentVersion, Duty
from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Record


class Desk:
    """Makes entries and communications as they should be, unless a test asks for something else."""

    def __init__(self, owner: Person, manager: Person, today: date) -> None:
        self.owner, self.manager, self.today = owner, manager, today

    def day(self, days: int) -> date:
        """So many days from today, back with a minus."""
        return self.today + timedelta(days=days)

    def noon(self, days: int) -> datetime:
        return timezone.make_aware(datetime.combine(self.day(days), time(12)))

    def make(self, model: type[Record], approved: bool = True, **fields) -> Record:
        kept = {
            "owner": self.owner,
            "unit": self.owner.unit,
            "reviewed_on": self.day(-30),
            "review_due": self.day(300),
        }
        made = model.objects.create(**(kept | fields))
        if approved:
            made.approvals.create(version=made.version, by=self.manager, on=self.day(-60))
        return made

    def channel(self, **fields) -> Channel:
        given = {"name": "Driver portal", "tested_on": self.day(-10), "test_passed": True}
        return Channel.objects.get_or_create(**(given | fields))[0]

    def entry(self, title="Incidents of the month", **fields) -> PlannedCommunication:
        given = {
            "title": title,
            "side": "internal",
            "subject": "What happened and what we learned.",
            "trigger": "An incident is closed.",
            "with_employees": True,
            "channel": self.channel(),
            "released_by_role": self.manager.assignments.get().role,
        }
        parties = fields.pop("parties", [])
        made = self.make(PlannedCommunication, **(given | fields))
        made.parties.set(parties)
        return made

    def party(self, title="Port police of Example Harbour", **fields) -> InterestedParty:
        given = {"title": title, "category": "authority", "relevance": "Leads after a break-in."}
        return self.make(InterestedParty, approved=False, **(given | fields))

    def communication(self, title="Gate opens at five", **fields) -> Communication:
        given = {
            "title": title,
            "gist": "From March on the north gate opens at five.",
            "at": self.noon(-10),
            "author": self.owner,
            "classified_by": self.owner,
            "classified_at": self.noon(-11),
        }
        reached = {
            name: fields.pop(name)
            for name in ("units", "roles", "people", "parties")
            if name in fields
        }
        made = self.make(Communication, approved=False, **(given | fields))
        for name, whom in reached.items():
            getattr(made, name).set(whom)
        return made

    def procedure(self, *duties: Duty, **fields) -> Document:
        given = {"title": "How we communicate", "document_type": "procedure"}
        made = self.make(Document, approved=False, **(given | fields))
        version = {"document": made, "label": "1", "effective_from": self.day(-50)}
        self.make(DocumentVersion, **version)
        for duty in duties:
            CoveredDuty.objects.create(document=made, duty=duty)
        return made


@pytest.fixture
def desk(owner, manager, today) -> Desk:
    return Desk(owner, manager, today)
