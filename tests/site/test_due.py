"""What falls due in the next 30 days, counted on the first page and listed behind each figure."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bartizan.ground.people.models import Person, Sensitivity
from bartizan.ground.records.models import Action
from bartizan.site import due
from tests.cast import issue


def action(title: str, day: date, owner: Person, **more) -> Action:
    least = {"description": "So it is done.", "owner": owner, "unit": owner.unit}
    return Action.objects.create(title=title, due=day, **least | more)


@pytest.fixture
def work(owner, colleague, today):
    """Reviews and actions of two people: within the 30 days, at their edges, beyond, and over."""
    soon, last, beyond = (today + timedelta(days=days) for days in (7, 30, 31))
    late = today - timedelta(days=1)
    issue("Due today", owner.unit, owner=owner, review_due=today)
    issue("Due last", colleague.unit, owner=colleague, review_due=last)
    issue("Due later", owner.unit, owner=owner, review_due=beyond)
    issue("Overdue", owner.unit, owner=owner, review_due=late)
    issue("A draft", owner.unit, owner=owner, review_due=soon, status="draft")
    issue("Gone", owner.unit, owner=owner, review_due=soon, status="retired", retired_on=today)
    issue("Secret", owner.unit, review_due=soon, sensitivity=Sensitivity.RESTRICTED)
    action("Fit sensors", soon, owner)
    action("Mend the fence", last, colleague)
    action("Cut the hedge", today, colleague)
    action("Paint the gate", beyond, colleague)
    action("Done", soon, owner, done_on=today, outcome="It holds.")


def shown(client, what, whose):
    page = client.get("/due/", {"what": what, "whose": whose}).context_data
    return [record["title"] for record in page["records"]]


def test_each_figure_leads_to_the_list_of_what_it_counts(work, owner, sign_in):
    figures = sign_in(owner).get("/").context_data["due_figures"]
    counted = [(whose, [(f.what, f.count) for f in found]) for whose, found in figures]
    assert counted == [
        ("Yours", [("reviews", "1"), ("actions", "1")]),
        ("In the whole system", [("reviews", "3"), ("actions", "3")]),
    ]
    for _whose, found in figures:
        for figure in found:
            page = sign_in(owner).get(figure.url).context_data
            assert len(page["records"]) == int(figure.count)


def test_what_falls_due_first_stands_first(work, owner, sign_in):
    client = sign_in(owner)
    assert shown(client, "reviews", "all") == ["Due today", "Secret", "Due last"]
    assert shown(client, "actions", "all") == ["Cut the hedge", "Fit sensors", "Mend the fence"]
    assert shown(client, "reviews", "mine") == ["Due today"]


def test_what_somebody_may_not_see_is_neither_counted_nor_listed(work, auditor, sign_in, today):
    client = sign_in(auditor)
    (mine, ours), (label, figures) = due.figures(auditor, today)
    assert (mine, [f.count for f in ours]) == ("Yours", ["0", "0"])
    assert (label, [f.count for f in figures]) == ("In all you may see", ["2", "3"])
    assert shown(client, "reviews", "all") == ["Due today", "Due last"]


def test_the_next_page_goes_on_where_this_one_ends(work, owner, sign_in, monkeypatch):
    monkeypatch.setattr(due, "PAGE_SIZE", 2)
    first = sign_in(owner).get("/due/?what=actions").context_data
    second = sign_in(owner).get(first["next_url"]).context_data
    titles = [[record["title"] for record in page["records"]] for page in (first, second)]
    assert titles == [["Cut the hedge", "Fit sensors"], ["Mend the fence"]]
    assert (first["sentence"], second["next_url"]) == (second["sentence"], "")


def test_nothing_due_is_said(owner, sign_in):
    page = sign_in(owner).get("/due/?what=nothing&whose=nobody")
    assert page.context_data["sentence"].startswith("Nothing falls due by ")
    assert "Nothing falls due</h2>" in page.content.decode()


def test_all_that_falls_due_is_counted_in_one_query(work, owner, today):
    due.figures(owner, today)
    with CaptureQueriesContext(connection) as queries:
        due.figures(owner, today)
    assert len(queries) == 1


def test_a_list_of_what_is_due_costs_the_same_at_any_length(work, owner, sign_in, monkeypatch):
    client, taken = sign_in(owner), []
    for size in (1, 3):
        monkeypatch.setattr(due, "PAGE_SIZE", size)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get("/due/").context_data["records"]) == size
        taken.append(len(queries))
    assert taken[0] == taken[1]
