"""Clause 10: getting better, and putting right what went wrong."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Attester, Clause, Confirmation, Modality, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, SOUND, SUITABLE

IMPROVEMENT: list[Clause | Requirement] = [
    Clause("2022:10", _("Improvement")),
    Clause("2022:10.1", _("Getting better")),
    Requirement(
        "2022:10.1-p1",
        _("System continually improved"),
        _("The system is made more suitable, adequate and effective over and over."),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:10.1-p2",
        _("Openings sought without a trigger"),
        _("Openings to improve are looked for even when nothing has gone wrong."),
        modality=Modality.SHOULD,
    ),
    Clause("2022:10.2", _("Nonconformity and corrective action")),
    Requirement(
        "2022:10.2-a.1",
        _("Nonconformity controlled and corrected"),
        _("On a nonconformity, action brings it under control and corrects it."),
    ),
    Requirement(
        "2022:10.2-a.2",
        _("Consequences dealt with"),
        _("On a nonconformity, its consequences are dealt with."),
    ),
    Requirement(
        "2022:10.2-b.1",
        _("Nonconformity is reviewed"),
        _("Each nonconformity is reviewed when deciding whether its causes need removing."),
        attested=SOUND,
    ),
    Requirement(
        "2022:10.2-b.2",
        _("Causes of nonconformity determined"),
        _("The causes of each nonconformity are determined."),
        attested=SOUND,
    ),
    Requirement(
        "2022:10.2-b.3",
        _("Similar cases searched"),
        _("It is determined whether the like exists elsewhere or could arise."),
        attested=COMPLETE,
    ),
    Requirement(
        "2022:10.2-c",
        _("Needed action implemented"),
        _("Action found necessary is carried out."),
    ),
    Requirement(
        "2022:10.2-d",
        _("Effectiveness of correction reviewed"),
        _("Whether the corrective action worked is reviewed."),
        attested=SOUND,
    ),
    Requirement(
        "2022:10.2-e",
        _("System changed if needed"),
        _("The system is changed if the case calls for it."),
    ),
    Requirement(
        "2022:10.2-p1",
        _("Corrective action fits the effects"),
        _("Corrective actions are in keeping with what the nonconformities caused."),
        attested=Confirmation(
            _(
                "an approver who does not own the action stands for its size fitting the graded "
                "effects"
            ),
            by=Attester.NOT_THE_OWNER,
            judged=True,
        ),
    ),
    Requirement(
        "2022:10.2-1",
        _("Record of nonconformities and actions"),
        _("Records prove what the nonconformities were and what was done."),
    ),
    Requirement(
        "2022:10.2-2",
        _("Record of results"),
        _("Records prove what corrective action led to."),
    ),
    Requirement(
        "2022:10.2-3.1",
        _("Record of failure investigations"),
        _("Records prove that failures, near misses and false alarms were investigated."),
        attested=SOUND,
    ),
    Requirement(
        "2022:10.2-3.2",
        _("Record of incident investigations"),
        _("Records prove that security incidents and emergencies were investigated."),
        attested=SOUND,
    ),
    Requirement(
        "2022:10.2-3.3",
        _("Record of nonconformity investigations"),
        _("Records prove that security-related nonconformities were investigated."),
        attested=SOUND,
    ),
    Requirement(
        "2022:10.2-4",
        _("Record of mitigating action"),
        _("Records prove that the consequences of any of these cases were mitigated."),
    ),
    Requirement(
        "2022:10.2-p2",
        _("Proposed actions risk-checked first"),
        _(
            "Procedures have every proposed corrective action go through security risk assessment "
            "before it is carried out, save where waiting would endanger life or public safety."
        ),
    ),
    Requirement(
        "2022:10.2-p3",
        _("Action matches problem and risk"),
        _(
            "Corrective action against actual or potential causes is scaled to the problem and to "
            "the security risk likely to be met."
        ),
        attested=SOUND,
    ),
]
