"""The views of the chain: as a map, as a graph, as a table, and where it would break."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from bartizan.chain.models import Node, Place
from bartizan.clauses.operation.models import DisruptionAnalysis
from bartizan.clauses.planning.models import Risk
from bartizan.ground.people.authority import may
from bartizan.ground.people.requests import SignedInRequest
from bartizan.site.chain import closing
from bartizan.site.chain.keys import COLOURS
from bartizan.site.chain.picture import Picture, fingerprint, picture


@require_safe
def chart(request: SignedInRequest, mode: str) -> HttpResponse:
    """The map or the graph; the browser draws it, the table says the same without one."""
    seen = picture(request.user)
    unplaced = [p for p in seen.graph.points if not p.is_partner and p.latitude is None]
    context = head(request, seen, mode) | finder(request, seen) | answered(request, seen)
    context |= {
        "mode": mode,
        "empty": not seen.graph.points,
        "can_write": may(request.user, "write", Place),
        "unplaced": _unplaced(len(unplaced)) if mode == "map" and unplaced else "",
    }
    return TemplateResponse(request, "site/chain.html", context)


def head(request: HttpRequest, seen: Picture, view: str) -> dict[str, Any]:
    """What all of these pages begin with: the answer, and the way to the other views."""
    query = request.GET.copy()
    for name in ("page", "sort", "rows"):
        query.pop(name, None)
    kept = f"?{query.urlencode()}" if query else ""
    views = (
        ("map", _("Map"), "chain-map"),
        ("graph", _("Graph"), "chain-graph"),
        ("table", _("Table"), "chain-table"),
        ("weak", _("Weak points"), "chain-weak-points"),
    )
    return {
        "title": _("Supply chain"),
        "sentence": seen.weak.sentence if seen.graph.points else _("Nothing here yet."),
        "views": [
            {"label": label, "url": reverse(name) + kept, "current": key == view}
            for key, label, name in views
        ],
        "query": query.urlencode(),
    }


def finder(request: HttpRequest, seen: Picture) -> dict[str, Any]:
    """The filters of the page as they stand in the address."""
    colour = request.GET.get("colour", "")
    countries = sorted({point.country for point in seen.graph.points if point.country})
    return {
        "colour": colour if colour in COLOURS else COLOURS[0],
        "colours": (
            ("tier", _("Tier")),
            ("custody", _("Custody")),
            ("risk", _("Risk")),
            ("partner", _("Partner")),
        ),
        "side": request.GET.get("side", ""),
        "sides": Node.Position.choices,
        "country": request.GET.get("country", ""),
        "countries": countries,
        "kept": [
            (name, value)
            for name in ("closed", "days", "at", "show")
            for value in request.GET.getlist(name)
        ],
        "tally": tally(seen),
    }


def tally(seen: Picture) -> str:
    """How much there is."""
    partners = sum(point.is_partner for point in seen.graph.points)
    places, legs = len(seen.graph.points) - partners, len(seen.graph.lines)
    parts = (
        ngettext("%(count)s place", "%(count)s places", places) % {"count": places},
        ngettext("%(count)s partner", "%(count)s partners", partners) % {"count": partners},
        ngettext("%(count)s leg", "%(count)s legs", legs) % {"count": legs},
    )
    return ", ".join(parts)


def answered(request: SignedInRequest, seen: Picture) -> dict[str, Any]:
    """What the closures in the address stop."""
    closed, days = closing.asked(seen, request.GET)
    found = closing.answer(seen, closed, days) if closed else None
    return {
        "answer": found,
        "chips": [_chip(request, point, closed) for point in closed],
        "days": days,
        "lengths": closing.LENGTHS,
        "may_keep": may(request.user, "write", DisruptionAnalysis),
    }


def _chip(request: HttpRequest, point: Any, closed: list[Any]) -> dict[str, str]:
    query = request.GET.copy()
    query.setlist("closed", [other.number for other in closed if other is not point])
    return {"number": point.number, "title": point.title, "url": f"?{query.urlencode()}"}


def _unplaced(count: int) -> str:
    said = ngettext(
        "One place has no coordinates and is not on the map.",
        "%(count)s places have no coordinates and are not on the map.",
        count,
    )
    return said % {"count": count}


@require_safe
def weak_points(request: SignedInRequest) -> HttpResponse:
    """Single points of failure, shared sub-suppliers, concentrations, and what answers each."""
    seen = picture(request.user)
    context = head(request, seen, "weak") | {
        "weak": seen.weak,
        "currency": seen.graph.currency,
        "may_answer": may(request.user, "write", Risk),
    }
    return TemplateResponse(request, "site/chain_weak.html", context)


def _tag(request: SignedInRequest) -> str:
    return f'"{fingerprint(request.user)}"'


@gzip_page
@require_safe
@cache_control(private=True, no_cache=True)  # kept, but shown to nobody before we said so
@condition(etag_func=_tag)
def columns(request: SignedInRequest) -> HttpResponse:
    """What the browser draws."""
    return HttpResponse(picture(request.user).json, content_type="application/json")


@require_safe
def what_if(request: SignedInRequest) -> JsonResponse:
    """What stops, as words for the panel and as days for the drawing."""
    seen = picture(request.user)
    context = answered(request, seen)
    html = render_to_string("site/chain_answer.html", context, request)
    found = context["answer"]
    return JsonResponse({"html": html, "stopped": [*found.stops.items()] if found else []})
