"""A holder takes on a role: the one thing about an assignment that only they can do."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bartizan.ground.people.models import Assignment
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.trail.acts import act


@require_POST
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept one's own assignment as the role stands today (5.3)."""
    today = timezone.localdate()
    with act(request.user, through="page", why="accepts the role"):
        mine = Assignment.objects.current(today).filter(person=request.user)
        assignment = get_object_or_404(mine.select_for_update(of=("self",)), pk=pk)
        assignment.accepted_on = today
        assignment.save(update_fields=["accepted_on"])
    messages.success(request, _("You accepted %(role)s.") % {"role": assignment.role})
    return redirect("my-work")
