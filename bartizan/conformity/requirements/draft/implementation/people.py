"""Draft, clauses 4.4.1 to 4.4.3: who answers, who is competent, who is told."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.context.checks import parties
from bartizan.clauses.leadership.checks import roles
from bartizan.clauses.planning.checks import plans, programmes, risks, structure
from bartizan.clauses.support.checks import both_ways, log, resources
from bartizan.conformity.requirement import Clause, Modality, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, LIVED, READ, SUITABLE
from bartizan.ground.documents.checks import procedures

PEOPLE: list[Clause | Requirement] = [
    Clause("dis:4.4.1", _("Structure, authority, responsibility")),
    Requirement(
        "dis:4.4.1-p1",
        _("Structure of roles maintained"),
        _(
            "A structure of roles, duties and powers that can deliver policy, objectives, targets "
            "and programmes is set up and kept."
        ),
        some_of=roles.roles,
        none_of=[
            structure.commitments_without_filled_role,
            plans.objectives_without_responsible_role,
            plans.targets_without_responsible_role,
            plans.programmes_without_responsible_role,
        ],
        maps_to=("2022:5.3-p1",),
    ),
    Requirement(
        "dis:4.4.1-p2",
        _("Roles defined, documented, communicated"),
        _("Roles, duties and powers are laid down, written and told to those who carry them out."),
        some_of=roles.described_roles,
        none_of=[
            roles.undescribed_roles,
            roles.vacant_roles,
            roles.current_assignments_not_accepted,
        ],
        maps_to=("2022:5.3-p1",),
    ),
    Requirement(
        "dis:4.4.1-a",
        _("Top manager appointed for system"),
        _(
            "Top management appoints one of its own members, whatever else they do, to answer for "
            "the system's design, upkeep, documents and improvement."
        ),
        some_of=roles.appointments_for_the_system,
        none_of=[
            roles.appointments_outside_top_management,
            roles.appointments_without_the_four_duties,
        ],
        maps_to=("2022:5.3-a",),
        note=_("2022 no longer needs a member of top management."),
    ),
    Requirement(
        "dis:4.4.1-b",
        _("Managers appointed for objectives"),
        _(
            "Top management appoints managers with the power to see objectives and targets carried "
            "out."
        ),
        some_of=structure.appointments_for_objectives,
        none_of=[plans.objectives_nobody_may_see_through, plans.targets_nobody_may_see_through],
        maps_to=("2022:6.2.2-3",),
    ),
    Requirement(
        "dis:4.4.1-c",
        _("Stakeholder expectations managed"),
        _(
            "Top management identifies and watches what stakeholders require and expect, and acts "
            "on it in good time."
        ),
        some_of=parties.party_requirements,
        none_of=[
            parties.requirements_without_interval,
            parties.requirements_check_overdue,
            parties.gaps_without_action,
            parties.gaps_with_late_action,
        ],
        attested=LIVED,
        maps_to=("2022:5.1-2", "2022:4.2.1-2"),
    ),
    Requirement(
        "dis:4.4.1-d",
        _("Resources made available"),
        _("Top management sees that enough means are there."),
        some_of=resources.resource_needs,
        none_of=[resources.needs_left_open, resources.agreed_needs_not_met],
        maps_to=("2022:5.1-4", "2022:7.1-p2"),
    ),
    Requirement(
        "dis:4.4.1-e",
        _("Adverse side effects considered"),
        _(
            "Top management thinks about harm that policy, objectives, targets and programmes may "
            "do elsewhere."
        ),
        some_of=plans.side_effect_notes,
        none_of=[
            plans.policies_without_side_effects_weighed,
            plans.objectives_without_side_effects_weighed,
            plans.targets_without_side_effects_weighed,
            plans.programmes_without_side_effects_weighed,
        ],
        attested=READ,
        maps_to=("2022:5.2.1-e",),
    ),
    Requirement(
        "dis:4.4.1-f",
        _("Other programmes complement system"),
        _("Top management sees that security programmes from elsewhere add to the system."),
        only_when=programmes.programmes_from_elsewhere,
        none_of=[
            programmes.outside_programmes_unchecked,
            programmes.outside_programmes_in_conflict,
        ],
        attested=SUITABLE,
        maps_to=("2022:5.1-8",),
    ),
    Requirement(
        "dis:4.4.1-g",
        _("Importance of security communicated"),
        _(
            "Top management tells the organization why security requirements must be kept for the "
            "policy to be honoured."
        ),
        some_of=log.messages_from_the_top,
        none_of=log.units_the_top_did_not_reach,
        attested=LIVED,
        maps_to=("2022:5.1-5",),
    ),
    Requirement(
        "dis:4.4.1-h",
        _("Risks in organizational assessments"),
        _(
            "Top management sees that security threats and risks get evaluated and put into wider "
            "assessments where fitting."
        ),
        some_of=risks.risks_passed_on,
        none_of=risks.top_risks_not_passed_on,
        maps_to=("2022:6.1.3-a",),
    ),
    Requirement(
        "dis:4.4.1-i",
        _("Objectives and programmes viable"),
        _("Top management sees that objectives, targets and programmes can be carried through."),
        some_of=plans.viability_decisions,
        none_of=[
            plans.objectives_not_found_viable,
            plans.targets_not_found_viable,
            plans.programmes_not_found_viable,
            resources.objectives_unfunded,
            resources.targets_unfunded,
            resources.programmes_unfunded,
        ],
        attested=SUITABLE,
        maps_to=("2022:5.1-7",),
    ),
    Clause("dis:4.4.2", _("Competence, training, awareness")),
    Requirement(
        "dis:4.4.2-p1",
        _("Personnel suitably qualified"),
        _(
            "Those who design, run and manage security equipment and processes are qualified by "
            "education, training or experience."
        ),
        attested=COMPLETE,
        maps_to=("2022:7.2-1", "2022:7.2-2.1"),
    ),
    Requirement(
        "dis:4.4.2-a",
        _("Aware why compliance matters"),
        _(
            "Procedures make people working for the organization aware why keeping to policy, "
            "procedures and requirements matters."
        ),
        attested=LIVED,
        maps_to=("2022:7.3-1", "2022:7.3-3"),
    ),
    Requirement(
        "dis:4.4.2-b",
        _("Aware of own duties"),
        _(
            "Procedures make them aware of their part in compliance, emergency readiness and "
            "response included."
        ),
        attested=LIVED,
        maps_to=("2022:7.3-4",),
    ),
    Requirement(
        "dis:4.4.2-c",
        _("Aware of departing from procedures"),
        _(
            "Procedures make them aware what may happen to security if they stray from operating "
            "procedures."
        ),
        attested=LIVED,
        maps_to=("2022:7.3-3",),
    ),
    Requirement(
        "dis:4.4.2-p2",
        _("Competence and training records kept"),
        _("Proof of competence, and of training taken, is kept."),
        maps_to=("2022:7.2-p1",),
    ),
    Clause("dis:4.4.3", _("Communication")),
    Requirement(
        "dis:4.4.3-p1",
        _("Procedures for two-way communication"),
        _(
            "Procedures see that security information goes to, and comes from, employees, "
            "contractors and other stakeholders."
        ),
        some_of=both_ways.two_way_procedures,
        needs=[
            *map(procedures.settling, both_ways.TWO_WAY),
            *map(both_ways.exchanged, both_ways.TWO_WAY),
        ],
        maps_to=("2022:7.4-p1", "2022:7.4-3"),
    ),
    Requirement(
        "dis:4.4.3-p2",
        _("Sensitivity considered before release"),
        _("How sensitive information is gets thought about before it is handed out."),
        modality=Modality.SHOULD,
        some_of=log.sent_communications,
        none_of=log.communications_not_classified_before,
        maps_to=("2022:7.4-5",),
        note=_("Upgraded from should to shall in 2022."),
    ),
]
