"""What has changed since one last looked, asked of the trail."""

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db import connection

from bartizan.ground.records.queries import RECORDS
from bartizan.ground.records.reads import Read
from bartizan.ground.trail.models import Entry, Payload, Verb

TOO_MANY = 2_000  # rows touched: after an import of that size it is quicker to evaluate it all
COMPARED = 100  # rows of which it is told which columns changed; of more, that they changed


class Mark(NamedTuple):
    """How far the log went, and its last leaf: by it a log is known to be the same one."""

    size: int = 0
    leaf: bytes = b""


Keys = dict[tuple[str, str], set[str]]  # of the rows touched, for each table and kind


class News(NamedTuple):
    """Where the log stands, and the looks that now see something else than at an earlier mark."""

    mark: Mark
    touched: set[Read] | None = None  # None: too much to say, or the log is another one
    keys: Keys = {}


class Touch(NamedTuple):
    """An entry, as far as it tells what changed."""

    place: int
    leaf: bytes
    table: str
    key: str
    verb: str
    image: str | None


def mark_now() -> Mark:
    """How far the log goes."""
    last = _asked(LAST)
    return Mark(last[0].place + 1, bytes(last[0].leaf)) if last else Mark()


# Written out: putting them together takes Django longer than the rest of the news.
_ENTRIES = f"""
    SELECT e."index", e.leaf, e."table", e."key", e.verb, p.image
    FROM {Entry._meta.db_table} e LEFT JOIN {Payload._meta.db_table} p ON p.entry_id = e."index"
"""
LAST = f'{_ENTRIES} ORDER BY e."index" DESC LIMIT 1'
SINCE = f'{_ENTRIES} WHERE e."index" >= %s ORDER BY e."index" LIMIT {TOO_MANY + 1}'
BEFORE = f"""
    {_ENTRIES} WHERE e."table" = %s AND e."key" = %s AND e."index" < %s
    ORDER BY e."index" DESC LIMIT 1
"""


def _asked(statement: str, *parameters: int | str) -> list[Touch]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [Touch(*row) for row in cursor.fetchall()]


def news_since(old: Mark) -> News:
    """What has happened in the log since a mark."""
    touches = _asked(SINCE, max(old.size - 1, 0))
    if not touches:
        return News(Mark()) if old.size else News(Mark(), set())
    first, *later = touches
    too_many = len(touches) > TOO_MANY
    last = _asked(LAST)[0] if too_many else touches[-1]
    mark = Mark(last.place + 1, bytes(last.leaf))
    if too_many or old.size == 0 or first.place != old.size - 1 or bytes(first.leaf) != old.leaf:
        return News(mark)
    return _told(mark, later, old.size)


def _told(mark: Mark, touches: list[Touch], since: int) -> News:
    """The looks that these entries concern, and the rows."""
    row_of = attrgetter("table", "key")
    rows = [list(row) for _of, row in groupby(sorted(touches, key=row_of), key=row_of)]
    found: set[Read] = set()
    keys: Keys = defaultdict(set)
    for row in rows:
        last = row[-1]
        kinds = [""]
        if last.table == RECORDS:
            if last.image is None:
                return News(mark)
            kinds.append(json.loads(last.image)["kind"])
        columns = _changed(row, since) if len(rows) <= COMPARED else {""}
        found |= {Read(last.table, kind, column) for kind in kinds for column in columns}
        for kind in kinds:
            keys[last.table, kind].add(last.key)
    return News(mark, found, keys)


def _changed(row: list[Touch], since: int) -> Iterable[str]:
    """The columns of one row that are not what they were; "" if the row came or went."""
    last = row[-1]
    before = next(iter(_asked(BEFORE, last.table, last.key, since)), None)
    image = before and before.image
    if image is None or last.image is None or any(touch.verb != Verb.UPDATE for touch in row):
        return {""}
    old, new = json.loads(image), json.loads(last.image)
    return {column for column in old | new if old.get(column) != new.get(column)}
