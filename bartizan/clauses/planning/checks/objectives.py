"""Are objectives fit to be pursued, is there a plan for each, and does it get anywhere? (6.2)"""

from datetime import date

from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext_noop as _

from bartizan.chain.models import Process
from bartizan.clauses.context.models import Obligation, PartyRequirement
from bartizan.clauses.leadership.checks.commitments import commitments
from bartizan.clauses.leadership.models import Commitment, SecurityPolicy
from bartizan.clauses.leadership.top_management import approvals_by_top_management
from bartizan.clauses.planning.checks.plans import (
    approved_objectives,
    live_objectives,
    live_programmes,
    objectives,
)
from bartizan.clauses.planning.models import (
    Objective,
    ObjectiveReading,
    PartyView,
    PlanningNote,
    ProgrammeStep,
    Risk,
    SystemRisk,
    WeighedOption,
)
from bartizan.ground.people.authority import kind_of
from bartizan.ground.people.models import Assignment, Person, Unit
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.days import DaysAfter
from bartizan.ground.records.models import (
    Action,
    Approval,
    RecordQuerySet,
    Relation,
    linked_with,
)

# -- 6.2.1: set where they matter -----------------------------------------------------------------


def units_without_objective() -> QuerySet[Unit]:
    """Has no approved objective, and no note says why it needs none."""
    own = live_objectives().filter(unit=OuterRef("pk"))
    notes = PlanningNote.objects.live().filter(part=OuterRef("pk"))
    return Unit.objects.filter(~Exists(own), ~Exists(notes), in_scope=True)


def objectives_beside_a_policy(day: date) -> RecordQuerySet[Objective]:
    """Objectives under a policy in force."""
    return objectives().filter(Exists(SecurityPolicy.objects.in_force(day)))


def objectives_serving_no_commitment(day: date) -> RecordQuerySet[Objective]:
    """Serves no commitment of the policy in force."""
    return objectives().filter(~linked_with(commitments(day), relation=Relation.SERVES))


def objectives_serving_an_old_commitment(day: date) -> RecordQuerySet[Objective]:
    """Serves a commitment of a policy that is not in force."""
    in_force = commitments(day).filter(pk=OuterRef("pk"))
    old = Commitment.objects.filter(~Exists(in_force))
    return objectives().filter(linked_with(old, relation=Relation.SERVES))


def objectives_without_measure() -> RecordQuerySet[Objective]:
    """Has neither a full measure nor a reason why none is practicable, with another test."""
    return objectives().filter(~_measured() & ~_tested_otherwise())


def objectives_without_figure() -> RecordQuerySet[Objective]:
    """Has neither a figure with its unit nor a reason why none is practicable."""
    figure = Q(goal__isnull=False) & ~Q(measured_in="")
    return objectives().filter(~figure, not_practicable_reason="")


def unmeasured_objectives_not_approved() -> RecordQuerySet[Objective]:
    """Says that it can't be measured, and nobody has approved that."""
    return objectives().unapproved().exclude(not_practicable_reason="")


def objectives_with_no_requirement_weighed() -> RecordQuerySet[Objective]:
    """Was approved without a requirement weighed, or a note that none bears on it."""
    return (
        approved_objectives()
        .not_linked_to(Obligation, PartyRequirement)
        .filter(no_requirement_reason="")
    )


def objectives_with_no_obligation_weighed() -> RecordQuerySet[Objective]:
    """Has neither an obligation that was weighed nor a note that none bears on it."""
    return objectives().not_linked_to(Obligation).filter(no_requirement_reason="")


def objectives_with_no_risk_weighed() -> RecordQuerySet[Objective]:
    """Is linked to no risk that was weighed."""
    return objectives().not_linked_to(Risk, SystemRisk)


def _measured() -> Q:
    return Q(baseline__isnull=False, goal__isnull=False) & ~Q(method="")


def _tested_otherwise() -> Q:
    return ~Q(not_practicable_reason="") & ~Q(qualitative_test="")


# -- 6.2.1: watched, revised, held as documents ---------------------------------------------------


def readings(day: date) -> QuerySet[ObjectiveReading]:
    """Readings of objectives that are pursued."""
    return ObjectiveReading.objects.filter(objective__in=live_objectives(), on__lte=day)


def objectives_without_cadence() -> RecordQuerySet[Objective]:
    """Does not say how often it is read."""
    return live_objectives().filter(cadence_days=None)


def objectives_reading_overdue(day: date) -> RecordQuerySet[Objective]:
    """Was due to be read again and was not."""
    done = ObjectiveReading.objects.filter(objective=OuterRef("pk"), on__lte=day)
    lately = done.filter(on__gte=DaysAfter(Value(day), -OuterRef("cadence_days")))
    started = Q(starts_on__gte=DaysAfter(Value(day), -F("cadence_days")))
    by_calendar = live_objectives().filter(cadence_days__isnull=False)
    return by_calendar.exclude(Exists(lately) | ~Exists(done) & started)


def reviewed_objectives() -> RecordQuerySet[Objective]:
    """Objectives with a review on record."""
    return live_objectives().filter(reviewed_on__isnull=False)


def objectives_past_review(day: date) -> RecordQuerySet[Objective]:
    """Is past its review, or was never given a review day."""
    return live_objectives().review_overdue(day)


def objectives_older_than_the_policy(day: date) -> RecordQuerySet[Objective]:
    """Was not reviewed since the policy changed."""
    policies = SecurityPolicy.objects.in_force(day)
    newer = policies.filter(revised_on__gt=OuterRef("reviewed_on"))
    return live_objectives().filter(Exists(newer) | Q(reviewed_on=None))


def objectives_older_than_their_risks(day: date) -> RecordQuerySet[Objective]:
    """Was not reviewed since a risk it is linked to changed."""
    reviewed = OuterRef(OuterRef("reviewed_on"))
    rated = Risk.objects.live().filter(rated_on__gt=reviewed, rated_on__lte=day)
    decided = SystemRisk.objects.live().filter(decided_on__gt=reviewed, decided_on__lte=day)
    return live_objectives().filter(linked_with(rated) | linked_with(decided))


def objectives_older_than_their_requirements(day: date) -> RecordQuerySet[Objective]:
    """Was not reviewed since a requirement it is linked to changed."""
    reviewed = OuterRef(OuterRef("reviewed_on"))
    revised = Obligation.objects.live().filter(revised_on__gt=reviewed, revised_on__lte=day)
    decided = PartyRequirement.objects.live().filter(decided_on__gt=reviewed, decided_on__lte=day)
    return live_objectives().filter(linked_with(revised) | linked_with(decided))


def objectives_of_nobody() -> RecordQuerySet[Objective]:
    """Has nobody who answers for it."""
    return objectives().without_owner()


def objectives_without_day() -> RecordQuerySet[Objective]:
    """Has no day on which it is due."""
    return objectives().filter(due=None)


# -- 6.2.2: the plan for each ---------------------------------------------------------------------


def planned_actions() -> RecordQuerySet[Action]:
    """Actions for objectives that are pursued."""
    return Action.objects.live().filter(source__in=live_objectives().values("pk"))


def planned_steps() -> QuerySet[ProgrammeStep]:
    """Steps of programmes for objectives that are pursued."""
    return ProgrammeStep.objects.filter(programme__in=_serving_programmes())


def objectives_without_action() -> RecordQuerySet[Objective]:
    """Has neither an action nor a programme with steps."""
    actions = Action.objects.live().filter(source=OuterRef("pk"))
    steps = ProgrammeStep.objects.filter(programme=OuterRef("pk"))
    stepped = live_programmes().filter(Exists(steps))
    served = linked_with(stepped, relation=Relation.SERVES)
    return live_objectives().filter(~Exists(actions), ~served)


def actions_of_nobody(day: date) -> RecordQuerySet[Action]:
    """Is owed by nobody who holds a role today."""
    return planned_actions().filter(~_in_a_role("owner", day))


def steps_of_nobody(day: date) -> QuerySet[ProgrammeStep]:
    """Is owed by nobody who holds a role today."""
    return planned_steps().filter(~_in_a_role("who", day))


def objectives_without_test() -> RecordQuerySet[Objective]:
    """Does not say by what its result will be judged."""
    figure = Q(goal__isnull=False) & ~Q(measure="")
    return live_objectives().filter(~figure, qualitative_test="")


def objectives_without_evaluator() -> RecordQuerySet[Objective]:
    """Names nobody who will judge the result."""
    gone = Person.objects.filter(is_active=False).order_by().values("pk")
    return live_objectives().filter(Q(evaluator=None) | Q(evaluator__in=gone))


def objectives_without_due_verdict(day: date) -> RecordQuerySet[Objective]:
    """Was due and has no result."""
    return live_objectives().filter(due__lt=day)


def objectives_without_options() -> RecordQuerySet[Objective]:
    """Was approved and reviewed without a list of the options that were weighed."""
    return approved_objectives().filter(~Exists(_weighed_in_time(WeighedOption, "weighed_on")))


def objectives_with_a_single_option() -> RecordQuerySet[Objective]:
    """Has a single option, and nobody says why."""
    others = WeighedOption.objects.filter(objective=OuterRef("objective")).exclude(
        pk=OuterRef("pk")
    )
    alone = _weighed_in_time(WeighedOption, "weighed_on").filter(~Exists(others), reason="")
    return approved_objectives().filter(Exists(alone))


def objectives_with_a_choice_unexplained() -> RecordQuerySet[Objective]:
    """Does not say why the option that was taken is the best."""
    options = WeighedOption.objects.filter(objective=OuterRef("pk"))
    explained = options.filter(is_chosen=True).exclude(reason="")
    return approved_objectives().filter(Exists(options), ~Exists(explained))


def objectives_with_business_needs_left_out() -> RecordQuerySet[Objective]:
    """Says nothing on money, operations or business."""
    return in_any(
        approved_objectives(),
        {
            _("says nothing on money"): Q(financial_needs=""),
            _("says nothing on operations"): Q(operational_needs=""),
            _("says nothing on business"): Q(business_needs=""),
        },
    )


def party_views() -> QuerySet[PartyView]:
    """Views of interested parties on objectives."""
    return PartyView.objects.filter(objective__in=objectives())


def objectives_without_party_view() -> RecordQuerySet[Objective]:
    """Was approved and reviewed without the view of an interested party."""
    return approved_objectives().filter(~Exists(_weighed_in_time(PartyView, "heard_on")))


def _serving_programmes() -> QuerySet:
    served = linked_with(live_objectives(), relation=Relation.SERVES)
    return live_programmes().filter(served).values("pk")


def _in_a_role(column: str, day: date) -> Exists:
    current = Assignment.objects.current(day).filter(role__is_retired=False)
    return Exists(current.filter(person=OuterRef(column)))


def _weighed_in_time(model: type[WeighedOption] | type[PartyView], day: str) -> QuerySet:
    """For Exists(): what was weighed for the outer objective by its approval or its last review."""
    approved = Approval.objects.filter(
        record=OuterRef("objective"),
        record__kind=kind_of(Objective),
        version=F("record__version"),
        on__gte=OuterRef(day),
    )
    in_time = Q(Exists(approved)) | Q(**{f"{day}__lte": F("objective__reviewed_on")})
    return model.objects.filter(in_time, objective=OuterRef("pk"))


# -- 6.2.2: getting better, not worse -------------------------------------------------------------


def objectives_with_figures() -> RecordQuerySet[Objective]:
    """Objectives with a baseline and a goal."""
    return objectives().filter(baseline__isnull=False, goal__isnull=False)


def objectives_aiming_below_baseline() -> RecordQuerySet[Objective]:
    """Aims at less than where it starts, without a reason."""
    return _aiming_below(F("baseline"))


def objectives_aiming_below_what_was_reached() -> RecordQuerySet[Objective]:
    """Aims at less than the objective before it reached, without a reason."""
    readings = ObjectiveReading.objects.filter(
        objective=OuterRef("follows"), value__isnull=False
    ).order_by("-on")
    return _aiming_below(Subquery(readings.values("value")[:1], output_field=FloatField()))


def _aiming_below(figure: F | Subquery) -> RecordQuerySet[Objective]:
    up, down = Objective.Direction.UP, Objective.Direction.DOWN
    rows = objectives_with_figures().filter(weaker_goal_reason="").alias(reached=figure)
    return rows.filter(
        Q(direction=up, goal__lt=F("reached")) | Q(direction=down, goal__gt=F("reached"))
    )


# -- 5.1, 5.2, 8.2, 4.2.3: what they rest on ------------------------------------------------------


def objectives_others_approved() -> RecordQuerySet[Objective]:
    """Was approved by somebody who was not top management."""
    return approved_objectives().filter(~Exists(approvals_by_top_management()))


def objectives_without_strategic_goal() -> RecordQuerySet[Objective]:
    """Names no goal of the organization that it serves."""
    return objectives().filter(strategic_goal="")


def commitments_without_objective(day: date) -> QuerySet[Commitment]:
    """Is served by no objective, and no note says why."""
    notes = PlanningNote.objects.live().filter(commitment=OuterRef("pk"))
    served = linked_with(live_objectives(), relation=Relation.SERVES)
    return commitments(day).filter(~served, ~Exists(notes))


def policies_with_broad_objectives(day: date) -> QuerySet[SecurityPolicy]:
    """Policies in force that name broad objectives."""
    return SecurityPolicy.objects.in_force(day).exclude(broad_objectives="")


def policies_with_a_bare_objective(day: date) -> QuerySet[SecurityPolicy]:
    """Names a broad objective with no specific one under it."""
    under = set(live_objectives().values_list("broad_objective", flat=True))
    bare = [
        policy.pk
        for policy in policies_with_broad_objectives(day)
        if not under.issuperset(lines(policy.broad_objectives))
    ]
    return SecurityPolicy.objects.filter(pk__in=bare)


def lines(text: str) -> list[str]:
    """What a text lists one a line, without the full stops."""
    return [line.strip().rstrip(".") for line in text.splitlines() if line.strip()]


def objectives_served_by_a_process() -> RecordQuerySet[Objective]:
    """Objectives that a process is linked to."""
    return live_objectives().linked_to(Process)


def objectives_without_process() -> RecordQuerySet[Objective]:
    """Is linked to no process."""
    return live_objectives().not_linked_to(Process)
