"""Images of rows as they stand, staged without being written: for entries nobody's write made.

After a migration the rows of altered tables have other columns, and some may have been written by
the migration itself; after an erasure a row that did not change has lost its last image.
"""

from typing import Any

from django.db.models import Model

from bartizan.ground.trail import images, triggers


def image(model: images.Model, vendor: str) -> str:
    """The SQL of the image of a row of this model's table."""
    table = f'"{model._meta.db_table}"'
    if vendor == "sqlite":
        return triggers.sqlite_image(model, table)
    return triggers.postgresql_image(model, table)


def stage(cursor: Any, instance: Model, model: images.Model) -> None:
    """Stage the image of one row as it stands, if it still does."""
    table, key = model._meta.db_table, model._meta.pk.column
    schema = triggers.schema(model, triggers.last_migrations(cursor.db))
    cursor.execute(
        'INSERT INTO trail_staged ("table", key, verb, schema, image)'
        f" SELECT %s, %s, 'update', %s, {image(model, cursor.db.vendor)}"
        f' FROM "{table}" WHERE "{key}" = %s',
        [table, str(instance.pk), schema, instance.pk],
    )


def stage_differences(cursor: Any, model: images.Model) -> None:
    """Stage every row of a table that is not as its last image says, or has none, or is gone."""
    table, key = model._meta.db_table, model._meta.pk.column
    schema = triggers.schema(model, triggers.last_migrations(cursor.db))
    now = image(model, cursor.db.vendor)
    last = (
        f'(SELECT max("index") FROM trail_entry e WHERE e."table" = %s'
        f' AND e.key = CAST("{table}"."{key}" AS text) AND e.verb <> \'erase\')'
    )
    cursor.execute(
        'INSERT INTO trail_staged ("table", key, verb, schema, image)'
        f' SELECT %s, CAST("{key}" AS text),'
        f" CASE WHEN {last} IS NULL THEN 'insert' ELSE 'update' END, %s, {now}"
        f' FROM "{table}" WHERE NOT EXISTS (SELECT 1 FROM trail_payload p'
        f" WHERE p.entry_id = {last} AND p.image = {now})",
        [table, table, schema, table],
    )
    cursor.execute(
        'INSERT INTO trail_staged ("table", key, verb, schema, image)'
        " SELECT e.\"table\", e.key, 'delete', %s, NULL FROM trail_entry e"
        ' JOIN (SELECT max("index") AS last FROM trail_entry WHERE "table" = %s'
        " AND verb <> 'erase' GROUP BY key) m ON e.\"index\" = m.last"
        f" WHERE e.verb <> 'delete' AND NOT EXISTS"
        f' (SELECT 1 FROM "{table}" WHERE CAST("{table}"."{key}" AS text) = e.key)',
        [schema, table],
    )
