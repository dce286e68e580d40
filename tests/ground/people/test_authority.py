"""Who may do what: by role, by unit, by clearance, and never more than one has been given."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from bartizan.api.serializers import serializer_class
from bartizan.clauses.context.models import ContextIssue
from bartizan.exchange.workbook import read, write
from bartizan.ground.documents.models import CoveredDuty, Document
from bartizan.ground.people.authority import may
from bartizan.ground.people.models import (
    Assignment,
    Authority,
    Person,
    Role,
    Sensitivity,
    Unit,
    Verb,
)
from bartizan.ground.records.forms import form_class
from bartizan.ground.records.models import Record
from bartizan.ground.records.registers import authorities
from tests.cast import appoint, issue, person

POWER = [Person, Unit, Role, Authority, Assignment]


@pytest.fixture
def keeper(north, manager) -> Person:
    """Administers the north depot, and nothing else."""
    made = person("keeper", north)
    appoint(made, north, "keeper", "read * administer *", Sensitivity.CONFIDENTIAL, by=manager)
    return made


@pytest.mark.parametrize("model", POWER)
def test_who_writes_everything_still_decides_nothing_about_power(colleague, model):
    assert may(colleague, Verb.WRITE, ContextIssue)
    assert not may(colleague, Verb.WRITE, model)


@pytest.mark.parametrize("verb", [Verb.WRITE, Verb.ADMINISTER])
def test_nobody_gives_themselves_a_role(owner, colleague, auditor, keeper, whole, verb):
    role = Role.objects.get(code="security-manager")
    given = [Assignment(person=who, role=role, unit=whole) for who in (colleague, auditor, keeper)]
    assert [may(one.person, Verb.WRITE, one) for one in given] == [False] * 3


def test_an_administrator_of_a_unit_appoints_there_and_nowhere_else(keeper, north, south, whole):
    role = Role.objects.get(code="keeper")
    given = [Assignment(person=keeper, role=role, unit=unit) for unit in (north, south, whole)]
    assert [may(keeper, Verb.WRITE, one) for one in given] == [True, False, False]


def test_nobody_hands_out_a_higher_clearance_than_their_own(keeper, north):
    role = Role.objects.get(code="keeper")
    levels = [
        may(keeper, Verb.WRITE, Assignment(person=keeper, role=role, unit=north, clearance=level))
        for level in Sensitivity
    ]
    assert levels == [True, True, True, False]


def test_what_a_role_may_is_decided_for_the_whole_organization(keeper, owner):
    role = Role.objects.get(code="keeper")
    power = Authority(role=role, verb=Verb.APPROVE)
    assert [may(who, Verb.WRITE, one) for who in (keeper, owner) for one in (role, power)] == [
        False,
        False,
        True,
        True,
    ]


ROOMS = (
    "chain, conformity, context, documents, leadership, operation, people, planning, records,"
    " support"
)


@pytest.mark.parametrize("over", ["*", *ROOMS.split(", "), "context-issue", "person"])
def test_a_power_is_over_everything_a_room_or_a_kind(written, over):
    role = Role.objects.create(code="writer", name="Writer")
    Authority(role=role, verb=Verb.WRITE, over=over).full_clean()


@pytest.mark.parametrize(
    "over, why",
    [
        ("contxt", "There is no “contxt”. Is it “context”?"),
        ("Context-Issues", "There is no “Context-Issues”. Is it “context-issue”?"),
        ("search-text", f"There is no “search-text”. {{}}: {ROOMS}."),
        ("zzz", f"There is no “zzz”. {{}}: {ROOMS}."),
    ],
)
def test_a_power_over_nothing_is_refused_wherever_it_comes_from(owner, over, why):
    role = Role.objects.get(code="security-manager")
    why = why.format("Give * for all, a kind of record as in context-issue, or a room")
    given = {"role": role.pk, "verb": "write", "over": over}
    form = form_class(authorities)(given, person=owner)
    assert form.errors == {"over": [why]}
    serializer = serializer_class(authorities)(
        data=given | {"role": role.code}, context={"request": SimpleNamespace(user=owner)}
    )
    assert not serializer.is_valid()
    assert serializer.errors == {"over": [why]}
    out = BytesIO()
    write([authorities], out)
    book = load_workbook(out)
    book.active.append([role.code, "write", over])
    book.save(out := BytesIO())
    out.seek(0)
    assert [error.message for error in read(out, [authorities]).errors] == [why]


def test_nobody_moves_the_unit_they_administer(keeper, north, south):
    assert not may(keeper, Verb.WRITE, north)
    assert may(keeper, Verb.WRITE, Unit(code="gate", name="Gate", parent=north))
    assert not may(keeper, Verb.WRITE, Unit(code="gate", name="Gate", parent=south))


def test_a_part_takes_what_its_record_takes(colleague, north, south):
    # They may read the document of the south, but not write it, and so none of its parts.
    appoint(colleague, south, "reader", "read *", Sensitivity.CONFIDENTIAL)
    for unit, allowed in ((north, True), (south, False)):
        document = Document.objects.create(title="Gate book", unit=unit)
        assert may(colleague, Verb.READ, document)
        assert may(colleague, Verb.WRITE, CoveredDuty(document=document)) is allowed


def test_to_approve_one_has_to_see(north, manager):
    blind = person("blind", north)
    appoint(blind, north, "blind", "approve *", Sensitivity.RESTRICTED, by=manager)
    record = issue("Theft", north)
    assert (may(blind, Verb.APPROVE, ContextIssue), may(blind, Verb.APPROVE, record)) == (
        True,
        False,
    )


@pytest.mark.parametrize("level", Sensitivity)
@pytest.mark.parametrize("who", ["owner", "manager", "colleague", "auditor", "stranger"])
@pytest.mark.parametrize("where", ["whole", "north", "south"])
def test_one_and_many_are_decided_alike(request, level, who, where):
    reader, unit = request.getfixturevalue(who), request.getfixturevalue(where)
    for holder in (None, reader):
        record = issue("Theft", unit, sensitivity=level, owner=holder)
        seen = ContextIssue.objects.visible_to(reader).filter(pk=record.pk).exists()
        assert seen == Record.objects.visible_to(reader).filter(pk=record.pk).exists()
        assert seen == may(reader, Verb.READ, record)


def test_a_role_given_up_gives_nothing_any_more(colleague, north, today):
    held = colleague.assignments.get()
    held.until = held.since
    held.save()
    assert not may(Person.objects.get(pk=colleague.pk), Verb.READ, ContextIssue)
