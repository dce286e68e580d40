"""Run the benchmarks and write build/bench.json.

python -m benchmarks             all of them
python -m benchmarks trail       those of one module
QUICK=1 python -m benchmarks     about a tenth of the size
"""

import json
import multiprocessing
import os
import platform
import sys
import tempfile
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import Row, measure

MODULES = (
    "loss",
    "cascade",
    "portfolio",
    "trail",
    "chain",
    "conformity",
    "planning",
    "pages",
    "exchange",
    "graph",
    "start",
)
RESULT = Path("build/bench.json")


def main(wanted: list[str]) -> int:
    if unknown := set(wanted) - set(MODULES):
        print(f"No benchmarks called {', '.join(sorted(unknown))}; there are {', '.join(MODULES)}.")
        return 2
    quick = os.environ.get("QUICK", "") not in ("", "0")
    log = Console(stderr=True)
    log.print(machine(), style="dim", highlight=False)
    rows: list[Row] = []
    failed: list[str] = []
    company = tempfile.TemporaryDirectory(prefix="bartizan-company-")
    os.environ["BARTIZAN_COMPANY"] = company.name  # loaded by whoever needs it first
    for module in wanted or MODULES:
        log.print(f"[bold]· {module}[/]{' (quick)' if quick else ''}")
        began = time.perf_counter()
        try:
            rows += apart(module, quick)
        except Exception:
            traceback.print_exc()
            failed.append(module)
        log.print(f"  {time.perf_counter() - began:.0f} s", style="dim", highlight=False)
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(rows, indent=2) + "\n")
    company.cleanup()
    Console().print(table(rows))
    if failed:
        log.print(f"[bold red]Failed: {', '.join(failed)}[/]")
    return 1 if failed else 0


def apart(module: str, quick: bool) -> list[Row]:
    """Run a module in a process of its own: memory and imports of one say nothing of the next."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as process:
        return process.submit(measure, module, quick).result()


def table(rows: list[Row]) -> Table:
    shown = Table("what", "value", "unit", "target", "reference", "ratio", "")
    for column in (1, 4, 5):
        shown.columns[column].justify = "right"
    verdicts = {True: "[green]met[/]", False: "[red]missed[/]", None: ""}
    for row in rows:
        ratio = "" if row["ratio"] is None else f"{row['ratio']:,.3g} ×"
        reference = figure(row["reference"])
        value = figure(row["value"])
        verdict = verdicts[row["ok"]]
        shown.add_row(row["name"], value, row["unit"], row["target"], reference, ratio, verdict)
    return shown


def figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def machine() -> str:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return (
        f"{processor()}, {cores} cores, {memory:.0f} GiB, load {os.getloadavg()[0]:.1f}; "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
