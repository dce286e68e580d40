"""What the registers show that belong to no single clause: people, actions, declared figures.

The people stand here because their own floor lies below that of registers.
"""

from django.utils.translation import gettext_lazy as _

from bartizan.ground.people.models import Assignment, Authority, Person, Role, Unit
from bartizan.ground.records.models import Action, Approval, Declaration, Link
from bartizan.ground.records.register import KEEPING, About, Register

actions = Register(
    model=Action,
    clause="6.1.1",
    about=About(
        what=_("Work that somebody owes: what, who, by when, out of what, and whether it helped."),
        good=_("One owner, one day, and a measure that would show if it had no effect."),
        example=_(
            "Fit door sensors on the 14 trailers of the night service by 30 June; judged by"
            " openings outside the yard per month, which were 9 in May."
        ),
    ),
    columns=["number", "title", "source", "owner", "due", "done_on", "effect_verified_on"],
    filters=["owner", "unit", "status"],
    search=["number", "title", "description", "outcome"],
    sections={
        _("Work"): ["title", "source", "description", "due", "success_measure"],
        _("Result"): ["done_on", "outcome", "effect_verified_by", "effect_verified_on"],
        _("Delay"): ["escalated_on"],
        **KEEPING,
    },
)

declarations = Register(
    model=Declaration,
    clause="4.4",
    about=About(
        what=_(
            "Figures the organization sets for itself where the standard leaves them open: how"
            " often, how soon, how many. Checks read them here."
        ),
        good=_("Approved, with a reason somebody from outside would accept."),
        example=_("Channels are tested every 180 days, because phone lists change twice a year."),
    ),
    columns=["number", "title", "figure", "value", "owner", "review_due", "status"],
    filters=["figure", "owner", "status"],
    search=["number", "title", "rationale"],
    sections={_("Figure"): ["title", "figure", "value", "rationale"], **KEEPING},
)

people = Register(
    model=Person,
    clause="5.3",
    about=About(
        what=_("Everybody who works for the organization or answers to it, signing in or not."),
        good=_("Whoever leaves is switched off the same day: their sessions end at once."),
    ),
    columns=["name", "code", "email", "unit", "engagement", "is_active"],
    filters=["unit", "engagement", "is_active"],
    search=["name", "code", "email"],
    key=("code",),
    sections={
        _("Person"): ["name", "code", "email", "unit", "engagement", "language"],
        _("Access"): ["is_active", "left_on"],
    },
)

units = Register(
    model=Unit,
    clause="5.3",
    about=About(what=_("The parts of the organization, as a tree under the one whole.")),
    columns=["name", "code", "parent", "in_scope"],
    filters=["parent", "in_scope"],
    search=["name", "code"],
    key=("code",),
    sections={_("Unit"): ["name", "code", "parent", "in_scope"]},
)

roles = Register(
    model=Role,
    clause="5.3",
    about=About(
        what=_("What somebody answers for and may decide, whoever holds the role at the moment."),
        good=_(
            "Duties are written so that the holder could be asked about each one. Authorities are"
            " what the software lets the holder do: nothing else does."
        ),
        example=_(
            "Security manager: keeps the system conforming; may write and attest everything."
        ),
    ),
    columns=["name", "code", "reports_to", "is_top_management", "is_required", "revised_on"],
    filters=["is_top_management", "is_required", "is_retired"],
    search=["name", "code", "responsibilities"],
    key=("code",),
    sections={
        _("Role"): ["name", "code", "responsibilities", "reports_to", "revised_on"],
        _("Weight"): ["is_top_management", "is_leader", "is_required", "is_retired"],
        _("Duties the standard names"): ["upholds_conformity", "reports_performance"],
        _("Duties the draft edition names"): [
            "answers_for_design",
            "answers_for_upkeep",
            "answers_for_documents",
            "answers_for_improvement",
        ],
    },
)

authorities = Register(
    model=Authority,
    clause="5.3",
    about=About(what=_("The powers of each role. They are the permissions: there are no others.")),
    columns=["role", "verb", "over"],
    filters=["role", "verb"],
    search=["over"],
    key=("role", "verb", "over"),
    sections={_("Authority"): ["role", "verb", "over"]},
)

assignments = Register(
    model=Assignment,
    clause="5.3",
    about=About(
        what=_("Who holds which role, where, from when to when, and who stands in."),
        good=_("Appointed by top management, accepted by the holder after the last change."),
    ),
    columns=["role", "person", "unit", "since", "until", "deputy", "clearance", "accepted_on"],
    filters=["role", "person", "unit", "clearance"],
    search=["role__name", "person__name"],
    key=("role", "person", "unit", "since"),
    sections={
        _("Assignment"): ["role", "person", "unit", "since", "until", "deputy", "clearance"],
        _("Appointment"): [
            "appointed_by",
            "appointed_on",
            "accepted_on",
            "briefed_on",
            "supported_on",
        ],
    },
)

links = Register(
    model=Link,
    clause="4.4",
    about=About(what=_("Which record bears on which other one, and how.")),
    columns=["source", "relation", "target", "note"],
    key=("source", "target", "relation"),
    sections={_("Link"): ["source", "relation", "target", "note"]},
    has_pages=False,
)

approvals = Register(
    model=Approval,
    clause="7.5.2",
    about=About(what=_("Who signed off which version of which record.")),
    columns=["record", "version", "by", "on", "note"],
    key=("record", "version"),
    sections={_("Approval"): ["record", "version", "by", "on", "note"]},
    has_pages=False,
)
