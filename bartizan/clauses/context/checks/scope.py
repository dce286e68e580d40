"""What can be asked of the scope and of what it considered (4.3)."""

from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from bartizan.chain.models import BusinessFunction, Place, Process
from bartizan.clauses.context.checks.issues import relevant_issues
from bartizan.clauses.context.checks.obligations import applicable_obligations
from bartizan.clauses.context.checks.parties import adopted_requirements
from bartizan.clauses.context.models import (
    ContextIssue,
    Obligation,
    PartyRequirement,
    Scope,
    ScopeElement,
)
from bartizan.ground.people.authority import kind_of
from bartizan.ground.people.models import Assignment, Authority, Verb
from bartizan.ground.records.models import Approval, Link, RecordQuerySet, Relation, Status


def scopes() -> RecordQuerySet[Scope]:
    """Scopes."""
    return Scope.objects.filter(status=Status.ACTIVE)


def approved_scopes() -> RecordQuerySet[Scope]:
    """Approved scopes."""
    return Scope.objects.live()


def unapproved_scopes() -> RecordQuerySet[Scope]:
    """Is not approved as it stands now."""
    return scopes().unapproved()


def scopes_beside_another() -> RecordQuerySet[Scope]:
    """Is not the only scope in force."""
    return scopes().filter(Exists(scopes().exclude(pk=OuterRef("pk"))))


def scopes_without_owner() -> RecordQuerySet[Scope]:
    """Has nobody who answers for it."""
    return scopes().without_owner()


def scopes_past_review(day: date) -> RecordQuerySet[Scope]:
    """Is past its review, or was never given a review day."""
    return scopes().review_overdue(day)


def scopes_without_audience() -> RecordQuerySet[Scope]:
    """Names nobody who has to be able to read it."""
    return scopes().filter(audience=None)


def scopes_hidden_from_audience(day: date) -> RecordQuerySet[Scope]:
    """Is hidden from somebody who has to be able to read it."""
    current = Assignment.objects.current(day).exclude(role__is_retired=True)
    over = ("*", Scope._meta.app_label, kind_of(Scope))
    readers = Authority.objects.filter(verb=Verb.READ, over__in=over).values("role")
    where = ExpressionWrapper(OuterRef(OuterRef("unit__path")), CharField())
    reading = current.annotate(where=where).filter(
        role__in=readers,
        clearance__gte=OuterRef(OuterRef("sensitivity")),
        where__startswith=F("unit__path"),
    )
    # Two questions: to each there is an index, and the first one nearly always says yes.
    reads = Exists(reading.filter(person=OuterRef("person"))) | Exists(
        reading.filter(deputy=OuterRef("person"))
    )
    barred = current.filter(~reads, role__scopes_to_read=OuterRef("pk"))
    others = barred.exclude(person=OuterRef("owner"))  # finds nobody where there is no owner
    return scopes().filter(Q(Exists(barred), owner=None) | Q(Exists(others)))


# -- what a scope lists ------------------------------------------------------------------------


def elements_in_scope() -> QuerySet[ScopeElement]:
    """Elements in the scope."""
    return _elements().filter(inclusion=ScopeElement.Inclusion.IN)


def listed_places() -> QuerySet[ScopeElement]:
    """Sites that the scope lists."""
    return _elements().filter(place__isnull=False)


def listed_units() -> QuerySet[ScopeElement]:
    """Units that the scope lists."""
    return _elements().filter(part__isnull=False)


def listed_processes() -> QuerySet[ScopeElement]:
    """Processes that the scope lists."""
    return _elements().filter(process__isnull=False)


def listed_segments() -> QuerySet[ScopeElement]:
    """Segments of the supply chain that the scope lists."""
    return _elements().exclude(segment="")


def exclusions_without_reason() -> QuerySet[ScopeElement]:
    """Is left out of the scope without a reason."""
    return _elements().filter(inclusion=ScopeElement.Inclusion.OUT, reason="")


def unlisted_places() -> QuerySet[Place]:
    """Is neither in the scope nor out of it."""
    listed = _elements().filter(place=OuterRef("pk"))
    return Place.objects.live().filter(~Exists(listed), is_active=True)


def unlisted_processes() -> QuerySet[Process]:
    """Is neither in the scope nor out of it."""
    listed = _elements().filter(process=OuterRef("pk"))
    return Process.objects.live().filter(~Exists(listed))


def _elements() -> QuerySet[ScopeElement]:
    return ScopeElement.objects.live().filter(scope__status=Status.ACTIVE)


# -- what a scope considered -------------------------------------------------------------------


def issues_considered() -> QuerySet[ContextIssue]:
    """Issues that the scope considers."""
    return relevant_issues().filter(Exists(_considering()))


def issues_not_considered() -> QuerySet[ContextIssue]:
    """Was known when the scope was approved, but is not considered in it."""
    return relevant_issues().filter(_known_at_approval(), ~Exists(_considering()))


def issues_considered_without_note() -> QuerySet[ContextIssue]:
    """Is considered in the scope without a note on what follows from it."""
    noted = _considering().exclude(note="")
    return issues_considered().filter(_known_at_approval(), ~Exists(noted))


def requirements_considered() -> QuerySet[PartyRequirement]:
    """Requirements that the scope considers."""
    return adopted_requirements().filter(Exists(_considering()))


def obligations_considered() -> QuerySet[Obligation]:
    """Obligations that the scope considers."""
    return applicable_obligations().filter(Exists(_considering()))


def adopted_requirements_not_considered() -> QuerySet[PartyRequirement]:
    """Was known when the scope was approved, but is not considered in it."""
    return adopted_requirements().filter(_known_at_approval(), ~Exists(_considering()))


def applicable_obligations_not_considered() -> QuerySet[Obligation]:
    """Was known when the scope was approved, but is not considered in it."""
    return applicable_obligations().filter(_known_at_approval(), ~Exists(_considering()))


def _considering() -> QuerySet[Link]:
    """The links by which a scope in force considers the outer record."""
    return Link.objects.filter(
        relation=Relation.CONSIDERS, source__in=scopes().values("pk"), target=OuterRef("pk")
    )


def _known_at_approval() -> Exists:
    """The outer record was identified no later than the approval of the scope in force."""
    return Exists(
        Approval.objects.filter(
            record__in=approved_scopes().values("pk"),
            record__kind=kind_of(Scope),
            version=F("record__version"),
            on__gte=OuterRef("identified_on"),
        )
    )


# -- other parts of the business (draft, 1) ----------------------------------------------------


def business_functions() -> QuerySet[BusinessFunction]:
    """Business functions."""
    return BusinessFunction.objects.live()


def business_functions_undecided() -> QuerySet[BusinessFunction]:
    """Does not say whether it bears on security."""
    return business_functions().filter(bearing="")


def business_functions_unlinked() -> QuerySet[BusinessFunction]:
    """Bears on security, but is linked to no process and no place in the scope."""
    inside = elements_in_scope().filter(scope__in=approved_scopes().values("pk"))
    subject = Q(source__in=inside.values("process")) | Q(source__in=inside.values("place"))
    back = Q(target__in=inside.values("process")) | Q(target__in=inside.values("place"))
    return business_functions().filter(
        ~Exists(Link.objects.filter(subject, target=OuterRef("pk"))),
        ~Exists(Link.objects.filter(back, source=OuterRef("pk"))),
        bearing=BusinessFunction.Bearing.YES,
    )
