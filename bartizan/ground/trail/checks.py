"""What is wrong with the trail's set-up, named at start-up with an id and a hint."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections, models
from django.db.migrations.recorder import MigrationRecorder

from bartizan.ground.trail.images import trailed_models
from bartizan.ground.trail.triggers import differences


@checks.register(checks.Tags.models)
def keys_are_numbers(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """A key stands in the leaf for ever, so it must be nothing but a number."""
    return [
        checks.Error(
            f"The rows of {model._meta.label} are not known by a number.",
            hint="Give the model an integer primary key: leaves keep keys for ever.",
            obj=model,
            id="trail.E001",
        )
        for model in trailed_models()
        if not isinstance(
            getattr(model._meta.pk, "target_field", model._meta.pk), models.IntegerField
        )
    ]


@checks.register(checks.Tags.database)
def triggers_agree(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """The triggers in the database are those the models ask for, neither fewer nor others."""
    found: list[checks.CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if not MigrationRecorder(connection).has_table():
            continue  # an empty database: migrate will install them
        make, drops = differences(connection)
        if names := sorted({*make, *drops}):
            found.append(
                checks.Error(
                    f"Triggers of the trail differ from the models: {', '.join(names)}.",
                    hint="Run `bartizan verify` to learn what was written meanwhile,"
                    " then `manage.py migrate` to install them.",
                    id="trail.E002",
                )
            )
    return found


@checks.register(checks.Tags.database)
def writers_wait_their_turn(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """On SQLite an act must be the only writer from its first statement on."""
    return [
        checks.Error(
            f"The database {alias!r} does not begin transactions IMMEDIATE.",
            hint='Set OPTIONS["transaction_mode"] to "IMMEDIATE".',
            id="trail.E003",
        )
        for alias in databases or []
        if connections[alias].vendor == "sqlite"
        and connections[alias].settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE"
    ]
