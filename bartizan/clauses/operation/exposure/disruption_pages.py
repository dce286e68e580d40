"""The pages of a disruption analysis beside the shared ones: keep it, compute it, its table."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import IntegerField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bartizan.chain.models import Partner, Place
from bartizan.clauses.operation.exposure import disruptions
from bartizan.clauses.operation.exposure.keeping import read
from bartizan.clauses.operation.models.exposure import DisruptionAnalysis
from bartizan.ground.people.authority import demand
from bartizan.ground.people.models import Verb
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records import life
from bartizan.ground.records.csv_files import csv_file
from bartizan.ground.trail.acts import act

DAYS = IntegerField(required=False)  # the record says how many there may be


@require_POST
def keep_closure(request: SignedInRequest) -> HttpResponse:
    """Make a record of what was tried on the map: closed places and partners, and for how long."""
    demand(request.user, Verb.WRITE, DisruptionAnalysis)
    numbers = request.POST.getlist("closed")
    nodes = [
        node
        for model in (Place, Partner)
        for node in model.objects.visible_to(request.user).filter(number__in=numbers)
    ]
    try:
        with act(request.user, through="page", why=_("kept from the map")):
            days = DAYS.clean(request.POST.get("days", ""))
            analysis = disruptions.keep_closure(request.user, nodes, days)
    except (life.Refused, ValidationError) as refusal:
        messages.error(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
        return redirect("chain-map")
    return redirect(analysis)


@require_POST
def close(request: SignedInRequest, disruption: str) -> HttpResponse:
    """Compute a disruption analysis of the chain as the reader sees it."""
    with act(request.user, through="page", why=_("computed")):
        seen = DisruptionAnalysis.objects.visible_to(request.user)
        record = get_object_or_404(seen.select_for_update(of=("self",)), number=disruption)
        demand(request.user, Verb.WRITE, record)
        try:
            disruptions.compute(record, request.user)
        except life.Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(record)


@require_safe
def stops(request: SignedInRequest, disruption: str) -> HttpResponse:
    """What a disruption stops, as CSV."""
    seen = DisruptionAnalysis.objects.visible_to(request.user)
    record = get_object_or_404(seen, number=disruption)
    if not record.is_computed:
        raise Http404
    try:
        result = disruptions.as_seen(read(record.result_sha256), request.user)
    except life.Refused as refusal:
        raise Http404(str(refusal)) from refusal
    heading = ("kind", "number", "title", "from_day", "until_day", "value_a_year", "currency")
    rows = (
        (kind, row["number"], row["title"], row["start"], row["end"], row.get("value"),
         row.get("currency"))
        for kind, _model in disruptions.KINDS
        for row in result[kind]
    )  # fmt: skip
    return csv_file(f"{record.number}-stops", heading, rows)
