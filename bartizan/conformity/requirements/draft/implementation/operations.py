"""Draft, clauses 4.4.6 and 4.4.7: operations and emergencies."""

from django.utils.translation import gettext_lazy as _

from bartizan.chain.checks import documents, nodes, processes
from bartizan.clauses.context.checks import obligations
from bartizan.clauses.leadership.checks import commitments, roles
from bartizan.clauses.operation.checks import answers, changes, downstream
from bartizan.clauses.planning.checks import objectives, programmes, risks
from bartizan.clauses.support.checks import providers
from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, LIVED, SUITABLE

OPERATIONS: list[Clause | Requirement] = [
    Clause("dis:4.4.6", _("Control of operations")),
    Requirement(
        "dis:4.4.6-A.a",
        _("Operations for policy identified"),
        _("Operations and activities needed for the policy are identified."),
        some_of=commitments.commitments_a_process_serves,
        none_of=commitments.commitments_no_process_serves,
        attested=COMPLETE,
        maps_to=("2022:8.2-a",),
    ),
    Requirement(
        "dis:4.4.6-A.b",
        _("Operations for controlling risks identified"),
        _(
            "Operations and activities needed to control identified threats and risks are "
            "identified."
        ),
        some_of=answers.risks_a_process_or_control_answers,
        none_of=answers.risks_nothing_answers,
        maps_to=("2022:6.1.3-d",),
        note=_(
            "Dropped from the list in 8.2; survives as risk evaluation feeding security management "
            "processes."
        ),
    ),
    Requirement(
        "dis:4.4.6-A.c",
        _("Operations for legal compliance identified"),
        _(
            "Operations and activities needed to satisfy security law and regulation are "
            "identified."
        ),
        some_of=obligations.processes_for_obligations,
        none_of=obligations.applicable_obligations_without_process,
        attested=COMPLETE,
        maps_to=("2022:8.2-b",),
    ),
    Requirement(
        "dis:4.4.6-A.d",
        _("Operations for objectives identified"),
        _("Operations and activities needed for objectives are identified."),
        some_of=objectives.objectives_served_by_a_process,
        none_of=objectives.objectives_without_process,
        attested=COMPLETE,
        maps_to=("2022:8.2-c",),
    ),
    Requirement(
        "dis:4.4.6-A.e",
        _("Operations for programmes identified"),
        _("Operations and activities needed to deliver programmes are identified."),
        some_of=programmes.programmes_served_by_a_process,
        none_of=programmes.programmes_without_process,
        attested=COMPLETE,
        maps_to=("2022:8.2-d",),
        note=_("2022 replaces programmes by the system itself."),
    ),
    Requirement(
        "dis:4.4.6-A.f",
        _("Operations for supply chain security identified"),
        _(
            "Operations and activities needed for the called-for level of chain security are "
            "identified."
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
        maps_to=("2022:8.2-e",),
    ),
    Requirement(
        "dis:4.4.6-B.a",
        _("Documented procedures for critical situations"),
        _(
            "Where lack of a procedure could make those operations fail, a written one exists, "
            "runs and is kept up."
        ),
        some_of=documents.processes_decided_on_procedure,
        none_of=[
            documents.processes_undecided_on_procedure,
            documents.processes_without_procedure,
            documents.processes_with_overdue_procedure,
        ],
        attested=SUITABLE,
        maps_to=("2022:8.1-p1", "2022:8.1-1", "2022:8.1-2"),
        note=_("2022 needs criteria and control, not documented procedures as such."),
    ),
    Requirement(
        "dis:4.4.6-B.b.1",
        _("Upstream threats evaluated"),
        _("Threats coming from upstream chain activity are evaluated."),
        some_of=[
            risks.upstream_places,
            risks.upstream_partners,
        ],
        none_of=[
            risks.upstream_places_not_evaluated,
            risks.upstream_partners_not_evaluated,
        ],
        attested=COMPLETE,
        maps_to=("2022:6.1.2-f",),
        note=_("Upstream no longer named in requirements; partial match."),
    ),
    Requirement(
        "dis:4.4.6-B.b.2",
        _("Controls protect downstream operators"),
        _("Controls lessen those effects on the organization and on operators downstream."),
        some_of=downstream.controls_for_downstream,
        none_of=downstream.upstream_risks_nobody_is_protected_from,
        attested=SUITABLE,
        maps_to=("2022:8.4-p6",),
        note=_("Protection of downstream operators is not explicit in 2022."),
    ),
    Requirement(
        "dis:4.4.6-B.c",
        _("Requirements told to suppliers"),
        _(
            "Requirements for goods and services that touch security are set, kept and told to "
            "suppliers and contractors."
        ),
        some_of=providers.provisions_with_requirements,
        none_of=[providers.providers_without_requirements, providers.requirements_not_told],
        maps_to=("2022:8.4-g", "2022:8.4-p6"),
        note=_("Telling suppliers is implied in 2022, not stated."),
    ),
    Requirement(
        "dis:4.4.6-p1",
        _("Controls over equipment life cycle"),
        _(
            "Procedures contain controls on designing, fitting, running, refurbishing and altering "
            "security equipment and instruments."
        ),
        attested=SUITABLE,
        maps_to=("2022:8.4-p2",),
    ),
    Requirement(
        "dis:4.4.6-p2",
        _("Risks weighed before new arrangements"),
        _("Threats and risks of revised or new arrangements are weighed before these start."),
        some_of=changes.changes,
        none_of=changes.changes_without_risk_check_in_time,
        maps_to=("2022:8.4-p3",),
    ),
    Requirement(
        "dis:4.4.6-C.a",
        _("Changes: structure, roles"),
        _("Revised structure, roles or duties are among the changes so weighed."),
        some_of=roles.roles,
        none_of=[
            changes.roles_revised_unassessed,
            changes.business_changes_unassessed,
        ],
        maps_to=("2022:8.4-a",),
    ),
    Requirement(
        "dis:4.4.6-C.b",
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
        maps_to=("2022:8.4-c",),
    ),
    Requirement(
        "dis:4.4.6-C.c",
        _("Changes: processes and procedures"),
        _("Revised processes and procedures are among the changes so weighed."),
        some_of=processes.processes,
        none_of=[
            changes.processes_revised_unassessed,
            changes.procedures_revised_unassessed,
        ],
        maps_to=("2022:8.4-d",),
    ),
    Requirement(
        "dis:4.4.6-C.d",
        _("Changes: infrastructure, equipment, technology"),
        _(
            "New infrastructure, equipment or technology, hardware or software, is among the "
            "changes so weighed."
        ),
        some_of=[
            changes.places_with_first_day,
            changes.equipment_with_first_day,
        ],
        none_of=[
            changes.places_opened_unassessed,
            changes.equipment_introduced_unassessed,
        ],
        maps_to=("2022:8.4-e",),
    ),
    Requirement(
        "dis:4.4.6-C.e",
        _("Changes: contractors, suppliers, personnel"),
        _("New contractors, suppliers or staff are among the changes so weighed, as suits."),
        some_of=changes.partners_with_first_day,
        none_of=[
            changes.partners_taken_on_unassessed,
            changes.starters_unassessed,
        ],
        maps_to=("2022:8.4-f",),
    ),
    Clause("dis:4.4.7", _("Emergencies")),
    Requirement(
        "dis:4.4.7-p1",
        _("Plans to identify and respond"),
        _(
            "Plans and procedures exist to spot possible incidents and emergencies and to respond "
            "to them."
        ),
        attested=SUITABLE,
        maps_to=("2022:8.6.1-p1", "2022:8.6.1-p3", "2022:8.6.4-p1"),
    ),
    Requirement(
        "dis:4.4.7-p2",
        _("Plans to prevent and mitigate"),
        _("They also serve to prevent and soften the likely consequences."),
        maps_to=("2022:8.6.4-d.1", "2022:8.6.4-d.2", "2022:8.6.4-d.3"),
        note=_("Successors are should-items."),
    ),
    Requirement(
        "dis:4.4.7-p3",
        _("Plans list emergency equipment and services"),
        _(
            "They tell how equipment, facilities or services needed during or after an event are "
            "provided and maintained."
        ),
        maps_to=("2022:8.6.4-6",),
        note=_("Downgraded to should; maintenance not named."),
    ),
    Requirement(
        "dis:4.4.7-p4",
        _("Emergency plans periodically reviewed"),
        _("Whether readiness, response and recovery plans work is reviewed at intervals."),
        maps_to=("2022:8.6.4-p1",),
        note=_("2022 says only 'maintain'."),
    ),
    Requirement(
        "dis:4.4.7-p5",
        _("Plans reviewed after events"),
        _(
            "Such a review above all follows incidents and emergencies caused by breaches and "
            "threats."
        ),
        note=_("No post-event plan review in 2022; nearest is 10.2-3.2 (investigation record)."),
    ),
    Requirement(
        "dis:4.4.7-p6",
        _("Emergency procedures tested"),
        _("Procedures are tested at intervals where that can be done."),
        attested=LIVED,
        maps_to=("2022:8.6.3-p1",),
        note=_("2022 requires exercising only of warning and communication procedures."),
    ),
]
