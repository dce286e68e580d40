"""The catalogue: both editions of the standard, item by item, in its order and in our words.

The wording of the standard is not ours to give: have the published text at hand beside this.
"""

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.context import CONTEXT
from bartizan.conformity.requirements.draft import DRAFT
from bartizan.conformity.requirements.evaluation import EVALUATION
from bartizan.conformity.requirements.improvement import IMPROVEMENT
from bartizan.conformity.requirements.leadership import LEADERSHIP
from bartizan.conformity.requirements.operation import OPERATION
from bartizan.conformity.requirements.planning import PLANNING
from bartizan.conformity.requirements.support import SUPPORT

PUBLISHED: list[Clause | Requirement] = [
    *CONTEXT,
    *LEADERSHIP,
    *PLANNING,
    *SUPPORT,
    *OPERATION,
    *EVALUATION,
    *IMPROVEMENT,
]

CATALOGUE = {item.id: item for item in PUBLISHED + DRAFT if isinstance(item, Requirement)}
CLAUSES = {clause.id: clause for clause in PUBLISHED + DRAFT if isinstance(clause, Clause)}
