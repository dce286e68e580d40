"""Clause 9.2: internal audit."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.attested import LIVED, READ, SUITABLE

AUDIT: list[Clause | Requirement] = [
    Clause("2022:9.2", _("Internal audit")),
    Clause("2022:9.2.1", _("What audits are for")),
    Requirement(
        "2022:9.2.1-p1",
        _("Internal audits at planned intervals"),
        _("Internal audits take place as planned."),
    ),
    Requirement(
        "2022:9.2.1-a.1",
        _("Audit against own requirements"),
        _("Audits tell whether the system meets the rules the organization has set itself."),
    ),
    Requirement(
        "2022:9.2.1-a.2",
        _("Audit against the standard"),
        _("Audits tell whether the system meets the standard."),
    ),
    Requirement(
        "2022:9.2.1-b",
        _("Audit of implementation and upkeep"),
        _("Audits tell whether the system is put into practice and kept up effectively."),
        attested=LIVED,
    ),
    Clause("2022:9.2.2", _("Audit programme")),
    Requirement(
        "2022:9.2.2-p1",
        _("Audit programme established and maintained"),
        _(
            "A programme of audits is planned, set up, run and kept up, fixing how often, how, by "
            "whom, how planned and how reported."
        ),
    ),
    Requirement(
        "2022:9.2.2-p2",
        _("Programme weighs importance and past results"),
        _(
            "The programme takes account of how important processes are and what earlier audits "
            "found."
        ),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:9.2.2-a",
        _("Audit objectives, criteria and scope defined"),
        _("Each audit has its aims, criteria and scope fixed."),
    ),
    Requirement(
        "2022:9.2.2-b",
        _("Auditors objective and impartial"),
        _("Auditors are chosen and audits done so that the outcome is fair and unbiased."),
        attested=LIVED,
    ),
    Requirement(
        "2022:9.2.2-c",
        _("Results reported to managers"),
        _("Audit results go to the managers concerned."),
    ),
    Requirement(
        "2022:9.2.2-d",
        _("Equipment and personnel deployment verified"),
        _(
            "Audits check that security equipment and people are placed where and as they should "
            "be."
        ),
        attested=LIVED,
    ),
    Requirement(
        "2022:9.2.2-e",
        _("Corrective action without delay"),
        _("What audits find wrong, and why it went wrong, is put right without undue delay."),
    ),
    Requirement(
        "2022:9.2.2-f",
        _("Follow-up verifies and reports"),
        _("Follow-up checks that the actions were taken and reports the outcome."),
    ),
    Requirement(
        "2022:9.2.2-p3",
        _("Programme and result records"),
        _("Records prove that the programme is carried out and what audits found."),
    ),
    Requirement(
        "2022:9.2.2-p4",
        _("Programme based on risk and past audits"),
        _("Programme and schedule rest on risk assessment results and on earlier audit results."),
    ),
    Requirement(
        "2022:9.2.2-p5",
        _("Audit procedures complete"),
        _(
            "Audit procedures deal with scope, frequency, methods, competence, duties, and how "
            "audits are conducted and reported."
        ),
        attested=READ,
    ),
]
