"""Search over everything: a number opens its record, a clause lists its items, words find both."""

import re
from functools import cache

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bartizan.conformity.evaluator import verdicts_on
from bartizan.conformity.requirement import Edition, Requirement
from bartizan.conformity.requirements import CATALOGUE
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records import search
from bartizan.ground.records.models import Record
from bartizan.site.requirements import line

RECORDS, ITEMS = 50, 20  # so many are shown


@require_safe
def find(request: SignedInRequest) -> HttpResponse:
    """The page of results, or the record itself when its number was asked for."""
    words = request.GET.get("q", "").strip()[:200]
    if record := Record.objects.visible_to(request.user).filter(number=words.upper()).first():
        return redirect(record)
    items, records, more = [], [], False
    if words:
        found = search.everywhere(words, request.user).page("-pk", RECORDS)
        items, records, more = items_for(words), found.rows, found.next is not None
    verdicts = verdicts_on(items[:ITEMS], request.user)
    known = len(items) + len(records)
    context = {
        "title": _("Search"),
        "words": words,
        "requirements": [line(verdicts[item.id]) for item in items[:ITEMS]],
        "first_of": len(items) if len(items) > ITEMS else 0,
        "results": [
            {
                "number": record.number,
                "title": record.title,
                "url": record.get_absolute_url(),
                "kind": record.kind_name,
                "status": record.status,
                "status_word": record.get_status_display(),
            }
            for record in records
        ],
        "more": more,
        "sentence": _("More than %(count)s results.") % {"count": known}
        if more
        else ngettext("One result.", "%(count)s results.", known) % {"count": known},
    }
    return TemplateResponse(request, "site/search.html", context)


def items_for(words: str) -> list[Requirement]:
    """The items of the standard that a clause or words point to, the nearest first."""
    asked, said = words.casefold().split(), said_in(get_language())
    found: dict[int, list[Requirement]] = {}
    for item in CATALOGUE.values():
        if item.edition != Edition.PUBLISHED:
            continue
        if words in (item.id, item.clause) or item.clause.startswith(f"{words}."):
            found.setdefault(0, []).append(item)
        elif all(word in said[item.id] for word in asked):
            far = max(distance(word, said[item.id]) for word in asked)
            found.setdefault(far, []).append(item)
    return [item for far in sorted(found) for item in found[far]]


def distance(word: str, said: str) -> int:
    """0 where the word stands there as one, 1 where one begins so, 2 where it is within one."""
    begins = rf"(?<!\w){re.escape(word)}"
    if re.search(rf"{begins}(?!\w)", said):
        return 0
    return 1 if re.search(begins, said) else 2


@cache
def said_in(_language: str) -> dict[str, str]:
    """What each item says, to look words up in: put into a language once, not for each search."""
    return {item.id: f"{item.title} {item.says}".casefold() for item in CATALOGUE.values()}
