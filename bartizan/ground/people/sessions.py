"""How long somebody stays signed in, and where (OWASP ASVS 5.0, V7).

A session ends a while after it began, whatever happens in it, or once nobody has used it for a
shorter while. Whoever is signed in sees where else they are, and can end that.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bartizan.ground.people.models import Person

IDLE = 2 * 60 * 60  # seconds without a request, after which a session has ended
NOTED_EVERY = 5 * 60  # seconds: writing down each request would cost each a write

SINCE, SEEN, BROWSER = "since", "seen", "browser"


@dataclass(frozen=True)
class Stay:
    """One session of somebody: since when, when last used (about), and with which browser."""

    key: str
    since: datetime
    seen: datetime
    browser: str


@receiver(user_logged_in)
def begin(request: HttpRequest, **_signal: Any) -> None:
    session, now = request.session, int(time())
    session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    session[SINCE] = session[SEEN] = now
    session[BROWSER] = browser(request.META.get("HTTP_USER_AGENT", ""))


class IdleSessions:
    """Ends the session that comes after too long a silence; it was whoever sits there now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.session
        if SESSION_KEY in session:
            silence = time() - session.get(SEEN, 0)
            if silence > IDLE:
                session.flush()
            elif silence > NOTED_EVERY:
                session[SEEN] = int(time())
        return self.get_response(request)


def stays(person: Person) -> list[Stay]:
    """Where somebody is signed in, the latest used first."""
    found = (
        Stay(key, _moment(data[SINCE]), _moment(data[SEEN]), data[BROWSER])
        for key, data in _of(person)
        if time() - data.get(SEEN, 0) <= IDLE
    )
    return sorted(found, key=lambda stay: stay.seen, reverse=True)


def end(person: Person, but: str | None = None) -> int:
    """Sign somebody out everywhere `but` in the session of this key; out of how many it was."""
    keys = [key for key, _data in _of(person) if key != but]
    ended, _rows = Session.objects.filter(pk__in=keys).delete()
    return ended


def _of(person: Person) -> Iterator[tuple[str, dict[str, Any]]]:
    """The sessions of somebody: whose one is stands within it, so all are looked at."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        data = session.get_decoded()
        if data.get(SESSION_KEY) == str(person.pk):
            yield session.pk, data


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


# Looked for in this order: most browsers say the names of others as well.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Macintosh": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def browser(says: str) -> str:
    """What a browser is, in a few words, from what it says (`User-Agent`); "" if unknown."""
    names = (
        next((name for mark, name in known.items() if mark in says), "")
        for known in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, names))
