"""Is it settled who answers for what, did the right people settle it, and do the holders know?

Roles are those not retired. A role is held while somebody who is still there has a current
assignment to it, in whatever unit.
"""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bartizan.clauses.leadership.top_management import (
    of_top_management_now,
    of_top_management_on,
)
from bartizan.ground.people.models import Assignment, Authority, Person, Role
from bartizan.ground.records.models import Declaration, declared

# -- 5.3: given out, taken on --------------------------------------------------------------------


def roles() -> QuerySet[Role]:
    """Roles."""
    return Role.objects.filter(is_retired=False)


def assignments() -> QuerySet[Assignment]:
    """Assignments of roles that must be held."""
    return Assignment.objects.filter(role__is_retired=False, role__is_required=True)


def _current(day: date) -> QuerySet[Assignment]:
    required = {"role__is_retired": False, "role__is_required": True}
    return Assignment.objects.current(day).filter(**required)


def vacant_roles(day: date) -> QuerySet[Role]:
    """Must be held, and nobody holds it."""
    return roles().filter(~_held(day), is_required=True)


def roles_without_duties() -> QuerySet[Role]:
    """Names no duty."""
    return roles().filter(responsibilities="", is_required=True)


def roles_without_powers() -> QuerySet[Role]:
    """Carries no power."""
    powers = Authority.objects.filter(role=OuterRef("pk"))
    return roles().filter(~Exists(powers), is_required=True)


def assignments_others_made(day: date) -> QuerySet[Assignment]:
    """Was not made by top management."""
    return _others_made(_current(day))


def assignments_not_accepted(day: date) -> QuerySet[Assignment]:
    """Was not accepted by its holder since the duties last changed."""
    return _not_accepted(_current(day), day)


def _held(day: date) -> Exists:
    return Exists(Assignment.objects.current(day).filter(role=OuterRef("pk")))


def _others_made(given: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return given.filter(~of_top_management_on("appointed_by", "appointed_on"))


def _not_accepted(given: QuerySet[Assignment], day: date) -> QuerySet[Assignment]:
    return given.exclude(accepted_on__gte=F("role__revised_on"), accepted_on__lte=day)


# -- 5.3: the two duties the standard names ------------------------------------------------------


def roles_that_uphold_conformity() -> QuerySet[Role]:
    """Roles that keep the system conforming."""
    return roles().filter(upholds_conformity=True)


def conformity_roles_nobody_holds(day: date) -> QuerySet[Role]:
    """Keeps the system conforming, and nobody holds it."""
    return _held_by_none(roles_that_uphold_conformity(), day)


def conformity_assignments_others_made(day: date) -> QuerySet[Assignment]:
    """Gives somebody the system's conformity, and was not made by top management."""
    given = Assignment.objects.current(day).filter(role__in=roles_that_uphold_conformity())
    return _others_made(given)


def roles_that_report_performance() -> QuerySet[Role]:
    """Roles that report performance to top management."""
    return roles().filter(reports_performance=True)


def reporting_roles_nobody_holds(day: date) -> QuerySet[Role]:
    """Reports performance to top management, and nobody holds it."""
    return _held_by_none(roles_that_report_performance(), day)


def reporting_assignments_others_made(day: date) -> QuerySet[Assignment]:
    """Gives somebody the reports of performance, and was not made by top management."""
    given = Assignment.objects.current(day).filter(role__in=roles_that_report_performance())
    return _others_made(given)


def _held_by_none(duty: QuerySet[Role], day: date) -> QuerySet[Role]:
    """All of these roles if nobody holds any of them: one holder is enough for a duty."""
    held = Assignment.objects.current(day).filter(role__in=duty)
    return duty.filter(~Exists(held))


# -- 5.1: directed, supported, leading -----------------------------------------------------------


def assignments_with_a_declared_briefing(day: date) -> QuerySet[Assignment]:
    """Current assignments under a declared interval of briefings."""
    given = _current(day)
    return given if declared(Declaration.Figure.BRIEFING) is not None else given.none()


def assignments_not_briefed(day: date) -> QuerySet[Assignment]:
    """Has a holder who was not directed within the declared interval."""
    return _outside_the_interval(day, "briefed_on")


def assignments_not_supported(day: date) -> QuerySet[Assignment]:
    """Has a holder whom nobody supported within the declared interval."""
    return _outside_the_interval(day, "supported_on")


def _outside_the_interval(day: date, column: str) -> QuerySet[Assignment]:
    first = day - timedelta(days=declared(Declaration.Figure.BRIEFING) or 0)
    inside = Q(**{f"{column}__gte": first, f"{column}__lte": day})
    return _current(day).exclude(inside)


def leading_assignments(day: date) -> QuerySet[Assignment]:
    """Current assignments of leaders below top management."""
    leading = roles().filter(is_leader=True, is_top_management=False)
    return Assignment.objects.current(day).filter(role__in=leading)


def line_leaders(day: date) -> QuerySet[Person]:
    """Leaders below top management."""
    return Person.objects.filter(pk__in=leading_assignments(day).values("person"))


def leading_roles_without_powers(day: date) -> QuerySet[Role]:
    """Leads a unit and carries no power."""
    led = leading_assignments(day).values("role")
    powers = Authority.objects.filter(role=OuterRef("pk"))
    return roles().filter(~Exists(powers), pk__in=led)


# -- draft 3.10: accountable all the way up ------------------------------------------------------


def delegated_roles() -> QuerySet[Role]:
    """Roles that report to another."""
    return roles().exclude(reports_to=None)


def roles_not_traced_to_the_top(day: date) -> QuerySet[Role]:
    """Does not lead up, role by role, to a named member of top management."""
    rows = Role.objects.values_list("pk", "reports_to", "is_top_management", "is_retired")
    above = {pk: (up, top, retired) for pk, up, top, retired in rows}
    held = set(Assignment.objects.current(day).values_list("role", flat=True))

    def reaches_the_top(role: int | None) -> bool:
        """A role that nobody holds, or that is no more, breaks the chain."""
        passed: set[int] = set()
        while role is not None and role in held and role not in passed:
            passed.add(role)
            up, is_top, is_retired = above[role]
            if is_retired or is_top:
                return is_top and not is_retired
            role = up
        return False

    lost = [
        pk
        for pk, (up, is_top, _retired) in above.items()
        if not reaches_the_top(pk if is_top else up)
    ]
    return roles().filter(pk__in=lost)


# -- draft 4.4.1 ---------------------------------------------------------------------------------


def described_roles() -> QuerySet[Role]:
    """Roles with a description of their duties."""
    return roles().exclude(responsibilities="")


def undescribed_roles() -> QuerySet[Role]:
    """Has no description of its duties."""
    return roles().filter(responsibilities="")


def current_assignments_not_accepted(day: date) -> QuerySet[Assignment]:
    """Was not accepted by its holder since the role last changed."""
    return _not_accepted(Assignment.objects.current(day).filter(role__is_retired=False), day)


FOUR_DUTIES = {
    "role__answers_for_design": True,
    "role__answers_for_upkeep": True,
    "role__answers_for_documents": True,
    "role__answers_for_improvement": True,
}


def appointments_for_the_system(day: date) -> QuerySet[Assignment]:
    """Appointments to answer for the system."""
    duties = Q(role__upholds_conformity=True)
    for duty in FOUR_DUTIES:
        duties |= Q(**{duty: True})
    given = Assignment.objects.current(day).filter(duties, role__is_retired=False)
    return given.exclude(appointed_on=None)


def appointments_without_the_four_duties(day: date) -> QuerySet[Assignment]:
    """Does not list all four duties for the system."""
    return _unless_one_is_whole(day).exclude(**FOUR_DUTIES)


def appointments_outside_top_management(day: date) -> QuerySet[Assignment]:
    """Is held by somebody who is not top management."""
    return _unless_one_is_whole(day).filter(~of_top_management_now("person", day))


def _unless_one_is_whole(day: date) -> QuerySet[Assignment]:
    """One member of top management with all four duties is enough: others may hold some."""
    given = appointments_for_the_system(day)
    whole = given.filter(of_top_management_now("person", day), **FOUR_DUTIES)
    return given.filter(~Exists(whole))
