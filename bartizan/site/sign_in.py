"""The pages of signing in and out."""

from time import time

from django import forms
from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from bartizan.ground.people import second_factor
from bartizan.ground.people.models import Person
from bartizan.ground.people.passwords import LONGEST
from bartizan.ground.people.requests import address
from bartizan.ground.people.sign_in import forgive, redeem, too_many_tries
from bartizan.ground.people.watch import note

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALFWAY = "halfway"  # in the session: who has shown one factor and is asked for the other
PATIENCE = 5 * 60  # seconds to look for the phone


def let_in(request: HttpRequest, person: Person, wanted: str = "home") -> HttpResponseBase:
    """Who has shown who they are once is in, or is asked for a code if they set that up."""
    if second_factor.is_set_up(person):
        request.session.cycle_key()
        request.session[HALFWAY] = [person.pk, wanted, time() + PATIENCE]
        return redirect("sign-in-code")
    login(request, person, backend=BACKEND)
    return redirect(wanted)


class SignInForm(forms.Form):
    """E-mail and password."""

    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@method_decorator([login_not_required, sensitive_post_parameters("password")], name="dispatch")
class SignIn(View):
    """Signs in by password. Unknown people and wrong passwords get one and the same answer."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return self.show(SignInForm())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = SignInForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        email = form.cleaned_data["email"].lower()
        tries = f"account {email}", f"address {address(request)}"
        if too_many_tries(*tries):
            note(request, "too many tries to sign in")
            return self.show(form, waits=True, status=429)
        person = authenticate(request, username=email, password=form.cleaned_data["password"])
        if person is None:
            form.add_error(None, _("This e-mail and password do not belong together."))
            return self.show(form, status=422)
        forgive(*tries)
        return let_in(request, person, self.destination())

    def destination(self) -> str:
        """Where the reader wanted to go, if that is a place of ours."""
        wanted = self.request.POST.get("next", "")
        ours = url_has_allowed_host_and_scheme(
            wanted, {self.request.get_host()}, require_https=self.request.is_secure()
        )
        return wanted if ours else "home"

    def show(self, form: SignInForm, waits: bool = False, status: int = 200) -> TemplateResponse:
        context = {
            "form": form,
            "waits": waits,
            "title": _("Sign in"),
            "next": self.request.POST.get("next") or self.request.GET.get("next", ""),
        }
        return TemplateResponse(self.request, "registration/login.html", context, status=status)


@method_decorator(login_not_required, name="dispatch")
class OneTimeLink(View):
    """Signs in by a one-time link, after a press of a button.

    The button keeps mail scanners and link previews, which only fetch, from using the link up.
    """

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        tries = f"address {address(request)}"
        if too_many_tries(tries):
            note(request, "too many tries to sign in")
            return self.show(refused=True, status=429)
        person = redeem(secret)
        if person is None:
            note(request, "a link that is used up, too old or none of ours")
            return self.show(refused=True, status=410)
        forgive(tries)
        return let_in(request, person)

    def show(self, refused: bool = False, status: int = 200) -> TemplateResponse:
        context = {"title": _("Sign in"), "refused": refused}
        return TemplateResponse(self.request, "registration/link.html", context, status=status)


class CodeForm(forms.Form):
    """A code of the app, or one of the recovery codes."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )


@method_decorator([login_not_required, sensitive_post_parameters()], name="dispatch")
class SignInCode(View):
    """The second step: a code, from whoever has shown their password or a one-time link."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return self.show(CodeForm()) if self.halfway() else redirect("sign-in")

    def post(self, request: HttpRequest) -> HttpResponseBase:
        found, form = self.halfway(), CodeForm(request.POST)
        if found is None:
            return redirect("sign-in")
        person, wanted = found
        if not form.is_valid():
            return self.show(form, status=422)
        tries = f"code {person.pk}"
        if too_many_tries(tries):
            note(request, "too many codes", person)
            return self.show(form, waits=True, status=429)
        if not second_factor.passes(person, form.cleaned_data["code"]):
            note(request, "wrong code", person)
            form.add_error("code", _("This code is not right, or was used already."))
            return self.show(form, status=422)
        forgive(tries)
        del request.session[HALFWAY]
        login(request, person, backend=BACKEND)
        return redirect(wanted)

    def halfway(self) -> tuple[Person, str] | None:
        """Who is asked, and where they want to go; nobody once it has taken them too long."""
        key, wanted, until = self.request.session.get(HALFWAY, (0, "", 0))
        person = Person.objects.filter(pk=key, is_active=True).first()
        return (person, wanted) if person and time() < until else None

    def show(self, form: CodeForm, waits: bool = False, status: int = 200) -> TemplateResponse:
        form.fields["code"].widget.attrs["autofocus"] = True
        context = {"form": form, "waits": waits, "title": _("Sign in")}
        return TemplateResponse(self.request, "registration/code.html", context, status=status)


sign_out = LogoutView.as_view()
