"""Clause 7: support."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.support.documents import DOCUMENTS
from bartizan.conformity.requirements.support.people import PEOPLE

SUPPORT: list[Clause | Requirement] = [
    Clause("2022:7", _("Support")),
    *PEOPLE,
    *DOCUMENTS,
]
