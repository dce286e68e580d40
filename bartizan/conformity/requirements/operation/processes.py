"""Clauses 8.1 to 8.4: processes, the handling of risk, and controls."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.context.checks import obligations
from bartizan.conformity.requirement import Clause, Modality, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, SUITABLE

PROCESSES: list[Clause | Requirement] = [
    Clause("2022:8.1", _("Running the processes")),
    Requirement(
        "2022:8.1-p1",
        _("Operational processes planned and controlled"),
        _(
            "Processes needed to satisfy requirements and to carry out the planned actions are "
            "planned, put in place and controlled."
        ),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:8.1-1",
        _("Criteria set for processes"),
        _("Criteria are laid down for those processes."),
    ),
    Requirement(
        "2022:8.1-2",
        _("Processes controlled to criteria"),
        _("Processes are controlled so as to meet their criteria."),
    ),
    Requirement(
        "2022:8.1-p2",
        _("Execution records available"),
        _("Enough is recorded to trust that processes ran as planned."),
    ),
    Clause("2022:8.2", _("Finding the processes that are needed")),
    Requirement(
        "2022:8.2-a",
        _("Processes for policy compliance identified"),
        _("Processes and activities needed to live up to the security policy are identified."),
        attested=COMPLETE,
    ),
    Requirement(
        "2022:8.2-b",
        _("Processes for legal compliance identified"),
        _("Processes and activities needed to satisfy security law and regulation are identified."),
        some_of=obligations.processes_for_legal_obligations,
        none_of=obligations.legal_obligations_without_owned_process,
        attested=COMPLETE,
    ),
    Requirement(
        "2022:8.2-c",
        _("Processes for objectives identified"),
        _("Processes and activities needed to reach security objectives are identified."),
        attested=COMPLETE,
    ),
    Requirement(
        "2022:8.2-d",
        _("Processes delivering the system identified"),
        _("Processes and activities by which the system itself is delivered are identified."),
        attested=COMPLETE,
    ),
    Requirement(
        "2022:8.2-e",
        _("Processes for supply chain security identified"),
        _(
            "Processes and activities needed to hold supply chain security at the level called for "
            "are identified."
        ),
        attested=COMPLETE,
    ),
    Clause("2022:8.3", _("Assessing and treating risk")),
    Requirement(
        "2022:8.3-p1",
        _("Risk assessment and treatment process"),
        _("A process for assessing and treating risk is in place and kept going."),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:8.3-a",
        _("Risks identified and prioritized"),
        _(
            "Security risks are identified and ranked with an eye to the means security management "
            "needs."
        ),
        modality=Modality.SHOULD,
        note=_("The source garbles this item; read as ranking risks in view of resources."),
    ),
    Requirement(
        "2022:8.3-b",
        _("Risks analysed and evaluated"),
        _("Identified risks are analysed and compared with criteria."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.3-c",
        _("Risks needing treatment determined"),
        _("It is decided which risks call for treatment."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.3-d",
        _("Treatment options selected and carried out"),
        _("Options to deal with those risks are chosen and carried out."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.3-e",
        _("Treatment plans prepared and implemented"),
        _("Plans for treatment are drawn up and carried out."),
        modality=Modality.SHOULD,
    ),
    Clause("2022:8.4", _("Controls")),
    Requirement(
        "2022:8.4-p1",
        _("Controls for people management"),
        _("The identified processes contain controls on managing people."),
    ),
    Requirement(
        "2022:8.4-p2",
        _("Controls over security equipment life cycle"),
        _(
            "The identified processes contain controls on designing, fitting, running, "
            "refurbishing and altering security equipment, instruments and IT."
        ),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:8.4-p3",
        _("Risks weighed before new arrangements"),
        _(
            "Security risks of revised or new arrangements that could affect security are weighed "
            "before they go live."
        ),
    ),
    Requirement(
        "2022:8.4-a",
        _("Changes: structure, roles, responsibilities"),
        _("Revised structure, roles or responsibilities are among the changes so weighed."),
    ),
    Requirement(
        "2022:8.4-b",
        _("Changes: training, awareness, people"),
        _("Revised training, awareness and people management are among the changes so weighed."),
    ),
    Requirement(
        "2022:8.4-c",
        _("Changes: policy, objectives, targets, programmes"),
        _("Revised policy, objectives, targets or programmes are among the changes so weighed."),
    ),
    Requirement(
        "2022:8.4-d",
        _("Changes: processes and procedures"),
        _("Revised processes and procedures are among the changes so weighed."),
    ),
    Requirement(
        "2022:8.4-e",
        _("Changes: infrastructure, equipment, technology"),
        _(
            "Newly introduced infrastructure, technology (hard- or software) or security equipment "
            "is among the changes so weighed."
        ),
    ),
    Requirement(
        "2022:8.4-f",
        _("Changes: contractors, suppliers, personnel"),
        _("New contractors, suppliers or staff are among the changes so weighed, as suits."),
    ),
    Requirement(
        "2022:8.4-g",
        _("Changes: supplier security assurance demands"),
        _(
            "Requirements for the security assurance of outside suppliers are among the changes so "
            "weighed."
        ),
    ),
    Requirement(
        "2022:8.4-p4",
        _("Planned changes controlled"),
        _("Planned changes are kept under control."),
    ),
    Requirement(
        "2022:8.4-p5",
        _("Unintended changes reviewed and mitigated"),
        _("What follows from unintended changes is reviewed and harm is lessened where needed."),
    ),
    Requirement(
        "2022:8.4-p6",
        _("External provision controlled"),
        _(
            "Processes, products and services from outside that matter to the system are "
            "controlled."
        ),
        attested=SUITABLE,
    ),
]
