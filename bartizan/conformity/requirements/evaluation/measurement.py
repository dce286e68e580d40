"""Clause 9.1: measuring and evaluating."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, SUITABLE

MEASUREMENT: list[Clause | Requirement] = [
    Clause("2022:9.1", _("Measuring and evaluating")),
    Requirement(
        "2022:9.1-1",
        _("What to monitor and measure"),
        _("It is decided what has to be watched and measured."),
        attested=COMPLETE,
    ),
    Requirement(
        "2022:9.1-2",
        _("Methods giving valid results"),
        _(
            "Methods for monitoring, measuring, analysing and evaluating are decided so that "
            "results are valid."
        ),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:9.1-3",
        _("When to monitor and measure"),
        _("The timing of monitoring and measuring is decided."),
    ),
    Requirement(
        "2022:9.1-4",
        _("When to analyse and evaluate"),
        _("The timing for analysing and evaluating the results is decided."),
    ),
    Requirement(
        "2022:9.1-p1",
        _("Measurement results documented"),
        _("Records prove the results."),
    ),
    Requirement(
        "2022:9.1-p2",
        _("Security performance evaluated"),
        _("How well security performs is evaluated."),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:9.1-p3",
        _("System effectiveness evaluated"),
        _("Whether the system achieves what was planned is evaluated."),
        attested=SUITABLE,
    ),
]
