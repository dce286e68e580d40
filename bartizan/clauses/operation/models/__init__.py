"""Clause 8, first part: controls, the treatment of risks, and the strategies behind both."""

from bartizan.clauses.operation.models.controls import Control as Control
from bartizan.clauses.operation.models.controls import ControlCheck as ControlCheck
from bartizan.clauses.operation.models.controls import ControlledRisk as ControlledRisk
from bartizan.clauses.operation.models.controls import PeopleControl as PeopleControl
from bartizan.clauses.operation.models.exposure import Closure as Closure
from bartizan.clauses.operation.models.exposure import Computation as Computation
from bartizan.clauses.operation.models.exposure import DisruptionAnalysis as DisruptionAnalysis
from bartizan.clauses.operation.models.exposure import ExposureAnalysis as ExposureAnalysis
from bartizan.clauses.operation.models.strategies import (
    ProtectionRequirement as ProtectionRequirement,
)
from bartizan.clauses.operation.models.strategies import Strategy as Strategy
from bartizan.clauses.operation.models.strategies import StrategyComponent as StrategyComponent
from bartizan.clauses.operation.models.strategies import StrategyOption as StrategyOption
from bartizan.clauses.operation.models.treatments import TreatedRisk as TreatedRisk
from bartizan.clauses.operation.models.treatments import TreatmentPlan as TreatmentPlan
from bartizan.clauses.operation.models.treatments import TreatmentReview as TreatmentReview
from bartizan.clauses.operation.models.treatments import TreatmentRule as TreatmentRule
