"""Are changes to the system planned before they are made? (6.3)

Change control begins on the day on which the first change was approved: what was revised since
then needs a change that was approved before, and had not been completed by then. What counts is
the approval of the plan: how the change went is written down later, and makes a newer version.
"""

from datetime import date

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from bartizan.chain.models import Process
from bartizan.clauses.context.models import Scope
from bartizan.clauses.leadership.models import SecurityPolicy
from bartizan.clauses.planning.models import Change, Reassignment
from bartizan.ground.documents.models import Document, DocumentVersion
from bartizan.ground.people.models import Assignment, Role
from bartizan.ground.records.models import (
    Approval,
    Link,
    Record,
    RecordQuerySet,
    Relation,
    Status,
    kinds,
    linked_with,
)


def changes() -> RecordQuerySet[Change]:
    """Changes put forward."""
    return Change.objects.filter(status=Status.ACTIVE)


def approved_changes() -> RecordQuerySet[Change]:
    """Changes of which somebody approved the plan."""
    return changes().filter(Exists(_approvals()))


def _approvals() -> QuerySet[Approval]:
    """For Exists(): those of the outer change, whatever version they are of."""
    return Approval.objects.filter(record=OuterRef("pk"))


# -- everything that changes is planned -----------------------------------------------------------


def changes_not_approved_before(day: date) -> RecordQuerySet[Change]:
    """Has taken effect without an approval before it."""
    in_time = _approvals().filter(on__lte=OuterRef("effective_on"))
    begun = Q(effective_on__lte=day) | Q(begun_on__isnull=False)
    return changes().filter(begun).filter(~Exists(in_time))


def policies_changed_without_plan() -> QuerySet[SecurityPolicy]:
    """Was changed without a change approved before."""
    rows = SecurityPolicy.objects.live().filter(revised_on__gt=_began())
    return rows.filter(~_planned_for("revised_on"))


def scopes_changed_without_plan() -> QuerySet[Scope]:
    """Was changed without a change approved before."""
    newer = Approval.of_current_version().filter(on__gt=_began())
    planned = Approval.of_current_version().filter(_planned_for_the_approved())
    return Scope.objects.live().filter(Exists(newer), ~Exists(planned))


def processes_changed_without_plan() -> QuerySet[Process]:
    """Was changed without a change approved before."""
    rows = Process.objects.in_scope().filter(revised_on__gt=_began())
    return rows.filter(~_planned_for("revised_on"))


def roles_changed_without_plan() -> QuerySet[Role]:
    """Was changed without a change approved before."""
    revised = OuterRef("revised_on")
    planned = approved_changes().filter(
        _approved_by(revised), _open_on(revised), roles=OuterRef("pk")
    )
    rows = Role.objects.filter(is_retired=False, revised_on__gt=_began())
    return rows.filter(~Exists(planned))


def plans_changed_without_plan(day: date) -> QuerySet[DocumentVersion]:
    """Has taken effect without a change approved before."""
    plans = Document.objects.live().filter(document_type=Document.Type.PLAN)
    versions = DocumentVersion.objects.in_force(day).filter(
        document__in=plans, effective_from__gt=_began()
    )
    effective = OuterRef("effective_from")
    planned = approved_changes().filter(
        _linked_to("document"), _approved_by(effective), _open_on(effective)
    )
    return versions.filter(~Exists(planned))


def _began() -> date:
    """When change control began; never, as long as no change was approved."""
    first = Approval.objects.filter(record__in=approved_changes().values("pk")).aggregate(
        on=Min("on")
    )
    return first["on"] or date.max


def _planned_for(column: str) -> Q:
    """The outer record is linked to a change that was approved and open on the day in a column."""
    planned = approved_changes().filter(
        Exists(_approvals().filter(on__lte=OuterRef(OuterRef(OuterRef(column))))),
        Q(done_on=None) | Q(done_on__gte=OuterRef(OuterRef(column))),
    )
    return linked_with(planned)


def _planned_for_the_approved() -> Q:
    """The record of an approval is linked to a change approved and open on that day."""
    on = OuterRef("on")
    planned = approved_changes().filter(_linked_to("record"), _approved_by(on), _open_on(on))
    return Q(Exists(planned))


def _linked_to(column: str) -> Q:
    """A change that a link ties to the record in a column of the outer row."""
    out = Link.objects.filter(source=OuterRef("pk"), target=OuterRef(OuterRef(column)))
    back = Link.objects.filter(target=OuterRef("pk"), source=OuterRef(OuterRef(column)))
    return Q(Exists(out)) | Q(Exists(back))


def _approved_by(day: OuterRef) -> Q:
    """A change approved by the day of the outer row."""
    return Q(Exists(_approvals().filter(on__lte=OuterRef(day))))


def _open_on(day: OuterRef) -> Q:
    """A change not yet completed on the day of the outer row."""
    return Q(done_on=None) | Q(done_on__gte=day)


# -- each is thought through ----------------------------------------------------------------------


def changes_without_purpose() -> RecordQuerySet[Change]:
    """Does not say what it is for."""
    return changes().filter(purpose="")


def changes_without_consequences() -> RecordQuerySet[Change]:
    """Does not say what may follow from it."""
    return changes().filter(consequences="")


def changes_begun_unapproved() -> RecordQuerySet[Change]:
    """Has begun, and nobody approved what it is for and what follows."""
    return changes().filter(~Exists(_approvals()), begun_on__isnull=False)


def changes_affecting_nothing() -> RecordQuerySet[Change]:
    """Lists nothing that it affects."""
    links = Link.objects.filter(relation=Relation.CONCERNS)
    linked = Q(Exists(links.filter(source=OuterRef("pk"))))
    linked |= Q(Exists(links.filter(target=OuterRef("pk"))))
    roles = Change.roles.through.objects.filter(change=OuterRef("pk"))
    return changes().filter(~linked, ~Exists(roles))


def changes_without_integrity() -> RecordQuerySet[Change]:
    """Does not say how the system stays whole."""
    return changes().filter(integrity="")


def changes_that_left_a_broken_link() -> RecordQuerySet[Change]:
    """Has left a link to something that is no longer in force."""
    retired = Record.objects.filter(kind__in=list(kinds()), status=Status.RETIRED)
    since_begun = Q(retired_on__gte=OuterRef(OuterRef(OuterRef(OuterRef("begun_on")))))
    broken = Record.objects.filter(
        # Most records are linked to nothing that was ever retired: those are told at once.
        Q(pk__in=Link.objects.filter(target__in=retired.values("pk")).values("source"))
        | Q(pk__in=Link.objects.filter(source__in=retired.values("pk")).values("target")),
        linked_with(retired.filter(since_begun)),
        status=Status.ACTIVE,
    )
    return changes().filter(linked_with(broken), done_on__isnull=False)


def changes_without_resources() -> RecordQuerySet[Change]:
    """Does not say what it takes."""
    return changes().filter(resources="")


def changes_without_effect_on_roles() -> RecordQuerySet[Change]:
    """Does not say who gains or loses duties and powers."""
    return changes().filter(effect_on_roles="")


def reassignments_missing(day: date) -> QuerySet[Reassignment]:
    """Was to be there when the change took effect, and is not."""
    on = OuterRef("change__effective_on")
    there = Assignment.objects.filter(
        Q(until=None) | Q(until__gte=on),
        role=OuterRef("role"),
        person=OuterRef("person"),
        since__lte=on,
    )
    due = Reassignment.objects.filter(change__in=changes(), change__effective_on__lte=day)
    return due.filter(~Exists(there))
