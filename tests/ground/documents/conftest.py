"""A library in which nothing falls short. A test spoils one thing in it and sees what is said."""

from datetime import date, timedelta

import pytest

from bartizan.ground.documents.models import (
    CoveredDuty,
    Distribution,
    Document,
    DocumentClass,
    DocumentVersion,
    Duty,
    PointOfUse,
    RetentionRule,
    RetrievalSample,
    SuitableForm,
)
from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Record


class Library:
    """Makes documents as they should be, unless a test asks for something else."""

    def __init__(self, owner: Person, manager: Person, author: Person, today: date) -> None:
        self.owner, self.manager, self.author, self.today = owner, manager, author, today

    def day(self, days: int) -> date:
        """So many days from today, back with a minus."""
        return self.today + timedelta(days=days)

    def make(self, model: type[Record], **fields) -> Record:
        kept = {
            "owner": self.owner,
            "unit": self.owner.unit,
            "reviewed_on": self.day(-30),
            "review_due": self.day(300),
        }
        return model.objects.create(**(kept | fields))

    def approve(self, record: Record, on: date | None = None, by: Person | None = None) -> Record:
        record.approvals.create(
            version=record.version, by=by or self.manager, on=on or self.day(-60)
        )
        return record

    def document_class(self, **fields) -> DocumentClass:
        given = {"title": "Internal", "value": "normal", "access_rule": "Staff read."}
        return self.approve(self.make(DocumentClass, **(given | fields)))

    def make_unapproved_class(self) -> DocumentClass:
        return self.make(DocumentClass, title="Planned", value="normal")

    def document(self, title="Visitors at the depots", **fields) -> Document:
        given = {
            "title": title,
            "reference": f"SEC {title}"[:40],
            "document_type": "procedure",
            "document_class": DocumentClass.objects.first() or self.document_class(),
            "classified_by": self.owner,
            "classified_on": self.day(-60),
            "location": "Quality folder",
            "access_rule": "Staff read, the owner writes.",
        }
        return self.make(Document, **(given | fields))

    def document_on(self, item: str) -> Document:
        return Document.objects.get(fulfils=item)

    def version(
        self, document: Document, label: str = "1", approved: int | None = -55, **fields
    ) -> DocumentVersion:
        """A version in effect for 50 days, approved five days earlier."""
        given = {
            "document": document,
            "label": label,
            "body": "Every visitor signs in.",
            "format": "text",
            "language": "en",
            "medium": "electronic",
            "author": self.author,
            "reason": "First text.",
            "reviewed_by": self.owner,
            "reviewed_on": self.day(-58),
            "effective_from": self.day(-50),
        }
        made = self.make(DocumentVersion, **(given | fields))
        if approved is not None:
            self.approve(made, on=self.day(approved))
        return made

    def settle(self, document: Document, *duties: Duty) -> None:
        for duty in duties:
            CoveredDuty.objects.create(document=document, duty=duty, place="2")

    def retention_rule(self, document_class: DocumentClass, **fields) -> RetentionRule:
        given = {
            "title": "Three years",
            "document_class": document_class,
            "years": 3,
            "counts_from": "made",
            "disposal": "Erased by the owner.",
        }
        return self.approve(self.make(RetentionRule, **(given | fields)))

    def point_of_use(self, version: DocumentVersion, **fields) -> PointOfUse:
        given = {
            "place": "Gatehouse north",
            "document": version.document,
            "role": self.owner.assignments.get().role,
            "checked_on": self.day(-10),
            "found_version": version,
            "is_reachable": True,
        }
        return self.make(PointOfUse, **(given | fields))

    def distribute(self, document: Document) -> Distribution:
        return Distribution.objects.create(document=document, unit=self.owner.unit)

    def try_out(self, document: Document, days: int = -10, **fields) -> RetrievalSample:
        given = {"by": self.owner, "was_found": True, "was_readable": True}
        return RetrievalSample.objects.create(
            document=document, on=self.day(days), **(given | fields)
        )

    def form(self, **fields) -> SuitableForm:
        given = {"audience": "staff", "format": "text", "language": "en", "medium": "electronic"}
        return SuitableForm.objects.create(**(given | fields))


@pytest.fixture
def library(owner, manager, colleague, today) -> Library:
    return Library(owner, manager, colleague, today)
