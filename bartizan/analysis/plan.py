"""Risks laid out for the compiled kernels: arrays, and the keys of their random streams."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bartizan.analysis.risks import Effect, Risk, Trigger
from bartizan.analysis.severity import Empirical
from bartizan.analysis.streams import key, keys


class Plan(NamedTuple):
    """Risks laid out for the kernels.

    A risk is fed by sources: its own frequency, and every trigger that reaches it. Sources of
    risk r are numbers first[r] to first[r + 1].
    """

    first: np.ndarray  # (risks + 1,) int64
    key: np.ndarray  # (sources, 2) uint64: severities, survival of treatments, reach of triggers
    shared: np.ndarray  # (sources, 2) uint64: counts and years; the trigger's if there is one
    plain: np.ndarray  # (sources,) bool: own frequency, events one by one
    rate: np.ndarray  # (sources,) clusters a year
    size: np.ndarray  # (sources,) parameter of the logarithmic cluster size, 0 for size 1
    chance: np.ndarray  # (sources,) probability that an occurrence reaches the risk
    kind: np.ndarray  # (risks,) int64: kind of severity
    parameters: np.ndarray  # (risks, 4)
    values: np.ndarray  # the values of empirical severities, one after the other


class Effects(NamedTuple):
    """What happens to the events of each risk, one number a risk.

    With probability `survives` an event costs `kept` times its severity, otherwise `lost` times.
    """

    survives: np.ndarray
    kept: np.ndarray
    lost: np.ndarray


def lay_out(risks: Sequence[Risk], triggers: Sequence[Trigger], seed: int) -> Plan:
    """Lay the risks out for the kernels."""
    by_name = {trigger.name: trigger for trigger in triggers}
    first, sources = [0], []
    values: list[float] = []
    parameters = np.empty((len(risks), 4))
    own_keys = keys(seed, [("risk", risk.name) for risk in risks])
    for row, (risk, own) in enumerate(zip(risks, own_keys, strict=True)):
        rate, size = risk.frequency.clusters
        sources.append((own, own, size == 0, rate, size, 1.0))
        for name, chance in sorted(risk.triggers.items()):
            rate, size = by_name[name].frequency.clusters
            link = key(seed, "risk", risk.name, name)
            sources.append((link, key(seed, "trigger", name), False, rate, size, chance))
        first.append(len(sources))
        parameters[row] = risk.severity.parameters
        if isinstance(risk.severity, Empirical):
            parameters[row, 0] = len(values)
            values += risk.severity.values
    each, shared, plain, rates, sizes, chances = zip(*sources, strict=True)
    kinds = np.array([risk.severity.kind for risk in risks], np.int64)
    return Plan(
        np.array(first, np.int64), np.array(each), np.array(shared), np.array(plain),
        np.array(rates, float), np.array(sizes, float), np.array(chances, float), kinds,
        parameters, np.array(values or [0.0]),
    )  # fmt: skip


def means_of(risks: Sequence[Risk], triggers: Sequence[Trigger]) -> np.ndarray:
    """The exact mean annual loss of each risk: where its histogram and its moments are centred."""
    often = {trigger.name: trigger.frequency.mean for trigger in triggers}
    return np.array([
        (risk.frequency.mean + sum(often[name] * p for name, p in risk.triggers.items()))
        * risk.severity.mean
        for risk in risks
    ])  # fmt: skip


def some_of(plan: Plan, low: int, high: int) -> Plan:
    """The plan of the risks low to high - 1 alone: their losses are the same in it."""
    first, last = plan.first[low], plan.first[high]
    return Plan(
        plan.first[low : high + 1] - first, plan.key[first:last], plan.shared[first:last],
        plan.plain[first:last], plan.rate[first:last], plan.size[first:last],
        plan.chance[first:last], plan.kind[low:high], plan.parameters[low:high], plan.values,
    )  # fmt: skip


def no_effects(number: int) -> Effects:
    return Effects(np.ones(number), np.ones(number), np.ones(number))


def effects_of(effects: Sequence[Effect]) -> Effects:
    """What treatments take away: of an event that survives a part, of any other all."""
    return Effects(
        np.array([effect.frequency for effect in effects]),
        np.array([1 - effect.severity for effect in effects]),
        np.ones(len(effects)),
    )
