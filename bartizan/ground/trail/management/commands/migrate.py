"""Migrate with the trail: Django's own command, in an act. An empty database is founded at once.

A table with triggers cannot be altered freely, so they are taken down first and put up again at
the end, whatever happens. Then every row whose image is no longer the one in the trail leaves an
entry: it has other columns now, or the migration wrote it.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from bartizan.ground.trail import triggers
from bartizan.ground.trail.acts import act
from bartizan.ground.trail.founding import found
from bartizan.ground.trail.images import trailed_models
from bartizan.ground.trail.models import Entry, Through
from bartizan.ground.trail.staging import stage_differences


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        connection = connections[options["database"]]
        before = triggers.last_migrations(connection)
        triggers.drop(connection, triggers.present(connection))
        try:
            if not options["app_label"]:
                found(connection)
            super().handle(*args, **options)
        finally:
            if Entry._meta.db_table in connection.introspection.table_names():
                triggers.install(connection)
        after = triggers.last_migrations(connection)
        changed = {label for label in after if after[label] != before.get(label)}
        if "trail" in after and changed:
            self.leave_entries(connection.alias, {label: after[label] for label in changed})

    def leave_entries(self, alias: str, changed: dict[str, str]) -> None:
        """Leave entries for what the migrations did to rows, as one act of the system."""
        altered = [model for model in trailed_models() if model._meta.app_label in changed]
        present = connections[alias].introspection.table_names()
        why = ", ".join(f"{label}.{name}" for label, name in sorted(changed.items()))
        with (
            act(None, through=Through.COMMAND, why=f"migrate: {why}", using=alias),
            connections[alias].cursor() as cursor,
        ):
            for model in altered:
                if model._meta.db_table in present:
                    stage_differences(cursor, model)
