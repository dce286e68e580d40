"""What a person may not see does not exist for them: no page, answer or file tells of it."""

import copy
import functools
import io
import operator
import re
from collections.abc import Iterator

import openpyxl
import pytest
from django.db import models
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from bartizan.api.models import Token
from bartizan.chain.models import Leg, Partner, Place
from bartizan.clauses.context.models import ScopeElement
from bartizan.clauses.leadership.models import Commitment
from bartizan.clauses.operation.models import StrategyOption
from bartizan.clauses.planning.models import Threat
from bartizan.conformity import evaluator
from bartizan.ground.documents.models import Acknowledgement, DocumentVersion, PointOfUse
from bartizan.ground.people.models import Assignment, Person, Sensitivity
from bartizan.ground.records import display
from bartizan.ground.records.models import (
    BetweenQuerySet,
    Declaration,
    Link,
    Record,
    Relation,
    Sequence,
)
from bartizan.ground.records.register import Register, register_of
from bartizan.ground.trail.acts import act
from bartizan.registers import REGISTERS, SHEETS
from tests.demo import OWNER, every_kind_of_record, first, rows_of

HIDDEN = "Quicksilver"


KNOWN = ("mark", "day", "outcomes", "asked", "attestations", "verdicts")


@pytest.fixture(scope="module")
def reader(demo_company: None, django_db_blocker) -> Person:
    """May do everything, but only with what is at most confidential. For all tests here."""
    with django_db_blocker.unblock(), act(None, through="system"):
        restricted = Assignment.objects.filter(clearance=Sensitivity.RESTRICTED)
        restricted.update(clearance=Sensitivity.CONFIDENTIAL)
    return Person.objects.get(code=OWNER)


@pytest.fixture(scope="module")
def verdicts_at_first(reader: Person, django_db_blocker) -> dict[object, dict[str, object]]:
    """What the evaluators know of the company before a test writes anything."""
    with django_db_blocker.unblock():
        evaluator.evaluate_incremental(seen_by=reader)
    return {key: known(one) for key, one in evaluator._evaluators.items()}


def known(one: evaluator.Evaluator) -> dict[str, object]:
    return {name: copied(getattr(one, name)) for name in KNOWN}


def copied(value: object) -> object:
    """Dictionaries and the sets in them anew; what they hold is never altered."""
    if not isinstance(value, dict):
        return value
    made = copy.copy(value)
    made.update({key: set(one) for key, one in value.items() if isinstance(one, set)})
    return made


@pytest.fixture
def as_at_first(demo: None, verdicts_at_first) -> Iterator[None]:
    """A test's writing is taken back, and so is what was learned of it: no test begins anew."""
    yield
    for key, held in verdicts_at_first.items():
        for name, value in held.items():
            setattr(evaluator._evaluators[key], name, copied(value))


class Eyes:
    """Everything that somebody is shown: pages and answers as they are sent, workbooks as read."""

    def __init__(self, person: Person, browser: Client) -> None:
        self.browser = browser
        self.program = Client(headers={"Authorization": f"Bearer {Token.issue(person, 'test')}"})

    def page(self, address: str, answered: int = 200) -> bytes:
        client = self.program if address.startswith("/api/") else self.browser
        answer = client.get(address)
        assert answer.status_code == answered, address
        return CSRF.sub(b"", answer.content)

    def workbook(self, register: Register) -> bytes:
        answer = self.browser.get(f"/export/{register.slug}/")
        assert answer.status_code == 200
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        return repr([*book.active.values]).encode()


CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def eyes(reader, as_at_first, of) -> Eyes:
    return Eyes(reader, of(OWNER))


def hide(record: Record) -> None:
    """Out of the reader's sight; queries rather than saving, which some kinds restrict."""
    with act(None, through="system"):
        Record.objects.filter(pk=record.pk).update(
            title=f"{HIDDEN} {record.number}",
            number=f"QSV-{record.pk}",
            owner=None,
            sensitivity=Sensitivity.RESTRICTED,
        )


def another(row: Record) -> Record:
    """One more record that says the same as this one, where a limit allows no two alike."""
    kept = {
        field.name: getattr(row, field.name)
        for field in type(row)._meta.concrete_fields
        if field.name not in ("id", "record_ptr", "number", "version", "created_at")
    }
    return type(row)(**kept | ONLY_ONE.get(type(row), {}))


ONLY_ONE: dict[type[Record], dict[str, object]] = {
    Declaration: {"figure": "unheard-of"},
    DocumentVersion: {"label": "unheard-of"},
    Partner: {"gln": "", "lei": ""},
    Place: {"gln": ""},
    PointOfUse: {"place": "unheard-of"},
    Threat: {"entry": "unheard-of"},
    StrategyOption: {"is_chosen": False},
}


# Whoever adds one of these changes the policy or the scope it belongs to, which everybody sees.
CHANGE_THEIR_WHOLE = {Commitment, ScopeElement}


@pytest.mark.parametrize(
    "register",
    [one for one in REGISTERS if one.holds_records and one.model not in CHANGE_THEIR_WHOLE],
    ids=lambda one: one.slug,
)
def test_a_record_one_may_not_see_changes_nothing_of_what_one_sees(register, eyes):
    told = first(register)
    sequence = Sequence.objects.get(prefix=register.model.prefix)
    number = f"{sequence.prefix}-{sequence.last + 1:04d}"
    named = [getattr(told, f.name) for f in register.model._meta.fields if f.is_relation]
    around = [one.get_absolute_url() for one in named if isinstance(one, Record)]
    nowhere = [f"/{register.slug}/{number}/", f"/api/{register.slug}/{number}/"]
    telling = [
        f"/{register.slug}/",
        f"/api/{register.slug}/",
    ]
    addresses = [
        "/",
        "/due/",
        f"/{register.slug}/?q={HIDDEN}",
        f"/{register.slug}/tally/",
        f"/search/?q={number}",
        f"/search/?q={HIDDEN}",
        f"/lookup/{register.slug}/?q={HIDDEN}",
        f"/lookup/any/?q={number}",
        told.get_absolute_url(),
        f"/requirements/held-back/{register.slug}/{told.number}/",
        *around,
        f"/api/{register.slug}/?q={HIDDEN}",
        *telling,
    ]

    def seen() -> list[bytes]:
        pages = [eyes.page(address, 404) for address in nowhere]
        return [*pages, *map(eyes.page, addresses), eyes.workbook(register)]

    before = seen()
    with act(None, through="system"):
        made = another(told)
        made.title, made.owner, made.sensitivity = HIDDEN, None, Sensitivity.RESTRICTED
        made.save()
    assert made.number == number
    places = [*nowhere, *addresses, "export"]
    for address, was, now in zip(places, before, seen(), strict=True):
        assert now == was, address
    with act(None, through="system"):
        Record.objects.filter(pk=made.pk).update(sensitivity=Sensitivity.INTERNAL)
    for address in [*nowhere, *telling]:  # where it is told as soon as it may be seen
        assert number.encode() in eyes.page(address), address
    if register.model is not Declaration:  # no workbook writes a figure that is unheard of
        assert number.encode() in eyes.workbook(register)
    eyes.page(f"/search/?q={number}", 302)  # there it is


def gone(child: Register, row: models.Model, told: Record) -> bool:
    """Is the row hidden with the record that it names: as part of it, or what lies in between?"""
    whole = getattr(child.model, "part_of", "")
    between = isinstance(child.model._default_manager.all(), BetweenQuerySet)
    return bool(whole) and (between or getattr(row, f"{whole}_id") == told.pk)


@every_kind_of_record
def test_a_record_one_may_not_see_is_not_named_by_what_refers_to_it(register, eyes):
    told = first(register)
    referring = [
        (child, child.model._default_manager.filter(**{field.name: told.pk}).first())
        for child in REGISTERS
        for field in child.model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and issubclass(field.related_model, Record)
        and isinstance(told, field.related_model)
    ]
    children = {child.slug: child for child, _row in referring}.values()
    linking = first(next(one for one in SHEETS if one.holds_records and one is not register))
    with act(None, through="system"):
        Link.objects.create(source=linking, target_id=told.pk, relation=Relation.CITES)
    linked = Record.objects.filter(Q(links_out__target=told.pk) | Q(links_in__source=told.pk))
    some = [linking, *linked.exclude(pk=linking.pk).distinct()[:3]]
    for record in some:
        assert told.number.encode() in eyes.page(record.get_absolute_url()), record
    hide(told)
    for child in children:
        assert HIDDEN.encode() not in eyes.page(f"/{child.slug}/")
        assert b"QSV-" not in eyes.page(f"/api/{child.slug}/")
        assert b"QSV-" not in eyes.workbook(child)
    for child, row in referring:
        if row is not None:
            answered = 404 if gone(child, row, told) else 200
            pages = [display.address(child, row) + more for more in ("", "edit/", "history/")]
            shown = b"".join(eyes.page(page, answered) for page in pages)
            assert (HIDDEN.encode() in shown, b"QSV-" in shown) == (False, False), child.slug
    for record in some:
        shown = eyes.page(record.get_absolute_url())
        assert (HIDDEN.encode() in shown, b"QSV-" in shown) == (False, False), record


def test_who_owns_a_leg_does_not_learn_by_it_of_a_hidden_end(eyes, reader):
    told = Leg.objects.current().filter(origin__sensitivity__lt=Sensitivity.RESTRICTED).first()
    lists = ["/", "/my-work/", "/legs/", "/api/legs/", "/lookup/legs/", "/chain/table/"]
    with act(None, through="system"):
        Record.objects.filter(pk=told.pk).update(owner=reader, review_due=timezone.localdate())
    assert told.number.encode() in eyes.page("/my-work/")
    with act(None, through="system"):
        told.origin.title, told.origin.sensitivity = HIDDEN, Sensitivity.RESTRICTED
        told.origin.save()
    for address in (*lists, f"/search/?q={told.number}", "/chain/graph/"):
        assert HIDDEN.encode() not in eyes.page(address), address
    assert HIDDEN.encode() not in eyes.workbook(register_of(Leg))
    assert told.number.encode() not in eyes.page(f"/search/?q={HIDDEN}")
    for address in (told.get_absolute_url(), f"/api/legs/{told.number}/"):
        eyes.page(address, 404)


parts = [one for one in REGISTERS if getattr(one.model, "part_of", "")]


def names(register: Register, whole: Record) -> Q:
    """That a row belongs to a record; where that is told by one of several fields, by any."""
    part_of = register.model.part_of
    fields = register.model._meta.fields
    ways = [f.name for f in fields if f.name == part_of]
    ways = ways or [f.name for f in fields if f.related_model is type(whole)]
    return functools.reduce(operator.or_, (Q(**{way: whole.pk}) for way in ways))


@pytest.mark.parametrize("register", parts, ids=lambda one: one.slug)
def test_a_part_is_hidden_with_its_record(register, eyes):
    row = first(register)
    whole = getattr(row, register.model.part_of)
    mine = rows_of(register).filter(names(register, whole))
    handed = register.model is Acknowledgement  # what one was handed one goes on seeing
    own = mine.filter(person__code=OWNER).count() if handed else 0
    counted, hidden = rows_of(register).count(), mine.count() - own
    assert 0 < hidden <= counted <= 200
    hide(whole)
    listed = eyes.program.get(f"/api/{register.slug}/", {"size": 200}).json()["results"]
    assert len(listed) == counted - hidden
