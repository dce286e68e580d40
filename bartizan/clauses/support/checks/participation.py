"""Whether people at every level have a part in security (4.2.3.5)."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from bartizan.clauses.support.models import Communication, CommunicationQuerySet, Side
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.records.models import Declaration, declared


def contributions() -> CommunicationQuerySet:
    """Reports, suggestions and answers of our own people."""
    return Communication.objects.received().filter(side=Side.INTERNAL)


def units_not_heard(day: date) -> QuerySet[Unit]:
    """Has people, and was not heard within the declared interval."""
    staffed = Person.objects.filter(unit=OuterRef("pk"), is_active=True)
    units = Unit.objects.filter(Exists(staffed), in_scope=True)
    days = declared(Declaration.Figure.PARTICIPATION)
    if days is None:
        return units
    heard = contributions().between(day - timedelta(days=days), day)
    # Two questions: one with an OR leads PostgreSQL through all that was heard, unit by unit. And
    # first the one that an index answers.
    from_itself = Exists(heard.filter(units=OuterRef("pk")))
    from_its_people = Exists(heard.filter(author__unit=OuterRef("pk")))
    return units.filter(~from_itself, ~from_its_people)
