"""Clause 5: what top management does itself, its policy, and who answers for what."""

from django.utils.translation import gettext_lazy as _

from bartizan.chain.checks import processes
from bartizan.clauses.context.checks import parties
from bartizan.clauses.leadership.checks import commitments, comparisons, policy, recipients, roles
from bartizan.clauses.planning.checks import objectives, plans, policy_risks, programmes
from bartizan.clauses.support.checks import log, policy_messages, resources
from bartizan.conformity.requirement import Attester, Clause, Confirmation, Requirement
from bartizan.conformity.requirements.attested import LIVED, READ, SUITABLE

LEADERSHIP: list[Clause | Requirement] = [
    Clause("2022:5", _("Leadership")),
    Clause("2022:5.1", _("What top management does itself")),
    Requirement(
        "2022:5.1-1",
        _("Policy and objectives fit strategy"),
        _(
            "Top management sees to it that policy and objectives exist and agree with where the "
            "organization is heading."
        ),
        some_of=objectives.objectives_beside_a_policy,
        none_of=[
            policy.unapproved_policies,
            policy.policies_others_approved,
            plans.unapproved_objectives,
            objectives.objectives_others_approved,
            objectives.objectives_without_strategic_goal,
        ],
        cites=[policy.policies_in_force, plans.approved_objectives],
        attested=SUITABLE,
    ),
    Requirement(
        "2022:5.1-2",
        _("Party expectations tracked and acted on"),
        _(
            "Top management sees that what interested parties need and expect is identified and "
            "watched, and that timely action manages it."
        ),
        some_of=parties.watched_requirements,
        none_of=[
            parties.unwatched_requirements,
            parties.requirements_without_interval,
            parties.requirements_check_overdue,
            parties.gaps_without_action,
            parties.gaps_with_late_action_not_escalated,
        ],
        attested=LIVED,
        note=_(
            "Source sentence runs into the text of the next bullet (integration with business "
            "processes); read here as identification, monitoring and timely action only."
        ),
    ),
    Requirement(
        "2022:5.1-3",
        _("Integration with business processes"),
        _(
            "Top management sees that the system's requirements are built into ordinary business "
            "processes."
        ),
        some_of=processes.core_processes,
        none_of=[
            processes.core_processes_without_requirement,
            processes.core_processes_with_unapproved_reason,
        ],
        attested=SUITABLE,
    ),
    Requirement(
        "2022:5.1-4",
        _("Resources made available"),
        _("Top management sees that the means the system needs are there."),
        some_of=resources.resource_needs,
        none_of=[
            resources.needs_left_open,
            resources.agreed_needs_not_met,
            resources.needs_refused_by_others,
            resources.needs_refused_at_unknown_risk,
        ],
    ),
    Requirement(
        "2022:5.1-5",
        _("Importance of security communicated"),
        _(
            "Top management tells people why effective security and keeping to the system's rules "
            "matter."
        ),
        some_of=log.messages_from_the_top,
        none_of=[
            log.messages_not_from_the_top,
            log.units_the_top_did_not_reach,
        ],
        attested=LIVED,
    ),
    Requirement(
        "2022:5.1-6",
        _("Intended results achieved"),
        _("Top management sees that the system delivers what it is meant to."),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:5.1-7",
        _("Objectives, targets, programmes viable"),
        _(
            "Top management sees that objectives, targets and programmes can really be carried "
            "through."
        ),
        some_of=plans.viability_decisions,
        none_of=[
            plans.objectives_not_found_viable,
            plans.targets_not_found_viable,
            plans.programmes_not_found_viable,
            plans.objectives_without_owner,
            plans.targets_without_owner,
            plans.programmes_without_owner,
            plans.objectives_without_a_day_ahead,
            plans.targets_without_a_day_ahead,
            plans.programmes_without_a_day_ahead,
            resources.objectives_unfunded,
            resources.targets_unfunded,
            resources.programmes_unfunded,
        ],
        attested=SUITABLE,
    ),
    Requirement(
        "2022:5.1-8",
        _("Other security programmes complement the system"),
        _(
            "Top management sees that security programmes started elsewhere in the organization "
            "add to the system and do not cut across it."
        ),
        only_when=programmes.programmes_from_elsewhere,
        none_of=[
            programmes.outside_programmes_unchecked,
            programmes.outside_programmes_decided_by_nobody,
            programmes.outside_programmes_in_conflict,
        ],
        attested=SUITABLE,
    ),
    Requirement(
        "2022:5.1-9",
        _("People directed and supported"),
        _("Top management gives people direction and help so that they make the system work."),
        some_of=roles.assignments_with_a_declared_briefing,
        none_of=[
            roles.vacant_roles,
            roles.assignments_not_briefed,
            roles.assignments_not_supported,
        ],
        attested=Confirmation(
            _(
                "top management stands for having directed and supported people in their part of "
                "the system, and role holders say so too"
            ),
            by=Attester.TOP_MANAGEMENT,
            judged=True,
        ),
    ),
    Requirement(
        "2022:5.1-10",
        _("Continual improvement promoted"),
        _("Top management promotes continual improvement of the system."),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:5.1-11",
        _("Other leaders supported"),
        _(
            "Top management backs other relevant roles in showing leadership within their own "
            "areas."
        ),
        some_of=roles.leading_assignments,
        none_of=roles.leading_roles_without_powers,
        attested=Confirmation(
            _(
                "each line leader with a role in the system stands for having been backed by top "
                "management"
            ),
            judged=True,
        ),
        attested_by_each=roles.line_leaders,
    ),
    Clause("2022:5.2", _("Policy")),
    Clause("2022:5.2.1", _("Making the policy")),
    Requirement(
        "2022:5.2.1-p1",
        _("Top management establishes the policy"),
        _("A security policy exists that top management itself put in place."),
        some_of=policy.policies,
        none_of=[
            policy.policies_without_a_first_day,
            policy.unapproved_policies,
            policy.policies_others_approved,
            policy.policies_approved_late,
            policy.policies_with_a_newer_text,
        ],
    ),
    Requirement(
        "2022:5.2.1-a",
        _("Policy fits the purpose"),
        _("The policy suits what the organization exists to do."),
        some_of=policy.policies_in_force,
        cites=[policy.policies_in_force, policy.scopes_with_a_purpose],
        attested=Confirmation(
            _("top management stands for the policy fitting the recorded purpose and context"),
            by=Attester.TOP_MANAGEMENT,
            judged=True,
        ),
    ),
    Requirement(
        "2022:5.2.1-b",
        _("Policy frames objectives"),
        _("The policy gives a base from which security objectives are set."),
        some_of=commitments.commitments,
        none_of=[
            objectives.objectives_serving_no_commitment,
            objectives.commitments_without_objective,
        ],
        attested=READ,
    ),
    Requirement(
        "2022:5.2.1-c",
        _("Policy commits to meeting requirements"),
        _("The policy commits the organization to satisfying the requirements that apply to it."),
        some_of=policy.policies_with_a_text,
        none_of=policy.policies_without_meeting_requirements,
        cites=policy.policies_in_force,
        attested=READ,
    ),
    Requirement(
        "2022:5.2.1-d",
        _("Policy commits to improvement"),
        _("The policy commits the organization to keep improving the system."),
        some_of=policy.policies_with_a_text,
        none_of=policy.policies_without_improvement,
        cites=policy.policies_in_force,
        attested=READ,
    ),
    Requirement(
        "2022:5.2.1-e",
        _("Policy weighs side effects"),
        _(
            "Harm that the policy, objectives, targets and programmes could do elsewhere in the "
            "organization is thought about."
        ),
        some_of=plans.side_effect_notes,
        none_of=[
            plans.policies_without_side_effects_weighed,
            plans.objectives_without_side_effects_weighed,
            plans.targets_without_side_effects_weighed,
            plans.programmes_without_side_effects_weighed,
        ],
        attested=READ,
    ),
    Clause("2022:5.2.2", _("What the policy has to be")),
    Requirement(
        "2022:5.2.2-1",
        _("Policy agrees with other policies"),
        _("The policy does not clash with the organization's other policies."),
        some_of=comparisons.comparisons,
        none_of=[comparisons.policies_not_compared, comparisons.open_clashes],
        cites=policy.policies_in_force,
        attested=READ,
    ),
    Requirement(
        "2022:5.2.2-2",
        _("Policy agrees with the risk assessment"),
        _("The policy matches the picture given by the overall security risk assessment."),
        some_of=policy_risks.policies_citing_an_assessment,
        none_of=policy_risks.policies_older_than_the_assessment,
        cites=policy.policies_in_force,
        attested=READ,
    ),
    Requirement(
        "2022:5.2.2-3",
        _("Policy review on mergers and scope change"),
        _(
            "The policy says it will be reviewed when the organization buys, merges or changes its "
            "business scope in ways that could disturb the system."
        ),
        some_of=[policy.policies_reviewed_out_of_turn, policy.business_changes],
        needs=policy.policies_reviewed_out_of_turn,
        none_of=policy.changes_without_a_review_in_time,
    ),
    Requirement(
        "2022:5.2.2-4",
        _("Policy allocates accountability"),
        _(
            "The policy sets out who carries the main accountability and responsibility for what "
            "comes of it."
        ),
        some_of=commitments.commitments_with_role,
        none_of=[
            commitments.commitments_without_role,
            commitments.commitments_of_vacant_roles,
        ],
        cites=policy.policies_in_force,
        attested=READ,
    ),
    Requirement(
        "2022:5.2.2-5",
        _("Policy is documented information"),
        _("The policy is held as controlled documented information."),
        some_of=policy.policy_documents,
        none_of=[
            policy.policy_documents_out_of_control,
            policy.policy_documents_without_version,
            policy.policy_documents_without_owner,
            policy.policy_documents_past_review,
            policy.policies_without_document,
            policy.unapproved_policies,
            policy.policies_without_owner,
            policy.policies_past_review,
        ],
    ),
    Requirement(
        "2022:5.2.2-6",
        _("Policy communicated internally"),
        _("The policy has been communicated inside the organization."),
        some_of=recipients.receipts_with_a_declared_share,
        none_of=[
            recipients.people_without_the_policy,
            recipients.policies_acknowledged_by_too_few,
        ],
    ),
    Requirement(
        "2022:5.2.2-7",
        _("Policy available to interested parties"),
        _("Interested parties can obtain the policy, or a version fit for them, where suitable."),
        some_of=policy.policies_decided_for_others,
        none_of=[policy.policies_with_an_old_summary, policy_messages.unanswered_requests],
    ),
    Clause("2022:5.3", _("Roles and powers")),
    Requirement(
        "2022:5.3-p1",
        _("Roles assigned and communicated"),
        _(
            "Top management sees that duties and powers of the roles that matter are given out and "
            "made known."
        ),
        some_of=roles.assignments,
        none_of=[
            roles.vacant_roles,
            roles.roles_without_duties,
            roles.roles_without_powers,
            roles.assignments_others_made,
            roles.assignments_not_accepted,
        ],
    ),
    Requirement(
        "2022:5.3-a",
        _("Owner for conformity of the system"),
        _(
            "Top management gives someone the duty and power to keep the system conforming to the "
            "standard."
        ),
        some_of=roles.roles_that_uphold_conformity,
        none_of=[
            roles.conformity_roles_nobody_holds,
            roles.conformity_assignments_others_made,
        ],
    ),
    Requirement(
        "2022:5.3-b",
        _("Owner for reporting performance upward"),
        _(
            "Top management gives someone the duty and power to report to it on how the system "
            "performs."
        ),
        some_of=policy_messages.roles_with_a_declared_cadence,
        none_of=[
            roles.reporting_roles_nobody_holds,
            roles.reporting_assignments_others_made,
            policy_messages.roles_with_an_overdue_report,
        ],
    ),
]
