"""What the registers of clause 6 show."""

from bartizan.clauses.planning.registers.risks import (
    assessor_views,
    consultations,
    equipment_classes,
    information_sources,
    nothing_found,
    risk_acceptances,
    risk_assessments,
    risk_methods,
    risks,
    threats,
    vulnerabilities,
)

__all__ = [
    "assessor_views",
    "consultations",
    "equipment_classes",
    "information_sources",
    "nothing_found",
    "risk_acceptances",
    "risk_assessments",
    "risk_methods",
    "risks",
    "threats",
    "vulnerabilities",
]
