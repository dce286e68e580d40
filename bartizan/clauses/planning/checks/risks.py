"""Are risks rated by the method, decided on by somebody entitled, and kept current? (8.3)

"Risks" are those in force throughout: a draft is not rated, nor is what was retired.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_noop as _

from bartizan.chain import weaknesses
from bartizan.chain.models import Dependency, NeededDocument, Partner, Place, Process
from bartizan.clauses.context.checks.obligations import applicable_obligations
from bartizan.clauses.context.models import Obligation
from bartizan.clauses.planning.checks.assessments import latest_assessment
from bartizan.clauses.planning.models import (
    InformationSource,
    NothingFound,
    Origin,
    PlanningNote,
    Risk,
    RiskAcceptance,
    RiskMethod,
    SystemRisk,
    Threat,
    Vulnerability,
)
from bartizan.clauses.planning.models.risks import RiskQuerySet
from bartizan.ground.documents.models import Document
from bartizan.ground.people.authority import kind_of
from bartizan.ground.people.models import Verb
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.entitled import entitled
from bartizan.ground.records.models import Action, RecordQuerySet, linked_with

# -- rated by the method (8.3 a and b) -----------------------------------------------------------


def risks() -> RiskQuerySet:
    """Risks."""
    return Risk.objects.live()


def scored_risks() -> RiskQuerySet:
    """Risks with a level."""
    return Risk.objects.scored()


def risks_without_level() -> RiskQuerySet:
    """Has no level: its likelihood or one of its impacts is not rated."""
    return risks().filter(level=None)


def risks_not_rated_in_every_dimension() -> RiskQuerySet:
    """Is not rated for likelihood and for every dimension of impact."""
    return risks().filter(Q(likelihood=None) | Q(impact=None))


def risks_without_basis() -> RiskQuerySet:
    """Does not say what its rating rests on."""
    return scored_risks().filter(basis="")


def risks_the_method_rates_otherwise() -> RiskQuerySet:
    """Has a level that the method does not give it."""
    rating_alike: dict[tuple[tuple[int, int, int], ...], list[int]] = defaultdict(list)
    for method in RiskMethod.objects.all():
        cells = ((likelihood, impact, level.rank) for likelihood, impact, level in method.cells())
        rating_alike[tuple(cells)].append(method.pk)
    if not rating_alike:
        return scored_risks()
    said = Case(
        *(When(method__in=those, then=_read_from(cells)) for cells, those in rating_alike.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
    return scored_risks().alias(said=said).exclude(level=F("said"))


def _read_from(cells: Iterable[tuple[int, int, int]]) -> Case:
    """The level in the cell of a matrix in which the outer risk lies."""
    found = (
        When(likelihood=likelihood, impact=impact, then=Value(level))
        for likelihood, impact, level in cells
    )
    return Case(*found, default=Value(0), output_field=IntegerField())


def risks_by_another_method() -> RiskQuerySet:
    """Is rated by another method than the approved one, or by an earlier version of it."""
    other = ~Exists(RiskMethod.objects.live().filter(pk=OuterRef("method")))
    return in_any(
        scored_risks(),
        {
            _("is rated by another method than the approved one"): Q(other),
            _("is rated by an earlier version of the method"): Q(
                rated_version__lt=F("method__rates_since")
            ),
        },
    )


def top_risks() -> RiskQuerySet:
    """Top risks."""
    return scored_risks().filter(level__gte=F("method__report_from"))


# -- decided on (8.3 c, draft 4.3.1) -------------------------------------------------------------


def decided_risks() -> RiskQuerySet:
    """Risks with a decision."""
    return risks().exclude(decision="")


def undecided_risks() -> RiskQuerySet:
    """Has no decision: avoid, reduce, share or accept."""
    return risks().filter(decision="")


def risks_nobody_entitled_decided() -> RiskQuerySet:
    """Was decided by nobody who was entitled to on that day."""
    could = entitled(Risk, Verb.APPROVE, person="decided_by", on="decided_on")
    return decided_risks().filter(Q(decided_by=None) | Q(decided_on=None) | ~could)


def risks_above_appetite_not_taken_on(day: date) -> RiskQuerySet:
    """Lies above the appetite, is to be accepted, and nobody entitled has taken it on until now."""
    could = entitled(Risk, Verb.APPROVE, person="accepted_by", on="accepted_on", record="risk")
    taken_on = RiskAcceptance.objects.live().filter(
        could,
        risk=OuterRef("pk"),
        accepted_on__lte=day,
        expires_on__gt=day,
        level__gte=OuterRef("level"),
    )
    above = scored_risks().filter(level__gt=F("method__appetite"), decision=Risk.Decision.ACCEPT)
    return above.filter(~Exists(taken_on))


# -- what is known of threats and weaknesses (6.1.2 e, 8.5.1) ------------------------------------


def threats() -> RecordQuerySet[Threat]:
    """Threats."""
    return Threat.objects.live()


def vulnerabilities() -> RecordQuerySet[Vulnerability]:
    """Vulnerabilities."""
    return Vulnerability.objects.live()


def assessed_risks() -> RiskQuerySet:
    """Risks of the latest assessment."""
    return risks().filter(assessment__in=latest_assessment().values("pk"))


def risks_citing_no_threat_or_weakness() -> RiskQuerySet:
    """Names no threat, or no vulnerability, that counts."""
    return in_any(
        assessed_risks(),
        {
            _("names no threat that counts"): ~Q(threat__in=threats().values("pk")),
            _("names no vulnerability that counts"): ~Q(
                vulnerability__in=vulnerabilities().values("pk")
            ),
        },
    )


def risks_on_stale_information(day: date) -> RiskQuerySet:
    """Rests on what is known from nowhere, of no day, or from too long ago."""
    nowhere, no_day, old = Q(), Q(), Q()
    for known in ("threat", "vulnerability"):
        told = InformationSource.objects.live().filter(pk=OuterRef(f"{known}__learned_from"))
        nowhere |= ~Q(Exists(told))
        no_day |= Q(**{f"{known}__known_on": None})
        for method in RiskMethod.objects.all():
            oldest = day - timedelta(days=method.freshness_days)
            old |= Q(**{"method": method.pk, f"{known}__known_on__lt": oldest})
    cases = {
        _("rests on what is known from nowhere"): nowhere,
        _("rests on what is known of no day"): no_day,
    }
    if old:
        cases[_("rests on what was known too long ago")] = old
    return in_any(assessed_risks().filter(threat__isnull=False, vulnerability__isnull=False), cases)


def analysed_risks() -> RiskQuerySet:
    """Risks that name a threat and a vulnerability."""
    return risks().filter(threat__isnull=False, vulnerability__isnull=False)


def places_never_analysed() -> QuerySet[Place]:
    """Has no dated threat and no dated vulnerability."""
    return Place.objects.nodes().filter(~_analysed("place"))


def partners_never_analysed() -> QuerySet[Partner]:
    """Has no dated threat and no dated vulnerability."""
    return Partner.objects.nodes().filter(~_analysed("partner"))


def _analysed(subject: str) -> Exists:
    """A risk at the outer node rests on a threat and on a vulnerability, both told and dated."""
    return Exists(
        analysed_risks().filter(
            threat__known_on__isnull=False,
            threat__learned_from__isnull=False,
            vulnerability__known_on__isnull=False,
            vulnerability__learned_from__isnull=False,
            **{subject: OuterRef("pk")},
        )
    )


def upstream_places() -> QuerySet[Place]:
    """Places upstream."""
    return Place.objects.nodes().filter(position=Place.Position.UPSTREAM)


def upstream_partners() -> QuerySet[Partner]:
    """Partners upstream."""
    return Partner.objects.nodes().filter(position=Partner.Position.UPSTREAM)


def upstream_places_not_evaluated(day: date) -> QuerySet[Place]:
    """Has no threat that was evaluated within the interval."""
    return upstream_places().filter(~_evaluated("place", day))


def upstream_partners_not_evaluated(day: date) -> QuerySet[Partner]:
    """Has no threat that was evaluated within the interval."""
    return upstream_partners().filter(~_evaluated("partner", day))


def _evaluated(subject: str, day: date) -> Exists:
    """A threat to the outer node was rated no longer ago than the approved method allows."""
    method = RiskMethod.objects.live().in_use()
    if method is None:
        return Exists(risks().none())
    return Exists(
        scored_risks().filter(
            threat__isnull=False,
            rated_on__gte=day - timedelta(days=method.interval_days),
            **{subject: OuterRef("pk")},
        )
    )


# -- suppliers that depend on each other (6.1.2 f) -----------------------------------------------


def supplier_dependencies() -> QuerySet[Dependency]:
    """Dependencies between partners."""
    live = Partner.objects.live().filter(is_active=True).values("pk")
    return Dependency.objects.filter(partner__in=live, on_partner__in=live)


def supplier_dependencies_not_examined() -> QuerySet[Dependency]:
    """Was not looked at: neither end has a risk of this source, nor a reason why there is none."""
    ends = Q(partner=OuterRef("partner")) | Q(partner=OuterRef("on_partner"))
    found = scored_risks().filter(ends, origin=Origin.SUPPLIERS)
    nothing = NothingFound.objects.filter(
        ends, origin=Origin.SUPPLIERS, assessment__in=latest_assessment().values("pk")
    ).exclude(reason="")
    return supplier_dependencies().filter(~Exists(found), ~Exists(nothing))


def single_places_without_risk() -> QuerySet[Place]:
    """Is a single point whose loss stops a flow, and no risk names it."""
    return weaknesses.single_point_places().filter(~_answered("place"))


def single_partners_without_risk() -> QuerySet[Partner]:
    """Is a single point whose loss stops a flow, and no risk names it."""
    return weaknesses.single_point_partners().filter(~_answered("partner"))


def shared_suppliers_without_risk() -> QuerySet[Partner]:
    """Stands behind several partners, and no risk names it."""
    return weaknesses.shared_suppliers().filter(~_answered("partner"))


def concentrated_places_without_risk() -> QuerySet[Place]:
    """Lies in a country that would take much of the chain with it, and no risk says so."""
    return Place.objects.live().filter(pk__in=_unanswered(weaknesses.By.COUNTRY))


def concentrated_partners_without_risk() -> QuerySet[Partner]:
    """Is of a company that would take much of the chain with it, and no risk says so."""
    return Partner.objects.live().filter(pk__in=_unanswered(weaknesses.By.PARENT))


def _answered(subject: str) -> Exists:
    return Exists(scored_risks().filter(**{subject: OuterRef("pk")}))


def _unanswered(by: weaknesses.By) -> set[int]:
    """Who is part of a concentration none of whose parts bears a risk of this source."""
    said = scored_risks().filter(origin=Origin.SUPPLIERS).values_list("place", "partner")
    answered = {key for keys in said for key in keys}
    return {
        key
        for one in weaknesses.concentrations_of_today()
        if one.by == by and answered.isdisjoint(one.members)
        for key in one.members
    }


# -- where the results go (6.1.3 a, draft 4.3.1, 4.4.1, 4.4.4) -----------------------------------


def risks_passed_on() -> RiskQuerySet:
    """Risks passed on to the risk management of the whole organization."""
    return risks().exclude(passed_on=None)


def top_risks_not_passed_on() -> RiskQuerySet:
    """Is one of the top, and was not passed on since it was rated."""
    return top_risks().filter(Q(passed_on=None) | Q(passed_on__lt=F("rated_on")))


def risks_past_review(day: date) -> RiskQuerySet:
    """Is past its review, or was never given a review day."""
    return risks().review_overdue(day)


def processes_of_top_risks() -> QuerySet[Process]:
    """Processes in scope that bear a top risk."""
    return Process.objects.in_scope().filter(Exists(top_risks().filter(process=OuterRef("pk"))))


def processes_of_top_risks_with_documents() -> QuerySet[Process]:
    """Processes with a top risk for which it is settled what documents they need."""
    needed = NeededDocument.objects.filter(process=OuterRef("pk"))
    return processes_of_top_risks().filter(Exists(needed))


def processes_of_top_risks_without_documents(day: date) -> QuerySet[Process]:
    """Bears a top risk, and it is not settled which documents it needs, or one is missing."""
    needed = NeededDocument.objects.filter(process=OuterRef("pk"))
    in_force = Document.objects.in_force(day).filter(pk=OuterRef("document"))
    return in_any(
        processes_of_top_risks(),
        {
            _("bears a top risk, and it is not settled which documents it needs"): ~Q(
                Exists(needed)
            ),
            _("bears a top risk, and a document it needs is missing"): Q(
                Exists(needed.filter(~Exists(in_force)))
            ),
        },
    )


# -- how obligations bear on risks (draft, 4.3.2) ------------------------------------------------


def obligations_with_application() -> QuerySet[Obligation]:
    """Obligations that say how they apply."""
    return applicable_obligations().exclude(application="")


def obligations_without_application() -> QuerySet[Obligation]:
    """Does not say how it applies."""
    return applicable_obligations().filter(application="")


def obligations_tied_to_no_risk() -> QuerySet[Obligation]:
    """Is tied to no risk, and no note says that none arises from it."""
    none = PlanningNote.objects.live().filter(obligation=OuterRef("pk"))
    tied = linked_with(Risk.objects.live()) | linked_with(SystemRisk.objects.live())
    return applicable_obligations().filter(~tied, ~Exists(none))


# -- actions out of risks (draft, 4.3.1) ---------------------------------------------------------


def actions_on_risks() -> QuerySet[Action]:
    """Actions that arise from risks."""
    return Action.objects.live().filter(source__kind=kind_of(Risk))


def actions_on_risks_overdue(day: date) -> QuerySet[Action]:
    """Is not done, and its day has passed."""
    return actions_on_risks().filter(done_on=None, due__lt=day)


def actions_on_risks_done_late() -> QuerySet[Action]:
    """Was done after its day."""
    return actions_on_risks().filter(done_on__gt=F("due"))


def actions_on_risks_not_judged() -> QuerySet[Action]:
    """Is done, and nobody has said whether it helped."""
    return actions_on_risks().filter(done_on__isnull=False, effect_verified_on=None)
