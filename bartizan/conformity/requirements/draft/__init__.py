"""The draft edition of 2005/06, kept beside the published one for those who come from it."""

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.draft.checking import CHECKING
from bartizan.conformity.requirements.draft.general import GENERAL
from bartizan.conformity.requirements.draft.implementation import IMPLEMENTATION
from bartizan.conformity.requirements.draft.planning import PLANNING
from bartizan.conformity.requirements.draft.policy import POLICY
from bartizan.conformity.requirements.draft.review import REVIEW

DRAFT: list[Clause | Requirement] = [
    *GENERAL,
    *POLICY,
    *PLANNING,
    *IMPLEMENTATION,
    *CHECKING,
    *REVIEW,
]
