"""Were the risks of new and revised arrangements weighed before these began? (8.4, draft 4.4.6)

What is asked are the changes of the last year: what was there before, was there.
"""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from bartizan.chain.checks.processes import processes
from bartizan.chain.models import Partner, Place
from bartizan.chain.models.processes import ProcessQuerySet
from bartizan.clauses.leadership.checks.roles import roles
from bartizan.clauses.leadership.models import BusinessChange, SecurityPolicy
from bartizan.clauses.planning.models import (
    Change,
    EquipmentClass,
    Objective,
    Programme,
    Reassignment,
    RiskAssessment,
    Target,
)
from bartizan.ground.documents.models import Document, DocumentVersion
from bartizan.ground.people.models import Assignment, Role, Sensitivity
from bartizan.ground.records.models import Approval, RecordQuerySet, Status, linked_with

PERIOD = timedelta(days=365)


def changes() -> RecordQuerySet[Change]:
    """Changes."""
    return Change.objects.filter(status=Status.ACTIVE)


def changes_without_risk_check_in_time() -> RecordQuerySet[Change]:
    """Has no check of its risks from before the day on which it takes effect."""
    late = Q(risk_checked_on=None) | Q(risk_checked_on__gte=F("effective_on"))
    return changes().filter(late)


# -- from the plan to the last look (8.4) --------------------------------------------------------


def changes_begun_unapproved() -> RecordQuerySet[Change]:
    """Was begun without approval by somebody other than its owner after its risks were checked."""
    approvals = _by_another().filter(
        on__gte=OuterRef("risk_checked_on"), on__lte=OuterRef("begun_on")
    )
    return changes().filter(~Exists(approvals), begun_on__isnull=False)


def changes_not_begun(day: date) -> RecordQuerySet[Change]:
    """Was to take effect on a day that has passed, and nothing says that it was begun."""
    return changes().filter(begun_on=None, effective_on__lt=day)


def changes_completed_unverified() -> RecordQuerySet[Change]:
    """Is completed, but nobody other than its owner has signed off what came of it."""
    approvals = _by_another().filter(version=OuterRef("version"), on__gte=OuterRef("done_on"))
    return changes().filter(~Exists(approvals), done_on__isnull=False)


def _by_another() -> QuerySet[Approval]:
    return Approval.objects.filter(~Q(by=OuterRef("owner")), record=OuterRef("pk"))


# -- structure, roles, responsibilities (8.4 a) --------------------------------------------------


def roles_revised_unassessed(day: date) -> QuerySet[Role]:
    """Was set up or revised in the last year without a change whose risks were checked before."""
    change = _weighed_before(OuterRef("revised_on")).filter(roles=OuterRef("pk"))
    return roles().filter(~Exists(change), _within("revised_on", day))


def business_changes_unassessed(day: date) -> QuerySet[BusinessChange]:
    """Came into effect in the last year without a change whose risks were checked before."""
    rows = BusinessChange.objects.live().filter(_within("took_effect_on", day))
    return rows.filter(~_weighed("took_effect_on"))


# -- policy, objectives, targets, programmes (8.4 c) ---------------------------------------------


def policies() -> RecordQuerySet[SecurityPolicy]:
    """Security policies."""
    return SecurityPolicy.objects.live()


def objectives() -> RecordQuerySet[Objective]:
    """Objectives."""
    return Objective.objects.live()


def policies_revised_unassessed(day: date) -> RecordQuerySet[SecurityPolicy]:
    """Was revised in the last year without a change whose risks were checked before."""
    return _revised_unassessed(policies(), day)


def objectives_revised_unassessed(day: date) -> RecordQuerySet[Objective]:
    """Was revised in the last year without a change whose risks were checked before."""
    return _revised_unassessed(objectives(), day)


def targets_revised_unassessed(day: date) -> RecordQuerySet[Target]:
    """Was revised in the last year without a change whose risks were checked before."""
    return _revised_unassessed(Target.objects.live(), day)


def programmes_revised_unassessed(day: date) -> RecordQuerySet[Programme]:
    """Was revised in the last year without a change whose risks were checked before."""
    return _revised_unassessed(Programme.objects.live(), day)


def _revised_unassessed(rows: RecordQuerySet, day: date) -> RecordQuerySet:
    """Those approved anew within the year that no assessed change speaks of."""
    earlier = Approval.objects.filter(record=OuterRef("pk"), version__lt=OuterRef("version"))
    current = Approval.of_current_version().order_by("-pk")
    approved = rows.alias(approved_on=Subquery(current.values("on")[:1]))
    revised = approved.filter(Exists(earlier), _within("approved_on", day))
    return revised.filter(~_weighed("approved_on"))


# -- processes and procedures (8.4 d) ------------------------------------------------------------


def processes_revised_unassessed(day: date) -> ProcessQuerySet:
    """Was set up or revised in the last year without a change whose risks were checked before."""
    return processes().filter(_within("revised_on", day)).filter(~_weighed("revised_on"))


def procedures_revised_unassessed(day: date) -> RecordQuerySet[DocumentVersion]:
    """Came into effect in the last year without a change whose risks were checked before."""
    versions = DocumentVersion.objects.in_force(day).filter(
        _within("effective_from", day), document__document_type=Document.Type.PROCEDURE
    )
    took_effect = OuterRef(OuterRef(OuterRef("effective_from")))
    document = Document.objects.filter(
        linked_with(_weighed_before(took_effect)), pk=OuterRef("document")
    )
    return versions.filter(~_weighed("effective_from"), ~Exists(document))


# -- infrastructure and equipment (8.4 e) --------------------------------------------------------


def places_with_first_day() -> QuerySet[Place]:
    """Our own places that say since when they are in use."""
    return Place.objects.nodes().filter(under_own_control=True, active_since__isnull=False)


def equipment_with_first_day() -> RecordQuerySet[EquipmentClass]:
    """Classes of security equipment that say since when they are in service."""
    return EquipmentClass.objects.live().filter(in_service_since__isnull=False)


def places_opened_unassessed(day: date) -> QuerySet[Place]:
    """Came into use in the last year without a change whose risks were checked before."""
    rows = places_with_first_day().filter(_within("active_since", day))
    return rows.filter(~_weighed("active_since"))


def equipment_introduced_unassessed(day: date) -> RecordQuerySet[EquipmentClass]:
    """Came into service in the last year without a change whose risks were checked before."""
    rows = equipment_with_first_day().filter(_within("in_service_since", day))
    return rows.filter(~_weighed("in_service_since"))


# -- contractors, suppliers, personnel (8.4 f) ---------------------------------------------------


def partners_with_first_day() -> QuerySet[Partner]:
    """Partners that say since when they are in use."""
    return _providers().filter(active_since__isnull=False)


def partners_taken_on_unassessed(day: date) -> QuerySet[Partner]:
    """Was taken on in the last year, and nobody had weighed the risks of that before."""
    before = OuterRef(OuterRef("active_since"))
    assessment = RiskAssessment.objects.live().filter(done_on__lte=before)
    rows = partners_with_first_day().filter(_within("active_since", day))
    return rows.filter(~_weighed("active_since"), ~linked_with(assessment))


def starters_unassessed(day: date) -> QuerySet[Assignment]:
    """Got a sensitive role in the last year, and nobody had weighed the risks before."""
    change = _weighed_before(OuterRef(OuterRef("since"))).filter(pk=OuterRef("change"))
    planned = Reassignment.objects.filter(
        Exists(change), role=OuterRef("role"), person=OuterRef("person")
    )
    started = Assignment.objects.filter(
        _within("since", day), clearance__gte=Sensitivity.CONFIDENTIAL, role__is_retired=False
    )
    return started.filter(~Exists(planned))


def _providers() -> QuerySet[Partner]:
    kinds = Partner.Relationship
    provide = (kinds.SUPPLIER, kinds.CARRIER, kinds.SERVICE)
    return Partner.objects.live().filter(is_active=True, relationship__in=provide)


# -- which change speaks of it -------------------------------------------------------------------


def _within(column: str, day: date) -> Q:
    """The day in that column lies in the year up to the day of the verdict."""
    return Q((f"{column}__gt", day - PERIOD), (f"{column}__lte", day))


def _weighed(column: str) -> Q:
    """The outer record is linked to a change weighed before the day in that column."""
    return linked_with(_weighed_before(OuterRef(OuterRef(column))))


def _weighed_before(day: OuterRef) -> RecordQuerySet[Change]:
    """Changes whose risks had been checked on that day, and that were not completed before it."""
    return changes().filter(Q(done_on=None) | Q(done_on__gte=day), risk_checked_on__lte=day)
