"""Draft, clause 4.2: the policy."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.context.checks import scope
from bartizan.clauses.leadership.checks import commitments, comparisons, policy, recipients
from bartizan.clauses.planning.checks import method, objectives, programmes, risks, targets
from bartizan.clauses.support.checks import policy_messages
from bartizan.conformity.requirement import Attester, Clause, Confirmation, Requirement
from bartizan.conformity.requirements.attested import READ

POLICY: list[Clause | Requirement] = [
    Clause("dis:4.2", _("Policy")),
    Requirement(
        "dis:4.2-p1",
        _("Top management authorizes policy"),
        _("Top management gives its authority to one overall security management policy."),
        some_of=policy.policies,
        none_of=[
            policy.policies_without_a_first_day,
            policy.unapproved_policies,
            policy.policies_others_approved,
            policy.policies_approved_late,
            policy.policies_with_a_newer_text,
        ],
        maps_to=("2022:5.2.1-p1",),
    ),
    Requirement(
        "dis:4.2-a",
        _("Policy agrees with other policies"),
        _("The policy does not clash with other policies of the organization."),
        some_of=comparisons.comparisons,
        none_of=[comparisons.policies_not_compared, comparisons.open_clashes],
        cites=policy.policies_in_force,
        attested=READ,
        maps_to=("2022:5.2.2-1",),
    ),
    Requirement(
        "dis:4.2-b",
        _("Policy frames objectives, targets, programmes"),
        _(
            "The policy gives the base on which specific objectives, targets and programmes can be "
            "drawn up."
        ),
        some_of=commitments.commitments,
        none_of=[
            objectives.objectives_serving_no_commitment,
            targets.targets_of_no_live_objective,
            programmes.programmes_without_target,
        ],
        attested=READ,
        maps_to=("2022:5.2.1-b",),
    ),
    Requirement(
        "dis:4.2-c",
        _("Policy agrees with risk framework"),
        _("The policy fits the overall framework for managing threats and risks."),
        some_of=method.policies_citing_the_method,
        none_of=method.policies_older_than_the_method,
        attested=READ,
        maps_to=("2022:5.2.2-2",),
    ),
    Requirement(
        "dis:4.2-d",
        _("Policy suits threats and scale"),
        _("The policy suits the threats faced and the kind and size of operations."),
        needs=[
            policy.policies_in_force,
            risks.threats,
            scope.approved_scopes,
        ],
        attested=Confirmation(
            _(
                "top management stands for the policy fitting the present threats and the kind and "
                "size of operations"
            ),
            by=Attester.TOP_MANAGEMENT,
            judged=True,
        ),
        cites=[
            policy.policies_in_force,
            risks.threats,
            scope.approved_scopes,
        ],
        maps_to=("2022:5.2.1-a",),
        note=_("2022 keeps 'fit for purpose' but no longer names threats, nature and scale."),
    ),
    Requirement(
        "dis:4.2-e",
        _("Policy states broad objectives"),
        _("The policy plainly states the overall security objectives."),
        some_of=objectives.policies_with_broad_objectives,
        none_of=objectives.policies_with_a_bare_objective,
        note=_("2022 asks only for a framework (5.2.1-b)."),
    ),
    Requirement(
        "dis:4.2-f",
        _("Policy commits to improvement"),
        _("The policy commits to keep improving the security management process."),
        some_of=policy.policies_with_a_text,
        none_of=policy.policies_without_improvement,
        cites=policy.policies_in_force,
        attested=READ,
        maps_to=("2022:5.2.1-d",),
    ),
    Requirement(
        "dis:4.2-g",
        _("Policy commits to legal compliance"),
        _(
            "The policy commits to comply with current law, regulation and other requirements "
            "subscribed to."
        ),
        some_of=policy.policies_with_a_text,
        none_of=[
            policy.policies_without_the_law,
            policy.policies_without_regulation,
            policy.policies_without_other_requirements,
        ],
        cites=policy.policies_in_force,
        attested=READ,
        maps_to=("2022:5.2.1-c",),
    ),
    Requirement(
        "dis:4.2-h",
        _("Policy visibly endorsed"),
        _("Top management's backing of the policy can be seen."),
        some_of=policy.signed_policies,
        none_of=[
            policy.policies_signed_by_others,
            policy.policies_signed_before_they_changed,
            policy.policies_with_unsigned_copies,
        ],
        maps_to=("2022:5.2.1-p1",),
        note=_("Visible endorsement as such is gone; 2022 needs top management to establish it."),
    ),
    Requirement(
        "dis:4.2-i",
        _("Policy documented, implemented, maintained"),
        _("The policy is written down, put into effect and kept up."),
        some_of=policy.policy_documents,
        needs=commitments.commitments,
        none_of=[
            policy.policy_documents_out_of_control,
            policy.policy_documents_without_version,
            policy.policy_documents_without_owner,
            policy.policy_documents_past_review,
            policy.policies_without_document,
            policy.unapproved_policies,
            policy.policies_without_owner,
            policy.policies_past_review,
            commitments.commitments_no_running_process_serves,
        ],
        maps_to=("2022:5.2.2-5", "2022:8.2-a"),
    ),
    Requirement(
        "dis:4.2-j",
        _("Policy told to staff and third parties"),
        _(
            "Employees and third parties concerned, contractors and visitors too, are told of the "
            "policy so that each knows their own duties."
        ),
        some_of=recipients.receipts,
        none_of=[
            recipients.employees_without_the_policy,
            recipients.contractors_without_the_policy,
            recipients.visitors_without_the_policy,
        ],
        maps_to=("2022:5.2.2-6", "2022:7.3-1"),
        note=_("2022 no longer names visitors and third parties here."),
    ),
    Requirement(
        "dis:4.2-k",
        _("Policy available to stakeholders"),
        _("Stakeholders can get the policy where fitting."),
        some_of=policy.policies_decided_for_others,
        none_of=[policy.policies_with_an_old_summary, policy_messages.unanswered_requests],
        maps_to=("2022:5.2.2-7",),
    ),
    Requirement(
        "dis:4.2-l",
        _("Policy review on mergers and scope change"),
        _(
            "The policy provides for its review on takeover, merger or a shift of business scope "
            "that could upset the system."
        ),
        some_of=[policy.policies_reviewed_out_of_turn, policy.business_changes],
        needs=policy.policies_reviewed_out_of_turn,
        none_of=policy.changes_without_a_review_in_time,
        maps_to=("2022:5.2.2-3",),
    ),
]
