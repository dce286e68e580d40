"""Pages on objectives and programmes that are no list and no form: the board and the timeline."""

from django.db.models import F
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bartizan.clauses.planning import board
from bartizan.clauses.planning.models import Objective, Programme, Target
from bartizan.ground.people.authority import may
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records.models import Status


@require_safe
def objective_board(request: SignedInRequest) -> HttpResponse:
    """How far each objective is, what stands still first."""
    day, person = timezone.localdate(), request.user
    objectives = Objective.objects.visible_to(person).filter(status=Status.ACTIVE)
    targets = Target.objects.visible_to(person).filter(status=Status.ACTIVE)
    lines = board.board(
        objectives.select_related("unit", "owner").prefetch_related("readings"),
        targets.select_related("unit", "owner", "objective").prefetch_related("readings"),
        day,
    )
    context = {
        "title": _("Objective board"),
        "lines": lines,
        "sentence": _standing(lines),
        "can_write": may(person, "write", Objective),
    }
    return TemplateResponse(request, "planning/objective_board.html", context)


def _standing(lines: list[board.Line]) -> str:
    """The answer before the picture: how many objectives stand still or lag behind."""
    objectives = [line for line in lines if not line.part]
    if not objectives:
        return _("Nothing is aimed at yet.")
    lagging = sum(line.state.colour in ("bad", "wait") for line in objectives)
    if not lagging:
        return _("Every objective is on course or reached.")
    return ngettext(
        "%(lagging)s of %(all)s objectives is late, behind or stands still.",
        "%(lagging)s of %(all)s objectives are late, behind or stand still.",
        lagging,
    ) % {"lagging": lagging, "all": len(objectives)}


@require_safe
def programme_timeline(request: SignedInRequest) -> HttpResponse:
    """Every programme that is pursued, step by step along the calendar."""
    day = timezone.localdate()
    programmes = list(
        Programme.objects.visible_to(request.user)
        .filter(status=Status.ACTIVE, done_on=None)
        .order_by(F("rank").asc(nulls_last=True), "pk")
        .prefetch_related("steps__who")
    )
    span = board.calendar(programmes, day)
    rows = [(programme, board.bars(programme, span, day)) for programme in programmes]
    late = sum(bar.state.colour == "bad" for _programme, steps in rows for bar in steps)
    context = {
        "title": _("Programme timeline"),
        "calendar": span,
        "rows": rows,
        "sentence": _late(late) if rows else "",
        "can_write": may(request.user, "write", Programme),
    }
    return TemplateResponse(request, "planning/programme_timeline.html", context)


def _late(steps: int) -> str:
    if not steps:
        return _("No step is late.")
    return ngettext("One step is late.", "%(count)s steps are late.", steps) % {"count": steps}
