"""A policy with one objective, one target, one programme, and all that makes them whole.

Nothing in it falls short. Each test spoils one thing, so that what it asserts has one cause.
"""

from datetime import UTC, datetime, time
from typing import Any

from bartizan.clauses.leadership.models import Commitment, SecurityPolicy
from bartizan.clauses.planning.models import (
    Change,
    Objective,
    ObjectiveReading,
    PartyView,
    PlanningNote,
    PlanReview,
    Programme,
    ProgrammeStep,
    SideEffectNote,
    SystemRisk,
    Target,
    WeighedOption,
)
from bartizan.clauses.support.models import Communication, ResourceGrant, ResourceNeed
from bartizan.ground.people.models import Role
from bartizan.ground.records.models import Declaration, Record, Relation
from tests.clauses.conftest import Good


class Plans(Good):
    """Makes what clauses 6 and 7.1 ask for; `whole()` makes all of it, tied together."""

    @property
    def role(self) -> Role:
        """The role of the owner: appointed by top management, with the power to write."""
        return self.owner.assignments.get().role

    def change_it(self, record: Record, **fields: Any) -> None:
        """Change a record, and approve what it has become on the day it was approved before."""
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()
        if record.needs_approval:
            self.approve(record, self.day(-40))

    def policy(self, **fields: Any) -> SecurityPolicy:
        given = {
            "purpose": "We carry goods.",
            "broad_objectives": "Fewer losses.",
            "effective_from": self.day(-50),
            "revised_on": self.day(-60),
        }
        return self.record(SecurityPolicy, "Security policy", **(given | fields))

    def commitment(self, policy: SecurityPolicy, **fields: Any) -> Commitment:
        given = {
            "policy": policy,
            "paragraph": "1",
            "text": "We hand over every load as we took it on.",
            "accountable_role": self.role,
        }
        return self.record(Commitment, "Every load whole", **(given | fields))

    def system_risk(self, **fields: Any) -> SystemRisk:
        given = {
            "nature": "risk",
            "description": "Nobody reads reports at night.",
            "identified_on": self.day(-90),
            "intended_result": "Loss-free delivery",
            "effect": "A theft is known on Monday.",
            "level": "high",
            "decision": "act",
            "decided_on": self.day(-60),
        }
        return self.record(SystemRisk, "Reports wait", **(given | fields))

    def objective(self, **fields: Any) -> Objective:
        given = {
            "description": "Fewer loads are opened on the way.",
            "strategic_goal": "Pharma is a third of revenue",
            "broad_objective": "Fewer losses",
            "measure": "Claims per 1,000 consignments",
            "measured_in": "per 1,000",
            "direction": "down",
            "baseline": 3.0,
            "goal": 1.5,
            "method": "From the claims ledger.",
            "cadence_days": 30,
            "starts_on": self.day(-60),
            "due": self.day(200),
            "responsible_role": self.role,
            "authorizing_role": self.manager.assignments.get().role,
            "financial_needs": "At most 80,000 EUR.",
            "operational_needs": "No queue at six.",
            "business_needs": "Customers count claims.",
            "evaluator": self.manager,
        }
        return self.record(Objective, "Half the claims", **(given | fields))

    def target(self, objective: Objective, **fields: Any) -> Target:
        given = {
            "objective": objective,
            "description": "Doors are sealed before a trailer leaves the ramp.",
            "part": self.owner.unit,
            "baseline": 4.0,
            "goal": 2.0,
            "feasibility": "The other depot did it.",
            "feasibility_checked_on": self.day(-60),
            "starts_on": self.day(-60),
            "due": self.day(100),
            "responsible_role": self.role,
            "authorizing_role": self.manager.assignments.get().role,
        }
        return self.record(Target, "Claims at the depot", **(given | fields))

    def programme(self, **fields: Any) -> Programme:
        given = {
            "description": "Sensors, light, one gate.",
            "starts_on": self.day(-60),
            "due": self.day(150),
            "responsible_role": self.role,
            "authorizing_role": self.manager.assignments.get().role,
            "means": "The workshop and 80,000 EUR.",
            "budget": 80_000,
            "actual_cost": 20_000,
            "options_compared": "Guards cost three times as much.",
            "compared_on": self.day(-80),
            "rank": 1,
            "ranked_on": self.day(-70),
            "rank_reason": "Claims avoided for each thousand euros.",
        }
        return self.record(Programme, "Closed doors", **(given | fields))

    def step(self, programme: Programme, **fields: Any) -> ProgrammeStep:
        given = {
            "place_in_order": 1,
            "deliverable": "Sensors on 14 trailers",
            "who": self.owner,
            "starts_on": self.day(-60),
            "due": self.day(30),
        }
        return ProgrammeStep.objects.create(programme=programme, **(given | fields))

    def review(self, **fields: Any) -> PlanReview:
        given = {
            "held_on": self.day(-30),
            "held_by": self.manager,
            "findings": "On course.",
            "verdict": "keep",
            "viability": "viable",
        }
        return self.record(PlanReview, "", **(given | fields))

    def side_effects(self, **about: Any) -> SideEffectNote:
        given = {
            "considered_on": self.day(-70),
            "safety": "None.",
            "privacy": "None.",
            "cost": "The workshop works late.",
            "flow_of_goods": "Ten minutes more at the ramp.",
        }
        return self.record(SideEffectNote, "", **(given | about))

    def need(self, *served: Record, **fields: Any) -> ResourceNeed:
        given = {
            "sort": "money",
            "stage": "improve",
            "description": "For sensors.",
            "amount": 80_000.0,
            "measured_in": "EUR",
            "period_from": self.day(-100),
            "period_until": self.day(265),
            "due": self.day(-50),
            "decision": "agreed",
            "decided_by": self.manager,
            "decided_on": self.day(-70),
        }
        made = self.record(ResourceNeed, "Money for sensors", **(given | fields))
        for record in served:
            self.link(made, record)
        return made

    def grant(self, need: ResourceNeed, amount: float = 80_000.0, days: int = -60) -> ResourceGrant:
        return ResourceGrant.objects.create(
            need=need, amount=amount, granted_by=self.manager, granted_on=self.day(days)
        )

    def message(self, about: Record, **fields: Any) -> Communication:
        noon = datetime.combine(self.day(-20), time(12), tzinfo=UTC)
        given = {"gist": "What we aim at.", "at": noon, "told_version": about.version}
        made = self.record(Communication, "What we aim at", **(given | fields))
        self.link(made, about, Relation.CONCERNS)
        return made

    def tell(self, about: Any) -> Communication:
        """Everybody named as having to know it is told."""
        made = self.message(about)
        made.units.set(about.audience_units.all())
        made.parties.set(about.audience_parties.all())
        return made

    def note(self, **about: Any) -> PlanningNote:
        return self.record(PlanningNote, "Nothing follows", reason="Handles no goods.", **about)

    def system_change(self, **fields: Any) -> Change:
        given = {
            "purpose": "Fewer eyes are needed at one gate.",
            "consequences": "Longer queues at six.",
            "integrity": "Gate procedure and site plan change on the same day.",
            "resources": "None beyond a barrier that is there.",
            "effect_on_roles": "Nobody's.",
            "risk_check": "Queues on the road.",
            "risk_checked_by": self.owner,
            "risk_checked_on": self.day(-60),
            "effective_on": self.day(-20),
            "begun_on": self.day(-30),
        }
        return self.record(Change, "One gate instead of two", **(given | fields))

    def whole(self) -> "Whole":
        return Whole(self)


class Whole:
    """All of it at once, under the names by which tests ask for it."""

    def __init__(self, plans: Plans) -> None:
        self.plans = plans
        plans.declare(Declaration.Figure.PLAN_REVIEW, 365)
        self.policy = plans.policy()
        self.commitment = plans.commitment(self.policy)
        self.policy.refresh_from_db()
        plans.approve(self.policy, plans.day(-55))
        self.process, self.obligation = plans.process(), plans.obligation()
        self.system_risk = plans.system_risk()
        self.party = plans.party()
        self.objective = self.make_objective()
        self.target = self.aim(plans.target(self.objective))
        self.programme = plans.programme()
        plans.approve(self.programme, plans.day(-40))
        self.step = plans.step(self.programme)
        self.need = plans.need(self.programme)
        self.grant = plans.grant(self.need)
        self.tie()
        self.look_back()

    def make_objective(self) -> Objective:
        plans, objective = self.plans, self.aim(self.plans.objective())
        ObjectiveReading.objects.create(objective=objective, on=plans.day(-10), value=2.4)
        self.option = WeighedOption.objects.create(
            objective=objective, sort="technology", option="Sensors", is_chosen=True,
            reason="Cheapest.", weighed_on=plans.day(-50),
        )  # fmt: skip
        WeighedOption.objects.create(
            objective=objective, sort="people", option="Guards", weighed_on=plans.day(-50)
        )
        self.view = PartyView.objects.create(
            objective=objective, party=self.party, view="Fine.", impact="Ten minutes.",
            heard_on=plans.day(-50),
        )  # fmt: skip
        return objective

    def aim(self, aim: Any) -> Any:
        """Approved, and told to those who have to know."""
        aim.audience_units.set([self.plans.owner.unit])
        aim.audience_parties.set([self.party])
        self.plans.approve(aim, self.plans.day(-40))
        self.plans.tell(aim)
        return aim

    def tie(self) -> None:
        link = self.plans.link
        link(self.objective, self.commitment)
        link(self.objective, self.obligation, Relation.CONSIDERS)
        link(self.objective, self.system_risk, Relation.CONSIDERS)
        link(self.process, self.objective)
        link(self.process, self.programme)
        link(self.programme, self.objective)
        link(self.programme, self.target)

    def look_back(self) -> None:
        plans = self.plans
        self.objective_review = plans.review(objective=self.objective)
        self.target_review = plans.review(target=self.target)
        self.programme_review = plans.review(
            programme=self.programme, effect="works", efficiency="Worth it."
        )
        for name in ("policy", "objective", "target", "programme"):
            plans.side_effects(**{name: getattr(self, name)})
