"""Choosing a person or a unit where there are too many of them to be listed."""

import pytest
from django import forms as django_forms
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from bartizan.clauses.context.models import ContextIssue
from bartizan.clauses.support.models import Communication
from bartizan.ground.records import forms, views
from bartizan.ground.records.kept import Kept
from bartizan.ground.records.models import Record
from tests.cast import appoint, issue, person

LIST = "/context-issues/"


@pytest.fixture
def fog(owner) -> ContextIssue:
    return issue("Fog on the river", owner.unit, owner=owner)


@pytest.fixture
def many(monkeypatch, fog, manager):
    """More people than can be overlooked, and two units, which can."""
    monkeypatch.setattr(forms, "OVERLOOKED", 1)
    monkeypatch.setattr(views, "_choices", Kept(room=1))


def fields(answer) -> dict:
    return answer.context_data["form"].fields


def test_few_are_listed(fog, owner, sign_in):
    page = sign_in(owner).get(f"{LIST}{fog.number}/edit/")
    assert isinstance(fields(page)["owner"].widget, django_forms.Select)
    assert f'<option value="{owner.pk}" selected>{owner.name}</option>' in page.content.decode()
    listed = sign_in(owner).get(LIST).context_data["filter_form"].fields["owner"]
    assert (str(owner.pk), owner.name) in listed.widget.choices


@pytest.mark.usefixtures("many")
def test_of_many_the_code_is_typed_and_what_was_kept_is_in_the_field(fog, owner, sign_in):
    page = sign_in(owner).get(f"{LIST}{fog.number}/edit/")
    attributes = fields(page)["owner"].widget.attrs
    assert str(attributes["data-lookup"]) == "/lookup/people/"
    assert page.context_data["form"]["owner"].value() == owner.code
    assert isinstance(fields(page)["unit"].widget, django_forms.Select)  # there is one


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("by", ["code", "pk"])
def test_a_code_is_stored_as_the_person_it_names(fog, owner, manager, sign_in, by):
    client = sign_in(owner)
    form = client.get(f"{LIST}{fog.number}/edit/").context_data["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {"owner": getattr(manager, by), "is_relevant": "on"}
    answer = client.post(f"{LIST}{fog.number}/edit/", data)
    assert answer.status_code == 302, answer.context_data["form"].errors
    fog.refresh_from_db()
    assert fog.owner == manager


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("said", ["nobody", "999999", "9" * 5000, "Owner "])
def test_a_code_that_nobody_has_is_said_beside_the_field(fog, owner, sign_in, said):
    data = {"owner": said, "version": 1}
    answer = sign_in(owner).post(f"{LIST}{fog.number}/edit/", data)
    assert answer.context_data["form"].errors["owner"] == ["There is none with this code."]
    assert answer.context_data["form"]["owner"].value() == said


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("by", ["code", "pk"])
def test_a_list_is_filtered_by_either(fog, owner, manager, sign_in, by):
    client = sign_in(owner)
    for who, found in ((owner, ["Fog on the river"]), (manager, [])):
        page = client.get(f"{LIST}?owner={getattr(who, by)}").context_data
        assert [row["cells"][1].text for row in page["rows"]] == found
        assert page["filter_form"]["owner"].value() == who.code
    assert client.get(f"{LIST}?owner=nobody").context_data["rows"] == []


def found(answer) -> list[str]:
    return [one["number"] for one in answer.json()["found"]]


def test_people_are_suggested_by_name_and_code_who_are_there_and_may_be_seen(
    owner, stranger, sign_in
):
    left = person("joris-left", owner.unit)
    left.is_active, left.left_on = False, timezone.localdate()
    left.save()
    here = person("joris", owner.unit)
    here.name = "Vandaele"
    here.save()
    client = sign_in(owner)
    assert [found(client.get(f"/lookup/people/?q={q}")) for q in ("JOR", "vand", "xyz")] == [
        ["joris"],
        ["joris"],
        [],
    ]
    assert found(client.get(f"/lookup/units/?q={owner.unit.name[:4]}")) == [owner.unit.code]
    assert found(sign_in(stranger).get("/lookup/people/?q=jor")) == []


@pytest.fixture
def told(fog, owner, manager) -> Communication:
    """A message that reached two people."""
    made = Communication.objects.create(
        title="Fog ahead",
        gist="Ferries stand still.",
        direction="outward",
        side="internal",
        owner=owner,
        unit=owner.unit,
    )
    made.people.set([owner, manager])
    return made


def edited(client: Client, record: Record, **said) -> HttpResponse:
    """The record's form, sent as it was found but for what is said."""
    at = f"{record.get_absolute_url()}edit/"
    form = client.get(at).context_data["form"]
    data = {name: form[name].value() for name in form.fields} | said
    return client.post(at, {name: value for name, value in data.items() if value is not None})


def test_several_are_chosen_from_a_list_while_they_can_be_overlooked(told, owner, sign_in):
    field = fields(sign_in(owner).get(f"{told.get_absolute_url()}edit/"))["people"]
    assert isinstance(field.widget, django_forms.SelectMultiple)
    answer = edited(sign_in(owner), told, people=[owner.pk])
    assert answer.status_code == 302, answer.context_data["form"].errors
    assert set(told.people.all()) == {owner}


@pytest.mark.usefixtures("many")
def test_of_many_several_codes_are_typed(told, owner, manager, sign_in):
    page = sign_in(owner).get(f"{told.get_absolute_url()}edit/")
    assert page.context_data["form"]["people"].value() == "manager, owner"
    third = person("joris", owner.unit)
    answer = edited(sign_in(owner), told, people=f"joris ,{manager.pk}, joris,")
    assert answer.status_code == 302, answer.context_data["form"].errors
    assert set(told.people.all()) == {manager, third}
    told.refresh_from_db()
    version = told.version
    edited(sign_in(owner), told)
    told.refresh_from_db()
    assert (set(told.people.all()), told.version) == ({manager, third}, version)


@pytest.mark.usefixtures("many")
def test_of_several_codes_the_one_that_nobody_has_is_named(told, owner, manager, sign_in):
    answer = edited(sign_in(owner), told, people="manager, nobody")
    assert answer.context_data["form"].errors["people"] == ["There is none with the code nobody."]
    assert answer.context_data["form"]["people"].value() == "manager, nobody"
    assert set(told.people.all()) == {owner, manager}


@pytest.mark.parametrize("field", ["people", "parties"])
@pytest.mark.usefixtures("many")
def test_more_than_anybody_would_name_are_refused(told, owner, manager, sign_in, field):
    answer = edited(sign_in(owner), told, **{field: "owner," * 300_000})
    assert answer.status_code == 422
    assert answer.context_data["form"].errors[field] == ["Not more than 1000 at once."]
    assert set(told.people.all()) == {owner, manager}


def test_people_whom_the_writer_may_not_see_stay_in_the_field(told, owner, manager, sign_in):
    clerk = person("clerk", owner.unit)
    appoint(clerk, owner.unit, "clerk", "read support write support read unit", 3)
    answer = edited(sign_in(clerk), told, title="Thick fog ahead", people=[])
    assert answer.status_code == 302, answer.context_data["form"].errors
    told.refresh_from_db()
    assert (told.title, set(told.people.all())) == ("Thick fog ahead", {owner, manager})
    assert told.owner == owner
