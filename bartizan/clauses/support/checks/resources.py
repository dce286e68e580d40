"""Are the means worked out, decided on, and really there? (7.1, 5.1, 6.2.2, 6.3, draft 4.4.1 d)

What a need is for is told by links: it serves an objective, directly or by way of a programme.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import product

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_noop as _

from bartizan.clauses.leadership.top_management import of_top_management_on
from bartizan.clauses.planning.checks.changes import changes
from bartizan.clauses.planning.checks.plans import live_objectives, live_programmes, live_targets
from bartizan.clauses.planning.models import Change, Objective, Programme, Target
from bartizan.clauses.support.models import ResourceGrant, ResourceNeed
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.models import RecordQuerySet, Relation, linked_with

SORTS = (
    ResourceNeed.Sort.PEOPLE,
    ResourceNeed.Sort.MONEY,
    ResourceNeed.Sort.EQUIPMENT,
    ResourceNeed.Sort.INFORMATION,
)


# -- 7.1: worked out, and provided ----------------------------------------------------------------


def resource_needs(day: date) -> RecordQuerySet[ResourceNeed]:
    """Resource needs of the present period."""
    needs = ResourceNeed.objects.live()
    return needs.filter(period_from__lte=day, period_until__gte=day)


@cache
def needs_of(stage: str, sort: str) -> Callable[[date], RecordQuerySet[ResourceNeed]]:
    """The check that means of one sort were worked out for one stage, if only that none is."""

    def check(day: date) -> RecordQuerySet[ResourceNeed]:
        return resource_needs(day).filter(stage=stage, sort=sort)

    words = (ResourceNeed.Sort(sort).label, ResourceNeed.Stage(stage).label)
    check.__doc__ = "Needs of {} for {}.".format(*(str(word).lower() for word in words))
    check.__qualname__ = f"needs_of({stage!r}, {sort!r})"
    return check


# One check for each stage and sort, so that the reason of a verdict names what nobody worked out.
needs_of_each_stage = tuple(
    needs_of(stage, sort) for stage, sort in product(ResourceNeed.Stage.values, SORTS)
)


def resource_grants(day: date) -> QuerySet[ResourceGrant]:
    """Grants for needs of the present period."""
    return ResourceGrant.objects.filter(need__in=resource_needs(day), granted_on__lte=day)


def agreed_needs_without_amount(day: date) -> RecordQuerySet[ResourceNeed]:
    """Is agreed, and does not say how much."""
    return _agreed(day).filter(amount=None)


def agreed_needs_not_met(day: date) -> RecordQuerySet[ResourceNeed]:
    """Was agreed and not granted in full when it was needed, and nobody decided on the rest."""
    return _agreed(day).filter(_short(day), shortfall_decision="")


def needs_left_open(day: date) -> RecordQuerySet[ResourceNeed]:
    """Was neither agreed nor refused when it was needed."""
    open_ = resource_needs(day).filter(is_needed=True, decision=ResourceNeed.Decision.OPEN)
    return open_.filter(_needed_by_now(day))


def needs_refused_by_others(day: date) -> RecordQuerySet[ResourceNeed]:
    """Was refused by somebody who was not top management."""
    return _refused(day).filter(~of_top_management_on("decided_by", "decided_on"))


def needs_refused_at_unknown_risk(day: date) -> RecordQuerySet[ResourceNeed]:
    """Was refused without a word on the risk that stays."""
    return _refused(day).filter(residual_risk="")


def _agreed(day: date) -> RecordQuerySet[ResourceNeed]:
    agreed = ResourceNeed.Decision.AGREED
    return resource_needs(day).filter(is_needed=True, decision=agreed)


def _refused(day: date) -> RecordQuerySet[ResourceNeed]:
    return resource_needs(day).filter(decision=ResourceNeed.Decision.REFUSED)


def _short(day: date) -> Q:
    """Needs whose day has passed with less granted than needed."""
    given = (
        ResourceGrant.objects.filter(need=OuterRef("pk"), granted_on__lte=day)
        .order_by()
        .values("need")
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    # On the row itself: a query of its own around it would be one level too deep for SQLite, where
    # it stands within others and each leaves out what somebody may not see.
    return _needed_by_now(day) & Q(LessThan(Coalesce(Subquery(given), 0.0), F("amount")))


def _needed_by_now(day: date) -> Q:
    """Needs whose day has passed; without one they are needed from the start of their period."""
    return Q(due__lt=day) | Q(due=None, period_from__lt=day)


# -- 6.2.2, 5.1, 7.5.1: means of plans ------------------------------------------------------------


def objectives_without_means() -> RecordQuerySet[Objective]:
    """Lists no means with an amount, and no note that it takes none."""
    return live_objectives().filter(~_means(_stated_needs()), no_means_reason="")


def targets_without_means() -> RecordQuerySet[Target]:
    """Lists no means by which it is reached."""
    by_programme = linked_with(live_programmes().exclude(means=""), relation=Relation.SERVES)
    return live_targets().filter(~by_programme, ~_means(_stated_needs()))


def objectives_unfunded(day: date) -> RecordQuerySet[Objective]:
    """Rests on means that are not granted, without a decision."""
    return live_objectives().filter(_means(_wanting(day)))


def programmes_unfunded(day: date) -> RecordQuerySet[Programme]:
    """Has no budget, or rests on means that are not granted, without a decision."""
    wanting = linked_with(_wanting(day), relation=Relation.SERVES)
    return in_any(
        live_programmes(),
        {
            _("has no budget"): Q(budget=None),
            _("rests on means that are not granted, without a decision"): wanting,
        },
    )


def targets_unfunded(day: date) -> RecordQuerySet[Target]:
    """Rests on means that are not granted, without a decision."""
    return live_targets().filter(_means(_wanting(day)))


def _stated_needs() -> RecordQuerySet[ResourceNeed]:
    return ResourceNeed.objects.live().filter(Q(is_needed=False) | Q(amount__isnull=False))


def _wanting(day: date) -> RecordQuerySet[ResourceNeed]:
    """Needs that are not met as they should be by now."""
    open_ = ResourceNeed.Decision.OPEN
    left_open = Q(decision=open_) & _needed_by_now(day)
    refused = Q(decision=ResourceNeed.Decision.REFUSED, residual_risk="")
    short = Q(decision=ResourceNeed.Decision.AGREED, shortfall_decision="") & _short(day)
    return ResourceNeed.objects.live().filter(left_open | refused | short, is_needed=True)


def _means(needs: RecordQuerySet[ResourceNeed]) -> Q:
    """The outer record is served by one of these needs, or by a programme that is."""
    programmes = live_programmes().filter(linked_with(needs, relation=Relation.SERVES))
    direct = linked_with(needs, relation=Relation.SERVES)
    return direct | linked_with(programmes, relation=Relation.SERVES)


# -- 6.3: means of changes ------------------------------------------------------------------------


def changes_without_grant(day: date) -> RecordQuerySet[Change]:
    """Takes means that were not granted before it started."""
    start = OuterRef(OuterRef(OuterRef("start")))
    granted = ResourceGrant.objects.filter(need=OuterRef("pk"), granted_on__lte=start)
    needs = ResourceNeed.objects.live().filter(Exists(granted))
    started = changes().alias(start=Coalesce("begun_on", "effective_on")).filter(start__lte=day)
    return started.filter(~linked_with(needs, relation=Relation.SERVES), needs_means=True)
