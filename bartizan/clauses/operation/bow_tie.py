"""One risk as a bow-tie: what leads to the event on the left, what follows on the right (8.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bartizan.clauses.operation.models import Control
from bartizan.clauses.planning.models import Risk, RiskMethod
from bartizan.clauses.planning.scales import Step
from bartizan.ground.people.models import Person
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records import display
from bartizan.ground.records.models import Record, Relation


@dataclass(frozen=True, slots=True)
class Barrier:
    """What stands between a cause and the event, or between the event and its harm."""

    record: Record
    sort: str
    works: bool = True


@require_safe
def bow_tie(request: SignedInRequest, risk: str) -> HttpResponse:
    """The page of it."""
    found = get_object_or_404(Risk.objects.visible_to(request.user), number=risk)
    method = found.method
    before, after = barriers(found, request.user, timezone.localdate())
    context = {
        "title": _("Bow-tie: %(risk)s") % {"risk": found.title},
        "risk": found,
        "threat": display.seen(found.threat, request.user),
        "vulnerability": display.seen(found.vulnerability, request.user),
        "before": before,
        "after": after,
        "impacts": list(_impacts(found, method)) if method else [],
        "likelihood": method.likelihoods[found.likelihood - 1]
        if method and found.likelihood
        else None,
    }
    return TemplateResponse(request, "operation/bow_tie.html", context)


def _impacts(risk: Risk, method: RiskMethod) -> Iterator[tuple[str, Step]]:
    """Each dimension in which the risk is rated, and the step it is rated at."""
    for dimension in method.dimensions:
        if rank := getattr(risk, f"impact_{dimension}"):
            yield str(dimension.label), method.impacts(dimension)[rank - 1]


def barriers(risk: Risk, person: Person, day: date) -> tuple[list[Barrier], list[Barrier]]:
    """What bears on the risk as far as the reader may see it: before the event, and after it.

    A control is rated on the risk (`ControlledRisk`); a process is linked as controlling it. Only
    what prevents stands before the event: the other kinds notice it, or limit what it does.
    """
    processes = (
        Record.objects.visible_to(person)
        .live()
        .filter(links_out__target=risk.pk, links_out__relation=Relation.CONTROLS)
        .order_by("pk")
    )
    before = [Barrier(one, str(one.kind_name)) for one in processes]
    after: list[Barrier] = []
    controls = Control.objects.visible_to(person).live().filter(controlled_risks__risk=risk)
    working = set(controls.in_operation(day).values_list("pk", flat=True))
    for control in controls.order_by("pk"):
        barrier = Barrier(control, control.get_control_kind_display(), control.pk in working)
        prevents = control.control_kind == Control.Kind.PREVENTIVE
        (before if prevents else after).append(barrier)
    return before, after
