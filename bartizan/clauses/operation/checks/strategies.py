"""Strategies: what they rest on, what they were chosen from, what they take (8.5.1, 8.5.2)."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as _

from bartizan.clauses.operation.models import (
    ControlledRisk,
    ProtectionRequirement,
    Strategy,
    StrategyComponent,
    StrategyOption,
    TreatedRisk,
    TreatmentPlan,
)
from bartizan.clauses.planning.models import (
    Risk,
    RiskAcceptance,
    RiskAssessment,
    RiskMethod,
    Threat,
    Vulnerability,
)
from bartizan.clauses.planning.models.risks import RiskQuerySet
from bartizan.clauses.support.models import ResourceNeed
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.models import Link, RecordQuerySet, Relation, Status

Sort = ResourceNeed.Sort


def strategies() -> RecordQuerySet[Strategy]:
    """Strategies."""
    return Strategy.objects.filter(status=Status.ACTIVE)


def unapproved_strategies() -> RecordQuerySet[Strategy]:
    """Is not approved as it stands now."""
    return strategies().unapproved()


def strategies_without_assessment() -> RecordQuerySet[Strategy]:
    """Rests on no risk assessment that counts."""
    counting = RiskAssessment.objects.live().filter(
        pk=OuterRef("assessment"), done_on__isnull=False
    )
    return strategies().filter(~Exists(counting))


def strategies_on_an_old_assessment(day: date) -> RecordQuerySet[Strategy]:
    """Rests on a risk assessment that a newer one of the whole system has replaced."""
    newer = RiskAssessment.objects.live().filter(
        is_overall=True, done_on__gt=OuterRef("assessment__done_on"), done_on__lte=day
    )
    return strategies().filter(Exists(newer))


def strategies_without_analysis() -> RecordQuerySet[Strategy]:
    """Names no threat and no vulnerability that its options were judged by."""
    threats = Threat.objects.live().filter(strategy_options=OuterRef("pk"))
    weak = Vulnerability.objects.live().filter(strategy_options=OuterRef("pk"))
    judged = options().filter(Exists(threats) | Exists(weak), strategy=OuterRef("pk"))
    return strategies().filter(~Exists(judged))


def strategies_without_components() -> RecordQuerySet[Strategy]:
    """Lists nothing in force that it is made of."""
    return strategies().filter(~Exists(_components_in_force().filter(strategy=OuterRef("pk"))))


# -- how the options do on each criterion (8.5.1 a to e) -----------------------------------------


def options() -> RecordQuerySet[StrategyOption]:
    """Options of strategies."""
    return StrategyOption.objects.live().filter(strategy__status=Status.ACTIVE)


def options_without_grade() -> RecordQuerySet[StrategyOption]:
    """Has no grade for keeping the organization secure, or no basis for it."""
    return in_any(
        options(),
        {
            _("has no grade for keeping the organization secure"): Q(grade=None),
            _("has no basis for its grade"): Q(grade_basis=""),
        },
    )


def strategies_with_one_grade_for_all() -> RecordQuerySet[Strategy]:
    """Gives all options the same grade without a reason."""
    graded = options().filter(strategy=OuterRef("pk"), grade__isnull=False)
    other = options().filter(strategy=OuterRef("strategy")).exclude(grade=OuterRef("grade"))
    return strategies().filter(
        Exists(graded), ~Exists(graded.filter(Exists(other))), same_grade_reason=""
    )


def options_without_vulnerabilities() -> RecordQuerySet[StrategyOption]:
    """Does not say which vulnerabilities it bears on, or how much rarer it makes them."""
    named = Vulnerability.objects.live().filter(strategy_options=OuterRef("pk"))
    return in_any(
        options(),
        {
            _("does not say which vulnerabilities it bears on"): Q(~Exists(named)),
            _("does not say how much rarer it makes vulnerabilities"): Q(vulnerability_cut=None),
        },
    )


def options_without_threats() -> RecordQuerySet[StrategyOption]:
    """Does not say which threats it bears on, or how much less often they come true."""
    named = Threat.objects.live().filter(strategy_options=OuterRef("pk"))
    return in_any(
        options(),
        {
            _("does not say which threats it bears on"): Q(~Exists(named)),
            _("does not say how much less often threats come true"): Q(threat_cut=None),
        },
    )


def options_silent_on_failure() -> RecordQuerySet[StrategyOption]:
    """Does not say how soon a failing control is noticed, repaired, and what stands in for it."""
    return options().filter(Q(detection_hours=None) | Q(repair_hours=None) | Q(fallback=""))


def options_without_means() -> RecordQuerySet[StrategyOption]:
    """Does not hold the means it needs against those available."""
    return options().filter(
        Q(cost=None) | Q(budget=None) | Q(staff_days=None) | Q(staff_days_available=None)
    )


def options_beyond_the_means() -> RecordQuerySet[StrategyOption]:
    """Needs more than is available, and nothing says how that gap is closed."""
    beyond = Q(cost__gt=F("budget")) | Q(staff_days__gt=F("staff_days_available"))
    return options().filter(beyond, gap_plan="")


# -- what the choice looked at (8.5.1 1 to 3) ----------------------------------------------------


def chosen_options() -> RecordQuerySet[StrategyOption]:
    """Options chosen."""
    return options().filter(is_chosen=True)


def strategies_without_demands() -> RecordQuerySet[Strategy]:
    """Has chosen an option, but lists nothing it has to live up to."""
    listed = ProtectionRequirement.objects.filter(strategy=OuterRef("pk"))
    return _decided().filter(~Exists(listed))


def unmet_demands(day: date) -> QuerySet[ProtectionRequirement]:
    """Is not met by the option chosen, and nobody has accepted that."""
    open_ = Q(accepted_on=None) | Q(accepted_on__gt=day)
    return ProtectionRequirement.objects.filter(
        open_, is_met=False, strategy__in=_decided().values("pk")
    )


def strategy_risks() -> RiskQuerySet:
    """Risks of strategies with what is to be left of them, and an approved appetite."""
    return _with_appetite(_risks_of(_components_in_force()))


def strategy_risks_above_appetite(day: date) -> RiskQuerySet:
    """Stays above the appetite with the strategy, and nobody has signed for that."""
    left = Coalesce("target_level", "level")
    signed = RiskAcceptance.objects.live().filter(
        risk=OuterRef("pk"),
        accepted_on__lte=day,
        expires_on__gt=day,
        level__gte=OuterRef("left"),
    )
    rows = _with_appetite(_risks_of(_components())).alias(left=left)
    return rows.filter(~Exists(signed), left__gt=F("method__appetite"))


def strategy_risks_without_residual() -> RiskQuerySet:
    """Belongs to a strategy, but nobody has rated what is to be left of it."""
    return _risks_of(_components()).filter(target_level=None, level=None)


def chosen_options_without_figures() -> RecordQuerySet[StrategyOption]:
    """Is chosen without a figure for its cost and one for its benefit."""
    return chosen_options().filter(Q(cost=None) | Q(benefit=None))


def choices_without_reason() -> RecordQuerySet[Strategy]:
    """Does not say why this option was chosen."""
    return _decided().filter(choice_reason="")


def _decided() -> RecordQuerySet[Strategy]:
    """Strategies for which an option was chosen."""
    return strategies().filter(Exists(chosen_options().filter(strategy=OuterRef("pk"))))


def _with_appetite(rows: RiskQuerySet) -> RiskQuerySet:
    """Those with what is to be left of them, under the approved method."""
    methods = RiskMethod.objects.live().filter(pk=OuterRef("method"))
    left = Q(target_level__isnull=False) | Q(level__isnull=False)
    return rows.filter(Exists(methods), left)


def _risks_of(components: QuerySet[StrategyComponent]) -> RiskQuerySet:
    """The risks that the treatments and controls among these components bear on."""
    treatments = components.filter(treatment=OuterRef("treatment"))
    controls = components.filter(control=OuterRef("control"))
    treated = TreatedRisk.objects.filter(Exists(treatments), risk=OuterRef("pk"))
    controlled = ControlledRisk.objects.filter(Exists(controls), risk=OuterRef("pk"))
    return Risk.objects.live().filter(Exists(treated) | Exists(controlled))


# -- the means they take (8.5.2) -----------------------------------------------------------------


def components_with_needs() -> QuerySet[StrategyComponent]:
    """Components of strategies whose means are worked out at least in part."""
    return _components_in_force().filter(Q(Exists(_needs())) | ~Q(no_means_reason=""))


def components_without_people() -> QuerySet[StrategyComponent]:
    """Has no need for people worked out, and no reason for none."""
    return _without(Sort.PEOPLE)


def components_without_equipment() -> QuerySet[StrategyComponent]:
    """Has no need for equipment worked out, and no reason for none."""
    return _without(Sort.EQUIPMENT)


def components_without_money() -> QuerySet[StrategyComponent]:
    """Has no need for money worked out, and no reason for none."""
    return _without(Sort.MONEY)


def components_without_time() -> QuerySet[StrategyComponent]:
    """Has no need for time worked out, and no reason for none."""
    return _without(Sort.TIME)


def _without(sort: str) -> QuerySet[StrategyComponent]:
    return _components().filter(~Exists(_needs(sort=sort)), no_means_reason="")


def _needs(**which: str) -> QuerySet[Link]:
    """The links by which a need serves what the outer component names, whoever made them."""
    subject = Coalesce(
        OuterRef("treatment"), OuterRef("control"), OuterRef("process"), OuterRef("procedure")
    )
    need = ResourceNeed.objects.live().filter(**which)
    there = Q(Exists(need.filter(pk=OuterRef("source"))), target=subject)
    back = Q(Exists(need.filter(pk=OuterRef("target"))), source=subject)
    return Link.objects.filter(there | back, relation=Relation.SERVES)


def _components_in_force() -> QuerySet[StrategyComponent]:
    """Those of them that count as evidence: a treatment plan does once it is approved."""
    plans = TreatmentPlan.objects.live().filter(pk=OuterRef("treatment"))
    return _components().filter(Q(treatment=None) | Q(Exists(plans)))


def _components() -> QuerySet[StrategyComponent]:
    """What strategies in force are made of, as far as that was not retired: it may fall short."""
    active = Status.ACTIVE
    return StrategyComponent.objects.filter(
        Q(treatment__status=active)
        | Q(control__status=active)
        | Q(process__status=active)
        | Q(procedure__status=active),
        strategy__status=active,
    )
