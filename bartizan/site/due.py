"""What falls due in the next 30 days: reviews and actions, one's own and the whole system's."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from bartizan.conformity.outcome import sees_all
from bartizan.ground.people.models import Person
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records import keyset
from bartizan.ground.records.models import Action, Record, RecordQuerySet, Status
from bartizan.ground.records.tally import UP_TO, Tally

SOON = timedelta(days=30)
PAGE_SIZE = 50


class What(TextChoices):
    """What can fall due, each with a list of its own."""

    REVIEWS = "reviews", gettext_lazy("Reviews")
    ACTIONS = "actions", gettext_lazy("Actions")


class Whose(TextChoices):
    """Whose work it is."""

    MINE = "mine", gettext_lazy("Yours")
    ALL = "all", gettext_lazy("In the whole system")


@dataclass(frozen=True, slots=True)
class Figure:
    """How many fall due, and where they are listed."""

    what: What
    count: str
    url: str


def figures(person: Person, today: date) -> list[tuple[str, list[Figure]]]:
    """Of the reader's own work and of all: how much of each falls due; in one query."""
    asked = [(whose, what) for whose in Whose for what in What]
    totals = keyset.counts(
        UP_TO, *(falling_due(what, whose, person, today) for whose, what in asked)
    )
    counted = dict(zip(asked, (Tally(total).count for total in totals), strict=True))
    return [
        (label(whose, person), [Figure(w, counted[whose, w], address(w, whose)) for w in What])
        for whose in Whose
    ]


def falling_due(what: What, whose: Whose, person: Person, today: date) -> RecordQuerySet[Any]:
    """The records that somebody may see and that fall due from today on."""
    rows: Any = Record.objects.filter(status=Status.ACTIVE)
    if what == What.ACTIONS:
        rows = Action.objects.live().filter(done_on=None)
    name = day_of(what)
    rows = rows.filter(**{f"{name}__gte": today, f"{name}__lte": today + SOON})
    seen = rows.visible_to(person)
    return seen.filter(owner=person) if whose == Whose.MINE else seen


def day_of(what: What) -> str:
    """The field that says when it falls due."""
    return "due" if what == What.ACTIONS else "review_due"


def label(whose: Whose, person: Person) -> str:
    """Nobody is told that what they see is all there is unless it is."""
    if whose == Whose.ALL and not sees_all(person):
        return _("In all you may see")
    return str(whose.label)


def address(what: What, whose: Whose) -> str:
    return f"{reverse('due')}?whose={whose}&what={what}"


@require_safe
def due(request: SignedInRequest) -> HttpResponse:
    """The list of them, the next to fall due first."""
    person, today = request.user, timezone.localdate()
    what = _chosen(What, request.GET.get("what"), What.REVIEWS)
    whose = _chosen(Whose, request.GET.get("whose"), Whose.ALL)
    rows = falling_due(what, whose, person, today).select_related("owner")
    page = keyset.page(rows, day_of(what), PAGE_SIZE, request.GET.get("at"))
    context = {
        "title": _("Due in the next 30 days"),
        "sentence": sentence(what, keyset.counts(UP_TO, rows)[0], today + SOON),
        "choices": [
            (_("What"), [(w.label, address(w, whose), w == what) for w in What]),
            (_("Whose"), [(label(w, person), address(what, w), w == whose) for w in Whose]),
        ],
        "records": [
            {
                "number": record.number,
                "title": record.title,
                "url": record.get_absolute_url(),
                "kind": record.kind_name,
                "owner": record.owner,
                "due": getattr(record, day_of(what)),
            }
            for record in page.rows
        ],
        "next_url": _at(what, whose, page.next),
        "previous_url": _at(what, whose, page.previous),
    }
    return TemplateResponse(request, "site/due.html", context)


def sentence(what: What, total: int, until: date) -> str:
    """How much falls due until when, said first."""
    words = {"count": Tally(total).count, "day": date_format(until, "DATE_FORMAT")}
    if not total:
        return _("Nothing falls due by %(day)s.") % words
    if what == What.ACTIONS:
        said = ngettext(
            "One action is due by %(day)s.", "%(count)s actions are due by %(day)s.", total
        )
    else:
        said = ngettext(
            "One review is due by %(day)s.", "%(count)s reviews are due by %(day)s.", total
        )
    return said % words


def _chosen(choices: Any, asked: str | None, usual: Any) -> Any:
    return choices(asked) if asked in choices.values else usual


def _at(what: What, whose: Whose, cursor: str | None) -> str:
    return f"{address(what, whose)}&at={cursor}" if cursor else ""
