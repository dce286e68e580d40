"""Has everybody got the policy as it stands now? (5.2.2, draft 4.2 j)

Everybody is everybody active in a unit that the system covers. A receipt is an acknowledgement:
it says when the person got the version and, later perhaps, when they said they had read it.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from bartizan.clauses.leadership.models import SecurityPolicy
from bartizan.ground.documents.models import Acknowledgement, DocumentVersion
from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Declaration, declared


def receipts(day: date) -> QuerySet[Acknowledgement]:
    """Receipts of the policy."""
    either = Q(document_version__document__in=_documents(day, "document"))
    either |= Q(document_version__document__in=_documents(day, "visitor_extract"))
    return Acknowledgement.objects.filter(either, received_on__lte=day)


def receipts_with_a_declared_share(day: date) -> QuerySet[Acknowledgement]:
    """Receipts of the policy under a declared share of acknowledgements."""
    found = Acknowledgement.objects.filter(
        document_version__document__in=_documents(day, "document"), received_on__lte=day
    )
    return found if declared(Declaration.Figure.ACKNOWLEDGEMENT) is not None else found.none()


def people_without_the_policy(day: date) -> QuerySet[Person]:
    """Has not received the policy as it stands now."""
    return _without(day, _everybody().filter(engagement__in=Person.WORKFORCE), "document")


def employees_without_the_policy(day: date) -> QuerySet[Person]:
    """Is employed and has not received the policy as it stands now."""
    employees = _everybody().filter(engagement=Person.Engagement.EMPLOYEE)
    return _without(day, employees, "document")


def contractors_without_the_policy(day: date) -> QuerySet[Person]:
    """Works under contract and has not received the policy as it stands now."""
    contractors = _everybody().filter(engagement=Person.Engagement.CONTRACTOR)
    return _without(day, contractors, "document")


def visitors_without_the_policy(day: date) -> QuerySet[Person]:
    """Visits and has received neither the policy as it stands now nor its extract."""
    visitors = _everybody().filter(engagement=Person.Engagement.VISITOR)
    return _without(day, visitors, "document", "visitor_extract")


def policies_acknowledged_by_too_few(day: date) -> QuerySet[SecurityPolicy]:
    """Is acknowledged by a smaller share of people than declared."""
    workforce = _everybody().filter(engagement__in=Person.WORKFORCE)
    read = _of_current(day, "document").filter(person=OuterRef("pk"), acknowledged_on__lte=day)
    share = declared(Declaration.Figure.ACKNOWLEDGEMENT) or 0
    policies = SecurityPolicy.objects.in_force(day)
    enough = workforce.filter(Exists(read)).count() * 100 >= share * workforce.count()
    return policies.none() if enough else policies


def _documents(day: date, holder: str) -> QuerySet[SecurityPolicy]:
    """The document in this column of the policy in force."""
    return SecurityPolicy.objects.in_force(day).exclude(**{holder: None}).values(holder)


def _everybody() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True, unit__in_scope=True)


def _of_current(day: date, holder: str) -> QuerySet[Acknowledgement]:
    versions = DocumentVersion.objects.in_force(day).filter(document__in=_documents(day, holder))
    return Acknowledgement.objects.filter(document_version__in=versions, received_on__lte=day)


def _without(day: date, people: QuerySet[Person], *holders: str) -> QuerySet[Person]:
    for holder in holders:
        received = _of_current(day, holder).filter(person=OuterRef("pk"))
        people = people.filter(~Exists(received))
    return people
