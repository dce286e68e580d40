"""Draft, clause 4.5.3: failures and incidents, and the action they call for."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, SOUND

CORRECTION: list[Clause | Requirement] = [
    Clause("dis:4.5.3", _("Failures, incidents and action")),
    Requirement(
        "dis:4.5.3-a",
        _("Responsibility for preventive action"),
        _(
            "Procedures say who may and must evaluate and start preventive action on possible "
            "security failures."
        ),
        attested=COMPLETE,
        maps_to=("2022:6.1.1-2", "2022:10.2-b.3"),
        note=_("Preventive action as a term is gone; risk-based planning replaces it."),
    ),
    Requirement(
        "dis:4.5.3-b.i",
        _("Responsibility to investigate failures"),
        _("Procedures say who investigates failures, near misses and false alarms."),
        attested=SOUND,
        maps_to=("2022:10.2-3.1",),
    ),
    Requirement(
        "dis:4.5.3-b.ii",
        _("Responsibility to investigate incidents"),
        _("Procedures say who investigates incidents and emergencies."),
        attested=SOUND,
        maps_to=("2022:10.2-3.2",),
    ),
    Requirement(
        "dis:4.5.3-b.iii",
        _("Responsibility to investigate nonconformances"),
        _("Procedures say who investigates nonconformances."),
        attested=SOUND,
        maps_to=("2022:10.2-3.3", "2022:10.2-b.1"),
    ),
    Requirement(
        "dis:4.5.3-c",
        _("Responsibility to mitigate consequences"),
        _("Procedures say who acts to soften what such cases bring about."),
        maps_to=("2022:10.2-a.2", "2022:10.2-4"),
    ),
    Requirement(
        "dis:4.5.3-d",
        _("Responsibility for corrective action"),
        _("Procedures say who starts and completes corrective action."),
        maps_to=("2022:10.2-c",),
    ),
    Requirement(
        "dis:4.5.3-e",
        _("Responsibility to confirm effectiveness"),
        _("Procedures say who confirms that corrective action worked."),
        attested=SOUND,
        maps_to=("2022:10.2-d",),
    ),
    Requirement(
        "dis:4.5.3-p1",
        _("Proposed actions risk-checked first"),
        _(
            "Procedures have every corrective or preventive action put forward pass through risk "
            "assessment before start, save where delay endangers life or public safety."
        ),
        maps_to=("2022:10.2-p2",),
    ),
    Requirement(
        "dis:4.5.3-p2",
        _("Action matches problem and risk"),
        _(
            "Corrective or preventive action is scaled to the problem and to the exposure that is "
            "to be expected."
        ),
        attested=SOUND,
        maps_to=("2022:10.2-p3", "2022:10.2-p1"),
    ),
    Requirement(
        "dis:4.5.3-p3",
        _("Procedure changes implemented and recorded"),
        _("Changes to written procedures that come of such action are made and recorded."),
        maps_to=("2022:10.2-e",),
    ),
    Requirement(
        "dis:4.5.3-p4",
        _("Training included where necessary"),
        _("Training called for by those changes is given."),
        note=_("Subject of this clause is unclear in the source."),
    ),
]
