"""Draft, clause 4.3: risk and planning."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.draft.planning.objectives import OBJECTIVES
from bartizan.conformity.requirements.draft.planning.risks import RISKS

PLANNING: list[Clause | Requirement] = [
    Clause("dis:4.3", _("Risk and planning")),
    *RISKS,
    *OBJECTIVES,
]
