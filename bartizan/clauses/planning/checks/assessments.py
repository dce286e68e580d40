"""Was there an assessment in time, ahead of events, and does it take in every source? (6.1.2)

An assessment counts when it is done and approved. "The latest" is the newest of those that cover
the whole system: one of a single site says nothing of the others. A source is taken in by a risk
with a level, or by a reason why there is nothing.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from bartizan.chain.models import Dependency, Partner, Place, Process
from bartizan.clauses.planning.models import (
    AssessorView,
    Consultation,
    EquipmentClass,
    NothingFound,
    Origin,
    Risk,
    RiskAssessment,
    RiskMethod,
)
from bartizan.ground.people.authority import kind_of
from bartizan.ground.records.cases import in_any, told_apart
from bartizan.ground.records.models import Approval, RecordQuerySet

Assessments = RecordQuerySet[RiskAssessment]


def assessments() -> Assessments:
    """Finished risk assessments."""
    return RiskAssessment.objects.live().exclude(done_on=None)


def latest_assessment() -> Assessments:
    """Latest assessments of the whole system."""
    newest = assessments().filter(is_overall=True).order_by("-done_on", "-pk").values("pk")[:1]
    return assessments().filter(pk__in=newest)


def assessments_ahead_of_events(day: date) -> Assessments:
    """Assessments within the interval that were started by schedule or ahead of a change."""
    ahead = assessments().filter(occasion__in=RiskAssessment.PROACTIVE)
    return ahead.exclude(pk__in=_older_than_allowed(ahead, day))


def assessments_overdue(day: date) -> Assessments:
    """Is older than the method allows, and no newer one covers the whole system."""
    latest = latest_assessment()
    return latest.filter(pk__in=_older_than_allowed(latest, day))


def _older_than_allowed(rows: Assessments, day: date) -> list[int]:
    said = rows.values_list("pk", "done_on", "method__interval_days")
    return [pk for pk, done, every in said if done and done + timedelta(days=every) < day]


def assessments_by_another_method() -> Assessments:
    """Was made by another method than the approved one, or by an earlier version of it."""
    other = ~Exists(RiskMethod.objects.live().filter(pk=OuterRef("method")))
    return in_any(
        latest_assessment(),
        {
            _("was made by another method than the approved one"): Q(other),
            _("was made by an earlier version of the method"): Q(
                method_version__lt=F("method__rates_since")
            ),
        },
    )


# -- every source taken in -----------------------------------------------------------------------


def assessments_by_source() -> Assessments:
    """Latest assessments of the whole system that say which sources of risk they took in."""
    return latest_assessment().filter(
        Exists(_risks().filter(assessment=OuterRef("pk")))
        | Exists(NothingFound.objects.filter(assessment=OuterRef("pk")))
    )


def leaving_out(*origins: Origin) -> Callable[[], Assessments]:
    """The check that the latest assessment answers one of these sources of risk."""

    def check() -> Assessments:
        risks = _risks().filter(assessment=OuterRef("pk"), origin__in=origins)
        nothing = _reasons().filter(assessment=OuterRef("pk"), origin__in=origins)
        return assessments_by_source().filter(~Exists(risks), ~Exists(nothing))

    words = "” or “".join(str(origin.label) for origin in origins)
    check.__doc__ = f"Takes in no “{words}”, and does not say why there is none."
    check.__qualname__ = f"leaving_out({', '.join(origin.name for origin in origins)})"
    return check


FAILURES_AND_ACTS = (
    leaving_out(Origin.PHYSICAL),
    leaving_out(Origin.FUNCTIONAL),
    leaving_out(Origin.DAMAGE, Origin.CRIME, Origin.TERROR),
)
SURROUNDINGS = (
    leaving_out(Origin.NATURE),
    leaving_out(Origin.PEOPLE),
    leaving_out(Origin.CULTURE),
    leaving_out(Origin.BEYOND),
)
INFORMATION = (
    leaving_out(Origin.INFORMATION),
    leaving_out(Origin.DATA),
    leaving_out(Origin.COMMUNICATION),
)
KNOWLEDGE = leaving_out(Origin.KNOWLEDGE)
DAMAGE_AND_BREAKDOWN = (
    leaving_out(Origin.PHYSICAL, Origin.FUNCTIONAL),
    leaving_out(Origin.ACCIDENT),
    leaving_out(Origin.DAMAGE),
    leaving_out(Origin.TERROR),
    leaving_out(Origin.CRIME),
)
STANDING = (leaving_out(Origin.LAW), leaving_out(Origin.REPUTATION))


def _risks() -> QuerySet[Risk]:
    return Risk.objects.scored()


def _reasons() -> QuerySet[NothingFound]:
    """Why there is nothing, as the latest assessment says it."""
    latest = latest_assessment().values("pk")
    return NothingFound.objects.filter(assessment__in=latest).exclude(reason="")


# -- security equipment over its life (6.1.2 c) --------------------------------------------------

STAGES = (Origin.DESIGN, Origin.FITTING, Origin.UPKEEP, Origin.REPLACEMENT)


def equipment_in_service(day: date) -> RecordQuerySet[EquipmentClass]:
    """Classes of security equipment in service."""
    ended = Q(out_of_service_on__lte=day)
    begun = Q(in_service_since=None) | Q(in_service_since__lte=day)
    return EquipmentClass.objects.live().filter(begun).exclude(ended)


def equipment_assessed(day: date) -> RecordQuerySet[EquipmentClass]:
    """Classes of security equipment that an assessment looked at."""
    return equipment_in_service(day).filter(
        Exists(_risks().filter(equipment=OuterRef("pk")))
        | Exists(_reasons().filter(equipment=OuterRef("pk")))
    )


def equipment_not_assessed_for_life(day: date) -> RecordQuerySet[EquipmentClass]:
    """Was not looked at in each stage: design, fitting, upkeep, replacement."""
    lacking = Q()
    for stage in STAGES:
        lacking |= ~_taken_in("equipment", stage)
    return equipment_in_service(day).filter(lacking)


def _taken_in(subject: str, *origins: Origin) -> Q:
    """The outer row has a scored risk, or a reason why there is none, of one of these sources."""
    about = {subject: OuterRef("pk")} | ({"origin__in": origins} if origins else {})
    return Q(Exists(_risks().filter(**about))) | Q(Exists(_reasons().filter(**about)))


# -- operations, sites, supplies (draft, 4.3.1) --------------------------------------------------


def operations_assessed() -> QuerySet[Process]:
    """Processes in scope that an assessment looked at."""
    return Process.objects.in_scope().filter(_taken_in("process"))


def operations_not_assessed() -> QuerySet[Process]:
    """Has no risk with a level, and no reason why there is none."""
    return Process.objects.in_scope().filter(~_taken_in("process"))


def operations_not_assessed_for_people() -> QuerySet[Process]:
    """Was not looked at for human factors."""
    return Process.objects.in_scope().filter(~_taken_in("process", Origin.PEOPLE))


def core_processes_assessed_for_standstill() -> QuerySet[Process]:
    """Core processes looked at for what could halt them."""
    return _core().filter(_taken_in("process", Origin.STANDSTILL))


def core_processes_not_assessed_for_standstill() -> QuerySet[Process]:
    """Was not looked at for what could halt it."""
    return _core().filter(~_taken_in("process", Origin.STANDSTILL))


def _core() -> QuerySet[Process]:
    return Process.objects.in_scope().filter(is_core=True)


def natural_events() -> QuerySet[Risk]:
    """Scored risks of natural events."""
    return _risks().filter(origin=Origin.NATURE)


def sites_with_nothing_to_fear() -> QuerySet[NothingFound]:
    """Sites at which no natural event is to be feared, with the reason."""
    return _reasons().filter(origin=Origin.NATURE, place__isnull=False)


def sites_not_assessed_for_nature() -> QuerySet[Place]:
    """Has no natural event that names the equipment affected, and no reason why there is none."""
    named = natural_events().filter(place=OuterRef("pk"), equipment__isnull=False)
    nothing = sites_with_nothing_to_fear().filter(place=OuterRef("pk"))
    sites = Place.objects.live().filter(is_active=True, under_own_control=True)
    return sites.filter(~Exists(named), ~Exists(nothing))


def critical_supplies() -> QuerySet[Partner]:
    """Outside supplies that are critical."""
    gives = (
        Partner.Relationship.SUPPLIER,
        Partner.Relationship.CARRIER,
        Partner.Relationship.SERVICE,
    )
    needed = Exists(Dependency.objects.filter(on_partner=OuterRef("pk")))
    return Partner.objects.live().filter(
        Q(security_level=Partner.Level.HIGH) | needed, is_active=True, relationship__in=gives
    )


def critical_supplies_not_assessed() -> QuerySet[Partner]:
    """Has no risk with a level, and no reason why there is none."""
    return critical_supplies().filter(~_taken_in("partner"))


# -- parties and people (4.2.3.5, 4.2.3.8) -------------------------------------------------------


def consultations() -> QuerySet[Consultation]:
    """Interested parties asked in the course of an assessment."""
    return Consultation.objects.filter(assessment__in=assessments().values("pk"))


def assessments_without_consultation() -> Assessments:
    """Lists no interested party that was asked."""
    asked = Consultation.objects.filter(assessment=OuterRef("pk"))
    return assessments().filter(~Exists(asked))


def consultations_after_approval() -> QuerySet[Consultation]:
    """Was asked after the assessment was approved."""
    before = Approval.objects.filter(
        record=OuterRef("assessment"),
        record__kind=kind_of(RiskAssessment),
        version=F("record__version"),
        on__lt=OuterRef("consulted_on"),
    )
    return consultations().filter(Exists(before))


def views() -> QuerySet[AssessorView]:
    """Views of single assessors."""
    return AssessorView.objects.filter(assessment__in=assessments().values("pk"))


def assessments_heard_from_one_alone() -> Assessments:
    """Names several people, and has the view of one alone or of none."""
    team = RiskAssessment.team.through.objects.filter(riskassessment=OuterRef("pk"))
    others = RiskAssessment.team.through.objects.filter(
        riskassessment=OuterRef("riskassessment"), person__lt=OuterRef("person")
    )
    several = Exists(team.filter(Exists(others)))
    heard = Exists(AssessorView.objects.filter(assessment=OuterRef("pk")))
    return told_apart(
        assessments().filter(several, ~_heard_from_several()),
        {
            _("names several people, and has the view of one alone"): Q(heard),
            _("names several people, and has the view of none"): ~Q(heard),
        },
    )


def assessments_without_reconciliation() -> Assessments:
    """Has views of several people, and does not say how they became one."""
    return assessments().filter(_heard_from_several(), reconciliation="")


def _heard_from_several() -> Exists:
    """The outer assessment has views of at least two people."""
    others = AssessorView.objects.filter(
        assessment=OuterRef("assessment"), person__lt=OuterRef("person")
    )
    return Exists(AssessorView.objects.filter(Exists(others), assessment=OuterRef("pk")))
