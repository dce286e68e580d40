"""What can happen to any record: confirmed, reviewed, approved, retired, linked, talked about.

Each function is one duty, called inside an act by pages, API and command alike. It returns the
sentence that tells what happened and raises `Refused` with the reason where it must not.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bartizan.ground.people.models import Person
from bartizan.ground.people.requests import natural
from bartizan.ground.records import files
from bartizan.ground.records.models import (
    Approval,
    Attachment,
    Comment,
    Link,
    Record,
    Relation,
    Status,
    register_slug,
)
from bartizan.ground.trail.history import history

REVIEW_INTERVAL = timedelta(days=365)


class Refused(Exception):
    """It can't be done, for a reason the reader can act on."""


def confirm(record: Record) -> str:
    """A draft that somebody stands behind becomes a record in force."""
    if record.status != Status.DRAFT:
        raise Refused(_("Only a draft can be confirmed."))
    record.status = Status.ACTIVE
    record.save(update_fields=["status"])
    return _("Confirmed: it is in force now.")


def review(record: Record) -> str:
    """Somebody looked at it and it still holds. The version stays: nothing in it changed."""
    if record.status == Status.RETIRED:
        raise Refused(_("A retired record needs no review."))
    span = (
        record.review_due - record.reviewed_on if record.review_due and record.reviewed_on else None
    )
    record.reviewed_on = timezone.localdate()
    record.review_due = record.reviewed_on + (span or REVIEW_INTERVAL)
    record.save(update_fields=["reviewed_on", "review_due"])
    return _("Reviewed. The next review is due on %(day)s.") % {"day": record.review_due}


def approve(record: Record, by: Person, note: str = "") -> str:
    """Sign off the version that stands now; a later edit needs a new approval."""
    if record.status == Status.RETIRED:
        raise Refused(_("A retired record can't be approved."))
    if record.approvals.filter(version=record.version).exists():
        raise Refused(_("Version %(version)s is approved already.") % {"version": record.version})
    if record.owner_id == by.pk and record.needs_other_approver:
        raise Refused(_("Somebody other than the owner approves this."))
    _demand_room(Approval, "note", note)
    known = history(record)
    record.approvals.create(
        version=record.version, by=by, note=note, entry=known[0].entry_index if known else None
    )
    if record.status == Status.DRAFT:
        record.status = Status.ACTIVE
        record.save(update_fields=["status"])
    return _("Version %(version)s is approved.") % {"version": record.version}


def retire(record: Record, reason: str) -> str:
    """Take it out of force. It stays readable, and counts for nothing any more."""
    if not reason.strip():
        raise Refused(_("Say why it is retired."))
    if record.status == Status.RETIRED:
        raise Refused(_("It is retired already."))
    _demand_room(Record, "retired_reason", reason.strip())
    record.status, record.retired_on = Status.RETIRED, timezone.localdate()
    record.retired_reason = reason.strip()
    record.save(update_fields=["status", "retired_on", "retired_reason"])
    return _("Retired.")


def reinstate(record: Record) -> str:
    """Bring a retired record back, as a draft that somebody has to confirm."""
    if record.status != Status.RETIRED:
        raise Refused(_("Only a retired record can be reinstated."))
    record.status, record.retired_on, record.retired_reason = Status.DRAFT, None, ""
    record.save(update_fields=["status", "retired_on", "retired_reason"])
    return _("Reinstated as a draft.")


def link(record: Record, other: Record | None, relation: str, note: str = "") -> str:
    """Say that this record bears on another one."""
    if other is None:
        raise Refused(_("No record has this number."))
    if other.pk == record.pk:
        raise Refused(_("A record can't be linked to itself."))
    if relation not in Relation.values:
        raise Refused(_("This relation is not known."))
    _demand_room(Link, "note", note)
    made, new = Link.objects.get_or_create(
        source_id=record.pk, target_id=other.pk, relation=relation, defaults={"note": note}
    )
    if not new:
        raise Refused(_("These two are linked in this way already."))
    return _("Linked to %(number)s.") % {"number": made.target.number}


def comment(record: Record, by: Person, words: str) -> str:
    """Say something about a record."""
    if not words.strip():
        raise Refused(_("Write something first."))
    Comment.objects.create(record_id=record.pk, author=by, text=words.strip()[:4000])
    return _("Your comment is there.")


def attach(record: Record, by: Person, file: UploadedFile | None) -> str:
    """Keep a file with a record, under the SHA-256 of its bytes."""
    if file is None or not file.size:
        raise Refused(_("Choose a file first."))
    if file.size > settings.ATTACHMENT_LIMIT:
        limit = settings.ATTACHMENT_LIMIT // 2**20
        raise Refused(_("The file is larger than %(limit)s MB.") % {"limit": limit})
    name = Path(file.name or "").name[:200]
    try:
        sha256 = files.keep(file)
    except OSError as error:
        why = {"name": name, "why": error.strerror}
        raise Refused(_("%(name)s could not be kept: %(why)s.") % why) from error
    Attachment.objects.create(
        record_id=record.pk, name=name, sha256=sha256, size=file.size, added_by=by
    )
    return _("%(name)s is attached.") % {"name": name}


def _demand_room(model: type[models.Model], name: str, words: str) -> None:
    """Refuse what is longer than its column: PostgreSQL would end in an error of its own."""
    column: Any = model._meta.get_field(name)
    if len(words) > column.max_length:
        longest = {"longest": column.max_length}
        raise Refused(_("Say it in at most %(longest)s characters.") % longest)


def approval_state(record: Record, approval: Approval | None) -> str:
    """approved, changed (since the approval), open (needed and missing) or none (not needed)."""
    if approval is not None:
        return "approved" if approval.version == record.version else "changed"
    return "open" if record.needs_approval else "none"


def next_steps(record: Record, approval: Approval | None, today: date) -> list[dict[str, str]]:
    """What this record waits for, each as a sentence and the button that does it."""
    steps, state = [], approval_state(record, approval)

    def step(sentence: str, button: str, verb: str) -> None:
        slug = register_slug(record.own_model)
        url = reverse(f"{slug}:{verb}", args=[record.number])
        steps.append({"sentence": sentence, "button": button, "url": url, "verb": verb})

    if record.status == Status.RETIRED:
        return steps
    if record.status == Status.DRAFT and not record.needs_approval:
        step(_("This is a draft: it counts once somebody confirms it."), _("Confirm"), "confirm")
    if state in ("open", "changed") and record.needs_approval:
        step(
            _("Changed since it was approved.")
            if state == "changed"
            else _("Nobody has approved it yet."),
            _("Approve version %(version)s") % {"version": record.version},
            "approve",
        )
    if record.review_due and record.review_due < today:
        step(_("Its review is overdue."), _("Mark as reviewed"), "review")
    return steps


# -- the same, as the buttons of a page ask for it ---------------------------------------------


def on_confirm(record: Record, request) -> str:
    return confirm(record)


def on_review(record: Record, request) -> str:
    return review(record)


def on_approve(record: Record, request) -> str:
    return approve(record, request.user, request.POST.get("why", ""))


def on_retire(record: Record, request) -> str:
    return retire(record, request.POST.get("why", ""))


def on_reinstate(record: Record, request) -> str:
    return reinstate(record)


def on_link(record: Record, request) -> str:
    seen = Record.objects.visible_to(request.user)
    other = seen.filter(number=request.POST.get("number", "").strip()).first()
    return link(record, other, request.POST.get("relation", ""), request.POST.get("note", ""))


def on_unlink(record: Record, request) -> str:
    """Take a link back, at either end; the trail keeps that it stood."""
    chosen = Link.objects.visible_to(request.user).filter(pk=natural(request.POST.get("link", "")))
    mine = (chosen.filter(source=record.pk) | chosen.filter(target=record.pk)).first()
    if mine is None:
        raise Refused(_("This link is gone already."))
    mine.delete()
    return _("The link is gone.")


def on_comment(record: Record, request) -> str:
    return comment(record, request.user, request.POST.get("text", ""))


def on_attach(record: Record, request) -> str:
    return attach(record, request.user, request.FILES.get("file"))


# What a button needs the authority for, and what it does.
VERBS = {
    "confirm": ("write", on_confirm),
    "review": ("write", on_review),
    "approve": ("approve", on_approve),
    "retire": ("retire", on_retire),
    "reinstate": ("retire", on_reinstate),
    "link": ("write", on_link),
    "unlink": ("write", on_unlink),
    "comment": ("read", on_comment),
    "attach": ("write", on_attach),
}
