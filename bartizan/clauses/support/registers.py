"""What the registers of clause 7 show."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.support.models import (
    Channel,
    Communication,
    PartyClearance,
    PlannedCommunication,
    ResourceGrant,
    ResourceNeed,
    StaffingLevel,
)
from bartizan.ground.records.register import KEEPING, About, Register

resource_needs = Register(
    model=ResourceNeed,
    clause="7.1",
    about=About(
        what=_(
            "The means the system takes: people, money, equipment, information and time, for"
            " building it, running it, keeping it up and improving it. Link what each is for: it"
            " serves an objective, a programme, a treatment, a change."
        ),
        good=_(
            "An amount and a day; agreed or refused by somebody who can; what is missing is seen"
            " before it is missed, and the risk of a refusal is written down."
        ),
        example=_(
            "Running it, people: a second guard from 22:00 to 06:00 from 1 May. Agreed on 3 March;"
            " one of two granted."
        ),
    ),
    columns=[
        "number", "title", "sort", "stage", "amount", "measured_in", "due", "decision",
        "period_until", "owner",
    ],
    filters=["sort", "stage", "decision", "is_needed", "owner", "unit", "status"],
    search=["number", "title", "description"],
    sections={
        _("Need"): ["title", "sort", "stage", "is_needed", "description"],
        _("How much, and when"): [
            "amount", "measured_in", "due", "period_from", "period_until",
        ],
        _("Decision"): ["decision", "decided_by", "decided_on", "residual_risk"],
        _("Gap"): ["granted", "missing", "shortfall_decision"],
        **KEEPING,
    },
)  # fmt: skip

resource_grants = Register(
    model=ResourceGrant,
    clause="7.1",
    about=About(
        what=_("What was really given for each need, by whom and when."),
        good=_("Entered when it is there, not when it is promised."),
        example=_("40,000 EUR on 12 April, budget line 4711."),
    ),
    columns=["need", "amount", "granted_by", "granted_on", "note"],
    filters=["need", "granted_by"],
    search=["need__title", "note"],
    key=("need", "granted_on", "granted_by"),
    sections={_("Grant"): ["need", "amount", "granted_by", "granted_on", "note"]},
)

staffing_levels = Register(
    model=StaffingLevel,
    clause="7.1",
    about=About(
        what=_("How many people a role takes in each part of the organization."),
        good=_("The number comes from risks, shifts and gates, and somebody answers for a gap."),
        example=_("Gate guards at the north depot: 7, for one gate at three shifts and leave."),
    ),
    columns=["number", "title", "role", "unit", "needed", "since", "owner", "review_due"],
    filters=["role", "unit", "owner", "status"],
    search=["number", "title", "basis"],
    sections={
        _("Level"): ["title", "role", "needed", "since", "basis"],
        _("Today"): ["present", "short_of", "gap_decision"],
        **KEEPING,
    },
)

planned_communications = Register(
    model=PlannedCommunication,
    clause="7.4",
    about=About(
        what=_(
            "The communication plan: on what the organization speaks with people inside and"
            " outside, when, with whom, by which channel, and who does it."
        ),
        good=_(
            "Every interested party that matters is in it or is marked as needing nothing; the"
            " channel was tried lately; one role decides how sensitive the message is."
        ),
        example=_(
            "Incidents of the month, to all depots, every 30 days, by the notice on the driver"
            " portal; written by the security manager, released by the site manager."
        ),
    ),
    columns=[
        "number",
        "title",
        "side",
        "cadence_days",
        "channel",
        "by_role",
        "owner",
        "review_due",
    ],
    filters=["side", "is_sent", "is_received", "channel", "by_role", "owner", "unit", "status"],
    search=["number", "title", "subject", "trigger"],
    sections={
        _("What"): ["title", "side", "subject", "is_needed", "is_sent", "is_received"],
        _("When"): ["cadence_days", "starts_on", "planned_on", "trigger", "triggered_on"],
        _("With whom"): [
            "parties",
            "roles",
            "units",
            "with_employees",
            "with_contractors",
            "with_visitors",
        ],
        _("How and by whom"): ["channel", "by_role", "released_by_role"],
        **KEEPING,
    },
)

communications = Register(
    model=Communication,
    clause="7.4",
    about=About(
        what=_("The log of what was told and heard: to whom, when, about which records."),
        good=_(
            "Whoever reads it a year later sees what was said, to whom, which version it was"
            " about, and who had decided that it could go out. Link the records it is about."
        ),
        example=_("To all depots, 4 May: version 3 of the security policy is in force."),
    ),
    columns=[
        "number",
        "title",
        "purpose",
        "direction",
        "at",
        "author",
        "answer_due",
        "answered_on",
    ],
    filters=["purpose", "direction", "side", "planned", "channel", "owner", "unit", "status"],
    search=["number", "title", "gist", "answer"],
    sections={
        _("Message"): ["title", "purpose", "direction", "side", "planned", "gist", "told_version"],
        _("Sent or received"): ["at", "author", "signed_by", "channel"],
        _("Reached"): ["parties", "units", "roles", "people", "persons_count"],
        _("Release"): ["sensitivity", "classified_by", "classified_at"],
        _("Answer"): ["answer_due", "answered_on", "answer"],
        _("What became of it"): ["disposition", "disposition_reason", "disposition_by"],
        _("Keeping"): ["owner", "unit", "reviewed_on", "review_due"],
    },
)

channels = Register(
    model=Channel,
    clause="7.4",
    about=About(
        what=_("The means by which messages go out and come in, and when each was last tried."),
        good=_("Tried with those it is meant to reach, not only from the desk."),
        example=_("Driver alert by text message: 212 of 214 phones answered on 3 April."),
    ),
    columns=["name", "description", "tested_on", "tested_by", "test_passed"],
    filters=["test_passed"],
    search=["name", "description"],
    key=("name",),
    sections={
        _("Channel"): ["name", "description"],
        _("Last test"): ["tested_on", "tested_by", "test_passed"],
    },
)

party_clearances = Register(
    model=PartyClearance,
    clause="7.4",
    about=About(
        what=_("Up to which sensitivity each outside party may be told things, and why."),
        good=_("Public needs none. Anything above rests on an agreement or a law that is named."),
    ),
    columns=["party", "up_to", "ground", "since", "until"],
    filters=["party", "up_to"],
    search=["party__title", "ground"],
    key=("party", "since"),
    sections={_("Clearance"): ["party", "up_to", "ground", "since", "until"]},
)
