"""Whether somebody was entitled on a day in the past: asked of one row and of many, told alike."""

import pytest

from bartizan.ground.people.authority import could
from bartizan.ground.people.models import Assignment, Person, Role, Verb
from bartizan.ground.records.entitled import entitled
from bartizan.ground.records.models import Approval, kinds
from bartizan.ground.trail.acts import act


@pytest.mark.usefixtures("demo")
def test_one_by_one_and_all_at_once_it_is_the_same():
    """Also where an assignment has ended meanwhile, or its role was retired since."""
    told = {True: 0, False: 0}
    approvals = Approval.objects.select_related("by", "record__unit")
    approved = set(approvals.values_list("record__kind", flat=True))
    middle = sorted(approvals.values_list("on", flat=True))[approvals.count() // 2]
    held = list(Assignment.objects.filter(since__lte=middle).order_by("pk"))
    with act(None, through="system"):
        Assignment.objects.filter(pk__in=[one.pk for one in held[::2]]).update(until=middle)
        Role.objects.filter(pk__in=[one.role_id for one in held[::3]]).update(is_retired=True)
    for person in Person.objects.order_by("pk"):
        with act(None, through="system"):
            Approval.objects.update(by=person)
        for kind in approved:
            given = approvals.filter(record__kind=kind)
            asked = entitled(kinds()[kind], Verb.APPROVE, person="by", on="on", record="record")
            able = set(given.filter(asked))
            for one in given:
                assert could(one.by, Verb.APPROVE, one.record, one.on) == (one in able), one
                told[one in able] += 1
    assert min(told.values()) > 10, told
