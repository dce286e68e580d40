"""A run in parts: some risks over some years, computed anywhere and put together in order.

A part is a pure function of its arguments, which are small: threads take it as it is, and so
does a process on another machine (`cluster.py`). Sums are rounded part by part, and the parts do
not depend on who computes them, so that the result is the same to the last bit.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from bartizan.analysis.events import STRIPE
from bartizan.analysis.histogram import BINS
from bartizan.analysis.plan import Effects, Plan, no_effects
from bartizan.analysis.years import BLOCK, annual_block, simulate_block, tail_block

SEGMENT = 4 * BLOCK  # years of a part


class Question(NamedTuple):
    """What is asked of a part. When it is the `whole` run, quantiles are read at once."""

    base: np.ndarray  # (risks,) of the histograms
    centre: np.ndarray  # (risks,) of the moments
    whole: bool
    ranks: np.ndarray
    middle: np.ndarray


class Part(NamedTuple):
    """What some risks lost in some years."""

    annual: np.ndarray  # (years,)
    moments: np.ndarray  # (risks, 4)
    found: np.ndarray  # (risks,) years with a loss
    counts: np.ndarray  # (risks, BINS), of a part that is not the whole
    sums: np.ndarray  # (risks, BINS)
    quantiles: np.ndarray  # (risks, ranks)
    excess: np.ndarray  # (risks, levels, 2)


def segments(years: int) -> list[tuple[int, int]]:
    """The spans of years that parts have: they depend on nothing but the number of years."""
    return [(start, min(start + SEGMENT, years)) for start in range(0, years, SEGMENT)]


def simulate_part(plan: Plan, question: Question, start: int, stop: int) -> Part:
    """Simulate the years from `start` (a whole number of stripes) up to `stop`."""
    number, whole = len(plan.kind), question.whole
    rows = 1 if whole else number  # a histogram used anew for each risk, or one for each
    part = Part(
        np.zeros(stop - start), np.zeros((number, 4)), np.zeros(number, np.int64),
        np.zeros((rows, BINS), np.uint32), np.zeros((rows, BINS)),
        np.empty((number, len(question.ranks))), np.empty((number, len(question.middle), 2)),
    )  # fmt: skip
    effects = no_effects(number)
    for first, years in _blocks(start, part.annual):
        simulate_block(
            plan, first, effects, years, question.base, question.centre, part.counts, part.sums,
            part.moments, part.found, whole, question.ranks, question.middle, part.quantiles,
            part.excess,
        )  # fmt: skip
    return part._replace(counts=part.counts[:0], sums=part.sums[:0]) if whole else part


def save_part(plan: Plan, effects: Effects, start: int, stop: int) -> np.ndarray:
    """What these effects leave of the losses of all risks of the plan, by year."""
    annual = np.zeros(stop - start)
    for first, years in _blocks(start, annual):
        annual_block(plan, first, effects, years)
    return annual


def tail_part(plan: Plan, start: int, worst: np.ndarray) -> np.ndarray:
    """Sums over the years from `start` on in which `worst` is above 0, shape (risks, 3).

    Of each risk's losses, of their squares, and of their products with `worst`, the portfolio's.
    """
    sums, effects = np.zeros((len(plan.kind), 3)), no_effects(len(plan.kind))
    for first, years in _blocks(start, worst):
        tail_block(plan, first, effects, years, sums)
    return sums


def _blocks(start: int, array: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """The first stripe of each block of years, and its share of the array."""
    for offset in range(0, len(array), BLOCK):
        yield (start + offset) // STRIPE, array[offset : offset + BLOCK]


@contextmanager
def workers(pool: Executor | None, threads: int | None) -> Iterator[tuple[Executor, int]]:
    """Who computes the parts, and how many of them are asked for before the first is there."""
    threads = threads or os.cpu_count() or 1
    if pool is not None:
        yield pool, 4 * threads
        return
    with ThreadPoolExecutor(threads) as own:
        yield own, 4 * threads


def in_order(pool: Executor, jobs: Iterable[tuple[Any, ...]], ahead: int) -> Iterator[Any]:
    """Yield the results of jobs (function, arguments ...) in order, some being under way."""
    waiting: deque[Future[Any]] = deque()
    try:
        for job in jobs:
            waiting.append(pool.submit(*job))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for left in waiting:
            left.cancel()
