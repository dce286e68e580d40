"""How many rows a list has, and which of them nobody looks after: what its first line says.

Nobody counts further than UP_TO: what is too much to read is too much to act on. No page waits for
what no index holds together: it knows that it is full, and how many there are once it is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard, cast

from django.db import models
from django.db.models import Count, Q
from django.db.models.sql.where import ExtraWhere
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bartizan.ground.people.models import Person
from bartizan.ground.records import keyset
from bartizan.ground.records.models import Record, RecordQuerySet, Status

UP_TO = 10_000


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows, how many past their review, how many without an owner.

    One more than `limit` where there are more, and then of the others None: it would take reading
    them all. Rows that are no records have neither reviews nor owners.
    """

    total: int
    late: int | None = None
    nobody: int | None = None
    limit: int = UP_TO
    of_records: bool = True

    @property
    def cut(self) -> bool:
        """Are there more rows than were counted?"""
        return self.total > self.limit

    @property
    def unfinished(self) -> bool:
        """May somebody still want to hear how many they are?"""
        return self.cut and self.limit < UP_TO

    @property
    def count(self) -> str:
        return f"{_number(self.limit)}+" if self.cut else _number(self.total)

    @property
    def sentence(self) -> str:
        """An answer, not a count."""
        if not self.total:
            return _("Nothing here yet.")
        if not self.of_records:
            return ngettext("One entry.", "%(count)s entries.", self.total) % {"count": self.count}
        if self.late is None or self.nobody is None:
            return _("More than %(limit)s: filter further to hear which are past their review.") % {
                "limit": _number(self.limit)
            }
        if not self.late and not self.nobody:
            return _("All of these have an owner, and no review is overdue.")
        parts = []
        if self.late:
            parts.append(
                ngettext("one is past its review", "%(count)s are past their review", self.late)
                % {"count": _number(self.late)}
            )
        if self.nobody:
            parts.append(
                ngettext("one has no owner", "%(count)s have no owner", self.nobody)
                % {"count": _number(self.nobody)}
            )
        sentence = _(" and ").join(parts)
        return f"{sentence[0].upper()}{sentence[1:]}."


def tally(rows: models.QuerySet) -> Tally:
    """Of all rows, up to UP_TO."""
    if not isinstance(rows, RecordQuerySet):
        (total,) = keyset.counts(UP_TO, rows)
        return Tally(total, of_records=False)
    if slow(rows):
        return _row_by_row(rows)
    now = rows.current()
    # Each along an index of its own: one count of all of them would read every row.
    total, overdue, unowned, left = keyset.counts(
        UP_TO, rows, now.filter(_past()), now.filter(owner=None), now.filter(owner__in=_gone())
    )
    return Tally(total, overdue, unowned + left)


def of_these(rows: Sequence[models.Model]) -> Tally:
    """Of rows that are all at hand, and need not be counted by the database."""
    if not isinstance(rows[0], Record):
        return Tally(len(rows), of_records=False)
    today, gone = timezone.localdate(), set(_gone().values_list("pk", flat=True))
    now = [row for row in cast("Sequence[Record]", rows) if row.status != Status.RETIRED]
    late = sum(row.review_due is not None and row.review_due < today for row in now)
    nobody = sum(row.owner_id is None or row.owner_id in gone for row in now)
    return Tally(len(rows), late, nobody)


def slow(rows: models.QuerySet) -> TypeGuard[RecordQuerySet]:
    """Is there no index to count these records along, as of a kind's own fields and of words?"""
    if not isinstance(rows, RecordQuerySet):
        return False
    return keyset.narrowed(rows) or any(
        isinstance(condition, ExtraWhere) for condition in rows.query.where.leaves()
    )


def _row_by_row(rows: RecordQuerySet) -> Tally:
    """Where no index holds the condition each row is read anyhow, so once for all three."""
    now = ~Q(status=Status.RETIRED)
    total, late, nobody = (
        rows.order_by()[: UP_TO + 1]
        .aggregate(
            total=Count("pk"),
            late=Count("pk", filter=now & _past()),
            nobody=Count("pk", filter=now & (Q(owner=None) | Q(owner__in=_gone()))),
        )
        .values()
    )
    return Tally(total, limit=UP_TO) if total > UP_TO else Tally(total, late, nobody)


def _number(count: int) -> str:
    return number_format(count, use_l10n=True, force_grouping=True)


def _past() -> Q:
    return Q(review_due__lt=timezone.localdate())


def _gone() -> models.QuerySet:
    return Person.objects.filter(is_active=False).order_by().values("pk")
