"""What PostgreSQL's planner is told of a few statements, and of no others."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import DatabaseError, connection

# For a first row, or a first page, it likes to merge tables in the order of their keys: to find
# few it reads everything between them, and to find none all records.
FOR_A_FEW = {"enable_mergejoin": "off"}
# The rows first and what is shown of each behind them: there is no better order to look for, and
# it looks for one longer than it reads a page.
FOR_A_PAGE = FOR_A_FEW | {"join_collapse_limit": "1"}


@contextmanager
def told(settings: Mapping[str, str]) -> Iterator[None]:
    """Tell it so of what is asked within. SQLite has no such planner, and is told nothing.

    All of it travels in one go, and answers are waited for when they are fetched.
    """
    if not settings or connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    tell = connection.connection.execute

    def forget() -> None:
        for name in settings:
            tell(f"RESET {name}")

    with connection.wrap_database_errors, connection.connection.pipeline():
        for name, value in settings.items():
            tell(f"SET {name} = {value}")
        try:
            yield
        except DatabaseError:  # PostgreSQL has taken all of it back, and hears no more
            raise
        except BaseException:
            forget()
            raise
        forget()
