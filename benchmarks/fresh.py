"""Measuring the product itself: in a process, a data folder and a database of its own."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable

from benchmarks import Row


def measured(module: str, *arguments: str, **environment: str) -> list[Row]:
    """Run `python -m benchmarks.<module> <arguments>` in an empty folder and read its rows.

    Without DATABASE_URL in the environment the database is a SQLite file in that folder.
    """
    with tempfile.TemporaryDirectory(prefix="bartizan-bench-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{module}", *arguments],
            env={
                **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
                **environment,
                "BARTIZAN_DATA": folder,
                "BARTIZAN_HOSTS": "testserver,localhost,127.0.0.1",
                "DJANGO_SETTINGS_MODULE": "bartizan.settings",
            },
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: list[Row] = json.loads(done.stdout)
    return found


def row(
    name: str,
    value: float,
    unit: str,
    target: float | None = None,
    reference: float | None = None,
    *,
    decides: bool = True,
) -> Row:
    """A figure that should be small; `decides` is False where a run is too small to tell."""
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "target": "" if target is None else f"≤ {target:g}",
        "reference": reference,
        "ratio": None if reference is None else reference / value,
        "ok": None if target is None or not decides else value <= target,
    }


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def quantiles(times: Iterable[float]) -> tuple[float, float]:
    """The middle one, and the one that 95 of 100 keep below."""
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]
