"""What was told and asked about the policy, and reported to the top (4.2.3.2, 5.2.2, 5.3).

Here, and not with the policy, because it takes the log of communication to tell.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.lookups import StartsWith

from bartizan.clauses.leadership.checks.roles import roles_that_report_performance
from bartizan.clauses.leadership.models import SecurityPolicy
from bartizan.clauses.support.models import Communication
from bartizan.ground.people.models import Assignment, Role, Unit
from bartizan.ground.records.models import Declaration, Link, Relation, declared, linked_with

# -- 5.2.2: whoever asks for the policy gets an answer --------------------------------------------


def unanswered_requests(day: date) -> QuerySet[Communication]:
    """Asks for the policy and was not answered in time."""
    about = SecurityPolicy.objects.all()
    requests = (
        Communication.objects.received()
        .until(day)
        .filter(_concerning(about), purpose=Communication.Purpose.REQUEST)
    )
    open_ = Q(answered_on=None) | Q(answered_on__gt=day)
    late = Q(answer_due__lt=day) & open_ | Q(answered_on__gt=F("answer_due"))
    return requests.filter(late | Q(answer_due=None) & _late_by_declaration(day, open_))


def _late_by_declaration(day: date, open_: Q) -> Q:
    """Of requests without a day of their own. Where no figure is declared, they may not be open."""
    days = declared(Declaration.Figure.REQUEST)
    if days is None:
        return open_
    allowed = timedelta(days=days)
    return Q(at__date__lt=day - allowed) & open_ | Q(answered_on__gt=F("at") + allowed)


def _concerning(records: QuerySet) -> Q:
    return linked_with(records, relation=Relation.CONCERNS)


# -- 4.2.3.2: leaders pass the aim of the policy on -----------------------------------------------


def led_units(day: date) -> QuerySet[Unit]:
    """Units that somebody leads under a declared interval of messages."""
    led = Unit.objects.filter(Exists(_leading(day).filter(unit=OuterRef("pk"))), in_scope=True)
    return led if declared(Declaration.Figure.LEADERSHIP) is not None else led.none()


def units_not_told_by_their_leader(day: date) -> QuerySet[Unit]:
    """Units whose leader has not passed on the policy within the declared interval."""
    every = timedelta(days=declared(Declaration.Figure.LEADERSHIP) or 0)
    about = _told_about(SecurityPolicy.objects.in_force(day))
    messages = Communication.objects.sent().between(day - every, day).filter(pk__in=about)
    leaders = _leading(day).filter(unit=OuterRef(OuterRef("pk")))
    by_leader = Exists(leaders.filter(person=OuterRef("author"))) | Exists(
        leaders.filter(person=OuterRef("signed_by"))
    )
    path = ExpressionWrapper(OuterRef(OuterRef("path")), output_field=CharField())
    reached = Communication.units.through.objects.filter(
        StartsWith(path, F("unit__path")), communication=OuterRef("pk")
    )
    return led_units(day).filter(~Exists(messages.filter(by_leader, Exists(reached))))


def _told_about(policies: QuerySet[SecurityPolicy]) -> QuerySet[Link, Any]:
    """What is linked to one of these as being about it, whichever of the two bears the link.

    There are few policies and many messages, so this starts from the policies.
    """
    links = Link.objects.order_by().filter(relation=Relation.CONCERNS)
    those = policies.values("pk")
    there = links.filter(target__in=those).values("source")
    return there.union(links.filter(source__in=those).values("target"), all=True)


def _leading(day: date) -> QuerySet[Assignment]:
    leading = Assignment.objects.current(day)
    return leading.filter(role__is_leader=True, role__is_retired=False)


# -- 5.3 b: top management is told how the system performs ----------------------------------------


def roles_with_a_declared_cadence() -> QuerySet[Role]:
    """Roles that report performance at a declared interval."""
    found = roles_that_report_performance()
    return found if declared(Declaration.Figure.REPORT) is not None else found.none()


def roles_with_an_overdue_report(day: date) -> QuerySet[Role]:
    """Is overdue with its report to top management."""
    every = timedelta(days=declared(Declaration.Figure.REPORT) or 0)
    author = Assignment.objects.filter(
        Q(until=None) | Q(until__gte=OuterRef("at__date")),
        since__lte=OuterRef("at__date"),
        role=OuterRef(OuterRef("pk")),
        person=OuterRef("author"),
    )
    reports = Communication.objects.sent().between(day - every, day)
    reported = reports.filter(Exists(author), _to_the_top(), purpose=Communication.Purpose.REPORT)
    held_that_long = Assignment.objects.filter(role=OuterRef("pk"), since__lt=day - every)
    return roles_that_report_performance().filter(Exists(held_that_long), ~Exists(reported))


def _to_the_top() -> Q:
    """Communications that reached somebody who was top management on the day."""
    tops = Assignment.objects.of_top_management().filter(
        Q(until=None) | Q(until__gte=OuterRef(OuterRef("at__date"))),
        since__lte=OuterRef(OuterRef("at__date")),
        person=OuterRef("person"),
    )
    people = Communication.people.through.objects.filter(communication=OuterRef("pk"))
    roles = Communication.roles.through.objects.filter(communication=OuterRef("pk"))
    at_the_top = roles.filter(role__is_top_management=True)
    return Q(Exists(people.filter(Exists(tops)))) | Q(Exists(at_the_top))
