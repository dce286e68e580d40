"""Draft, clauses 4.5.4 and 4.5.5: records and audit."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Modality, Requirement
from bartizan.conformity.requirements.attested import LIVED, READ, SUITABLE
from bartizan.ground.documents.checks import control, procedures

AUDIT: list[Clause | Requirement] = [
    Clause("dis:4.5.4", _("Records")),
    Requirement(
        "dis:4.5.4-p1",
        _("Records to demonstrate conformity"),
        _(
            "Records are made and kept as needed to show conformity to own and the standard's "
            "requirements and the results reached."
        ),
        maps_to=("2022:7.5.1-a", "2022:8.1-p2"),
    ),
    Requirement(
        "dis:4.5.4-p2",
        _("Record control procedure"),
        _(
            "Procedures cover identifying, storing, protecting, retrieving, keeping and disposing "
            "of records."
        ),
        some_of=procedures.record_procedures,
        needs=[*map(procedures.settling, procedures.RECORD_CONTROL)],
        none_of=control.classes_without_retention_rule,
        maps_to=("2022:7.5.3-1", "2022:7.5.3-2", "2022:7.5.3-4"),
    ),
    Requirement(
        "dis:4.5.4-p3",
        _("Records legible, identifiable, traceable"),
        _("Records are, and stay, readable, identifiable and traceable."),
        some_of=control.kept_records,
        needs=control.records_read_on_trial,
        none_of=[
            control.records_without_reference,
            control.records_without_source,
            control.records_that_failed_a_trial,
        ],
        maps_to=("2022:7.5.3-2", "2022:7.5.2-1"),
    ),
    Requirement(
        "dis:4.5.4-p4",
        _("Electronic documents tamper proof"),
        _("Electronic documents are made so that tampering is prevented or shows."),
        modality=Modality.SHOULD,
        maps_to=("2022:7.5.3-b",),
        note=_("Broad successor; tamper-proofing not named."),
    ),
    Requirement(
        "dis:4.5.4-p5",
        _("Electronic documents backed up"),
        _("Electronic documents are securely backed up."),
        modality=Modality.SHOULD,
        maps_to=("2022:7.5.3-2",),
        note=_("Backup not named in 2022."),
    ),
    Requirement(
        "dis:4.5.4-p6",
        _("Electronic documents access-limited"),
        _("Electronic documents can be reached by entitled people alone."),
        modality=Modality.SHOULD,
        maps_to=("2022:7.5.1-p5", "2022:7.5.3-1"),
        note=_("Now a shall."),
    ),
    Clause("dis:4.5.5", _("Audit")),
    Requirement(
        "dis:4.5.5-p1",
        _("Audit programme established"),
        _("A security audit programme is set up, run and kept up."),
        maps_to=("2022:9.2.2-p1",),
    ),
    Requirement(
        "dis:4.5.5-p2",
        _("Audits at planned intervals"),
        _("Audits take place as planned."),
        maps_to=("2022:9.2.1-p1",),
    ),
    Requirement(
        "dis:4.5.5-a.i",
        _("Audit of conformity"),
        _("Audits find whether the system conforms to what was planned and to all of clause 4."),
        maps_to=("2022:9.2.1-a.1", "2022:9.2.1-a.2"),
    ),
    Requirement(
        "dis:4.5.5-a.ii",
        _("Audit of implementation"),
        _("Audits find whether it is properly put into practice and kept up."),
        attested=LIVED,
        maps_to=("2022:9.2.1-b",),
    ),
    Requirement(
        "dis:4.5.5-a.iii",
        _("Audit of effectiveness"),
        _("Audits find whether it works to meet policy and objectives."),
        attested=LIVED,
        maps_to=("2022:9.2.1-b", "2022:9.1-p3"),
    ),
    Requirement(
        "dis:4.5.5-b",
        _("Earlier audits reviewed"),
        _("Audits look again at former results and what was done about them."),
        attested=SUITABLE,
        maps_to=("2022:9.2.2-p2", "2022:9.2.2-f"),
    ),
    Requirement(
        "dis:4.5.5-c",
        _("Results given to management"),
        _("Audits inform management of what they found."),
        maps_to=("2022:9.2.2-c",),
    ),
    Requirement(
        "dis:4.5.5-d",
        _("Equipment and personnel deployment verified"),
        _("Audits check that security equipment and people are placed as they should be."),
        attested=LIVED,
        maps_to=("2022:9.2.2-d",),
    ),
    Requirement(
        "dis:4.5.5-p3",
        _("Programme based on risk and past audits"),
        _("Programme and schedule rest on threat and risk assessment and earlier audit results."),
        maps_to=("2022:9.2.2-p4",),
    ),
    Requirement(
        "dis:4.5.5-p4",
        _("Audit procedures complete"),
        _(
            "Audit procedures deal with scope, frequency, methods, competence, duties, conduct and "
            "reporting."
        ),
        attested=READ,
        maps_to=("2022:9.2.2-p5",),
    ),
    Requirement(
        "dis:4.5.5-p5",
        _("Auditors are independent"),
        _(
            "Where it can be done, audits are made by people with no direct duty for what is "
            "examined."
        ),
        attested=LIVED,
        maps_to=("2022:9.2.2-b",),
    ),
]
