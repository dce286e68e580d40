"""A whole run as plain data: the same question gives the same answer, and the sets are the best."""

import json
from itertools import combinations

import pytest

from bartizan.analysis.exposure import run
from bartizan.analysis.inputs import Inputs, RiskInput, TreatmentInput, canonical
from bartizan.analysis.severity import Lognormal

THEFT = RiskInput("RSK-0001", "Theft at night", 2.0, 1_000, 50_000, where="yard")
FIRE = RiskInput("RSK-0002", "Fire in the yard", 0.1, 100_000, 2_000_000, where="yard")
STORM = RiskInput("RSK-0003", "Storm at sea", 0.5, 10_000, 90_000)
GUARD = TreatmentInput("TRP-0001", "Guard", {"RSK-0001": (0.5, 1.0)}, cost=9_000)
FENCE = TreatmentInput("TRP-0002", "Fence", {"RSK-0001": (0.6, 0.9)}, cost=5_000)
SPRINKLER = TreatmentInput("TRP-0003", "Sprinklers", {"RSK-0002": (1.0, 0.2)}, cost=30_000)
HOSES = TreatmentInput(
    "TRP-0004", "Hoses", {"RSK-0002": (1.0, 0.7)}, cost=2_000, needs=("TRP-0005",)
)
WATER = TreatmentInput("TRP-0005", "Water main", {"RSK-0002": (1.0, 0.95)}, cost=4_000)
RISKS, TREATMENTS = (THEFT, FIRE, STORM), (GUARD, FENCE, SPRINKLER, HOSES, WATER)


def asked(**more) -> Inputs:
    return Inputs(RISKS, **{"treatments": TREATMENTS, "years": 20_000} | more)


def expected_reduction(inputs: Inputs, chosen) -> float:
    """What these take away of the expected loss: factors on a risk multiply."""
    left = {risk.name: 1.0 for risk in inputs.risks}
    for one in chosen:
        for risk, (frequency, severity) in one.effects.items():
            left[risk] *= frequency * severity
    means = {r.name: r.frequency * Lognormal(r.p5, r.p95).mean for r in inputs.risks}
    return sum(means[name] * (1 - factor) for name, factor in left.items())


@pytest.fixture(scope="module")
def result():
    return run(asked())


def test_the_inputs_come_back_from_json_as_they_were():
    inputs = asked(shared=0.25)
    assert Inputs.from_data(json.loads(canonical(inputs.as_data()))) == inputs


def test_the_same_question_has_the_same_digest_and_the_same_answer(result):
    assert asked().digest == asked().digest != asked(seed=2).digest
    assert canonical(run(asked())) == canonical(result)


def test_the_mean_is_that_of_the_inputs(result):
    exact = expected_reduction(
        asked(), [TreatmentInput("all", "", {r.name: (0.0, 1.0) for r in RISKS}, 0)]
    )
    value, low, high = result["portfolio"]["mean"]
    assert low < exact < high
    assert sum(one["mean"][0] for one in result["risks"]) == pytest.approx(value)


def test_what_is_shared_comes_in_the_same_years_and_no_more_often():
    """Two risks of 1,000 an event: apart their variances add up, together they are one of 2,000."""
    twins = tuple(RiskInput(name, name, 1.0, 1_000, 1_000, where="yard") for name in ("a", "b"))
    apart, together = (
        run(Inputs(twins, years=100_000, shared=shared))["portfolio"] for shared in (0.0, 1.0)
    )
    for seen, spread in ((apart, 2**0.5), (together, 2.0)):
        assert seen["mean"][0] == pytest.approx(2_000, rel=0.02)
        assert seen["sd"][0] == pytest.approx(1_000 * spread, rel=0.02)


def test_half_of_what_is_shared_is_half_of_what_they_have_in_common():
    twins = tuple(RiskInput(name, name, 1.0, 1_000, 1_000, where="yard") for name in ("a", "b"))
    seen = run(Inputs(twins, years=100_000, shared=0.5))["portfolio"]
    assert seen["sd"][0] == pytest.approx(1_000 * 3**0.5, rel=0.02)


def allowed(chosen) -> bool:
    names = {one.name for one in chosen}
    return all(names.issuperset(one.needs) and names.isdisjoint(one.excludes) for one in chosen)


def every_set(treatments):
    for size in range(len(treatments) + 1):
        yield from filter(allowed, combinations(treatments, size))


@pytest.mark.parametrize(
    "treatments",
    [
        TREATMENTS,
        (GUARD, TreatmentInput(**FENCE.__dict__ | {"excludes": ("TRP-0001",)}), SPRINKLER),
    ],
    ids=["needs", "excludes"],
)
def test_no_set_takes_away_more_for_the_same_money(treatments):
    inputs = asked(treatments=treatments, years=1_000)
    known = {one.name: one for one in treatments}
    for one in run(inputs)["sets"]:
        chosen = [known[name] for name in one["names"]]
        assert allowed(chosen)
        best = max(
            expected_reduction(inputs, other)
            for other in every_set(treatments)
            if sum(t.cost for t in other) <= one["cost"]
        )
        assert expected_reduction(inputs, chosen) == pytest.approx(best, rel=1e-5)


def test_the_frontier_goes_from_nothing_to_all_that_pays(result):
    sets = result["sets"]
    assert (sets[0]["names"], sets[0]["cost"]) == ([], 0)
    assert [one["cost"] for one in sets] == sorted({one["cost"] for one in sets})
    assert sorted(sets[-1]["names"]) == [one.name for one in TREATMENTS]


def test_what_another_needs_comes_before_it(result):
    order = result["sets"][-1]["names"]
    assert order.index("TRP-0005") < order.index("TRP-0004")


@pytest.mark.parametrize(
    "wrong,says",
    [
        ({"risks": ()}, "there is no risk to simulate"),
        ({"shared": 1.5}, "the share that strikes a whole place is not in 0..1: 1.5"),
        ({"years": 10}, "fewer than 1,000 years say nothing: 10"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        Inputs(**{"risks": RISKS} | wrong)
