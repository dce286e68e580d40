"""Clause 9.3: management review."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.attested import SUITABLE

REVIEW: list[Clause | Requirement] = [
    Clause("2022:9.3", _("Management review")),
    Clause("2022:9.3.1", _("Holding the review")),
    Requirement(
        "2022:9.3.1-p1",
        _("Top management reviews at planned intervals"),
        _(
            "Top management itself reviews the system as planned, for suitability, adequacy and "
            "effectiveness."
        ),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:9.3.1-p2",
        _("Results considered for improvement needs"),
        _(
            "Analysis, evaluation and review outputs are considered to find needs or openings to "
            "be taken up as continual improvement."
        ),
        attested=SUITABLE,
    ),
    Clause("2022:9.3.2", _("What goes in")),
    Requirement(
        "2022:9.3.2-a",
        _("Input: status of earlier actions"),
        _("The review covers where actions from former reviews stand."),
    ),
    Requirement(
        "2022:9.3.2-b",
        _("Input: changed issues"),
        _("The review covers changes in the context issues."),
    ),
    Requirement(
        "2022:9.3.2-c",
        _("Input: changed party needs"),
        _("The review covers changes in what interested parties need and expect."),
    ),
    Requirement(
        "2022:9.3.2-d.1",
        _("Input: nonconformity trends"),
        _("The review covers how nonconformities and corrective actions are trending."),
    ),
    Requirement(
        "2022:9.3.2-d.2",
        _("Input: measurement trends"),
        _("The review covers how monitoring and measuring results are trending."),
    ),
    Requirement(
        "2022:9.3.2-d.3",
        _("Input: audit result trends"),
        _("The review covers how audit results are trending."),
    ),
    Requirement(
        "2022:9.3.2-e",
        _("Input: improvement opportunities"),
        _("The review covers openings for continual improvement."),
    ),
    Requirement(
        "2022:9.3.2-f",
        _("Input: audits and compliance evaluations"),
        _(
            "The review covers what audits found and how checks of compliance with law and other "
            "accepted requirements came out."
        ),
    ),
    Requirement(
        "2022:9.3.2-g",
        _("Input: external communications and complaints"),
        _("The review covers messages from outside parties, complaints included."),
    ),
    Requirement(
        "2022:9.3.2-h",
        _("Input: security performance"),
        _("The review covers the organization's security performance."),
    ),
    Requirement(
        "2022:9.3.2-i",
        _("Input: attainment of objectives and targets"),
        _("The review covers how far objectives and targets were reached."),
    ),
    Requirement(
        "2022:9.3.2-j",
        _("Input: status of corrective actions"),
        _("The review covers where corrective actions stand."),
    ),
    Requirement(
        "2022:9.3.2-k",
        _("Input: follow-up of former reviews"),
        _("The review covers what was done to follow up former reviews."),
    ),
    Requirement(
        "2022:9.3.2-l",
        _("Input: changing circumstances"),
        _(
            "The review covers changing circumstances, new legal and other security requirements "
            "among them."
        ),
    ),
    Requirement(
        "2022:9.3.2-m",
        _("Input: recommendations for improvement"),
        _("The review covers recommendations to improve."),
    ),
    Clause("2022:9.3.3", _("What comes out")),
    Requirement(
        "2022:9.3.3-p1",
        _("Output: improvement decisions"),
        _("The review ends in decisions on openings for improvement."),
    ),
    Requirement(
        "2022:9.3.3-p2",
        _("Output: change decisions"),
        _("The review ends in decisions on whether the system must change."),
    ),
    Requirement(
        "2022:9.3.3-p3",
        _("Review results recorded"),
        _("Records prove what management reviews resulted in."),
    ),
]
