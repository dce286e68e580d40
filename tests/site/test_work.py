"""My work: what waits for somebody, each thing once."""

from collections import Counter

from bartizan.ground.people.models import Person
from bartizan.site.work import _awaited, _lapsing, waiting_for
from tests.demo import OWNER


def test_what_has_lapsed_and_so_is_awaited_waits_once(demo, today):
    person = Person.objects.get(code=OWNER)
    lapsed = {item.number for item in _lapsing(person, today)}
    assert lapsed & {item.number for item in _awaited(person, today)}, "nothing has lapsed"
    times = Counter(item.number for item in waiting_for(person, today) if item.number)
    assert {number for number, count in times.items() if count > 1} & lapsed == set()
    assert lapsed <= set(times)
