"""Clause 6.1: risks and opportunities, and what becomes of what was found."""

from django.utils.translation import gettext_lazy as _

from bartizan.chain.checks import processes
from bartizan.clauses.operation.checks import answers, results, treatments
from bartizan.clauses.planning.checks import assessments, risks, systemrisks
from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, SUITABLE

RISKS: list[Clause | Requirement] = [
    Clause("2022:6.1", _("Risks and opportunities")),
    Clause("2022:6.1.1", _("Planning for the system")),
    Requirement(
        "2022:6.1.1-p1",
        _("Planning considers context issues"),
        _("Planning of the system starts from the issues found under 4.1."),
        some_of=systemrisks.issues_planned_for,
        none_of=systemrisks.issues_planning_left_out,
    ),
    Requirement(
        "2022:6.1.1-p2",
        _("Planning considers requirements"),
        _("Planning of the system starts from the requirements found under 4.2."),
        some_of=[systemrisks.requirements_planned_for, systemrisks.obligations_planned_for],
        none_of=[
            systemrisks.requirements_planning_left_out,
            systemrisks.obligations_planning_left_out,
        ],
    ),
    Requirement(
        "2022:6.1.1-1",
        _("Risks to intended results determined"),
        _(
            "Risks and opportunities are determined that must be dealt with so the system can be "
            "trusted to reach its results."
        ),
        some_of=systemrisks.system_risks,
        none_of=systemrisks.scopes_with_a_result_at_no_risk,
        attested=SUITABLE,
    ),
    Requirement(
        "2022:6.1.1-2",
        _("Risks behind undesired effects determined"),
        _(
            "Risks and opportunities are determined that must be dealt with to avoid or lessen "
            "unwanted effects."
        ),
        some_of=systemrisks.risks_for_the_system,
        none_of=[
            systemrisks.system_risks_without_effect,
            systemrisks.system_risks_without_level,
            systemrisks.system_risks_undecided,
        ],
        attested=COMPLETE,
    ),
    Requirement(
        "2022:6.1.1-3",
        _("Opportunities to improve determined"),
        _(
            "Risks and opportunities are determined that must be dealt with so that improvement "
            "keeps happening."
        ),
        some_of=systemrisks.opportunities_in_a_round,
        needs=systemrisks.opportunities_settled_in_this_round,
        none_of=systemrisks.opportunities_left_open,
    ),
    Requirement(
        "2022:6.1.1-a",
        _("Actions planned for risks and opportunities"),
        _("Actions are planned to deal with the determined risks and opportunities."),
        some_of=systemrisks.system_actions,
        none_of=[systemrisks.system_risks_without_action, systemrisks.system_actions_without_owner],
    ),
    Requirement(
        "2022:6.1.1-b.1",
        _("Actions built into processes"),
        _(
            "It is planned how those actions become part of the system's processes and get carried "
            "out."
        ),
        some_of=processes.actions_tied_to_a_process,
        none_of=[
            processes.actions_tied_to_no_process,
            processes.done_actions_that_changed_nothing,
        ],
    ),
    Requirement(
        "2022:6.1.1-b.2",
        _("Evaluation of action effectiveness planned"),
        _("It is planned how to judge whether those actions worked."),
        some_of=systemrisks.system_actions_with_measure,
        none_of=[
            systemrisks.system_actions_without_measure,
            systemrisks.system_actions_without_check_day,
            systemrisks.system_actions_unjudged,
            systemrisks.system_actions_judged_by_their_doer,
        ],
    ),
    Requirement(
        "2022:6.1.1-p3",
        _("Managing risk is part of the system"),
        _("Risk management is woven into the system and not kept beside it."),
        some_of=systemrisks.risks_woven_in,
        none_of=[systemrisks.risks_beside_the_system, systemrisks.risks_past_review],
        attested=SUITABLE,
    ),
    Clause("2022:6.1.2", _("Finding security risks")),
    Requirement(
        "2022:6.1.2-p1",
        _("Proactive risk assessment carried out"),
        _("Security risks and opportunities are determined by an assessment done ahead of events."),
        some_of=assessments.assessments,
        needs=[
            assessments.latest_assessment,
            assessments.assessments_ahead_of_events,
        ],
        none_of=assessments.assessments_overdue,
        attested=COMPLETE,
    ),
    Requirement(
        "2022:6.1.2-a",
        _("Assessment covers failures and malicious acts"),
        _(
            "The assessment takes in physical and functional failures as well as malicious or "
            "criminal acts."
        ),
        some_of=assessments.assessments_by_source,
        none_of=assessments.FAILURES_AND_ACTS,
        attested=COMPLETE,
    ),
    Requirement(
        "2022:6.1.2-b",
        _("Assessment covers environment, people, culture"),
        _(
            "The assessment takes in surroundings, people, culture and other inside or outside "
            "circumstances, also those the organization cannot steer."
        ),
        some_of=assessments.assessments_by_source,
        none_of=assessments.SURROUNDINGS,
        attested=COMPLETE,
    ),
    Requirement(
        "2022:6.1.2-c",
        _("Assessment covers security equipment life cycle"),
        _(
            "The assessment takes in how security equipment is designed, fitted, maintained and "
            "replaced."
        ),
        some_of=assessments.equipment_assessed,
        none_of=assessments.equipment_not_assessed_for_life,
        attested=COMPLETE,
    ),
    Requirement(
        "2022:6.1.2-d",
        _("Assessment covers information and communication"),
        _(
            "The assessment takes in how information, data, knowledge and communications are "
            "managed."
        ),
        some_of=assessments.assessments_by_source,
        none_of=[
            *assessments.INFORMATION,
            assessments.KNOWLEDGE,
        ],
        attested=COMPLETE,
    ),
    Requirement(
        "2022:6.1.2-e",
        _("Assessment uses threat and vulnerability information"),
        _("The assessment takes in what is known about threats and vulnerabilities."),
        some_of=[
            risks.threats,
            risks.vulnerabilities,
        ],
        needs=risks.assessed_risks,
        none_of=[
            risks.risks_citing_no_threat_or_weakness,
            risks.risks_on_stale_information,
        ],
        attested=COMPLETE,
    ),
    Requirement(
        "2022:6.1.2-f",
        _("Assessment covers supplier interdependencies"),
        _("The assessment takes in how suppliers depend on each other."),
        some_of=risks.supplier_dependencies,
        none_of=[
            risks.supplier_dependencies_not_examined,
            risks.single_places_without_risk,
            risks.single_partners_without_risk,
            risks.shared_suppliers_without_risk,
            risks.concentrated_places_without_risk,
            risks.concentrated_partners_without_risk,
        ],
        attested=COMPLETE,
    ),
    Clause("2022:6.1.3", _("Where the results go")),
    Requirement(
        "2022:6.1.3-a",
        _("Results feed overall risk management"),
        _(
            "Evaluated security risks are an input to how risk is managed across the whole "
            "organization."
        ),
        some_of=risks.risks_passed_on,
        none_of=risks.top_risks_not_passed_on,
    ),
    Requirement(
        "2022:6.1.3-b",
        _("Results feed risk treatment"),
        _("Evaluated security risks are an input to treatment."),
        some_of=risks.scored_risks,
        none_of=[
            risks.undecided_risks,
            answers.risks_to_treat_without_plan,
        ],
    ),
    Requirement(
        "2022:6.1.3-c",
        _("Results feed objectives"),
        _("Evaluated security risks are an input to security objectives."),
        some_of=results.objectives_citing_risks,
        none_of=[
            results.objectives_citing_no_risk,
            results.top_risks_left_out,
        ],
    ),
    Requirement(
        "2022:6.1.3-d",
        _("Results feed security processes"),
        _("Evaluated security risks are an input to the security management processes."),
        some_of=answers.risks_a_process_or_control_answers,
        none_of=[
            answers.risks_nothing_answers,
            answers.risks_nothing_was_held_against,
        ],
    ),
    Requirement(
        "2022:6.1.3-e",
        _("Results feed system design"),
        _(
            "Evaluated security risks are an input to how the system is designed, specified and "
            "put in place."
        ),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:6.1.3-f",
        _("Results feed resourcing and staffing"),
        _("Evaluated security risks are an input to deciding on means and staffing."),
        some_of=treatments.plans_with_estimate,
        none_of=[
            treatments.plans_treating_nothing,
            treatments.plans_without_estimate,
        ],
    ),
    Requirement(
        "2022:6.1.3-g",
        _("Results feed training and competence"),
        _(
            "Evaluated security risks are an input to training needs and the competence level "
            "called for."
        ),
    ),
]
