"""My work: what waits for somebody, each thing once."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bartizan.ground.people.models import Person
from bartizan.site import work
from bartizan.site.work import _awaited, _lapsing, waiting_for
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
