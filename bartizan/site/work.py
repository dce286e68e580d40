"""What waits for somebody: one list, from every room, each line with what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bartizan.conformity.evaluator import evaluate_incremental
from bartizan.conformity.models import Attestation
from bartizan.conformity.requirement import Attester, Edition, Value
from bartizan.ground.documents.reading import to_acknowledge
from bartizan.ground.people.authority import may
from bartizan.ground.people.models import Assignment, Person, Verb
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records.models import Action, Record, Status, kinds, register_slug
from bartizan.site.due import SOON

SHOWN = 200
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: what it is, why, by when, and the button that does it."""

    title: str
    url: str
    sentence: str = ""
    number: str = ""
    due: date | None = None
    overdue: bool = False
    button: str = ""
    post_url: str = ""


def waiting_for(person: Person, today: date, until: date | None = None) -> list[Item]:
    """All that waits for a person, by due day; with `until`, only what falls due by then."""
    lapsing = list(_lapsing(person, today))
    told = {item.number for item in lapsing}  # what has lapsed is awaited too: said once
    found = [
        *_actions(person, today),
        *_reviews(person, today),
        *_approvals(person),
        *_drafts(person),
        *_roles(person, today),
        *_readings(person, today),
        *lapsing,
        *(item for item in _awaited(person, today) if item.number not in told),
    ]
    if until is not None:
        found = [item for item in found if item.due is not None and item.due <= until]
    return sorted(found, key=lambda item: (item.due is None, item.due or today, item.number))


def _of_record(record: Record, sentence: str, today: date, due: date | None, **more: str) -> Item:
    late = due is not None and due < today
    return Item(record.title, record.get_absolute_url(), sentence, record.number, due, late, **more)


def _actions(person: Person, today: date) -> Iterator[Item]:
    mine = Action.objects.live().filter(owner=person, done_on=None).order_by("due")
    for action in mine[:SHOWN]:
        yield _of_record(action, _("Do this, and say what came of it."), today, action.due)
    done = Action.objects.live().filter(
        done_on__isnull=False, effect_verified_on=None, effect_verified_by=person
    )
    for action in done[:SHOWN]:
        yield _of_record(action, _("It is done: did it help?"), today, None)


def _reviews(person: Person, today: date) -> Iterator[Item]:
    mine = Record.objects.current().visible_to(person).filter(owner=person)
    soon = mine.filter(review_due__lte=today + SOON)
    for record in soon.exclude(status=Status.DRAFT).order_by("review_due")[:SHOWN]:
        kind = record.kind_name
        sentence = _("Look at this %(kind)s again: does it still hold?") % {"kind": kind}
        post_url = reverse(f"{register_slug(record.own_model)}:review", args=[record.number])
        yield _of_record(
            record, sentence, today, record.review_due, button=_("Reviewed"), post_url=post_url
        )


def _approvals(person: Person) -> Iterator[Item]:
    asks = [
        kind
        for kind, model in kinds().items()
        if model.needs_approval and may(person, Verb.APPROVE, model)
    ]
    if not asks:
        return
    open_ = Record.objects.current().visible_to(person).filter(kind__in=asks).unapproved()
    by_another = [kind for kind, model in kinds().items() if model.needs_other_approver]
    theirs = open_.exclude(owner=person, kind__in=by_another).select_related("unit")
    # Not by the column itself: few wait, and along its index all records would be passed for them.
    for record in theirs.order_by(Coalesce("changed_at", "created_at"))[:SHOWN]:
        if may(person, Verb.APPROVE, record):
            sentence = _("Version %(version)s waits for approval.") % {"version": record.version}
            yield _of_record(record, sentence, record.changed_at.date(), None, button=_("Open"))


def _drafts(person: Person) -> Iterator[Item]:
    asks = [kind for kind, model in kinds().items() if model.needs_approval]
    mine = Record.objects.visible_to(person).filter(owner=person)
    drafts = mine.filter(status=Status.DRAFT).exclude(kind__in=asks)
    for record in drafts.order_by("pk")[:SHOWN]:
        sentence = _("A draft: it counts once you stand behind it.")
        post_url = reverse(f"{register_slug(record.own_model)}:confirm", args=[record.number])
        yield _of_record(
            record, sentence, record.changed_at.date(), None, button=_("Confirm"), post_url=post_url
        )


def _roles(person: Person, today: date) -> Iterator[Item]:
    held = Assignment.objects.current(today).filter(person=person)
    open_ = held.filter(Q(accepted_on=None) | Q(accepted_on__lt=F("role__revised_on")))
    for assignment in open_.select_related("role", "unit"):
        yield Item(
            title=str(assignment),
            url=reverse("assignments:detail", args=[assignment.pk]),
            sentence=_("Read what this role answers for, and accept it."),
            button=_("Accept"),
            post_url=reverse("accept-role", args=[assignment.pk]),
        )


def _readings(person: Person, today: date) -> Iterator[Item]:
    for version in to_acknowledge(person, today)[:SHOWN]:
        yield Item(
            title=version.title,
            url=reverse("read", args=[version.number]),
            sentence=_("Read it, and say that you have."),
            number=version.number,
        )


def _lapsing(person: Person, today: date) -> Iterator[Item]:
    """What they stand for, shortly before it lapses and until somebody stands for it anew."""
    signed = Attestation.objects.filter(status=Status.ACTIVE)
    anew = signed.filter(requirement=OuterRef("requirement"), expires_on__gt=OuterRef("expires_on"))
    mine = signed.filter(~Exists(anew), attested_by=person, expires_on__lte=today + SOON)
    for attestation in mine.order_by("expires_on")[:SHOWN]:
        yield Item(
            title=attestation.title,
            url=reverse("requirement", args=[attestation.requirement]),
            sentence=_("You stand for this until then: look again, and attest it anew."),
            number=attestation.requirement,
            due=attestation.expires_on,
            overdue=attestation.expires_on <= today,
        )


def _awaited(person: Person, today: date) -> Iterator[Item]:
    """The items for which nothing is missing but the word of somebody like them."""
    if not may(person, Verb.ATTEST, Attestation):
        return
    held = Assignment.objects.current(today).filter(person=person)
    suits = {Attester.ENTITLED, Attester.NOT_THE_OWNER}
    if held.of_top_management().exists():
        suits.add(Attester.TOP_MANAGEMENT)
    for verdict in evaluate_incremental(Edition.PUBLISHED, seen_by=person).values():
        item = verdict.requirement
        if (
            verdict.value == Value.AWAITING_ATTESTATION
            and item.attested
            and item.attested.by in suits
        ):
            yield Item(
                title=str(item.title),
                url=reverse("requirement", args=[item.id]),
                sentence=_("The records are there: somebody has to stand for it."),
                number=item.id,
            )


@require_safe
def my_work(request: SignedInRequest) -> HttpResponse:
    """The page of it: overdue, this week, later."""
    today = timezone.localdate()
    items = waiting_for(request.user, today)
    groups = [
        (_("Overdue"), [i for i in items if i.overdue]),
        (_("This week"), [i for i in items if i.due and today <= i.due <= today + WEEK]),
        (_("Later"), [i for i in items if i.due and i.due > today + WEEK]),
        (_("Any time"), [i for i in items if i.due is None]),
    ]
    late = len(groups[0][1])
    context = {
        "title": _("My work"),
        "groups": [{"label": label, "items": found} for label, found in groups if found],
        "sentence": sentence(len(items), late),
    }
    return TemplateResponse(request, "site/my_work.html", context)


def sentence(waiting: int, late: int) -> str:
    """How much waits, said first."""
    if not waiting:
        return _("Nothing waits for you.")
    said = ngettext("One thing waits for you", "%(count)s things wait for you", waiting)
    if not late:
        return _("%(said)s, none of it overdue.") % {"said": said % {"count": waiting}}
    return _("%(said)s, %(late)s overdue.") % {"said": said % {"count": waiting}, "late": late}
