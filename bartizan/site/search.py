"""Search over everything: a number opens its record, a clause lists its items, words find both."""

from functools import cache

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from bartizan.conformity.evaluator import verdicts_on
from bartizan.conformity.requirement import Edition
from bartizan.conformity.requirements import CATALOGUE
from bartizan.ground.people.models import Person
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records import search
from bartizan.ground.records.models import Record
from bartizan.site.requirements import line

SHOWN = 50


def find(request: SignedInRequest) -> HttpResponse:
    """The page of results, or the record itself when its number was asked for."""
    words = request.GET.get("q", "").strip()[:200]
    if record := Record.objects.visible_to(request.user).filter(number=words.upper()).first():
        return redirect(record)
    records = list(search.everywhere(words, request.user)[:SHOWN]) if words else []
    items = items_for(words, request.user) if words else []
    found = len(records) + len(items)
    context = {
        "title": _("Search"),
        "words": words,
        "requirements": items,
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
        "sentence": ngettext("One result.", "%(count)s results.", found) % {"count": found},
    }
    return TemplateResponse(request, "site/search.html", context)


def items_for(words: str, person: Person) -> list[dict]:
    """The items of the standard that a clause or words point to, at most twenty."""
    asked, said = words.casefold().split(), said_in(get_language())
    matching = [
        item
        for item in CATALOGUE.values()
        if item.edition == Edition.PUBLISHED
        and (
            item.id == words
            or item.clause == words
            or item.clause.startswith(f"{words}.")
            or all(word in said[item.id] for word in asked)
        )
    ][:20]
    verdicts = verdicts_on(matching, person)
    return [line(verdicts[item.id]) for item in matching]


@cache
def said_in(_language: str) -> dict[str, str]:
    """What each item says, to look words up in: put into a language once, not for each search."""
    return {item.id: f"{item.title} {item.says}".casefold() for item in CATALOGUE.values()}
