"""Is there one approved way of rating risks, does it fit, and does the rest of the house know it?

The method that counts is the approved one; a method put forward as in force counts where it is
asked whether anybody approved it.
"""

from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from bartizan.clauses.context.models import Scope
from bartizan.clauses.leadership.models import SecurityPolicy
from bartizan.clauses.planning.models import InformationSource, Risk, RiskMethod, Threat
from bartizan.clauses.planning.models.threats import Vulnerability
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.models import Approval, RecordQuerySet, Relation, linked_with


def methods() -> RecordQuerySet[RiskMethod]:
    """Risk methods."""
    return RiskMethod.objects.current()


def approved_methods() -> RecordQuerySet[RiskMethod]:
    """Approved risk methods."""
    return RiskMethod.objects.live()


def unapproved_methods() -> RecordQuerySet[RiskMethod]:
    """Is not approved as it stands now."""
    return methods().unapproved()


def methods_without_scope_nature_or_timing() -> RecordQuerySet[RiskMethod]:
    """Does not lay down what it is for, how it works or when it is used."""
    return in_any(
        methods(),
        {
            _("does not lay down what it is for"): Q(scope=""),
            _("does not lay down how it works"): Q(nature=""),
            _("does not lay down when it is used"): Q(timing=""),
        },
    )


def methods_without_fit() -> RecordQuerySet[RiskMethod]:
    """Does not say why it fits the kind and size of operations."""
    return methods().filter(fit="")


def methods_not_reviewed_since_the_scope_changed() -> RecordQuerySet[RiskMethod]:
    """Was not looked at since the scope last changed."""
    scopes = Approval.objects.filter(
        record__in=Scope.objects.live().values("pk"), version=F("record__version")
    )
    changed = scopes.aggregate(last=Max("on"))["last"]
    if changed is None:
        return methods().none()
    return methods().filter(Q(reviewed_on=None) | Q(reviewed_on__lt=changed))


# -- risk of the whole organization (4.2.3.6) ----------------------------------------------------


def methods_naming_the_whole() -> RecordQuerySet[RiskMethod]:
    """Risk methods that name the risk management of the whole organization."""
    return approved_methods().exclude(enterprise_source="")


def methods_without_mapping() -> RecordQuerySet[RiskMethod]:
    """Does not say how its scale relates to that of the whole organization."""
    return methods_naming_the_whole().filter(enterprise_mapping="")


def methods_nothing_was_passed_on_from() -> RecordQuerySet[RiskMethod]:
    """Has no risk that is tied to one of the whole organization."""
    tied = Risk.objects.live().exclude(passed_on=None).filter(method=OuterRef("pk"))
    return methods_naming_the_whole().filter(~Exists(tied))


# -- the policy fits it (draft, 4.2) -------------------------------------------------------------


def policies_citing_the_method(day: date) -> QuerySet[SecurityPolicy]:
    """Policies in force that cite the approved risk method."""
    cited = linked_with(approved_methods(), relation=Relation.CITES)
    return SecurityPolicy.objects.in_force(day).filter(cited)


def policies_older_than_the_method(day: date) -> QuerySet[SecurityPolicy]:
    """Was not reviewed since the risk method was last changed."""
    changes = Approval.objects.filter(
        record__in=approved_methods().values("pk"), version=F("record__version")
    )
    newer = changes.filter(on__gt=OuterRef("reviewed_on"))
    return SecurityPolicy.objects.in_force(day).filter(Exists(newer) | Q(reviewed_on=None))


# -- where information comes from (6.1.2 e, draft 4.3.1) -----------------------------------------


def information_sources() -> RecordQuerySet[InformationSource]:
    """Sources of information on threats."""
    return InformationSource.objects.live()


def sources_not_asked_in_time(day: date) -> QuerySet[InformationSource]:
    """Was not asked within the days set for it."""
    late = [
        pk
        for pk, every, asked in information_sources().values_list(
            "pk", "cadence_days", "last_asked"
        )
        if asked is None or asked + timedelta(days=every) < day
    ]
    return information_sources().filter(pk__in=late)


def sources_that_told_nothing() -> QuerySet[InformationSource]:
    """Is a source that no dated threat or vulnerability comes from."""
    dated = {"learned_from": OuterRef("pk"), "known_on__isnull": False}
    return information_sources().filter(
        ~Exists(Threat.objects.live().filter(**dated)),
        ~Exists(Vulnerability.objects.live().filter(**dated)),
    )
