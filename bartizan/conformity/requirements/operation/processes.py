"""Clauses 8.1 to 8.4: processes, the handling of risk, and controls."""

from django.utils.translation import gettext_lazy as _

from bartizan.chain.checks import nodes, processes, runs
from bartizan.clauses.context.checks import obligations, provision
from bartizan.clauses.leadership.checks import commitments, roles
from bartizan.clauses.operation.checks import answers, changes, controls, results, treatments
from bartizan.clauses.planning.checks import assessments, method, objectives, risks
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
        some_of=processes.processes,
        none_of=[
            processes.processes_without_plan,
            processes.processes_without_owner,
            processes.processes_that_nothing_starts,
            processes.overdue_processes,
            processes.overdue_runs,
            processes.actions_tied_to_no_process,
        ],
        attested=SUITABLE,
    ),
    Requirement(
        "2022:8.1-1",
        _("Criteria set for processes"),
        _("Criteria are laid down for those processes."),
        some_of=processes.criteria,
        none_of=processes.processes_without_criterion,
    ),
    Requirement(
        "2022:8.1-2",
        _("Processes controlled to criteria"),
        _("Processes are controlled so as to meet their criteria."),
        some_of=runs.runs,
        none_of=[
            runs.runs_without_every_result,
            runs.runs_failed_without_follow_up,
        ],
    ),
    Requirement(
        "2022:8.1-p2",
        _("Execution records available"),
        _("Enough is recorded to trust that processes ran as planned."),
        some_of=runs.runs_with_a_declared_share,
        none_of=[
            runs.runs_missing_from_the_share,
            runs.runs_without_who_or_result,
            runs.back_dated_runs,
        ],
    ),
    Clause("2022:8.2", _("Finding the processes that are needed")),
    Requirement(
        "2022:8.2-a",
        _("Processes for policy compliance identified"),
        _("Processes and activities needed to live up to the security policy are identified."),
        some_of=commitments.commitments_a_process_serves,
        none_of=commitments.commitments_no_owned_process_serves,
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
        some_of=objectives.objectives_served_by_a_process,
        none_of=objectives.objectives_without_process,
        attested=COMPLETE,
    ),
    Requirement(
        "2022:8.2-d",
        _("Processes delivering the system identified"),
        _("Processes and activities by which the system itself is delivered are identified."),
        some_of=processes.processes_that_deliver_the_system,
        needs=processes.deliverers_of_each_clause,
        attested=COMPLETE,
    ),
    Requirement(
        "2022:8.2-e",
        _("Processes for supply chain security identified"),
        _(
            "Processes and activities needed to hold supply chain security at the level called for "
            "are identified."
        ),
        some_of=[
            nodes.partners_with_level,
            nodes.places_with_level,
        ],
        none_of=[
            nodes.partners_without_level,
            nodes.places_without_level,
            nodes.partners_no_process_serves,
            nodes.places_no_process_serves,
        ],
        attested=COMPLETE,
    ),
    Clause("2022:8.3", _("Assessing and treating risk")),
    Requirement(
        "2022:8.3-p1",
        _("Risk assessment and treatment process"),
        _("A process for assessing and treating risk is in place and kept going."),
        some_of=method.methods,
        needs=[
            method.approved_methods,
            assessments.latest_assessment,
        ],
        none_of=[
            method.unapproved_methods,
            assessments.assessments_overdue,
            assessments.assessments_by_another_method,
        ],
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
        some_of=risks.scored_risks,
        none_of=[
            risks.risks_without_level,
            results.top_risks_without_means,
        ],
        note=_("The source garbles this item; read as ranking risks in view of resources."),
    ),
    Requirement(
        "2022:8.3-b",
        _("Risks analysed and evaluated"),
        _("Identified risks are analysed and compared with criteria."),
        modality=Modality.SHOULD,
        some_of=risks.scored_risks,
        none_of=[
            risks.risks_without_level,
            risks.risks_without_basis,
            risks.risks_the_method_rates_otherwise,
        ],
    ),
    Requirement(
        "2022:8.3-c",
        _("Risks needing treatment determined"),
        _("It is decided which risks call for treatment."),
        modality=Modality.SHOULD,
        some_of=risks.decided_risks,
        none_of=[
            risks.undecided_risks,
            risks.risks_nobody_entitled_decided,
            risks.risks_above_appetite_not_taken_on,
        ],
    ),
    Requirement(
        "2022:8.3-d",
        _("Treatment options selected and carried out"),
        _("Options to deal with those risks are chosen and carried out."),
        modality=Modality.SHOULD,
        some_of=treatments.plans,
        none_of=[
            treatments.plans_without_alternatives,
            answers.risks_to_treat_without_plan,
            answers.risks_to_treat_without_control,
            answers.late_controls_of_risks,
        ],
    ),
    Requirement(
        "2022:8.3-e",
        _("Treatment plans prepared and implemented"),
        _("Plans for treatment are drawn up and carried out."),
        modality=Modality.SHOULD,
        some_of=treatments.plans,
        none_of=[
            treatments.plans_without_owner,
            treatments.plans_without_steps,
            treatments.plans_without_days,
            treatments.plans_without_goal,
            treatments.plans_treating_nothing,
            treatments.unapproved_plans,
            treatments.plans_with_an_overdue_step,
            treatments.closed_plans_without_new_rating,
        ],
    ),
    Clause("2022:8.4", _("Controls")),
    Requirement(
        "2022:8.4-p1",
        _("Controls for people management"),
        _("The identified processes contain controls on managing people."),
        some_of=controls.people_controls,
        none_of=[
            controls.processes_silent_on_joiners,
            controls.processes_silent_on_movers,
            controls.processes_silent_on_leavers,
            controls.people_controls_without_passed_check,
        ],
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
        some_of=changes.changes,
        none_of=changes.changes_without_risk_check_in_time,
    ),
    Requirement(
        "2022:8.4-a",
        _("Changes: structure, roles, responsibilities"),
        _("Revised structure, roles or responsibilities are among the changes so weighed."),
        some_of=roles.roles,
        none_of=[
            changes.roles_revised_unassessed,
            changes.business_changes_unassessed,
        ],
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
        some_of=[
            changes.policies,
            changes.objectives,
        ],
        none_of=[
            changes.policies_revised_unassessed,
            changes.objectives_revised_unassessed,
            changes.targets_revised_unassessed,
            changes.programmes_revised_unassessed,
        ],
    ),
    Requirement(
        "2022:8.4-d",
        _("Changes: processes and procedures"),
        _("Revised processes and procedures are among the changes so weighed."),
        some_of=processes.processes,
        none_of=[
            changes.processes_revised_unassessed,
            changes.procedures_revised_unassessed,
        ],
    ),
    Requirement(
        "2022:8.4-e",
        _("Changes: infrastructure, equipment, technology"),
        _(
            "Newly introduced infrastructure, technology (hard- or software) or security equipment "
            "is among the changes so weighed."
        ),
        some_of=[
            changes.places_with_first_day,
            changes.equipment_with_first_day,
        ],
        none_of=[
            changes.places_opened_unassessed,
            changes.equipment_introduced_unassessed,
        ],
    ),
    Requirement(
        "2022:8.4-f",
        _("Changes: contractors, suppliers, personnel"),
        _("New contractors, suppliers or staff are among the changes so weighed, as suits."),
        some_of=changes.partners_with_first_day,
        none_of=[
            changes.partners_taken_on_unassessed,
            changes.starters_unassessed,
        ],
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
        some_of=changes.changes,
        none_of=[
            changes.changes_without_risk_check_in_time,
            changes.changes_begun_unapproved,
            changes.changes_not_begun,
            changes.changes_completed_unverified,
        ],
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
        some_of=provision.provisions,
        none_of=[
            provision.provisions_without_provider_duties,
            provision.provisions_without_control,
            provision.provision_controls_without_interval,
            provision.provision_controls_check_overdue,
            provision.failed_controls_without_action,
        ],
        attested=SUITABLE,
    ),
]
