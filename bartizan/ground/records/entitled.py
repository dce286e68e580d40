"""Was somebody entitled on a day in the past? `authority.may()` answers for today.

As a condition in SQL, so that a check can ask it of every approval there is at once.
"""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Left, Length

from bartizan.ground.people.authority import kind_of
from bartizan.ground.people.models import Assignment, Authority
from bartizan.ground.records.models import Record


def entitled(model: type[Record], *verbs: str, person: str, on: str, record: str = "") -> Q:
    """Had the person one of these powers over the record, on the day, by a role of then?

    `person` and `on` name columns of the rows to be filtered, `record` the way from them to the
    record; it is empty where the rows are the records.
    """
    to = f"{record}__" if record else ""
    powers = Authority.objects.filter(
        verb__in=verbs, over__in=("*", model._meta.app_label, kind_of(model))
    )
    able = Assignment.objects.alias(
        above=Left(OuterRef(f"{to}unit__path"), Length("unit__path"))
    ).filter(
        Q(until=None) | Q(until__gte=OuterRef(on)),
        since__lte=OuterRef(on),
        role__in=powers.values("role"),
        clearance__gte=OuterRef(f"{to}sensitivity"),
        unit__path=F("above"),
    )
    # Two questions: to each there is an index, and the first one nearly always says yes.
    in_person = Exists(able.filter(person=OuterRef(person)))
    as_deputy = Exists(able.filter(deputy=OuterRef(person)))
    return Q(in_person) | Q(as_deputy)
