"""Was somebody entitled on a day in the past? `authority.may()` answers for today.

As a condition in SQL, so that a check can ask it of every approval there is at once.
"""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q

from bartizan.ground.people.authority import kind_of
from bartizan.ground.people.models import Assignment
from bartizan.ground.records.models import Record


def entitled(model: type[Record], *verbs: str, person: str, on: str, record: str = "") -> Exists:
    """Had the person one of these powers over the record, on the day, by a role of then?

    `person` and `on` name columns of the rows to be filtered, `record` the way from them to the
    record; it is empty where the rows are the records.
    """
    to = f"{record}__" if record else ""
    path = ExpressionWrapper(OuterRef(f"{to}unit__path"), output_field=CharField())
    return Exists(
        Assignment.objects.alias(path=path).filter(
            Q(person=OuterRef(person)) | Q(deputy=OuterRef(person)),
            Q(until=None) | Q(until__gte=OuterRef(on)),
            since__lte=OuterRef(on),
            role__authorities__verb__in=verbs,
            role__authorities__over__in=("*", model._meta.app_label, kind_of(model)),
            clearance__gte=OuterRef(f"{to}sensitivity"),
            path__startswith=F("unit__path"),
        )
    )
