"""Where one is signed in, and signing out everywhere else."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bartizan.ground.people import sessions
from bartizan.ground.people.models import Person
from bartizan.ground.people.passwords import LONGEST
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.people.sign_in import too_many_tries
from bartizan.ground.people.watch import TOO_MANY, note, note_change, note_wrong

HOUR = 60 * 60  # seconds


class PasswordAgain(forms.Form):
    """The password of whoever has one: that nobody else sits at the keyboard."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, data: QueryDict | None, person: Person) -> None:
        super().__init__(data)
        self.person = person
        if not person.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        said: str = self.cleaned_data["password"]
        if not self.person.check_password(said):
            raise forms.ValidationError(_("This is not your password."))
        return said


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class SessionsPage(View):
    """One's own sessions."""

    request: SignedInRequest

    def get(self, request: SignedInRequest) -> HttpResponseBase:
        return self.show(PasswordAgain(None, request.user))

    def post(self, request: SignedInRequest) -> HttpResponseBase:
        person = request.user
        if too_many_tries(f"password {person.pk}"):
            note(request, TOO_MANY, person)
            return self.show(PasswordAgain(None, person), waits=True, status=429)
        form = PasswordAgain(request.POST, person)
        if not form.is_valid():
            note_wrong(request, form)
            return self.show(form, status=422)
        sessions.end(person, but=request.session.session_key)
        note_change(request, "ended their other sessions")
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("sessions")

    def show(self, form: PasswordAgain, waits: bool = False, status: int = 200) -> HttpResponse:
        context = {
            "title": _("Sessions"),
            "stays": sessions.stays(self.request.user),
            "idle": sessions.IDLE // HOUR,
            "longest": settings.SESSION_COOKIE_AGE // HOUR,
            "here": self.request.session.session_key,
            "form": form,
            "waits": waits,
        }
        template = "registration/sessions.html"
        return TemplateResponse(self.request, template, context, status=status)
