"""Are the processes planned, tied to one another, and there for a reason?

"Processes" are those in force and in scope throughout: what the system does not cover, it need
not plan.
"""

from collections.abc import Callable
from datetime import date
from functools import cache

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext_noop as _

from bartizan.chain.models import (
    BusinessFunction,
    Criterion,
    DeliveredClause,
    Partner,
    Place,
    Process,
    ProcessRun,
)
from bartizan.chain.models.processes import ProcessQuerySet
from bartizan.ground.people.authority import kind_of
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.days import DaysAfter
from bartizan.ground.records.models import (
    Action,
    Approval,
    RecordQuerySet,
    Relation,
    kinds,
    linked_with,
)

# -- 4.4, 8.1: what a process says of itself -----------------------------------------------------


def processes() -> ProcessQuerySet:
    """Processes in scope."""
    return Process.objects.in_scope()


def processes_without_owner() -> ProcessQuerySet:
    """Has nobody who answers for it."""
    return processes().without_owner()


def processes_without_inputs_or_outputs() -> ProcessQuerySet:
    """Does not say what it needs or what it hands on."""
    return in_any(
        processes(),
        {
            _("does not say what it needs"): Q(inputs=""),
            _("does not say what it hands on"): Q(outputs=""),
        },
    )


def processes_tied_to_no_other() -> ProcessQuerySet:
    """Has no link to another process in force."""
    return processes().not_linked_to(Process)


def processes_tied_to_one_out_of_force() -> ProcessQuerySet:
    """Is linked to a process that is not in force."""
    live = Process.objects.live().filter(pk=OuterRef("pk"))
    return processes().filter(linked_with(Process.objects.filter(~Exists(live))))


def processes_without_plan() -> ProcessQuerySet:
    """Does not say how it is done."""
    return processes().filter(plan="")


def processes_that_nothing_starts() -> ProcessQuerySet:
    """Says neither how often it runs nor what starts it."""
    return processes().filter(cadence_days=None, trigger="")


def overdue_processes(day: date) -> ProcessQuerySet:
    """Was due to run again and has not.

    One that never ran and does not say since when it runs has no day it could keep to.
    """
    runs = ProcessRun.objects.live().filter(process=OuterRef("pk"), ran_on__isnull=False)
    by_calendar = processes().filter(cadence_days__isnull=False)
    in_time = runs.filter(ran_on__gte=DaysAfter(Value(day), -OuterRef("cadence_days")))
    never_ran = ~Exists(runs) & Q(started_on__gte=DaysAfter(Value(day), -F("cadence_days")))
    return by_calendar.exclude(Exists(in_time) | never_ran)


def overdue_runs(day: date) -> QuerySet[ProcessRun]:
    """Was planned for a day that has passed, and neither it nor a later one took place."""
    later = ProcessRun.objects.done().filter(
        process=OuterRef("process"), ran_on__gte=OuterRef("planned_on")
    )
    planned = ProcessRun.objects.live().filter(ran_on=None, planned_on__lt=day)
    return planned.filter(~Exists(later), process__in=processes())


def criteria() -> QuerySet[Criterion]:
    """Criteria of processes in scope."""
    return Criterion.objects.live().filter(process__in=processes())


def processes_without_criterion() -> ProcessQuerySet:
    """Has no criterion with a pass rule or a limit."""
    decisive = Criterion.objects.live().filter(
        ~Q(rule="") | Q(lower_limit__isnull=False) | Q(upper_limit__isnull=False),
        process=OuterRef("pk"),
    )
    return processes().filter(~Exists(decisive))


# -- 5.1, 8.2: what it is there for --------------------------------------------------------------


def core_processes() -> ProcessQuerySet:
    """Core business processes in scope."""
    return processes().filter(is_core=True)


def core_processes_without_requirement() -> ProcessQuerySet:
    """Carries no security requirement and no control, and gives no reason."""
    return _core_processes_that_carry_nothing().filter(no_requirement_reason="")


def core_processes_with_unapproved_reason() -> ProcessQuerySet:
    """Gives a reason why no requirement applies that its owner has not approved."""
    by_owner = Approval.of_current_version().filter(by=OuterRef("owner"))
    return _core_processes_that_carry_nothing().filter(
        ~Q(no_requirement_reason=""), ~Exists(by_owner)
    )


def _core_processes_that_carry_nothing() -> ProcessQuerySet:
    """A requirement is what a process serves; nodes, other processes and work owed are none."""
    aside = {Action, BusinessFunction, Criterion, Partner, Place, Process, ProcessRun}
    carried = [model for model in kinds().values() if model not in aside]
    delivered = DeliveredClause.objects.filter(process=OuterRef("pk"))
    return (
        core_processes()
        .not_linked_to(*carried, relation=Relation.SERVES)
        .not_linked_to(*carried, relation=Relation.CONTROLS)
        .filter(~Exists(delivered))
    )


def processes_that_deliver_the_system() -> ProcessQuerySet:
    """Processes that deliver the system."""
    return processes().filter(delivers_system=True)


@cache
def deliverers(clause: str) -> Callable[[], ProcessQuerySet]:
    """The check that asks for processes with an owner that deliver one clause."""

    def check() -> ProcessQuerySet:
        owned = processes().filter(owner__is_active=True)
        return owned.filter(delivered_clauses__clause=clause)

    check.__doc__ = f"Processes with an owner that deliver clause {clause}."
    check.__qualname__ = f"deliverers({clause!r})"
    return check


# One check a clause, so that the reason of a verdict names each clause that nobody delivers.
deliverers_of_each_clause = tuple(deliverers(clause) for clause in DeliveredClause.Clause.values)


# -- 6.1.1, 8.1: what is planned becomes part of a process ---------------------------------------


def planned_actions() -> RecordQuerySet[Action]:
    """Planned actions.

    A correction after a run puts right what the process already asks for: it is no planned action.
    """
    corrections = Q(source__kind=kind_of(ProcessRun))
    return Action.objects.live().filter(Q(source=None) | ~corrections)


def actions_tied_to_a_process() -> RecordQuerySet[Action]:
    """Planned actions tied to a process."""
    return planned_actions().linked_to(Process)


def actions_tied_to_no_process() -> RecordQuerySet[Action]:
    """Is tied to no process."""
    return planned_actions().not_linked_to(Process)


def done_actions_that_changed_nothing() -> RecordQuerySet[Action]:
    """Is done, yet its process is as before, and the link between them says no reason.

    The reason why nothing had to change is the note of the link between action and process.
    """
    done = actions_tied_to_a_process().filter(done_on__isnull=False)
    as_before = Process.objects.live().filter(revised_on__lt=OuterRef(OuterRef("done_on")))
    return done.filter(linked_with(as_before, note=""))
