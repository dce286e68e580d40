"""Through whose eyes something is reckoned that no query can say.

A query is altered so that hidden records do not exist in it. What is computed from many rows (a
network, a sum over all) has to be computed from the rows that somebody may see: it asks here who
that is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bartizan.ground.people.models import Person

_looker: ContextVar[Person | None] = ContextVar("looker", default=None)


def looker() -> Person | None:
    """Who looks; None: nothing is hidden."""
    return _looker.get()


@contextmanager
def looking_as(person: Person | None) -> Iterator[None]:
    """What is reckoned within is reckoned from what this person may see."""
    token = _looker.set(person)
    try:
        yield
    finally:
        _looker.reset(token)
