"""What the registers of the supply chain show: nodes, legs and flows, processes and their runs."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bartizan.chain.forms import LegForm, ProcessForm, RunForm
from bartizan.chain.models import (
    Alternative,
    BusinessFunction,
    Criterion,
    CriterionResult,
    DeliveredClause,
    Dependency,
    Flow,
    FlowStep,
    Leg,
    NeededDocument,
    Partner,
    Place,
    Process,
    ProcessRun,
)
from bartizan.ground.records.register import KEEPING, About, Register

NO_DEMAND: dict[str | Promise, list[str]] = {
    _("Demands of the chain"): ["no_demand_reason", "no_demand_on"]
}

processes = Register(
    model=Process,
    clause="8.1",
    about=About(
        what=_(
            "What is done again and again and security depends on, from sealing a trailer to the"
            " management review. Link the processes that hand on to one another, and what each"
            " one serves: commitments, obligations, objectives, places, partners."
        ),
        good=_(
            "Somebody new could carry it out from its words. It has one owner, says what starts"
            " it, and has a criterion by which anybody sees whether a run went well."
        ),
        example=_(
            "Sealing of trailers: every loaded trailer gets a numbered high-security seal at the"
            " ramp. Input: loaded trailer and papers from the loading crew. Output: sealed"
            " trailer, seal number on the papers, to the driver. Starts when loading ends."
        ),
    ),
    columns=["number", "title", "owner", "cadence_days", "performer", "review_due", "status"],
    filters=[
        "serves_policy",
        "serves_law",
        "serves_objectives",
        "delivers_system",
        "serves_chain",
        "is_core",
        "is_in_scope",
        "performer",
        "procedure_need",
        "owner",
        "unit",
        "status",
    ],
    search=["number", "title", "plan", "inputs", "outputs"],
    sections={
        _("Process"): ["title", "plan", "inputs", "outputs", "revised_on"],
        _("What it is needed for"): [
            "serves_policy",
            "serves_law",
            "serves_objectives",
            "delivers_system",
            "serves_chain",
        ],
        _("When it runs"): ["cadence_days", "started_on", "trigger", "next_run"],
        _("Place in the business"): [
            "performer",
            "is_in_scope",
            "is_core",
            "no_requirement_reason",
        ],
        _("Documents"): ["procedure_need", "procedure_need_reason", "documents_decided_on"],
        **KEEPING,
    },
    form=ProcessForm,
)

criteria = Register(
    model=Criterion,
    clause="8.1",
    about=About(
        what=_("By what one sees that a run of a process went as it should."),
        good=_("Two people looking at the same run come to the same answer."),
        example=_("Time from alarm to guard on site: at most 12 minutes."),
    ),
    columns=["number", "title", "process", "lower_limit", "upper_limit", "measured_in", "owner"],
    filters=["process", "owner", "status"],
    search=["number", "title", "rule"],
    sections={
        _("Criterion"): ["process", "title", "rule", "applies_since"],
        _("Limits"): ["lower_limit", "upper_limit", "measured_in"],
        **KEEPING,
    },
)

process_runs = Register(
    model=ProcessRun,
    clause="8.1",
    about=About(
        what=_("Each time a process was due or was carried out, and what came of it."),
        good=_(
            "Written down when it happens, by whoever did it, with a result for every criterion."
            " What failed was held back, put right, or became an action."
        ),
        example=_(
            "Gate check of 12 May, 06:10, by the early shift: 41 vehicles, 40 papers in order;"
            " one trailer without seal held until the consignor confirmed the load."
        ),
    ),
    columns=["number", "title", "process", "planned_on", "ran_on", "performed_by"],
    filters=["process", "performed_by", "unit", "status"],
    search=["number", "title", "result"],
    sections={
        _("Run"): ["process", "title", "planned_on", "ran_on", "performed_by", "result"],
        _("Written down"): ["recorded_on", "back_dated", "created_at"],
        **KEEPING,
    },
    form=RunForm,
)

criterion_results = Register(
    model=CriterionResult,
    clause="8.1",
    about=About(what=_("How each run did by each criterion of its process.")),
    columns=["run", "criterion", "value", "passed", "follow_up"],
    filters=["run", "criterion", "passed"],
    search=["run__number", "criterion__title", "value"],
    key=("run", "criterion"),
    sections={_("Result"): ["run", "criterion", "value", "passed", "follow_up"]},
)

delivered_clauses = Register(
    model=DeliveredClause,
    clause="8.2",
    about=About(
        what=_("Which clauses of the standard each process puts into practice."),
        good=_("Every clause is delivered by at least one process that has an owner."),
        example=_("The yearly audit round delivers 9.2."),
    ),
    columns=["process", "clause"],
    filters=["process", "clause"],
    search=["process__title", "clause"],
    key=("process", "clause"),
    sections={_("Delivered clause"): ["process", "clause"]},
)

needed_documents = Register(
    model=NeededDocument,
    clause="8.1",
    about=About(
        what=_("Which documents each process can't do without, as its owner settled it."),
        good=_(
            "Each need is met by a document in force. An open need is better than a hidden one."
        ),
        example=_("Sealing of trailers needs the seal log and the instruction at the ramp."),
    ),
    columns=["process", "name", "document"],
    filters=["process"],
    search=["name"],
    key=("process", "name"),
    sections={_("Needed document"): ["process", "name", "document"]},
)

partners = Register(
    model=Partner,
    clause="8.2",
    about=About(
        what=_("The organizations goods, services and data come from, pass through and go to."),
        good=_(
            "Says what we rely on it for, how well goods have to be protected there, and who owns"
            " it. Sub-suppliers on whom several others depend are listed too, with their tier."
        ),
        example=_(
            "Osprey Road Lines: carrier of the night service north; tier 1, raised level; a"
            " subsidiary of Osprey Holding."
        ),
    ),
    columns=[
        "number",
        "title",
        "relationship",
        "position",
        "tier",
        "security_level",
        "is_active",
        "owner",
    ],
    filters=[
        "relationship",
        "position",
        "tier",
        "parent",
        "country",
        "security_level",
        "is_active",
        "owner",
        "unit",
        "status",
    ],
    search=["number", "title", "supplies", "lei", "gln"],
    sections={
        _("Partner"): ["title", "relationship", "supplies", "share", "country", "contact"],
        _("Who it is"): ["parent", "lei", "gln"],
        _("In the chain"): ["position", "tier", "is_active", "active_since", "security_level"],
        **NO_DEMAND,
        **KEEPING,
    },
)

places = Register(
    model=Place,
    clause="8.2",
    about=About(
        what=_("Where goods, people or data of the chain stop: own sites and those of others."),
        good=_(
            "Says who decides who gets in, how well goods have to be protected there, who is"
            " responsible on site, and where it lies, so that it stands on the map."
        ),
        example=_(
            "North depot, NLRTM: our own, used as warehouse; high level for tobacco. Zones: yard,"
            " for all with a pass; cage, for two named people."
        ),
    ),
    columns=["number", "title", "use", "locode", "position", "security_level", "is_active"],
    filters=[
        "use",
        "position",
        "country",
        "partner",
        "security_level",
        "under_own_control",
        "is_active",
        "owner",
        "unit",
        "status",
    ],
    search=["number", "title", "locode", "gln", "address"],
    sections={
        _("Place"): ["title", "use", "under_own_control", "partner", "responsible", "zones"],
        _("Where it is"): [
            "address",
            "country",
            "locode",
            "stands_for",
            "gln",
            "latitude",
            "longitude",
        ],
        _("In the chain"): ["position", "is_active", "active_since", "security_level"],
        **NO_DEMAND,
        **KEEPING,
    },
)

legs = Register(
    model=Leg,
    clause="8.2",
    about=About(
        what=_(
            "Each stretch from one place to the next: how goods get there, in whose hands they"
            " are on the way, and who answers for them meanwhile."
        ),
        good=_(
            "Somebody has custody at every moment: where one leg ends, the hand-over says what is"
            " checked, by whom, and what is signed."
        ),
        example=_(
            "Container terminal to depot, by road, in custody of Osprey Road Lines, 6 hours."
            " Hand-over: seal number read at the gate of both, signed on the driver's device."
        ),
    ),
    columns=["number", "origin", "destination", "mode", "carrier", "usual_days", "is_active"],
    filters=[
        "origin",
        "destination",
        "mode",
        "carrier",
        "responsible",
        "under_own_control",
        "is_active",
        "owner",
        "unit",
        "status",
    ],
    search=["number", "title", "hand_over"],
    sections={
        _("Leg"): ["origin", "destination", "mode", "usual_days", "usual_duration", "is_active"],
        _("In whose hands"): ["carrier", "responsible", "under_own_control", "hand_over"],
        **KEEPING,
    },
    form=LegForm,
)

flows = Register(
    model=Flow,
    clause="8.2",
    about=About(
        what=_(
            "What the chain is there for: goods, services and data that go over its legs, for"
            " whom, and what a year of it is worth."
        ),
        good=_(
            "Lists every leg it takes as a step, with those that could stand in under the same"
            " number, so that it can be said what stops when a place closes."
        ),
        example=_(
            "Instruments from Shanghai to Venlo: 41 million EUR a year for Arden Instruments;"
            " stock for 9 days at its end. Step 1: sea leg to Rotterdam, or the one to Antwerp."
        ),
    ),
    columns=[
        "number",
        "title",
        "nature",
        "customer",
        "value_per_year",
        "currency",
        "buffer_days",
        "is_active",
    ],
    filters=["nature", "customer", "currency", "is_active", "owner", "unit", "status"],
    search=["number", "title", "goods"],
    sections={
        _("Flow"): ["title", "nature", "goods", "customer", "is_active"],
        _("What it is worth"): ["value_per_year", "currency", "buffer_days"],
        **KEEPING,
    },
)

flow_steps = Register(
    model=FlowStep,
    clause="8.2",
    about=About(
        what=_("Over which legs each flow goes, step by step."),
        good=_("Each step begins where the one before ends. Legs that can do instead share it."),
        example=_("Step 2: Rotterdam to Venlo by barge, or the same by road."),
    ),
    columns=["flow", "step", "leg"],
    filters=["flow", "leg"],
    search=["flow__title", "leg__title"],
    key=("flow", "step", "leg"),
    sections={_("Flow step"): ["flow", "step", "leg"]},
)

dependencies = Register(
    model=Dependency,
    clause="6.1.2",
    about=About(
        what=_(
            "Which partner or place cannot do without which other, or without what a flow brings,"
            " and how long it gets by. This is where shared sub-suppliers come to light."
        ),
        good=_(
            "Goes beyond those who deal with us: asks whom they depend on. Where any one of"
            " several will do, they share a group."
        ),
        example=_(
            "The terminal depends on the port's power supply; its generators last 2 days. The"
            " carrier depends on tracking, from either of two providers: one group."
        ),
    ),
    columns=[
        "partner",
        "place",
        "on_partner",
        "on_place",
        "on_flow",
        "what",
        "group",
        "buffer_days",
    ],
    filters=["partner", "place", "on_partner", "on_place", "on_flow"],
    search=["what", "group"],
    key=("partner", "place", "on_partner", "on_place", "on_flow", "group"),
    sections={
        _("Who depends"): ["partner", "place"],
        _("On whom or what"): ["on_partner", "on_place", "on_flow", "what"],
        _("How badly"): ["group", "buffer_days"],
    },
)

alternatives = Register(
    model=Alternative,
    clause="8.5",
    about=About(
        what=_("Which partner or place can take the place of another, and how soon."),
        good=_("Agreed with them, and tried: an alternative nobody has asked is a hope."),
        example=_("Antwerp stands in for Rotterdam after 3 days; agreed, last tried in March."),
    ),
    columns=[
        "partner",
        "by_partner",
        "place",
        "by_place",
        "ready_after_days",
        "is_agreed",
        "tried_on",
    ],
    filters=["partner", "by_partner", "place", "by_place", "is_agreed"],
    search=["partner__title", "by_partner__title", "place__title", "by_place__title"],
    key=("partner", "by_partner", "place", "by_place"),
    sections={
        _("What stands in for what"): ["partner", "by_partner", "place", "by_place"],
        _("How soon, how surely"): ["ready_after_days", "is_agreed", "tried_on"],
    },
)

business_functions = Register(
    model=BusinessFunction,
    clause="8.2",
    about=About(
        what=_("The other parts of running the business, and whether each bears on security."),
        good=_("Those that do are linked to the process or place where they meet security."),
        example=_("Purchasing bears on security: it chooses the carriers."),
    ),
    columns=["number", "title", "bearing", "owner", "review_due", "status"],
    filters=["bearing", "owner", "unit", "status"],
    search=["number", "title", "bearing_reason"],
    sections={_("Function"): ["title", "bearing", "bearing_reason"], **KEEPING},
)
