"""The indexes of the search, which differ by engine: see `records/search.py`."""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    # The words stand in the table of search texts; FTS5 keeps only the index.
    "CREATE VIRTUAL TABLE records_fts USING fts5("
    "body, content='records_searchtext', content_rowid='record_id', tokenize='trigram')",
    "CREATE TRIGGER records_fts_insert AFTER INSERT ON records_searchtext BEGIN"
    " INSERT INTO records_fts (rowid, body) VALUES (NEW.record_id, NEW.body); END",
    "CREATE TRIGGER records_fts_delete AFTER DELETE ON records_searchtext BEGIN"
    " INSERT INTO records_fts (records_fts, rowid, body)"
    " VALUES ('delete', OLD.record_id, OLD.body); END",
]

POSTGRESQL = [
    # All runs of three characters, as an array: what pg_trgm does, without the extension.
    "CREATE FUNCTION bartizan_grams(body text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT"
    " PARALLEL SAFE AS $$ SELECT array_agg(DISTINCT substr(body, place, 3))"
    " FROM generate_series(1, greatest(length(body) - 2, 1)) AS place $$",
    "CREATE INDEX records_searchtext_grams ON records_searchtext USING gin (bartizan_grams(body))",
]


def create(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE records_fts")
    else:
        schema_editor.execute("DROP FUNCTION bartizan_grams(text) CASCADE", params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="SearchState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("leaf", models.BinaryField(default=b"")),
            ],
            options={
                "verbose_name": "state of the search",
                "verbose_name_plural": "states of the search",
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="records.record",
                    ),
                ),
                ("body", models.TextField()),
            ],
            options={"verbose_name": "search text", "verbose_name_plural": "search texts"},
        ),
        migrations.RunPython(create, drop),
    ]
