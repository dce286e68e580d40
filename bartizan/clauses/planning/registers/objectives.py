"""What the registers of objectives, programmes and changes show (6.1.1, 6.2, 6.3)."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.planning.models import (
    Change,
    Objective,
    ObjectiveReading,
    PartyView,
    PlanningNote,
    PlanReview,
    Programme,
    ProgrammeStep,
    Reassignment,
    SideEffectNote,
    SystemRisk,
    Target,
    TargetReading,
    WeighedOption,
)
from bartizan.ground.records.register import KEEPING, About, Register

system_risks = Register(
    model=SystemRisk,
    clause="6.1.1",
    about=About(
        what=_(
            "Risks and opportunities for the management system itself: what may keep it from"
            " reaching its results, and what could make it better. Link the issues, requirements"
            " and obligations each comes from; the actions that deal with it arise from it."
        ),
        good=_(
            "Names the intended result it bears on in the words of the scope, what would be lost or"
            " gained, and a decision. Each action has a measure, and a review day on which somebody"
            " else says whether it worked."
        ),
        example=_(
            "Risk: night reports wait until Monday, because nobody is on call at weekends. Bears on"
            " “Goods arrive complete”; high; act on it: a rota from 1 May, judged by the hours"
            " between report and answer."
        ),
    ),
    columns=[
        "number", "title", "nature", "intended_result", "level", "decision", "owner", "review_due",
        "status",
    ],
    filters=["nature", "level", "decision", "owner", "unit", "status"],
    search=["number", "title", "description", "effect", "intended_result"],
    sections={
        _("What may happen"): ["title", "nature", "description", "identified_on"],
        _("What it does"): ["intended_result", "effect", "level"],
        _("Decision"): ["decision", "decided_on", "decision_reason"],
        **KEEPING,
    },
)  # fmt: skip

planning_notes = Register(
    model=PlanningNote,
    clause="6.1.1",
    about=About(
        what=_(
            "What planning looked at and found that nothing follows from: no risk or opportunity"
            " from an issue, a requirement or an obligation; no objective for a unit or a"
            " commitment."
        ),
        good=_("The reason would convince somebody who expected one."),
        example=_("No objective for invoicing: it handles no goods and opens no doors."),
    ),
    columns=[
        "number", "title", "issue", "requirement", "obligation", "part", "commitment", "noted_on",
    ],
    filters=["part", "owner", "status"],
    search=["number", "title", "reason"],
    sections={
        _("Nothing follows from"): [
            "title", "issue", "requirement", "obligation", "part", "commitment",
        ],
        _("Reason"): ["reason", "noted_on"],
        **KEEPING,
    },
)  # fmt: skip

objectives = Register(
    model=Objective,
    clause="6.2",
    about=About(
        what=_(
            "What security is to achieve: what, by when, who, with what, and how one will tell."
            " Link the commitments of the policy it serves, and the risks, obligations and"
            " requirements that were weighed; programmes, needs and processes that serve it are"
            " linked from theirs. Progress is computed from its readings."
        ),
        good=_(
            "A figure with where it starts, where it should be and by when; read at its own pace;"
            " one role sees to it, somebody else judges it; those who have a part in it were told."
        ),
        example=_(
            "Claims for loss fall from 3.1 to 1.5 per 1,000 consignments by 31 December, read every"
            " 30 days from the claims ledger; the operations director sees to it, the internal"
            " auditor judges it."
        ),
    ),
    columns=[
        "number", "title", "unit", "responsible_role", "goal", "measured_in", "due", "verdict",
        "owner", "review_due",
    ],
    filters=["unit", "responsible_role", "verdict", "owner", "status"],
    search=["number", "title", "description", "measure", "strategic_goal"],
    sections={
        _("Objective"): ["title", "description", "strategic_goal", "broad_objective", "progress"],
        _("Figures"): [
            "measure", "measured_in", "direction", "baseline", "goal", "method", "cadence_days",
        ],
        _("Where no figure is practicable"): ["not_practicable_reason", "qualitative_test"],
        _("Plan"): [
            "responsible_role", "authorizing_role", "starts_on", "due", "first_due",
            "due_moved_reason", "no_means_reason", "no_target_reason",
        ],
        _("What was weighed"): [
            "financial_needs", "operational_needs", "business_needs", "no_requirement_reason",
            "follows", "weaker_goal_reason",
        ],
        _("Who has to know"): ["audience_units", "audience_parties"],
        _("Result"): ["evaluator", "done_on", "verdict", "verdict_note"],
        **KEEPING,
    },
)  # fmt: skip

objective_readings = Register(
    model=ObjectiveReading,
    clause="6.2",
    about=About(
        what=_("How each objective stood on which day: progress is computed from this."),
        good=_("Taken at the objective's own pace, also when the figure is a disappointment."),
        example=_("31 May: 2.4 per 1,000; two claims from one trailer left open at a ramp."),
    ),
    columns=["objective", "on", "value", "note", "read_by"],
    filters=["objective", "read_by"],
    search=["objective__title", "note"],
    key=("objective", "on"),
    sections={_("Reading"): ["objective", "on", "value", "note", "read_by"]},
)

weighed_options = Register(
    model=WeighedOption,
    clause="6.2",
    about=About(
        what=_("The ways to reach an objective that were looked at, and why one was taken."),
        good=_(
            "At least one of technology and one of people; each with the reason for or against."
        ),
        example=_("Technology: door sensors on all trailers. Taken: 9 openings a month unseen."),
    ),
    columns=["objective", "sort", "option", "is_chosen", "reason", "weighed_on"],
    filters=["objective", "sort", "is_chosen"],
    search=["option", "reason"],
    key=("objective", "option"),
    sections={
        _("Option"): ["objective", "sort", "option", "is_chosen", "reason", "weighed_on"],
    },
)

party_views = Register(
    model=PartyView,
    clause="6.2",
    about=About(
        what=_("What interested parties think of an objective, and what it does to them."),
        good=_("Asked before the objective was approved; in their words, not ours."),
        example=_("Drivers' council: sealed doors are fine, as long as breaks are not shorter."),
    ),
    columns=["objective", "party", "view", "impact", "heard_on"],
    filters=["objective", "party"],
    search=["view", "impact"],
    key=("objective", "party", "heard_on"),
    sections={_("View"): ["objective", "party", "view", "impact", "heard_on"]},
)

targets = Register(
    model=Target,
    clause="6.2",
    about=About(
        what=_(
            "What an objective asks of one site, unit or process. The measure is the objective's;"
            " the figure, the day and those who have to know are its own."
        ),
        good=_("Whoever works there knows what to do tomorrow, and that it can be done."),
        example=_("Depot south: claims from 4.0 to 2.0 by 30 September; the north did in May."),
    ),
    columns=[
        "number", "title", "objective", "part", "place", "process", "goal", "due", "owner",
        "review_due",
    ],
    filters=["objective", "part", "place", "process", "owner", "unit", "status"],
    search=["number", "title", "description"],
    sections={
        _("Target"): ["title", "objective", "description", "progress"],
        _("Whom it binds"): ["part", "place", "process"],
        _("Figures"): ["baseline", "goal", "measured_in"],
        _("Feasible"): ["feasibility", "feasibility_checked_on", "not_smart_reason"],
        _("Plan"): [
            "responsible_role", "authorizing_role", "starts_on", "due", "first_due",
            "due_moved_reason", "done_on",
        ],
        _("Who has to know"): ["audience_units", "audience_parties"],
        **KEEPING,
    },
)  # fmt: skip

target_readings = Register(
    model=TargetReading,
    clause="6.2",
    about=About(what=_("How each target stood on which day.")),
    columns=["target", "on", "value", "note", "read_by"],
    filters=["target", "read_by"],
    search=["target__title", "note"],
    key=("target", "on"),
    sections={_("Reading"): ["target", "on", "value", "note", "read_by"]},
)

programmes = Register(
    model=Programme,
    clause="6.2",
    about=About(
        what=_(
            "Steps that lead to objectives and targets: link those it serves. Security programmes"
            " that others in the organization run are listed too, with how they fit the system."
        ),
        good=_(
            "Ways were compared before it got its rank; every step can be looked at when it is"
            " done; what it costs is known while it runs."
        ),
        example=_(
            "Closed doors: sensors, lighting, one gate instead of two. Rank 1, by claims avoided"
            " for each thousand euros; budget 84,000 EUR; seven steps until November."
        ),
    ),
    columns=[
        "number", "title", "rank", "origin", "responsible_role", "budget", "actual_cost", "due",
        "owner", "review_due",
    ],
    filters=["origin", "fit", "responsible_role", "owner", "unit", "status"],
    search=["number", "title", "description", "means"],
    sections={
        _("Programme"): ["title", "description", "origin", "progress"],
        _("Who and when"): [
            "responsible_role", "authorizing_role", "starts_on", "due", "first_due",
            "due_moved_reason", "done_on",
        ],
        _("Means"): ["means", "budget", "actual_cost", "currency", "overrun_decision"],
        _("Made its best, then ranked"): [
            "options_compared", "compared_on", "rank", "ranked_on", "rank_reason",
        ],
        _("Of a programme run elsewhere"): [
            "fit", "fit_note", "fit_checked_on", "fit_decided_by", "conflict_settled_on",
        ],
        **KEEPING,
    },
)  # fmt: skip

programme_steps = Register(
    model=ProgrammeStep,
    clause="6.2",
    about=About(
        what=_("The steps of each programme: what will be there, who sees to it, until when."),
        good=_("One person, one day, and something one can go and look at."),
        example=_("Step 2: sensors on the 14 trailers of the night service; workshop; 30 June."),
    ),
    columns=["programme", "place_in_order", "deliverable", "who", "starts_on", "due", "done_on"],
    filters=["programme", "who"],
    search=["deliverable", "outcome"],
    key=("programme", "place_in_order"),
    sections={
        _("Step"): ["programme", "place_in_order", "deliverable", "who", "starts_on", "due"],
        _("Result"): ["done_on", "outcome"],
    },
)

plan_reviews = Register(
    model=PlanReview,
    clause="6.2",
    about=About(
        what=_(
            "Each time somebody looked at an objective, target or programme: does it still hold,"
            " can it be carried through, has it to be amended?"
        ),
        good=_("Top management decides on viability; what is to be amended has a day."),
        example=_("Closed doors, 4 May: works, on course, can be carried through; keep as it is."),
    ),
    columns=[
        "number", "title", "held_on", "held_by", "verdict", "amend_by", "viability", "effect",
    ],
    filters=["objective", "target", "programme", "verdict", "viability", "held_by", "status"],
    search=["number", "title", "findings"],
    sections={
        _("What was looked at"): ["title", "objective", "target", "programme", "version_seen"],
        _("Review"): ["held_on", "held_by", "findings", "verdict", "amend_by", "viability"],
        _("Of a programme"): ["effect", "efficiency"],
        **KEEPING,
    },
)  # fmt: skip

side_effect_notes = Register(
    model=SideEffectNote,
    clause="5.2.1",
    about=About(
        what=_(
            "What a policy, objective, target or programme may do to the rest of the house: to"
            " safety, privacy, cost and the flow of goods."
        ),
        good=_("Thought of before the approval, with those whom it would hit."),
        example=_("One gate instead of two: queues at six in the morning; opens at five instead."),
    ),
    columns=[
        "number", "title", "policy", "objective", "target", "programme", "considered_on", "owner",
    ],
    filters=["policy", "objective", "target", "programme", "owner", "status"],
    search=["number", "title", "safety", "privacy", "cost", "flow_of_goods"],
    sections={
        _("About"): ["title", "policy", "objective", "target", "programme", "considered_on"],
        _("Side effects"): ["safety", "privacy", "cost", "flow_of_goods", "answer"],
        **KEEPING,
    },
)  # fmt: skip

changes = Register(
    model=Change,
    clause="6.3",
    about=About(
        what=_(
            "Changes to policy, scope, processes, roles and plans, planned before they are made."
            " Link what each affects, as concerned. From the first approved change on, nothing of"
            " this changes without one."
        ),
        good=_(
            "Says why, what may follow, how the system stays whole meanwhile, what it takes and who"
            " gains or loses duties; approved before it takes effect, and not begun before"
            " somebody looked at the risks it brings."
        ),
        example=_(
            "One gate instead of two at the north depot: fewer eyes needed, longer queues; gate"
            " procedure and site plan change on 1 June; risks checked by the shift leaders."
        ),
    ),
    columns=[
        "number", "title", "risk_checked_on", "begun_on", "effective_on", "done_on", "owner",
        "status",
    ],
    filters=["owner", "unit", "needs_means", "status"],
    search=["number", "title", "purpose", "consequences"],
    sections={
        _("Change"): ["title", "purpose", "consequences", "integrity"],
        _("Means"): ["resources", "needs_means"],
        _("Duties and powers"): ["effect_on_roles", "roles"],
        _("Risk check before it begins"): ["risk_check", "risk_checked_by", "risk_checked_on"],
        _("When"): ["effective_on", "begun_on", "done_on", "outcome"],
        **KEEPING,
    },
)  # fmt: skip

reassignments = Register(
    model=Reassignment,
    clause="6.3",
    about=About(
        what=_("Who takes on which role by a change; the assignment is there on its day."),
        example=_("Gate supervisor north: from 1 June."),
    ),
    columns=["change", "role", "person"],
    filters=["change", "role", "person"],
    search=["change__title", "role__name"],
    key=("change", "role", "person"),
    sections={_("Reassignment"): ["change", "role", "person"]},
)
