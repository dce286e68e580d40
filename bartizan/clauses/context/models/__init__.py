"""Clause 4: what surrounds the organization, who has a stake in it, and what it takes on."""

from bartizan.clauses.context.models.issues import ContextIssue
from bartizan.clauses.context.models.neighbours import OtherManagementSystem
from bartizan.clauses.context.models.obligations import Obligation, ObligationScan
from bartizan.clauses.context.models.parties import InterestedParty, PartyRequirement
from bartizan.clauses.context.models.principles import PrincipleReview
from bartizan.clauses.context.models.provision import ExternalProvision, ProvisionControl
from bartizan.clauses.context.models.scope import Scope, ScopeElement

__all__ = [
    "ContextIssue",
    "ExternalProvision",
    "InterestedParty",
    "Obligation",
    "ObligationScan",
    "OtherManagementSystem",
    "PartyRequirement",
    "PrincipleReview",
    "ProvisionControl",
    "Scope",
    "ScopeElement",
]
