"""Speed and scale, each figure beside what it is compared with.

A module here has one function, `rows(quick)`, which measures and yields one row per figure;
`quick` asks for about a tenth of the size. `python -m benchmarks` runs them all.
"""

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
