"""From the command to the first page, and the memory the server then takes."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks import Row
from benchmarks.fresh import copied_company, row

PATIENCE = 120  # seconds


def rows(quick: bool) -> list[Row]:
    """`bartizan demo` in an empty folder, again in the same one, then `bartizan serve`.

    Quick, it begins where the demo company is there already.
    """
    found = []
    with tempfile.TemporaryDirectory(prefix="bartizan-bench-") as folder:
        if not (quick and copied_company(Path(folder))):
            first, *_memory = started("demo", folder)
            found.append(row("start: demo in an empty folder, to the first page", first, "s"))
        again, *_memory = started("demo", folder)
        found.append(row("start: demo again, to the first page", again, "s", 3))
        served = [started("serve", folder) for _ in range(1 if quick else 3)]
    spent, memory, largest, later = (min(figures) for figures in zip(*served, strict=True))
    found.append(row("start: server, to the first page", spent, "s", 3))
    shared = "start: memory of the server, all processes, shared pages counted once"
    found.append(row(shared, memory, "MB", 200))
    found.append(row("start: memory of its largest process", largest, "MB", 200))
    worked_out = "start: memory of its largest process once all verdicts are worked out"
    found.append(row(worked_out, later, "MB"))
    return found


def started(command: str, folder: str) -> tuple[float, float, float, float]:
    """Seconds to the first page; megabytes of all processes together, and of the largest.

    The last are those of the largest once none of them works any more.
    """
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-c", "from bartizan.cli import main; main()", command, f"--port={port}"],
        env=environment | {"BARTIZAN_DATA": folder},
        stderr=subprocess.DEVNULL,
    )
    try:
        first_page(port, server)
        spent = time.perf_counter() - began
        for _ in range(20):  # every worker has answered before it is weighed
            first_page(port, server)
        own, all_of_it = zip(*map(megabytes, processes(server.pid)), strict=True)
        rest(server.pid)
        later = max(megabytes(process)[0] for process in processes(server.pid))
        return spent, sum(all_of_it), max(own), later
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def first_page(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Wait for the page to sign in on, which everybody gets who is not signed in."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
    raise RuntimeError("The server did not answer.")


def processes(root: int) -> list[int]:
    """A process and its children, which serve."""
    children = Path(f"/proc/{root}/task/{root}/children").read_text().split()
    return [root, *map(int, children)]


def rest(root: int) -> None:
    """Wait until these processes have taken next to no time of the machine for two seconds."""
    until, before = time.monotonic() + PATIENCE, -1.0
    while time.monotonic() < until:
        taken = sum(seconds_taken(process) for process in processes(root))
        if before >= 0 and taken - before < 0.1:
            return
        before = taken
        time.sleep(2)


def seconds_taken(process: int) -> float:
    """What a process has taken of the machine so far."""
    after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(process: int) -> tuple[float, float]:
    """What is resident of a process; the same with shared pages divided among those who share."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    sizes = {line.split()[0]: int(line.split()[1]) for line in lines[1:]}
    return sizes["Rss:"] / 1000, sizes["Pss:"] / 1000


if __name__ == "__main__":
    for one in rows("quick" in sys.argv[1:]):
        print(one["name"], round(one["value"], 2), one["unit"], one["target"])
