"""What anybody may read without signing in: the public summary of the security policy (5.2.2)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bartizan.clauses.leadership.models import SecurityPolicy
from bartizan.ground.people.models import Unit
from bartizan.ground.records import display


@login_not_required
@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """The summary of the policy in force, as far as it is not withheld, and nothing else of it."""
    published = SecurityPolicy.objects.in_force(timezone.localdate()).exclude(public_summary="")
    found = published.first()
    context = {
        "title": _("Security policy"),
        "policy": found,
        "approval": found and found.approval,
        "organization": Unit.objects.filter(parent=None).first(),
        "summary": found and display.rich(found.public_summary),
    }
    return TemplateResponse(request, "site/policy_public.html", context)
