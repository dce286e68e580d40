"""Reading what was handed to one, and handing it out: what the shared pages do not know."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bartizan.ground.documents import reading
from bartizan.ground.documents.models import Acknowledgement, DocumentVersion
from bartizan.ground.people.authority import demand
from bartizan.ground.people.models import Verb
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records import display, files, life
from bartizan.ground.trail.acts import act


def _version_for(request: SignedInRequest, number: str) -> DocumentVersion:
    """A version that the reader may see as a record, or that was distributed to them."""
    seen = DocumentVersion.objects.visible_to(request.user).filter(number=number).first()
    meant = reading.readable(request.user, timezone.localdate())
    return seen or get_object_or_404(meant, number=number)


@require_safe
def read(request: SignedInRequest, number: str) -> HttpResponse:
    """The text of one version, and the button to acknowledge it."""
    version, today = _version_for(request, number), timezone.localdate()
    mine = Acknowledgement.objects.filter(document_version=version, person=request.user).first()
    waits = reading.to_acknowledge(request.user, today).filter(pk=version.pk).exists()
    in_force = DocumentVersion.objects.in_force(today).filter(pk=version.pk).exists()
    context = {
        "title": version.title,
        "version": version,
        "text": display.rich(version.body),
        "files": version.attachments.all(),
        "is_current": in_force,
        "waits": waits,
        "acknowledged_on": mine and mine.acknowledged_on,
    }
    return TemplateResponse(request, "documents/read.html", context)


@require_POST
def acknowledge(request: SignedInRequest, number: str) -> HttpResponse:
    """A reader says that they have read it."""
    today = timezone.localdate()
    with act(request.user, through="page", why=_("read and acknowledged")):
        meant = reading.readable(request.user, today).select_for_update(of=("self",))
        version = get_object_or_404(meant, number=number)
        try:
            messages.success(request, reading.acknowledge(version, request.user, today))
        except life.Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("read", number)


@require_POST
def hand_out(request: SignedInRequest, number: str) -> HttpResponse:
    """Note that everybody on the distribution lists has received the version."""
    with act(request.user, through="page", why=_("handed out")):
        seen = DocumentVersion.objects.visible_to(request.user).select_for_update(of=("self",))
        version = get_object_or_404(seen, number=number)
        demand(request.user, Verb.WRITE, version)
        try:
            messages.success(request, reading.hand_out(version, timezone.localdate()))
        except life.Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(version)


@require_safe
def file(request: SignedInRequest, number: str, sha256: str) -> FileResponse:
    """A file of a version, to whoever may read the version."""
    found = _version_for(request, number).attachments.filter(sha256=sha256).first()
    if found is None:
        raise Http404
    return files.as_download(found)
