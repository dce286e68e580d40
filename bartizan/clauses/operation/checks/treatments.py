"""Are treatments planned, approved, carried out in time, and did they work? (8.3, 8.5.3)"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from bartizan.clauses.operation.models import (
    ControlCheck,
    TreatedRisk,
    TreatmentPlan,
    TreatmentReview,
)
from bartizan.clauses.operation.models.treatments import TreatmentQuerySet
from bartizan.ground.records.models import Action, Status


def plans() -> TreatmentQuerySet:
    """Treatment plans."""
    return TreatmentPlan.objects.put_forward()


def plans_without_alternatives() -> TreatmentQuerySet:
    """Does not say what else was weighed."""
    return plans().filter(alternatives="")


def plans_without_owner() -> TreatmentQuerySet:
    """Has nobody who answers for it."""
    return plans().without_owner()


def unapproved_plans() -> TreatmentQuerySet:
    """Is not approved as it stands now."""
    return plans().unapproved()


def plans_without_steps() -> TreatmentQuerySet:
    """Has no steps."""
    return plans().filter(~Exists(_steps()))


def plans_without_days() -> TreatmentQuerySet:
    """Does not say when it starts and when it is due."""
    return plans().filter(Q(starts_on=None) | Q(due=None))


def plans_without_goal() -> TreatmentQuerySet:
    """Does not say what is to be left of the risks."""
    return plans().filter(goal="")


def plans_treating_nothing() -> TreatmentQuerySet:
    """Treats no risk."""
    return plans().filter(~Exists(_treated()))


def plans_with_an_overdue_step(day: date) -> TreatmentQuerySet:
    """Has a step that is overdue."""
    return plans().filter(Exists(_steps().filter(done_on=None, due__lt=day)))


def closed_plans_without_new_rating(day: date) -> TreatmentQuerySet:
    """Is done, but a risk it treats has not been rated since."""
    stale = Q(risk__rated_on=None) | Q(risk__rated_on__lt=OuterRef("done_on"))
    return _done(day).filter(Exists(_treated().filter(stale)))


# -- in time, and with the effect it was made for (8.5.3) ----------------------------------------


def late_plans(day: date) -> TreatmentQuerySet:
    """Was due on a day that has passed, and is not done."""
    return plans().filter(due__lt=day).filter(Q(done_on=None) | Q(done_on__gt=day))


def closed_plans_nobody_verified(day: date) -> TreatmentQuerySet:
    """Is done, but nobody has looked since whether it has its effect."""
    review = TreatmentReview.objects.live().filter(
        treatment=OuterRef("pk"), verified_on__gte=OuterRef("done_on"), verified_on__lte=day
    )
    check = ControlCheck.objects.live().filter(
        control__treatment=OuterRef("pk"),
        control__status=Status.ACTIVE,
        checked_on__gte=OuterRef("done_on"),
        checked_on__lte=day,
    )
    return _done(day).filter(~Exists(review), ~Exists(check))


def missed_effects_without_action(day: date) -> QuerySet[TreatmentReview]:
    """Found that a plan does not have its effect, and no action has come of that."""
    reviews = TreatmentReview.objects.live().filter(
        verified_on__lte=day, treatment__status=Status.ACTIVE
    )
    later = reviews.filter(treatment=OuterRef("treatment"), verified_on__gt=OuterRef("verified_on"))
    action = Action.objects.live().filter(
        Q(source=OuterRef("pk")) | Q(source=OuterRef("treatment")),
        Q(done_on=None) | Q(done_on__gte=OuterRef("verified_on")),
    )
    return reviews.exclude(result=TreatmentReview.Result.REACHED).filter(
        ~Exists(later), ~Exists(action)
    )


# -- the means they take (6.1.3 f, draft 4.3.1 B d) ----------------------------------------------


def plans_with_estimate() -> TreatmentQuerySet:
    """Treatment plans that name their risks and what they take."""
    return plans().filter(
        Exists(_treated()),
        cost_once__isnull=False,
        cost_per_year__isnull=False,
        staff_days__isnull=False,
    )


def plans_without_estimate() -> TreatmentQuerySet:
    """Does not say what it costs and how many staff days it takes."""
    return plans().filter(Q(cost_once=None) | Q(cost_per_year=None) | Q(staff_days=None))


def _done(day: date) -> TreatmentQuerySet:
    return plans().filter(done_on__lte=day)


def _steps() -> QuerySet[Action]:
    """The actions that arise from the outer plan."""
    return Action.objects.live().filter(source=OuterRef("pk"))


def _treated() -> QuerySet[TreatedRisk]:
    """The risks in force that the outer plan treats."""
    return TreatedRisk.objects.filter(treatment=OuterRef("pk"), risk__status=Status.ACTIVE)
