"""Random numbers that are a pure function of (key, counter).

No state is carried from draw to draw, so any number of a stream can be computed alone, in any
order and on any thread, and always comes out the same to the last bit. Every risk, trigger and
node has a key of its own, derived from the seed and its *name*: adding a risk to a register does
not disturb the years simulated for the others.

The generator is Threefry-2x64 with 13 rounds (Salmon, Moraes, Dror, Shaw: "Parallel random
numbers: as easy as 1, 2, 3", SC11): additions, rotations and exclusive ors alone, so that every
processor runs it four or eight numbers at a time. Normal quantiles and the exponential are
computed here rather than by the platform's mathematical library for the same reason. What is
named `single` computes in single precision, of which the processor does twice as many at a time.
"""

# The functions without annotations are typed by Numba.
# mypy: no-check-untyped-defs

import math
from collections.abc import Iterable
from hashlib import blake2b

import numba as nb
import numpy as np

# What a draw is for: draws for different purposes never share a counter.
EVENT = 0  # severities of loss events; of bursts and triggers their years as well
COUNT = 1  # how many events a stripe of years has
CLUSTER = 2  # how many events come together (negative binomial)
LINK = 3  # whether a trigger's occurrence reaches this risk
THIN = 4  # whether an event survives a treatment
SHAPE = 5  # what a severity needs beyond: rejected gamma variates, far tails of normals
GAP = 6  # how many trials pass until the next hit
YEAR = 7  # years of loss events


def key(seed: int, *names: str) -> np.ndarray:
    """Return the key of the stream called `names` under `seed`: two uint64, by BLAKE2b."""
    return keys(seed, [names])[0]


def keys(seed: int, streams: Iterable[tuple[str, ...]]) -> np.ndarray:
    """Return the keys of many streams, (streams, 2) uint64."""
    seed = int(seed)
    digests = (blake2b(repr((seed, names)).encode(), digest_size=16).digest() for names in streams)
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64).reshape(-1, 2)


@nb.extending.intrinsic
def full_width(typing_context):
    """Let the loops of the function that calls this use registers of 512 bits where there are any.

    Left alone, LLVM uses half of them, out of regard for processors that slow down then. What is
    computed does not depend on it.
    """

    def code(context, builder, signature, arguments):
        # llvmlite knows no attributes with a value, and its own `add` refuses them.
        set.add(builder.function.attributes, '"prefer-vector-width"="512"')
        return context.get_dummy_value()

    return nb.void(), code


@nb.extending.intrinsic
def float_from_bits(typing_context, bits):
    """Read 64 bits as a double."""

    def code(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], context.get_value_type(nb.float64))

    return nb.float64(nb.uint64), code


@nb.extending.intrinsic
def bits_from_float(typing_context, value):
    """Read a double as 64 bits."""

    def code(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], context.get_value_type(nb.uint64))

    return nb.uint64(nb.float64), code


@nb.extending.intrinsic
def fma(typing_context, a, b, c):
    """Return a * b + c rounded once, on every processor alike."""

    def code(context, builder, signature, arguments):
        return builder.fma(*arguments)

    return nb.float64(nb.float64, nb.float64, nb.float64), code


@nb.extending.intrinsic
def _single_from_bits(typing_context, bits):
    """Read 32 bits as a single."""

    def code(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], context.get_value_type(nb.float32))

    return nb.float32(nb.int32), code


@nb.extending.intrinsic
def _bits_from_single(typing_context, value):
    """Read a single as 32 bits."""

    def code(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], context.get_value_type(nb.int32))

    return nb.int32(nb.float32), code


@nb.extending.intrinsic
def _fma_single(typing_context, a, b, c):
    """As `fma`, of singles."""

    def code(context, builder, signature, arguments):
        return builder.fma(*arguments)

    return nb.float32(nb.float32, nb.float32, nb.float32), code


@nb.njit
def _mix(x, y, distance):
    """One Threefry round."""
    x = x + y
    y = (y << np.uint64(distance)) | (y >> np.uint64(64 - distance))
    return x, y ^ x


@nb.njit
def threefry(first, second, key):
    """Return the two uint64 at the counter (first, second) of the stream with this key."""
    k0, k1 = key[0], key[1]
    k2 = np.uint64(0x1BD11BDAA9FC1A22) ^ k0 ^ k1
    x, y = np.uint64(first) + k0, np.uint64(second) + k1
    x, y = _mix(x, y, 16)
    x, y = _mix(x, y, 42)
    x, y = _mix(x, y, 12)
    x, y = _mix(x, y, 31)
    x, y = x + k1, y + k2 + np.uint64(1)
    x, y = _mix(x, y, 16)
    x, y = _mix(x, y, 32)
    x, y = _mix(x, y, 24)
    x, y = _mix(x, y, 21)
    x, y = x + k2, y + k0 + np.uint64(2)
    x, y = _mix(x, y, 16)
    x, y = _mix(x, y, 42)
    x, y = _mix(x, y, 12)
    x, y = _mix(x, y, 31)
    x, y = x + k0, y + k1 + np.uint64(3)
    return _mix(x, y, 16)


@nb.njit
def draw(index, purpose, stripe, key):
    """Return the 64 random bits numbered `index` for a purpose in a stripe of years."""
    x, y = threefry(index >> 1, stripe << 3 | purpose, key)
    return y if index & 1 else x


@nb.njit
def draws(start, count, purpose, stripe, key, out):
    """Write draws `start` (even) to `start + count`: those of even number, then those of odd.

    In halves, because a processor writes eight neighbours at once, but not every other one. When
    `count` is odd the draw after the last is written too: out has an even length.
    """
    full_width()
    k0, k1, second = key[0], key[1], np.uint64(stripe << 3 | purpose)
    first, half = np.uint64(start >> 1), (count + 1) >> 1
    for pair in range(half):
        x, y = threefry(first + np.uint64(pair), second, (k0, k1))
        out[pair] = x
        out[half + pair] = y


@nb.njit
def uniform(bits):
    """Return a number strictly between 0 and 1 from the lower 52 of 64 random bits."""
    one_to_two = (bits & np.uint64(0xFFFFFFFFFFFFF)) | np.uint64(0x3FF0000000000000)
    return float_from_bits(one_to_two) - 1.0 + 2.0**-53


@nb.njit(error_model="numpy")  # a division that may raise cannot be vectorized
def logarithm(x):
    """Return the natural logarithm of a normal positive double, to 1e-13.

    x = m * 2^e with m in [0.7, 1.42); then 2 artanh((m - 1) / (m + 1)) by its series.
    """
    shifted = bits_from_float(x) - np.uint64(0x3FE6A09E667F3BCD)
    exponent = np.int64(shifted) >> 52
    m = float_from_bits(bits_from_float(x) - (np.uint64(exponent) << np.uint64(52)))
    s = (m - 1.0) / (m + 1.0)
    t = s * s
    p = fma(t, 2.0 / 15.0, 2.0 / 13.0)
    p = fma(p, t, 2.0 / 11.0)
    p = fma(p, t, 2.0 / 9.0)
    p = fma(p, t, 2.0 / 7.0)
    p = fma(p, t, 2.0 / 5.0)
    p = fma(p, t, 2.0 / 3.0)
    return fma(np.float64(exponent), 0.6931471805599453, fma(p * t, s, 2.0 * s))


@nb.njit
def exponential(x):
    """Return e to the power x for |x| < 700, to 3e-13.

    Cody-Waite reduction to |r| <= ln(2) / 2, then the Taylor polynomial of degree 10.
    """
    k = np.floor(fma(x, 1.4426950408889634, 0.5))
    r = fma(k, -1.90821492927058770002e-10, fma(k, -0.693147180369123816490, x))
    p = fma(r, 2.755731922398589e-07, 2.7557319223985893e-06)
    p = fma(p, r, 2.48015873015873e-05)
    p = fma(p, r, 1.984126984126984e-04)
    p = fma(p, r, 1.388888888888889e-03)
    p = fma(p, r, 8.333333333333333e-03)
    p = fma(p, r, 4.1666666666666664e-02)
    p = fma(p, r, 1.6666666666666666e-01)
    p = fma(p, r, 0.5)
    p = fma(p, r, 1.0)
    p = fma(p, r, 1.0)
    # k + 1023 stands in the low bits of the mantissa of k + 1023 + 1.5 * 2^52.
    return p * float_from_bits(bits_from_float(k + 6755399441056767.0) << np.uint64(52))


@nb.njit
def _sine(a):
    """Return sin(a) for |a| <= pi / 4, to 3e-14."""
    t = a * a
    p = fma(t, 1.605904383682161e-10, -2.505210838544172e-08)
    p = fma(p, t, 2.7557319223985893e-06)
    p = fma(p, t, -1.984126984126984e-04)
    p = fma(p, t, 8.333333333333333e-03)
    p = fma(p, t, -1.6666666666666666e-01)
    return fma(p * t, a, a)


@nb.njit
def _cosine(a):
    """Return cos(a) for |a| <= pi / 4, to 4e-13."""
    t = a * a
    p = fma(t, 2.08767569878681e-09, -2.755731922398589e-07)
    p = fma(p, t, 2.48015873015873e-05)
    p = fma(p, t, -1.388888888888889e-03)
    p = fma(p, t, 4.1666666666666664e-02)
    return fma(fma(p, t, -0.5), t, 1.0)


@nb.njit
def radius(x):
    """Return the distance of a pair of standard normals from 0, from 52 random bits."""
    return math.sqrt(-2.0 * logarithm(uniform(x)))


@nb.njit
def direction(y, which):
    """Return the cosine (which = 0) or sine (1) of a random angle.

    The angle is made of 52 random bits: two for the quadrant, fifty for the angle within it. The
    sine is the cosine a quarter turn back.
    """
    quadrant = (y >> np.uint64(50)) + np.uint64(3) * np.uint64(which)
    within = (y << np.uint64(2)) & np.uint64(0xFFFFFFFFFFFFC)
    turn = float_from_bits(within | np.uint64(0x3FF0000000000000)) - 1.5
    angle = turn * 1.5707963267948966
    across = (quadrant & np.uint64(1)) == np.uint64(1)
    sine, cosine = _sine(angle), _cosine(angle)
    along = sine if across else cosine
    sign = ((quadrant + np.uint64(1)) & np.uint64(2)) << np.uint64(62)
    return float_from_bits(bits_from_float(along) ^ sign)


@nb.njit
def normal(x, y, which):
    """Return the first (which = 0) or second (1) standard normal of a pair, within +-8.6.

    The transform of Box and Muller (Annals of Mathematical Statistics 29, 1958).
    """
    return radius(x) * direction(y, which)


@nb.njit
def single_radius(u):
    """As `radius`, of a uniform number in (0, 1] that is a single, to 2e-7 of itself.

    Logarithm of S. Moshier's Cephes (`logf`). Integers are narrowed after every operation: Numba
    widens them, and half as many would fit the processor's registers.
    """
    image = _bits_from_single(u)
    exponent = np.int32(np.int32(image - np.int32(0x3F3504F3)) >> np.int32(23))
    x = _single_from_bits(image - np.int32(exponent << np.int32(23))) - np.float32(1)
    p = _fma_single(x, 7.0376836292e-2, -1.1514610310e-1)
    p = _fma_single(p, x, 1.1676998740e-1)
    p = _fma_single(p, x, -1.2420140846e-1)
    p = _fma_single(p, x, 1.4249322787e-1)
    p = _fma_single(p, x, -1.6668057665e-1)
    p = _fma_single(p, x, 2.0000714765e-1)
    p = _fma_single(p, x, -2.4999993993e-1)
    p = _fma_single(p, x, 3.3333331174e-1)
    p = _fma_single(p, x, -0.5)
    p = _fma_single(p * x, x, x)
    return np.sqrt(np.float32(-2) * _fma_single(exponent, 0.6931471805599453, p))


@nb.njit
def single_direction(y, which):
    """As `direction`, from the upper 25 of the 32 bits of an int32: 23 for the angle.

    Sine and cosine of S. Moshier's Cephes (`sinf`), within 1e-7.
    """
    quadrant = np.int32(np.int32(y >> np.int32(30)) + np.int32(3 * which))
    within = np.int32(np.int32(y >> np.int32(7)) & np.int32(0x7FFFFF))
    turn = _single_from_bits(within | np.int32(0x3F800000)) - np.float32(1.5)
    angle = turn * np.float32(1.5707963267948966)
    t = angle * angle
    p = _fma_single(t, -1.9515295891e-4, 8.3321608736e-3)
    p = _fma_single(p, t, -1.6666654611e-1)
    sine = _fma_single(p * t, angle, angle)
    q = _fma_single(t, 2.443315711809948e-5, -1.388731625493765e-3)
    q = _fma_single(q, t, 4.166664568298827e-2)
    q = _fma_single(q, t, -0.5)
    cosine = _fma_single(q, t, 1.0)
    along = sine if np.int32(quadrant & np.int32(1)) != np.int32(0) else cosine
    sign = np.int32(np.int32(quadrant + np.int32(1)) & np.int32(2)) << np.int32(30)
    return _single_from_bits(_bits_from_single(along) ^ np.int32(sign))


@nb.njit
def single_power(x):
    """Return a single p in 0.7 to 1.42 and an int32 k with p * 2^k = 2^x, to 1e-7 of itself.

    Polynomial of S. Moshier's Cephes (`exp2f`).
    """
    k = np.floor(x + np.float32(0.5))
    r = x - k
    p = _fma_single(r, 1.535336188319500e-4, 1.339887440266574e-3)
    p = _fma_single(p, r, 9.618437357674640e-3)
    p = _fma_single(p, r, 5.550332471162809e-2)
    p = _fma_single(p, r, 2.402264791363012e-1)
    p = _fma_single(p, r, 6.931472028550421e-1)
    return _fma_single(p, r, 1.0), np.int32(k)


@nb.njit
def scaled(p, k):
    """Return the double p * 2^k of a normal single p and an int32 k, |k| < 1000."""
    return float_from_bits(
        bits_from_float(np.float64(p)) + (np.uint64(np.int64(k)) << np.uint64(52))
    )


@nb.njit(nogil=True, cache=True)
def poisson(mean, stripe, key):
    """Return a Poisson count with this mean, exact, from the COUNT draws of a stripe.

    Inversion by multiplication below 10; above, the transformed rejection PTRS of W. Hormann
    (Insurance: Mathematics and Economics 12, 1993).
    """
    index = 0
    if mean <= 0.0:
        return 0
    if mean < 10.0:
        limit, product, count = math.exp(-mean), 1.0, -1
        while product > limit:
            product *= uniform(draw(index, COUNT, stripe, key))
            index += 1
            count += 1
        return count
    log_mean, b = math.log(mean), 0.931 + 2.53 * math.sqrt(mean)
    a, inverse_alpha = -0.059 + 0.02483 * b, 1.1239 + 1.1328 / (b - 3.4)
    while True:
        u = uniform(draw(index, COUNT, stripe, key)) - 0.5
        v = uniform(draw(index + 1, COUNT, stripe, key))
        index += 2
        s = 0.5 - abs(u)
        k = math.floor((2.0 * a / s + b) * u + mean + 0.43)
        if s >= 0.07 and v <= 0.9277 - 3.6224 / (b - 2.0):
            return np.int64(k)
        if k < 0 or (s < 0.013 and v > s):
            continue
        left = math.log(v * inverse_alpha / (a / (s * s) + b))
        if left <= k * log_mean - mean - math.lgamma(k + 1.0):
            return np.int64(k)
