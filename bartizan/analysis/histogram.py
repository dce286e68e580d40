"""Compiled kernels that count losses in bins, and read quantiles and tails from them.

Bins are 256 for every doubling, so that each is at most 0.4 % wide, whatever the currency. They
are found from the image of a number in memory, without a logarithm.
"""

# The functions without annotations are typed by Numba.
# mypy: no-check-untyped-defs

import numba as nb
import numpy as np

from bartizan.analysis.streams import bits_from_float, full_width

LANES = 128
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
def _power_sums(values, centre, moments):
    """Add the sums of the first four powers of (value - centre), in lanes to run abreast."""
    lanes = np.zeros((4, LANES))
    whole = len(values) // LANES * LANES
    for start in range(0, whole, LANES):
        for lane in range(LANES):
            d = values[start + lane] - centre
            square = d * d
            lanes[0, lane] += d
            lanes[1, lane] += square
            lanes[2, lane] += square * d
            lanes[3, lane] += square * square
    for place in range(whole, len(values)):
        d = values[place] - centre
        for power in range(4):
            lanes[power, 0] += d ** (power + 1)
    for power in range(4):
        moments[power] += lanes[power].sum()


@nb.njit(nogil=True, cache=True)
def gather(values, bins, base, centre, counts, sums, moments):
    """Add values to a histogram and to the sums of powers of (value - centre).

    Writes the bin of each value to bins, uint16, which has room for as many.
    """
    full_width()
    _power_sums(values, centre, moments)
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


@nb.njit
def _selected(values, first, last, rank):
    """The value at `rank` when values[first] to values[last] are in order; moves them about.

    Hoare's algorithm 65 (Communications of the ACM 4, 1961).
    """
    while first < last:
        pivot, low, high = values[(first + last) >> 1], first, last
        while low <= high:
            while values[low] < pivot:
                low += 1
            while values[high] > pivot:
                high -= 1
            if low <= high:
                values[low], values[high] = values[high], values[low]
                low += 1
                high -= 1
        if rank <= high:
            last = high
        elif rank >= low:
            first = low
        else:
            break
    return values[rank]


@nb.njit(nogil=True, cache=True)
def quantiles_of(values, bins, exact, base, counts, zeros, ranks, out):
    """Write the order statistics at ascending 0-based ranks, `zeros` zeros coming first.

    Exact when all values and their bins are at hand; otherwise interpolated in a bin, which is at
    most 0.4 % wide.
    """
    # Bins that hold a rank are numbered from 1 on: `mark`, by bin. Their values are `chosen`,
    # bin after bin, those of the bin numbered n from start[n] up to start[n + 1].
    holder, within = np.zeros(len(ranks), np.int64), np.zeros(len(ranks), np.int64)
    mark, start = np.zeros(BINS, np.uint16), np.zeros(len(ranks) + 2, np.int64)
    b, below, marked = 0, np.int64(counts[0]), 0
    for place in range(len(ranks)):
        if ranks[place] < zeros:
            holder[place] = -1
            continue
        while ranks[place] - zeros >= below:
            b += 1
            below += counts[b]
        holder[place] = b
        within[place] = ranks[place] - zeros - (below - counts[b])
        if mark[b] == 0:
            marked += 1
            mark[b] = marked
            start[marked + 1] = start[marked] + counts[b]
    chosen = np.empty(start[marked + 1] if exact else 0)
    if exact:
        end = start.copy()
        for place in range(len(values)):
            number = mark[bins[place]]
            if number:
                chosen[end[number]] = values[place]
                end[number] += 1
    for place in range(len(ranks)):
        b = holder[place]
        if b < 0:
            out[place] = 0.0
        elif exact:
            first = start[mark[b]]
            out[place] = _selected(chosen, first, first + counts[b] - 1, first + within[place])
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
    while b > 0 and counts[b] == 0:
        b -= 1
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
