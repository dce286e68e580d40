"""Compiled kernels that draw the loss events of a stripe of years.

Years come in stripes of 4,096: their losses stay in the fastest cache, and a stripe of one risk
depends on nothing but the risk's key and the stripe's number. `years.py` puts stripes together.
"""

# The functions without annotations are typed by Numba.
# mypy: no-check-untyped-defs

import math

import numba as nb
import numpy as np

from bartizan.analysis.severity import EMPIRICAL, GAMMA, LOGNORMAL
from bartizan.analysis.streams import (
    CLUSTER,
    EVENT,
    LINK,
    SHAPE,
    THIN,
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

STRIPE = 4096  # years; the upper 12 of an event's 64 random bits name its year
BATCH = 512  # events worked on at a time
CROWDED = 512  # events a stripe, from which on its years are no longer listed one by one
LOG2_E = 1.4426950408889634


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
def _lognormals(mu, sigma, bits, count, cost):
    """The costs of `count` lognormal events from their random bits, which come in halves.

    In single precision but for the median, the tail of the uniform and the power of two: within
    2e-6 of the cost in double precision, a thousandth of the error of ten million years. In loops
    over neighbours of one width, of which the processor has as many under way as it can hold.
    """
    full_width()
    pairs = (count + 1) >> 1
    # As many turns as fill the registers: what is left over would go one by one.
    full = (pairs + 15) & ~15
    median, steepness = exponential(mu), np.float32(sigma * LOG2_E)
    real, whole = np.empty(2 * full, np.float32), np.empty(2 * full, np.int32)
    real[pairs:full], whole[pairs:full] = 1.0, 0
    for pair in range(pairs):
        real[pair] = uniform(bits[pair])
        whole[pair] = np.int32(bits[pairs + pair] >> np.uint64(20))
    for pair in range(full):
        far, y = steepness * single_radius(real[pair]), whole[pair]
        real[pair], whole[pair] = single_power(far * single_direction(y, 0))
        real[full + pair], whole[full + pair] = single_power(far * single_direction(y, 1))
    for pair in range(pairs):
        cost[pair] = median * scaled(real[pair], whole[pair])
        cost[pairs + pair] = median * scaled(real[full + pair], whole[full + pair])


@nb.njit
def costs(kind, parameters, values, start, count, stripe, key, bits, cost):
    """The costs of events start to start + count, whose bits are drawn."""
    if kind == LOGNORMAL:
        _lognormals(parameters[0], parameters[1], bits, count, cost)
    else:
        for event in range(count):
            cost[event] = _severity(kind, parameters, values, start + event, stripe, key)


@nb.njit
def _affect(effect, start, count, stripe, key, cost):
    """Apply a treatment to the costs of events start to start + count."""
    survives, kept, lost = effect
    if survives < 1.0 or kept != 1.0:
        bits = np.empty(BATCH, np.uint64)
        draws(start, count, THIN, stripe, key, bits)
        for event in range(count):
            cost[event] *= kept if uniform(bits[event]) < survives else lost


@nb.njit
def _add_plain(plan, source, risk, stripe, effects, bits, cost, yearly, touched):
    """Add one stripe of a plain source to yearly[STRIPE]; list the years it touched.

    Where events crowd, years are not listed and STRIPE is returned: all may be touched.
    """
    key, parameters, values = plan.key[source], plan.parameters[risk], plan.values
    effect = effects.survives[risk], effects.kept[risk], effects.lost[risk]
    total = poisson(plan.rate[source] * STRIPE, stripe, key)
    filled = 0
    for start in range(0, total, BATCH):
        count = min(BATCH, total - start)
        draws(start, count, EVENT, stripe, key, bits)
        costs(plan.kind[risk], parameters, values, start, count, stripe, key, bits, cost)
        _affect(effect, start, count, stripe, key, cost)
        if total >= CROWDED:
            for event in range(count):
                yearly[bits[event] >> np.uint64(52)] += cost[event]
            continue
        for event in range(count):
            year = bits[event] >> np.uint64(52)
            before = yearly[year]
            touched[filled] = year
            filled += (before == 0.0) & (cost[event] != 0.0)
            yearly[year] = before + cost[event]
    if total >= CROWDED:
        return STRIPE
    return filled


@nb.njit
def _chosen(bits, count, wanted, places):
    """List the events among the first `count` that fall into wanted years; return how many.

    Few do: eight are looked at together, and each of them only when one is wanted.
    """
    chosen = 0
    for first in range(0, count, 8):
        some = False
        for event in range(first, first + 8):  # those after the last were drawn earlier
            some |= wanted[bits[event] >> np.uint64(52)]
        if some:
            for event in range(first, min(first + 8, count)):
                places[chosen] = event
                chosen += wanted[bits[event] >> np.uint64(52)]
    return chosen


@nb.njit
def pick_plain(plan, source, risk, stripe, wanted, bits, pairs, cost, yearly, touched):
    """As `_add_plain`, but the severities of the events in wanted[STRIPE] years alone."""
    key, parameters, values = plan.key[source], plan.parameters[risk], plan.values
    total = poisson(plan.rate[source] * STRIPE, stripe, key)
    places = np.empty(BATCH + 1, np.int64)
    filled = 0
    for start in range(0, total, BATCH):
        count = min(BATCH, total - start)
        draws(start, count, EVENT, stripe, key, bits)
        chosen = _chosen(bits, count, wanted, places)
        half = (count + 1) >> 1
        if plan.kind[risk] == LOGNORMAL:
            for place in range(chosen):
                pair = places[place] % half
                pairs[place] = bits[pair]
                pairs[chosen + place] = bits[half + pair]
            _lognormals(parameters[0], parameters[1], pairs, 2 * chosen, cost)
        for place in range(chosen):
            event = places[place]
            if plan.kind[risk] == LOGNORMAL:
                loss = cost[place + chosen * (event // half)]
            else:
                loss = _severity(plan.kind[risk], parameters, values, start + event, stripe, key)
            year = bits[event] >> np.uint64(52)
            touched[filled] = year
            filled += (yearly[year] == 0.0) & (loss != 0.0)
            yearly[year] += loss
    return filled


@nb.njit
def add_clusters(plan, source, risk, stripe, effects, wanted, bits, yearly, touched, filled):
    """Add the events of a trigger or of bursts that fall into wanted[STRIPE] years."""
    # The plan's arrays are taken out of it once: passing it on for each event would count
    # references ten times an event.
    key, shared = plan.key[source], plan.shared[source]
    size, chance, kind = plan.size[source], plan.chance[source], plan.kind[risk]
    parameters, values = plan.parameters[risk], plan.values
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
def risk_stripe(plan, risk, stripe, effects, wanted, bits, cost, yearly, touched):
    """Add one stripe of a risk, from all its sources, to yearly; return the years touched."""
    filled = 0
    for source in range(plan.first[risk], plan.first[risk + 1]):
        if plan.plain[source]:  # always the first source, when there is one
            filled = _add_plain(plan, source, risk, stripe, effects, bits, cost, yearly, touched)
        else:
            filled = add_clusters(
                plan, source, risk, stripe, effects, wanted, bits, yearly, touched, filled
            )
    return filled
