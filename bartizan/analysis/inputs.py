"""What a run of the exposure is asked, as plain data: it can be kept, hashed and asked again.

Apart from the kernels, which take half a second to load.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class RiskInput:
    """A risk as it was when the run was made: times a year, and what one event costs (P5, P95).

    `where` names what the risk stands at, if anything: risks with the same are struck together.
    """

    name: str
    title: str
    frequency: float
    p5: float
    p95: float
    where: str = ""


@dataclass(frozen=True)
class TreatmentInput:
    """A treatment: what it leaves of each risk (frequency, severity), its cost, and its rules."""

    name: str
    title: str
    effects: dict[str, tuple[float, float]]
    cost: float
    staff: float = 0.0
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """All that a run depends on, beside the program itself.

    `shared` is the share of the events of risks at one place that strike the place as a whole
    (the beta factor of common-cause analysis, Fleming 1975): the frequency of each risk stays
    what it is, but they come in the same year. Raises ValueError for a share outside 0..1 and for
    years below 1,000.
    """

    risks: tuple[RiskInput, ...]
    treatments: tuple[TreatmentInput, ...] = ()
    years: int = 100_000
    seed: int = 1
    shared: float = 0.0

    def __post_init__(self) -> None:
        if not self.risks:
            raise ValueError("there is no risk to simulate")
        if not 0 <= self.shared <= 1:
            raise ValueError(f"the share that strikes a whole place is not in 0..1: {self.shared}")
        if self.years < 1_000:
            raise ValueError(f"fewer than 1,000 years say nothing: {self.years}")

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Inputs":
        """The same inputs again. Raises ValueError or TypeError for data of another shape."""
        treatments = (
            TreatmentInput(
                **one
                | {
                    "effects": {name: (f, s) for name, (f, s) in one["effects"].items()},
                    "needs": tuple(one["needs"]),
                    "excludes": tuple(one["excludes"]),
                }
            )
            for one in data["treatments"]
        )
        risks = tuple(RiskInput(**one) for one in data["risks"])
        return cls(**data | {"risks": risks, "treatments": tuple(treatments)})

    @property
    def digest(self) -> str:
        """SHA-256 of the inputs as canonical JSON: the same for the same question."""
        return hashlib.sha256(canonical(self.as_data())).hexdigest()


def canonical(data: Any) -> bytes:
    """JSON with sorted keys and no blanks, so that equal data has equal bytes."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
