"""The shared pages of every register: list, record, form, history, and what a record can undergo.

A page is found by its register; what the reader may not see does not exist for them (404), what
they may see but not change is refused (403). Every write happens in an act that says who and why.
"""

from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.middleware import get_user
from django.db import models
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_safe
from django_filters import FilterSet

from bartizan.ground.people.authority import demand, grants, may, rows_for
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.people.requests import SignedInRequest, natural
from bartizan.ground.records import display, files, keyset, life, search
from bartizan.ground.records.changes import deeds
from bartizan.ground.records.forms import (
    CodedField,
    LookupField,
    RegisterForm,
    filter_class,
    form_class,
)
from bartizan.ground.records.kept import Kept
from bartizan.ground.records.models import Record, RecordQuerySet, Relation, Status
from bartizan.ground.records.news import Mark, mark_now
from bartizan.ground.records.register import Register, register_of
from bartizan.ground.records.related import joined, related, with_references
from bartizan.ground.records.tally import Tally, of_these, slow, tally
from bartizan.ground.trail.acts import act

PAGE_SIZE = 50
VERBS = ("write", "approve", "retire", "attest")  # what may be done to a record beside reading it

ARRANGED = ("at", "sort", "columns")  # what an address says of how rows are shown, not of which
KEPT = 2_000  # lists, each as one person filters it
_tallies: Kept[Tally] = Kept(KEPT)
_choices: Kept[dict[str, Any]] = Kept(KEPT)


class RegisterView(View):
    """What all pages of a register share: the register, and the rows that the reader may see."""

    request: SignedInRequest
    register: Register = cast(Register, None)  # every page is made for one: see `pages`
    template = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        # The person themselves: Django puts somebody in their place who looks them up every time.
        request.user = get_user(request)
        super().setup(request, *args, **kwargs)

    def rows(self) -> models.QuerySet:
        return rows_for(self.request.user, self.register.model)

    def get_row(self) -> models.Model:
        """The row the address names, or 404. Whoever is about to write it holds it until done."""
        rows = self.rows()
        if self.request.method == "POST":
            rows = self.register.held(rows)
        if self.register.holds_records:
            return get_object_or_404(rows, number=self.kwargs["name"])
        return get_object_or_404(rows, pk=natural(self.kwargs["name"]))

    def demand(self, verb: str, subject: models.Model | type[models.Model]) -> None:
        demand(self.request.user, verb, subject)

    def render(self, context: dict[str, Any], status: int = 200) -> TemplateResponse:
        """The shared template, or the app's own `<app>/<model>_<page>.html` if there is one."""
        meta = self.register.model._meta
        own = f"{meta.app_label}/{meta.model_name}_{self.template}.html"
        shared = f"records/{self.template}.html"
        context = {"register": self.register} | context
        return TemplateResponse(self.request, [own, shared], context, status=status)


class RegisterList(RegisterView):
    """The rows of a register: filtered, sorted and searched by what stands in the address."""

    template = "list"

    def get(self, request: SignedInRequest) -> HttpResponse:
        register, words, columns = self.register, self.words(), self.columns()
        filters = self.filters()
        found = self.found(filters)
        page, now = self.page(found, partial(joined, register, columns)), mark_now()
        if page.next is None and page.previous is None:  # all of them: not to be found once more
            counted = of_these(page.rows) if page.rows else Tally(0)
        else:
            counted = self.soon(found.one_by_one, now)
        self.offer(filters.form, now)
        return self.render(
            {
                "title": register.label,
                "columns": [self.column(name) for name in columns],
                "chosen": columns if columns != register.columns else [],
                "rows": display.lines(register, columns, page.rows, request.user),
                "count": counted.count,
                "sentence": counted.sentence,
                "counting_url": self.counting_url() if counted.unfinished else "",
                "filter_form": filters.form,
                "narrowed": self.narrowed(filters),
                "filtered": self.filtered(filters),
                "search": words,
                "next_url": self.address(at=page.next) if page.next else "",
                "previous_url": self.address(at=page.previous) if page.previous else "",
                "can_write": may(request.user, "write", register.model),
                "new_url": reverse(f"{register.slug}:new"),
                "look_url": reverse(f"{register.slug}:look"),
                "several_url": self.several_url(),
                "export_url": reverse("export", args=[register.slug]),
                "import_url": reverse("import", args=[register.slug]),
                "empty": not page.rows,
            }
        )

    def words(self) -> str:
        return self.request.GET.get("q", "").strip()

    def filters(self) -> FilterSet:
        return filter_class(self.register)(self.request.GET, self.listed(), request=self.request)

    def found(self, filters: FilterSet) -> search.Found:
        """The rows that the filters leave and the words are found in."""
        return search.within(self.register, filters.qs, self.words())

    def page(self, found: search.Found, dressed: search.Dressed) -> keyset.Page:
        return found.page(self.order(), PAGE_SIZE, self.request.GET.get("at"), dressed)

    def several_url(self) -> str:
        """Where the records shown are changed together; nowhere if that can't be done here."""
        if not self.register.together or not may(self.request.user, "write", self.register.model):
            return ""
        return f"{reverse(f'{self.register.slug}:several')}?{self.request.GET.urlencode()}"

    def soon(self, rows: models.QuerySet, now: Mark) -> Tally:
        """As much of the tally as is there before somebody would wait for it.

        There are more than fit on a page. Where no index holds them, and of words always, no more
        is known than that: to look again would take as long as the page.
        """
        known = None
        if not self.words():
            known = _tallies.get(self.asked(), now) if slow(rows) else self.tally(rows, now)
        holds_records = self.register.holds_records
        return known or Tally(PAGE_SIZE + 1, limit=PAGE_SIZE, of_records=holds_records)

    def tally(self, rows: models.QuerySet, now: Mark) -> Tally:
        """The tally of these filters, counted anew once a record or a right has changed.

        Of a search always: when words are found again, the trail does not tell.
        """
        if self.words():
            return tally(rows)
        return _tallies.once(self.asked(), lambda: tally(rows), now)

    def asked(self) -> tuple[Any, ...]:
        """Which rows the address asks for today, and through whose eyes."""
        given = sorted((n, *v) for n, v in self.request.GET.lists() if n not in ARRANGED)
        return self.eyes(), timezone.localdate(), tuple(given)

    def filtered(self, filters: FilterSet) -> bool:
        return bool(self.words()) or self.narrowed(filters)

    def narrowed(self, filters: FilterSet) -> bool:
        """By a filter, whether or not by words."""
        return any(self.request.GET.get(name) for name in filters.form.fields)

    def counting_url(self) -> str:
        """Where the rest is counted."""
        query = self.address(**dict.fromkeys(ARRANGED))
        return reverse(f"{self.register.slug}:tally") + query

    def offer(self, form: forms.Form, now: Mark) -> None:
        """Give the filters that offer rows their choices, which change as seldom as those rows."""
        fields = {
            name: field
            for name, field in form.fields.items()
            if isinstance(field, forms.ModelChoiceField) and not isinstance(field, LookupField)
        }

        def choices() -> dict[str, Any]:
            return {
                name: field.offer()
                if isinstance(field, CodedField)
                else [(str(value), str(label)) for value, label in cast(Any, field.choices)]
                for name, field in fields.items()
            }

        for name, offered in _choices.once(self.eyes(), choices, now).items():
            field = fields[name]
            if isinstance(field, CodedField):
                field.show(offered)
            else:
                field.widget.choices = offered

    def eyes(self) -> tuple[Any, ...]:
        """Whoever looks at this register, with all they have been granted."""
        return self.register, self.request.user.pk, grants(self.request.user)

    def listed(self) -> models.QuerySet:
        """Retired records only when somebody asks for them."""
        rows = self.rows()
        asked = self.request.GET.get("status") in Status.values
        if isinstance(rows, RecordQuerySet) and not asked:
            return rows.current()
        return rows

    def order(self) -> str:
        """The field to sort by; records stand newest first, other rows as their model says."""
        asked = self.request.GET.get("sort", "")
        name = asked.lstrip("-")
        if name == "number":
            return asked.replace("number", "pk")
        if name in self.register.offered and self.sortable(name):
            return asked
        natural = self.register.model._meta.ordering or ["-pk"]
        return "-pk" if self.register.holds_records else str(natural[0])

    def sortable(self, name: str) -> bool:
        model_field = self.register.field(name)
        return name == "number" or (
            model_field is not None
            and model_field.concrete
            and not model_field.is_relation
            and not isinstance(model_field, models.TextField | models.JSONField)
        )

    def columns(self) -> list[str]:
        """Those the address asks for, in the register's order; the first leads to the record."""
        first, *others = self.register.offered
        asked = self.request.GET.getlist("columns")
        chosen = [name for name in others if name in asked]
        return [first, *chosen] if chosen else self.register.columns

    def column(self, name: str) -> dict[str, Any]:
        field, order = "pk" if name == "number" else name, self.order()
        sorted_ = {field: "asc", f"-{field}": "desc"}.get(order, "")
        asked = f"-{name}" if sorted_ == "asc" else name
        return {
            "name": name,
            "label": self.register.heading(name),
            "sortable": self.sortable(name),
            "sorted": sorted_,
            "url": self.address(sort=asked, at=None),
        }

    def address(self, **changes: str | None) -> str:
        """The address of this list with some of its parameters changed."""
        query = self.request.GET.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}"


class RegisterTally(RegisterList):
    """How many rows a list has, for a page that did not wait for it."""

    template = "tally"

    def get(self, request: SignedInRequest) -> HttpResponse:
        filters = self.filters()
        counted = self.tally(self.found(filters).one_by_one, mark_now())
        return self.render(
            {
                "count": counted.count,
                "sentence": counted.sentence,
                "filtered": self.filtered(filters),
            }
        )


class RowDetail(RegisterView):
    """One record: what it says, where it stands, what it bears on, what comes next."""

    template = "detail"

    def rows(self) -> models.QuerySet:
        """With what its fields refer to, in one query; of a record, with where it is kept."""
        names = [name for names in self.register.sections.values() for name in names]
        return with_references(self.register, names, super().rows())

    def get(self, request: SignedInRequest, name: str) -> HttpResponse:
        row, register, person = self.get_row(), self.register, request.user
        context = {
            "title": str(row),
            "record": row,
            "sections": [
                {
                    "label": label,
                    "fields": [
                        {
                            "name": name,
                            "label": register.heading(name),
                            "value": display.html(register, row, name, person),
                            "help": getattr(register.field(name), "help_text", ""),
                        }
                        for name in names
                    ],
                }
                for label, names in register.sections.items()
            ],
            "related": list(related(register, row, person)),
            "changes": deeds(register, row, person, first=5),
            "is_record": register.holds_records,
            "can": {
                "begin": may(person, "write", register.model),  # another of this kind
                **{verb: may(person, verb, row) for verb in VERBS},
            },
        }
        if isinstance(row, Record):
            context |= around(row, person)
        return self.render(context)


def around(record: Record, person: Person) -> dict[str, Any]:
    """What stands around a record: links both ways, talk, files, approval, what is due."""
    approval = record.approval
    links = {
        side: getattr(record, side).visible_to(person).select_related("source", "target")
        for side in ("links_out", "links_in")
    }
    return {
        **links,
        "comments": record.comments.select_related("author"),
        "attachments": record.attachments.select_related("added_by"),
        "approval": approval,
        "approval_state": life.approval_state(record, approval),
        "next_steps": life.next_steps(record, approval, timezone.localdate()),
        "relations": Relation.choices,
    }


class RowForm(RegisterView):
    """Writes a new row or a new version of one, in the words and limits of its model."""

    template = "form"
    creating = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.row: models.Model | None = None

    def get(self, request: SignedInRequest, name: str = "") -> HttpResponse:
        return self.show(self.form(initial=request.GET.dict() if self.creating else None))

    def post(self, request: SignedInRequest, name: str = "") -> HttpResponse:
        why = request.POST.get("why", "")
        with act(request.user, through="page", why=why):
            form = self.form(data=request.POST)
            if form.is_valid():
                # Authority over what the record becomes, not only over what it was.
                self.demand("write", form.instance)
                if self.row is not None and not form.changes_something:
                    messages.success(request, _("Nothing was changed."))
                    return redirect(self.destination(self.row))
                row = form.save()
                messages.success(request, _("Saved: %(row)s.") % {"row": row})
                return redirect(self.destination(row))
        return self.show(form, status=409 if form.theirs else 422)

    def destination(self, row: models.Model) -> str:
        """The page of the whole when a part was added from there, else that of the row."""
        for name in self.request.GET:
            model_field = self.register.field(name)
            whole = getattr(row, name) if model_field and model_field.many_to_one else None
            if isinstance(whole, Record):
                return whole.get_absolute_url()
            register = register_of(type(whole)) if isinstance(whole, models.Model) else None
            if whole is not None and register and register.has_pages:
                return display.address(register, whole)
        return display.address(self.register, row)

    def form(self, **kwargs: Any) -> RegisterForm:
        if self.creating:
            self.demand("write", self.register.model)
            if not kwargs.get("data"):
                kwargs["initial"] = self.first_values() | (kwargs.get("initial") or {})
        else:
            self.row = self.get_row()
            self.demand("write", self.row)
            kwargs["instance"] = self.row
        return form_class(self.register)(person=self.request.user, **kwargs)

    def first_values(self) -> dict[str, Any]:
        """A new record starts in the hands and the unit of whoever writes it."""
        person = self.request.user
        return {"owner": person.pk, "unit": person.unit_id}

    def show(self, form: RegisterForm, status: int = 200) -> HttpResponse:
        label = self.register.model._meta.verbose_name
        title = _("New %(kind)s") % {"kind": label} if self.creating else str(self.row)
        theirs = self.both_versions(form, form.theirs) if form.theirs else None
        return self.render(
            {"title": title, "form": form, "record": self.row, "theirs": theirs}, status=status
        )

    def both_versions(self, form: RegisterForm, theirs: Record) -> list[tuple[str, str, str]]:
        """Field by field what stands now and what was typed; storing again replaces what stands."""
        typed: Any = form.data
        form.data = typed = typed.copy()
        typed["version"] = theirs.version
        return [
            (
                self.register.heading(name),
                display.text(display.seen(getattr(theirs, name), self.request.user)),
                display.text(form.cleaned_data.get(name)),
            )
            for name in self.register.editable
            if name in form.changed_data
        ]


class RowHistory(RegisterView):
    """All that was ever changed in a row, newest first: who, when, through what, why."""

    template = "history"

    def get(self, request: SignedInRequest, name: str) -> HttpResponse:
        row = self.get_row()
        return self.render(
            {
                "title": str(row),
                "record": row,
                "changes": deeds(self.register, row, request.user),
                "is_record": self.register.holds_records,
            }
        )


class RecordVerb(RegisterView):
    """One thing done to a record by pressing a button: approved, retired, linked, …"""

    button = ""

    def post(self, request: SignedInRequest, name: str) -> HttpResponse:
        verb, do = life.VERBS[self.button]
        with act(request.user, through="page", why=request.POST.get("why", "")):
            record = self.get_row()
            if not isinstance(record, Record):
                raise Http404
            self.demand(verb, record)
            try:
                said = do(record, request)
            except life.Refused as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, said)
        return redirect(record)


@require_safe
def lookup(request: SignedInRequest, slug: str) -> JsonResponse:
    """Up to ten records whose number or title holds the words, for a form field.

    Of people and units those whose code or name does.
    """
    words = request.GET.get("q", "").strip()
    model = Record if slug == "any" else _model_of(slug)
    rows: Any = rows_for(request.user, model)
    if issubclass(model, Record):
        rows = rows.exclude(status=Status.RETIRED)
        found = search.by_name(rows, words, 10) if words else rows.order_by("-pk")[:10]
        said = [{"number": r.number, "title": r.title} for r in found]
    else:
        rows = rows.filter(is_active=True) if model is Person else rows
        found = rows.filter(Q(code__icontains=words) | Q(name__icontains=words))[:10]
        said = [{"number": r.code, "title": r.name} for r in found]
    return JsonResponse({"found": said})


def _model_of(slug: str) -> type[models.Model]:
    looked_up: list[type[models.Model]] = [*Record.__subclasses__(), Person, Unit]
    for model in looked_up:
        register = register_of(model)
        if register and register.slug == slug:
            return model
    raise Http404


@require_safe
def attachment(request: SignedInRequest, sha256: str) -> FileResponse:
    """A file, to whoever may see a record it belongs to; never shown inside the page."""
    return files.download(request.user, sha256)
