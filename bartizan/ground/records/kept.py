"""What was worked out from the records, kept for as long as the trail tells that it still stands.

Whatever the database was asked meanwhile is noted. What has changed since is asked of the trail,
so it does not matter who wrote it: every worker keeps its own, and each is right.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection

from bartizan.ground.records.news import Mark, mark_now, news_since
from bartizan.ground.records.reads import UNTOLD, Read, reads_in
from bartizan.ground.trail.acts import current_act

T = TypeVar("T")

_ears: ContextVar[tuple[set[Read], ...]] = ContextVar("ears", default=())


@contextmanager
def listening() -> Iterator[set[Read]]:
    """All that is looked at within, also by what was kept and need not ask again."""
    heard: set[Read] = set()

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if any(ears is heard for ears in _ears.get()):
            heard.update(reads_in(sql))
        return execute(sql, params, many, context)

    token = _ears.set((*_ears.get(), heard))
    try:
        with connection.execute_wrapper(listen):
            yield heard
    finally:
        _ears.reset(token)


@contextmanager
def _aside() -> Iterator[None]:
    """What is asked of the trail is not what anything was worked out from: nobody listens."""
    token = _ears.set(())
    try:
        yield
    finally:
        _ears.reset(token)


class Standing(NamedTuple):
    """What was worked out when the log stood at a mark, and what was looked at for it."""

    mark: Mark
    looked_at: frozenset[Read]
    found: Any


class Kept(Generic[T]):
    """What stands, by what it answers; when there is no more room, the oldest goes."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.standing: dict[Hashable, Standing] = {}
        self.turn = Lock()  # of the threads of a server, one at a time puts in or takes out

    def clear(self) -> None:
        self.standing.clear()

    def get(self, key: Hashable, now: Mark | None = None) -> T | None:
        """What is known of it and still stands, the log reaching to `now` if it was just asked."""
        known = self.standing.get(key)
        if known is None or current_act() is not None:  # what that wrote stands in no entry yet
            return None
        with _aside():
            news = None if known.mark == (now or mark_now()) else news_since(known.mark)
        if news and (news.touched is None or not known.looked_at.isdisjoint(news.touched)):
            with self.turn:
                self.standing.pop(key, None)
            return None
        if news:
            with self.turn:
                self.standing[key] = known._replace(mark=news.mark)
        for ears in _ears.get():
            ears |= known.looked_at
        found: T = known.found
        return found

    def keep(self, key: Hashable, mark: Mark, looked_at: frozenset[Read], found: T) -> None:
        """Keep it, unless the trail can't tell when it no longer stands."""
        if not mark.size or UNTOLD in looked_at or current_act() is not None:
            return
        with self.turn:
            while len(self.standing) >= self.room:
                self.standing.pop(next(iter(self.standing)))
            self.standing[key] = Standing(mark, looked_at, found)

    def once(self, key: Hashable, work: Callable[[], T], now: Mark | None = None) -> T:
        """What stands, or is worked out now."""
        known = self.get(key, now)
        if known is not None:
            return known
        with _aside():
            # Before anything is asked: what is written meanwhile is news later.
            mark = now or mark_now()
        with listening() as looked_at:
            found = work()
        self.keep(key, mark, frozenset(looked_at), found)
        return found
