"""Does somebody answer for each promise of the policy, and does a process keep it? (5.2.2, 8.2)"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from bartizan.chain.checks.processes import overdue_processes
from bartizan.chain.models import Process, ProcessRun
from bartizan.clauses.leadership.models import Commitment, SecurityPolicy
from bartizan.ground.people.models import Assignment
from bartizan.ground.records.models import Relation, linked_with


def commitments(day: date) -> QuerySet[Commitment]:
    """Commitments of the policy in force."""
    in_force = SecurityPolicy.objects.in_force(day)
    return Commitment.objects.live().filter(policy__in=in_force)


def commitments_with_role(day: date) -> QuerySet[Commitment]:
    """Commitments with a role that answers for the outcome."""
    return commitments(day).exclude(accountable_role=None)


def commitments_without_role(day: date) -> QuerySet[Commitment]:
    """Names no role that answers for the outcome."""
    return commitments(day).filter(accountable_role=None)


def commitments_of_vacant_roles(day: date) -> QuerySet[Commitment]:
    """Names a role that nobody holds."""
    held = Assignment.objects.current(day).filter(
        role=OuterRef("accountable_role"), role__is_retired=False
    )
    return commitments_with_role(day).filter(~Exists(held))


def commitments_a_process_serves(day: date) -> QuerySet[Commitment]:
    """Commitments that a process serves."""
    return commitments(day).filter(_served_by(Process.objects.live()))


def commitments_no_process_serves(day: date) -> QuerySet[Commitment]:
    """Is served by no process."""
    return commitments(day).filter(~_served_by(Process.objects.live()))


def commitments_no_owned_process_serves(day: date) -> QuerySet[Commitment]:
    """Is served by no process that somebody answers for."""
    owned = Process.objects.live().filter(owner__is_active=True)
    return commitments(day).filter(~_served_by(owned))


def commitments_no_running_process_serves(day: date) -> QuerySet[Commitment]:
    """Is served by no process that runs."""
    runs = ProcessRun.objects.done().filter(process=OuterRef("pk"), ran_on__lte=day)
    late = overdue_processes(day).values("pk")
    running = Process.objects.in_scope().filter(Exists(runs)).exclude(pk__in=late)
    return commitments(day).filter(~_served_by(running))


def _served_by(processes: QuerySet[Process]) -> Q:
    """Linked as served, from whichever of the two pages somebody made the link."""
    return linked_with(processes, relation=Relation.SERVES)
