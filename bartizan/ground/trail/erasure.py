"""Erasing what the trail knows of somebody, without breaking it.

What an entry commits to stands apart from its leaf and can go: image and salt. What stays is the
leaf, and from a salted hash without its salt nothing can be learned. The erasure is itself an
entry, with its legal basis; so a missing image is either explained by one, or is tampering.

The live row is the caller's: make it anonymous in the same act. What it then is remains.

    with act(officer, through="page", why="Request of 3 May, granted."):
        erase(person, "GDPR Art. 17(1)(a)", reasons=True)
        person.name = person.email = ""
        person.save()

Backups made before still hold what was erased, until they are too old to be kept.
"""

import json
from typing import Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections
from django.db.models import Model

from bartizan.ground.trail.acts import current_act
from bartizan.ground.trail.models import Act, Entry, Payload, Verb
from bartizan.ground.trail.staging import stage
from bartizan.ground.trail.standing import erasing


def erase(instance: Model, legal_basis: str, *, reasons: bool = False) -> list[int]:
    """Erase all images of a record so far; with `reasons`, also why those acts were done.

    The indexes of the entries whose images went. The legal basis is kept for ever: name a law in
    it, not a person.
    """
    using = instance._state.db or DEFAULT_DB_ALIAS
    if current_act(using) is None:
        raise IntegrityError("write without an act")
    erased: list[int] = []
    with erasing(using), connections[using].cursor() as cursor:
        for model in [*instance._meta.get_parent_list(), type(instance)]:
            row = model._meta.db_table, str(instance.pk)
            erased += erase_row(cursor, *row, legal_basis, reasons)
            stage(cursor, instance, model)
    return sorted(erased)


def erase_row(cursor: Any, table: str, key: str, legal_basis: str, reasons: bool) -> list[int]:
    """Erase the images of one row, and stage the entry that says so."""
    using = cursor.db.alias
    entries = Entry.objects.using(using).filter(table=table, key=key).exclude(verb=Verb.ERASE)
    left = list(
        entries.filter(payload__isnull=False).order_by("index").values_list("index", flat=True)
    )
    acts: list[int] = []
    if reasons:
        said = Act.objects.using(using).filter(entries__in=entries).exclude(why="").distinct()
        acts = list(said.order_by("id").values_list("id", flat=True))
    if left or acts:
        Payload.objects.using(using).filter(pk__in=left).delete()
        Act.objects.using(using).filter(pk__in=acts).update(why="", salt=b"")
        what = {"acts": acts, "basis": legal_basis, "entries": left}
        cursor.execute(
            'INSERT INTO trail_staged ("table", key, verb, schema, image)'
            " VALUES (%s, %s, %s, '', %s)",
            [table, key, Verb.ERASE, json.dumps(what, sort_keys=True)],
        )
    return left
