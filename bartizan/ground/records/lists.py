"""What one does with a list as a whole: look at it otherwise, change several of its records."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bartizan.ground.people.authority import UNENTITLED, may
from bartizan.ground.people.requests import SignedInRequest, natural
from bartizan.ground.records import display
from bartizan.ground.records.forms import SeveralForm, filter_class, several_form
from bartizan.ground.records.models import Record, SavedView
from bartizan.ground.records.related import with_references
from bartizan.ground.records.views import RegisterList
from bartizan.ground.trail.acts import act


class RegisterLook(RegisterList):
    """How somebody looks at a list: its columns, and the views they keep under a name.

    A view is an address: filters, words, order and columns. It is seen by whoever kept it.
    """

    template = "look"

    def get(self, request: SignedInRequest) -> HttpResponse:
        columns, first = self.columns(), self.register.offered[0]
        asked = self.query(request.GET)
        return self.render(
            {
                "title": _("How this list is shown"),
                "page": "bare.html" if "HX-Request" in request.headers else "base.html",
                "list_url": self.list_url(),
                "views": [
                    {"pk": view.pk, "name": view.name, "url": self.list_url(view.query)}
                    | {"current": view.query == asked.urlencode()}
                    for view in self.kept()
                ],
                "given": [(n, v) for n, values in asked.lists() for v in values if n != "columns"],
                "choices": [
                    {"name": n, "label": self.register.heading(n), "shown": n in columns}
                    for n in self.register.offered
                    if n != first
                ],
            }
        )

    def post(self, request: SignedInRequest) -> HttpResponse:
        """Keep a view under a name, forget one, or only show it."""
        given = request.POST
        if number := given.get("forget", ""):
            self.kept().filter(pk=natural(number)).delete()
            return redirect(self.list_url())
        query, name = self.query(given).urlencode(), given.get("name", "").strip()
        if "keep" in given:
            try:
                SavedView.keep(request.user, self.register.slug, name, query)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                messages.success(request, _("Kept: %(name)s.") % {"name": name})
        return redirect(self.list_url(query))

    def kept(self) -> models.QuerySet[SavedView]:
        return SavedView.objects.filter(person=self.request.user, register=self.register.slug)

    def query(self, given: QueryDict) -> QueryDict:
        """What of an address or a form says which rows are shown, and how."""
        query, columns = QueryDict(mutable=True), given.getlist("columns")
        known = {"q", "sort", *filter_class(self.register).base_filters}
        for name in sorted(known & given.keys()):
            if value := given.get(name):
                query[name] = value
        if columns and columns != self.register.columns[1:]:
            query.setlist("columns", columns)
        return query

    def list_url(self, query: str = "") -> str:
        url = reverse(f"{self.register.slug}:list")
        return f"{url}?{query}" if query else url


class Refusals(Exception):
    """Why some records were not changed, each by its key; so none was."""

    def __init__(self, of: dict[int, str]) -> None:
        self.of = of


class RegisterSeveral(RegisterList):
    """Gives one field of several records the same value: all that are ticked, or none.

    The records are those the list shows at that address. Each is judged as its own form would
    judge it: is it the reader's to write, is it as they saw it, does the model take the value.
    """

    template = "several"

    def get(self, request: SignedInRequest) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: SignedInRequest) -> HttpResponse:
        form, ticked = self.form(request.POST), self.ticked()
        if form is None or not form.is_valid():
            return self.show(form, status=422)
        if not ticked:
            form.add_error(None, _("Tick at least one record."))
            return self.show(form, status=422)
        try:
            with act(request.user, through="page", why=form.cleaned_data["why"]):
                changed = self.change(ticked, form.name, form.cleaned_data[form.name])
        except Refusals as refusals:
            return self.show(form, refusals.of, status=422)
        if changed:
            said = ngettext("One record changed.", "%(count)s records changed.", changed)
            messages.success(request, said % {"count": changed})
        else:
            messages.success(request, _("Nothing was changed."))
        return redirect(self.way_back())

    def form(self, data: QueryDict | None = None) -> SeveralForm | None:
        """The form of the field that the address names; None while it names none."""
        self.demand("write", self.register.model)
        name = self.request.GET.get("field", "")
        if name not in self.register.together:
            return None
        return several_form(self.register, name)(data, person=self.request.user)

    def ticked(self) -> dict[int, int]:
        """The records that are ticked, and the version each had when it was looked at."""
        said = (one.partition(".") for one in self.request.POST.getlist("record"))
        found = {natural(key): natural(version) for key, _dot, version in said}
        return {key: version for key, version in found.items() if key and version}

    def change(self, ticked: dict[int, int], name: str, value: Any) -> int:
        """How many records were changed. Raises Refusals, and then none was."""
        rows = self.register.held(self.rows().filter(pk__in=ticked)).order_by("pk")
        changed, refused = 0, {}
        for row in rows:
            try:
                changed += self.change_one(row, ticked[row.pk], name, value)
            except ValidationError as error:
                refused[row.pk] = " ".join(error.messages)
        if refused:
            raise Refusals(refused)
        return changed

    def change_one(self, row: Record, version: int, name: str, value: Any) -> bool:
        """Whether it stands otherwise than before; what stands as wished keeps its version."""
        person = self.request.user
        if row.version != version:
            raise ValidationError(_("Somebody changed this record while you were editing it."))
        if not may(person, "write", row):
            raise ValidationError(UNENTITLED)
        if getattr(row, name) == value:
            return False
        setattr(row, name, value)
        row.full_clean(exclude=["number", "kind"])
        # Authority over what the record becomes, not only over what it was.
        if not may(person, "write", row):
            raise ValidationError(UNENTITLED)
        row.save()
        return True

    def show(
        self, form: SeveralForm | None, refused: dict[int, str] | None = None, status: int = 200
    ) -> HttpResponse:
        register, posted = self.register, self.request.method == "POST"
        columns = ["number", "title", *([form.name] if form else [])]
        person = self.request.user
        dressed = partial(with_references, register, [*columns, "unit"])
        page = self.page(self.found(self.filters()), dressed)
        theirs = {row.pk: row.version for row in page.rows if may(person, "write", row)}
        ticked = self.ticked() if posted else theirs
        lines = display.lines(register, columns, page.rows, person)
        context = {
            "title": _("Change several"),
            "form": form,
            "fields": [
                {
                    "label": register.heading(name),
                    "url": self.address(field=name),
                    "current": form is not None and form.name == name,
                }
                for name in register.together
            ],
            "rows": [
                {
                    "key": f"{row.pk}.{ticked.get(row.pk, row.version)}",
                    "number": row.number,
                    "title": row.title,
                    "url": line["url"],
                    "now": line["cells"][2] if form else None,
                    "ticked": row.pk in ticked,
                    "refused": (refused or {}).get(row.pk, ""),
                }
                for row, line in zip(page.rows, lines, strict=True)
            ],
            "refused": len(refused or {}),
            "back_url": self.way_back(),
        }
        return self.render(context, status=status)

    def way_back(self) -> str:
        """The list as it was left."""
        return reverse(f"{self.register.slug}:list") + self.address(field=None)
