"""The database writes the trail itself: triggers on every trailed table, on both engines.

A write inside an act leaves the row's image in a staging table, from which leaving the act makes
entries. A write outside one is refused: `write without an act`. So bulk updates, many-to-many
rows and cascades are caught like any other write, and nothing in Python has to remember to call
anything. Further triggers refuse to change or delete what the trail has kept.

The schema an image is written under is a word in its trigger: the app's last migration at the
time the trigger was made, with exactly the columns there were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from bartizan.ground.trail import models as trail
from bartizan.ground.trail.appending import POSTGRESQL_APPEND
from bartizan.ground.trail.images import Model, columns, trailed_models

KEPT = [trail.Act, trail.Entry, trail.Payload, trail.Tile, trail.Checkpoint]
ERASABLE = {(trail.Payload, "DELETE"), (trail.Act, "UPDATE")}

STAGED = {
    "sqlite": """CREATE TABLE IF NOT EXISTS trail_staged (
        id integer PRIMARY KEY, "table" text, key text, verb text, schema text, image text)""",
    # Nothing in it outlives a transaction, so it need not outlive a crash.
    "postgresql": """CREATE UNLOGGED TABLE IF NOT EXISTS trail_staged (
        id bigint GENERATED ALWAYS AS IDENTITY,
        "table" text, key text, verb text, schema text, image text)""",
}

POSTGRESQL_FUNCTIONS = """
CREATE OR REPLACE FUNCTION trail_stage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    act text := coalesce(current_setting('bartizan.act', true), '');
    old_key text;
    new_key text;
    what text := lower(TG_OP);
BEGIN
    IF act = 'lifted' THEN
        RETURN NULL;
    ELSIF act = '' THEN
        RAISE EXCEPTION 'write without an act' USING ERRCODE = 'integrity_constraint_violation';
    ELSIF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'an emptied table leaves no images'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP <> 'INSERT' THEN
        old_key := to_jsonb(OLD) ->> TG_ARGV[0];
    END IF;
    IF TG_OP <> 'DELETE' THEN
        new_key := to_jsonb(NEW) ->> TG_ARGV[0];
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NULL;
        ELSIF old_key <> new_key THEN
            INSERT INTO trail_staged ("table", key, verb, schema)
            VALUES (TG_TABLE_NAME, old_key, 'delete', TG_ARGV[1]);
            what := 'insert';
        END IF;
    END IF;
    INSERT INTO trail_staged ("table", key, verb, schema, image) VALUES (
        TG_TABLE_NAME, coalesce(new_key, old_key), what, TG_ARGV[1],
        CASE WHEN TG_OP <> 'DELETE' THEN (to_jsonb(NEW) - TG_ARGV[2]::text[])::text END);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('bartizan.act', true) = 'lifted'
        OR (TG_ARGV[0] = TG_OP AND current_setting('bartizan.erasing', true) = 'yes')
    THEN
        RETURN CASE WHEN TG_OP = 'UPDATE' THEN NEW WHEN TG_OP = 'DELETE' THEN OLD END;
    END IF;
    RAISE EXCEPTION 'the trail is kept' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def last_migrations(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The last migration applied to each app: the schema its tables now have."""
    applied = MigrationRecorder(connection).applied_migrations()
    return dict(sorted(applied))


def schema(model: Model, migrations: dict[str, str]) -> str:
    label = model._meta.app_label
    return f"{label}.{migrations[label]}" if label in migrations else label


# -- SQLite ---------------------------------------------------------------------------------------


def sqlite_value(field: models.Field[Any, Any], row: str) -> str:
    """How a column of a row is put into an image."""
    column = f'{row}."{field.column}"'
    while field.remote_field is not None and hasattr(field, "target_field"):
        field = field.target_field
    if isinstance(field, models.BinaryField):
        return f"CASE WHEN {column} IS NOT NULL THEN hex({column}) END"
    if isinstance(field, models.FloatField | models.DecimalField):
        return f"json(exact({column}))"
    if isinstance(field, models.JSONField):
        return f"json({column})"
    return column


def sqlite_image(model: Model, row: str) -> str:
    """The image of a row: NEW in a trigger, a table elsewhere."""
    pairs = (f"{quoted(str(f.column))}, {sqlite_value(f, row)}" for f in columns(model))
    return f"json_object({', '.join(pairs)})"


def sqlite_triggers(model: Model, schema: str) -> Iterator[tuple[str, str]]:
    """The three triggers of one table, by name."""
    meta = model._meta
    table, key = meta.db_table, meta.pk.column
    changed = " OR ".join(f'OLD."{f.column}" IS NOT NEW."{f.column}"' for f in columns(model))
    moved = f'OLD."{key}" IS NOT NEW."{key}"'
    stage = 'INSERT INTO trail_staged ("table", key, verb, schema, image)'
    into, under = quoted(table), quoted(schema)
    deleted = f"""SELECT {into}, OLD."{key}", 'delete', {under}, NULL"""
    written = f"""SELECT {into}, NEW."{key}", %s, {under}, {sqlite_image(model, "NEW")}"""
    inside = "WHERE current_act() = 1"
    verb = f"CASE WHEN {moved} THEN 'insert' ELSE 'update' END"
    bodies = {
        "insert": [f"{stage} {written % quoted('insert')} {inside}"],
        "update": [
            f"{stage} {deleted} {inside} AND {moved}",
            f"{stage} {written % verb} {inside} AND ({changed})",
        ],
        "delete": [f"{stage} {deleted} {inside}"],
    }
    for event, statements in bodies.items():
        name = f"trail_{table}_{event}"
        body = "; ".join(
            [
                "SELECT RAISE(ABORT, 'write without an act') WHERE current_act() IS NULL",
                *statements,
            ]
        )
        yield name, f'CREATE TRIGGER "{name}" AFTER {event.upper()} ON "{table}" BEGIN {body}; END'


def sqlite_guards() -> Iterator[tuple[str, str]]:
    """The triggers that refuse to change or delete what the trail has kept, by name."""
    for model in KEPT:
        table = model._meta.db_table
        for event in ("UPDATE", "DELETE"):
            unless = "coalesce(current_act(), 1) = 1"
            if (model, event) in ERASABLE:
                unless += " AND NOT erasing()"
            name = f"trail_keep_{table}_{event.lower()}"
            yield (
                name,
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" BEGIN '
                f"SELECT RAISE(ABORT, 'the trail is kept') WHERE {unless}; END",
            )


def sqlite_wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    migrations, present = last_migrations(connection), connection.introspection.table_names()
    wanted = dict(sqlite_guards())
    for model in trailed_models():
        if model._meta.db_table in present:
            wanted.update(sqlite_triggers(model, schema(model, migrations)))
    return wanted


def sqlite_present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'trail_*'"
        )
        return dict(cursor.fetchall())


# -- PostgreSQL -----------------------------------------------------------------------------------


def left_out(model: Model) -> str:
    """The columns left out of an image, as an array of PostgreSQL."""
    held = columns(model)
    names = [f'"{f.column}"' for f in model._meta.local_concrete_fields if f not in held]
    return "{" + ",".join(names) + "}"


def postgresql_image(model: Model, row: str) -> str:
    """The image of a row, as `trail_stage` makes it."""
    return f"(to_jsonb({row}) - {quoted(left_out(model))}::text[])::text"


def postgresql_triggers(model: Model, schema: str) -> Iterator[tuple[str, str]]:
    """The two triggers of one table, by table and name: for rows, and for emptying it."""
    meta = model._meta
    arguments = ", ".join(map(quoted, [str(meta.pk.column), schema, left_out(model)]))
    yield (
        f"{meta.db_table} trail_write",
        f'CREATE TRIGGER trail_write AFTER INSERT OR DELETE OR UPDATE ON "{meta.db_table}" '
        f"FOR EACH ROW EXECUTE FUNCTION trail_stage({arguments})",
    )
    yield (
        f"{meta.db_table} trail_empty",
        f'CREATE TRIGGER trail_empty BEFORE TRUNCATE ON "{meta.db_table}" '
        f"FOR EACH STATEMENT EXECUTE FUNCTION trail_stage()",
    )


def postgresql_guards() -> Iterator[tuple[str, str]]:
    for model in KEPT:
        table = model._meta.db_table
        erasable = ", ".join(quoted(event) for kept, event in ERASABLE if kept is model)
        yield (
            f"{table} trail_keep",
            f'CREATE TRIGGER trail_keep BEFORE DELETE OR UPDATE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION trail_refuse({erasable})",
        )
        yield (
            f"{table} trail_empty",
            f'CREATE TRIGGER trail_empty BEFORE TRUNCATE ON "{table}" '
            f"FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()",
        )


def postgresql_wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    migrations, present = last_migrations(connection), connection.introspection.table_names()
    wanted = dict(postgresql_guards())
    for model in trailed_models():
        if model._meta.db_table in present:
            wanted.update(postgresql_triggers(model, schema(model, migrations)))
    return wanted


def postgresql_present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The enabled triggers as PostgreSQL tells them, brought to the form we write them in."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid, true), t.tgenabled
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE t.tgname LIKE 'trail\\_%%' AND c.relnamespace = current_schema()::regnamespace"""
        )
        return {
            f"{table} {name}": definition.replace(f" ON {table} ", f' ON "{table}" ')
            if enabled in ("O", "A")
            else "disabled"
            for table, name, definition, enabled in cursor.fetchall()
        }


# -- both -----------------------------------------------------------------------------------------


def differences(connection: BaseDatabaseWrapper) -> tuple[dict[str, str], list[str]]:
    """Triggers to make, as the statement that makes each, and triggers to drop, by name."""
    sqlite = connection.vendor == "sqlite"
    wanted = (sqlite_wanted if sqlite else postgresql_wanted)(connection)
    standing = present(connection)
    make = {name: sql for name, sql in wanted.items() if standing.get(name) != sql}
    return make, [name for name in standing if name not in wanted or name in make]


def replaced(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that stand under their name and do something else.

    Nobody but us knows what they have to say: the verifier asks only whether they are there.
    """
    make, _drops = differences(connection)
    found = sorted(make.keys() & present(connection).keys())
    return found + (changed_functions(connection) if connection.vendor == "postgresql" else [])


def changed_functions(connection: BaseDatabaseWrapper) -> list[str]:
    """The functions behind the triggers of PostgreSQL that are not as we wrote them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT proname, prosrc FROM pg_proc
            WHERE proname IN ('trail_stage', 'trail_refuse')
            AND pronamespace = current_schema()::regnamespace"""
        )
        return sorted(name for name, body in cursor if body not in POSTGRESQL_FUNCTIONS)


def present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers that stand in a database, by name."""
    return (sqlite_present if connection.vendor == "sqlite" else postgresql_present)(connection)


def drop(connection: BaseDatabaseWrapper, names: Iterable[str]) -> None:
    """Take triggers down, by name."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in names:
            if connection.vendor == "sqlite":
                cursor.execute(f'DROP TRIGGER "{name}"')
            else:
                table, trigger = name.rsplit(" ", 1)
                cursor.execute(f'DROP TRIGGER {trigger} ON "{table}"')


def install(connection: BaseDatabaseWrapper) -> None:
    """Bring the triggers into agreement with the models. What already agrees stays."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(STAGED[connection.vendor])
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTIONS + POSTGRESQL_APPEND)
        make, drops = differences(connection)
        drop(connection, drops)
        for statement in make.values():
            cursor.execute(statement)


def install_after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Migrations rebuild tables, and a rebuilt table has lost its triggers."""
    install(connections[using])
