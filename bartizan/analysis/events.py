"""Compiled kernels that draw the loss events of a stripe of years.

Years come in stripes of 4,096: their losses stay in the fastest cache, and a stripe of one risk
depends on nothing but the risk's key and the stripe's number. `years.py` puts stripes together.
"""

# The functions without annotations are typed by Numba.
# mypy: no-check-untyped-defs

import math
from typing import NamedTuple

import numba as nb
import numpy as np

from bartizan.analysis.severity import EMPIRICAL, GAMMA, LOGNORMAL
from bartizan.analysis.streams import (
    CLUSTER,
    EVENT,
    LINK,
    SHAPE,
    THIN,
    YEAR,
    direction,
    draw,
    draws,
    exponential,
    fma,
    full_width,
    normal,
    poisson,
    radius,
    scaled,
    single_direction,
    single_power,
    single_radius,
    threefry,
    uniform,
)

STRIPE = 4096  # years: 12 random bits name the year of an event
BATCH = 1024  # events worked on at a time
CROWDED = 512  # events a stripe, from which on its years are no longer listed one by one
LOG2_E = 1.4426950408889634
FAR = np.uint64(1 << 50)  # words below this are looked at more closely


class Room(NamedTuple):
    """Where a batch of events is worked on: made once, or a fifth of the time would go into it."""

    words: np.ndarray  # uint64: random bits of years
    bits: np.ndarray  # uint64: random bits of severities
    real: np.ndarray  # float32
    whole: np.ndarray  # int32
    cost: np.ndarray


@nb.njit
def room_for(count):
    """Room for so many events, and for those beside them that fill a vector: fewer than 32."""
    count += 32
    return Room(
        np.empty(count, np.uint64), np.empty(count, np.uint64), np.empty(count, np.float32),
        np.empty(count, np.int32), np.empty(count),
    )  # fmt: skip


@nb.njit
def _gamma(shape, slot, stripe, key):
    """A gamma variate of scale 1, by Marsaglia and Tsang (ACM TOMS 26, 2000)."""
    boosted = shape + 1.0 if shape < 1.0 else shape
    d = boosted - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    attempt = slot << 8
    while True:
        x, y = threefry(attempt, stripe << 3 | SHAPE, key)
        u, extra = threefry(attempt + 1, stripe << 3 | SHAPE, key)
        z = normal(x, y, 0)
        v = (1.0 + c * z) ** 3
        attempt += 2
        if v > 0.0 and math.log(uniform(u)) < 0.5 * z * z + d - d * v + d * math.log(v):
            break
    if shape < 1.0:
        return d * v * uniform(extra) ** (1.0 / shape)
    return d * v


@nb.njit(error_model="numpy")
def _severity(kind, parameters, values, index, stripe, key):
    """The cost of event number `index` of a source in a stripe."""
    if kind == LOGNORMAL:
        x, y = threefry(index >> 1, stripe << 3 | EVENT, key)
        return exponential(fma(parameters[1] * radius(x), direction(y, index & 1), parameters[0]))
    if kind == EMPIRICAL:
        u = uniform(draw(index, EVENT, stripe, key))
        return values[np.int64(parameters[0] + math.floor(u * parameters[1]))]
    if kind == GAMMA:
        return parameters[1] * _gamma(parameters[0], 2 * index, stripe, key)
    a = _gamma(parameters[2], 2 * index, stripe, key)
    b = _gamma(parameters[3], 2 * index + 1, stripe, key)
    return parameters[0] + parameters[1] * (a / (a + b))


@nb.njit
def _quarter(count):
    """A quarter of so many events, rounded up to whole vectors.

    Events are worked on in four lanes, those of lane 0 first. Event number n is in lane n & 3 and
    has counter n >> 2: one word of random bits names the years of four events, another is the
    normals of lanes 0 and 2, a third those of lanes 1 and 3.
    """
    return ((count + 31) >> 5) << 3


@nb.njit
def _draw_years(start, count, stripe, key, words):
    """Draw the years of events start to start + count, which `_year` takes from the words."""
    draws(start >> 2, (_quarter(count) + 15) & ~15, YEAR, stripe, key, words)


@nb.njit
def _year(word, lane):
    """The year in the stripe of the event in this lane, from the word of the four."""
    return (word >> np.uint64(16 * lane)) & np.uint64(STRIPE - 1)


@nb.njit
def _lognormals(mu, sigma, pairs, stripe, key, room):
    """Write the costs of `pairs` (a multiple of 16) pairs of lognormal events, a word each.

    In single precision but for the median, the tail of the uniform and the power of two: within
    2e-6 of the cost in double precision, a thousandth of the error of ten million years. In loops
    over neighbours of one width, of which the processor has as many under way as it can hold.
    """
    full_width()
    median, steepness = exponential(mu), np.float32(sigma * LOG2_E)
    bits, real, whole, cost = room.bits, room.real, room.whole, room.cost
    least = bits[0]
    for pair in range(pairs):
        real[pair] = uniform(bits[pair] >> np.uint64(25) << np.uint64(13))
        whole[pair] = np.int32(bits[pair] << np.uint64(7))
        least = min(least, bits[pair])
    if least < FAR:
        look_far(bits, pairs, stripe, key, real)
    for pair in range(pairs):
        far, y = steepness * single_radius(real[pair]), whole[pair]
        real[pair], whole[pair] = single_power(far * single_direction(y, 0))
        real[pairs + pair], whole[pairs + pair] = single_power(far * single_direction(y, 1))
    for event in range(2 * pairs):
        cost[event] = median * scaled(real[event], whole[event])


@nb.njit
def look_far(bits, pairs, stripe, key, real):
    """Give the uniforms below 2^-14 52 more bits: 39 are too few for the far tail of a normal."""
    for pair in range(pairs):
        if bits[pair] < FAR:
            more, _ = threefry(bits[pair], stripe << 3 | SHAPE, key)
            real[pair] = uniform(more) * 2.0**-14


@nb.njit
def costs(kind, parameters, values, start, count, stripe, key, room):
    """Write the costs of events start (a multiple of 4) to start + count to the room's `cost`."""
    if kind == LOGNORMAL:
        pairs = 2 * _quarter(count)
        draws(start >> 1, pairs, EVENT, stripe, key, room.bits)
        _lognormals(parameters[0], parameters[1], pairs, stripe, key, room)
    else:
        quarter = _quarter(count)
        for event in range(count):
            number = start + 4 * (event % quarter) + event // quarter
            room.cost[event] = _severity(kind, parameters, values, number, stripe, key)


@nb.njit
def _affect(effect, start, count, stripe, key, room):
    """Apply a treatment to the costs of events start to start + count."""
    survives, kept, lost = effect
    if survives < 1.0 or kept != 1.0:
        draws(start, count, THIN, stripe, key, room.bits)
        for event in range(count):
            room.cost[event] *= kept if uniform(room.bits[event]) < survives else lost


@nb.njit
def _add_plain(plan, source, risk, stripe, effects, room, yearly, touched):
    """Add one stripe of a plain source to yearly[STRIPE]; list the years it touched.

    Where events crowd, years are not listed and STRIPE is returned: all may be touched.
    """
    key, parameters, values = plan.key[source], plan.parameters[risk], plan.values
    effect = effects.survives[risk], effects.kept[risk], effects.lost[risk]
    words, cost = room.words, room.cost
    total = poisson(plan.rate[source] * STRIPE, stripe, key)
    filled = 0
    for start in range(0, total, BATCH):
        count = min(BATCH, total - start)
        _draw_years(start, count, stripe, key, words)
        costs(plan.kind[risk], parameters, values, start, count, stripe, key, room)
        _affect(effect, start, count, stripe, key, room)
        quarter = _quarter(count)
        for lane in range(4):
            first = lane * quarter
            for place in range(min(quarter, count - first)):
                year, loss = _year(words[place], lane), cost[first + place]
                before = yearly[year]
                yearly[year] = before + loss
                if total < CROWDED:
                    touched[filled] = year
                    filled += (before == 0.0) & (loss != 0.0)
    if total >= CROWDED:
        return STRIPE
    return filled


@nb.njit
def _choose(words, start, count, wanted, chosen, number, years):
    """List the events start to start + count that fall into wanted years, `chosen` being listed.

    Returns how many are listed then. Few are: eight events are looked at together, and each of
    them only when one is wanted.
    """
    quarter = _quarter(count)
    for first in range(0, quarter, 2):
        some = False
        for place in range(first, first + 2):
            for lane in range(4):
                some |= wanted[_year(words[place], lane)]
        if some:
            for place in range(first, first + 2):
                for lane in range(4):
                    year = _year(words[place], lane)
                    number[chosen], years[chosen] = start + 4 * place + lane, year
                    chosen += wanted[year] & (lane * quarter + place < count)
    return chosen


@nb.njit
def _costs_of(number, chosen, kind, parameters, values, stripe, key, room):
    """Write the costs of the first `chosen` of the events with these numbers.

    Numbers have room for 15 more.
    """
    full_width()
    bits, cost = room.bits, room.cost
    if kind != LOGNORMAL:
        for place in range(chosen):
            cost[place] = _severity(kind, parameters, values, number[place], stripe, key)
        return
    pairs = (chosen + 15) & ~15
    number[chosen:pairs] = 0
    for place in range(pairs):
        x, y = threefry(number[place] >> 2, stripe << 3 | EVENT, key)
        bits[place] = y if number[place] & 1 else x
    _lognormals(parameters[0], parameters[1], pairs, stripe, key, room)
    for place in range(chosen):
        if number[place] & 2:
            cost[place] = cost[pairs + place]


@nb.njit
def pick_plain(plan, source, risk, stripe, wanted, room, number, years, yearly, touched):
    """As `_add_plain`, but the severities of the events in wanted[STRIPE] years alone.

    They are listed, by number and year, until a batch is together: there is room for two batches
    in number and years, and for twice as many events.
    """
    key, parameters, values = plan.key[source], plan.parameters[risk], plan.values
    words, cost, kind = room.words, room.cost, plan.kind[risk]
    total = poisson(plan.rate[source] * STRIPE, stripe, key)
    filled = chosen = 0
    for start in range(0, total, BATCH):
        count = min(BATCH, total - start)
        _draw_years(start, count, stripe, key, words)
        chosen = _choose(words, start, count, wanted, chosen, number, years)
        if chosen < BATCH and start + BATCH < total:
            continue
        _costs_of(number, chosen, kind, parameters, values, stripe, key, room)
        for place in range(chosen):
            year = years[place]
            touched[filled] = year
            filled += (yearly[year] == 0.0) & (cost[place] != 0.0)
            yearly[year] += cost[place]
        chosen = 0
    return filled


@nb.njit
def add_clusters(plan, source, risk, stripe, effects, wanted, room, yearly, touched, filled):
    """Add the events of a trigger or of bursts that fall into wanted[STRIPE] years."""
    # The plan's arrays are taken out of it once: passing it on for each event would count
    # references ten times an event.
    key, shared = plan.key[source], plan.shared[source]
    size, chance, kind = plan.size[source], plan.chance[source], plan.kind[risk]
    parameters, values, bits = plan.parameters[risk], plan.values, room.bits
    survives, kept, lost = effects.survives[risk], effects.kept[risk], effects.lost[risk]
    total = poisson(plan.rate[source] * STRIPE, stripe, shared)
    index = 0
    for cluster in range(total):
        if cluster % BATCH == 0:
            draws(cluster, min(BATCH, total - cluster), EVENT, stripe, shared, bits)
        year, events = np.int64(bits[cluster % BATCH] >> np.uint64(52)), 1
        if size > 0.0:
            u, v = threefry(cluster, stripe << 3 | CLUSTER, shared)
            # Logarithmic law by Kemp's algorithm LK (Applied Statistics 30, 1981).
            q = math.log1p(-math.exp(math.log1p(-size) * uniform(u)))
            events = 1 + np.int64(math.log(uniform(v)) / q)
        index += events
        for event in range(index - events, index if wanted[year] else 0):
            if chance < 1.0 and uniform(draw(event, LINK, stripe, key)) >= chance:
                continue
            cost = _severity(kind, parameters, values, event, stripe, key)
            if survives < 1.0 or kept != 1.0:
                cost *= kept if uniform(draw(event, THIN, stripe, key)) < survives else lost
            touched[min(filled, STRIPE)] = year
            filled += (yearly[year] == 0.0) & (cost != 0.0)
            yearly[year] += cost
    return filled


@nb.njit
def risk_stripe(plan, risk, stripe, effects, wanted, room, yearly, touched):
    """Add one stripe of a risk, from all its sources, to yearly; return the years touched."""
    filled = 0
    for source in range(plan.first[risk], plan.first[risk + 1]):
        if plan.plain[source]:  # always the first source, when there is one
            filled = _add_plain(plan, source, risk, stripe, effects, room, yearly, touched)
        else:
            filled = add_clusters(
                plan, source, risk, stripe, effects, wanted, room, yearly, touched, filled
            )
    return filled
