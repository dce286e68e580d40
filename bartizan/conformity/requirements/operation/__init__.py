"""Clause 8: operation."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.operation.plans import PLANS
from bartizan.conformity.requirements.operation.processes import PROCESSES
from bartizan.conformity.requirements.operation.recovery import RECOVERY
from bartizan.conformity.requirements.operation.strategies import STRATEGIES

OPERATION: list[Clause | Requirement] = [
    Clause("2022:8", _("Operation")),
    *PROCESSES,
    *STRATEGIES,
    Clause("2022:8.6", _("Security plans")),
    *PLANS,
    *RECOVERY,
]
