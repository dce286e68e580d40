"""What the registers of treatments, controls and strategies show (8.3 to 8.5)."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.operation.models import (
    Closure,
    Control,
    ControlCheck,
    ControlledRisk,
    DisruptionAnalysis,
    ExposureAnalysis,
    PeopleControl,
    ProtectionRequirement,
    Strategy,
    StrategyComponent,
    StrategyOption,
    TreatedRisk,
    TreatmentPlan,
    TreatmentReview,
    TreatmentRule,
)
from bartizan.ground.records.register import KEEPING, About, Register

EFFECT = ["likelihood_factor", "consequence_factor", "basis"]

treatment_plans = Register(
    model=TreatmentPlan,
    clause="8.3",
    about=About(
        what=_(
            "How the decision to avoid, reduce or share risks is carried out: what is done, by"
            " when, at what cost, and how much of each risk is to be left. Its steps are actions,"
            " the controls it puts in place are listed below it."
        ),
        good=_(
            "Approved before it starts; says what else was weighed and what is to be left of the"
            " risks; every step has somebody and a day. When it is done the risks are rated anew,"
            " and somebody else looks whether it has the effect it was made for."
        ),
        example=_(
            "Guarded parking on the night run: places booked at two truck stops, 18,000 a year;"
            " thefts from parked trailers fall to a tenth. Weighed and left: two drivers in the"
            " cab, at four times the cost."
        ),
    ),
    columns=[
        "number", "title", "option", "cost_once", "cost_per_year", "staff_days", "due", "done_on",
        "owner", "status",
    ],
    filters=["option", "owner", "unit", "status"],
    search=["number", "title", "description", "alternatives"],
    sections={
        _("Treatment"): ["title", "option", "description", "alternatives", "goal"],
        _("What it takes"): ["cost_once", "cost_per_year", "staff_days"],
        _("When"): ["starts_on", "due", "done_on", "outcome"],
        **KEEPING,
    },
)  # fmt: skip

treated_risks = Register(
    model=TreatedRisk,
    clause="8.3",
    about=About(
        what=_("Which risks each treatment plan is there for, and how much of each it leaves."),
        good=_("Says how one knows: a factor without a reason is a wish."),
        example=_(
            "Guarded parking leaves 0.1 of the likelihood of theft from parked trailers and all"
            " of its consequence: figures of the insurer for guarded and open places."
        ),
    ),
    columns=["treatment", "risk", *EFFECT],
    filters=["treatment", "risk"],
    search=["treatment__number", "treatment__title", "risk__title", "basis"],
    key=("treatment", "risk"),
    sections={_("Treated risk"): ["treatment", "risk", *EFFECT]},
)

treatment_rules = Register(
    model=TreatmentRule,
    clause="8.3",
    about=About(
        what=_(
            "Which treatments need another one, and which exclude each other: whoever chooses"
            " among them under a budget keeps to these rules."
        ),
        good=_("Only what really can't be done otherwise, with the reason."),
        example=_("Locks that report being opened need the tracking of trailers: same radio."),
    ),
    columns=["treatment", "rule", "other", "reason"],
    filters=["treatment", "rule", "other"],
    search=["treatment__title", "other__title", "reason"],
    key=("treatment", "other"),
    sections={_("Rule"): ["treatment", "rule", "other", "reason"]},
)

treatment_reviews = Register(
    model=TreatmentReview,
    clause="8.3",
    about=About(
        what=_("Whether a treatment that was carried out has the effect it was made for."),
        good=_(
            "Compares figures from before and after, and is made by somebody who did not carry it"
            " out. What missed its effect leads to an action or a new plan."
        ),
        example=_("Six months after: one theft from a parked trailer, seven in the year before."),
    ),
    columns=["number", "title", "treatment", "verified_on", "verified_by", "result", "status"],
    filters=["treatment", "result", "verified_by", "status"],
    search=["number", "title", "finding"],
    sections={
        _("Review"): ["treatment", "verified_on", "verified_by", "result", "finding"],
        **KEEPING,
    },
)

controls = Register(
    model=Control,
    clause="8.4",
    about=About(
        what=_(
            "What is done, or stands, to keep something from happening or from doing harm: at a"
            " place, on a leg, with a partner, within a process. Which risks it bears on and how"
            " much is listed below it, and on the page of each risk."
        ),
        good=_(
            "Says how it works and what it takes to get round it; has an owner, a day since when"
            " it works, and an interval in which somebody makes sure that it still does."
        ),
        example=_(
            "Two people seal each trailer and photograph the number, at the hub since March;"
            " checked every 90 days on 40 trailers. Leaves 0.3 of the likelihood of tampering."
        ),
    ),
    columns=[
        "number", "title", "control_kind", "place", "process", "in_operation_since",
        "out_of_order_since", "owner", "status",
    ],
    filters=[
        "control_kind", "place", "leg", "partner", "process", "treatment", "owner", "unit",
        "status",
    ],
    search=["number", "title", "description"],
    sections={
        _("Control"): ["title", "control_kind", "description"],
        _("Where"): ["place", "leg", "partner", "process"],
        _("Since when"): [
            "treatment", "due", "in_operation_since", "out_of_order_since", "stopgap",
        ],
        _("Keeping it working"): ["check_every_days", "cost_per_year"],
        **KEEPING,
    },
)  # fmt: skip

controlled_risks = Register(
    model=ControlledRisk,
    clause="8.4",
    about=About(
        what=_("Which risks each control bears on, and how much of each is left with it."),
        good=_("Says how one knows. Several controls of one risk multiply: 0.5 and 0.4 leave 0.2."),
        example=_(
            "Seals with two people leave 0.3 of the likelihood of tampering: three of ten trials"
            " went unnoticed."
        ),
    ),
    columns=["control", "risk", *EFFECT],
    filters=["control", "risk"],
    search=["control__number", "control__title", "risk__title", "basis"],
    key=("control", "risk"),
    sections={_("Controlled risk"): ["control", "risk", *EFFECT]},
)

control_checks = Register(
    model=ControlCheck,
    clause="8.5.3",
    about=About(
        what=_("Each time somebody made sure that a control works, or found that it does not."),
        good=_(
            "Tries it rather than asks; says how much was looked at; what failed leads to an"
            " action. Pictures and logs are attached."
        ),
        example=_(
            "A colleague in plain clothes walked to the ramp at Example depot at two in the"
            " morning: stopped after four minutes by the guard."
        ),
    ),
    columns=[
        "number", "title", "control", "checked_on", "checked_by", "result", "next_due", "status",
    ],
    filters=["control", "result", "checked_by", "status"],
    search=["number", "title", "method", "finding"],
    sections={
        _("Check"): ["control", "checked_on", "checked_by", "method", "result", "finding"],
        _("Next time"): ["next_due"],
        **KEEPING,
    },
)  # fmt: skip

people_controls = Register(
    model=PeopleControl,
    clause="8.4",
    about=About(
        what=_(
            "What keeps each process safe when people join, change post or leave: the control, or"
            " the reason why none is needed."
        ),
        good=_("Every process says something on all three moments."),
        example=_("People leave gate control: badge and keys are handed in on the last shift."),
    ),
    columns=["process", "moment", "control", "none_reason"],
    filters=["process", "moment", "control"],
    search=["process__title", "control__title", "none_reason"],
    key=("process", "moment", "control"),
    sections={_("People control"): ["process", "moment", "control", "none_reason"]},
)

strategies = Register(
    model=Strategy,
    clause="8.5.1",
    about=About(
        what=_(
            "How the organization means to keep something secure: procedures, processes and"
            " treatments that belong together, and what they were chosen from."
        ),
        good=_(
            "Rests on the risk assessment that holds now, compares at least two options on every"
            " criterion, says why one was chosen, and is approved."
        ),
        example=_(
            "Medicines on the road: sealed and tracked trailers without a stop, chosen over an"
            " escort, which costs six times as much and is seen by everybody."
        ),
    ),
    columns=["number", "title", "assessment", "owner", "review_due", "status"],
    filters=["assessment", "owner", "unit", "status"],
    search=["number", "title", "aim", "choice_reason"],
    sections={
        _("Strategy"): ["title", "aim", "assessment"],
        _("Choice"): ["choice_reason", "same_grade_reason"],
        **KEEPING,
    },
)

strategy_options = Register(
    model=StrategyOption,
    clause="8.5.1",
    about=About(
        what=_("The ways considered for a strategy, and how each does on the same criteria."),
        good=_("The options left aside are described as fairly as the one that was chosen."),
        example=_(
            "Escort by a second vehicle: very good (5), 240,000 a year, 90,000 of losses avoided;"
            " nobody notices within eight hours that the escort did not turn up."
        ),
    ),
    columns=[
        "number", "title", "strategy", "is_chosen", "grade", "cost", "benefit", "staff_days",
        "status",
    ],
    filters=["strategy", "is_chosen", "grade", "status"],
    search=["number", "title", "description"],
    sections={
        _("Option"): ["strategy", "title", "description", "is_chosen"],
        _("Keeps us secure"): ["grade", "grade_basis"],
        _("Weaknesses and threats"): [
            "vulnerabilities", "vulnerability_cut", "threats", "threat_cut",
        ],
        _("When a control fails"): ["detection_hours", "repair_hours", "fallback"],
        _("Cost, benefit and means"): [
            "cost", "benefit", "budget", "staff_days", "staff_days_available", "gap_plan",
        ],
        **KEEPING,
    },
)  # fmt: skip

strategy_components = Register(
    model=StrategyComponent,
    clause="8.5.1",
    about=About(
        what=_("The procedures, processes, treatments and controls that a strategy is made of."),
        good=_(
            "The means each takes are worked out: needs for people, equipment, money and time are"
            " linked to it, or a reason says why none is missing."
        ),
        example=_("Medicines on the road: the process of sealing, the plan for tracked trailers."),
    ),
    columns=["strategy", "treatment", "control", "process", "procedure", "no_means_reason"],
    filters=["strategy", "treatment", "control", "process", "procedure"],
    search=["strategy__title", "no_means_reason"],
    key=("strategy", "treatment", "control", "process", "procedure"),
    sections={
        _("Component"): ["strategy", "treatment", "control", "process", "procedure"],
        _("Means"): ["no_means_reason"],
    },
)

protection_requirements = Register(
    model=ProtectionRequirement,
    clause="8.5.1",
    about=About(
        what=_("What a strategy has to live up to, and whether the chosen option does."),
        good=_("Said so that one can test it, with the record that it comes from."),
        example=_("No trailer of medicines stands unguarded; from the terms of Example Pharma."),
    ),
    columns=["strategy", "demand", "source", "is_met", "met_by", "accepted_by", "accepted_on"],
    filters=["strategy", "is_met"],
    search=["strategy__title", "demand", "met_by"],
    key=("strategy", "demand"),
    sections={
        _("Demand"): ["strategy", "demand", "source"],
        _("Met"): ["is_met", "met_by", "accepted_by", "accepted_on"],
    },
)

exposure_analyses = Register(
    model=ExposureAnalysis,
    clause="8.3",
    about=About(
        what=_(
            "What the risks may cost in a year, simulated from how often each happens and what it"
            " costs, and which treatments are worth their money. Each analysis keeps what it was"
            " computed from, so that it can be repeated to the last bit."
        ),
        good=_(
            "Made for a decision, and says what was decided. The risks that drive it have figures"
            " that somebody can defend; where the interval is wide, more years are simulated."
        ),
        example=_(
            "Which measures against theft shall next year's budget pay for? Of the risks of all"
            " depots, 100,000 years. Found: guarded parking and seals take away most for their"
            " cost; a second guard at night takes away less than it costs."
        ),
    ),
    columns=["number", "title", "owner", "years", "computed_on", "status"],
    filters=["owner", "unit", "status"],
    search=["number", "title", "question", "findings"],
    sections={
        _("Question"): ["title", "question", "years", "seed", "shared_percent"],
        _("Answer"): ["findings", "computed_on", "program", "inputs_sha256", "result_sha256"],
        **KEEPING,
    },
)

disruption_analyses = Register(
    model=DisruptionAnalysis,
    clause="8.3",
    about=About(
        what=_(
            "What stops when places or partners fail: which flows, after how many days, and what"
            " is lost. Each keeps the chain as it stood, so that it can be asked again years later."
        ),
        good=_(
            "Made for a decision, and says what was decided: a second provider, a larger stock, a"
            " risk that is accepted. The easiest way to one is to close something on the map."
        ),
        example=_(
            "Dover closed for two weeks: three flows stop, the first at once; the depot runs dry"
            " on the fourth day. Decided: Immingham is agreed as the way around."
        ),
    ),
    columns=["number", "title", "owner", "days", "computed_on", "status"],
    filters=["owner", "unit", "status"],
    search=["number", "title", "question", "findings"],
    sections={
        _("Question"): ["title", "question", "days"],
        _("Answer"): ["findings", "computed_on", "program", "inputs_sha256", "result_sha256"],
        **KEEPING,
    },
)

closures = Register(
    model=Closure,
    clause="8.3",
    about=About(
        what=_("The places and partners that fail in a disruption analysis, from its first day."),
        good=_("What would fail together for one reason: a flood, a strike, a failing company."),
        example=_("The ferry port and the tunnel, closed by the same storm."),
    ),
    columns=["analysis", "place", "partner"],
    filters=["analysis", "place", "partner"],
    search=["analysis__title", "place__title", "partner__title"],
    key=("analysis", "place", "partner"),
    sections={_("What fails"): ["analysis", "place", "partner"]},
)
