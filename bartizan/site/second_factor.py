"""One's own second factor: setting it up, new recovery codes, doing without."""

from collections.abc import Callable
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bartizan.ground.people import second_factor, sessions
from bartizan.ground.people.models import Person
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.people.sign_in import too_many_tries
from bartizan.ground.people.watch import TOO_MANY, note, note_change, note_wrong
from bartizan.ground.trail.acts import act
from bartizan.site.sessions import PasswordAgain
from bartizan.site.sign_in import CodeForm

OFFERED = "second_factor_offered"  # in the session: the secret that was shown, not yet in force
SHOWN = "second_factor"  # in the session: this person has one
ALLOWED = {"second-factor", "sign-out"}  # pages for somebody who has yet to set one up


class SecondFactorForm(PasswordAgain, CodeForm):
    """A code, and the password of whoever has one."""

    def __init__(
        self, data: QueryDict | None, person: Person, right: Callable[[str], bool]
    ) -> None:
        super().__init__(data, person)
        self.right = right

    def clean(self) -> None:
        # The password was looked at before: a code that was right is used up.
        if not self.errors and not self.right(self.cleaned_data["code"]):
            self.add_error("code", _("This code is not right, or was used already."))


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class SecondFactorPage(View):
    """Where somebody adds a code of their phone to their password, and manages it."""

    request: SignedInRequest

    def get(self, request: SignedInRequest) -> HttpResponseBase:
        return self.show(self.form())

    def post(self, request: SignedInRequest) -> HttpResponseBase:
        form, person = self.form(request.POST), request.user
        if "remove" in request.POST and settings.SECOND_FACTOR_REQUIRED:
            raise PermissionDenied(_("This installation asks everybody for a second factor."))
        if too_many_tries(f"code {person.pk}"):
            note(request, TOO_MANY, person)
            return self.show(self.form(), waits=True, status=429)
        if not form.is_valid():
            note_wrong(request, form)
            return self.show(form, status=422)
        if not second_factor.is_set_up(person):
            with act(person, through="page", why="set up a second factor"):
                codes = second_factor.set_up(person, request.session.pop(OFFERED))
                self.end_other_sessions()
            note_change(request, "set up a second factor")
            request.session[SHOWN] = True
            return self.show(self.form(), codes=codes)
        if "remove" in request.POST:
            with act(person, through="page", why="removed the second factor"):
                second_factor.remove(person)
                self.end_other_sessions()
            note_change(request, "removed the second factor")
            request.session.pop(SHOWN, None)
            messages.success(
                request,
                _("From now on you sign in without a code. Other sessions of yours have ended."),
            )
            return redirect("second-factor")
        codes = second_factor.renew_recovery_codes(person)
        note_change(request, "made new recovery codes")
        return self.show(self.form(), codes=codes)

    def end_other_sessions(self) -> None:
        """Who came in with less than is asked for now shows it again."""
        self.request.session.cycle_key()
        sessions.end(self.request.user, but=self.request.session.session_key)

    def form(self, data: QueryDict | None = None) -> SecondFactorForm:
        person, secret = self.request.user, self.offered()
        if secret is None:
            return SecondFactorForm(data, person, lambda said: second_factor.passes(person, said))
        return SecondFactorForm(data, person, lambda said: second_factor.agrees(secret, said))

    def offered(self) -> str | None:
        """The secret for whoever has none yet: the same until it is in force."""
        if second_factor.is_set_up(self.request.user):
            return None
        session = self.request.session
        if OFFERED not in session:
            session[OFFERED] = second_factor.new_secret()
        secret: str = session[OFFERED]
        return secret

    def show(
        self,
        form: SecondFactorForm,
        codes: list[str] | None = None,
        waits: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        person, secret = self.request.user, self.offered()
        context = {
            "title": _("Second factor"),
            "form": form,
            "codes": codes,
            "waits": waits,
            "required": settings.SECOND_FACTOR_REQUIRED,
        }
        if secret is None:
            context["since"] = person.second_factor.since
            context["left"] = person.recovery_codes.filter(used_at=None).count()
        else:
            context["secret"] = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
            context["picture"] = picture(second_factor.app_address(person, secret))
        template = "registration/second_factor.html"
        return TemplateResponse(self.request, template, context, status=status)


def picture(address: str) -> str:
    """A QR code as an SVG to stand in a page. On white in the dark too, or no phone reads it."""
    drawn = segno.make(address, error="m", micro=False)
    return mark_safe(
        drawn.svg_inline(scale=4, border=3, dark="#000", light="#fff", svgclass="qr", lineclass="")
    )


class SecondFactorRequired:
    """Where the installation demands a second factor, whoever has none sets it up first.

    Programs that come with a token are not asked: a token is made by whoever runs the machine.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        person, page = request.user, request.resolver_match
        if not settings.SECOND_FACTOR_REQUIRED or not isinstance(person, Person):
            return None
        if (page and page.view_name in ALLOWED) or self.fulfilled(request.session, person):
            return None
        return redirect("second-factor")

    def fulfilled(self, session: SessionBase, person: Person) -> bool:
        if not session.get(SHOWN):
            if not second_factor.is_set_up(person):
                return False
            session[SHOWN] = True
        return True
