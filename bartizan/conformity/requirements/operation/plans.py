"""Clauses 8.6.1 to 8.6.3: plans, response teams, warning and communication."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.support.checks import both_ways
from bartizan.conformity.requirement import Clause, Modality, Requirement
from bartizan.conformity.requirements.attested import LIVED, READ, SUITABLE
from bartizan.ground.documents.checks import procedures

PLANS: list[Clause | Requirement] = [
    Clause("2022:8.6.1", _("Plans and the structure behind them")),
    Requirement(
        "2022:8.6.1-p1",
        _("Security plans and procedures documented"),
        _(
            "Security plans and procedures built on the chosen strategies and treatments exist in "
            "writing."
        ),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:8.6.1-p2",
        _("Structure for timely warning"),
        _(
            "A response structure is in place that warns and informs the parties concerned, in "
            "time, of vulnerabilities, imminent threats and ongoing violations."
        ),
        attested=LIVED,
    ),
    Requirement(
        "2022:8.6.1-p3",
        _("Structure provides plans for the event"),
        _(
            "The response structure supplies plans and procedures for running the organization "
            "while a threat is imminent or a violation goes on."
        ),
        attested=LIVED,
    ),
    Clause("2022:8.6.2", _("Response teams")),
    Requirement(
        "2022:8.6.2-p1",
        _("Responsible person or teams designated"),
        _("A structure names the person or teams that respond to vulnerabilities and threats."),
        attested=LIVED,
    ),
    Requirement(
        "2022:8.6.2-p2",
        _("Team duties identified, communicated, documented"),
        _(
            "Duties of each team or person, and how they relate to one another, are plain, told to "
            "those concerned and written down."
        ),
        attested=LIVED,
    ),
    Requirement(
        "2022:8.6.2-a",
        _("Teams can assess the threat"),
        _(
            "Between them the teams can judge the nature and reach of a threat and what it could "
            "do."
        ),
        modality=Modality.SHOULD,
        attested=LIVED,
    ),
    Requirement(
        "2022:8.6.2-b",
        _("Teams can compare with thresholds"),
        _(
            "Between them the teams can hold the impact against preset thresholds that call for a "
            "formal response."
        ),
        modality=Modality.SHOULD,
        attested=LIVED,
    ),
    Requirement(
        "2022:8.6.2-c",
        _("Teams can activate response"),
        _("Between them the teams can start a suitable response."),
        modality=Modality.SHOULD,
        attested=LIVED,
    ),
    Requirement(
        "2022:8.6.2-d",
        _("Teams can plan actions"),
        _("Between them the teams can plan what has to be done."),
        modality=Modality.SHOULD,
        attested=LIVED,
    ),
    Requirement(
        "2022:8.6.2-e",
        _("Teams put life safety first"),
        _("Between them the teams set priorities with life safety ahead of everything."),
        modality=Modality.SHOULD,
        attested=LIVED,
    ),
    Requirement(
        "2022:8.6.2-f",
        _("Teams can monitor changing situation"),
        _(
            "Between them the teams can follow shifts in vulnerabilities, in what threat actors "
            "intend and can do, in violations, and in the response itself."
        ),
        modality=Modality.SHOULD,
        attested=LIVED,
    ),
    Requirement(
        "2022:8.6.2-g",
        _("Teams can activate treatments"),
        _("Between them the teams can switch on the security treatments."),
        modality=Modality.SHOULD,
        attested=LIVED,
    ),
    Requirement(
        "2022:8.6.2-h",
        _("Teams can communicate outward"),
        _("Between them the teams can speak with interested parties, authorities and media."),
        modality=Modality.SHOULD,
        attested=LIVED,
    ),
    Requirement(
        "2022:8.6.2-i",
        _("Teams contribute to communication plan"),
        _(
            "Between them the teams help shape a communication plan together with those managing "
            "communication."
        ),
        modality=Modality.SHOULD,
        attested=LIVED,
    ),
    Requirement(
        "2022:8.6.2-1",
        _("Staff and alternates identified"),
        _(
            "Each team has named people and stand-ins with the duty, power and competence their "
            "part needs."
        ),
        modality=Modality.SHOULD,
        attested=LIVED,
    ),
    Requirement(
        "2022:8.6.2-2",
        _("Procedures guide team actions"),
        _(
            "Each team has written procedures for activating, running, coordinating and "
            "communicating the response."
        ),
        modality=Modality.SHOULD,
    ),
    Clause("2022:8.6.3", _("Warning and communication")),
    Requirement(
        "2022:8.6.3-a",
        _("Procedure for communicating with parties"),
        _(
            "A kept-up procedure settles message content, timing, audience and means, inside and "
            "outside."
        ),
        modality=Modality.SHOULD,
        some_of=both_ways.message_procedures,
        needs=[*map(procedures.settling, both_ways.MESSAGES)],
        none_of=both_ways.message_procedures_past_review,
        attested=READ,
    ),
    Requirement(
        "2022:8.6.3-b",
        _("Procedure for incoming communications"),
        _(
            "A kept-up procedure covers receiving, recording and answering messages from parties, "
            "risk-advisory systems included."
        ),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.3-c",
        _("Procedure for available communication means"),
        _(
            "A kept-up procedure makes sure that means of communication hold up during a "
            "violation, vulnerability or threat."
        ),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.3-d",
        _("Procedure for contact with responders"),
        _(
            "A kept-up procedure gives a structured way to communicate with those responding to "
            "threats and violations."
        ),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.3-e",
        _("Procedure for media response"),
        _(
            "A kept-up procedure sets out the media response after a violation, with a "
            "communications strategy."
        ),
        modality=Modality.SHOULD,
        some_of=both_ways.media_procedures,
        needs=[*map(procedures.settling, both_ways.MEDIA)],
        attested=READ,
    ),
    Requirement(
        "2022:8.6.3-f",
        _("Procedure for recording the event"),
        _("A kept-up procedure has the violation's details, actions and decisions recorded."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.3-1",
        _("Affected parties alerted"),
        _("Where it applies, those whom a violation, under way or looming, could hit are alerted."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.3-2",
        _("Responding organizations coordinated"),
        _("Where it applies, several responding organizations are coordinated and kept in touch."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.3-p1",
        _("Warning procedures exercised"),
        _(
            "Warning and communication procedures are exercised within the testing and training "
            "programme."
        ),
        attested=LIVED,
    ),
]
