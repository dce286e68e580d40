"""Annual loss: the simulation against the exact distribution, and against itself."""

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bartizan.analysis.aggregate import aggregate
from bartizan.analysis.frequency import Frequency, NegativeBinomial, Poisson
from bartizan.analysis.loss import (
    Effect,
    Estimate,
    Risk,
    Simulation,
    Treatment,
    Trigger,
    compare,
    simulate,
    summarize,
    together,
)
from bartizan.analysis.severity import Empirical, Gamma, Lognormal, Pert, Severity

PORT = Trigger("Port of Nowhere closed", Poisson(0.3))
STORMS = Trigger("Storms", NegativeBinomial(1.5, 3.0))
TRIGGERS = [PORT, STORMS]
RISKS = [
    Risk("theft", Poisson(4.0), Lognormal(1_000, 20_000)),
    Risk("delay", Poisson(0.8), Pert(5_000, 10_000, 60_000), {PORT.name: 0.9, STORMS.name: 0.4}),
    Risk("spoilage", NegativeBinomial(1.2, 2.5), Gamma(8_000, 6_000), {STORMS.name: 0.2}),
    Risk("recall", Poisson(0.05), Empirical([90_000, 150_000, 150_000, 400_000])),
    Risk("demurrage", Poisson(0.0), Gamma(20_000, 30_000), {PORT.name: 1.0}),
]
YEARS = 300_000  # more than two blocks


@cache
def simulation() -> Simulation:
    return simulate(RISKS, triggers=TRIGGERS, years=YEARS, seed=42)


def agrees(estimate: Estimate, exact: float, errors: float = 3.0) -> bool:
    """Within so many standard errors, of which the interval has 1.96 to each side."""
    return abs(estimate.value - exact) <= errors * (estimate.high - estimate.low) / 3.92


def test_the_portfolio_is_within_three_standard_errors_of_the_exact_distribution() -> None:
    exact, portfolio = aggregate(RISKS, triggers=TRIGGERS), simulation().portfolio
    assert agrees(portfolio.mean, exact.mean)
    assert agrees(portfolio.sd, exact.sd)
    for level in (0.5, 0.9, 0.95, 0.99, 0.995, 0.999):
        assert agrees(portfolio.var(level), exact.quantile(level)), level
        assert agrees(portfolio.tvar(level), exact.tail_mean(level)), level


@pytest.mark.parametrize("risk", RISKS, ids=lambda risk: risk.name)
def test_every_risk_is_within_three_standard_errors_of_the_exact_distribution(risk: Risk) -> None:
    exact, seen = aggregate([risk], triggers=TRIGGERS), simulation().risk(risk.name)
    assert agrees(seen.mean, exact.mean)
    assert agrees(seen.sd, exact.sd)
    for level in (0.9, 0.99):
        if risk.name != "recall":  # has atoms: a quantile may be any of two
            assert agrees(seen.var(level), exact.quantile(level)), level
        assert agrees(seen.tvar(level), exact.tail_mean(level)), level


@pytest.mark.parametrize(
    "frequency, severity",
    [
        (Poisson(2.0), Gamma(3.0, 6.0)),  # shape below 1
        (Poisson(0.5), Gamma(3.0, 1.0)),
        (Poisson(30.0), Pert(0.0, 0.0, 1.0)),
        (Poisson(3000.0), Lognormal(1.0, 2.0)),  # several batches a stripe
        (NegativeBinomial(50.0, 20.0), Lognormal(1.0, 30.0)),
        (Poisson(1.0), Lognormal(5.0, 5.0)),
    ],
)
def test_mean_and_spread_of_every_law_are_its_own(frequency: Frequency, severity: Severity) -> None:
    seen = simulate([Risk("one", frequency, severity)], years=8_000, seed=1).portfolio
    spread = math.sqrt(frequency.mean * severity.variance + frequency.variance * severity.mean**2)
    assert agrees(seen.mean, frequency.mean * severity.mean)
    assert agrees(seen.sd, spread)


def test_a_run_is_the_same_to_the_last_bit_whatever_the_threads() -> None:
    one = simulate(RISKS, triggers=TRIGGERS, years=140_000, seed=9, threads=1)
    for threads in (2, 5):
        other = simulate(RISKS, triggers=TRIGGERS, years=140_000, seed=9, threads=threads)
        for figure in ("annual", "mean", "sd", "quantiles", "tail_means", "tail_share"):
            assert getattr(one, figure).tobytes() == getattr(other, figure).tobytes(), figure


def test_another_seed_gives_other_years() -> None:
    one, other = (simulate(RISKS[:1], years=1000, seed=seed).annual for seed in (1, 2))
    assert not np.array_equal(one, other)


def test_the_years_of_a_short_run_are_the_first_of_a_long_one() -> None:
    short = simulate(RISKS, triggers=TRIGGERS, years=5_000, seed=42)
    assert np.array_equal(short.annual, simulation().annual[:5_000])


def test_a_new_risk_leaves_the_years_of_the_others_alone() -> None:
    with_it = simulate(RISKS, triggers=TRIGGERS, years=9_000, seed=3)
    without = simulate(RISKS[1:], triggers=TRIGGERS, years=9_000, seed=3)
    assert np.array_equal(with_it.mean[1:], without.mean)


def test_quantiles_and_tails_are_those_of_the_sorted_years() -> None:
    run = simulate(RISKS[:1], years=10_000, seed=5)
    worst = np.sort(run.annual)
    for seen in (run.portfolio, run.risk("theft")):
        assert seen.var(0.99).value == worst[9899]
        assert seen.tvar(0.99).value == pytest.approx(worst[9900:].mean(), rel=1e-3)
        assert seen.sd.value == pytest.approx(run.annual.std(ddof=1), rel=1e-12)
        assert seen.mean.value == pytest.approx(run.annual.mean(), rel=1e-12)


def test_a_long_run_reads_the_quantiles_of_a_risk_from_fine_bins() -> None:
    run = simulate(RISKS[:1], years=150_000, seed=5)
    one, all_ = run.risk("theft"), run.portfolio
    assert one.mean.value == pytest.approx(all_.mean.value, rel=1e-12)
    for level in run.levels:
        assert one.var(level).value == pytest.approx(all_.var(level).value, rel=0.004)
        assert one.tvar(level).value == pytest.approx(all_.tvar(level).value, rel=0.001)


def test_intervals_hold_the_truth_nineteen_times_in_twenty() -> None:
    exact = aggregate(RISKS[:1])
    runs = [simulate(RISKS[:1], years=2_000, seed=seed).portfolio for seed in range(200)]
    for figures, truth in (
        ([run.mean for run in runs], exact.mean),
        ([run.var(0.95) for run in runs], exact.quantile(0.95)),
        ([run.tvar(0.95) for run in runs], exact.tail_mean(0.95)),
    ):
        held = sum(low <= truth <= high for _, low, high in figures)
        assert 180 <= held <= 199


def test_contributions_to_the_tail_add_up_to_the_tail() -> None:
    run = simulation()
    worst = run.annual[run.annual >= run.portfolio.var(run.tail_level).value]
    assert run.tail_share[:, 0].sum() == pytest.approx(worst.mean(), rel=1e-12)
    assert run.mean[:, 0].sum() == pytest.approx(run.annual.mean(), rel=1e-12)
    rows = run.contributions()
    assert {name for name, _, _ in rows} == {risk.name for risk in RISKS}
    assert math.fsum(share for _, share, _ in rows) == pytest.approx(1)
    assert [tail for _, _, tail in rows] == sorted((row[2] for row in rows), reverse=True)


def test_a_shared_trigger_makes_the_tail_heavier_than_independence_does() -> None:
    shared = [Risk(f"site {n}", Poisson(0), Gamma(10, 1), {PORT.name: 1.0}) for n in range(10)]
    apart = [Risk(f"site {n}", Poisson(0.3), Gamma(10, 1)) for n in range(10)]
    together_ = simulate(shared, triggers=[PORT], years=20_000).portfolio
    alone = simulate(apart, years=20_000).portfolio
    assert together_.mean.value == pytest.approx(alone.mean.value, rel=0.05)
    assert together_.var(0.99).low > 1.5 * alone.var(0.99).high


def test_the_exceedance_curve_falls_and_ends_where_ten_years_are_left() -> None:
    curve = summarize("x", np.arange(1000.0), (0.5,)).exceedance()
    assert [point.probability for point in curve] == sorted(
        (point.probability for point in curve), reverse=True
    )
    assert curve[-1].probability == pytest.approx(0.01)
    assert all(point.loss.low <= point.loss.value <= point.loss.high for point in curve)
    assert next(point.loss.value for point in curve if point.probability == 0.5) == 499


LOCKS = Treatment("locks", {"theft": Effect(frequency=0.4)})
BETTER_LOCKS = Treatment("better locks", {"theft": Effect(frequency=0.2)})
COOLING = Treatment("cooling", {"spoilage": Effect(severity=0.5), "delay": Effect(0.9, 0.8)})


def test_a_treatment_saves_what_arithmetic_says() -> None:
    theft, _, cooling = compare(simulation(), [LOCKS, BETTER_LOCKS, COOLING])
    assert agrees(theft.mean_reduction, 0.6 * 4 * RISKS[0].severity.mean)
    spoilage = (1.2 + 0.2 * 1.5) * 8_000
    delay = (0.8 + 0.9 * 0.3 + 0.4 * 1.5) * RISKS[1].severity.mean
    assert agrees(cooling.mean_reduction, 0.5 * spoilage + (1 - 0.9 * 0.8) * delay)


def test_what_remains_is_the_exact_distribution_with_the_treatment() -> None:
    (seen,) = compare(simulation(), [COOLING])
    reach = {PORT.name: 0.9 * 0.9, STORMS.name: 0.9 * 0.4}
    delay = Risk("delay", Poisson(0.9 * 0.8), Pert(4_000, 8_000, 48_000), reach)
    spoilage = Risk("spoilage", NegativeBinomial(1.2, 2.5), Gamma(4_000, 3_000), {STORMS.name: 0.2})
    exact = aggregate([RISKS[0], delay, spoilage, *RISKS[3:]], triggers=TRIGGERS)
    assert agrees(seen.remaining.mean, exact.mean)
    assert agrees(seen.remaining.sd, exact.sd)
    assert agrees(seen.remaining.var(0.99), exact.quantile(0.99))
    assert agrees(seen.remaining.tvar(0.99), exact.tail_mean(0.99))


def test_a_stronger_treatment_saves_at_least_as_much_in_every_year() -> None:
    weak, strong = compare(simulation(), [LOCKS, BETTER_LOCKS])
    assert (strong.annual_reduction >= weak.annual_reduction).all()
    assert strong.annual_reduction.sum() > weak.annual_reduction.sum()


def test_a_treatment_without_effect_saves_exactly_nothing() -> None:
    (seen,) = compare(simulation(), [Treatment("poster", {"theft": Effect()})])
    assert seen.mean_reduction == Estimate(0, 0, 0)
    assert seen.tvar_reduction == Estimate(0, 0, 0)


def test_a_treatment_that_ends_every_risk_leaves_nothing() -> None:
    run = simulation()
    end = Treatment("stop trading", {risk.name: Effect(frequency=0) for risk in RISKS})
    (seen,) = compare(run, [end])
    assert seen.remaining.mean.value == pytest.approx(0, abs=1e-9)
    assert seen.mean_reduction.value == pytest.approx(run.annual.mean(), rel=1e-12)


def test_the_same_years_tell_treatments_apart_better_than_other_years_would() -> None:
    (seen,) = compare(simulation(), [Treatment("small", {"theft": Effect(severity=0.98)})])
    width = seen.mean_reduction.high - seen.mean_reduction.low
    independent = math.sqrt(2) * (
        simulation().portfolio.mean.high - simulation().portfolio.mean.low
    )
    assert width < independent / 50
    assert seen.mean_reduction.low > 0


def test_treatments_together_multiply() -> None:
    both = together("both", [LOCKS, COOLING, LOCKS])
    assert both.effects["theft"] == Effect(frequency=0.4 * 0.4)
    assert both.effects["delay"] == Effect(0.9, 0.8)


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: Poisson(-1), "frequency is not a number of at least 0: -1"),
        (lambda: Poisson(math.nan), "frequency is not a number of at least 0: nan"),
        (lambda: NegativeBinomial(1, 1), "dispersion is not above 1: 1"),
        (lambda: Lognormal(0, 5), "P5 is not above 0: 0"),
        (lambda: Lognormal(6, 5), "P5 is above P95: 6 > 5"),
        (lambda: Lognormal(1, math.inf), "P95 is not a finite number: inf"),
        (lambda: Pert(3, 2, 4), "not 0 <= low <= mode <= high with low < high: 3, 2, 4"),
        (lambda: Gamma(1, 0), "mean and sd are not both above 0: 1, 0"),
        (lambda: Empirical([]), "no values"),
        (lambda: Empirical([1, -2]), "a value is below 0: -2.0"),
        (lambda: Effect(frequency=1.5), "frequency factor is not in 0..1: 1.5"),
        (lambda: Risk("a", Poisson(1), Gamma(1, 1), {"t": 2}), "a: chance of t is not in 0..1: 2"),
        (lambda: simulate([]), "there are no risks"),
        (lambda: simulate([RISKS[0], RISKS[0]]), "two are called theft"),
        (lambda: simulate(RISKS), f"delay: there is no trigger called {PORT.name}"),
        (lambda: simulate(RISKS[:1], levels=[1.0]), "a level is not between 0 and 1: 1.0"),
        (
            lambda: list(compare(simulation(), [Treatment("x", {"y": Effect()})])),
            "x: there is no risk called y",
        ),
        (lambda: simulation().portfolio.var(0.123), "0.123 is not among the levels of this run"),
        (lambda: aggregate([Risk("none", Poisson(0), Gamma(1, 1))]), "nothing can be lost"),
    ],
)
def test_what_makes_no_sense_is_refused(make, words: str) -> None:
    with pytest.raises(ValueError, match="^" + words.replace(".", r"\.")):
        make()


def test_progress_goes_from_start_to_end() -> None:
    seen: list[float] = []
    simulate(RISKS[:1], years=1_200_000, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert len(seen) == 6


def test_a_risk_that_never_happens_costs_nothing() -> None:
    run = simulate([Risk("never", Poisson(0), Lognormal(1, 2))], years=1000)
    assert run.portfolio.mean == Estimate(0, 0, 0)
    assert run.risk("never").tvar(0.99) == Estimate(0, 0, 0)


# --- The exact distribution -----------------------------------------------------------------------


def test_the_exact_distribution_of_a_sum_that_is_known() -> None:
    # A Poisson number of losses of exactly 10.
    exact = aggregate([Risk("ten", Poisson(2.0), Empirical([10.0]))], points=1 << 14)
    chances = [math.exp(-2) * 2**n / math.factorial(n) for n in range(6)]
    tails = 1 - np.cumsum(chances)
    assert exact.exceedance(np.arange(6) * 10.0 + 5) == pytest.approx(tails, abs=1e-7)


def test_a_grid_twice_as_fine_moves_the_far_tail_by_less_than_a_thousandth() -> None:
    coarse = aggregate(RISKS, triggers=TRIGGERS)
    fine = aggregate(RISKS, triggers=TRIGGERS, points=1 << 19)
    for level in (0.5, 0.99, 0.999, 0.9999):
        assert coarse.quantile(level) == pytest.approx(fine.quantile(level), rel=1e-4)
        assert coarse.tail_mean(level) == pytest.approx(fine.tail_mean(level), rel=1e-4)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0.01, 5), st.floats(1, 1e4), st.floats(1.0, 50)), min_size=1, max_size=4
    )
)
def test_simulation_and_exact_distribution_agree_for_any_risks(
    drawn: list[tuple[float, float, float]],
) -> None:
    risks = [
        Risk(f"risk {n}", Poisson(rate), Lognormal(low, low * ratio))
        for n, (rate, low, ratio) in enumerate(drawn)
    ]
    exact, seen = aggregate(risks, points=1 << 16), simulate(risks, years=20_000).portfolio
    assert agrees(seen.mean, exact.mean, 5)
    below = np.mean(simulate(risks, years=20_000).annual <= exact.quantile(0.99))
    if exact.exceedance(np.array([1e-9]))[0] > 0.011 and all(d[2] > 1.01 for d in drawn):
        assert abs(below - 0.99) < 5 * math.sqrt(0.99 * 0.01 / 20_000)
