"""Clause 9: evaluation."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.evaluation.audit import AUDIT
from bartizan.conformity.requirements.evaluation.measurement import MEASUREMENT
from bartizan.conformity.requirements.evaluation.review import REVIEW

EVALUATION: list[Clause | Requirement] = [
    Clause("2022:9", _("Evaluation")),
    *MEASUREMENT,
    *AUDIT,
    *REVIEW,
]
