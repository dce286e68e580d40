"""Getting in: one-time links, and how often somebody may try (OWASP ASVS 5.0, V6.3).

A one-time link replaces default passwords: the installation prints one, an administrator makes
one for whoever is new or forgot, and each works once.
"""

import hashlib
import secrets
from contextlib import suppress
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from bartizan.ground.people.models import Person, SignInLink

LINK_LIFE = timedelta(hours=1)
TRIES = 10
TRIES_WINDOW = 300  # seconds


def make_link(person: Person, life: timedelta = LINK_LIFE) -> str:
    """The secret of a new one-time link for `person`; only its hash is stored."""
    secret = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        person=person, secret_sha256=_hash(secret), expires_at=timezone.now() + life
    )
    return secret


def redeem(secret: str) -> Person | None:
    """The person a link belongs to, once; None when it is unknown, used or too old.

    The update decides: of two simultaneous uses one changes the row and the other changes none.
    """
    now = timezone.now()
    links = SignInLink.objects.filter(
        secret_sha256=_hash(secret), used_at=None, expires_at__gt=now, person__is_active=True
    )
    if not links.update(used_at=now):
        return None
    return Person.objects.get(sign_in_links__secret_sha256=_hash(secret))


def too_many_tries(*names: str) -> bool:
    """Count one try for an account and an address; has either had too many lately?"""
    over = False
    for name in names:
        key = f"tries:{_hash(name)}"
        cache.add(key, 0, TRIES_WINDOW)
        try:
            over |= cache.incr(key) > TRIES
        except ValueError:  # it expired between the two calls
            cache.set(key, 1, TRIES_WINDOW)
    return over


def forgive(*names: str) -> None:
    """Take back the try that was just counted: it was right. Many may work behind one address."""
    for name in names:
        with suppress(ValueError):  # it expired meanwhile
            cache.decr(f"tries:{_hash(name)}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
