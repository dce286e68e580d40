"""One field of several records changed together: all that are ticked, or none."""

import re

import pytest

from bartizan.clauses.context.models import ContextIssue
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records.models import Status
from tests.cast import appoint, issue

LIST, SEVERAL = "/context-issues/", "/context-issues/several/"


@pytest.fixture
def issues(owner) -> list[ContextIssue]:
    return [issue(f"Issue {number}", owner.unit, owner=owner) for number in range(3)]


def ticks(*issues: ContextIssue) -> list[str]:
    return [f"{one.pk}.{one.version}" for one in issues]


def standing(*names: str) -> list[tuple]:
    return list(ContextIssue.objects.order_by("pk").values_list(*names))


def test_the_page_shows_what_the_list_shows_all_of_it_ticked(issues, owner, sign_in):
    client = sign_in(owner)
    address = client.get(f"{LIST}?q=Issue&sort=title").context_data["several_url"]
    assert address == f"{SEVERAL}?q=Issue&sort=title"
    unchosen = client.get(address).context_data
    assert (unchosen["form"], [field["current"] for field in unchosen["fields"]].count(True)) == (
        None,
        0,
    )
    (chosen,) = [f["url"] for f in unchosen["fields"] if f["label"] == "sensitivity"]
    page = client.get(SEVERAL + chosen).context_data
    assert [(row["title"], row["now"].text, row["ticked"]) for row in page["rows"]] == [
        (one.title, "Internal", True) for one in issues
    ]
    assert page["back_url"] == f"{LIST}?q=Issue&sort=title"


def test_those_that_are_ticked_are_changed_and_the_others_are_not(issues, owner, sign_in):
    data = {"sensitivity": "2", "why": "After the burglary.", "record": ticks(*issues[:2])}
    answer = sign_in(owner).post(f"{SEVERAL}?field=sensitivity&q=Issue", data, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?q=Issue", 302)]
    assert [str(message) for message in answer.context["messages"]] == ["2 records changed."]
    assert standing("sensitivity", "version") == [(2, 2), (2, 2), (1, 1)]


def test_what_stands_as_wished_keeps_its_version(issues, owner, sign_in):
    data = {"sensitivity": "1", "record": ticks(*issues)}
    answer = sign_in(owner).post(f"{SEVERAL}?field=sensitivity", data, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Nothing was changed."]
    assert standing("version") == [(1,)] * 3


def refused(answer) -> dict[str, str]:
    assert answer.status_code == 422
    return {row["number"]: row["refused"] for row in answer.context_data["rows"] if row["refused"]}


def test_one_that_was_changed_meanwhile_holds_back_all(issues, owner, sign_in):
    said = ticks(*issues)
    issues[1].save()
    data = {"sensitivity": "2", "record": said}
    answer = sign_in(owner).post(f"{SEVERAL}?field=sensitivity", data)
    changed = "Somebody changed this record while you were editing it."
    assert refused(answer) == {issues[1].number: changed}
    assert standing("sensitivity") == [(1,)] * 3
    # What is sent again as it came back is refused again: nobody has looked at the new version.
    keys = re.findall(r'name="record" value="([^"]+)"', answer.content.decode())
    assert sorted(keys) == sorted(said)


def test_one_that_the_model_does_not_take_holds_back_all(issues, owner, sign_in, today):
    issues[2].reviewed_on = today
    issues[2].save()
    data = {"review_due": str(today), "record": ticks(*issues)}
    answer = sign_in(owner).post(f"{SEVERAL}?field=review_due", data)
    assert refused(answer) == {issues[2].number: "The next review lies after the last one."}
    assert standing("review_due") == [(None,)] * 3


def test_nobody_changes_what_is_not_theirs_to_write(colleague, north, south, owner, sign_in):
    ours, theirs = issue("Ours", north, owner=owner), issue("Theirs", south, owner=owner)
    hidden = issue("Hidden", north, owner=owner, sensitivity=Sensitivity.RESTRICTED)
    client = sign_in(colleague)
    data = {"is_relevant": "", "record": ticks(ours, theirs, hidden)}
    client.post(f"{SEVERAL}?field=origin", data | {"origin": "internal"})
    assert standing("title", "origin") == [
        ("Ours", "internal"),
        ("Theirs", "external"),
        ("Hidden", "external"),
    ]
    answer = client.post(
        f"{SEVERAL}?field=sensitivity", {"sensitivity": "3", "record": f"{ours.pk}.2"}
    )
    assert list(refused(answer)) == [ours.number]


def test_only_what_is_theirs_to_write_is_ticked(colleague, whole, north, south, owner, sign_in):
    issue("Ours", north, owner=owner)
    issue("Theirs", south, owner=owner)
    appoint(colleague, whole, "reader", "read *", Sensitivity.INTERNAL)
    page = sign_in(colleague).get(f"{SEVERAL}?field=owner&sort=title").context_data
    assert [(r["title"], r["ticked"]) for r in page["rows"]] == [("Ours", True), ("Theirs", False)]


def test_a_unit_beyond_ones_reach_can_not_be_given(colleague, north, south, owner, sign_in):
    ours = issue("Ours", north, owner=owner)
    answer = sign_in(colleague).post(
        f"{SEVERAL}?field=unit", {"unit": south.pk, "record": ticks(ours)}
    )
    assert answer.status_code == 422
    assert standing("unit") == [(north.pk,)]


def test_who_writes_nothing_is_not_let_in(issues, auditor, sign_in):
    client = sign_in(auditor)
    assert client.get(LIST).context_data["several_url"] == ""
    assert client.get(f"{SEVERAL}?field=owner").status_code == 403
    assert client.post(f"{SEVERAL}?field=owner", {"record": ticks(*issues)}).status_code == 403


@pytest.mark.parametrize(
    "record", [[], ["x"], ["1"], ["1.x"], ["."], ["9" * 19 + ".1"], ["9" * 5000 + ".1"], ["1.0"]]
)
def test_without_a_tick_nothing_is_done(issues, owner, sign_in, record):
    answer = sign_in(owner).post(
        f"{SEVERAL}?field=sensitivity", {"sensitivity": "2", "record": record}
    )
    assert answer.context_data["form"].non_field_errors() == ["Tick at least one record."]
    assert standing("sensitivity") == [(1,)] * 3


def test_nothing_is_emptied_by_leaving_the_value_out(issues, owner, sign_in):
    answer = sign_in(owner).post(f"{SEVERAL}?field=owner", {"record": ticks(*issues)})
    assert list(answer.context_data["form"].errors) == ["owner"]
    assert standing("owner", "version") == [(owner.pk, 1)] * 3


@pytest.mark.parametrize("field", ["", "title", "status", "version", "password"])
def test_only_what_can_be_said_of_several_is_asked(issues, owner, sign_in, field):
    data = {field: Status.RETIRED, "record": ticks(*issues)}
    answer = sign_in(owner).post(f"{SEVERAL}?field={field}", data)
    assert (answer.status_code, answer.context_data["form"]) == (422, None)
    assert standing("status", "version") == [(Status.ACTIVE, 1)] * 3
