"""Is there an answer to what the organization took on, and to what it has to keep? (4.2.1, 4.2.2)

Here, and not with the context, because it takes objectives and controls to tell.
"""

from bartizan.chain.models import Process
from bartizan.clauses.context.checks.obligations import applicable_obligations
from bartizan.clauses.context.checks.parties import adopted_requirements
from bartizan.clauses.context.models import Obligation, PartyRequirement, ProvisionControl
from bartizan.clauses.operation.models import Control
from bartizan.clauses.planning.models import Objective
from bartizan.ground.documents.models import Document
from bartizan.ground.records.models import RecordQuerySet, linked_with

ANSWERS = (Process, ProvisionControl, Control, Objective)


def adopted_requirements_unanswered() -> RecordQuerySet[PartyRequirement]:
    """Is taken on, but is linked to no process, control or objective."""
    return adopted_requirements().not_linked_to(*ANSWERS)


def applicable_obligations_unmet() -> RecordQuerySet[Obligation]:
    """Applies, but is linked to no process, control, objective or plan in force."""
    plans = Document.objects.live().filter(document_type=Document.Type.PLAN)
    return applicable_obligations().not_linked_to(*ANSWERS).filter(~linked_with(plans))
