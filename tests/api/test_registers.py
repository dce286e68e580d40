"""The API gives and takes what the pages give and take, under the same rules."""

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from bartizan.api.models import Token
from bartizan.api.views import RegisterViewSet
from bartizan.clauses.context.models import ContextIssue, InterestedParty, Obligation
from bartizan.cli.database import found
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records.models import Action
from bartizan.registers import REGISTERS
from tests import cast

URL = "/api/context-issues/"
NEW = {
    "title": "Theft at truck stops",
    "origin": "external",
    "topic": "society",
    "description": "Cargo theft doubled.",
    "unit": "acme",
}


class Caller:
    """A program that acts for a person."""

    def __init__(self, person) -> None:
        secret = Token.issue(person, "test")
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path: str = URL, **query):
        return self.client.get(path, query)

    def post(self, path: str = URL, data=None, **headers):
        return self.client.post(path, data or {}, "application/json", headers=headers)

    def patch(self, path: str, data, **headers):
        return self.client.patch(path, data, "application/json", headers=headers)


@pytest.fixture
def caller():
    return Caller


@pytest.fixture
def issue(owner) -> ContextIssue:
    return ContextIssue.objects.create(**NEW | {"unit": owner.unit, "owner": owner})


def test_without_a_token_there_is_nothing_to_see(db):
    assert Client().get(URL).status_code == 401


def test_a_withdrawn_token_opens_nothing(owner, caller):
    call = caller(owner)
    Token.objects.all().delete()
    assert call.get().status_code == 401


def test_a_record_is_created_read_and_changed(owner, caller):
    call = caller(owner)
    made = call.post(data=NEW | {"owner": "owner"})
    assert made.status_code == 201, made.content
    assert (made.json()["number"], made.json()["version"]) == ("CTX-0001", 1)
    changed = call.patch(f"{URL}CTX-0001/", {"version": 1, "title": "Theft at night"})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert call.get(f"{URL}CTX-0001/").json()["title"] == "Theft at night"


def test_more_than_anybody_would_name_are_refused(owner, caller):
    told = {"title": "Fog ahead", "gist": "Wait.", "direction": "outward", "side": "internal"}
    told |= {"unit": "acme", "people": [owner.code] * 1001}
    answer = caller(owner).post("/api/communications/", told)
    assert (answer.status_code, answer.json()["people"]) == (400, ["Not more than 1000 at once."])
    answer = caller(owner).post("/api/communications/", told | {"people": [owner.code]})
    assert (answer.status_code, answer.json()["people"]) == (201, [owner.code])


def test_what_no_form_asks_for_is_not_taken(owner, stranger, caller):
    extra = {"kind": "risk", "number": "CTX-0099", "version": 9, "id": 9, "created_by": "x"}
    assert extra["number"] != caller(owner).post(data=NEW | extra).json()["number"]
    [made] = ContextIssue.objects.all()
    assert (made.kind, made.number, made.version) == ("context-issue", "CTX-0001", 1)
    assert made.pk != 9


def test_a_name_given_twice_means_the_last(owner, issue, caller):
    twice = f"{URL}?origin=internal&origin=external"
    assert [row["number"] for row in caller(owner).get(twice).json()["results"]] == [issue.number]
    assert caller(owner).get(f"{URL}?origin=external&origin=internal").json()["results"] == []


def test_a_filter_that_there_is_not_is_refused(owner, issue, caller):
    answer = caller(owner).get(f"{URL}?orign=internal&q=theft&size=5")
    assert (answer.status_code, answer.json()) == (400, {"orign": ["There is no such filter."]})


def test_lines_end_as_in_the_forms_whatever_a_program_ends_them_with(owner, caller):
    made = caller(owner).post(data=NEW | {"description": "One\r\ntwo\rthree"})
    assert made.json()["description"] == "One\ntwo\nthree"


def test_a_stale_change_is_refused(owner, issue, caller):
    answer = caller(owner).patch(f"{URL}{issue.number}/", {"version": 7, "title": "Mine"})
    assert answer.status_code == 409
    issue.refresh_from_db()
    assert issue.title == "Theft at truck stops"


def test_the_limits_of_the_model_come_in_its_words(owner, caller):
    answer = caller(owner).post(data=NEW | {"is_relevant": False})
    assert answer.status_code == 400
    assert answer.json() == {"errors": ["Say why this issue is not relevant."]}
    assert not ContextIssue.objects.exists()


def test_a_repeated_write_under_one_key_happens_once(owner, caller):
    call = caller(owner)
    first = call.post(data=NEW, **{"Idempotency-Key": "a"})
    again = call.post(data=NEW, **{"Idempotency-Key": "a"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert ContextIssue.objects.count() == 1


def test_of_two_that_write_under_one_key_at_the_same_time_one_is_undone(owner, caller, monkeypatch):
    """The second one has looked for an answer before the first one wrote it down."""
    call, told = caller(owner), RegisterViewSet._told
    first = call.post(data=NEW, **{"Idempotency-Key": "a"})
    found = iter([lambda *_: None, told])
    monkeypatch.setattr(RegisterViewSet, "_told", lambda *asked: next(found)(*asked))
    second = call.post(data=NEW, **{"Idempotency-Key": "a"})
    assert (second.status_code, second.json()) == (201, first.json())
    assert ContextIssue.objects.count() == 1


def test_a_key_is_not_lent_to_another_request(owner, caller):
    call = caller(owner)
    call.post(data=NEW, **{"Idempotency-Key": "a"})
    other = call.post(data=NEW | {"title": "Other"}, **{"Idempotency-Key": "a"})
    assert other.status_code == 409


def test_what_is_hidden_does_not_exist(owner, colleague, issue, caller):
    issue.sensitivity = Sensitivity.RESTRICTED
    issue.save()
    call = caller(colleague)
    assert call.get().json()["results"] == []
    assert call.get(f"{URL}{issue.number}/").status_code == 404
    assert call.patch(f"{URL}{issue.number}/", {"version": 2}).status_code == 404


def test_a_reader_writes_nothing(auditor, issue, caller):
    call = caller(auditor)
    assert call.post(data=NEW).status_code == 403
    assert call.patch(f"{URL}{issue.number}/", {"version": 1, "title": "x"}).status_code == 403
    assert call.post(f"{URL}{issue.number}/retire/", {"why": "x"}).status_code == 403


def test_nobody_moves_a_record_out_of_their_own_reach(colleague, north, caller):
    call = caller(colleague)
    made = call.post(data=NEW | {"unit": "north"})
    assert made.status_code == 201
    assert call.post(data=NEW | {"unit": "acme"}).status_code == 403


def test_approving_and_retiring_are_steps_of_a_record(owner, manager, issue, caller):
    approved = caller(manager).post(f"{URL}{issue.number}/approve/")
    assert approved.json()["detail"] == "Version 1 is approved."
    refused = caller(owner).post(f"{URL}{issue.number}/retire/")
    assert (refused.status_code, refused.json()["detail"]) == (409, "Say why it is retired.")
    assert caller(owner).post(f"{URL}{issue.number}/retire/", {"why": "Gone"}).status_code == 200
    refused = caller(owner).post(f"{URL}{issue.number}/review/")
    assert (refused.status_code, refused.json()["detail"]) == (
        409, "A retired record needs no review.",
    )  # fmt: skip


def test_pages_follow_each_other_without_gap_or_repetition(owner, caller):
    for number in range(7):
        ContextIssue.objects.create(**NEW | {"unit": owner.unit, "title": f"Issue {number}"})
    call, url, seen = caller(owner), f"{URL}?size=3", []
    while url:
        page = call.client.get(url).json()
        seen += [row["title"] for row in page["results"]]
        url = page["next"]
    assert seen == [f"Issue {number}" for number in reversed(range(7))]


def test_the_openapi_document_names_every_register(owner, caller):
    document = caller(owner).get("/api/schema/?format=json")
    assert document.status_code == 200
    assert {f"/api/{register.slug}/" for register in REGISTERS} - document.json()[
        "paths"
    ].keys() == set()


def test_nothing_in_the_openapi_document_is_named_twice(db, capfd):
    SchemaGenerator().get_schema(public=True)  # drawn up anew: it complains as it does so
    assert capfd.readouterr().err == ""


def test_a_change_that_changes_nothing_makes_no_version(owner, issue, caller):
    told = caller(owner).patch(f"{URL}{issue.number}/", {"version": 1, "title": issue.title})
    assert (told.status_code, told.json()["version"]) == (200, 1)


def test_a_change_of_what_a_record_points_to_alone_makes_a_version(owner, caller):
    duty = Obligation.objects.create(
        title="Customs code", nature="law", unit=owner.unit, owner=owner
    )
    call, url = caller(owner), f"/api/obligations/{duty.number}/"
    for version in (2, 2):
        told = call.patch(url, {"version": duty.version, "audience_units": ["acme"]})
        assert (told.status_code, told.json().get("version")) == (200, version), told.content
        duty.refresh_from_db()


@pytest.mark.django_db(transaction=True)
def test_a_proof_of_an_entry_is_handed_out(request):
    person = request.getfixturevalue("owner_apart")
    call = Caller(person)
    assert call.get("/api/trail/checkpoint/").status_code == 200
    assert call.get("/api/trail/proof/0/").content.startswith(b"c2sp.org/tlog-proof@v1\nindex 0\n")
    assert call.get("/api/trail/proof/99999/").status_code == 404


@pytest.fixture
def owner_apart(transactional_db):
    """An organization whose founding is sealed in the trail."""
    return found("Acme", "Owner", "owner@acme.example", "")


def test_verdicts_come_with_reasons(owner, caller):
    answer = caller(owner).get("/api/conformity/").json()
    assert (answer["edition"], len(answer["items"])) == ("2022", 290)


def test_of_each_item_some_records_are_named_and_it_says_whether_there_are_more(owner, caller):
    for number in range(3):
        cast.issue(f"Theft {number}", owner.unit, owner=owner)
    call, parts = caller(owner), ("evidence", "shortfalls")
    one = call.get("/api/conformity/2022:4.1-p1/", size=6).json()
    assert [(len(one[part]), one[f"more_{part}"]) for part in parts] == [(3, False), (6, False)]
    few = call.get("/api/conformity/2022:4.1-p1/", size=2).json()
    assert few == one | {part: one[part][:2] for part in parts} | {
        f"more_{part}": True for part in parts
    }
    assert few in call.get("/api/conformity/", size=2).json()["items"]
    assert call.get("/api/conformity/", size=201).json() == {"size": ["Between 1 and 200."]}


def test_what_the_caller_may_not_see_stays_when_they_send_back_what_they_read(
    owner, colleague, issue, caller, today
):
    action = Action.objects.create(
        title="Book parking", description="x", due=today, source=issue, owner=colleague,
        unit=colleague.unit,
    )  # fmt: skip
    call, url = caller(colleague), f"/api/actions/{action.number}/"
    read = call.get(url).json()
    assert read["source"] is None
    told = call.patch(url, {"version": 1, "source": None, "title": "Book guarded parking"})
    assert (told.status_code, told.json()["source"]) == (200, None)
    action.refresh_from_db()
    assert (action.title, action.source_id) == ("Book guarded parking", issue.pk)


def test_of_several_those_the_caller_may_not_see_stay(owner, colleague, north, caller):
    hidden, seen = (
        InterestedParty.objects.create(title=name, category="customer", unit=unit, owner=owner)
        for name, unit in (("Hidden", owner.unit), ("Seen", north))
    )
    law = Obligation.objects.create(title="Fog", nature="law", unit=north, owner=colleague)
    law.audience_parties.set([hidden])
    call, url = caller(colleague), f"/api/obligations/{law.number}/"
    told = call.patch(url, {"version": 1, "audience_parties": [seen.number]})
    assert (told.status_code, told.json()["audience_parties"]) == (200, [seen.number])
    told = call.patch(url, {"version": 2, "audience_parties": []})
    assert told.json()["audience_parties"] == []
    assert [*law.audience_parties.all()] == [hidden]
