"""Compiled kernels that count losses in bins, and read quantiles and tails from them.

Bins are 256 for every doubling, so that each is at most 0.4 % wide, whatever the currency. They
are found from the image of a number in memory, without a logarithm.
"""

# The functions without annotations are typed by Numba.
# mypy: no-check-untyped-defs

import numba as nb
import numpy as np

from bartizan.analysis.streams import bits_from_float

LANES = 64
BINS = 8192  # from 2^-8 to 2^24 times the base of a histogram
_BIN_SHIFT = np.uint64(52 - 8)
_BINS_BELOW = 8 * 256


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
