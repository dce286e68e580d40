"""Risks with what is done about them, in which nothing falls short until a test spoils it."""

from datetime import date

import pytest

from bartizan.clauses.operation.models import (
    Control,
    ControlCheck,
    ControlledRisk,
    PeopleControl,
    ProtectionRequirement,
    Strategy,
    StrategyComponent,
    StrategyOption,
    TreatedRisk,
    TreatmentPlan,
    TreatmentReview,
)
from bartizan.clauses.planning.models import (
    Change,
    Risk,
    RiskAcceptance,
    RiskAssessment,
    RiskMethod,
    Threat,
    Vulnerability,
)
from bartizan.clauses.support.models import ResourceNeed
from bartizan.ground.records.models import Record, Relation
from tests.clauses.conftest import Good

STEPS = "1. Low: hardly\n2. Medium: at times\n3. High: often"


class Watch:
    """Makes what clause 8 keeps about risks, complete unless a test asks for something else."""

    def __init__(self, good: Good) -> None:
        self.good, self.day, self.today = good, good.day, good.today

    def approved(self, record: Record, on: date | None = None) -> Record:
        self.good.approve(record, on or self.day(-60))
        return record

    def method(self, **fields) -> RiskMethod:
        given = {
            "scope": "All we carry.",
            "nature": "Three people rate together.",
            "timing": "Twice a year.",
            "criteria": "Nothing high is accepted.",
            "interval_days": 180,
            "freshness_days": 365,
            "likelihood_scale": STEPS,
            "people_scale": STEPS,
            "levels": "1. Low: watched\n2. Medium: treated\n3. High: treated at once",
            "matrix": "Medium | High | High\nLow | Medium | High\nLow | Low | Medium",
            "appetite": 1,
            "report_from": 3,
        }
        found = RiskMethod.objects.in_use()
        return found or self.approved(self.good.record(RiskMethod, "How we rate", **given | fields))

    def assessment(self, **fields) -> RiskAssessment:
        given = {
            "occasion": "schedule",
            "is_overall": True,
            "scope": "All sites.",
            "method": self.method(),
            "started_on": self.day(-90),
            "done_on": self.day(-80),
        }
        made = self.good.record(RiskAssessment, "Spring round", **given | fields)
        return self.approved(made, made.done_on)

    def risk(self, **fields) -> Risk:
        """A risk of medium level that is to become low."""
        self.method()
        given = {
            "origin": "crime",
            "cause": "Trailers park in the open.",
            "event": "Somebody cuts the curtain.",
            "consequence": "Goods are gone.",
            "likelihood": 2,
            "impact_people": 2,
            "target_likelihood": 1,
            "target_impact": 2,
            "rated_on": self.day(-80),
            "decision": "reduce",
        }
        return self.good.record(Risk, "Theft from parked trailers", **given | fields)

    def acceptance(self, risk: Risk, **fields) -> RiskAcceptance:
        given = {
            "risk": risk,
            "reason": "Cheaper than any lock.",
            "accepted_by": self.good.manager,
            "accepted_on": self.day(-10),
            "expires_on": self.day(100),
        }
        return self.good.record(RiskAcceptance, "We live with it", **given | fields)

    def plan(self, *risks: Risk, steps: int = 1, approve: bool = True, **fields) -> TreatmentPlan:
        given = {
            "option": "reduce",
            "description": "Places booked at guarded truck stops.",
            "alternatives": "Two drivers: four times the cost.",
            "goal": "At most one theft in two years.",
            "cost_once": 0,
            "cost_per_year": 18000,
            "staff_days": 5,
            "starts_on": self.day(-50),
            "due": self.day(50),
        }
        made = self.good.record(TreatmentPlan, "Guarded parking", **given | fields)
        for risk in risks:
            self.treats(made, risk)
        for _ in range(steps):
            self.good.action(made)
        return self.approved(made) if approve else made

    def treats(self, plan: TreatmentPlan, risk: Risk, likelihood: float = 0.1) -> TreatedRisk:
        return TreatedRisk.objects.create(treatment=plan, risk=risk, likelihood_factor=likelihood)

    def done(self, *risks: Risk, **fields) -> TreatmentPlan:
        given = {"done_on": self.day(-20), "outcome": "Forty places a night.", "steps": 0}
        made = self.plan(*risks, **given | fields)
        if not fields.get("steps"):
            self.good.action(made, done_on=self.day(-20), outcome="Booked.")
        return made

    def review(self, plan: TreatmentPlan, **fields) -> TreatmentReview:
        given = {
            "treatment": plan,
            "verified_on": self.day(-5),
            "verified_by": self.good.manager,
            "result": "reached",
            "finding": "One theft, seven before.",
        }
        return self.good.record(TreatmentReview, "", **given | fields)

    def control(self, *risks: Risk, checked: bool = True, **fields) -> Control:
        given = {
            "control_kind": "preventive",
            "description": "Two people seal each trailer.",
            "in_operation_since": self.day(-200),
            "check_every_days": 90,
        }
        made = self.good.record(Control, "Sealing by two", **given | fields)
        for risk in risks:
            self.bears_on(made, risk)
        if checked and made.in_operation_since:
            self.check(made)
        return made

    def bears_on(self, control: Control, risk: Risk, likelihood: float = 0.3) -> ControlledRisk:
        return ControlledRisk.objects.create(
            control=control, risk=risk, likelihood_factor=likelihood
        )

    def check(self, control: Control, **fields) -> ControlCheck:
        given = {
            "control": control,
            "checked_on": self.day(-30),
            "checked_by": self.good.manager,
            "method": "Forty trailers looked at.",
            "result": "passed",
        }
        return self.good.record(ControlCheck, "", **given | fields)

    def on_people(self, process, control: Control | None, moment: str, reason: str = ""):
        return PeopleControl.objects.create(
            process=process, control=control, moment=moment, none_reason=reason
        )

    def threat(self, **fields) -> Threat:
        given = {"origin": "crime", "description": "Gangs that cut curtains at night."}
        return self.good.record(Threat, "Curtain cutting", **given | fields)

    def weakness(self, **fields) -> Vulnerability:
        given = {"description": "Nobody is near the trailers at night.", "ease": "easy"}
        return self.good.record(Vulnerability, "Open yard", **given | fields)

    def option(self, strategy: Strategy, **fields) -> StrategyOption:
        threats = fields.pop("threats", None)
        weak = fields.pop("vulnerabilities", None)
        given = {
            "strategy": strategy,
            "description": "Sealed trailers, tracked, without a stop.",
            "is_chosen": not strategy.options.exists(),
            "grade": 4 if not strategy.options.exists() else 5,
            "grade_basis": "No loss in two years on this road.",
            "vulnerability_cut": 60,
            "threat_cut": 40,
            "detection_hours": 1,
            "repair_hours": 8,
            "fallback": "The driver waits at a guarded place.",
            "cost": 40_000,
            "benefit": 90_000,
            "budget": 50_000,
            "staff_days": 20,
            "staff_days_available": 20,
        }
        made = self.good.record(StrategyOption, "Tracked trailers", **given | fields)
        made.threats.set([self.threat()] if threats is None else threats)
        made.vulnerabilities.set([self.weakness()] if weak is None else weak)
        return made

    def strategy(self, options: int = 2, approve: bool = True, **fields) -> Strategy:
        given = {
            "aim": "Medicines on the road.",
            "choice_reason": "A sixth of the cost of an escort.",
        }
        if "assessment" not in fields:
            given["assessment"] = self.assessment()
        made = self.good.record(Strategy, "Medicines on the road", **given | fields)
        for _ in range(options):
            self.option(made)
        self.demand(made)
        return self.approved(made) if approve else made

    def demand(self, strategy: Strategy, **fields) -> ProtectionRequirement:
        given = {
            "strategy": strategy,
            "demand": "No trailer stands unguarded.",
            "is_met": True,
            "met_by": "It does not stop.",
        }
        return ProtectionRequirement.objects.create(**given | fields)

    def component(self, strategy: Strategy, **fields) -> StrategyComponent:
        return StrategyComponent.objects.create(strategy=strategy, **fields)

    def need(self, subject: Record, sort: str, **fields) -> ResourceNeed:
        given = {
            "sort": sort,
            "stage": "operate",
            "description": "Places for the night.",
            "period_until": self.day(200),
        }
        made = self.good.record(ResourceNeed, f"{sort} for it", **given | fields)
        self.good.link(made, subject, Relation.SERVES)
        return made

    def change(self, **fields) -> Change:
        """A change that is planned, and whose risks are checked."""
        given = {
            "purpose": "Fewer trailers in the open.",
            "risk_check": "None that is new.",
            "risk_checked_by": self.good.manager,
            "risk_checked_on": self.day(-40),
            "effective_on": self.day(20),
        }
        return self.approved(
            self.good.record(Change, "Other parking", **given | fields), self.day(-35)
        )


@pytest.fixture
def watch(good) -> Watch:
    return Watch(good)
