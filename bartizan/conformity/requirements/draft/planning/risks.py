"""Draft, clauses 4.3.1 and 4.3.2: security risk and obligations."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.context.checks import obligations
from bartizan.clauses.operation.checks import answers, results, treatments
from bartizan.clauses.planning.checks import assessments, method, risks
from bartizan.clauses.support.checks import contacts
from bartizan.conformity.requirement import Clause, Confirmation, Modality, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, SUITABLE
from bartizan.ground.documents.checks.procedures import settling
from bartizan.ground.documents.models import Duty

RISKS: list[Clause | Requirement] = [
    Clause("dis:4.3.1", _("Assessing security risk")),
    Requirement(
        "dis:4.3.1-p1",
        _("Procedures for ongoing risk identification"),
        _(
            "Procedures are set up and kept for finding and assessing threats and risks all the "
            "time."
        ),
        some_of=settling(Duty.RISK_FINDING),
        needs=assessments.latest_assessment,
        none_of=assessments.assessments_overdue,
        attested=SUITABLE,
        maps_to=("2022:8.3-p1", "2022:6.1.2-p1", "2022:8.5.1-p1"),
    ),
    Requirement(
        "dis:4.3.1-p2",
        _("Control measures identified and implemented"),
        _("The same procedures lead to needed control measures being found and put in place."),
        some_of=answers.risks_with_control,
        none_of=[
            answers.risks_to_treat_without_control,
            answers.late_controls_of_risks,
        ],
        maps_to=("2022:8.3-d", "2022:8.5.3"),
    ),
    Requirement(
        "dis:4.3.1-p3",
        _("Methods suit nature and scale"),
        _("Methods at the least fit the kind and size of operations."),
        modality=Modality.SHOULD,
        needs=method.approved_methods,
        none_of=[
            method.methods_without_fit,
            method.methods_not_reviewed_since_the_scope_changed,
        ],
        attested=Confirmation(
            _(
                "the owner of the risks stands for the method fitting the kind and size of "
                "operations"
            ),
            judged=True,
        ),
        cites=method.approved_methods,
        maps_to=("2022:4.2.3.4-p1",),
        note=_("Loose successor: proportionality is now a principle for the whole system."),
    ),
    Requirement(
        "dis:4.3.1-p4",
        _("Likelihood and all consequences considered"),
        _("The assessment weighs how likely an event is and everything it would lead to."),
        some_of=risks.scored_risks,
        none_of=risks.risks_not_rated_in_every_dimension,
        maps_to=("2022:8.3-b",),
        note=_(
            "Downgraded from shall to should in 2022, and likelihood and consequence are not named."
        ),
    ),
    Requirement(
        "dis:4.3.1-A.a",
        _("Physical failure risks"),
        _(
            "Consequences considered take in physical failure: breakdown, accidental or wilful "
            "damage, terror or crime."
        ),
        some_of=assessments.assessments_by_source,
        none_of=assessments.DAMAGE_AND_BREAKDOWN,
        attested=COMPLETE,
        maps_to=("2022:6.1.2-a",),
    ),
    Requirement(
        "dis:4.3.1-A.b",
        _("Operational threats and risks"),
        _(
            "Consequences considered take in operations: control of security, human factors and "
            "other activity that touches performance, condition or safety."
        ),
        some_of=assessments.operations_assessed,
        none_of=[
            assessments.operations_not_assessed,
            assessments.operations_not_assessed_for_people,
        ],
        attested=COMPLETE,
        maps_to=("2022:6.1.2-b",),
    ),
    Requirement(
        "dis:4.3.1-A.c",
        _("Natural environmental events"),
        _(
            "Consequences considered take in natural events that could knock out security measures "
            "and equipment."
        ),
        some_of=[
            assessments.natural_events,
            assessments.sites_with_nothing_to_fear,
        ],
        none_of=assessments.sites_not_assessed_for_nature,
        attested=COMPLETE,
        maps_to=("2022:6.1.2-b",),
    ),
    Requirement(
        "dis:4.3.1-A.d",
        _("Factors beyond control"),
        _(
            "Consequences considered take in what lies beyond the organization's control, like "
            "failing equipment or services from outside."
        ),
        some_of=assessments.critical_supplies,
        none_of=assessments.critical_supplies_not_assessed,
        attested=COMPLETE,
        maps_to=("2022:6.1.2-b", "2022:6.1.2-f"),
    ),
    Requirement(
        "dis:4.3.1-A.e",
        _("Stakeholder and reputation risks"),
        _(
            "Consequences considered take in stakeholder matters, like breach of regulation or "
            "harm to reputation or brand."
        ),
        some_of=assessments.assessments_by_source,
        none_of=assessments.STANDING,
        note=_("Reputation and brand no longer named in 2022; nearest are 4.2.1 and 8.6.3-e."),
    ),
    Requirement(
        "dis:4.3.1-A.f",
        _("Security equipment life cycle"),
        _(
            "Consequences considered take in design, fitting, replacing and maintaining security "
            "equipment."
        ),
        some_of=assessments.equipment_assessed,
        none_of=assessments.equipment_not_assessed_for_life,
        attested=COMPLETE,
        maps_to=("2022:6.1.2-c",),
    ),
    Requirement(
        "dis:4.3.1-A.g",
        _("Information and communications"),
        _("Consequences considered take in managing information, data and communications."),
        some_of=assessments.assessments_by_source,
        none_of=assessments.INFORMATION,
        attested=COMPLETE,
        maps_to=("2022:6.1.2-d",),
    ),
    Requirement(
        "dis:4.3.1-A.h",
        _("Continuity of operations"),
        _("Consequences considered take in whatever threatens to halt operations."),
        some_of=assessments.core_processes_assessed_for_standstill,
        none_of=assessments.core_processes_not_assessed_for_standstill,
        note=_(
            "Not in the 2022 assessment list; continuity surfaces only as plan content (8.6.4-d.3, "
            "should)."
        ),
    ),
    Requirement(
        "dis:4.3.1-B.a",
        _("Results feed objectives and targets"),
        _(
            "Assessment results and the effect of controls are considered for objectives and "
            "targets."
        ),
        some_of=results.objectives_citing_risks,
        none_of=[
            results.objectives_citing_no_risk,
            results.targets_citing_no_risk,
        ],
        maps_to=("2022:6.1.3-c",),
    ),
    Requirement(
        "dis:4.3.1-B.b",
        _("Results feed programmes"),
        _("Assessment results and the effect of controls are considered for programmes."),
        some_of=results.programmes_citing_risks,
        none_of=results.programmes_citing_no_risk,
        note=_("Programmes are not in the 2022 list; nearest is risk treatment (6.1.3-b)."),
    ),
    Requirement(
        "dis:4.3.1-B.c",
        _("Results feed design and installation"),
        _(
            "Assessment results are considered when requirements for design, specification and "
            "installation are set."
        ),
        attested=SUITABLE,
        maps_to=("2022:6.1.3-e",),
        note=_("Source does not say what is designed; 2022 settles it as the system itself."),
    ),
    Requirement(
        "dis:4.3.1-B.d",
        _("Results feed resources and staffing"),
        _("Assessment results are considered when means and staff numbers are settled."),
        some_of=treatments.plans_with_estimate,
        none_of=[
            treatments.plans_treating_nothing,
            treatments.plans_without_estimate,
        ],
        maps_to=("2022:6.1.3-f",),
    ),
    Requirement(
        "dis:4.3.1-B.e",
        _("Results feed training needs"),
        _("Assessment results are considered when training needs and skills are settled."),
        maps_to=("2022:6.1.3-g",),
    ),
    Requirement(
        "dis:4.3.1-B.f",
        _("Results feed operational controls"),
        _("Assessment results are considered when operational controls are built."),
        some_of=answers.controls_of_risks,
        none_of=[
            answers.controls_without_risk,
            answers.risks_to_treat_no_control_bears_on,
        ],
        maps_to=("2022:6.1.3-b", "2022:6.1.3-d"),
    ),
    Requirement(
        "dis:4.3.1-B.g",
        _("Results feed overall risk framework"),
        _(
            "Assessment results are considered in the organization's overall framework for threats "
            "and risks."
        ),
        some_of=risks.risks_passed_on,
        none_of=risks.top_risks_not_passed_on,
        maps_to=("2022:6.1.3-a",),
    ),
    Requirement(
        "dis:4.3.1-p5",
        _("Risk information documented and current"),
        _("The information on risks and how it is used is written down and kept current."),
        some_of=risks.risks,
        none_of=risks.risks_past_review,
        note=_(
            "2022 has no explicit duty to document risk results; it falls back on 7.5.1-b and "
            "8.1-p2."
        ),
    ),
    Requirement(
        "dis:4.3.1-C.a",
        _("Method defined and proactive"),
        _("The method's scope, nature and timing are laid down so that it acts ahead of events."),
        some_of=method.methods,
        needs=[
            method.approved_methods,
            assessments.assessments_ahead_of_events,
        ],
        none_of=method.methods_without_scope_nature_or_timing,
        attested=COMPLETE,
        maps_to=("2022:6.1.2-p1",),
    ),
    Requirement(
        "dis:4.3.1-C.b",
        _("Method collects threat information"),
        _("The method has information on threats and risks gathered."),
        some_of=method.information_sources,
        none_of=[
            method.sources_not_asked_in_time,
            method.sources_that_told_nothing,
        ],
        attested=COMPLETE,
        maps_to=("2022:6.1.2-e",),
    ),
    Requirement(
        "dis:4.3.1-C.c",
        _("Method classifies and selects risks"),
        _("The method grades threats and risks and says which to avoid, remove or control."),
        some_of=risks.scored_risks,
        none_of=[
            risks.risks_without_level,
            risks.undecided_risks,
        ],
        maps_to=("2022:8.3-a", "2022:8.3-c"),
        note=_("Downgraded from shall to should."),
    ),
    Requirement(
        "dis:4.3.1-C.d",
        _("Method monitors actions"),
        _("The method has actions watched for whether they work and are on time."),
        some_of=risks.actions_on_risks,
        none_of=[
            risks.actions_on_risks_overdue,
            risks.actions_on_risks_done_late,
            risks.actions_on_risks_not_judged,
        ],
        maps_to=("2022:6.1.1-b.2",),
    ),
    Clause("dis:4.3.2", _("Legal and other obligations")),
    Requirement(
        "dis:4.3.2-a",
        _("Procedure to identify and access obligations"),
        _(
            "A procedure finds, and gives access to, legal and other requirements subscribed to "
            "that concern its threats and risks."
        ),
        some_of=obligations.obligation_procedures,
        needs=[
            obligations.approved_obligation_procedures,
            obligations.timely_obligation_scans,
        ],
        none_of=obligations.obligations_without_text,
        attested=COMPLETE,
        maps_to=("2022:4.2.2-a",),
    ),
    Requirement(
        "dis:4.3.2-b",
        _("Procedure to determine application"),
        _("The procedure works out how those requirements bear on its threats and risks."),
        some_of=risks.obligations_with_application,
        none_of=[
            risks.obligations_without_application,
            risks.obligations_tied_to_no_risk,
        ],
        attested=COMPLETE,
        maps_to=("2022:4.2.2-a", "2022:4.2.2-b"),
    ),
    Requirement(
        "dis:4.3.2-p1",
        _("Obligation information current"),
        _("Information on obligations is kept current."),
        some_of=obligations.obligations_ever_checked,
        none_of=[
            obligations.obligations_without_interval,
            obligations.obligations_check_overdue,
            obligations.obligations_changed_since_check,
        ],
        maps_to=("2022:4.2.2-c",),
    ),
    Requirement(
        "dis:4.3.2-p2",
        _("Obligations communicated to people"),
        _(
            "Employees and third parties concerned, contractors too, are told what they need of "
            "the obligations."
        ),
        some_of=contacts.communications_on_obligations,
        none_of=[
            contacts.obligations_without_audience,
            contacts.obligations_untold_to_parties,
            contacts.obligations_untold_to_units,
        ],
        maps_to=("2022:4.2.2-d",),
    ),
]
