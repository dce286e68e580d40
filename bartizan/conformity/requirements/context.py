"""Clause 4: what surrounds the organization, who has a stake in it, and what the system covers."""

from django.utils.translation import gettext_lazy as _

from bartizan.chain.checks import processes
from bartizan.clauses.context.checks import (
    issues,
    obligations,
    parties,
    principles,
    provision,
    scope,
)
from bartizan.clauses.operation.checks import taken_on
from bartizan.clauses.planning.checks import (
    assessments,
    method,
    objectives,
    plans,
    risks,
    structure,
)
from bartizan.clauses.support.checks import contacts, log, participation, policy_messages, resources
from bartizan.conformity.requirement import Attester, Clause, Confirmation, Modality, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, LIVED, SUITABLE

CONTEXT: list[Clause | Requirement] = [
    Clause("2022:4", _("The organization and what surrounds it")),
    Clause("2022:4.1", _("Purpose and circumstances")),
    Requirement(
        "2022:4.1-p1",
        _("External issues determined"),
        _(
            "The organization works out which outside circumstances matter to what it exists for "
            "and could help or hinder its security management results."
        ),
        some_of=issues.external_issues,
        needs=issues.relevant_external_issues,
        none_of=[
            issues.external_issues_without_effect,
            issues.external_issues_without_owner,
            issues.external_issues_past_review,
        ],
        attested=COMPLETE,
    ),
    Requirement(
        "2022:4.1-p2",
        _("Internal issues determined"),
        _(
            "The organization works out which of its own internal circumstances matter to its "
            "purpose and to reaching its security management results."
        ),
        some_of=issues.internal_issues,
        needs=issues.relevant_internal_issues,
        none_of=[
            issues.internal_issues_without_effect,
            issues.internal_issues_without_owner,
            issues.internal_issues_past_review,
        ],
        attested=COMPLETE,
    ),
    Requirement(
        "2022:4.1-p3",
        _("Supply chain demands within context"),
        _("What the organization's supply chain demands is part of the context analysis."),
        some_of=[
            issues.partners_in_the_chain,
            issues.places_in_the_chain,
        ],
        none_of=[
            issues.partners_outside_the_context,
            issues.places_outside_the_context,
        ],
        attested=COMPLETE,
    ),
    Clause("2022:4.2", _("Those with a stake, and what they ask for")),
    Clause("2022:4.2.1", _("Interested parties")),
    Requirement(
        "2022:4.2.1-1",
        _("Relevant interested parties identified"),
        _("The parties with a stake that bears on security management are identified."),
        some_of=parties.interested_parties,
        none_of=[
            parties.parties_without_relevance,
            parties.parties_without_owner,
            parties.parties_past_review,
        ],
        attested=COMPLETE,
    ),
    Requirement(
        "2022:4.2.1-2",
        _("Their relevant requirements identified"),
        _("For each such party, what it requires that matters to security is identified."),
        some_of=parties.party_requirements,
        none_of=parties.relevant_parties_without_requirement,
        attested=COMPLETE,
    ),
    Requirement(
        "2022:4.2.1-3",
        _("Which requirements the system takes on"),
        _("For each such requirement it is decided whether the system will deal with it."),
        some_of=parties.party_requirements,
        none_of=[
            parties.undecided_requirements,
            parties.requirements_decided_by_nobody,
            taken_on.adopted_requirements_unanswered,
        ],
    ),
    Clause("2022:4.2.2", _("Legal and other obligations")),
    Requirement(
        "2022:4.2.2-a",
        _("Process for finding and assessing obligations"),
        _(
            "A running process finds the legal, regulatory and other obligations bearing on "
            "security, gives access to their text and judges how they apply."
        ),
        some_of=[
            obligations.obligation_procedures,
            obligations.obligations,
        ],
        needs=[
            obligations.approved_obligation_procedures,
            obligations.timely_obligation_scans,
        ],
        none_of=[
            obligations.obligations_without_source,
            obligations.undecided_obligations,
            obligations.obligations_assessment_overdue,
        ],
        attested=COMPLETE,
    ),
    Requirement(
        "2022:4.2.2-b",
        _("Obligations taken into account"),
        _("Obligations found to apply are reflected in how the system is built and run."),
        some_of=obligations.decided_obligations,
        none_of=taken_on.applicable_obligations_unmet,
        attested=SUITABLE,
    ),
    Requirement(
        "2022:4.2.2-c",
        _("Obligation register documented and current"),
        _("What is known about the obligations is written down and kept current."),
        some_of=obligations.obligations,
        none_of=[
            obligations.obligations_without_interval,
            obligations.obligations_check_overdue,
            obligations.obligations_changed_since_check,
        ],
    ),
    Requirement(
        "2022:4.2.2-d",
        _("Obligation information passed on"),
        _("Interested parties who need it are told about the obligations, as far as fitting."),
        some_of=[contacts.obligations_with_audience, contacts.communications_on_obligations],
        none_of=[
            contacts.obligations_without_audience,
            contacts.obligations_untold_to_parties,
            contacts.obligations_untold_to_units,
        ],
    ),
    Clause("2022:4.2.3", _("Principles")),
    Clause("2022:4.2.3.1", _("All eight principles")),
    Requirement(
        "2022:4.2.3.1",
        _("Eight principles applied"),
        _(
            "The organization puts all eight of the listed security management principles (Figure "
            "2) into use."
        ),
        modality=Modality.SHOULD,
        some_of=principles.principle_reviews,
        needs=principles.EIGHT,
        none_of=[
            principles.principle_reviews_citing_nothing,
            principles.principle_reviews_past_review,
        ],
        attested=Confirmation(
            _(
                "top management stands for each of the eight principles being applied, and cites "
                "at least one record for each"
            ),
            by=Attester.TOP_MANAGEMENT,
            judged=True,
        ),
        cites=principles.EIGHT,
    ),
    Clause("2022:4.2.3.2", _("Leadership")),
    Requirement(
        "2022:4.2.3.2-p1",
        _("Leaders set one purpose and direction"),
        _("Leaders at every level give people a shared aim and direction."),
        modality=Modality.SHOULD,
        some_of=policy_messages.led_units,
        attested=Confirmation(
            _(
                "at each level a leader stands for the aim of the policy being shared and passed "
                "on in that unit"
            ),
            judged=True,
        ),
        attested_by_each=policy_messages.units_not_told_by_their_leader,
    ),
    Requirement(
        "2022:4.2.3.2-p2",
        _("Conditions that align strategy and resources"),
        _(
            "Leaders make it possible for strategy, policy, processes and resources to pull "
            "together toward the objectives."
        ),
        modality=Modality.SHOULD,
        some_of=plans.live_objectives,
        none_of=[
            structure.objectives_tied_to_no_strategy,
            objectives.objectives_without_process,
            resources.objectives_without_means,
        ],
        attested=SUITABLE,
    ),
    Clause("2022:4.2.3.3", _("Process approach")),
    Requirement(
        "2022:4.2.3.3",
        _("Process approach giving comparable results"),
        _(
            "Security, the supply chain included, is managed as a connected system of processes so "
            "that results come out consistent and comparable."
        ),
        modality=Modality.SHOULD,
        some_of=[
            processes.processes,
            method.methods,
        ],
        needs=[
            processes.processes,
            method.approved_methods,
        ],
        none_of=[
            processes.processes_without_inputs_or_outputs,
            processes.processes_tied_to_no_other,
            risks.risks_by_another_method,
        ],
        attested=SUITABLE,
    ),
    Clause("2022:4.2.3.4", _("Customized")),
    Requirement(
        "2022:4.2.3.4-p1",
        _("System fitted and proportionate"),
        _(
            "The system is tailored to, and in proportion with, the organization's own context and "
            "needs."
        ),
        modality=Modality.SHOULD,
        needs=[
            scope.approved_scopes,
            issues.relevant_issues,
        ],
        attested=Confirmation(
            _(
                "whoever runs the system stands for the extent of processes, controls and "
                "documents fitting the recorded context"
            ),
            judged=True,
        ),
        cites=[
            scope.approved_scopes,
            issues.relevant_issues,
        ],
    ),
    Requirement(
        "2022:4.2.3.4-p2",
        _("System tied to objectives"),
        _("The system visibly serves the organization's objectives."),
        modality=Modality.SHOULD,
        some_of=plans.objectives,
        none_of=[
            objectives.objectives_without_strategic_goal,
            objectives.objectives_without_process,
        ],
    ),
    Clause("2022:4.2.3.5", _("People involved")),
    Requirement(
        "2022:4.2.3.5-p1",
        _("Interested parties involved in time"),
        _("Interested parties are brought in suitably and early enough to matter."),
        modality=Modality.SHOULD,
        some_of=[
            assessments.consultations,
            objectives.party_views,
        ],
        none_of=[
            assessments.assessments_without_consultation,
            assessments.consultations_after_approval,
            objectives.objectives_without_party_view,
        ],
        attested=LIVED,
    ),
    Requirement(
        "2022:4.2.3.5-p2",
        _("Their knowledge and views considered"),
        _(
            "What those parties know, think and perceive is weighed so that awareness grows and "
            "decisions are informed."
        ),
        modality=Modality.SHOULD,
        some_of=log.consultation_inputs,
        none_of=log.inputs_not_weighed,
        attested=LIVED,
    ),
    Requirement(
        "2022:4.2.3.5-p3",
        _("Everyone respected and involved"),
        _("People at all levels are respected and have a part in security management."),
        modality=Modality.SHOULD,
        some_of=participation.contributions,
        none_of=participation.units_not_heard,
        attested=Confirmation(
            _(
                "somebody who speaks for the staff stands for people of every level being "
                "respected and able to take part"
            ),
            judged=True,
        ),
    ),
    Clause("2022:4.2.3.6", _("Integrated")),
    Requirement(
        "2022:4.2.3.6-p1",
        _("Integrated with other management systems"),
        _(
            "Security management is joined up with every other management system the organization "
            "runs."
        ),
        modality=Modality.SHOULD,
        some_of=principles.other_management_systems,
        none_of=principles.other_management_systems_apart,
        attested=SUITABLE,
    ),
    Requirement(
        "2022:4.2.3.6-p2",
        _("Organizational risk management integrated"),
        _(
            "However formal it is, the organization's handling of risk feeds into the security "
            "management system."
        ),
        modality=Modality.SHOULD,
        some_of=method.methods_naming_the_whole,
        none_of=[
            method.methods_without_mapping,
            method.methods_nothing_was_passed_on_from,
        ],
        attested=SUITABLE,
    ),
    Clause("2022:4.2.3.7", _("Dynamic")),
    Requirement(
        "2022:4.2.3.7",
        _("Continuous focus on improving"),
        _(
            "The organization keeps learning, so that it holds its performance, reacts to change "
            "and makes new openings."
        ),
        modality=Modality.SHOULD,
    ),
    Clause("2022:4.2.3.8", _("People and culture")),
    Requirement(
        "2022:4.2.3.8-p1",
        _("Human and cultural factors considered"),
        _("How people behave and the culture they work in are weighed at every level and stage."),
        modality=Modality.SHOULD,
        attested=LIVED,
    ),
    Requirement(
        "2022:4.2.3.8-p2",
        _("Decisions based on data"),
        _("Decisions rest on analysed and evaluated data rather than assumption."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:4.2.3.8-p3",
        _("Individual perceptions considered"),
        _("How individuals see the situation is given weight."),
        modality=Modality.SHOULD,
        some_of=assessments.views,
        none_of=[
            assessments.assessments_heard_from_one_alone,
            assessments.assessments_without_reconciliation,
        ],
    ),
    Clause("2022:4.2.3.9", _("Relationships")),
    Requirement(
        "2022:4.2.3.9",
        _("Relationships with parties managed"),
        _("Relationships with the parties that can influence performance are actively managed."),
        modality=Modality.SHOULD,
        some_of=contacts.parties_looked_after,
        none_of=[
            contacts.relevant_parties_without_owner,
            contacts.relevant_parties_without_cadence,
            contacts.parties_out_of_touch,
        ],
        attested=SUITABLE,
    ),
    Clause("2022:4.3", _("Scope")),
    Requirement(
        "2022:4.3-p1",
        _("Scope set with boundaries and applicability"),
        _(
            "The scope is fixed by deciding where the system starts and stops and what it applies "
            "to."
        ),
        some_of=scope.scopes,
        needs=[
            scope.listed_places,
            scope.listed_units,
            scope.listed_processes,
            scope.listed_segments,
        ],
        none_of=[
            scope.unapproved_scopes,
            scope.exclusions_without_reason,
            scope.unlisted_places,
            scope.unlisted_processes,
        ],
        attested=COMPLETE,
    ),
    Requirement(
        "2022:4.3-1",
        _("Scope considers context issues"),
        _("The issues found under 4.1 are weighed when the scope is set."),
        some_of=scope.issues_considered,
        none_of=[
            scope.unapproved_scopes,
            scope.issues_not_considered,
            scope.issues_considered_without_note,
        ],
    ),
    Requirement(
        "2022:4.3-2",
        _("Scope considers requirements"),
        _("The requirements found under 4.2 are weighed when the scope is set."),
        some_of=[
            scope.requirements_considered,
            scope.obligations_considered,
        ],
        none_of=[
            scope.unapproved_scopes,
            scope.adopted_requirements_not_considered,
            scope.applicable_obligations_not_considered,
        ],
    ),
    Requirement(
        "2022:4.3-p2",
        _("Scope documented and available"),
        _("The scope exists as controlled information people can get at."),
        some_of=scope.scopes,
        none_of=[
            scope.scopes_beside_another,
            scope.unapproved_scopes,
            scope.scopes_without_audience,
            scope.scopes_hidden_from_audience,
        ],
    ),
    Requirement(
        "2022:4.3-p3",
        _("Outsourced processes controlled"),
        _(
            "Any process handed to an outside party that can affect conformity is kept under "
            "control."
        ),
        some_of=provision.processes_with_performer,
        none_of=[
            provision.external_processes_without_provider,
            provision.external_processes_without_control,
            provision.provision_controls_without_interval,
            provision.provision_controls_check_overdue,
            provision.failed_controls_without_action,
        ],
        attested=SUITABLE,
    ),
    Requirement(
        "2022:4.3-p4",
        _("Outsourcing controls and duties identified"),
        _(
            "The system itself records which controls and whose responsibilities apply to those "
            "outside processes."
        ),
        some_of=[
            provision.external_processes,
            provision.processes_all_performed_by_ourselves,
        ],
        none_of=[
            provision.external_processes_without_provision,
            provision.external_processes_without_control,
            provision.provisions_without_accountable_role,
            provision.provisions_without_provider_duties,
        ],
    ),
    Clause("2022:4.4", _("The system and its processes")),
    Requirement(
        "2022:4.4-p1",
        _("System established, implemented and maintained"),
        _(
            "A security management system meeting the standard's requirements exists, runs and is "
            "kept up."
        ),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:4.4-p2",
        _("Needed processes and interactions included"),
        _("The system covers the processes it needs and how they act on one another."),
        some_of=processes.processes,
        none_of=[
            processes.processes_without_owner,
            processes.processes_without_inputs_or_outputs,
            processes.processes_tied_to_no_other,
            processes.processes_tied_to_one_out_of_force,
        ],
        attested=SUITABLE,
    ),
    Requirement(
        "2022:4.4-p3",
        _("System continually improved"),
        _("The system gets better over time, as a recurring activity."),
        attested=SUITABLE,
    ),
]
