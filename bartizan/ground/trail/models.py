"""What the trail keeps: acts, the entries they leave, what the entries commit to, and the tree.

An entry has two halves. The leaf is public for ever: who (an id), when, which row, and the salted
hash of what the row then looked like. The payload is what the row looked like; it may hold
personal data, so it stands apart and can be erased without touching a leaf, the tree or a proof.

The database refuses to change or delete any of it (see `triggers`); only `erasure` may.
"""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _


class Through(models.TextChoices):
    """The way an act came in."""

    PAGE = "page", _("page")
    API = "api", _("API")
    COMMAND = "command", _("command")
    IMPORT = "import", _("import")
    SYSTEM = "system", _("system")


class Verb(models.TextChoices):
    """What happened to a row; `erase` says that payloads of the row were erased."""

    INSERT = "insert", _("created")
    UPDATE = "update", _("changed")
    DELETE = "delete", _("deleted")
    ERASE = "erase", _("erased")


class Position(models.BigIntegerField):
    """A number given by the log, not by the database: counts without gaps, and is the row's place.

    On SQLite the type must be `integer` for the key to be the place in the file.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str:
        return self.db_type(connection)


class Act(models.Model):
    """One thing somebody did: who, when, through what, why. All its writes stand or fall together.

    `at` is the moment it was sealed; it never runs backwards. `why` is free text and may name
    people, so leaves hold only its salted hash.
    """

    id = Position(primary_key=True)
    at = models.DateTimeField(_("at"))
    person_id = models.BigIntegerField(_("person"), null=True)
    through = models.CharField(_("through"), max_length=10, choices=Through)
    why = models.TextField(_("why"), blank=True)
    salt = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_through_display()} {self.why}".rstrip()


class Entry(models.Model):
    """One row changed by one act, at its place in the log."""

    index = Position(primary_key=True)
    act = models.ForeignKey(Act, models.PROTECT, related_name="entries")
    table = models.CharField(max_length=63)
    key = models.CharField(max_length=40)
    verb = models.CharField(max_length=6, choices=Verb)
    schema = models.CharField(max_length=120)
    commitment = models.BinaryField(max_length=32)
    leaf = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["table", "key"], name="trail_entry_row")]

    def __str__(self) -> str:
        return f"{self.index} {self.verb} {self.table} {self.key}"


class Payload(models.Model):
    """The image an entry commits to, and the salt: `SHA-256(salt || image)`. Erasable."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True)
    salt = models.BinaryField(max_length=32)
    image = models.TextField()

    def __str__(self) -> str:
        return f"{self.entry_id}"


class Head(models.Model):
    """The end of the log, one row: its size, its compact range, and its signed checkpoint.

    Every act locks it last and signs it anew, so no entry ever stands unsigned.
    """

    size = models.BigIntegerField(default=0)
    acts = models.BigIntegerField(default=0)
    at = models.CharField(max_length=32, default="")  # as leaves write it
    frontier = models.BinaryField(default=b"")
    note = models.TextField(default="")

    def __str__(self) -> str:
        return f"{self.size}"


class Tile(models.Model):
    """256 neighbouring hashes of the tree (C2SP tlog-tiles): what makes proofs quick.

    Level 0 holds leaf hashes, level 1 the roots of 256 leaves each, and so on. Only full tiles
    are kept; the rest is read from the entries. Kept for speed alone: all of it can be recomputed.
    """

    pk = models.CompositePrimaryKey("level", "number")
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    hashes = models.BinaryField(max_length=256 * 32)

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"


class Checkpoint(models.Model):
    """A signed tree head that was handed out: mailed, printed, put into a bundle."""

    id = models.BigAutoField(primary_key=True)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.size}"
