"""What the API remembers of its callers: tokens, and answers already given."""

import hashlib
import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.ground.people.models import Person


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Token(models.Model):
    """Lets a program act as a person, with exactly that person's authorities, until a day.

    Only the hash is kept: whoever reads the database learns no token.
    """

    untrailed = "a credential, like a session"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.person}: {self.name}"

    @classmethod
    def issue(cls, person: Person, name: str, expires_at=None) -> str:
        """A new token. Its secret is told once, here."""
        secret = f"btz_{secrets.token_urlsafe(32)}"
        cls.objects.create(
            person=person, name=name, secret_sha256=digest(secret), expires_at=expires_at
        )
        return secret

    @classmethod
    def holder(cls, secret: str) -> Person | None:
        """Whoever a token acts for, while it and they are valid."""
        in_date = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        token = cls.objects.filter(in_date, secret_sha256=digest(secret), person__is_active=True)
        found = token.select_related("person").first()
        return found.person if found else None


class Answer(models.Model):
    """The answer to a write that named an idempotency key, given again when it is repeated.

    It is stored in the same transaction as the write: a caller who never got the answer can ask
    again and learns what happened, without it happening twice.
    """

    untrailed = "a copy of an answer; the write itself is trailed"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="api_answer_once")]

    def __str__(self) -> str:
        return self.key
