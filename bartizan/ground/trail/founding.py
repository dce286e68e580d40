"""The tables of an empty database at once, as all migrations together leave them.

Django runs one operation after the other and draws up every model anew after each. With some
hundred kinds of rows that takes most of a minute, and nobody learns anything from it where there
are no rows. Here the last state is drawn up once and its tables are made; then come those
operations that run code of their own, in their order. A test holds both ways to the same schema.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython, RunSQL


def found(connection: BaseDatabaseWrapper) -> None:
    """Make all tables in a database that has none; leave any other database alone."""
    if connection.introspection.table_names():
        return
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    state = executor.loader.project_state()
    executor.recorder.ensure_schema()
    with connection.schema_editor() as editor:
        for model in state.apps.get_models():
            migrated = model._meta.app_label in executor.loader.migrated_apps
            if migrated and model._meta.can_migrate(connection):
                editor.create_model(model)
    with connection.schema_editor() as editor:
        for migration, _backwards in plan:
            for operation in migration.operations:
                if isinstance(operation, RunPython | RunSQL):
                    operation.database_forwards(migration.app_label, editor, state, state)
    for migration, _backwards in plan:
        executor.recorder.record_applied(migration.app_label, migration.name)
