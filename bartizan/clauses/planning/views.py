"""Pages on risks that are no list and no form: the matrix, the workspace, the catalogue."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from bartizan.clauses.planning.catalogue import take_over
from bartizan.clauses.planning.matrix import matrices
from bartizan.clauses.planning.models import Risk, RiskAssessment, RiskMethod, Threat
from bartizan.clauses.planning.rating_forms import RatingForm
from bartizan.clauses.planning.scales import Step
from bartizan.ground.people.authority import demand, may
from bartizan.ground.people.models import Person, Verb
from bartizan.ground.people.requests import SignedInRequest, natural
from bartizan.ground.trail.acts import act

ROWS = 100  # of the workspace on one page


# -- the matrix ----------------------------------------------------------------------------------


@require_safe
def risk_matrix(request: SignedInRequest) -> HttpResponse:
    """Inherent, current and target side by side; each cell leads to its risks."""
    methods = RiskMethod.objects.visible_to(request.user)
    asked = methods.filter(number=request.GET.get("method", "")).first()
    method = asked or methods.in_use()
    drawn = list(matrices(request.user, method)) if method else []
    context = {
        "title": _("Risk matrix"),
        "method": method,
        "matrices": drawn,
        "sentence": _sentence(drawn[1].counted, drawn[1].above) if drawn else "",
        "appetite": method.steps[method.appetite - 1] if method else None,
    }
    return TemplateResponse(request, "planning/matrix.html", context)


def _sentence(counted: int, above: int) -> str:
    """The answer before the picture: how many lie above the appetite as things stand."""
    if not counted:
        return _("No risk is rated yet.")
    if not above:
        return _("As things stand, no risk lies above the appetite.")
    return ngettext(
        "As things stand, %(above)s of %(all)s risks lies above the appetite.",
        "As things stand, %(above)s of %(all)s risks lie above the appetite.",
        above,
    ) % {"above": above, "all": counted}


# -- the workspace -------------------------------------------------------------------------------


def _assessment(request: SignedInRequest, number: str) -> RiskAssessment:
    seen = RiskAssessment.objects.visible_to(request.user).select_related("method")
    return get_object_or_404(seen, number=number)


def _to_rate(person: Person, assessment: RiskAssessment) -> QuerySet[Risk]:
    """The risks of an assessment; while an overall one goes on, those of all others too."""
    mine = Q(assessment=assessment)
    if assessment.is_overall and assessment.done_on is None:
        mine |= Q(assessment=None) | Q(assessment__done_on__isnull=False)
    return Risk.objects.visible_to(person).current().filter(mine).order_by("pk")


@require_safe
def workspace(request: SignedInRequest, assessment: str) -> HttpResponse:
    """Rates the risks of an assessment on one page, line by line."""
    return _workspace(request, _assessment(request, assessment))


def _workspace(
    request: SignedInRequest,
    assessment: RiskAssessment,
    refused: RatingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; a line that was refused stands in it as it was typed."""
    after = request.GET.get("after", "")
    risks = _to_rate(request.user, assessment)
    if refused is not None:
        risks = risks.filter(pk__gte=refused.instance.pk)
    else:
        risks = risks.filter(pk__gt=natural(after))
    shown = list(risks[: ROWS + 1])
    lines = [RatingForm.of(risk, assessment) for risk in shown[:ROWS]]
    asked = scales(assessment.method)
    context = {
        "title": _("Rate: %(assessment)s") % {"assessment": assessment.title},
        "assessment": assessment,
        "method": assessment.method,
        "scales": asked,
        "columns": [label for label, _steps in asked],
        "rows": [refused, *lines[1:]] if refused else lines,
        "can_write": may(request.user, Verb.WRITE, Risk),
        "next": shown[ROWS - 1].pk if len(shown) > ROWS else None,
    }
    return TemplateResponse(request, "planning/workspace.html", context, status=status)


def scales(method: RiskMethod) -> list[tuple[str, tuple[Step, ...]]]:
    """Each rating that the workspace asks for: what it is called, and its steps."""
    likelihood = (str(Risk._meta.get_field("likelihood").verbose_name), method.likelihoods)
    return [likelihood, *((str(one.label), method.impacts(one)) for one in method.dimensions)]


class Rate(View):
    """Stores the rating of one risk. A line that somebody else has changed meanwhile is refused."""

    request: SignedInRequest

    def post(self, request: SignedInRequest, assessment: str, risk: str) -> HttpResponse:
        found = _assessment(request, assessment)
        with act(request.user, through="page", why=_("rated in %(a)s") % {"a": found.number}):
            held = _to_rate(request.user, found).select_for_update(of=("self", "record_ptr"))
            row = get_object_or_404(held, number=risk)
            demand(request.user, Verb.WRITE, row)
            form = RatingForm.of(row, found, data=request.POST)
            if stored := form.is_valid():
                form.save()
        return self.answer(form, found, stored)

    def answer(self, form: RatingForm, assessment: RiskAssessment, stored: bool) -> HttpResponse:
        """The line alone where the page asked for it, and the page where there is no script."""
        status = 200 if stored else 409 if form.stale else 422
        if self.request.headers.get("HX-Request"):
            if stored:
                form = RatingForm.of(Risk.objects.get(pk=form.instance.pk), assessment)
            context = {
                "form": form, "assessment": assessment, "can_write": True, "stored": stored,
            }  # fmt: skip
            return TemplateResponse(
                self.request, "planning/workspace_row.html", context, status=status
            )
        if not stored:
            return _workspace(self.request, assessment, form, status)
        messages.success(self.request, _("Rated: %(risk)s.") % {"risk": form.instance})
        return redirect("rate", assessment.number)


# -- the catalogue of threats --------------------------------------------------------------------


@require_POST
def add_catalogue(request: SignedInRequest) -> HttpResponse:
    """Take over the threats that the program knows, as drafts in the unit of whoever asks."""
    demand(request.user, Verb.WRITE, Threat)
    with act(request.user, through="page", why=_("taken from the catalogue")):
        made = take_over(request.user.unit, request.user)
    said = ngettext(
        "One threat was added as a draft.", "%(count)s threats were added as drafts.", len(made)
    ) % {"count": len(made)}
    messages.success(request, said)
    return redirect(f"{reverse('threats:list')}?status=draft")
