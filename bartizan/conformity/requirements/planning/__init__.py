"""Clause 6: planning."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.planning.objectives import OBJECTIVES
from bartizan.conformity.requirements.planning.risks import RISKS

PLANNING: list[Clause | Requirement] = [
    Clause("2022:6", _("Planning")),
    *RISKS,
    *OBJECTIVES,
]
