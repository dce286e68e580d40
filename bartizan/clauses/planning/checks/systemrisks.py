"""Does planning start from the context, and is something done about what it finds? (6.1.1)

A round of planning is as long as the organization declares. What is newer than that need not have
been planned for yet; without a declared round there is no evidence that planning looked at all.
"""

from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from bartizan.chain.models import Process
from bartizan.clauses.context.checks.issues import relevant_issues
from bartizan.clauses.context.checks.obligations import applicable_obligations
from bartizan.clauses.context.checks.parties import adopted_requirements
from bartizan.clauses.context.models import ContextIssue, Obligation, PartyRequirement, Scope
from bartizan.clauses.planning.checks.objectives import lines
from bartizan.clauses.planning.models import Objective, PlanningNote, Risk, SystemRisk
from bartizan.ground.people.authority import kind_of
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.models import (
    Action,
    Declaration,
    Record,
    RecordQuerySet,
    declared,
    linked_with,
)

_R = TypeVar("_R", bound=Record)

# -- planning starts from the context -------------------------------------------------------------


def issues_planned_for() -> RecordQuerySet[ContextIssue]:
    """Issues tied to a risk, an opportunity or a note under a declared round of planning."""
    noted = _noted("issue")
    return _in_a_round(relevant_issues().filter(noted | _answered()))


def requirements_planned_for() -> RecordQuerySet[PartyRequirement]:
    """Requirements tied to a risk, an opportunity or a note under a declared round of planning."""
    noted = _noted("requirement")
    return _in_a_round(adopted_requirements().filter(noted | _answered()))


def obligations_planned_for() -> RecordQuerySet[Obligation]:
    """Obligations tied to a risk, an opportunity or a note under a declared round of planning."""
    noted = _noted("obligation")
    return _in_a_round(applicable_obligations().filter(noted | _answered()))


def issues_planning_left_out(day: date) -> RecordQuerySet[ContextIssue]:
    """Is older than a round of planning, and tied to no risk, opportunity or planning note."""
    noted = _noted("issue")
    return relevant_issues().filter(_older_than_a_round(day)).exclude(noted | _answered())


def requirements_planning_left_out(day: date) -> RecordQuerySet[PartyRequirement]:
    """Is older than a round of planning, and tied to no risk, opportunity or planning note."""
    noted = _noted("requirement")
    return adopted_requirements().filter(_older_than_a_round(day)).exclude(noted | _answered())


def obligations_planning_left_out(day: date) -> RecordQuerySet[Obligation]:
    """Is older than a round of planning, and tied to no risk, opportunity or planning note."""
    noted = _noted("obligation")
    return applicable_obligations().filter(_older_than_a_round(day)).exclude(noted | _answered())


def _noted(subject: str) -> Q:
    """A planning note says something of the outer record.

    Most notes are on something else, so they are gathered once, not looked for each time.
    """
    notes = PlanningNote.objects.live().filter(**{f"{subject}__isnull": False})
    return Q(pk__in=notes.values(subject))


def _answered() -> Q:
    """The outer record is linked to a risk or an opportunity."""
    return linked_with(SystemRisk.objects.live()) | linked_with(Risk.objects.live())


def _round() -> int | None:
    """How many days a round of planning lasts."""
    return declared(Declaration.Figure.PLANNING_ROUND)


def _older_than_a_round(day: date) -> Q:
    return Q(identified_on__lt=day - timedelta(days=_round() or 0))


def _in_a_round(rows: RecordQuerySet[_R]) -> RecordQuerySet[_R]:
    return rows if _round() is not None else rows.none()


# -- risks and opportunities for the system -------------------------------------------------------


def system_risks() -> RecordQuerySet[SystemRisk]:
    """Risks and opportunities for the system."""
    return SystemRisk.objects.live()


def risks_for_the_system() -> RecordQuerySet[SystemRisk]:
    """Risks for the system."""
    return system_risks().filter(nature=SystemRisk.Nature.RISK)


def opportunities() -> RecordQuerySet[SystemRisk]:
    """Opportunities for the system."""
    return system_risks().filter(nature=SystemRisk.Nature.OPPORTUNITY)


def scopes_with_a_result_at_no_risk() -> QuerySet[Scope]:
    """Lists an intended result on which no risk or opportunity with an owner bears."""
    owned = system_risks().filter(owner__is_active=True)
    borne_on = {result.rstrip(".") for result in owned.values_list("intended_result", flat=True)}
    left_out = [
        scope.pk
        for scope in Scope.objects.live()
        if not borne_on.issuperset(lines(scope.intended_results))
    ]
    return Scope.objects.filter(pk__in=left_out)


def system_risks_without_effect() -> RecordQuerySet[SystemRisk]:
    """Names no effect."""
    return risks_for_the_system().filter(effect="")


def system_risks_without_level() -> RecordQuerySet[SystemRisk]:
    """Has no level."""
    return risks_for_the_system().filter(level="")


def system_risks_undecided() -> RecordQuerySet[SystemRisk]:
    """Has no decision."""
    return risks_for_the_system().filter(decision=SystemRisk.Decision.OPEN)


def opportunities_in_a_round() -> RecordQuerySet[SystemRisk]:
    """Opportunities under a declared round of planning."""
    return _in_a_round(opportunities())


def opportunities_settled_in_this_round(day: date) -> RecordQuerySet[SystemRisk]:
    """Opportunities taken up or declined within a declared round of planning."""
    taken_up = Q(decision=SystemRisk.Decision.ACT) & Exists(_actions())
    declined = Q(decision=SystemRisk.Decision.LEAVE)
    since = day - timedelta(days=_round() or 0)
    return opportunities().filter(taken_up | declined, decided_on__range=(since, day))


def opportunities_left_open(day: date) -> RecordQuerySet[SystemRisk]:
    """Is undecided for longer than a round of planning."""
    open_ = opportunities().filter(decision=SystemRisk.Decision.OPEN)
    return open_.filter(_older_than_a_round(day))


# -- what is done about them ----------------------------------------------------------------------


def system_actions() -> RecordQuerySet[Action]:
    """Actions on risks and opportunities for the system."""
    return Action.objects.live().filter(source__kind=kind_of(SystemRisk))


def system_risks_without_action() -> RecordQuerySet[SystemRisk]:
    """Is to be acted on and has no action."""
    to_act_on = system_risks().filter(decision=SystemRisk.Decision.ACT)
    return to_act_on.filter(~Exists(_actions()))


def system_actions_without_owner() -> RecordQuerySet[Action]:
    """Is owed by nobody."""
    return system_actions().without_owner()


def system_actions_with_measure() -> RecordQuerySet[Action]:
    """Actions that say how their effect will be judged."""
    return system_actions().exclude(success_measure="")


def system_actions_without_measure() -> RecordQuerySet[Action]:
    """Does not say how its effect will be judged."""
    return system_actions().filter(success_measure="")


def system_actions_without_check_day() -> RecordQuerySet[Action]:
    """Has no review day on which its effect is judged."""
    return system_actions().filter(effect_verified_on=None, review_due=None)


def system_actions_unjudged(day: date) -> RecordQuerySet[Action]:
    """Was to be judged by now and was not."""
    return system_actions().filter(review_due__lt=day, effect_verified_on=None)


def system_actions_judged_by_their_doer() -> RecordQuerySet[Action]:
    """Was judged by the one who did it, or by nobody one could ask."""
    judged = system_actions().filter(effect_verified_on__isnull=False)
    return in_any(
        judged,
        {
            _("was judged by the one who did it"): Q(effect_verified_by=F("owner")),
            _("was judged by nobody one could ask"): Q(effect_verified_by=None),
        },
    )


def _actions() -> QuerySet[Action]:
    return Action.objects.live().filter(source=OuterRef("pk"))


# -- risk management is part of the system --------------------------------------------------------


def risks_woven_in() -> QuerySet[Risk]:
    """Risks tied to a process or an objective, with a declared share that may be tied to none."""
    tied = Risk.objects.live().filter(_woven())
    return tied if declared(Declaration.Figure.UNLINKED_RISKS) is not None else tied.none()


def risks_beside_the_system() -> QuerySet[Risk]:
    """Is one of more risks tied to nothing than may be."""
    loose = Risk.objects.live().filter(~_woven())
    share = declared(Declaration.Figure.UNLINKED_RISKS) or 0
    within = loose.count() * 100 <= share * Risk.objects.live().count()
    return loose.none() if within else loose


def risks_past_review(day: date) -> QuerySet[Risk]:
    """Is past its review, or was never given a review day."""
    return Risk.objects.live().review_overdue(day)


def _woven() -> Q:
    tied = linked_with(Process.objects.live()) | linked_with(Objective.objects.live())
    return Q(process__isnull=False) | tied
