"""Clause 6: what may happen, what is to be reached, and what changes."""

from bartizan.clauses.planning.models.assessments import (
    Consultation,
    NothingFound,
    RiskAssessment,
)
from bartizan.clauses.planning.models.changes import Change, Reassignment
from bartizan.clauses.planning.models.method import Dimension, RiskMethod
from bartizan.clauses.planning.models.objectives import (
    Objective,
    ObjectiveReading,
    PartyView,
    WeighedOption,
)
from bartizan.clauses.planning.models.programmes import Programme, ProgrammeStep
from bartizan.clauses.planning.models.reviews import PlanReview, SideEffectNote
from bartizan.clauses.planning.models.risks import AssessorView, Risk, RiskAcceptance
from bartizan.clauses.planning.models.systemrisks import PlanningNote, SystemRisk
from bartizan.clauses.planning.models.targets import Target, TargetReading
from bartizan.clauses.planning.models.threats import (
    EquipmentClass,
    InformationSource,
    Origin,
    Threat,
    Vulnerability,
)

__all__ = [
    "AssessorView",
    "Change",
    "Consultation",
    "Dimension",
    "EquipmentClass",
    "InformationSource",
    "NothingFound",
    "Objective",
    "ObjectiveReading",
    "Origin",
    "PartyView",
    "PlanReview",
    "PlanningNote",
    "Programme",
    "ProgrammeStep",
    "Reassignment",
    "Risk",
    "RiskAcceptance",
    "RiskAssessment",
    "RiskMethod",
    "SideEffectNote",
    "SystemRisk",
    "Target",
    "TargetReading",
    "Threat",
    "Vulnerability",
    "WeighedOption",
]
