"""What the chapters share: days counted from today, and the people and records told so far."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.utils import timezone

from bartizan.ground.people.models import Person, Role, Unit
from bartizan.ground.records import life
from bartizan.ground.records.models import Approval, Record, Relation
from bartizan.ground.trail.acts import act

Kind = TypeVar("Kind", bound=Record)


class Story:
    """The company as it is told, chapter by chapter."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.units: dict[str, Unit] = {}
        self.people: dict[str, Person] = {}
        self.roles: dict[str, Role] = {}
        self.records: dict[str, Any] = {}

    @contextmanager
    def told_by(self, code: str | None, why: str) -> Iterator[None]:
        """Everything inside is written by this person, in one act."""
        with act(self.people.get(code or ""), through="command", why=why):
            yield

    def ago(self, days: int) -> date:
        return self.day - timedelta(days=days)

    def ahead(self, days: int) -> date:
        return self.day + timedelta(days=days)

    def moment(self, days_ago: int, hour: int = 10) -> datetime:
        return timezone.make_aware(datetime.combine(self.ago(days_ago), time(hour)))

    def write(
        self,
        model: type[Kind],
        title: str,
        *,
        owner: str | None,
        name: str = "",
        unit: str = "tidewater",
        reviewed: int | None = 90,
        again: int | None = 275,
        **fields: Any,
    ) -> Kind:
        """One record, owned and reviewed; `name` is what later chapters call it."""
        made = model(
            title=title,
            owner=self.people[owner] if owner else None,
            unit=self.units[unit],
            reviewed_on=self.ago(reviewed) if reviewed is not None else None,
            review_due=self.ahead(again) if again is not None else None,
            **fields,
        )
        # The database holds the constraints itself: asking it about each beforehand takes long.
        made.full_clean(exclude=["kind", "number"], validate_constraints=False)
        made.save()
        if name:
            self.records[name] = made
        return made

    def approve(self, *records: Record, by: str = "h.lindqvist", days_ago: int = 80) -> None:
        """Sign off the records as they stand, on a day in the past."""
        for record in records:
            Approval.objects.create(
                record_id=record.pk, version=record.version, by=self.people[by],
                on=self.ago(days_ago),
            )  # fmt: skip

    def link(
        self, source: Record, *targets: Record, relation: str = Relation.SERVES, note: str = ""
    ) -> None:
        for target in targets:
            life.link(source, target, relation, note)

    def __getitem__(self, name: str) -> Any:
        """A record that an earlier chapter named."""
        return self.records[name]
