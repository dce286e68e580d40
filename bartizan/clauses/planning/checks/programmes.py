"""Do programmes lead to objectives, at sensible cost, and fit with others? (draft 4.3.5, 5.1)"""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from bartizan.chain.models import Process
from bartizan.clauses.planning.checks.plans import (
    live_objectives,
    live_programmes,
    live_targets,
    programme_reviews,
    programmes,
    unheld,
)
from bartizan.clauses.planning.models import (
    Objective,
    PlanReview,
    Programme,
    ProgrammeStep,
    Target,
)
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.models import (
    Declaration,
    RecordQuerySet,
    Relation,
    declared,
    linked_with,
)


def objectives_without_programme() -> RecordQuerySet[Objective]:
    """Is served by no programme that is pursued."""
    return live_objectives().filter(~linked_with(live_programmes(), relation=Relation.SERVES))


def targets_without_programme() -> RecordQuerySet[Target]:
    """Is served by no programme that is pursued."""
    return live_targets().filter(~linked_with(live_programmes(), relation=Relation.SERVES))


def programmes_without_target() -> RecordQuerySet[Programme]:
    """Serves no target."""
    return live_programmes().filter(~linked_with(live_targets(), relation=Relation.SERVES))


def programmes_served_by_a_process() -> RecordQuerySet[Programme]:
    """Programmes that a process is linked to."""
    return live_programmes().linked_to(Process)


def programmes_without_process() -> RecordQuerySet[Programme]:
    """Is linked to no process."""
    return live_programmes().not_linked_to(Process)


# -- made their best, then ranked -----------------------------------------------------------------


def ranked_programmes() -> RecordQuerySet[Programme]:
    """Programmes with a rank."""
    return live_programmes().filter(rank__isnull=False)


def programmes_without_rank() -> RecordQuerySet[Programme]:
    """Has no rank."""
    return live_programmes().filter(rank=None)


def programmes_ranked_before_compared() -> RecordQuerySet[Programme]:
    """Was ranked before the ways to do it were compared."""
    return ranked_programmes().filter(Q(compared_on=None) | Q(compared_on__gt=F("ranked_on")))


def programmes_sharing_a_rank() -> RecordQuerySet[Programme]:
    """Shares its rank with another."""
    same = ranked_programmes().filter(rank=OuterRef("rank")).exclude(pk=OuterRef("pk"))
    return ranked_programmes().filter(Exists(same))


# -- cost, means and time -------------------------------------------------------------------------


def programmes_with_cost() -> RecordQuerySet[Programme]:
    """Programmes of known cost under a declared interval of reviews."""
    found = live_programmes().filter(actual_cost__isnull=False)
    return found if declared(Declaration.Figure.PLAN_REVIEW) is not None else found.none()


def programmes_without_budget_or_cost() -> RecordQuerySet[Programme]:
    """Has no budget, or does not say what was spent."""
    return in_any(
        live_programmes(),
        {
            _("has no budget"): Q(budget=None),
            _("does not say what was spent"): Q(actual_cost=None),
        },
    )


def programmes_overrun_undecided() -> RecordQuerySet[Programme]:
    """Has spent more than its budget, and nobody decided on it."""
    return live_programmes().filter(actual_cost__gt=F("budget"), overrun_decision="")


def programmes_efficiency_unreviewed(day: date) -> RecordQuerySet[Programme]:
    """Was not looked at for its use of means within the declared interval."""
    looked = _reviews_within(day).exclude(efficiency="")
    return live_programmes().filter(~Exists(looked.filter(programme=OuterRef("pk"))))


def programmes_effect_unreviewed(day: date) -> RecordQuerySet[Programme]:
    """Has no verdict on its effect within the declared interval."""
    looked = _reviews_within(day).exclude(effect="")
    return live_programmes().filter(~Exists(looked.filter(programme=OuterRef("pk"))))


def programme_reviews_under_an_interval() -> RecordQuerySet[PlanReview]:
    """Reviews of programmes under a declared interval."""
    found = programme_reviews()
    return found if declared(Declaration.Figure.PLAN_REVIEW) is not None else found.none()


def programmes_without_means() -> RecordQuerySet[Programme]:
    """Does not say by what means."""
    return programmes().filter(means="")


def programmes_without_dated_steps() -> RecordQuerySet[Programme]:
    """Has no step, or one without a day."""
    steps = ProgrammeStep.objects.filter(programme=OuterRef("pk"))
    return in_any(
        programmes(),
        {
            _("has no step"): ~Q(Exists(steps)),
            _("has a step without a day"): Q(Exists(steps.filter(due=None))),
        },
    )


def _reviews_within(day: date) -> RecordQuerySet[PlanReview]:
    every = timedelta(days=declared(Declaration.Figure.PLAN_REVIEW) or 0)
    return programme_reviews().filter(held_on__range=(day - every, day))


# -- 5.1: programmes from elsewhere ---------------------------------------------------------------


def programmes_from_elsewhere() -> QuerySet[Programme]:
    """Security programmes run elsewhere in the organization."""
    return Programme.objects.live().filter(origin=Programme.Origin.ELSEWHERE, done_on=None)


def outside_programmes_unchecked() -> QuerySet[Programme]:
    """Was not held against the system."""
    return programmes_from_elsewhere().filter(fit="")


def outside_programmes_decided_by_nobody(day: date) -> QuerySet[Programme]:
    """Names no role that decided on the fit, or one that nobody holds."""
    return unheld(
        programmes_from_elsewhere().exclude(fit=""),
        "fit_decided_by",
        day,
        _("names no role that decided on the fit"),
        _("names a role that decided on the fit and that nobody holds"),
    )


def outside_programmes_in_conflict(day: date) -> QuerySet[Programme]:
    """Cuts across the system, and that is not settled."""
    conflicts = programmes_from_elsewhere().filter(fit=Programme.Fit.CONFLICTS)
    return conflicts.exclude(conflict_settled_on__lte=day)
