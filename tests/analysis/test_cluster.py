"""A run on other machines is the run on this one, also when one of them dies."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from distributed import Client, LocalCluster

from bartizan.analysis.cluster import ClusterError, connect
from bartizan.analysis.frequency import NegativeBinomial, Poisson
from bartizan.analysis.loss import Effect, Risk, Simulation, Treatment, Trigger, compare, simulate
from bartizan.analysis.severity import Gamma, Lognormal

STORM = Trigger("storm", NegativeBinomial(0.5, 2.0))
RISKS = [
    Risk(f"site {number}", Poisson(2.0), Lognormal(10, 500), {"storm": 0.5}) for number in range(7)
] + [Risk("burst", NegativeBinomial(2.0, 3.0), Gamma(30, 60), {"storm": 1.0})]
YEARS = 600_000  # two spans of years of eight risks each: 16 parts, twice


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """A scheduler here, and two workers that are processes of their own."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=60
    ) as started:
        yield started


def figures(run: Simulation) -> list[bytes]:
    arrays = (
        run.annual, run.mean, run.sd, run.quantiles, run.tail_means, run.tail_share,
        run.tail_shares, run.portfolio.quantiles, run.portfolio.tail_means,
    )  # fmt: skip
    return [array.tobytes() for array in arrays]


def test_a_run_is_the_same_to_the_last_bit_although_a_worker_is_killed_midway(cluster) -> None:
    here = simulate(RISKS, triggers=[STORM], years=YEARS, seed=9)
    killed: list[float] = []
    with Client(cluster, set_as_default=False) as client:
        before = client.run(os.getpid)

    def kill_one(share: float) -> None:
        """After the first third of the parts one of the workers dies, as when a machine does."""
        if share > 0.3 and not killed:
            os.kill(next(iter(before.values())), signal.SIGKILL)
            killed.append(share)

    with connect(cluster.scheduler_address) as pool:
        assert pool.threads == 2
        there = simulate(
            RISKS, triggers=[STORM], years=YEARS, seed=9, pool=pool, threads=pool.threads,
            progress=kill_one,
        )  # fmt: skip
    with Client(cluster, set_as_default=False) as client:
        after = client.run(os.getpid)
    assert killed
    assert killed[0] < 0.9
    assert set(before.values()) - set(after.values()) == {next(iter(before.values()))}
    assert figures(there) == figures(here)


def test_treatments_are_judged_there_as_here(cluster) -> None:
    run = simulate(RISKS, triggers=[STORM], years=50_000, seed=9)
    treatment = Treatment("walls", {"site 1": Effect(0.5, 0.8), "burst": Effect(0.9)})
    (here,) = compare(run, [treatment])
    with connect(cluster.scheduler_address) as pool:
        (there,) = compare(run, [treatment], pool=pool, threads=pool.threads)
    assert np.array_equal(here.annual_reduction, there.annual_reduction)
    assert here.tvar_reduction == there.tvar_reduction


def test_a_worker_with_another_version_refuses(cluster) -> None:
    with connect(cluster.scheduler_address) as pool:
        pool.versions = ("bartizan 99.0", *pool.versions[1:])
        with pytest.raises(ClusterError, match=r"where bartizan 99\.0 is needed\.$"):
            simulate(RISKS[:1], triggers=[STORM], years=1_000, pool=pool)


def test_where_nobody_answers_it_says_so() -> None:
    with (
        pytest.raises(ClusterError, match=r"^No scheduler answers at tcp://127\.0\.0\.1:1: "),
        connect("tcp://127.0.0.1:1", timeout=0.2),
    ):
        pass


def test_a_scheduler_without_workers_is_told_apart() -> None:
    with (
        LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as empty,
        pytest.raises(ClusterError, match="has no workers"),
        connect(empty.scheduler_address),
    ):
        pass


def test_without_the_package_the_command_names_it(tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError('not here')")
    code = "from bartizan.analysis.cluster import connect\nwith connect('tcp://x:1'): pass"
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).resolve().parents[2])])
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": path}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == (
        "bartizan.analysis.cluster.ClusterError: "
        "A cluster needs the Python package distributed: pip install 'bartizan[cluster]'."
    )
