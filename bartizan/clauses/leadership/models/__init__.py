"""Clause 5: the security policy, what it promises, and all that has to agree with it."""

from bartizan.clauses.leadership.models.business import BusinessChange
from bartizan.clauses.leadership.models.commitments import Commitment
from bartizan.clauses.leadership.models.others import OrganizationalPolicy, PolicyComparison
from bartizan.clauses.leadership.models.policy import SecurityPolicy

__all__ = [
    "BusinessChange",
    "Commitment",
    "OrganizationalPolicy",
    "PolicyComparison",
    "SecurityPolicy",
]
