"""The pages of the standard: every item with its verdict, and one item with what stands behind."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.decorators.http import require_safe

from bartizan.conformity.described import describe
from bartizan.conformity.evaluator import evaluate_incremental, verdicts_on
from bartizan.conformity.history import noted_for
from bartizan.conformity.models import Attestation
from bartizan.conformity.requirement import Edition, Modality, Requirement, Value, several
from bartizan.conformity.requirements import CATALOGUE, CLAUSES
from bartizan.conformity.sentences import phrase_of
from bartizan.conformity.verdict import Verdict
from bartizan.ground.people.authority import demand, may
from bartizan.ground.people.models import Person, Verb
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records.display import address
from bartizan.ground.records.forms import DateInput, LookupManyField
from bartizan.ground.records.life import link
from bartizan.ground.records.models import Record, Relation
from bartizan.ground.records.register import register_of
from bartizan.ground.trail.acts import act

SHOWN = 50
ATTESTED_FOR = timedelta(days=365)


class Filters(forms.Form):
    """Which items to show."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Verdict"), required=False, choices=[("", "—"), *Value.choices]
    )
    modality = forms.ChoiceField(
        label=gettext_lazy("Strength"), required=False, choices=[("", "—"), *Modality.choices]
    )


@require_safe
def requirements(request: SignedInRequest) -> HttpResponse:
    """Every item of an edition with its verdict and why."""
    edition = request.GET.get("edition", Edition.PUBLISHED)
    if edition not in Edition.values:
        raise Http404
    verdicts = evaluate_incremental(edition, seen_by=request.user).values()
    filters, words = Filters(request.GET), request.GET.get("q", "").strip()
    asked = filters.cleaned_data if filters.is_valid() else {}
    chosen = [verdict for verdict in verdicts if _matches(verdict, asked, words.casefold())]
    context = {
        "title": _("Requirements"),
        "sentence": sentence(verdicts),
        "editions": [
            {"label": label, "url": f"?edition={value}", "current": value == edition}
            for value, label in Edition.choices
        ],
        "groups": list(_groups(chosen)),
        "count": ngettext("one item", "%(count)s items", len(chosen)) % {"count": len(chosen)},
        "search": words,
        "filter_form": filters,
        "filtered": any(asked.values()),
    }
    return TemplateResponse(request, "site/requirement_list.html", context)


def sentence(verdicts: Iterable[Verdict]) -> str:
    """Do we conform? The duties decide; advice does not."""
    duties = [v for v in verdicts if v.requirement.modality == Modality.SHALL]
    met = sum(v.value in (Value.CONFORMING, Value.NOT_APPLICABLE) for v in duties)
    assessed = sum(v.value != Value.NOT_ASSESSED for v in duties)
    if assessed == met == len(duties):
        return _("The system conforms: all %(count)s duties are met.") % {"count": met}
    words = {"met": met, "assessed": assessed, "rest": len(duties) - assessed}
    if assessed == len(duties):
        return _("Not yet: %(met)s of %(assessed)s duties are met.") % words
    return (
        _("%(met)s of %(assessed)s assessed duties are met; %(rest)s are not assessed yet.") % words
    )


def _matches(verdict: Verdict, asked: dict[str, str], words: str) -> bool:
    item = verdict.requirement
    if asked.get("verdict") not in ("", None, verdict.value):
        return False
    if asked.get("modality") not in ("", None, item.modality):
        return False
    return all(word in f"{item.id} {item.title} {item.says}".casefold() for word in words.split())


def _groups(verdicts: list[Verdict]) -> Iterator[dict[str, Any]]:
    for clause, members in groupby(verdicts, key=lambda verdict: verdict.requirement.clause):
        found = list(members)
        yield {
            "clause": clause,
            "label": clause_title(found[0].requirement),
            "items": [line(verdict) for verdict in found],
        }


def clause_title(item: Requirement) -> str:
    """What the item's clause is about, or the nearest clause above that has a title."""
    prefix, clause = item.id.split(":")[0], item.clause
    while clause:
        if known := CLAUSES.get(f"{prefix}:{clause}"):
            return str(known.title)
        clause = clause.rpartition(".")[0]
    return ""


def line(verdict: Verdict) -> dict[str, Any]:
    """An item as lists show it."""
    item = verdict.requirement
    return {
        "id": item.id,
        "clause": item.clause,
        "title": item.title,
        "says": item.says,
        "url": reverse("requirement", args=[item.id]),
        "verdict": verdict.value,
        "modality": item.modality,
        "reason": verdict.reason,
    }


def named(row: Model, why: str = "") -> dict[str, Any]:
    """A record as the pages of a requirement list it."""
    told, register = describe(row), register_of(type(row))
    return {
        "kind": str(row._meta.verbose_name) if told.kind else "",
        "number": told.number if isinstance(row, Record) else "",
        "title": told.title,
        "url": address(register, row) if register else "",
        "why": why,
    }


class AttestForm(forms.Form):
    """What a person stands for, on which records, until when."""

    statement = forms.CharField(
        label=gettext_lazy("What you looked at and what you stand for"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
    cites = LookupManyField(
        Record.objects.none(),
        label=gettext_lazy("Records you rely on"),
        help_text=gettext_lazy("Their numbers, separated by commas."),
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Until"),
        widget=DateInput(),
        help_text=gettext_lazy("From this day on it has to be attested anew."),
    )
    claim = forms.ChoiceField(
        label=gettext_lazy("You state that"), choices=Attestation.Claim.choices
    )
    since = forms.DateField(
        label=gettext_lazy("Looking back to"), widget=DateInput(), required=False
    )

    def __init__(self, *args: Any, item: Requirement, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.person = item, person
        cites: Any = self.fields["cites"]
        cites.queryset = Record.objects.live().visible_to(person)
        if item.only_when is None:
            del self.fields["claim"], self.fields["since"]

    def _post_clean(self) -> None:
        """The limits of the model, in its words, before anything is written."""
        super()._post_clean()  # type: ignore[misc]  # Django's stubs leave it out
        if self.errors:
            return
        try:
            self.attestation().full_clean(exclude=["number", "kind"])
        except forms.ValidationError as error:
            for name, found in error.error_dict.items():
                self.add_error(name if name in self.fields else None, found)

    def attestation(self) -> Attestation:
        data = self.cleaned_data
        return Attestation(
            title=str(self.item.title)[:200],
            requirement=self.item.id,
            claim=data.get("claim") or Attestation.Claim.CONFIRMS,
            statement=data["statement"],
            since=data.get("since"),
            attested_by=self.person,
            expires_on=data["expires_on"],
            owner=self.person,
            unit=self.person.unit,
        )

    def save(self) -> Attestation:
        made = self.attestation()
        made.save()
        for record in self.cleaned_data["cites"]:
            link(made, record, Relation.CITES)
        return made


class RequirementPage(View):
    """One item: what is asked, the verdict, why, on what evidence, and who stands for it."""

    request: SignedInRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["id"] not in CATALOGUE:
            raise Http404
        self.item = CATALOGUE[kwargs["id"]]
        self.may_attest = may(request.user, Verb.ATTEST, Attestation)

    def get(self, request: SignedInRequest, id: str) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: SignedInRequest, id: str) -> HttpResponse:
        demand(request.user, Verb.ATTEST, Attestation)
        with act(request.user, through="page", why=f"attests {self.item.id}"):
            form = self.form(request.POST)
            if form is not None and form.is_valid():
                form.save()
                return redirect("requirement", self.item.id)
        return self.show(form, status=422)

    def form(self, data: Any = None) -> AttestForm | None:
        if not self.may_attest or not (self.item.attested or self.item.only_when):
            return None
        initial = {"expires_on": timezone.localdate() + ATTESTED_FOR}
        return AttestForm(data, item=self.item, person=self.request.user, initial=initial)

    def show(self, form: AttestForm | None, status: int = 200) -> HttpResponse:
        item, person = self.item, self.request.user
        verdict = verdicts_on([item], person)[item.id]
        shortfalls = verdict.shortfall_records(SHOWN)
        evidence = verdict.evidence_records(SHOWN + 1)
        listing = f"{reverse('requirements')}?edition={item.edition}&q={item.clause}"
        context = {
            "title": f"{item.id} {item.title}",
            "requirement": item,
            "verdict": verdict.value,
            "clause_title": clause_title(item),
            "clause_url": listing,
            "as_of": verdict.day,
            "reason": verdict.reason,
            "shortfalls": [_shortfall(row, why) for row, why in shortfalls],
            "more_shortfalls": max(verdict.shortfall_count - len(shortfalls), 0),
            "evidence": [named(row) for row in evidence[:SHOWN]],
            # Two checks may return the same record: how many more is not known.
            "more_evidence": len(evidence) > SHOWN,
            "fresh": _fresh(verdict),
            "checks": list(_checks(item)),
            "attestations": list(_attestations(item, person)),
            "attest_form": form,
            "attest_url": self.request.path,
            "strip": [
                {"day": change.since, "verdict": change.verdict}
                for change in noted_for(person).filter(requirement=item.id)[:12]
            ],
            "maps": list(_maps(item, person)),
            **_creates(verdict, person),
        }
        return TemplateResponse(self.request, "site/requirement.html", context, status=status)


def _shortfall(row: Model | None, why: str) -> dict[str, Any]:
    return {"title": why, "why": ""} if row is None else named(row, why)


def _fresh(verdict: Verdict) -> str:
    if verdict.freshness is None:
        return ""
    oldest, newest = (date_format(timezone.localtime(m), "DATE_FORMAT") for m in verdict.freshness)
    if oldest == newest:
        return _("last touched on %(day)s") % {"day": newest}
    return _("touched between %(oldest)s and %(newest)s") % {"oldest": oldest, "newest": newest}


def _checks(item: Requirement) -> Iterator[dict[str, str]]:
    """How the item is decided, from what its checks say of themselves."""
    parts = (
        (_("Applies only where there are"), item.only_when or ()),
        (_("Evidence"), item.some_of),
        (_("Each must be there"), item.needs),
        (_("Falls short whatever"), item.none_of),
        (_("To be cited by the attestation"), item.cites),
    )
    for part, checks in parts:
        for check in several(checks):
            yield {"part": part, "says": _(phrase_of(check))}


def _attestations(item: Requirement, person: Person) -> Iterator[dict[str, Any]]:
    day = timezone.localdate()
    rows: Any = Attestation.objects.filter(requirement=item.id).visible_to(person).weighed(day)
    for attestation in rows.select_related("attested_by").order_by("-attested_on", "-pk")[:10]:
        yield {
            "by": attestation.attested_by,
            "on": attestation.attested_on,
            "expires_on": attestation.expires_on,
            "statement": attestation.statement,
            "current": attestation.counts,
            "cites": [
                {"number": r.number, "url": r.get_absolute_url()} for r in attestation.cited(person)
            ],
        }


def _maps(item: Requirement, person: Person) -> Iterator[dict[str, Any]]:
    """The items of the other edition that carry the same duty."""
    if item.edition == Edition.DRAFT:
        others = [CATALOGUE[id] for id in item.maps_to]
    else:
        others = [one for one in CATALOGUE.values() if item.id in one.maps_to]
    yield from map(line, verdicts_on(others, person).values())


def _creates(verdict: Verdict, person: Person) -> dict[str, str]:
    """Where to make the record that is missing."""
    for outcome in verdict.evidence:
        register = register_of(outcome.model)
        if register and may(person, Verb.WRITE, register.model):
            return {
                "create_url": reverse(f"{register.slug}:new"),
                "create_label": _("Write the first %(kind)s")
                % {"kind": register.model._meta.verbose_name},
            }
    return {}
