"""The pages of an analysis beside the shared ones: computing it, waiting for it, its figures."""

import math
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bartizan.clauses.operation.exposure import computing
from bartizan.clauses.operation.exposure.keeping import read
from bartizan.clauses.operation.models.exposure import ExposureAnalysis
from bartizan.ground.people.authority import demand
from bartizan.ground.people.models import Verb
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records import life
from bartizan.ground.records.csv_files import csv_file
from bartizan.ground.trail.acts import act


@require_safe
def exposure(request: SignedInRequest) -> HttpResponse:
    """What we stand to lose: the newest analysis there is, or the list to make the first."""
    return redirect(computing.newest(request.user) or "exposure-analyses:list")


@require_POST
def compute(request: SignedInRequest, analysis: str) -> HttpResponse:
    """Freeze the inputs as the reader sees them, and let a process of its own compute."""
    with act(request.user, through="page", why=_("computed")):
        seen = ExposureAnalysis.objects.visible_to(request.user)
        record = get_object_or_404(seen.select_for_update(of=("self",)), number=analysis)
        demand(request.user, Verb.WRITE, record)
        try:
            computing.begin(record, request.user)
        except life.Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(record)
    computing.start(record)
    return redirect(record)


@require_safe
def progress(request: SignedInRequest, analysis: str) -> HttpResponse:
    """How far it is, for the page that waits; once it is done that page loads itself anew."""
    record = _seen(request, analysis)
    if record.is_computed:
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    return TemplateResponse(request, "operation/progress.html", {"record": record})


@require_safe
def figures(request: SignedInRequest, analysis: str, which: str) -> HttpResponse:
    """The figures of one drawing as CSV."""
    record = _seen(request, analysis)
    if which not in TABLES or not record.is_computed:
        raise Http404
    try:
        result = computing.as_seen(read(record.result_sha256), request.user)
    except life.Refused as refusal:
        raise Http404(str(refusal)) from refusal
    heading, rows = TABLES[which]
    return csv_file(f"{record.number}-{which}", heading, rows(result))


def _seen(request: SignedInRequest, number: str) -> ExposureAnalysis:
    return get_object_or_404(ExposureAnalysis.objects.visible_to(request.user), number=number)


TABLES: dict[str, tuple[tuple[str, ...], Any]] = {
    "curve": (
        ("probability", "loss", "low", "high"),
        lambda result: result["curve"],
    ),
    "risks": (
        ("risk", "mean", "mean_low", "mean_high", "share_of_mean", "share_of_tail"),
        lambda result: [
            (one["name"], *one["mean"], one["share"], one["tail_share"]) for one in result["risks"]
        ]
        + [
            ("", math.fsum(one["mean"][0] for one in unseen), "", "",
             math.fsum(one["share"] for one in unseen),
             math.fsum(one["tail_share"] for one in unseen))
            for unseen in [result["unseen"]]
            if unseen
        ],
    ),
    "treatments": (
        ("treatment", "cost", "staff_days", "mean_reduction", "low", "high", "tail_reduction",
         "tail_low", "tail_high"),
        lambda result: [
            (one["name"], one["cost"], one["staff"], *one["mean_reduction"], *one["tail_reduction"])
            for one in result["treatments"]
        ],
    ),
    "frontier": (
        ("cost", "staff_days", "mean_left", "low", "high", "tail_left", "tail_low", "tail_high",
         "treatments"),
        lambda result: [
            (one["cost"], one["staff"], *one["mean"], *one["tail"], " ".join(one["names"]))
            for one in result["sets"]
        ],
    ),
}  # fmt: skip
