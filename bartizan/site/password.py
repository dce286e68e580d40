"""Choosing a password: whoever came in by a one-time link sets one, whoever has one changes it."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from bartizan.ground.people import sessions
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.people.sign_in import too_many_tries
from bartizan.ground.people.watch import TOO_MANY, note, note_change, note_wrong
from bartizan.ground.trail.acts import act

Form = SetPasswordForm | PasswordChangeForm


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Password(View):
    """One's own password. Who has one must know it; every other session of theirs ends."""

    request: SignedInRequest

    def get(self, request: SignedInRequest) -> HttpResponseBase:
        return self.show(self.form())

    def post(self, request: SignedInRequest) -> HttpResponseBase:
        if too_many_tries(f"password {request.user.pk}"):
            note(request, TOO_MANY, request.user)
            return self.show(self.form(), waits=True, status=429)
        form = self.form(request.POST)
        if not form.is_valid():
            note_wrong(request, form)
            return self.show(form, status=422)
        with act(request.user, through="page", why="chose a password"):
            person = form.save()
        update_session_auth_hash(request, person)
        sessions.end(person, but=request.session.session_key)  # they are of no use any more
        note_change(request, "chose a password")
        messages.success(request, _("Your password is set. Other sessions of yours have ended."))
        return redirect("home")

    def form(self, data: object = None) -> Form:
        kind = PasswordChangeForm if self.request.user.has_usable_password() else SetPasswordForm
        return kind(self.request.user, data)

    def show(self, form: Form, waits: bool = False, status: int = 200) -> TemplateResponse:
        context = {"form": form, "waits": waits, "title": _("Password")}
        return TemplateResponse(self.request, "registration/password.html", context, status=status)
