"""What the database knows of its own tables, by which it plans how to answer.

PostgreSQL counts its rows some time after they were written. Asked meanwhile, it takes a table of
thousands of rows for an empty one, and a question over several such tables can take it minutes.
"""

from django.db import connection


def count_rows() -> None:
    """Let the database look at its tables anew: after many rows came at once, and before questions.

    SQLite is let to when a command has brought rows, or a server starts (`cli/database.py`).
    """
    if connection.vendor == "postgresql":
        # Ours by name: the tables of PostgreSQL itself are shared with other databases.
        ours = map(connection.ops.quote_name, connection.introspection.django_table_names())
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(ours)}")
