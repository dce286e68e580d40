"""Draft, clauses 4.5.1 and 4.5.2: measuring and evaluating."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, SUITABLE

MEASUREMENT: list[Clause | Requirement] = [
    Clause("dis:4.5.1", _("Measuring and monitoring")),
    Requirement(
        "dis:4.5.1-p1",
        _("Procedures to measure the system"),
        _("Procedures exist to monitor and measure how the management system performs."),
        attested=COMPLETE,
        maps_to=("2022:9.1-1", "2022:9.1-2", "2022:9.1-p3"),
    ),
    Requirement(
        "dis:4.5.1-p2",
        _("Procedures to measure security performance"),
        _("Procedures exist to monitor and measure how security performs."),
        attested=COMPLETE,
        maps_to=("2022:9.1-1", "2022:9.1-2", "2022:9.1-p2"),
    ),
    Requirement(
        "dis:4.5.1-p3",
        _("Frequency set by risk"),
        _(
            "Threats, risks, and ways things wear down with what follows, are considered in "
            "setting how often key parameters are measured."
        ),
        maps_to=("2022:9.1-3",),
        note=_("2022 keeps the timing decision but not the link to risk and deterioration."),
    ),
    Requirement(
        "dis:4.5.1-a",
        _("Qualitative and quantitative measures"),
        _("Procedures provide both kinds of measure, suited to need."),
        attested=SUITABLE,
        maps_to=("2022:9.1-2",),
    ),
    Requirement(
        "dis:4.5.1-b",
        _("Policy, objectives, targets monitored"),
        _(
            "Procedures provide for watching how far the policy is honoured and objectives and "
            "targets are reached."
        ),
        maps_to=("2022:6.2.1-d", "2022:9.3.2-i"),
    ),
    Requirement(
        "dis:4.5.1-c",
        _("Proactive measures of performance"),
        _(
            "Procedures provide leading measures on compliance with programmes, control criteria "
            "and law."
        ),
        note=_("Proactive measures no longer named."),
    ),
    Requirement(
        "dis:4.5.1-d",
        _("Reactive measures of performance"),
        _(
            "Procedures provide lagging measures on decline, failures (close calls and false "
            "alerts too), incidents, nonconformities and other past signs of weakness."
        ),
        maps_to=("2022:9.3.2-d.1",),
        note=_("Kept as trend input; the kinds survive in 10.2-3.1 to 3.3."),
    ),
    Requirement(
        "dis:4.5.1-e",
        _("Results recorded for later analysis"),
        _(
            "Procedures provide for recording enough data to analyse corrective and preventive "
            "action later."
        ),
        maps_to=("2022:9.1-p1",),
    ),
    Requirement(
        "dis:4.5.1-p4",
        _("Calibration and maintenance procedures"),
        _(
            "Where monitoring equipment is used, procedures to calibrate and maintain it are "
            "required."
        ),
        note=_("Calibration dropped; only 'valid results' in 9.1-2 remains."),
    ),
    Requirement(
        "dis:4.5.1-p5",
        _("Calibration records retained"),
        _("Calibration and maintenance records are kept as long as law and policy ask."),
    ),
    Clause("dis:4.5.2", _("Evaluating the system")),
    Requirement(
        "dis:4.5.2-p1",
        _("Plans, procedures, capabilities evaluated"),
        _(
            "Plans, procedures and capabilities are evaluated by review, testing, post-incident "
            "report, lessons learned, performance evaluation and exercise."
        ),
        attested=SUITABLE,
        maps_to=("2022:9.1-p3", "2022:8.6.3-p1"),
        note=_("Partial: 2022 does not list these means of evaluation."),
    ),
    Requirement(
        "dis:4.5.2-p2",
        _("Significant changes reflected at once"),
        _("Big changes in those factors are put into the procedures straight away."),
        note=_("Source says 'must'; treated as shall. Nearest in 2022 is 10.2-e."),
    ),
    Requirement(
        "dis:4.5.2-p3",
        _("Legal compliance periodically evaluated"),
        _("Compliance with relevant law and regulation is evaluated at intervals."),
        maps_to=("2022:9.3.2-f",),
        note=_("In 2022 only implied, as an input to management review."),
    ),
    Requirement(
        "dis:4.5.2-p4",
        _("Industry practice compliance evaluated"),
        _("How far good industry practice is followed is evaluated at intervals."),
    ),
    Requirement(
        "dis:4.5.2-p5",
        _("Own policy conformance evaluated"),
        _("Conformance with own policy and objectives is evaluated at intervals."),
        maps_to=("2022:9.2.1-a.1", "2022:9.1-p2"),
    ),
    Requirement(
        "dis:4.5.2-p6",
        _("Evaluation results recorded"),
        _("Results of such evaluations are kept on record."),
        maps_to=("2022:9.1-p1",),
    ),
]
