"""Draft, clause 4.6: review by management."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.attested import SUITABLE

REVIEW: list[Clause | Requirement] = [
    Clause("dis:4.6", _("Review by management")),
    Requirement(
        "dis:4.6-p1",
        _("Top management reviews at planned intervals"),
        _(
            "Top management reviews the system as planned, for suitability, adequacy and "
            "effectiveness."
        ),
        attested=SUITABLE,
        maps_to=("2022:9.3.1-p1",),
    ),
    Requirement(
        "dis:4.6-p2",
        _("Review assesses improvement and change"),
        _(
            "Reviews judge openings to improve and the need to change the system, policy, "
            "objectives, threats and risks."
        ),
        maps_to=("2022:9.3.2-e", "2022:9.3.3-p2"),
    ),
    Requirement(
        "dis:4.6-p3",
        _("Review records retained"),
        _("Records of reviews are kept."),
        maps_to=("2022:9.3.3-p3",),
    ),
    Requirement(
        "dis:4.6-a",
        _("Input: audits and compliance evaluations"),
        _("The review covers results of audits and of compliance evaluations."),
        maps_to=("2022:9.3.2-f",),
    ),
    Requirement(
        "dis:4.6-b",
        _("Input: external communications"),
        _("The review covers messages from outside, complaints included."),
        maps_to=("2022:9.3.2-g",),
    ),
    Requirement(
        "dis:4.6-c",
        _("Input: security performance"),
        _("The review covers security performance."),
        maps_to=("2022:9.3.2-h",),
    ),
    Requirement(
        "dis:4.6-d",
        _("Input: attainment of objectives and targets"),
        _("The review covers how far objectives and targets were reached."),
        maps_to=("2022:9.3.2-i",),
    ),
    Requirement(
        "dis:4.6-e",
        _("Input: corrective and preventive action"),
        _("The review covers where corrective and preventive actions stand."),
        maps_to=("2022:9.3.2-j",),
    ),
    Requirement(
        "dis:4.6-f",
        _("Input: follow-up of former reviews"),
        _("The review covers follow-up of former reviews."),
        maps_to=("2022:9.3.2-k", "2022:9.3.2-a"),
    ),
    Requirement(
        "dis:4.6-g",
        _("Input: changing circumstances"),
        _(
            "The review covers changing circumstances, law and other security requirements among "
            "them."
        ),
        maps_to=("2022:9.3.2-l",),
    ),
    Requirement(
        "dis:4.6-h",
        _("Input: recommendations for improvement"),
        _("The review covers recommendations to improve."),
        maps_to=("2022:9.3.2-m",),
    ),
    Requirement(
        "dis:4.6-p4",
        _("Output: decisions and actions"),
        _(
            "The review ends in decisions and actions on changing policy, objectives, targets and "
            "other parts, in keeping with the commitment to improve."
        ),
        maps_to=("2022:9.3.3-p1", "2022:9.3.3-p2"),
    ),
]
