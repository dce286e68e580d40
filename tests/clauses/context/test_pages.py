"""What the pages of clause 4 do beyond what all pages do."""

import pytest

from bartizan.clauses.context.models import Obligation, ScopeElement

UNDECIDED = "Whether climate change is a relevant issue is not decided yet."


def test_the_list_of_issues_says_that_climate_change_is_undecided(good, owner, sign_in):
    client = sign_in(owner)
    good.issue()
    page = client.get("/context-issues/").content.decode()
    assert UNDECIDED in page
    assert 'href="/context-issues/new/?topic=climate"' in page
    good.issue(topic="climate", is_relevant=False, irrelevance_reason="Looked into it.")
    assert UNDECIDED not in client.get("/context-issues/").content.decode()


def test_a_decision_on_climate_that_one_may_not_see_is_none(good, auditor, sign_in):
    good.issue(topic="climate", sensitivity=3)
    assert UNDECIDED in sign_in(auditor).get("/context-issues/").content.decode()


@pytest.fixture
def scope(good):
    made = good.scope()
    good.approve(made)
    return made


def test_an_element_takes_its_title_from_its_subject_and_reopens_the_scope(
    good, owner, scope, sign_in
):
    client = sign_in(owner)
    new = "/scope-elements/new/"
    form = client.get(f"{new}?scope={scope.number}").content.decode()
    assert 'name="title"' not in form
    data = {
        "scope": scope.number,
        "inclusion": "in",
        "place": good.place().number,
        "unit": owner.unit_id,
        "owner": owner.pk,
        "sensitivity": "1",
    }
    answer = client.post(new, data)
    assert answer.status_code == 302, answer.context_data["form"].errors
    assert ScopeElement.objects.get().title == "Example depot"
    steps = client.get(f"/scopes/{scope.number}/").context_data["next_steps"]
    assert [step["sentence"] for step in steps] == ["Changed since it was approved."]


def test_an_element_of_two_things_is_refused_in_words(good, owner, scope, sign_in):
    data = {
        "scope": scope.number,
        "inclusion": "in",
        "place": good.place().number,
        "segment": "Port to depot",
        "unit": owner.unit_id,
        "owner": owner.pk,
        "sensitivity": "1",
    }
    answer = sign_in(owner).post("/scope-elements/new/", data)
    assert answer.context_data["form"].non_field_errors() == [
        "Name exactly one: a process, a place, a part of the organization or a segment."
    ]


def test_the_audience_of_an_obligation_is_chosen_by_number_and_unit(good, owner, north, sign_in):
    party = good.party()
    data = {
        "title": "Screening of air cargo",
        "nature": "law",
        "applicability": "applies",
        "source_link": "law.example/cargo",
        "identified_on": "2026-01-02",
        "revised_on": "2026-01-02",
        "audience_parties": party.number,
        "audience_units": [north.pk],
        "unit": owner.unit_id,
        "owner": owner.pk,
        "sensitivity": "1",
    }
    answer = sign_in(owner).post("/obligations/new/", data)
    assert answer.status_code == 302, answer.context_data["form"].errors
    made = Obligation.objects.get()
    assert [*made.audience_parties.all(), *made.audience_units.all()] == [party, north]
    assert made.source_link == "https://law.example/cargo"


@pytest.mark.parametrize(
    "slug",
    [
        "context-issues",
        "interested-parties",
        "party-requirements",
        "obligations",
        "obligation-scans",
        "principle-reviews",
        "other-management-systems",
        "scopes",
        "scope-elements",
        "external-provisions",
        "provision-controls",
    ],
)
def test_list_form_and_record_open_without_an_error(good, owner, sign_in, slug):
    makers = {
        "context-issues": good.issue,
        "interested-parties": good.party,
        "party-requirements": good.requirement,
        "obligations": good.obligation,
        "obligation-scans": lambda: good.scan(good.procedure()),
        "principle-reviews": lambda: good.principle_review("people", None),
        "other-management-systems": good.other_system,
        "scopes": good.scope,
        "scope-elements": lambda: good.element(good.scope(), place=good.place()),
        "external-provisions": lambda: good.provision(good.process()),
        "provision-controls": lambda: good.control(good.provision(good.process())),
    }
    record, client = makers[slug](), sign_in(owner)
    assert record.get_absolute_url() == f"/{slug}/{record.number}/"
    for page in ("", "new/", f"{record.number}/", f"{record.number}/edit/"):
        assert client.get(f"/{slug}/{page}").status_code == 200


def test_a_number_that_no_party_has_is_named(good, owner, sign_in):
    good.party()
    data = {"audience_parties": "PTY-0001, PTY-0815"}
    errors = sign_in(owner).post("/obligations/new/", data).context_data["form"].errors
    assert errors["audience_parties"] == ["No record has the number PTY-0815."]


def test_the_audience_of_an_obligation_is_shown_by_number(good, owner, sign_in):
    obligation, party = good.obligation(), good.party()
    obligation.audience_parties.add(party)
    form = sign_in(owner).get(f"/obligations/{obligation.number}/edit/").context_data["form"]
    assert form["audience_parties"].value() == party.number
