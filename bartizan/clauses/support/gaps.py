"""What is still missing of the means that were asked for (7.1)."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bartizan.clauses.support.models import ResourceNeed, StaffingLevel
from bartizan.ground.people.authority import may
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records.models import Status


@dataclass(frozen=True)
class Gap:
    """A need and how much of it is there. The length is of 100."""

    need: ResourceNeed
    share: str
    colour: str
    late: bool

    @classmethod
    def of(cls, need: ResourceNeed, day: date) -> "Gap":
        share = min(need.granted / need.amount, 1.0) if need.amount else 0.0
        late = (need.due or need.period_from) < day
        colour = "good" if share >= 1 else "bad" if late else "wait"
        return cls(need, f"{100 * share:.1f}", colour, late and share < 1)


@require_safe
def resource_gaps(request: SignedInRequest) -> HttpResponse:
    """Every need of the present period that is not met, what is late first; and vacant posts."""
    day, person = timezone.localdate(), request.user
    needs = (
        ResourceNeed.objects.visible_to(person)
        .filter(status=Status.ACTIVE, is_needed=True, period_from__lte=day, period_until__gte=day)
        .exclude(decision=ResourceNeed.Decision.REFUSED)
        .select_related("owner")
        .prefetch_related("grants")
    )
    gaps = [gap for gap in (Gap.of(need, day) for need in needs) if gap.colour != "good"]
    gaps.sort(key=lambda gap: (not gap.late, gap.need.due or date.max, gap.need.pk))
    levels = StaffingLevel.objects.visible_to(person).filter(status=Status.ACTIVE)
    context = {
        "title": _("Resource gaps"),
        "gaps": gaps,
        "levels": [level for level in levels.select_related("role", "unit") if level.short_of],
        "sentence": _sentence(gaps),
        "can_write": may(person, "write", ResourceNeed),
    }
    return TemplateResponse(request, "support/resource_gaps.html", context)


def _sentence(gaps: list[Gap]) -> str:
    """The answer before the table."""
    late = sum(gap.late for gap in gaps)
    if not gaps:
        return _("Nothing that was asked for is missing.")
    if not late:
        return _("Nothing is late; what is listed here is still to come.")
    return ngettext(
        "One need is not met although its day has passed.",
        "%(count)s needs are not met although their day has passed.",
        late,
    ) % {"count": late}
