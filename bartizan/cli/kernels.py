"""The kernels asked from plain tables. Apart from the commands: they take a second to load."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bartizan.analysis import loss, reports
from bartizan.analysis.cluster import ClusterError, connect
from bartizan.analysis.portfolio import NotProvenError
from bartizan.analysis.programme import Choice
from bartizan.analysis.reports import Report
from bartizan.analysis.tables import TableError, read_network, read_risks, read_treatments
from bartizan.cli.terminal import CouldNotRun, Counting, say


@contextmanager
def refused() -> Iterator[None]:
    """Turn what a table or a kernel refuses into exit code 2, every bad row named."""
    try:
        yield
    except TableError as error:
        told = [f"{error.file}: {problem}" for problem in error.problems]
        raise CouldNotRun("\n".join(told)) from error
    except (ValueError, NotProvenError) as error:
        raise CouldNotRun(f"{error}.") from error


def losses(file: Path, asked: dict[str, Any]) -> Report:
    """What is lost in a year, from a table of risks."""
    risks = read_risks(file)
    proposals = read_treatments(asked["treatments"], risks) if asked["treatments"] else []
    with _workers(asked["cluster"]) as workers, Counting("Years") as counting:
        run = loss.simulate(
            risks, years=asked["years"], seed=asked["seed"], **workers,
            progress=_by_share(counting, asked["years"]),
        )  # fmt: skip
        seen = loss.compare(run, [proposal.treatment for proposal in proposals], **workers)
        return reports.losses(run, seen)


def _by_share(counting: Callable[[int, int], None], total: int) -> Callable[[float], None]:
    return lambda share: counting(int(share * total), total)


@contextmanager
def _workers(address: str | None) -> Iterator[dict[str, Any]]:
    """Who computes: the threads of this machine, or those of a cluster."""
    if address is None:
        yield {}
        return
    try:
        with connect(address) as cluster:
            say(f"On {cluster.threads} threads of the cluster at {address}.")
            yield {"pool": cluster, "threads": cluster.threads}
    except ClusterError as error:
        raise CouldNotRun(str(error)) from error


def cascade(edges: Path, asked: dict[str, Any]) -> Report:
    """What stops in a network told as edges."""
    network = read_network(edges, asked["nodes"])
    return reports.cascade(network, dict.fromkeys(asked["closed"], asked["days"]), asked["targets"])


def programme(file: Path, asked: dict[str, Any]) -> Report:
    """Which treatments reduce the loss most within the budgets."""
    risks = read_risks(file)
    proposals = read_treatments(asked["treatments"], risks)
    budgets = {"cost": asked["budget"]}
    if asked["staff"] is not None:
        budgets["staff"] = asked["staff"]
    with Counting("Years") as counting:
        run = loss.simulate(
            risks, years=asked["years"], seed=asked["seed"],
            progress=_by_share(counting, asked["years"]),
        )  # fmt: skip
    with Counting("Budgets") as counting:
        choice = Choice(run, proposals, asked["measure"])
        return reports.programme(choice, budgets, asked["steps"], progress=counting)
