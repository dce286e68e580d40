"""What the registers of clause 4 show."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.context.models import (
    ContextIssue,
    ExternalProvision,
    InterestedParty,
    Obligation,
    ObligationScan,
    OtherManagementSystem,
    PartyRequirement,
    PrincipleReview,
    ProvisionControl,
    Scope,
    ScopeElement,
)
from bartizan.ground.records.register import KEEPING, About, Register

context_issues = Register(
    model=ContextIssue,
    clause="4.1",
    about=About(
        what=_(
            "Circumstances, outside or inside the organization, that help or hinder what the"
            " security management system is meant to achieve. Whether climate change is one has to"
            " be decided: record it under that topic, as relevant or not, with the reason."
        ),
        good=_(
            "Each names the result it touches and what it does to it, has one owner and a day on"
            " which somebody looks at it again."
        ),
        example=_(
            "Cargo theft at motorway stops between two hubs has doubled since spring; it hinders"
            " loss-free delivery: drivers can no longer rest at open parking areas."
        ),
    ),
    columns=["number", "title", "origin", "topic", "direction", "owner", "review_due", "status"],
    filters=["origin", "topic", "direction", "is_relevant", "owner", "unit", "status"],
    search=["number", "title", "description", "effect"],
    sections={
        _("Issue"): [
            "title", "origin", "topic", "description", "identified_on", "source_changed_on",
        ],
        _("Effect"): ["affected_result", "direction", "effect"],
        _("Relevance"): ["is_relevant", "irrelevance_reason"],
        **KEEPING,
    },
)  # fmt: skip

interested_parties = Register(
    model=InterestedParty,
    clause="4.2.1",
    about=About(
        what=_(
            "Whoever has a stake that bears on security: they can affect it, are affected by it,"
            " or believe that they are. The owner looks after the relationship."
        ),
        good=_(
            "Says in two sentences why the stake bears on security, how often one is in touch,"
            " and what the party requires; where nothing was found, when and where one looked."
        ),
        example=_(
            "Port police of Example Harbour: leads when a container is opened unlawfully; expects"
            " a call within ten minutes and recordings kept for 30 days. In touch every 90 days."
        ),
    ),
    columns=[
        "number", "title", "category", "is_relevant", "contact_cadence_days", "owner",
        "review_due", "status",
    ],
    filters=["category", "is_relevant", "partner", "owner", "unit", "status"],
    search=["number", "title", "relevance", "contact"],
    sections={
        _("Party"): ["title", "category", "partner", "is_relevant", "relevance"],
        _("Relationship"): ["contact", "contact_cadence_days"],
        _("If it requires nothing"): ["none_found_on", "none_found_note"],
        **KEEPING,
    },
)  # fmt: skip

party_requirements = Register(
    model=PartyRequirement,
    clause="4.2.1",
    about=About(
        what=_(
            "What interested parties need or expect that matters to security, and for each whether"
            " the system takes it on. What answers one that is taken on is linked to it."
        ),
        good=_(
            "Decided by somebody on a day; answered by a process or a control; watched by one"
            " person; a gap has an action with a day."
        ),
        example=_(
            "A pharmaceutical customer expects that trailers are never left unattended. Taken on"
            " by the operations director on 3 March; answered by the rest-stop planning process."
        ),
    ),
    columns=[
        "number", "title", "party", "decision", "monitored_by", "last_checked", "owner", "status",
    ],
    filters=[
        "party", "nature", "is_binding", "decision", "monitored_by", "owner", "unit", "status",
    ],
    search=["number", "title", "description", "gap"],
    sections={
        _("Requirement"): [
            "title", "party", "nature", "description", "is_binding", "identified_on",
        ],
        _("Decision"): ["decision", "decided_by", "decided_on", "decision_reason"],
        _("Watching"): ["monitored_by", "last_checked"],
        _("Gap"): ["gap", "gap_noted_on", "gap_closed_on"],
        **KEEPING,
    },
)  # fmt: skip

obligations = Register(
    model=Obligation,
    clause="4.2.2",
    about=About(
        what=_(
            "Laws, regulations, permits, contracts and commitments of one's own that bear on"
            " security. What the system does about each that applies is linked to it."
        ),
        good=_(
            "One can open its text, knows whether and how it applies, when it was last held"
            " against its source, and who has to know of it."
        ),
        example=_(
            "Air cargo screening rule, section 6: consignments by air are screened before they"
            " leave our custody. Applies to the west hub from the first kilogram on."
        ),
    ),
    columns=[
        "number", "title", "nature", "jurisdiction", "applicability", "last_checked", "owner",
        "status",
    ],
    filters=["nature", "applicability", "owner", "unit", "status"],
    search=["number", "title", "source_reference", "summary", "application"],
    sections={
        _("Obligation"): [
            "title", "nature", "source_reference", "source_link", "jurisdiction", "summary",
            "identified_on",
        ],
        _("Applicability"): [
            "applicability", "applicability_reason", "application", "assessed_on",
        ],
        _("Kept current"): ["last_checked", "source_changed_on", "revised_on"],
        _("Who has to know"): ["audience_parties", "audience_units", "no_audience_reason"],
        **KEEPING,
    },
)  # fmt: skip

obligation_scans = Register(
    model=ObligationScan,
    clause="4.2.2",
    about=About(
        what=_(
            "Each time somebody looked for new and changed obligations, as a procedure says. How"
            " often that has to be is a declared figure."
        ),
        good=_(
            "Names every source and what it yielded, so that another person would find the same."
        ),
        example=_(
            "Official gazette, customs bulletin, two new customer contracts: one rule on drones"
            " over ports is new and became an entry; nothing else has changed."
        ),
    ),
    columns=["number", "title", "procedure", "carried_out_on", "owner", "status"],
    filters=["procedure", "owner", "unit", "status"],
    search=["number", "title", "sources", "findings"],
    sections={
        _("Scan"): ["title", "procedure", "carried_out_on", "sources", "findings"],
        **KEEPING,
    },
)

scopes = Register(
    model=Scope,
    clause="4.3",
    about=About(
        what=_(
            "Where the management system starts and stops. One scope is in force: approved, with"
            " its elements, and with the issues, requirements and obligations it considered."
        ),
        good=_(
            "Somebody from outside can tell of any site, process or stretch of road whether it is"
            " covered. Link each thing considered, with a note on what follows from it."
        ),
        example=_(
            "Carriage, storage and customs clearance of goods for third parties in two countries,"
            " from receipt to hand-over; the staff canteen is outside."
        ),
    ),
    columns=["number", "title", "version", "owner", "review_due", "status"],
    filters=["owner", "unit", "status"],
    search=["number", "title", "purpose", "coverage"],
    sections={
        _("Scope"): ["title", "purpose", "intended_results", "coverage"],
        _("Availability"): ["audience", "available_at"],
        **KEEPING,
    },
)

scope_elements = Register(
    model=ScopeElement,
    clause="4.3",
    about=About(
        what=_(
            "The processes, places, parts of the organization and stretches of the supply chain"
            " that a scope lists as in or out. Every place and process in use has to be one of"
            " them. A change here undoes the approval of the scope."
        ),
        good=_("Each is exactly one thing; what is out has a reason that holds."),
        example=_("Out: the sales office, because no goods and no security data pass through it."),
    ),
    columns=["number", "title", "scope", "inclusion", "process", "place", "part", "status"],
    filters=["scope", "inclusion", "status"],
    search=["number", "title", "segment", "reason"],
    sections={
        _("Element"): ["scope", "inclusion", "process", "place", "part", "segment", "reason"],
        **KEEPING,
    },
)

external_provisions = Register(
    model=ExternalProvision,
    clause="4.3",
    about=About(
        what=_(
            "Processes that somebody outside carries out: who, what exactly, which role answers"
            " for it here, and what the provider owes. Its controls are rows of their own."
        ),
        good=_("Every process said to be performed by somebody outside has one, with a control."),
        example=_(
            "Night guarding of the north depot by Example Guards: patrol every two hours, call"
            " within five minutes; the depot manager answers for it."
        ),
    ),
    columns=["number", "title", "process", "provider", "accountable_role", "owner", "status"],
    filters=["process", "provider", "accountable_role", "owner", "unit", "status"],
    search=["number", "title", "covers", "provider_duties"],
    sections={
        _("Provision"): ["title", "process", "provider", "covers"],
        _("Who owes what"): ["accountable_role", "provider_duties"],
        **KEEPING,
    },
)

provision_controls = Register(
    model=ProvisionControl,
    clause="4.3",
    about=About(
        what=_(
            "What keeps an external provision under control, and how its last check ended. How"
            " often controls are checked is a declared figure."
        ),
        good=_("Says what counts as failed. A failed check has an action that puts it right."),
        example=_("Unannounced visit at night, once a quarter: two of three patrols were logged."),
    ),
    columns=[
        "number", "title", "provision", "control_kind", "last_checked", "result", "owner", "status",
    ],
    filters=["provision", "control_kind", "result", "owner", "unit", "status"],
    search=["number", "title", "description", "result_note"],
    sections={
        _("Control"): ["title", "provision", "control_kind", "description"],
        _("Last check"): ["last_checked", "result", "result_note", "next_check"],
        **KEEPING,
    },
)  # fmt: skip

principle_reviews = Register(
    model=PrincipleReview,
    clause="4.2.3",
    about=About(
        what=_(
            "How each of the eight principles is applied here and how well, with the records that"
            " show it linked as cited. Top management stands for them by its attestation."
        ),
        good=_("Says what one would see on a visit, and cites at least one record that shows it."),
        example=_(
            "People involved: drivers' reports led to three of the last five route changes; cites"
            " the log of the spring meetings."
        ),
    ),
    columns=["number", "title", "principle", "rating", "owner", "review_due", "status"],
    filters=["principle", "rating", "owner", "unit", "status"],
    search=["number", "title", "application", "to_improve"],
    sections={
        _("Principle"): ["title", "principle", "application", "rating", "to_improve"],
        **KEEPING,
    },
)

other_management_systems = Register(
    model=OtherManagementSystem,
    clause="4.2.3.6",
    about=About(
        what=_(
            "The other management systems the organization runs. Link to each the processes and"
            " documents it shares with security management, or say why it stands alone."
        ),
        good=_("Complete: quality, environment, safety at work, information security, customs."),
        example=_(
            "Quality management after ISO 9001: shares document control and supplier choice."
        ),
    ),
    columns=["number", "title", "basis", "owner", "review_due", "status"],
    filters=["owner", "unit", "status"],
    search=["number", "title", "basis", "description"],
    sections={
        _("System"): ["title", "basis", "description", "stands_alone_reason"],
        **KEEPING,
    },
)
