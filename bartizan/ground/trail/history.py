"""The history of one record, read from the trail: who changed what, when and why."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import F, Model

from bartizan.ground.trail import images
from bartizan.ground.trail.models import Act, Entry, Verb

Values = dict[str, Any]


class Change(NamedTuple):
    """What one act did to a record: all its columns before and after, as Python values.

    Before a record was made, and after it was deleted, there is nothing: None. Columns whose
    payload was erased are not there.
    """

    entry_index: int
    act: Act
    at: datetime
    person_id: int | None
    verb: str
    before: Values | None
    after: Values | None


def history(instance: Model) -> list[Change]:
    """The changes of a record, newest first. A record in two tables has one history."""
    model = type(instance)
    parts: list[images.Model] = [*model._meta.get_parent_list(), model]
    entries = (
        Entry.objects.using(instance._state.db)
        .filter(table__in=[part._meta.db_table for part in parts], key=str(instance.pk))
        .select_related("act")
        .defer("leaf", "commitment")
        .annotate(image=F("payload__image"))
        .order_by("index")
    )
    return [*changes({part._meta.db_table: part for part in parts}, entries)][::-1]


def changes(parts: dict[str, images.Model], entries: Any) -> Iterator[Change]:
    """The entries of one record, oldest first, as changes: one for each act."""
    state: dict[str, Values] = {}
    for act, group in groupby(entries, key=lambda entry: entry.act):
        before, erased = merged(state), False
        for entry in group:
            erased = erased or entry.verb == Verb.ERASE
            if entry.verb == Verb.DELETE:
                state.pop(entry.table, None)
            elif entry.verb != Verb.ERASE:
                image = images.load(entry.image) if entry.image is not None else {}
                state[entry.table] = images.values(parts[entry.table], image)
        after = merged(state)
        if erased:
            verb = Verb.ERASE
        elif before is None:
            verb = Verb.INSERT
        else:
            verb = Verb.DELETE if after is None else Verb.UPDATE
        yield Change(entry.index, act, act.at, act.person_id, verb, before, after)


def merged(state: dict[str, Values]) -> Values | None:
    """The columns of all the tables a record stands in, as one."""
    if not state:
        return None
    return {name: value for values in state.values() for name, value in values.items()}
