"""What the registers of the supply chain show: its nodes, its processes, and their runs."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bartizan.chain.forms import ProcessForm, RunForm
from bartizan.chain.models import (
    BusinessFunction,
    Criterion,
    CriterionResult,
    DeliveredClause,
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
        good=_("Says what we rely on it for, and how well goods have to be protected there."),
        example=_("Osprey Road Lines: carrier of the night service north; raised level."),
    ),
    columns=["number", "title", "relationship", "position", "security_level", "is_active", "owner"],
    filters=["relationship", "position", "security_level", "is_active", "owner", "unit", "status"],
    search=["number", "title", "supplies"],
    sections={
        _("Partner"): ["title", "relationship", "supplies", "country", "contact"],
        _("In the chain"): ["position", "is_active", "active_since", "security_level"],
        **NO_DEMAND,
        **KEEPING,
    },
)

places = Register(
    model=Place,
    clause="8.2",
    about=About(
        what=_("Where goods, people or data of the chain stop: own sites and those of others."),
        good=_("Says who decides who gets in, and how well goods have to be protected there."),
        example=_("North depot, NLRTM: our own, used as warehouse; high level for tobacco."),
    ),
    columns=["number", "title", "use", "locode", "position", "security_level", "is_active"],
    filters=[
        "use",
        "position",
        "security_level",
        "under_own_control",
        "is_active",
        "owner",
        "unit",
        "status",
    ],
    search=["number", "title", "locode", "address"],
    sections={
        _("Place"): ["title", "use", "under_own_control", "partner"],
        _("Where it is"): ["address", "country", "locode", "latitude", "longitude"],
        _("In the chain"): ["position", "is_active", "active_since", "security_level"],
        **NO_DEMAND,
        **KEEPING,
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
