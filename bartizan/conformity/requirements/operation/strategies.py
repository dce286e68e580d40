"""Clause 8.5: strategies and treatments."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.operation.checks import controls, strategies, treatments
from bartizan.clauses.planning.checks import assessments, risks
from bartizan.conformity.requirement import Clause, Modality, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, SUITABLE
from bartizan.ground.documents.checks.procedures import settling
from bartizan.ground.documents.models import Duty

STRATEGIES: list[Clause | Requirement] = [
    Clause("2022:8.5", _("Strategies and treatments")),
    Clause("2022:8.5.1", _("Finding and choosing")),
    Requirement(
        "2022:8.5.1-p1",
        _("Systematic vulnerability and threat analysis"),
        _(
            "Systematic processes for analysing security vulnerabilities and threats are in place "
            "and kept up."
        ),
        modality=Modality.SHOULD,
        some_of=risks.analysed_risks,
        needs=[
            settling(Duty.RISK_FINDING),
        ],
        none_of=[
            assessments.assessments_overdue,
            risks.places_never_analysed,
            risks.partners_never_analysed,
        ],
        attested=COMPLETE,
    ),
    Requirement(
        "2022:8.5.1-p2",
        _("Security strategy selected from analysis"),
        _(
            "A strategy made of procedures, processes and treatments is identified and chosen on "
            "the basis of that analysis and the risk assessment."
        ),
        modality=Modality.SHOULD,
        some_of=strategies.strategies,
        none_of=[
            strategies.unapproved_strategies,
            strategies.strategies_without_assessment,
            strategies.strategies_on_an_old_assessment,
            strategies.strategies_without_analysis,
            strategies.strategies_without_components,
        ],
        attested=SUITABLE,
    ),
    Requirement(
        "2022:8.5.1-a",
        _("Options judged: maintain security"),
        _("Candidate options are judged on how far they keep the organization secure."),
        modality=Modality.SHOULD,
        some_of=strategies.options,
        none_of=[
            strategies.options_without_grade,
            strategies.strategies_with_one_grade_for_all,
        ],
    ),
    Requirement(
        "2022:8.5.1-b",
        _("Options judged: lower vulnerability"),
        _("Candidate options are judged on how far they make vulnerabilities less likely."),
        modality=Modality.SHOULD,
        some_of=strategies.options,
        none_of=strategies.options_without_vulnerabilities,
    ),
    Requirement(
        "2022:8.5.1-c",
        _("Options judged: lower threat realization"),
        _(
            "Candidate options are judged on how far they make it less likely that a threat comes "
            "true."
        ),
        modality=Modality.SHOULD,
        some_of=strategies.options,
        none_of=strategies.options_without_threats,
    ),
    Requirement(
        "2022:8.5.1-d",
        _("Options judged: limit control failure"),
        _(
            "Candidate options are judged on how far they make gaps in treatments shorter and less "
            "harmful."
        ),
        modality=Modality.SHOULD,
        some_of=strategies.options,
        none_of=strategies.options_silent_on_failure,
    ),
    Requirement(
        "2022:8.5.1-e",
        _("Options judged: resources available"),
        _("Candidate options are judged on whether enough means will be available."),
        modality=Modality.SHOULD,
        some_of=strategies.options,
        none_of=[
            strategies.options_without_means,
            strategies.options_beyond_the_means,
        ],
    ),
    Requirement(
        "2022:8.5.1-1",
        _("Selection meets protection requirements"),
        _("Choice looks at whether protection requirements are met."),
        modality=Modality.SHOULD,
        some_of=strategies.chosen_options,
        none_of=[
            strategies.strategies_without_demands,
            strategies.unmet_demands,
        ],
    ),
    Requirement(
        "2022:8.5.1-2",
        _("Selection weighs risk appetite"),
        _("Choice looks at how much risk, and what kind, may be taken."),
        modality=Modality.SHOULD,
        some_of=strategies.strategy_risks,
        none_of=[
            strategies.strategy_risks_without_residual,
            strategies.strategy_risks_above_appetite,
        ],
    ),
    Requirement(
        "2022:8.5.1-3",
        _("Selection weighs costs and benefits"),
        _("Choice looks at cost against benefit."),
        modality=Modality.SHOULD,
        some_of=strategies.chosen_options,
        none_of=[
            strategies.chosen_options_without_figures,
            strategies.choices_without_reason,
        ],
    ),
    Clause("2022:8.5.2", _("Means for them")),
    Requirement(
        "2022:8.5.2",
        _("Resources for selected treatments determined"),
        _(
            "The means needed to carry out the chosen procedures, processes and treatments are "
            "worked out."
        ),
        some_of=strategies.components_with_needs,
        none_of=[
            strategies.components_without_people,
            strategies.components_without_equipment,
            strategies.components_without_money,
            strategies.components_without_time,
        ],
    ),
    Clause("2022:8.5.3", _("Carrying them out")),
    Requirement(
        "2022:8.5.3",
        _("Selected treatments implemented and maintained"),
        _("Chosen treatments are put in place and kept working."),
        some_of=[
            controls.controls,
            treatments.plans,
        ],
        none_of=[
            treatments.late_plans,
            treatments.closed_plans_nobody_verified,
            treatments.missed_effects_without_action,
            controls.late_controls,
            controls.controls_out_of_order,
            controls.controls_without_check,
            controls.failed_checks_without_action,
        ],
        attested=SUITABLE,
    ),
]
