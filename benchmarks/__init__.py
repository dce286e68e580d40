"""Speed and scale, each figure beside what it is compared with.

A module here has one function, `rows(quick)`, which measures and yields one row per figure;
`quick` asks for about a tenth of the size. `python -m benchmarks` runs them all.
"""

import importlib
from typing import TypedDict


class Row(TypedDict):
    """One figure. Machines differ: the reference is measured in the same run, on the same machine.

    `ratio` is how many times better the value is than the reference; `ok` is whether the value
    meets the target (`None` where a quick run is too small to tell).
    """

    name: str
    value: float
    unit: str
    target: str
    reference: float | None
    ratio: float | None
    ok: bool | None


def measure(module: str, quick: bool) -> list[Row]:
    """The figures of one module. Here, because a new process can't import the command itself."""
    rows: list[Row] = list(importlib.import_module(f"benchmarks.{module}").rows(quick))
    for row in rows:
        if set(row) != Row.__required_keys__:
            raise TypeError(f"benchmarks.{module}: not a row: {row}")
    return rows
