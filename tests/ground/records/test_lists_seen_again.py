"""What a list keeps beside its rows, and that nobody is ever shown what was so before."""

from datetime import timedelta

import pytest
from django.db.models import Q

from bartizan.clauses.planning.models import Risk
from bartizan.ground.people.models import Assignment, Person, Sensitivity, Unit
from bartizan.ground.records import views
from bartizan.ground.records.life import retire
from bartizan.ground.trail.acts import act
from tests.demo import OWNER


@pytest.fixture
def seen(of, monkeypatch):
    """What somebody sees of the list of risks: how many, the first line, and the units offered."""
    monkeypatch.setattr(views, "PAGE_SIZE", 1)  # of what one page shows nothing is kept
    browsers = {}

    def look(code=OWNER, **asked):
        browser = browsers.setdefault(code, of(code))
        shown = browser.get("/risks/", asked).context_data
        units = shown["filter_form"].fields["unit"].widget.choices
        return int(shown["count"]), shown["sentence"], [label for value, label in units if value]

    return look


def test_a_list_counts_what_was_written_since_it_was_last_seen(seen):
    count, sentence, _units = seen()
    gone = seen(status="retired")[0]
    one = Risk.objects.live().exclude(owner=None).latest("pk")
    with act(None):
        one.owner = None
        one.save()
    assert (seen()[0], seen()[1] == sentence) == (count, False)
    with act(None):
        retire(one, "It was one too many.")
    assert (seen()[0], seen()[1], seen(status="retired")[0]) == (count - 1, sentence, gone + 1)


def test_what_was_counted_after_the_page_is_on_it_the_next_time(of, monkeypatch):
    monkeypatch.setattr(views, "PAGE_SIZE", 1)
    browser = of(OWNER)

    def page(address: str) -> tuple[str, str]:
        context = browser.get(address).context_data
        return context["count"], context.get("counting_url", "")

    for words in ("", "&q=theft"):
        asked = f"?impact=4{words}"
        first, counting = page(f"/risks/{asked}&sort=title")
        assert (first, counting) == ("1+", f"/risks/tally/{asked}")
        counted = page(counting)
        assert int(counted[0]) > 1
        # Of a search nothing is kept.
        assert page(f"/risks/{asked}") == (("1+", counting) if words else counted)


def test_whose_roles_have_ended_sees_nothing_of_what_was_counted_for_them(seen, today):
    assert seen()[0] > 0
    with act(None):
        held = Assignment.objects.filter(Q(person__code=OWNER) | Q(deputy__code=OWNER))
        held.update(until=today - timedelta(days=1))
    mine = Risk.objects.current().filter(owner__code=OWNER).count()
    assert seen()[0] == mine < Risk.objects.current().count()


def test_each_is_told_what_is_there_for_them(seen):
    counted = {}
    with act(None):
        secret = Risk.objects.current().exclude(owner__code="t-brouwer").latest("pk")
        secret.sensitivity = Sensitivity.RESTRICTED
        secret.save()
    for code in (OWNER, "t-brouwer"):
        there = Risk.objects.current().visible_to(Person.objects.get(code=code)).count()
        assert seen(code)[0] == seen(code)[0] == there
        counted[code] = there
    assert counted[OWNER] > counted["t-brouwer"] > 1


def test_a_filter_offers_what_it_chooses_from_under_its_present_name(seen):
    assert "Depot at the Mill" not in seen()[2]
    unit = Unit.objects.exclude(parent=None).first()
    with act(None):
        unit.name = "Depot at the Mill"
        unit.save()
    assert "Depot at the Mill" in seen()[2]
