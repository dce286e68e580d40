"""Annual loss: the simulation and the exact distribution beside pyfair and plain loops.

1,000 risks, between one event in fifty years and two a year (420 a year in all), lognormal with
sigma 0.5 to 2. pyfair's model is a simpler one (one loss a year and risk, not a sum); it is
measured on some of the risks and scaled. It gets an environment of its own in build/bench, made
once, which takes the network and some minutes; PYFAIR=/path/to/python names another that has it.
"""

import math
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from bartizan.analysis.aggregate import aggregate
from bartizan.analysis.frequency import Poisson
from bartizan.analysis.loss import Risk, simulate
from bartizan.analysis.severity import Lognormal
from benchmarks import Row

PYFAIR = """
import sys, time, warnings
warnings.filterwarnings("ignore")
import pyfair
risks, simulations = int(sys.argv[1]), int(sys.argv[2])
began = time.perf_counter()
for number in range(risks):
    model = pyfair.FairModel(name=str(number), n_simulations=simulations)
    model.input_data("Loss Event Frequency", low=0.01, mode=0.3, high=2)
    model.input_data("Loss Magnitude", low=1_000, mode=20_000, high=500_000)
    model.calculate_all()
    model.export_results()["Risk"].describe(percentiles=[0.95, 0.99])
print(time.perf_counter() - began)
"""


def register(count: int) -> list[Risk]:
    dice = np.random.default_rng(5)
    rates = 10 ** dice.uniform(math.log10(0.02), math.log10(2), count)
    middles, sigmas = dice.uniform(8, 12, count), dice.uniform(0.5, 2, count)
    return [
        Risk(
            f"risk {number}",
            Poisson(float(rate)),
            Lognormal(math.exp(mu - 1.645 * sigma), math.exp(mu + 1.645 * sigma)),
        )
        for number, (rate, mu, sigma) in enumerate(zip(rates, middles, sigmas, strict=True))
    ]


def fastest(work: Callable[[], object], times: int) -> float:
    """The shortest of a few runs: the one that other work on the machine disturbed least."""

    def once() -> float:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return min(once() for _ in range(times))


def plain_python(risks: list[Risk], years: int) -> float:
    """Seconds of a loop over events, and the statistics of each risk, in plain Python."""
    began = time.perf_counter()
    for risk in risks:
        annual = []
        (mu, sigma, *_), limit = risk.severity.parameters, math.exp(-risk.frequency.mean)
        for _ in range(years):
            total, product = 0.0, random.random()
            while product > limit:
                total += random.lognormvariate(mu, sigma)
                product *= random.random()
            annual.append(total)
        annual.sort()
        mean = sum(annual) / years
        math.sqrt(sum((loss - mean) ** 2 for loss in annual) / years)
        sum(annual[int(0.99 * years) :])
    return time.perf_counter() - began


def plain_numpy(risks: list[Risk], years: int) -> float:
    """Seconds of one draw of counts and one of costs a risk, summed by year, with NumPy."""
    dice = np.random.default_rng(1)
    began, portfolio = time.perf_counter(), np.zeros(years)
    for risk in risks:
        counts = dice.poisson(risk.frequency.mean, years)
        costs = dice.lognormal(*risk.severity.parameters[:2], counts.sum())
        annual = np.bincount(np.repeat(np.arange(years), counts), costs, years)
        portfolio += annual
        annual.mean(), annual.std(), np.quantile(annual, (0.95, 0.99, 0.999))
    np.quantile(portfolio, (0.95, 0.99, 0.999))
    return time.perf_counter() - began


def peer() -> str:
    """A Python that has pyfair: the one that is named, or one made for it. Empty: there is none."""
    folder = Path("build/bench").resolve()
    python, ready = folder / "bin" / "python", folder / ".ready"
    if named := os.environ.get("PYFAIR", ""):
        return named
    if not ready.exists():
        install = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        locked = ["--only-binary", ":all:", "--require-hashes", "-r", "requirements/bench.txt"]
        for command in ([sys.executable, "-m", "venv", str(folder)], [*install, *locked]):
            if subprocess.run(command, check=False).returncode:
                return ""
        ready.touch()
    return str(python)


def pyfair(risks: int, simulations: int) -> float | None:
    """Seconds of pyfair for so many risks, or None where it can't be installed."""
    python = peer()
    if not python:
        return None
    command = [python, "-c", PYFAIR, str(risks), str(simulations)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path("/"))
    return float(done.stdout.split()[-1])


def rows(quick: bool) -> Iterator[Row]:
    count, years = (100, 100_000) if quick else (1_000, 100_000)
    risks = register(count)
    with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:  # compiling takes memory, once
        elsewhere.submit(simulate, risks[:20], years=2_000).result()
    simulate(risks[:20], years=2_000)
    yield from long_run(risks, quick)  # first: its memory is the most the process ever had
    seconds = fastest(lambda: simulate(risks, years=years), 20)
    what = f"annual loss, {count:,} risks x {years:,} years"
    fair = pyfair(max(count // 50, 2), years)
    compared = None if fair is None else fair * count / max(count // 50, 2)
    yield Row(
        name=f"{what}; pyfair, scaled" if fair else f"{what}; pyfair could not be installed",
        value=seconds, unit="s", target="<= 0.25 s, >= 150 x pyfair", reference=compared,
        ratio=compared and compared / seconds,
        ok=None if quick else seconds <= 0.25 and (compared is None or compared >= 150 * seconds),
    )  # fmt: skip
    some = risks[:: max(count // 10, 1)]
    alone = fastest(lambda: simulate(some, years=years), 3)
    for name, slow in (("plain Python", plain_python), ("NumPy", plain_numpy)):
        reference = slow(some, years)
        yield Row(
            name=f"annual loss, {len(some)} of these risks; {name}", value=alone, unit="s",
            target="", reference=reference, ratio=reference / alone, ok=None,
        )  # fmt: skip
    yield from exact(risks, years, quick)


def exact(risks: list[Risk], years: int, quick: bool) -> Iterator[Row]:
    aggregate(risks[:2])
    seconds = fastest(lambda: aggregate(risks), 5)
    coarse, fine = aggregate(risks), aggregate(risks, points=1 << 19)
    apart = float(abs(coarse.quantile(0.999) / fine.quantile(0.999) - 1))
    yield Row(
        name=f"exact loss curve of {len(risks):,} risks (FFT)", value=seconds, unit="s",
        target="<= 0.25 s", reference=None, ratio=None, ok=None if quick else seconds <= 0.25,
    )  # fmt: skip
    yield Row(
        name="exact 99.9 % quantile against a grid twice as fine", value=100 * apart, unit="%",
        target="<= 0.1 %", reference=None, ratio=None, ok=apart <= 0.001,
    )  # fmt: skip
    portfolio, worst = simulate(risks, years=years).portfolio, 0.0
    for estimate, truth in (
        (portfolio.mean, coarse.mean),
        *((portfolio.var(level), coarse.quantile(level)) for level in (0.5, 0.95, 0.99, 0.999)),
        *((portfolio.tvar(level), coarse.tail_mean(level)) for level in (0.95, 0.99, 0.999)),
    ):
        error = (estimate.high - estimate.low) / 3.92
        worst = max(worst, float(abs(estimate.value - truth) / error))
    yield Row(
        name="simulated against exact: mean, VaR, TVaR, the furthest apart", value=worst,
        unit="standard errors", target="<= 3", reference=None, ratio=None, ok=worst <= 3,
    )  # fmt: skip


def long_run(risks: list[Risk], quick: bool) -> Iterator[Row]:
    years = 1_000_000 if quick else 10_000_000
    began = time.perf_counter()
    simulate(risks, years=years)
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    what = f"annual loss, {len(risks):,} risks x {years:,} years"
    yield Row(
        name=what, value=seconds, unit="s", target="<= 25 s", reference=None, ratio=None,
        ok=None if quick else seconds <= 25,
    )  # fmt: skip
    yield Row(
        name=f"{what}: memory of the whole process", value=memory, unit="MB", target="< 500 MB",
        reference=None, ratio=None, ok=None if quick else memory < 500,
    )  # fmt: skip
