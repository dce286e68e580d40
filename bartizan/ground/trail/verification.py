"""Verify the trail of a running installation, on either engine, with the verifier auditors use."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from bartizan.ground.trail import checkpoints, verifier
from bartizan.ground.trail.images import trailed_models
from bartizan.ground.trail.keys import signer
from bartizan.ground.trail.log import snapshot
from bartizan.ground.trail.triggers import replaced


def verify(
    using: str = DEFAULT_DB_ALIAS, keys: Sequence[str] = (), held: str | None = None
) -> verifier.Report:
    """Verify the whole log, every trailed table and the triggers that write it, at one moment.

    Trusted are the keys given, or the installation's own. If no checkpoint is given, the log must
    continue the last one handed out here, which is kept outside the database.
    """
    connection = connections[using]

    def rows(query: str) -> Iterator[Sequence[Any]]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            yield from cursor.fetchall()

    if held is None and using == DEFAULT_DB_ALIAS:
        held = checkpoints.held()
    tables = [model._meta.db_table for model in trailed_models()]
    with snapshot(using):
        keys = keys or [signer().verification_key]
        report = verifier.verify(rows, connection.vendor, keys, held, tables)
        for name in replaced(connection):
            report.found(f"the trigger {name} does not say what it has to")
    return report
