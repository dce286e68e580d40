"""Did the processes run, as planned and to their criteria, and was that written down? (8.1)"""

from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_noop as _

from bartizan.chain.models import CriterionResult, Process, ProcessRun
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.days import DaysAfter
from bartizan.ground.records.models import (
    Action,
    Declaration,
    Link,
    Record,
    Relation,
    Status,
    declared,
)

# The share of planned runs that took place is that of the year before the day of the verdict.
PERIOD = timedelta(days=365)


def runs() -> QuerySet[ProcessRun]:
    """Recorded runs."""
    return ProcessRun.objects.done()


def runs_without_every_result() -> QuerySet[ProcessRun]:
    """Lacks a result for a criterion that applied."""
    given = CriterionResult.objects.filter(
        run=OuterRef("pk"), criterion=OuterRef("process__criteria")
    )
    # From each criterion to the runs it applied to: there are many more runs than criteria.
    return (
        runs()
        .filter(
            ~Exists(given),
            process__criteria__status=Status.ACTIVE,
            process__criteria__applies_since__lte=F("ran_on"),
        )
        .distinct()
    )


def runs_failed_without_follow_up() -> QuerySet[ProcessRun]:
    """Failed a criterion, and no hold, correction, action or nonconformity followed."""
    failed = CriterionResult.objects.filter(run=OuterRef("pk"), passed=False, follow_up="")
    action = Action.objects.live().filter(source=OuterRef("pk"))
    answer = Link.objects.filter(
        Exists(Record.objects.live().filter(pk=OuterRef("source"))),
        target=OuterRef("pk"),
        relation=Relation.ANSWERS,
    )
    return runs().filter(Exists(failed), ~Exists(action), ~Exists(answer))


def runs_with_a_declared_share() -> QuerySet[ProcessRun]:
    """Recorded runs, with a declared share of planned runs to hold them against."""
    return runs() if declared(Declaration.Figure.RUN_SHARE) is not None else runs().none()


def runs_without_who_or_result() -> QuerySet[ProcessRun]:
    """Does not say who did it or what came of it."""
    results = CriterionResult.objects.filter(run=OuterRef("pk"))
    return in_any(
        runs(),
        {
            _("does not say who did it"): Q(performed_by=None),
            _("does not say what came of it"): Q(~Exists(results), result=""),
        },
    )


def back_dated_runs() -> QuerySet[ProcessRun]:
    """Was written down later than the day after it ran."""
    latest = DaysAfter(F("ran_on"), Value(ProcessRun.AT_THE_TIME.days))
    # Nearly all were written down on the day: of those no other day has to be reckoned.
    return runs().filter(recorded_on__gt=F("ran_on")).filter(recorded_on__gt=latest)


def runs_missing_from_the_share(day: date) -> QuerySet[ProcessRun]:
    """Was planned and did not take place, and too many did not."""
    planned = ProcessRun.objects.live().filter(
        planned_on__gte=day - PERIOD, planned_on__lt=day, process__in=Process.objects.in_scope()
    )
    share = declared(Declaration.Figure.RUN_SHARE) or 0
    did_not = LessThan(Count("ran_on") * Value(100), Count("pk") * Value(share))
    too_many = planned.order_by().values("kind").values(too_many=did_not)
    return planned.filter(Subquery(too_many), ran_on=None)
