"""Random numbers: the published ones, and the distributions they are turned into."""

import math

import numba as nb
import numpy as np
import pytest
from scipy import stats

from bartizan.analysis.events import FAR, costs, look_far, room_for
from bartizan.analysis.severity import LOGNORMAL
from bartizan.analysis.streams import (
    EVENT,
    draw,
    draws,
    exponential,
    key,
    logarithm,
    normal,
    poisson,
    threefry,
    uniform,
)


@nb.njit
def standard_normals(bits):
    out = np.empty(len(bits))
    for pair in range(len(bits) // 2):
        out[2 * pair] = normal(bits[2 * pair], bits[2 * pair + 1], 0)
        out[2 * pair + 1] = normal(bits[2 * pair], bits[2 * pair + 1], 1)
    return out


def test_threefry_gives_the_numbers_its_authors_published() -> None:
    # Random123, kat_vectors, threefry2x64 with 13 rounds.
    assert threefry(0, 0, np.zeros(2, np.uint64)) == (0xF167B032C3B480BD, 0xE91F9FEE4B7A6FB5)


def test_a_draw_alone_is_the_draw_among_many() -> None:
    stream, many = key(7, "fire"), np.empty(100, np.uint64)
    draws(40, 100, EVENT, 5, stream, many)
    halves = [*range(40, 140, 2), *range(41, 140, 2)]
    assert [draw(number, EVENT, 5, stream) for number in halves] == many.tolist()


def test_streams_of_different_names_or_seeds_share_no_number() -> None:
    keys = [key(seed, *names) for seed in range(3) for names in (("a",), ("b",), ("a", "b"))]
    numbers = {draw(place, EVENT, 0, stream) for stream in keys for place in range(1000)}
    assert len(numbers) == 9000


@pytest.mark.parametrize("x", [1e-300, 2.0**-53, 0.3, 1 - 2.0**-53, 1.0, 7.5, 1e300])
def test_logarithm_is_that_of_the_platform(x: float) -> None:
    assert logarithm(x) == pytest.approx(math.log(x), rel=1e-13, abs=1e-16)


@pytest.mark.parametrize("x", [-690.0, -1.0, -1e-9, 0.0, 0.3465, 0.3467, 20.0, 690.0])
def test_exponential_is_that_of_the_platform(x: float) -> None:
    assert exponential(x) == pytest.approx(math.exp(x), rel=3e-13)


def test_uniforms_never_reach_their_ends() -> None:
    assert uniform(np.uint64(0)) == 2.0**-53
    assert uniform(np.uint64(2**64 - 1)) == 1 - 2.0**-53


def test_normals_are_normal_and_independent() -> None:
    bits = np.empty(1_000_000, np.uint64)
    draws(0, len(bits), EVENT, 1, key(3, "normal"), bits)
    z = standard_normals(bits)
    assert stats.kstest(z, "norm").pvalue > 0.01
    assert abs(np.corrcoef(z[::2], z[1::2])[0, 1]) < 3 / math.sqrt(len(z) / 2)
    assert abs(np.corrcoef(z[::2] ** 2, z[1::2] ** 2)[0, 1]) < 3 / math.sqrt(len(z) / 2)
    assert (np.abs(z) > 4).sum() == pytest.approx(63.3, abs=3 * math.sqrt(63.3))


def test_costs_of_events_are_lognormal_and_independent() -> None:
    room, parameters, z = room_for(1000), np.array([9.0, 1.5, 0.0, 0.0]), []
    for stripe in range(1000):
        costs(LOGNORMAL, parameters, np.zeros(1), 0, 1000, stripe, key(3, "cost"), room)
        z.append((np.log(room.cost[:1000]) - 9.0) / 1.5)
    lanes = np.concatenate(z).reshape(1000, 1000)[:, :768].reshape(1000, 3, 256)
    assert stats.kstest(np.concatenate(z), "norm").pvalue > 0.01
    for one, other in ((0, 1), (0, 2), (1, 2)):
        a, b = lanes[:, one].ravel(), lanes[:, other].ravel()
        assert abs(np.corrcoef(a, b)[0, 1]) < 3.5 / math.sqrt(len(a))
        assert abs(np.corrcoef(a**2, b**2)[0, 1]) < 3.5 / math.sqrt(len(a))


def test_the_far_tail_of_a_normal_is_drawn_from_bits_of_its_own() -> None:
    words = np.random.default_rng(1).integers(0, int(FAR), 10_000, dtype=np.uint64)
    words[::2] += FAR  # these are left alone
    real = np.ones(len(words), np.float32)
    look_far(words, len(words), 0, key(5, "far"), real)
    assert (real[::2] == 1).all()
    assert stats.kstest(real[1::2].astype(float) * 2.0**14, "uniform").pvalue > 0.01


@pytest.mark.parametrize("mean", [0.0, 0.05, 3.0, 9.99, 10.0, 12.5, 400.0, 8192.0])
def test_poisson_counts_have_the_poisson_law(mean: float) -> None:
    stream = key(11, "count", str(mean))
    counts = np.array([poisson(mean, stripe, stream) for stripe in range(20_000)])
    expected = stats.poisson(mean)
    edges = sorted({int(expected.ppf(p)) for p in np.linspace(0.05, 0.95, 19)})
    seen = np.histogram(counts, [-1, *(edge + 0.5 for edge in edges), np.inf])[0]
    share = np.diff([0, *expected.cdf(edges), 1])
    if mean == 0:
        assert counts.max() == 0
    else:
        assert stats.chisquare(seen, share * len(counts)).pvalue > 0.001
