"""The page of a record asks, once it is shown, which requirements the record holds back."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bartizan.clauses.context.models import ContextIssue
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records.models import Record
from bartizan.ground.trail.acts import act
from tests.demo import OWNER

HELD = "/requirements/held-back/context-issues/"
FRAGMENT = {"HX-Request": "true"}


def one_that(**says):
    return ContextIssue.objects.filter(**says).order_by("pk").first()


def test_a_late_issue_says_which_items_fail_because_of_it_and_why(of):
    late = one_that(review_due__lt=timezone.localdate())
    page, address = of(OWNER).get(late.get_absolute_url()), f"{HELD}{late.number}/"
    assert f'hx-get="{address}"' in page.content.decode()
    answer = of(OWNER).get(address, headers=FRAGMENT)
    [item] = answer.context_data["requirements"]
    assert (item["id"], item["url"]) == ("2022:4.1-p1", "/requirements/2022:4.1-p1/")
    assert (item["verdict"], item["modality"]) == ("nonconforming", "shall")
    assert item["why"] == "Is past its review."
    assert "<html" not in answer.content.decode()


def test_a_sound_one_shows_nothing_there(of):
    sound = one_that(review_due__gt=timezone.localdate())
    answer = of(OWNER).get(f"{HELD}{sound.number}/", headers=FRAGMENT)
    assert answer.content.decode().strip() == ""


def test_without_scripts_the_same_stands_on_a_page_of_its_own(of):
    late, sound = (
        one_that(**{f"review_due__{than}": timezone.localdate()}) for than in ("lt", "gt")
    )
    said = [of(OWNER).get(f"{HELD}{one.number}/").content.decode() for one in (late, sound)]
    assert "Requirements this record holds back" in said[0]
    assert "No requirement fails because of it." in said[1]
    assert all("<html" in page for page in said)


def test_whoever_may_not_see_the_record_is_told_what_they_are_told_of_none(of):
    late = one_that(review_due__lt=timezone.localdate())
    with act(None, through="system"):
        Record.objects.filter(pk=late.pk).update(sensitivity=Sensitivity.RESTRICTED, owner=None)
    answers = [of("w-dekker").get(f"{HELD}{number}/") for number in (late.number, "CTX-9999")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert of(OWNER).get("/requirements/held-back/nothing/CTX-0001/").status_code == 404


# The session, who it is, what they may do, the record, the declared figures, what is wanting.
COST = 6


def test_a_record_that_holds_nothing_back_costs_a_handful_of_queries(of):
    sound, person = one_that(review_due__gt=timezone.localdate()), of(OWNER)
    person.get(f"{HELD}{sound.number}/", headers=FRAGMENT)
    with CaptureQueriesContext(connection) as queries:
        person.get(f"{HELD}{sound.number}/", headers=FRAGMENT)
    assert len(queries) == COST
