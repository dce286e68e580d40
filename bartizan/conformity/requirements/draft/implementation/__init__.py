"""Draft, clause 4.4: putting it to work."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.draft.implementation.documents import DOCUMENTS
from bartizan.conformity.requirements.draft.implementation.operations import OPERATIONS
from bartizan.conformity.requirements.draft.implementation.people import PEOPLE

IMPLEMENTATION: list[Clause | Requirement] = [
    Clause("dis:4.4", _("Putting it to work")),
    *PEOPLE,
    *DOCUMENTS,
    *OPERATIONS,
]
