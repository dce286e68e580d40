"""Pages of the plan and the log, and what the model refuses in its own words."""

import pytest

from bartizan.clauses.support.models import Communication, PlannedCommunication

SLUGS = ["planned-communications", "communications", "channels", "party-clearances"]

PLANNED = {
    "title": "Incidents of the month",
    "side": "internal",
    "subject": "What happened.",
    "is_needed": "on",
    "is_sent": "on",
    "starts_on": "2026-01-01",
    "sensitivity": "1",
}
TOLD = {
    "title": "Gate opens at five",
    "purpose": "message",
    "direction": "outward",
    "side": "internal",
    "gist": "From March on.",
    "sensitivity": "1",
}


@pytest.mark.parametrize("slug", SLUGS)
def test_every_register_opens_and_has_a_form(slug, owner, sign_in):
    client = sign_in(owner)
    assert [client.get(f"/{slug}/{page}").status_code for page in ("", "new/")] == [200, 200]


def test_an_entry_is_made_with_its_audience(desk, owner, north, sign_in):
    party, role = desk.party(), owner.assignments.get().role
    data = PLANNED | {"unit": north.pk, "owner": owner.pk, "parties": party.number}
    answer = sign_in(owner).post(
        "/planned-communications/new/", data | {"units": [north.pk], "roles": [role.pk]}
    )
    assert answer.status_code == 302, answer.context_data["form"].errors
    made = PlannedCommunication.objects.get()
    assert [list(made.parties.all()), list(made.units.all()), list(made.roles.all())] == [
        [party],
        [north],
        [role],
    ]


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"is_sent": ""}, "Say who tells whom: we tell them, they tell us, or both."),
        ({"is_needed": "", "subject": ""}, "Say why nothing needs to be said."),
        ({"cadence_days": "0"}, "The cadence is at least one day."),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(wrong, words, owner, sign_in):
    data = PLANNED | {"unit": owner.unit_id} | wrong
    answer = sign_in(owner).post("/planned-communications/new/", data)
    assert answer.context_data["form"].non_field_errors() == [words]


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"disposition": "declined"}, "Say why it was taken up or declined, and who decided."),
        ({"classified_at": "2026-01-01"}, "Say both who decided the sensitivity and when."),
    ],
)
def test_a_communication_half_told_is_refused(wrong, words, owner, sign_in):
    answer = sign_in(owner).post("/communications/new/", TOLD | {"unit": owner.unit_id} | wrong)
    assert answer.context_data["form"].non_field_errors() == [words]
    assert not Communication.objects.exists()


def test_the_page_of_an_entry_lists_what_was_said_under_it(desk, owner, sign_in):
    entry = desk.entry()
    told = desk.communication(planned=entry)
    related = sign_in(owner).get(f"/planned-communications/{entry.number}/").context_data["related"]
    [log] = [part for part in related if part["label"] == "communications"]
    assert [row["url"] for row in log["rows"]] == [f"/communications/{told.number}/"]
