"""How the verdicts have changed: the strip on the page of an item, the news on the first page."""

from collections.abc import Iterable

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import override

from bartizan.conformity.models import VerdictChange
from bartizan.conformity.outcome import sees_all
from bartizan.conformity.requirement import Value
from bartizan.conformity.verdict import Verdict
from bartizan.ground.people.models import Person
from bartizan.ground.trail.log import head


def note_changes(verdicts: Iterable[Verdict]) -> list[VerdictChange]:
    """Note each item that stands otherwise than when it was last noted, and tell which."""
    found = {verdict.requirement.id: verdict for verdict in verdicts}
    if not found:
        return []
    noted = VerdictChange.objects.filter(requirement__in=found)
    last = noted.order_by().values("requirement").annotate(pk__max=Max("pk")).values("pk__max")
    known = dict(noted.filter(pk__in=last).values_list("requirement", "verdict"))
    size, now = head().size, timezone.now()
    with override(None):
        changes = [
            VerdictChange(
                requirement=id,
                since=now,
                size=size,
                verdict=verdict.value,
                reason=verdict.reason,
                evidence=verdict.evidence_count,
                shortfalls=verdict.shortfall_count,
            )
            for id, verdict in found.items()
            if verdict.value != known.get(id, Value.NOT_ASSESSED)
        ]
    # Another worker may have noted the same at the same size of the log.
    VerdictChange.objects.bulk_create(changes, ignore_conflicts=True)
    return changes


def noted_for(person: Person) -> QuerySet[VerdictChange]:
    """The changes that somebody may know of.

    Only verdicts of all records together are noted. Whoever does not see all of them would learn
    from a change of what is hidden from them.
    """
    noted = VerdictChange.objects.all()
    return noted if sees_all(person) else noted.none()
