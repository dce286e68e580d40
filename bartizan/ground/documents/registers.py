"""What the registers of documented information show (7.5)."""

from django.utils.translation import gettext_lazy as _

from bartizan.ground.documents.models import (
    Acknowledgement,
    CoveredDuty,
    Disposal,
    Distribution,
    Document,
    DocumentClass,
    DocumentVersion,
    PointOfUse,
    RetentionRule,
    RetrievalSample,
    SuitableForm,
)
from bartizan.ground.records.register import KEEPING, About, Register

documents = Register(
    model=Document,
    clause="7.5",
    about=About(
        what=_(
            "Every policy, procedure, plan, form or record the system relies on, and every document"
            " of others it works with, whatever version each stands at."
        ),
        good=_(
            "Each has one reference, an owner who classified it, a place where the original lies,"
            " a review day, and one current version that everybody who needs it has."
        ),
        example=_(
            "SEC-PR-07 Visitors at the depots: procedure for staff, class internal, original in the"
            " quality folder, reviewed each March."
        ),
    ),
    columns=[
        "number",
        "reference",
        "title",
        "document_type",
        "document_class",
        "owner",
        "review_due",
        "status",
    ],
    filters=[
        "document_type",
        "document_class",
        "audience",
        "fulfils",
        "owner",
        "unit",
        "status",
    ],
    search=["number", "reference", "title", "purpose", "source"],
    sections={
        _("Document"): ["title", "reference", "document_type", "purpose", "audience", "fulfils"],
        _("Classification"): ["document_class", "classified_by", "classified_on"],
        _("Where it is and who may use it"): ["location", "access_rule"],
        _("Issued by others"): ["source", "edition", "edition_checked_on", "newer_edition"],
        _("End of its use"): [
            "archived_on",
            "archive_purpose",
            "archive_mark",
            "kept_until",
            "on_hold_since",
            "hold_reason",
        ],
        **KEEPING,
    },
)

document_versions = Register(
    model=DocumentVersion,
    clause="7.5.2",
    about=About(
        what=_("The texts of each document, one row for every version there ever was."),
        good=_(
            "Written by one person, reviewed by another and approved before it comes into effect;"
            " it says what it replaces and why. A version in effect is not edited: write the next."
        ),
        example=_("3.1, replaces 3.0: the new gate opens at 05:00; in effect from 1 March."),
    ),
    columns=[
        "number",
        "document",
        "label",
        "author",
        "reviewed_by",
        "effective_from",
        "withdrawn_on",
        "status",
    ],
    filters=["document", "author", "format", "language", "medium", "status"],
    search=["number", "title", "label", "body", "reason"],
    sections={
        _("Version"): ["document", "label", "predecessor", "reason"],
        _("Text"): ["body", "format", "language", "medium"],
        _("Release"): ["author", "reviewed_by", "reviewed_on", "effective_from"],
        _("End of its use"): ["withdrawn_on", "marked_obsolete_on"],
        _("Keeping"): ["owner", "unit", "sensitivity", "review_due"],
    },
)

covered_duties = Register(
    model=CoveredDuty,
    clause="7.5.1",
    about=About(
        what=_("Which of the matters the standard wants settled a procedure settles, and where."),
        good=_("Section numbers that a reader finds in the current text."),
    ),
    columns=["document", "duty", "place"],
    filters=["document", "duty"],
    search=["document__title", "place"],
    key=("document", "duty"),
    sections={_("Covered duty"): ["document", "duty", "place"]},
)

document_classes = Register(
    model=DocumentClass,
    clause="7.5.1",
    about=About(
        what=_("The classes of information and the care each gets: the classification scheme."),
        good=_("Few classes, each with rules people can follow without asking."),
        example=_("Routes and schedules: value high; dispatchers read, planners write."),
    ),
    columns=["number", "title", "value", "integrity", "owner", "review_due", "status"],
    filters=["value", "integrity", "owner", "status"],
    search=["number", "title", "access_rule", "storage_rule"],
    sections={
        _("Class"): ["title", "value", "integrity", "integrity_measure"],
        _("Rules"): ["access_rule", "storage_rule"],
        **KEEPING,
    },
)

retention_rules = Register(
    model=RetentionRule,
    clause="7.5.3",
    about=About(
        what=_("How long each class of information is kept, why, and how it ends."),
        good=_("One rule for every class; the legal basis named where there is one."),
        example=_("Gate logs: three years from when they were made, then erased."),
    ),
    columns=["number", "title", "document_class", "years", "counts_from", "owner", "status"],
    filters=["document_class", "counts_from", "owner", "status"],
    search=["number", "title", "legal_basis", "disposal"],
    sections={
        _("Rule"): ["title", "document_class", "years", "counts_from", "legal_basis", "disposal"],
        **KEEPING,
    },
)

suitable_forms = Register(
    model=SuitableForm,
    clause="7.5.2",
    about=About(
        what=_("In which format, language and medium each audience may be handed documents."),
        example=_("Contractors and visitors: print, Polish, paper."),
    ),
    columns=["audience", "format", "language", "medium"],
    filters=["audience", "format", "language", "medium"],
    search=["language"],
    key=("audience", "format", "language", "medium"),
    sections={_("Suitable form"): ["audience", "format", "language", "medium"]},
)

distribution = Register(
    model=Distribution,
    clause="7.5.3",
    about=About(
        what=_("Who is to have each document: a unit, the holders of a role, or one person."),
        good=_("Nobody who needs it is missing; nobody is on it who doesn't."),
    ),
    columns=["document", "unit", "role", "person", "asks_acknowledgement"],
    filters=["document", "unit", "role", "person"],
    search=["document__title"],
    key=("document", "unit", "role", "person"),
    sections={
        _("Distribution"): ["document", "unit", "role", "person", "asks_acknowledgement"],
    },
)

acknowledgements = Register(
    model=Acknowledgement,
    clause="7.5.3",
    about=About(
        what=_("Who received which version of a document, and who said that they have read it."),
    ),
    columns=["document_version", "person", "received_on", "acknowledged_on"],
    filters=["document_version", "person"],
    search=["document_version__title", "person__name"],
    key=("document_version", "person"),
    sections={
        _("Acknowledgement"): ["document_version", "person", "received_on", "acknowledged_on"],
    },
)

points_of_use = Register(
    model=PointOfUse,
    clause="7.5.3",
    about=About(
        what=_("Where documents have to be at hand, and what was found there at the last check."),
        good=_("Somebody went there and looked: the current version, within reach of the role."),
        example=_("Gatehouse north, visitor procedure: version 3.1 on the counter, 4 May."),
    ),
    columns=["number", "place", "document", "role", "checked_on", "found_version", "is_reachable"],
    filters=["document", "role", "is_reachable", "owner", "unit", "status"],
    search=["number", "title", "place"],
    sections={
        _("Point of use"): ["place", "document", "role"],
        _("Last check"): ["checked_on", "found_version", "is_reachable"],
        **KEEPING,
    },
)

retrieval_samples = Register(
    model=RetrievalSample,
    clause="7.5.3",
    about=About(
        what=_("Trials: somebody asks for a document and sees whether it comes and opens."),
    ),
    columns=["document", "on", "by", "was_found", "was_readable"],
    filters=["document", "by", "was_found", "was_readable"],
    search=["document__title", "note"],
    key=("document", "on", "by"),
    sections={
        _("Sample"): ["document", "on", "by", "was_found", "was_readable", "note"],
    },
)

disposals = Register(
    model=Disposal,
    clause="7.5.3",
    about=About(
        what=_("What was destroyed or handed over at the end of its time, how and by whom.")
    ),
    columns=["document", "on", "by", "method", "witness"],
    filters=["by", "witness"],
    search=["document__title", "method"],
    key=("document",),
    sections={_("Disposal"): ["document", "on", "by", "method", "witness"]},
)
