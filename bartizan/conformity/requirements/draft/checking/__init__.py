"""Draft, clause 4.5: checking and putting right."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.draft.checking.audit import AUDIT
from bartizan.conformity.requirements.draft.checking.correction import CORRECTION
from bartizan.conformity.requirements.draft.checking.measurement import MEASUREMENT

CHECKING: list[Clause | Requirement] = [
    Clause("dis:4.5", _("Checking and putting right")),
    *MEASUREMENT,
    *CORRECTION,
    *AUDIT,
]
