"""The first page: do we conform, why not, what next."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bartizan.clauses.operation.exposure import computing
from bartizan.clauses.operation.exposure.charts import short
from bartizan.clauses.operation.exposure.keeping import read
from bartizan.conformity.evaluator import evaluate_incremental
from bartizan.conformity.history import noted_for
from bartizan.conformity.outcome import sees_all
from bartizan.conformity.requirement import Edition, Value
from bartizan.conformity.verdict import Verdict
from bartizan.ground.people.models import Person
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records import life
from bartizan.ground.records.models import Record
from bartizan.site import due, requirements, work
from bartizan.site.navigation import CLAUSES

SHOWN = 8
LARGEST = 5
LATELY = timedelta(days=14)


@dataclass(slots=True)
class ClauseFigures:
    """One clause of the standard on the ring: its place in the loop, and its verdicts counted."""

    number: str
    label: str
    phase: str
    url: str
    counts: Counter[str] = field(default_factory=Counter)


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Do we conform, why not, what next."""
    person, today = request.user, timezone.localdate()
    verdicts = evaluate_incremental(Edition.PUBLISHED, seen_by=person)
    waiting = work.waiting_for(person, today)
    mine = [i for i in waiting if i.due and today <= i.due <= today + due.SOON]
    late = sum(item.overdue for item in waiting)
    since = timezone.now() - LATELY
    context = {
        "title": _("Home"),
        "sentence": requirements.sentence(verdicts.values()),
        "sub_sentence": work.sentence(len(waiting), late),
        "edition": Edition.PUBLISHED.label,
        "clauses": figures(verdicts.values()),
        "work": waiting[:SHOWN],
        "due": mine[:SHOWN],
        "due_figures": due.figures(person, today),
        "turned": turned(verdicts, since, person),
        "since": since if sees_all(person) else None,  # to others no change is told
        "changes": list(lately(person)),
        "exposure": exposure(person),
    }
    return TemplateResponse(request, "site/home.html", context)


def figures(verdicts: Iterable[Verdict]) -> list[ClauseFigures]:
    """The verdicts counted by top clause, in the order of the standard."""
    clauses: dict[str, ClauseFigures] = {}
    for verdict in verdicts:
        item = verdict.requirement
        number = item.clause.split(".")[0]
        if number not in clauses:
            url = f"{reverse('requirements')}?edition={item.edition}&q={number}."
            clauses[number] = ClauseFigures(number, str(CLAUSES[number]), item.phase, url)
        word = "observation" if verdict.observation else str(verdict.value)
        clauses[number].counts[word] += 1
    return list(clauses.values())


def turned(verdicts: dict[str, Verdict], since: datetime, person: Person) -> list[dict[str, Any]]:
    """The items whose verdict changed lately, those that got worse first."""
    noted = noted_for(person)
    before = noted.filter(requirement=OuterRef("requirement"), since__lt=OuterRef("since"))
    # The first verdict on an item is no news: it did not stand otherwise before.
    changes = noted.filter(Exists(before), since__gte=since)
    changed = dict.fromkeys(change.requirement for change in changes)
    found = [verdicts[id_] for id_ in changed if id_ in verdicts]
    found.sort(key=lambda v: v.value in (Value.CONFORMING, Value.NOT_APPLICABLE))
    return [requirements.line(verdict) for verdict in found[:SHOWN]]


def exposure(person: Person) -> dict[str, Any]:
    """The risks that cost most in an average year, by the newest analysis the reader may see."""
    analysis = computing.newest(person)
    if analysis is None:
        return {}
    try:
        result = computing.as_seen(read(analysis.result_sha256), person)
    except life.Refused:  # the page of the analysis tells that its file is missing
        return {}
    largest = sorted(result["risks"], key=lambda one: -one["mean"][0])[:LARGEST]
    return {
        "analysis": analysis,
        "risks": [
            {
                "number": one["name"],
                "title": one["title"],
                "url": reverse("risks:detail", args=[one["name"]]),
                "a_year": short(one["mean"][0]),
            }
            for one in largest
        ],
    }


def lately(person: Person) -> Iterator[dict[str, Any]]:
    """The records changed last, as far as the reader may see them."""
    for record in Record.objects.visible_to(person).order_by("-changed_at", "-pk")[:SHOWN]:
        version = {"version": record.version, "kind": record.kind_name}
        yield {
            "number": record.number,
            "title": record.title,
            "url": record.get_absolute_url(),
            "at": record.changed_at,
            "sentence": _("%(kind)s, version %(version)s") % version,
        }
