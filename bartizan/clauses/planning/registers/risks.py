"""What the registers of risks show: method, what is known, assessments, risks, acceptances."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.planning.models import (
    AssessorView,
    Consultation,
    EquipmentClass,
    InformationSource,
    NothingFound,
    Risk,
    RiskAcceptance,
    RiskAssessment,
    RiskMethod,
    Threat,
    Vulnerability,
)
from bartizan.clauses.planning.rating_forms import (
    RiskAcceptanceForm,
    RiskAssessmentForm,
    RiskForm,
    RiskMethodForm,
)
from bartizan.ground.records.register import KEEPING, About, Register

risks = Register(
    model=Risk,
    clause="6.1.2",
    about=About(
        what=_(
            "What may happen to people, goods and the supply chain, why, and what it would do;"
            " rated by the method, in the hands of one person, with a decision what to do about"
            " it. What holds it in check is linked to it."
        ),
        good=_(
            "Cause, event and consequence are three different things, and each is concrete enough"
            " to be disproved. It names the threat and the weakness it rests on and was rated by"
            " people who know the place."
        ),
        example=_(
            "Because loaded trailers stand unguarded for two hours at the border, it may happen"
            " that a seal is broken and goods are taken, so that a load of medicines is lost and"
            " the customer has to recall the rest."
        ),
    ),
    columns=[
        "number", "title", "origin", "place", "level", "level_word", "decision", "owner",
        "review_due", "status",
    ],
    filters=[
        "assessment", "origin", "threat", "place", "partner", "process", "level", "likelihood",
        "impact", "inherent_likelihood", "inherent_impact", "target_likelihood", "target_impact",
        "decision", "owner", "unit", "status",
    ],
    search=["number", "title", "cause", "event", "consequence"],
    sections={
        _("Risk"): ["title", "origin", "cause", "event", "consequence"],
        _("Where"): ["place", "partner", "leg", "process", "equipment"],
        _("What is known"): ["assessment", "threat", "vulnerability", "basis"],
        _("Rating as it stands"): [
            "likelihood", "impact_people", "impact_environment", "impact_assets",
            "impact_operations", "impact_reputation", "impact_law", "impact", "level",
            "level_word", "rated_on", "method", "rated_version",
        ],
        _("If nothing were done"): ["inherent_likelihood", "inherent_impact", "inherent_level"],
        _("As it is meant to become"): ["target_likelihood", "target_impact", "target_level"],
        _("In figures"): ["frequency", "loss_low", "loss_high"],
        _("Decision"): ["decision", "decision_reason", "decided_by", "decided_on"],
        _("Risk of the whole organization"): ["passed_on", "enterprise_reference"],
        **KEEPING,
    },
    form=RiskForm,
)  # fmt: skip

risk_acceptances = Register(
    model=RiskAcceptance,
    clause="8.3",
    about=About(
        what=_(
            "Who took on which risk as it stood, why, and until when. What the risk was at that"
            " moment is kept with it; a risk that has grown since is not the one accepted."
        ),
        good=_("Written by somebody entitled to approve the risk, with a near day of expiry."),
        example=_(
            "The director takes on the open parking at the weekend until the guarded area opens"
            " in May, on condition that no medicines are on those trailers."
        ),
    ),
    columns=["number", "title", "risk", "level_word", "accepted_by", "accepted_on", "expires_on"],
    filters=["risk", "accepted_by", "unit", "status"],
    search=["number", "title", "reason"],
    sections={
        _("Acceptance"): ["title", "risk", "reason", "conditions"],
        _("Signature"): ["accepted_by", "accepted_on", "expires_on"],
        _("The risk at that moment"): [
            "risk_version", "level", "level_word", "likelihood", "impact",
        ],
        **KEEPING,
    },
    form=RiskAcceptanceForm,
)  # fmt: skip

risk_assessments = Register(
    model=RiskAssessment,
    clause="6.1.2",
    about=About(
        what=_(
            "Each time the organization looked for risks: what it covered, who rated, by which"
            " method, from what. Its risks are rated on one page, the workspace."
        ),
        good=_(
            "Ahead of events, at intervals. Every source of risk is answered, by a risk or by why"
            " there is none; different views were heard before one was agreed on."
        ),
        example=_(
            "Yearly assessment of the whole system, 3 to 14 March, by seven people of four"
            " depots; made from last year's incidents, two police briefings and night walks."
        ),
    ),
    columns=[
        "number", "title", "occasion", "is_overall", "done_on", "method", "made_under", "owner",
        "status",
    ],
    filters=["occasion", "is_overall", "method", "owner", "unit", "status"],
    search=["number", "title", "scope", "inputs"],
    sections={
        _("Assessment"): ["title", "occasion", "is_overall", "scope", "started_on", "done_on"],
        _("How"): ["method", "method_version", "made_under", "team", "inputs"],
        _("People"): ["human_factors", "reconciliation"],
        **KEEPING,
    },
    form=RiskAssessmentForm,
)  # fmt: skip

nothing_found = Register(
    model=NothingFound,
    clause="6.1.2",
    about=About(
        what=_("Sources of risk that a team looked at and found nothing in, each with the reason."),
        good=_("Says what was looked at and what rules it out: somebody else could check it."),
        example=_("Equipment, replacement: no camera is due before 2031; spares are in stock."),
    ),
    columns=["assessment", "origin", "place", "partner", "process", "equipment", "reason"],
    filters=["assessment", "origin", "place", "partner", "process", "equipment"],
    search=["assessment__number", "reason"],
    key=("assessment", "origin", "place", "partner", "process", "equipment"),
    sections={
        _("Source without a risk"): ["assessment", "origin", "reason"],
        _("Looked at for"): ["place", "partner", "process", "equipment"],
    },
)

consultations = Register(
    model=Consultation,
    clause="6.1.2",
    about=About(
        what=_("Which interested parties were asked in the course of an assessment, and when."),
        good=_("Before the assessment was approved, so that what they said could still matter."),
        example=_("Port police, 7 March: thefts have moved from the quay to the truck stop."),
    ),
    columns=["assessment", "party", "consulted_on", "said"],
    filters=["assessment", "party"],
    search=["assessment__number", "party__title", "said"],
    key=("assessment", "party", "consulted_on"),
    sections={_("Consultation"): ["assessment", "party", "consulted_on", "said"]},
)

assessor_views = Register(
    model=AssessorView,
    clause="6.1.2",
    about=About(
        what=_("How single people of a team rate a risk, before the team agrees on one rating."),
        good=_("Written down before the talk, so that the loudest voice is not the only one."),
        example=_("The night shift rates theft at the fence likely; the office rated it rare."),
    ),
    columns=["assessment", "risk", "person", "likelihood", "impact", "view"],
    filters=["assessment", "risk", "person"],
    search=["assessment__number", "risk__number", "view"],
    key=("assessment", "risk", "person"),
    sections={
        _("View"): ["assessment", "risk", "person", "likelihood", "impact", "view"],
    },
)

risk_methods = Register(
    model=RiskMethod,
    clause="8.3",
    about=About(
        what=_(
            "How the organization finds and rates its risks: scales with a word for every step,"
            " the matrix, what is acceptable, how often one looks. It counts once approved."
        ),
        good=_(
            "Two teams that do not know each other rate the same risk alike, because every step"
            " says when it is chosen. Impact on people stands first."
        ),
        example=_(
            "Five steps of likelihood from “less than once in twenty years” to “every month”;"
            " whatever can kill somebody needs the director's acceptance."
        ),
    ),
    columns=["number", "title", "version", "interval_days", "owner", "review_due", "status"],
    filters=["owner", "unit", "status"],
    search=["number", "title", "scope", "criteria"],
    sections={
        _("Method"): ["title", "scope", "nature", "timing", "fit"],
        _("Likelihood and impact"): [
            "likelihood_scale", "people_scale", "environment_scale", "assets_scale",
            "operations_scale", "reputation_scale", "law_scale",
        ],
        _("Levels"): ["levels", "matrix", "appetite", "criteria", "rates_since"],
        _("How often, how fresh"): ["interval_days", "freshness_days", "currency"],
        _("Risk of the whole organization"): [
            "report_from", "enterprise_source", "enterprise_mapping",
        ],
        **KEEPING,
    },
    form=RiskMethodForm,
)  # fmt: skip

threats = Register(
    model=Threat,
    clause="6.1.2",
    about=About(
        what=_(
            "What somebody or something may do to the organization and its supply chain. A"
            " catalogue for this field comes with the program; add what is yours."
        ),
        good=_("Says from whom one knows, as of which day, and by what one would notice it."),
        example=_(
            "Fake carrier: somebody with a copied website and a stolen licence takes over a load"
            " from a freight exchange. The association warned of it on 4 May."
        ),
    ),
    columns=["number", "title", "origin", "learned_from", "known_on", "owner", "status"],
    filters=["origin", "learned_from", "owner", "unit", "status"],
    search=["number", "title", "description", "signs"],
    sections={
        _("Threat"): ["title", "origin", "description", "signs", "entry"],
        _("What is known"): ["learned_from", "known_on"],
        **KEEPING,
    },
)

vulnerabilities = Register(
    model=Vulnerability,
    clause="6.1.2",
    about=About(
        what=_("Where the organization or its supply chain is open to a threat."),
        good=_("Found by looking, not by guessing: says how, when, and what it takes to use it."),
        example=_("The north gate stays open for 30 seconds: a second vehicle fits through."),
    ),
    columns=["number", "title", "ease", "place", "partner", "known_on", "closed_on", "owner"],
    filters=["ease", "place", "partner", "process", "learned_from", "owner", "unit", "status"],
    search=["number", "title", "description"],
    sections={
        _("Vulnerability"): ["title", "description", "ease", "closed_on"],
        _("Where"): ["place", "partner", "process"],
        _("What is known"): ["learned_from", "known_on"],
        **KEEPING,
    },
)

information_sources = Register(
    model=InformationSource,
    clause="6.1.2",
    about=About(
        what=_("Where one learns of threats and weaknesses, and how often somebody looks there."),
        good=_("Asked in time, and something in the registers of threats comes from it."),
        example=_("Weekly bulletin of the cargo protection association, read every Monday."),
    ),
    columns=["number", "title", "nature", "cadence_days", "last_asked", "owner", "status"],
    filters=["nature", "owner", "unit", "status"],
    search=["number", "title", "covers", "where"],
    sections={
        _("Source"): ["title", "nature", "covers", "where"],
        _("How often"): ["cadence_days", "last_asked"],
        **KEEPING,
    },
)

equipment_classes = Register(
    model=EquipmentClass,
    clause="6.1.2",
    about=About(
        what=_(
            "Kinds of security equipment in service. An assessment looks at each over its whole"
            " life: how it is designed, fitted, kept up and replaced."
        ),
        good=_("A class for what is bought, fitted and kept up alike; nothing is left out."),
        example=_("Cameras with their recorders and lines: gates, ramps and fences of all depots."),
    ),
    columns=["number", "title", "in_service_since", "out_of_service_on", "owner", "status"],
    filters=["owner", "unit", "status"],
    search=["number", "title", "description", "protects"],
    sections={
        _("Equipment"): ["title", "description", "protects"],
        _("In service"): ["in_service_since", "out_of_service_on"],
        **KEEPING,
    },
)
