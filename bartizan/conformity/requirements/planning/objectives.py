"""Clauses 6.2 and 6.3: objectives, the plans for reaching them, and changes to the system."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.planning.checks import changes, objectives, plans
from bartizan.clauses.support.checks import resources, told
from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.attested import READ, SUITABLE

OBJECTIVES: list[Clause | Requirement] = [
    Clause("2022:6.2", _("Objectives")),
    Clause("2022:6.2.1", _("Setting objectives")),
    Requirement(
        "2022:6.2.1-p1",
        _("Objectives set at functions and levels"),
        _("Security objectives exist for the functions and levels where they matter."),
        some_of=plans.objectives,
        none_of=objectives.units_without_objective,
    ),
    Requirement(
        "2022:6.2.1-a",
        _("Objectives agree with policy"),
        _("Objectives fit the security policy."),
        some_of=objectives.objectives_beside_a_policy,
        none_of=[
            objectives.objectives_serving_no_commitment,
            objectives.objectives_serving_an_old_commitment,
        ],
        attested=READ,
    ),
    Requirement(
        "2022:6.2.1-b",
        _("Objectives are measurable"),
        _("Objectives can be measured, unless that is not practicable."),
        some_of=plans.objectives,
        none_of=[
            objectives.objectives_without_measure,
            objectives.unmeasured_objectives_not_approved,
        ],
    ),
    Requirement(
        "2022:6.2.1-c",
        _("Objectives reflect applicable requirements"),
        _("Objectives allow for the requirements that apply."),
        some_of=plans.objectives,
        none_of=objectives.objectives_with_no_requirement_weighed,
        attested=READ,
    ),
    Requirement(
        "2022:6.2.1-d",
        _("Objectives are monitored"),
        _("Progress on objectives is watched."),
        some_of=objectives.readings,
        none_of=[objectives.objectives_without_cadence, objectives.objectives_reading_overdue],
    ),
    Requirement(
        "2022:6.2.1-e",
        _("Objectives are communicated"),
        _("Objectives are made known."),
        some_of=told.communications_on_objectives,
        none_of=[
            told.objectives_nobody_has_to_know,
            told.objectives_untold_to_units,
            told.objectives_untold_to_parties,
        ],
    ),
    Requirement(
        "2022:6.2.1-f",
        _("Objectives kept up to date"),
        _("Objectives are revised when called for."),
        some_of=objectives.reviewed_objectives,
        none_of=[
            objectives.objectives_past_review,
            objectives.objectives_older_than_the_policy,
            objectives.objectives_older_than_their_risks,
            objectives.objectives_older_than_their_requirements,
        ],
    ),
    Requirement(
        "2022:6.2.1-g",
        _("Objectives held as documents"),
        _("Objectives are held as controlled documented information."),
        some_of=plans.objectives,
        none_of=[
            plans.unapproved_objectives,
            objectives.objectives_of_nobody,
            objectives.objectives_without_day,
        ],
    ),
    Clause("2022:6.2.2", _("Plans for reaching them")),
    Requirement(
        "2022:6.2.2-1",
        _("Plan says what will be done"),
        _("Plans for reaching an objective say which actions will be taken."),
        some_of=[objectives.planned_actions, objectives.planned_steps],
        none_of=objectives.objectives_without_action,
    ),
    Requirement(
        "2022:6.2.2-2",
        _("Plan says what is needed"),
        _("Plans for reaching an objective say which means it takes."),
        some_of=[objectives.planned_actions, objectives.planned_steps],
        none_of=resources.objectives_without_means,
    ),
    Requirement(
        "2022:6.2.2-3",
        _("Plan says who is responsible"),
        _("Plans for reaching an objective name who answers for it."),
        some_of=[objectives.planned_actions, objectives.planned_steps],
        none_of=[
            plans.objectives_without_responsible_role,
            objectives.actions_of_nobody,
            objectives.steps_of_nobody,
        ],
    ),
    Requirement(
        "2022:6.2.2-4",
        _("Plan says completion date"),
        _("Plans for reaching an objective give the finish date."),
        some_of=[objectives.planned_actions, objectives.planned_steps],
        none_of=plans.objectives_without_a_day_ahead,
    ),
    Requirement(
        "2022:6.2.2-5",
        _("Plan says how results are judged"),
        _("Plans for reaching an objective say how its outcome will be evaluated."),
        some_of=[objectives.planned_actions, objectives.planned_steps],
        none_of=[
            objectives.objectives_without_test,
            objectives.objectives_without_evaluator,
            objectives.objectives_without_due_verdict,
        ],
    ),
    Requirement(
        "2022:6.2.2-a",
        _("Options considered for objectives"),
        _(
            "Options of several kinds (technology, people, administration and others) are weighed "
            "when objectives are set or reviewed."
        ),
        some_of=plans.approved_objectives,
        none_of=[
            objectives.objectives_without_options,
            objectives.objectives_with_a_single_option,
            objectives.objectives_with_a_choice_unexplained,
        ],
        attested=SUITABLE,
    ),
    Requirement(
        "2022:6.2.2-b",
        _("Party views and impacts considered"),
        _(
            "The views of suitable interested parties, and how they would be affected, are weighed "
            "for objectives."
        ),
        some_of=objectives.party_views,
        none_of=objectives.objectives_without_party_view,
    ),
    Requirement(
        "2022:6.2.2-p1",
        _("Objectives match improvement commitment"),
        _("Objectives fit with the commitment to keep improving."),
        some_of=objectives.objectives_with_figures,
        none_of=[
            objectives.objectives_aiming_below_baseline,
            objectives.objectives_aiming_below_what_was_reached,
        ],
        attested=READ,
    ),
    Clause("2022:6.3", _("Changes to the system")),
    Requirement(
        "2022:6.3-p1",
        _("System changes planned"),
        _("Changes to the system, including those from improvement, follow a plan."),
        some_of=changes.changes,
        none_of=[
            changes.changes_not_approved_before,
            changes.policies_changed_without_plan,
            changes.scopes_changed_without_plan,
            changes.processes_changed_without_plan,
            changes.roles_changed_without_plan,
            changes.plans_changed_without_plan,
        ],
    ),
    Requirement(
        "2022:6.3-a",
        _("Change purpose and consequences considered"),
        _("For each change, why it is made and what may follow from it are considered."),
        some_of=changes.changes,
        none_of=[
            changes.changes_without_purpose,
            changes.changes_without_consequences,
            changes.changes_begun_unapproved,
        ],
    ),
    Requirement(
        "2022:6.3-b",
        _("Integrity of system considered"),
        _("For each change, whether the system stays whole and coherent is considered."),
        some_of=changes.changes,
        none_of=[
            changes.changes_affecting_nothing,
            changes.changes_without_integrity,
            changes.changes_that_left_a_broken_link,
        ],
        attested=SUITABLE,
    ),
    Requirement(
        "2022:6.3-c",
        _("Resources for change considered"),
        _("For each change, whether the means are there is considered."),
        some_of=changes.changes,
        none_of=[changes.changes_without_resources, resources.changes_without_grant],
    ),
    Requirement(
        "2022:6.3-d",
        _("Duties under change considered"),
        _("For each change, who gains or loses duties and powers is considered."),
        some_of=changes.changes,
        none_of=[changes.changes_without_effect_on_roles, changes.reassignments_missing],
    ),
]
