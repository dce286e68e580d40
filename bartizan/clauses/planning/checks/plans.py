"""What can be asked of objectives, targets and programmes alike: who answers, what was reviewed.

"Pursued" are those in force, approved and not closed.
"""

from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from bartizan.clauses.leadership.models import SecurityPolicy
from bartizan.clauses.leadership.top_management import of_top_management_on
from bartizan.clauses.planning.models import (
    Objective,
    PlanReview,
    Programme,
    SideEffectNote,
    Target,
)
from bartizan.ground.people.authority import kind_of
from bartizan.ground.people.models import Assignment, Authority, Verb
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.models import (
    Approval,
    Declaration,
    Record,
    RecordQuerySet,
    Status,
    declared,
)

_P = TypeVar("_P", Objective, Target, Programme)
_Rows = TypeVar("_Rows", bound=QuerySet[Any])


def objectives() -> RecordQuerySet[Objective]:
    """Objectives put forward."""
    return Objective.objects.filter(status=Status.ACTIVE)


def approved_objectives() -> RecordQuerySet[Objective]:
    """Approved objectives."""
    return Objective.objects.live()


def live_objectives() -> RecordQuerySet[Objective]:
    """Objectives that are pursued."""
    return approved_objectives().filter(done_on=None)


def targets() -> RecordQuerySet[Target]:
    """Targets put forward."""
    return Target.objects.filter(status=Status.ACTIVE)


def live_targets() -> RecordQuerySet[Target]:
    """Targets that are pursued."""
    return Target.objects.live().filter(done_on=None)


def programmes() -> RecordQuerySet[Programme]:
    """Programmes put forward."""
    return Programme.objects.filter(status=Status.ACTIVE, origin=Programme.Origin.OURS)


def live_programmes() -> RecordQuerySet[Programme]:
    """Programmes of the system that are pursued."""
    return Programme.objects.live().filter(done_on=None, origin=Programme.Origin.OURS)


def unapproved_objectives() -> RecordQuerySet[Objective]:
    """Is not approved as it stands now."""
    return objectives().unapproved()


def unapproved_targets() -> RecordQuerySet[Target]:
    """Is not approved as it stands now."""
    return targets().unapproved()


def unapproved_programmes() -> RecordQuerySet[Programme]:
    """Is not approved as it stands now."""
    return programmes().unapproved()


# -- somebody answers for it (6.2.2, 7.5.1, draft 4.3.5 a, 4.4.1) ---------------------------------


def held(column: str, day: date) -> Exists:
    """Of a row: is there somebody who holds the role in this column?"""
    holders = Assignment.objects.current(day).filter(role__is_retired=False)
    return Exists(holders.filter(role=OuterRef(column)))


def unheld(rows: _Rows, column: str, day: date, none: str, nobody: str) -> _Rows:
    """Rows with no role in this column, or one that nobody holds; what is said of either."""
    empty = Q(**{column: None})
    return in_any(rows, {none: empty, nobody: ~empty & ~Q(held(column, day))})


def objectives_without_responsible_role(day: date) -> RecordQuerySet[Objective]:
    """Names no role that is responsible, or one that nobody holds."""
    return _without_responsible_role(live_objectives(), day)


def targets_without_responsible_role(day: date) -> RecordQuerySet[Target]:
    """Names no role that is responsible, or one that nobody holds."""
    return _without_responsible_role(live_targets(), day)


def programmes_without_responsible_role(day: date) -> RecordQuerySet[Programme]:
    """Names no role that is responsible, or one that nobody holds."""
    return _without_responsible_role(live_programmes(), day)


def objectives_without_authorizing_role(day: date) -> RecordQuerySet[Objective]:
    """Names no role that authorizes, or one that nobody holds."""
    return _without_authorizing_role(live_objectives(), day)


def targets_without_authorizing_role(day: date) -> RecordQuerySet[Target]:
    """Names no role that authorizes, or one that nobody holds."""
    return _without_authorizing_role(live_targets(), day)


def programmes_without_authorizing_role(day: date) -> RecordQuerySet[Programme]:
    """Names no role that authorizes, or one that nobody holds."""
    return _without_authorizing_role(live_programmes(), day)


def _without_responsible_role(rows: _Rows, day: date) -> _Rows:
    none = _("names no role that is responsible")
    return unheld(
        rows, "responsible_role", day, none, _("names a responsible role that nobody holds")
    )


def _without_authorizing_role(rows: _Rows, day: date) -> _Rows:
    none = _("names no role that authorizes")
    return unheld(
        rows, "authorizing_role", day, none, _("names an authorizing role that nobody holds")
    )


def objectives_nobody_may_see_through(day: date) -> RecordQuerySet[Objective]:
    """Has no manager whom top management appointed with the power to see it through."""
    return live_objectives().filter(~_managed(Objective, day))


def targets_nobody_may_see_through(day: date) -> RecordQuerySet[Target]:
    """Has no manager whom top management appointed with the power to see it through."""
    return live_targets().filter(~_managed(Target, day))


def _managed(model: type[Objective] | type[Target], day: date) -> Exists:
    """The responsible role has the power to write it, and is held by appointment from the top."""
    over = ("*", model._meta.app_label, kind_of(model))
    powers = Authority.objects.filter(role=OuterRef("role"), verb=Verb.WRITE, over__in=over)
    appointed = Assignment.objects.current(day).filter(
        of_top_management_on("appointed_by", "appointed_on"),
        Exists(powers),
        role=OuterRef("responsible_role"),
        role__is_retired=False,
    )
    return Exists(appointed)


# -- reviews (6.2.1 f, draft 4.3.3 to 4.3.5) ------------------------------------------------------


def objective_reviews() -> RecordQuerySet[PlanReview]:
    """Reviews of objectives."""
    return PlanReview.objects.live().filter(objective__isnull=False)


def target_reviews() -> RecordQuerySet[PlanReview]:
    """Reviews of targets."""
    return PlanReview.objects.live().filter(target__isnull=False)


def programme_reviews() -> RecordQuerySet[PlanReview]:
    """Reviews of programmes."""
    return PlanReview.objects.live().filter(programme__isnull=False)


def objective_amendments_missing(day: date) -> RecordQuerySet[PlanReview]:
    """Asks for an amendment of which no newer version was approved in time."""
    return _not_amended(objective_reviews(), "objective", day)


def target_amendments_missing(day: date) -> RecordQuerySet[PlanReview]:
    """Asks for an amendment of which no newer version was approved in time."""
    return _not_amended(target_reviews(), "target", day)


def programme_amendments_missing(day: date) -> RecordQuerySet[PlanReview]:
    """Asks for an amendment of which no newer version was approved in time."""
    return _not_amended(programme_reviews(), "programme", day)


def _not_amended(
    reviews: RecordQuerySet[PlanReview], subject: str, day: date
) -> RecordQuerySet[PlanReview]:
    """The last word on each counts: a later review takes the place of an earlier one."""
    later = reviews.filter(**{subject: OuterRef(subject), "held_on__gt": OuterRef("held_on")})
    amended = Approval.objects.filter(
        record=OuterRef(subject),
        version__gt=OuterRef("version_seen"),
        on__lte=OuterRef("amend_by"),
    )
    return reviews.filter(
        ~Exists(later), ~Exists(amended), verdict=PlanReview.Verdict.AMEND, amend_by__lt=day
    )


# -- can be carried through (5.1) -----------------------------------------------------------------


def viability_decisions() -> RecordQuerySet[PlanReview]:
    """Decisions on viability under a declared interval."""
    found = PlanReview.objects.live().exclude(viability="")
    return found if declared(Declaration.Figure.PLAN_REVIEW) is not None else found.none()


def objectives_not_found_viable(day: date) -> RecordQuerySet[Objective]:
    """Was not lately found by top management to be one that can be carried through."""
    return _not_found_viable(live_objectives(), "objective", day)


def targets_not_found_viable(day: date) -> RecordQuerySet[Target]:
    """Was not lately found by top management to be one that can be carried through."""
    return _not_found_viable(live_targets(), "target", day)


def programmes_not_found_viable(day: date) -> RecordQuerySet[Programme]:
    """Was not lately found by top management to be one that can be carried through."""
    return _not_found_viable(live_programmes(), "programme", day)


def _not_found_viable(rows: RecordQuerySet[_P], subject: str, day: date) -> RecordQuerySet[_P]:
    """By the newest decision of top management inside the declared interval."""
    every = timedelta(days=declared(Declaration.Figure.PLAN_REVIEW) or 0)
    decided = viability_decisions().filter(
        of_top_management_on("held_by", "held_on"), held_on__range=(day - every, day)
    )
    newer = decided.filter(**{subject: OuterRef(subject), "held_on__gt": OuterRef("held_on")})
    viable = decided.filter(~Exists(newer), viability=PlanReview.Viability.VIABLE)
    return rows.filter(~Exists(viable.filter(**{subject: OuterRef("pk")})))


def objectives_without_owner() -> RecordQuerySet[Objective]:
    """Has nobody who answers for it."""
    return live_objectives().without_owner()


def targets_without_owner() -> RecordQuerySet[Target]:
    """Has nobody who answers for it."""
    return live_targets().without_owner()


def programmes_without_owner() -> RecordQuerySet[Programme]:
    """Has nobody who answers for it."""
    return live_programmes().without_owner()


def objectives_without_a_day_ahead(day: date) -> RecordQuerySet[Objective]:
    """Has no day on which it is due, or is still open after that day."""
    return _without_a_day_ahead(live_objectives(), day)


def targets_without_a_day_ahead(day: date) -> RecordQuerySet[Target]:
    """Has no day on which it is due, or is still open after that day."""
    return _without_a_day_ahead(live_targets(), day)


def programmes_without_a_day_ahead(day: date) -> RecordQuerySet[Programme]:
    """Has no day on which it is due, or is still open after that day."""
    return _without_a_day_ahead(live_programmes(), day)


def _without_a_day_ahead(rows: _Rows, day: date) -> _Rows:
    return in_any(
        rows,
        {
            _("has no day on which it is due"): Q(due=None),
            _("is still open after the day on which it was due"): Q(due__lt=day),
        },
    )


# -- harm done elsewhere (5.2.1 e) ----------------------------------------------------------------


def side_effect_notes() -> RecordQuerySet[SideEffectNote]:
    """Notes on side effects."""
    return SideEffectNote.objects.live()


def policies_without_side_effects_weighed(day: date) -> QuerySet[SecurityPolicy]:
    """Was approved before anybody had weighed what it does elsewhere."""
    policies = SecurityPolicy.objects.in_force(day)
    return policies.filter(~_weighed_before_approval(SecurityPolicy, "policy"))


def objectives_without_side_effects_weighed() -> RecordQuerySet[Objective]:
    """Was approved before anybody had weighed what it does elsewhere."""
    return live_objectives().filter(~_weighed_before_approval(Objective, "objective"))


def targets_without_side_effects_weighed() -> RecordQuerySet[Target]:
    """Was approved before anybody had weighed what it does elsewhere."""
    return live_targets().filter(~_weighed_before_approval(Target, "target"))


def programmes_without_side_effects_weighed() -> RecordQuerySet[Programme]:
    """Was approved before anybody had weighed what it does elsewhere."""
    return live_programmes().filter(~_weighed_before_approval(Programme, "programme"))


def _weighed_before_approval(model: type[Record], subject: str) -> Exists:
    approved_later = Approval.objects.filter(
        record=OuterRef(subject),
        record__kind=kind_of(model),
        version=F("record__version"),
        on__gte=OuterRef("considered_on"),
    )
    notes = side_effect_notes().filter(Exists(approved_later))
    return Exists(notes.filter(**{subject: OuterRef("pk")}))
