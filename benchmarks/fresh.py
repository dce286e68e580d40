"""Measuring the product itself: in a process, a data folder and a database of its own."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import Row

DATABASE = "bartizan.sqlite3"


def measured(module: str, *arguments: str, **environment: str) -> list[Row]:
    """Run `python -m benchmarks.<module> <arguments>` in an empty folder and read its rows.

    Without DATABASE_URL in the environment the database is a SQLite file in that folder.
    """
    with folder() as empty:
        return measured_in(empty, module, *arguments, **environment)


def folder() -> "tempfile.TemporaryDirectory[str]":
    """A data folder for as long as it is measured in."""
    return tempfile.TemporaryDirectory(prefix="bartizan-bench-")


def measured_in(data: str, module: str, *arguments: str, **environment: str) -> list[Row]:
    """The same in a folder that something was done in before."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *arguments],
        env={
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            **environment,
            "BARTIZAN_DATA": data,
            "BARTIZAN_HOSTS": "testserver,localhost,127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "bartizan.settings",
        },
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: list[Row] = json.loads(done.stdout)
    return found


def copied_company(folder: Path) -> bool:
    """Put the demo company into a data folder, if somebody has loaded it before in this run."""
    ready = company_of_the_run()
    if ready is None or not (ready / DATABASE).exists():
        return False
    shutil.copytree(ready, folder, dirs_exist_ok=True)
    return True


def company_of_the_run() -> Path | None:
    """Where whoever loads the demo company first leaves it for the others."""
    named = os.environ.get("BARTIZAN_COMPANY")
    return Path(named) if named else None


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
