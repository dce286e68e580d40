"""The supply chain: linked resources and processes, on which scope, risks and plans stand."""

from bartizan.chain.models.dependencies import Alternative as Alternative
from bartizan.chain.models.dependencies import Dependency as Dependency
from bartizan.chain.models.flows import Flow as Flow
from bartizan.chain.models.flows import FlowStep as FlowStep
from bartizan.chain.models.legs import Leg as Leg
from bartizan.chain.models.locodes import Locode as Locode
from bartizan.chain.models.nodes import Node as Node
from bartizan.chain.models.nodes import Partner as Partner
from bartizan.chain.models.nodes import Place as Place
from bartizan.chain.models.processes import BusinessFunction as BusinessFunction
from bartizan.chain.models.processes import DeliveredClause as DeliveredClause
from bartizan.chain.models.processes import NeededDocument as NeededDocument
from bartizan.chain.models.processes import Process as Process
from bartizan.chain.models.runs import Criterion as Criterion
from bartizan.chain.models.runs import CriterionResult as CriterionResult
from bartizan.chain.models.runs import ProcessRun as ProcessRun
