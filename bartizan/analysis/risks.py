"""What may be lost: risks, what sets several off at once, and what is done about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bartizan.analysis.frequency import Frequency
from bartizan.analysis.severity import Severity


@dataclass(frozen=True)
class Trigger:
    """Something that hits several risks in the same year: a place or partner that is struck."""

    name: str
    frequency: Frequency


@dataclass(frozen=True)
class Risk:
    """A risk: how often a year, at what cost an event, and which triggers also set it off.

    `triggers` gives, by the trigger's name, the probability that an occurrence of the trigger is
    an event of this risk, above those of its own frequency. Names key the random streams and
    must be unique in a run.
    """

    name: str
    frequency: Frequency
    severity: Severity
    triggers: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for trigger, chance in self.triggers.items():
            if not 0 <= chance <= 1:
                raise ValueError(f"{self.name}: chance of {trigger} is not in 0..1: {chance}")


@dataclass(frozen=True)
class Effect:
    """What a treatment does to a risk: factors on how often it happens and on what it costs.

    `frequency` is the share of events that still happen, `severity` what they cost of what they
    would have cost. Raises ValueError unless both are in 0..1.
    """

    frequency: float = 1.0
    severity: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.frequency <= 1:
            raise ValueError(f"frequency factor is not in 0..1: {self.frequency}")
        if not 0 <= self.severity <= 1:
            raise ValueError(f"severity factor is not in 0..1: {self.severity}")


@dataclass(frozen=True)
class Treatment:
    """A treatment, and its effect on each risk it concerns, by the risk's name."""

    name: str
    effects: Mapping[str, Effect]


def together(name: str, treatments: Sequence[Treatment]) -> Treatment:
    """Return the treatment of doing all of these: their factors multiply."""
    effects: dict[str, Effect] = {}
    for treatment in treatments:
        for risk, effect in treatment.effects.items():
            before = effects.get(risk, Effect())
            effects[risk] = Effect(
                before.frequency * effect.frequency, before.severity * effect.severity
            )
    return Treatment(name, effects)
