"""What the database knows of its own tables, by which it plans how to answer.

By the counts of its rows it decides in which order tables are read. PostgreSQL counts them some
time after they were written: asked meanwhile, it takes a table of thousands for an empty one, and a
question over several such tables can take it minutes. SQLite never counts by itself.
"""

from django.db import connection

from bartizan.ground.records.models import Record

MANY = 100  # rows; fewer change no plan
RECORDS = Record._meta.db_table


def count_after(written: int) -> None:
    """Let the database count anew after so many new rows, whatever way they came in.

    SQLite reads all it has for that, so there they have to be many beside what is known.
    """
    if written <= MANY:
        return
    if connection.vendor == "postgresql":
        # Ours by name: the tables of PostgreSQL itself are shared with other databases.
        ours = map(connection.ops.quote_name, connection.introspection.django_table_names())
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(ours)}")
    elif written > _known() / 2 or _has_changed():
        _count()


def count_at_start() -> None:
    """Let SQLite count what came little by little. PostgreSQL looks after itself."""
    if connection.vendor == "sqlite" and _has_changed():
        _count()


def _has_changed() -> bool:
    """Has the number of records doubled or halved since they were counted?"""
    known = _known()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {RECORDS}")
        [now] = cursor.fetchone()
    return not known or not known / 2 <= now <= known * 2


def _known() -> int:
    """How many records SQLite takes there to be; 0 where it has never counted them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")
        [counted] = cursor.fetchone()
        if not counted:
            return 0
        cursor.execute("SELECT max(stat + 0) FROM sqlite_stat1 WHERE tbl = %s", [RECORDS])
        [known] = cursor.fetchone()
    return known or 0


def _count() -> None:
    """Let SQLite count all its tables, and every connection to it know."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        # Counted while there are few, its own tables would be read whole, over and over, when the
        # index of words has grown and puts its parts together.
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl GLOB 'records_fts*'")
        # Connections, this one too, read the counts with the schema, and that when it has changed.
        cursor.execute("PRAGMA schema_version")
        [version] = cursor.fetchone()
        cursor.execute(f"PRAGMA schema_version = {version + 1}")
