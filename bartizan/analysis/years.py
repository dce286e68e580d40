"""Compiled kernels that simulate years of losses. `loss.py` is the way in.

Years come in stripes of 4,096: their losses stay in the fastest cache, and a stripe of one risk
depends on nothing but the risk's key and the stripe's number. Kernels release the interpreter
lock and run on ordinary threads; Numba's own thread pools abort a process that forks or calls
them twice at once, as a web server does.
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
    bits_from_float,
    direction,
    draw,
    draws,
    exponential,
    fma,
    normal,
    poisson,
    radius,
    threefry,
    uniform,
)

STRIPE = 4096  # years; the upper 12 of an event's 64 random bits name its year
BATCH = 1024  # events worked on at a time
CROWDED = 1024  # events a stripe, from which on its years are no longer listed one by one
BLOCK = 32 * STRIPE  # years of one risk held in memory at a time

LANES = 64
BINS = 8192  # of a histogram: 256 for every doubling, from 2^-8 to 2^24 times its base
_BIN_SHIFT = np.uint64(52 - 8)
_BINS_BELOW = 8 * 256


class Plan(NamedTuple):
    """Risks laid out for the kernels.

    A risk is fed by sources: its own frequency, and every trigger that reaches it. Sources of
    risk r are numbers first[r] to first[r + 1].
    """

    first: np.ndarray  # (risks + 1,) int64
    key: np.ndarray  # (sources, 2) uint64: severities, survival of treatments, reach of triggers
    shared: (
        np.ndarray
    )  # (sources, 2) uint64: counts and years; those of the trigger if there is one
    plain: np.ndarray  # (sources,) bool: own frequency, events one by one
    rate: np.ndarray  # (sources,) clusters a year
    size: np.ndarray  # (sources,) parameter of the logarithmic cluster size, 0 for size 1
    chance: np.ndarray  # (sources,) probability that an occurrence reaches the risk
    kind: np.ndarray  # (risks,) int64: kind of severity
    parameters: np.ndarray  # (risks, 4)
    values: np.ndarray  # the values of empirical severities, one after the other


class Effects(NamedTuple):
    """What happens to the events of each risk, one number a risk.

    With probability `survives` an event costs `kept` times its severity, otherwise `lost` times.
    """

    survives: np.ndarray
    kept: np.ndarray
    lost: np.ndarray


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
    """The costs of `count` lognormal events from their random bits.

    In three short loops, of which the processor has many turns under way at once.
    """
    pairs = (count + 1) >> 1
    for pair in range(pairs):
        cost[2 * pair] = sigma * radius(bits[2 * pair])
    for pair in range(pairs):
        far, y = cost[2 * pair], bits[2 * pair + 1]
        cost[2 * pair] = fma(far, direction(y, 0), mu)
        cost[2 * pair + 1] = fma(far, direction(y, 1), mu)
    for event in range(2 * pairs):
        cost[event] = exponential(cost[event])


@nb.njit
def costs(kind, parameters, values, start, count, stripe, key, bits, cost):
    """The costs of events start to start + count, whose bits are drawn."""
    if kind == LOGNORMAL:
        _lognormals(parameters[0], parameters[1], bits, count, cost)
    else:
        for event in range(count):
            cost[event] = _severity(kind, parameters, values, start + event, stripe, key)


@nb.njit
def _affect(effect, start, count, stripe, key, bits, cost):
    """Apply a treatment to the costs of events start to start + count."""
    survives, kept, lost = effect
    if survives < 1.0 or kept != 1.0:
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
    years = np.empty(BATCH, np.int64)
    filled = 0
    for start in range(0, total, BATCH):
        count = min(BATCH, total - start)
        draws(start, count, EVENT, stripe, key, bits)
        for event in range(count):
            years[event] = bits[event] >> np.uint64(52)
        costs(plan.kind[risk], parameters, values, start, count, stripe, key, bits, cost)
        _affect(effect, start, count, stripe, key, bits, cost)
        if total >= CROWDED:
            for event in range(count):
                yearly[years[event]] += cost[event]
            continue
        for event in range(count):
            year = years[event]
            before = yearly[year]
            touched[filled] = year
            filled += (before == 0.0) & (cost[event] != 0.0)
            yearly[year] = before + cost[event]
    if total >= CROWDED:
        return STRIPE
    return filled


@nb.njit
def _pick_plain(plan, source, risk, stripe, wanted, bits, pairs, cost, yearly, touched):
    """As `_add_plain`, but the severities of the events in wanted[STRIPE] years alone."""
    key, parameters, values = plan.key[source], plan.parameters[risk], plan.values
    total = poisson(plan.rate[source] * STRIPE, stripe, key)
    places = np.empty(BATCH + 1, np.int64)
    filled = 0
    for start in range(0, total, BATCH):
        count = min(BATCH, total - start)
        draws(start, count, EVENT, stripe, key, bits)
        chosen = 0
        for event in range(count):
            places[chosen] = event
            chosen += wanted[bits[event] >> np.uint64(52)]
        if plan.kind[risk] == LOGNORMAL:
            for place in range(chosen):
                pairs[2 * place] = bits[places[place] & -2]
                pairs[2 * place + 1] = bits[places[place] | 1]
            _lognormals(parameters[0], parameters[1], pairs, 2 * chosen, cost)
        for place in range(chosen):
            event = places[place]
            if plan.kind[risk] == LOGNORMAL:
                loss = cost[2 * place + (event & 1)]
            else:
                loss = _severity(plan.kind[risk], parameters, values, start + event, stripe, key)
            year = bits[event] >> np.uint64(52)
            touched[filled] = year
            filled += (yearly[year] == 0.0) & (loss != 0.0)
            yearly[year] += loss
    return filled


@nb.njit
def _add_clusters(plan, source, risk, stripe, effects, wanted, bits, yearly, touched, filled):
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
def _risk_stripe(plan, risk, stripe, effects, wanted, bits, cost, yearly, touched):
    """Add one stripe of a risk, from all its sources, to yearly; return the years touched."""
    filled = 0
    for source in range(plan.first[risk], plan.first[risk + 1]):
        if plan.plain[source]:  # always the first source, when there is one
            filled = _add_plain(plan, source, risk, stripe, effects, bits, cost, yearly, touched)
        else:
            filled = _add_clusters(
                plan, source, risk, stripe, effects, wanted, bits, yearly, touched, filled
            )
    return filled


@nb.njit
def _flush_all(yearly, limit, offset, annual, losses, found):
    """Move a stripe of yearly losses to annual and, above 0, to losses; clear it."""
    for year in range(limit):
        annual[offset + year] += yearly[year]
    for year in range(limit):
        losses[found] = yearly[year]
        found += yearly[year] > 0.0
    for year in range(STRIPE):
        yearly[year] = 0.0
    return found


@nb.njit
def _flush(yearly, touched, filled, limit, offset, annual, losses, found):
    """As `_flush_all`, for the listed years alone."""
    for place in range(filled):
        year = touched[place]
        loss = yearly[year]
        yearly[year] = 0.0
        if year < limit:
            annual[offset + year] += loss
            losses[found] = loss
            found += 1
    return found


@nb.njit
def _risk_block(plan, risk, first_stripe, effects, annual, losses):
    """Add a block of years of one risk to annual; write its losses above 0, return how many.

    losses has room for one more than the years of the block.
    """
    bits, cost = np.empty(BATCH, np.uint64), np.empty(BATCH)
    yearly, touched = np.zeros(STRIPE), np.empty(STRIPE + 1, np.int64)
    wanted = np.ones(STRIPE, np.bool_)
    found = 0
    for offset in range(0, len(annual), STRIPE):
        stripe = first_stripe + offset // STRIPE
        filled = _risk_stripe(plan, risk, stripe, effects, wanted, bits, cost, yearly, touched)
        limit = min(STRIPE, len(annual) - offset)
        if filled >= STRIPE:
            found = _flush_all(yearly, limit, offset, annual, losses, found)
        else:
            found = _flush(yearly, touched, filled, limit, offset, annual, losses, found)
    return found


@nb.njit
def bin_of(value, base):
    """The histogram bin of a value of at least 0; `base` is the image of the base value."""
    place = np.int64(bits_from_float(value) >> _BIN_SHIFT) - base + _BINS_BELOW
    return min(max(place, 0), BINS - 1)


@nb.njit(nogil=True, cache=True)
def base_of(value):
    """The image of a histogram's base value, which must be above 0."""
    return np.int64(bits_from_float(value) >> _BIN_SHIFT)


@nb.njit
def _power_sums(values, count, centre, moments):
    """Add the sums of the first four powers of (value - centre), in 64 lanes to run abreast."""
    lanes = np.zeros((4, LANES))
    first, second, third, fourth = lanes[0], lanes[1], lanes[2], lanes[3]
    for start in range(0, count, LANES):
        for lane in range(min(LANES, count - start)):
            d = values[start + lane] - centre
            square = d * d
            first[lane] += d
            second[lane] += square
            third[lane] += square * d
            fourth[lane] += square * square
    for power in range(4):
        moments[power] += lanes[power].sum()


@nb.njit(nogil=True, cache=True)
def gather(values, bins, base, centre, counts, sums, moments):
    """Add values to a histogram and to the sums of powers of (value - centre).

    Writes the bin of each value to bins, int16 of the same shape.
    """
    _power_sums(values, len(values), centre, moments)
    for place in range(len(values)):
        bins[place] = bin_of(values[place], base)
    for place in range(len(values)):
        counts[bins[place]] += 1
        sums[bins[place]] += values[place]


@nb.njit(nogil=True, cache=True)
def bin_edge(b, base):
    """The lower edge of a histogram bin."""
    if b == 0:
        return 0.0
    image = np.uint64(b + base - _BINS_BELOW) << _BIN_SHIFT
    return np.array([image]).view(np.float64)[0]


@nb.njit(nogil=True, cache=True)
def quantiles_of(values, bins, exact, base, counts, zeros, ranks, out):
    """Write the order statistics at ascending 0-based ranks, `zeros` zeros coming first.

    Exact when all values and their bins are at hand; otherwise interpolated in a bin, which is at
    most 0.4 % wide.
    """
    holder, within = np.zeros(len(ranks), np.int64), np.zeros(len(ranks), np.int64)
    marked = np.zeros(BINS, np.bool_)
    b, below = 0, np.int64(counts[0])
    for place in range(len(ranks)):
        if ranks[place] < zeros:
            holder[place] = -1
            continue
        while ranks[place] - zeros >= below:
            b += 1
            below += counts[b]
        holder[place] = b
        within[place] = ranks[place] - zeros - (below - counts[b])
        marked[b] = True
    start = np.zeros(BINS, np.int64)
    total = 0
    for b in range(BINS):
        if marked[b]:
            start[b] = total
            total += counts[b]
    if exact:
        chosen = np.empty(total + 1)  # one to spare: the last write may not count
        filled = 0
        for place in range(len(values)):
            chosen[filled] = values[place]
            filled += marked[bins[place]]
        chosen[:total].sort()
    for place in range(len(ranks)):
        b = holder[place]
        if b < 0:
            out[place] = 0.0
        elif exact:
            out[place] = chosen[start[b] + within[place]]
        else:
            low, high = bin_edge(b, base), bin_edge(b + 1, base)
            out[place] = low + (high - low) * (within[place] + 0.5) / counts[b]


@nb.njit(nogil=True, cache=True)
def excess_of(base, counts, sums, thresholds, out):
    """Write the sums of (value - t)+ and of its square over all values, for ascending t.

    A bin is taken at its mean: exact for the bins above t, within the bin of t off by at most
    its width of 0.4 % times its share.
    """
    level = len(thresholds) - 1
    number, total, squares = 0.0, 0.0, 0.0
    b = BINS - 1
    while level >= 0:
        t = thresholds[level]
        edge = bin_of(t, base) if t > 0.0 else -1
        while b > edge:
            if counts[b] > 0:
                number += counts[b]
                total += sums[b]
                squares += sums[b] * sums[b] / counts[b]
            b -= 1
        over, square = total - t * number, squares - 2.0 * t * total + t * t * number
        if edge >= 0 and counts[edge] > 0 and sums[edge] / counts[edge] > t:
            over += sums[edge] - t * counts[edge]
        out[level, 0], out[level, 1] = over, max(square, 0.0)
        level -= 1


@nb.njit(nogil=True, cache=True)
def simulate_block(
    plan, low, high, first_stripe, effects, annual, base, centre, counts, sums, moments, found,
    whole, ranks, middle, years, quantiles, excess,
):  # fmt: skip
    """Simulate one block of years of the risks low to high - 1.

    Adds to annual (years of the block,), to the histograms counts and sums, to moments (risks, 4)
    and to found (risks,), the number of years with a loss. When the block is the whole run the
    histogram has one row, used anew for each risk, and quantiles and excess are written at once.
    """
    losses, bins = np.empty(len(annual) + 1), np.empty(len(annual), np.int16)
    for risk in range(low, high):
        row = 0 if whole else risk - low
        number = _risk_block(plan, risk, first_stripe, effects, annual, losses)
        found[risk] += number
        these, base_bin = losses[:number], base[risk]
        gather(these, bins, base_bin, centre[risk], counts[row], sums[row], moments[risk])
        if whole:
            zeros = years - number
            quantiles_of(these, bins, True, base_bin, counts[row], zeros, ranks, quantiles[risk])
            excess_of(base[risk], counts[row], sums[row], quantiles[risk][middle], excess[risk])
            counts[row] = 0
            sums[row] = 0.0


@nb.njit(nogil=True, cache=True)
def annual_block(plan, risks, first_stripe, effects, annual):
    """Add a block of years of some risks, under effects, to annual."""
    losses = np.empty(len(annual) + 1)
    for risk in risks:
        _risk_block(plan, risk, first_stripe, effects, annual, losses)


@nb.njit(nogil=True, cache=True)
def tail_block(plan, low, high, first_stripe, effects, wanted, sums, squares):
    """Add each risk's losses, and their squares, in the wanted years of a block.

    Only the years of the other events are computed, not their severities.
    """
    bits, pairs = np.empty(BATCH, np.uint64), np.empty(2 * BATCH, np.uint64)
    cost, yearly = np.empty(2 * BATCH), np.zeros(STRIPE)
    touched, mask = np.empty(STRIPE + 1, np.int64), np.zeros(STRIPE, np.bool_)
    for offset in range(0, len(wanted), STRIPE):
        stripe = first_stripe + offset // STRIPE
        for year in range(STRIPE):
            mask[year] = wanted[offset + year] if offset + year < len(wanted) else False
        for risk in range(low, high):
            filled = 0
            for source in range(plan.first[risk], plan.first[risk + 1]):
                if plan.plain[source]:
                    filled = _pick_plain(
                        plan, source, risk, stripe, mask, bits, pairs, cost, yearly, touched
                    )
                else:
                    filled = _add_clusters(
                        plan, source, risk, stripe, effects, mask, bits, yearly, touched, filled
                    )
            for place in range(filled):
                loss = yearly[touched[place]]
                yearly[touched[place]] = 0.0
                sums[risk] += loss
                squares[risk] += loss * loss
