"""Documented information (7.5): what there is, which version counts, and how it is kept.

A `Document` is what an organization speaks of ("the visitor procedure"); each `DocumentVersion`
is one text of it, written here in Markdown or attached as a file. Which version is the current
one is not written down anywhere: it is the newest approved one that has come into effect, so
there is always at most one.
"""

from bartizan.ground.documents.models.documents import Document, DocumentVersion
from bartizan.ground.documents.models.forms import Audience, Format, Medium, SuitableForm
from bartizan.ground.documents.models.keeping import DocumentClass, RetentionRule
from bartizan.ground.documents.models.use import (
    Acknowledgement,
    CoveredDuty,
    Disposal,
    Distribution,
    Duty,
    PointOfUse,
    RetrievalSample,
)

__all__ = [
    "Acknowledgement",
    "Audience",
    "CoveredDuty",
    "Disposal",
    "Distribution",
    "Document",
    "DocumentClass",
    "DocumentVersion",
    "Duty",
    "Format",
    "Medium",
    "PointOfUse",
    "RetentionRule",
    "RetrievalSample",
    "SuitableForm",
]
