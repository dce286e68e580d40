"""Draft, clauses 4.3.3 to 4.3.5: objectives, targets and programmes."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.planning.checks import objectives, plans, programmes, targets
from bartizan.clauses.support.checks import told
from bartizan.conformity.requirement import Attester, Clause, Confirmation, Requirement
from bartizan.conformity.requirements.attested import READ, SUITABLE

OBJECTIVES: list[Clause | Requirement] = [
    Clause("dis:4.3.3", _("Objectives")),
    Requirement(
        "dis:4.3.3-p1",
        _("Documented objectives at functions and levels"),
        _(
            "Written security objectives exist and are kept up for the functions and levels "
            "concerned."
        ),
        some_of=plans.objectives,
        none_of=[objectives.units_without_objective, plans.unapproved_objectives],
        maps_to=("2022:6.2.1-p1", "2022:6.2.1-g"),
    ),
    Requirement(
        "dis:4.3.3-p2",
        _("Objectives derived from policy"),
        _("Objectives stem from, and fit, the policy."),
        some_of=plans.objectives,
        none_of=[
            objectives.objectives_serving_no_commitment,
            objectives.objectives_serving_an_old_commitment,
        ],
        attested=READ,
        maps_to=("2022:6.2.1-a",),
    ),
    Requirement(
        "dis:4.3.3-A.a",
        _("Objectives weigh legal requirements"),
        _("Legal and other security regulation is weighed when objectives are set or reviewed."),
        some_of=plans.objectives,
        none_of=objectives.objectives_with_no_obligation_weighed,
        attested=READ,
        maps_to=("2022:6.2.1-c",),
    ),
    Requirement(
        "dis:4.3.3-A.b",
        _("Objectives weigh threats and risks"),
        _("Security threats and risks are weighed when objectives are set or reviewed."),
        some_of=plans.objectives,
        none_of=objectives.objectives_with_no_risk_weighed,
        maps_to=("2022:6.1.3-c",),
    ),
    Requirement(
        "dis:4.3.3-A.c",
        _("Objectives weigh options"),
        _("Technological and other options are weighed when objectives are set or reviewed."),
        some_of=plans.approved_objectives,
        none_of=[
            objectives.objectives_without_options,
            objectives.objectives_with_a_choice_unexplained,
        ],
        attested=SUITABLE,
        maps_to=("2022:6.2.2-a",),
    ),
    Requirement(
        "dis:4.3.3-A.d",
        _("Objectives weigh business requirements"),
        _("Money, operations and business needs are weighed when objectives are set or reviewed."),
        some_of=plans.approved_objectives,
        none_of=objectives.objectives_with_business_needs_left_out,
        note=_("Not named in 2022; nearest is 'other options' in 6.2.2-a."),
    ),
    Requirement(
        "dis:4.3.3-A.e",
        _("Objectives weigh stakeholder views"),
        _("Views of fitting stakeholders are weighed when objectives are set or reviewed."),
        some_of=objectives.party_views,
        none_of=objectives.objectives_without_party_view,
        maps_to=("2022:6.2.2-b",),
    ),
    Requirement(
        "dis:4.3.3-B.a",
        _("Objectives match improvement commitment"),
        _("Objectives fit with the commitment to keep improving."),
        some_of=objectives.objectives_with_figures,
        none_of=[
            objectives.objectives_aiming_below_baseline,
            objectives.objectives_aiming_below_what_was_reached,
        ],
        attested=READ,
        maps_to=("2022:6.2.2-p1",),
    ),
    Requirement(
        "dis:4.3.3-B.b",
        _("Objectives are quantified"),
        _("Objectives carry figures where that can be done."),
        some_of=plans.objectives,
        none_of=[
            objectives.objectives_without_figure,
            objectives.unmeasured_objectives_not_approved,
        ],
        maps_to=("2022:6.2.1-b",),
    ),
    Requirement(
        "dis:4.3.3-B.c",
        _("Objectives told to staff and third parties"),
        _(
            "Employees and third parties, contractors too, are told the objectives so that each "
            "knows their own duties."
        ),
        some_of=told.communications_on_objectives,
        none_of=[
            told.objectives_nobody_has_to_know,
            told.objectives_untold_to_units,
            told.objectives_untold_to_parties,
        ],
        maps_to=("2022:6.2.1-e",),
    ),
    Requirement(
        "dis:4.3.3-B.d",
        _("Objectives periodically reviewed"),
        _("Objectives are reviewed at intervals so that they stay relevant and fit the policy."),
        some_of=objectives.reviewed_objectives,
        none_of=[objectives.objectives_past_review, objectives.objectives_older_than_the_policy],
        maps_to=("2022:6.2.1-f",),
    ),
    Requirement(
        "dis:4.3.3-p3",
        _("Objectives amended when necessary"),
        _("Objectives are changed when a review shows it to be called for."),
        some_of=plans.objective_reviews,
        none_of=plans.objective_amendments_missing,
        maps_to=("2022:6.2.1-f",),
    ),
    Clause("dis:4.3.4", _("Targets")),
    Requirement(
        "dis:4.3.4-p1",
        _("Documented targets exist"),
        _("Written targets suited to the organization's needs exist and are kept up."),
        some_of=plans.targets,
        none_of=targets.objectives_without_target,
        note=_(
            "No target clause in 2022, though 5.1-7, 5.2.1-e, 7.5.1, 8.4-c and 9.3.2-i still "
            "mention targets."
        ),
    ),
    Requirement(
        "dis:4.3.4-p2",
        _("Targets derived from objectives"),
        _("Targets stem from, and fit, the objectives."),
        some_of=plans.targets,
        none_of=[targets.targets_of_no_live_objective, targets.targets_without_measure],
    ),
    Requirement(
        "dis:4.3.4-a",
        _("Targets suitably detailed"),
        _("Targets go into as much detail as is fitting."),
        some_of=plans.targets,
        none_of=targets.targets_binding_nothing,
        cites=plans.live_targets,
        attested=Confirmation(
            _(
                "a superior of the owner stands for the target being detailed enough to act on at "
                "its level"
            ),
            by=Attester.NOT_THE_OWNER,
            judged=True,
        ),
    ),
    Requirement(
        "dis:4.3.4-b",
        _("Targets meet SMART test"),
        _(
            "Targets pass the SMART test (precise, countable, reachable, to the point, dated) "
            "where that can be done."
        ),
        some_of=plans.targets,
        none_of=[targets.targets_not_smart, targets.unsmart_targets_not_approved],
        note=_(
            "Only measurability survives, for objectives (6.2.1-b), and completion date (6.2.2-4)."
        ),
    ),
    Requirement(
        "dis:4.3.4-c",
        _("Targets told to staff and third parties"),
        _(
            "Employees and third parties, contractors too, are told the targets so that each knows "
            "their own duties."
        ),
        some_of=told.communications_on_targets,
        none_of=[
            told.targets_nobody_has_to_know,
            told.targets_untold_to_units,
            told.targets_untold_to_parties,
        ],
    ),
    Requirement(
        "dis:4.3.4-d",
        _("Targets periodically reviewed"),
        _("Targets are reviewed at intervals so that they stay relevant and fit the objectives."),
        some_of=targets.reviewed_targets,
        none_of=[targets.targets_past_review, targets.targets_older_than_their_objective],
    ),
    Requirement(
        "dis:4.3.4-p3",
        _("Targets amended when necessary"),
        _("Targets are changed when a review shows it to be called for."),
        some_of=plans.target_reviews,
        none_of=plans.target_amendments_missing,
    ),
    Clause("dis:4.3.5", _("Programmes")),
    Requirement(
        "dis:4.3.5-p1",
        _("Programmes are established"),
        _("Programmes for reaching objectives and targets exist, run and are kept up."),
        some_of=plans.programmes,
        none_of=[programmes.objectives_without_programme, programmes.targets_without_programme],
        maps_to=("2022:6.2.2-1",),
        note=_("Programme as an artefact replaced by planning to achieve objectives."),
    ),
    Requirement(
        "dis:4.3.5-p2",
        _("Programmes optimized then prioritized"),
        _("Programmes are made as good as they can be and then ranked."),
        some_of=programmes.ranked_programmes,
        none_of=[
            programmes.programmes_without_rank,
            programmes.programmes_ranked_before_compared,
            programmes.programmes_sharing_a_rank,
        ],
    ),
    Requirement(
        "dis:4.3.5-p3",
        _("Efficient, cost-effective implementation"),
        _("Provision is made to run programmes efficiently and at sensible cost."),
        some_of=programmes.programmes_with_cost,
        none_of=[
            programmes.programmes_without_budget_or_cost,
            programmes.programmes_overrun_undecided,
            programmes.programmes_efficiency_unreviewed,
        ],
    ),
    Requirement(
        "dis:4.3.5-a",
        _("Programme documents responsibility"),
        _("Programme documents say who has the duty and power to reach objectives and targets."),
        some_of=plans.programmes,
        none_of=[
            plans.unapproved_programmes,
            plans.programmes_without_responsible_role,
            plans.programmes_without_authorizing_role,
        ],
        maps_to=("2022:6.2.2-3", "2022:7.5.1-p1"),
    ),
    Requirement(
        "dis:4.3.5-b",
        _("Programme documents means and time"),
        _("Programme documents say by what means and when objectives and targets will be reached."),
        some_of=plans.programmes,
        none_of=[programmes.programmes_without_means, programmes.programmes_without_dated_steps],
        maps_to=("2022:6.2.2-2", "2022:6.2.2-4", "2022:7.5.1-p2"),
    ),
    Requirement(
        "dis:4.3.5-p4",
        _("Programmes periodically reviewed"),
        _(
            "Programmes are reviewed at intervals so that they keep working and fit objectives and "
            "targets."
        ),
        some_of=programmes.programme_reviews_under_an_interval,
        none_of=programmes.programmes_effect_unreviewed,
        note=_("Nearest in 2022 is viability under 5.1-7."),
    ),
    Requirement(
        "dis:4.3.5-p5",
        _("Programmes amended when necessary"),
        _("Programmes are changed when a review shows it to be called for."),
        some_of=plans.programme_reviews,
        none_of=plans.programme_amendments_missing,
    ),
]
