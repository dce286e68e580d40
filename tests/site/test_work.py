"""My work: what waits for somebody, each thing once."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bartizan.clauses.planning.models import Objective
from bartizan.ground.documents.models import DocumentVersion
from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Approval, Record
from bartizan.ground.trail.acts import act
from bartizan.site import work
from bartizan.site.work import _approvals, _awaited, _lapsing, waiting_for
from tests.demo import OWNER


def test_what_has_lapsed_and_so_is_awaited_waits_once(demo, today):
    person = Person.objects.get(code=OWNER)
    lapsed = {item.number for item in _lapsing(person, today)}
    assert lapsed & {item.number for item in _awaited(person, today)}, "nothing has lapsed"
    times = Counter(item.number for item in waiting_for(person, today) if item.number)
    assert {number for number, count in times.items() if count > 1} & lapsed == set()
    assert lapsed <= set(times)


@pytest.mark.parametrize("address", ["/", "/my-work/"])
def test_a_page_of_what_waits_costs_the_same_however_much_waits(address, of, monkeypatch):
    person = of(OWNER)
    person.get(address)  # evaluated once, it stands
    taken = []
    for size in (1, 200):
        monkeypatch.setattr(work, "SHOWN", size)
        with CaptureQueriesContext(connection) as queries:
            assert person.get(address).status_code == 200
        taken.append(len(queries))
    assert taken[0] == taken[1]


def test_an_approval_waits_for_its_owner_too_unless_somebody_else_has_to_give_it(demo):
    person = Person.objects.get(code=OWNER)
    with act(None, through="system"):
        for kind in (Objective, DocumentVersion):
            Approval.objects.filter(record__in=kind.objects.current()[:1]).delete()
            Record.objects.filter(pk__in=kind.objects.current()[:1]).update(owner=person)
    waiting = {item.number for item in _approvals(person)}
    assert Objective.objects.current()[0].number in waiting
    assert DocumentVersion.objects.current()[0].number not in waiting
