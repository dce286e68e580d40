"""Who may see and do what: decided here and nowhere else.

An authority reads "may VERB over KIND". A person has the authorities of the roles they hold or
deputize in today, each within the unit of the assignment and everything below it, up to the
clearance of the assignment. Whoever owns a record may read and write it. A part of a record
(`part_of` names the field) takes whatever the record takes.

What decides about power is not written but administered: a model with `administered_at` (people,
units, roles, authorities, assignments) says which unit one has to administer for it.

`may()` answers for one record or one kind; `visible_to()` answers for all of them at once, as a
condition in SQL, so that lists, counts, totals, exports and searches can't disagree with it.
"""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any, Self, TypeVar

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

UNENTITLED = _("Your roles do not include the authority to do this.")
PROJECT = __name__.partition(".")[0]
EVERYWHERE = "/"  # the place of what belongs to no single unit


@dataclass(frozen=True, slots=True)
class Grant:
    """One authority as it reaches one person: what, over what, where, and how secret."""

    verb: str
    over: str
    path: str
    clearance: int

    def covers(self, model: type[models.Model]) -> bool:
        """Does it speak of this kind of record?"""
        return self.over in ("*", model._meta.app_label, kind_of(model))

    @property
    def everywhere(self) -> bool:
        """Does it reach every unit? The path of the root begins all others."""
        return self.path.count("/") == 2

    def reaches(self, path: str, level: int) -> bool:
        """Does it reach a unit, and this level of sensitivity there?"""
        return level <= self.clearance and (self.everywhere or path.startswith(self.path))


@cache
def kind_of(model: type[models.Model]) -> str:
    """The name of a kind of record in addresses, files and authorities, as in `context-issue`."""
    with override("en"):
        return slugify(str(model._meta.verbose_name))


def demand_covering(over: str) -> None:
    """Refuse a power over something that does not exist: misspelt, it would give nothing.

    Raises ValidationError that names what is meant, or else what can be.
    """
    rooms, kinds = _named()
    if over == "*" or over in rooms or over in kinds:
        return
    if near := get_close_matches(over.strip().casefold(), [*rooms, *kinds], n=1):
        message = _("There is no “%(over)s”. Is it “%(near)s”?") % {"over": over, "near": near[0]}
    else:
        message = _(
            "There is no “%(over)s”. Give * for all, a kind of record as in context-issue, or a"
            " room: %(rooms)s."
        ) % {"over": over, "rooms": ", ".join(rooms)}
    raise ValidationError({"over": message})


@cache
def _named() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rooms and the kinds that an authority can speak of: those of which the trail tells."""
    ours = [one for one in apps.get_models() if one.__module__.startswith(f"{PROJECT}.")]
    told = [one for one in ours if one._meta.app_label != "trail"]
    kept = [one for one in told if not getattr(one, "untrailed", "")]
    rooms, kinds = {one._meta.app_label for one in kept}, {kind_of(one) for one in kept}
    return tuple(sorted(rooms)), tuple(sorted(kinds))


def grants(person, day: date | None = None) -> tuple[Grant, ...]:
    """All that `person` has been given as of `day`; asked once per person object and day."""
    day = day or timezone.localdate()
    known = person.__dict__.setdefault("_grants", {})
    if day not in known:
        known[day] = tuple(_granted(person, day)) if person.pk and person.is_active else ()
    return known[day]


# Written out: every page asks it, and to put it together takes Django thirty times as long as the
# database takes to answer.
GRANTED = """
    SELECT authority."verb", authority."over", unit."path", assignment."clearance"
    FROM "people_assignment" assignment
    INNER JOIN "people_role" role ON role."id" = assignment."role_id"
    INNER JOIN "people_authority" authority ON authority."role_id" = role."id"
    INNER JOIN "people_unit" unit ON unit."id" = assignment."unit_id"
    WHERE (assignment."person_id" = %(person)s OR assignment."deputy_id" = %(person)s)
    AND assignment."since" <= %(day)s
    AND (assignment."until" IS NULL OR assignment."until" >= %(day)s)
    AND (%(then)s OR NOT role."is_retired")
    ORDER BY authority."id", assignment."id"
"""


def _granted(person, day: date, *, then: bool = False) -> list[Grant]:
    """All grants of a day. `then`: a role retired since was none yet when its holder acted."""
    asked = {"person": person.pk, "day": connection.ops.adapt_datefield_value(day), "then": then}
    with connection.cursor() as cursor:
        cursor.execute(GRANTED, asked)
        return [Grant(*row) for row in cursor.fetchall()]


def may(person, verb: str, subject) -> bool:
    """May `person` do `verb` to `subject`, which is a record or a kind of record?

    For a kind the answer is "to some of them". What carries a signature (`signature` names the
    field) is written by whoever may attest, and afterwards by nobody but the one who signed.
    """
    if not person.is_authenticated or not person.is_active:
        return False
    if isinstance(subject, type):
        verb = _verb_for(subject) if verb == "write" else verb
        return any(grant.verb == verb and grant.covers(subject) for grant in grants(person))
    model = type(subject)
    if verb == "write" and hasattr(model, "administered_at"):
        # Nobody hands out a higher clearance than they have.
        place, level = subject.administered_at, getattr(subject, "clearance", 0)
        return _granted_at(person, "administer", model, place, level)
    if whole := getattr(model, "part_of", ""):
        return may(person, verb, model) and may(person, verb, getattr(subject, whole))
    if not hasattr(model, "sensitivity"):
        return may(person, verb, model)
    if verb != "read" and subject.pk and not may(person, "read", subject):
        return False  # nobody changes or approves what they can't see
    if verb == "write" and model.signature:
        if subject.pk:
            return getattr(subject, f"{model.signature}_id") == person.pk
        verb = "attest"
    own = subject.pk and subject.owner_id == person.pk and not subject.own_model.bears_names
    if own and verb in ("read", "write"):
        return True
    place, level = subject.unit.path, subject.sensitivity
    return _granted_at(person, verb, subject.own_model, place, level)


def could(person, verb: str, subject, day: date) -> bool:
    """Might `person` do `verb` to a record or a kind of record on a day, by the roles of then?

    Whether they still work here says nothing about a day in the past. `records/entitled.py` asks
    the same of many rows at once.
    """
    model = subject if isinstance(subject, type) else subject.own_model
    given = [
        grant
        for grant in _granted(person, day, then=True)
        if grant.verb == verb and grant.covers(model)
    ]
    if model is subject:
        return bool(given)
    return any(grant.reaches(subject.unit.path, subject.sensitivity) for grant in given)


def demand(person, verb: str, subject) -> None:
    """Raise PermissionDenied (HTTP 403), in words for whoever asks, unless they `may()`."""
    if not may(person, verb, subject):
        raise PermissionDenied(UNENTITLED)


def _verb_for(model: type[models.Model]) -> str:
    """The power that writing a kind of row takes."""
    if hasattr(model, "administered_at"):
        return "administer"
    return "attest" if getattr(model, "signature", "") else "write"


def _granted_at(person, verb: str, model: type[models.Model], place: str, level: int) -> bool:
    return any(
        grant.verb == verb and grant.covers(model) and grant.reaches(place, level)
        for grant in grants(person)
    )


_Row = TypeVar("_Row", bound=models.Model, covariant=True)


def rows_for(person, model: type[_Row]) -> models.QuerySet[_Row]:
    """The rows of any model that `person` may see."""
    rows: Any = model._default_manager
    return rows.visible_to(person)


class PeopleQuerySet(models.QuerySet[_Row]):
    """Rows that are seen as a whole or not at all: by whoever may read their kind."""

    def visible_to(self, person) -> Self:
        return self if may(person, "read", self.model) else self.none()
