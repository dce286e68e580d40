"""The pages that export a register as a workbook and import it again."""

import re
import secrets
from contextlib import suppress
from pathlib import Path
from time import time

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.http import require_safe

from bartizan.exchange.workbook import Outcome, Unreadable, read, write
from bartizan.ground.people.authority import demand, may
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records.register import Register
from bartizan.registers import REGISTERS

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register_at(slug: str, person) -> Register:
    """The register at an address, if the reader may read it at all."""
    register = next((one for one in REGISTERS if one.slug == slug), None)
    if register is None or not may(person, "read", register.model):
        raise Http404
    return register


@require_safe
def export(request: SignedInRequest, slug: str) -> FileResponse:
    """One register as a workbook: every row the reader may see, retired ones too."""
    register = register_at(slug, request.user)
    path = _incoming() / f"{secrets.token_hex(16)}.xlsx"
    with path.open("wb") as out:
        write([register], out, request.user)
    name = f"{register.slug}-{timezone.localdate()}.xlsx"
    stream = path.open("rb")
    path.unlink()  # the open file lives until it has been sent
    return FileResponse(stream, as_attachment=True, filename=name, content_type=CONTENT_TYPE)


class Import(View):
    """Takes a workbook, shows what it would do, and does it once the reader agrees."""

    request: SignedInRequest

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.register = register_at(kwargs["slug"], request.user)

    def get(self, request: SignedInRequest, slug: str) -> HttpResponse:
        self.demand()
        return self.show()

    def post(self, request: SignedInRequest, slug: str) -> HttpResponse:
        self.demand()
        agreed = request.POST.get("upload", "")
        try:
            path = self.held(agreed) if agreed else self.hold(request)
            outcome = self.take(path, preview=not agreed)
        except Unreadable as error:
            return self.show(error=str(error), status=422)
        if outcome.written:
            path.unlink()
            return redirect(reverse(f"{self.register.slug}:list"))
        status = 422 if outcome.errors else 200
        return self.show(outcome=outcome, upload=path.stem, status=status)

    def demand(self) -> None:
        demand(self.request.user, "write", self.register.model)

    def take(self, path: Path, preview: bool) -> Outcome:
        with path.open("rb") as source:
            why = self.request.POST.get("why", "")
            return read(source, [self.register], self.request.user, preview=preview, why=why)

    def hold(self, request: SignedInRequest) -> Path:
        """Keep an upload until the reader has seen the preview."""
        file = request.FILES.get("file")
        if file is None:
            raise Unreadable(_("Choose a workbook first."))
        if (file.size or 0) > settings.ATTACHMENT_LIMIT:
            raise Unreadable(_("This workbook is too large."))
        _forget_the_old()
        path = _incoming() / f"{secrets.token_hex(16)}.xlsx"
        with path.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        request.session["uploads"] = [*request.session.get("uploads", [])[-9:], path.stem]
        return path

    def held(self, upload: str) -> Path:
        """An upload of this same session; no other can be named."""
        path = _incoming() / f"{upload}.xlsx"
        known = upload in self.request.session.get("uploads", [])
        if not known or not re.fullmatch(r"[0-9a-f]{32}", upload) or not path.is_file():
            raise Unreadable(_("The uploaded workbook is gone. Upload it again."))
        return path

    def show(
        self, outcome: Outcome | None = None, upload: str = "", error: str = "", status: int = 200
    ) -> HttpResponse:
        outcome = outcome or Outcome()
        context = {
            "register": self.register,
            "title": _("Import %(register)s") % {"register": self.register.label},
            "sentence": error or sentence(outcome),
            "errors": outcome.errors,
            "preview": [] if outcome.errors else outcome.changes,
            "upload": upload,
            "list_url": reverse(f"{self.register.slug}:list"),
            "export_url": reverse("export", args=[self.register.slug]),
        }
        return TemplateResponse(self.request, "records/import.html", context, status=status)


def sentence(outcome: Outcome) -> str:
    """What would happen, in one line."""
    if outcome.errors:
        found = len(outcome.errors)
        return ngettext(
            "One error: nothing will be written.",
            "%(count)s errors: nothing will be written.",
            found,
        ) % {"count": found}
    if not outcome.new + outcome.changed + outcome.same:
        return _("Take the exported workbook, edit it, and bring it back.")
    return _("%(new)s new, %(changed)s changed, %(same)s unchanged.") % {
        "new": outcome.new,
        "changed": outcome.changed,
        "same": outcome.same,
    }


def _incoming() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "incoming"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _forget_the_old() -> None:
    """Remove uploads that nobody agreed to while the session they came in could still be used."""
    ended = time() - settings.SESSION_COOKIE_AGE
    for path in _incoming().glob("*.xlsx"):
        with suppress(FileNotFoundError):  # somebody else removed it, or its import is done
            if path.stat().st_mtime < ended:
                path.unlink()
