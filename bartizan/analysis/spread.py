"""Compiled kernels that spread disruptions over a network. `cascade.py` is the way in.

A row of scenarios is looked at only when something in it has stopped, which `touched` remembers
in one byte a node: that array stays in the fast cache when the rows do not. The kernels release
the interpreter lock and run on ordinary threads.
"""

# The functions without annotations are typed by Numba.
# mypy: no-check-untyped-defs

import math
from typing import NamedTuple

import numba as nb
import numpy as np

from bartizan.analysis.events import costs, room_for
from bartizan.analysis.streams import GAP, draws, logarithm, uniform

WORDS = 8  # of 64 scenarios each, in a row: one cache line
WIDTH = 64 * WORDS
LANE_BITS = 8
LANES = 1 << LANE_BITS  # trials of durations carried at once: a byte numbers them
QUARTERS = LANES >> 6  # words of 64 bits, one a lane
STRIPE = 4096  # trials drawn at once
_DRAWN = 64  # gaps drawn at once


class Threats(NamedTuple):
    """Threats laid out for the kernels, one row each."""

    position: np.ndarray  # int64, in the layout of the network
    chance: np.ndarray
    key: np.ndarray  # (threats, 2) uint64
    kind: np.ndarray  # int64: kind of severity
    parameters: np.ndarray  # (threats, 4)
    values: np.ndarray  # of empirical severities, one after the other


@nb.njit
def _lacks(first, last, supplier, touched):
    """Whether all suppliers of a need are touched: if not, it is met everywhere."""
    for k in range(first, last):  # noqa: SIM110 - a generator does not compile
        if not touched[supplier[k]]:
            return False
    return True


@nb.njit(nogil=True, cache=True)
def spread(layout, down, touched, position):
    """Close down (nodes, words), the bits of failing nodes, under the needs of the network.

    `touched` (nodes,) says which rows have a bit. What comes before the component of `position`
    is left alone.
    """
    # The arrays are taken out of the layout once: each time costs a reference count.
    block, cyclic, first_need, owner = layout.block, layout.cyclic, layout.first_need, layout.owner
    first_supplier, supplier = layout.first_supplier, layout.supplier
    begin = layout.component[layout.label[position]]
    for b in range(layout.within[position], len(cyclic)):
        again = True
        while again:
            changed = False
            for need in range(first_need[max(block[b], begin)], first_need[block[b + 1]]):
                first, last = first_supplier[need], first_supplier[need + 1]
                if not _lacks(first, last, supplier, touched):
                    continue
                node = owner[need]
                for word in range(down.shape[1]):
                    lost = down[supplier[first], word]
                    for k in range(first + 1, last):
                        lost &= down[supplier[k], word]
                    before = down[node, word]
                    if before | lost != before:
                        down[node, word] = before | lost
                        touched[node] = changed = True
            again = changed and cyclic[b]


@nb.njit
def _fail_batch(layout, start, down, touched):
    """Spread the failures of positions start, start + 1, ...: one bit each."""
    count = min(WIDTH, len(touched) - start)
    for bit in range(count):
        down[start + bit, bit >> 6] |= np.uint64(1) << np.uint64(bit & 63)
        touched[start + bit] = True
    spread(layout, down, touched, start)
    return count


@nb.njit
def _lowest(word):
    """The number of the lowest bit of a word that is not 0."""
    return _ones((word & (~word + np.uint64(1))) - np.uint64(1))


@nb.njit
def _ones(word):
    """The number of bits set in a word."""
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    word = (word & np.uint64(0x3333333333333333)) + (
        (word >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@nb.njit(nogil=True, cache=True)
def fail_each(layout, turn, turns, aims, stopped, cost, cuts):
    """Write what each single failure stops; this turn takes every turns-th batch of positions.

    stopped and cost (nodes,), cuts (nodes, aims): whether the positions `aims` stop.
    """
    number = len(layout.label)
    down, touched = np.zeros((number, WORDS), np.uint64), np.zeros(number, np.bool_)
    for start in range(turn * WIDTH, number, turns * WIDTH):
        count = _fail_batch(layout, start, down, touched)
        for place in range(len(aims)):
            for bit in range(count):
                word = down[aims[place], bit >> 6]
                cuts[start + bit, place] = (word >> np.uint64(bit & 63)) & np.uint64(1)
        for position in range(layout.component[layout.label[start]], number):
            if not touched[position]:
                continue
            touched[position] = False
            for word in range(WORDS):
                bits = down[position, word]
                down[position, word] = 0
                while bits:
                    failing = start + 64 * word + _lowest(bits)
                    stopped[failing] += 1
                    cost[failing] += layout.cost[position]
                    bits &= bits - np.uint64(1)


@nb.njit
def _upstream(layout, aim):
    """Which positions the position `aim` depends on, itself among them."""
    found, stack = np.zeros(len(layout.label), np.bool_), np.empty(len(layout.label), np.int64)
    found[aim], stack[0], height = True, aim, 1
    while height:
        height -= 1
        node = stack[height]
        low = layout.first_supplier[layout.first_need[node]]
        high = layout.first_supplier[layout.first_need[node + 1]]
        for k in range(low, high):
            if not found[layout.supplier[k]]:
                found[layout.supplier[k]] = True
                stack[height] = layout.supplier[k]
                height += 1
    return found


@nb.njit
def _weakened(layout, upstream, down, touched, word):
    """The scenarios in which a need upstream has lost some suppliers, but not all."""
    weakened = np.uint64(0)
    for position in range(len(upstream)):
        if not upstream[position]:
            continue
        for need in range(layout.first_need[position], layout.first_need[position + 1]):
            some, every = np.uint64(0), ~np.uint64(0)
            for k in range(layout.first_supplier[need], layout.first_supplier[need + 1]):
                lost = down[layout.supplier[k], word]
                some |= lost
                every &= lost
            weakened |= some & ~every
    return weakened


@nb.njit(nogil=True, cache=True)
def weaken_each(layout, turn, turns, aim, partial, alone):
    """Write which single failures weaken a need upstream of aim, and which stop aim alone."""
    number = len(layout.label)
    upstream = _upstream(layout, aim)
    for start in range(turn * WIDTH, number, turns * WIDTH):
        down, touched = np.zeros((number, WORDS), np.uint64), np.zeros(number, np.bool_)
        count = _fail_batch(layout, start, down, touched)
        for word in range((count + 63) >> 6):
            weakened = _weakened(layout, upstream, down, touched, word)
            for bit in range(min(64, count - 64 * word)):
                failing, shift = start + 64 * word + bit, np.uint64(bit)
                partial[failing] = (weakened >> shift) & np.uint64(1)
                alone[failing] = (down[aim, word] >> shift) & np.uint64(1)


@nb.njit(nogil=True, cache=True)
def cut_with(layout, nodes, row, aim):
    """Return which places after `row` in nodes stop aim together with nodes[row]."""
    number, found = len(layout.label), np.empty(len(nodes), np.int64)
    filled = 0
    for start in range(row + 1, len(nodes), WIDTH):
        down, touched = np.zeros((number, WORDS), np.uint64), np.zeros(number, np.bool_)
        down[nodes[row]] = ~np.uint64(0)
        touched[nodes[row]] = True
        count = min(WIDTH, len(nodes) - start)
        for bit in range(count):
            down[nodes[start + bit], bit >> 6] |= np.uint64(1) << np.uint64(bit & 63)
            touched[nodes[start + bit]] = True
        spread(layout, down, touched, nodes[row])
        for bit in range(count):
            if (down[aim, bit >> 6] >> np.uint64(bit & 63)) & np.uint64(1):
                found[filled] = nodes[start + bit]
                filled += 1
    return found[:filled].copy()


class Stops(NamedTuple):
    """Which nodes stop in which lanes, and from when until when: a list of entries for each node.

    Few nodes stop in a lane. Entries lie in the order in which they were made, so that those of
    one batch fit the fast cache however many nodes there are.
    """

    down: np.ndarray  # (nodes, 4) uint64, a bit for each lane
    latest: np.ndarray  # (nodes,) int32, the entry made last for a node; -1: none
    node: np.ndarray  # (entries,) int32
    lane: np.ndarray  # (entries,) uint8
    start: np.ndarray  # (entries,) float32, the day on which the node stops
    ready: np.ndarray  # (entries,) float32, the day on which it could begin to recover
    before: np.ndarray  # (entries,) int32, the entry of the same node made before; -1: none


@nb.njit(nogil=True, cache=True)
def no_stops(nodes, lanes):
    """Room for the stops of a batch, of which there are none yet."""
    room = nodes * lanes
    return Stops(
        np.zeros((nodes, QUARTERS), np.uint64),
        np.full(nodes, -1, np.int32),
        np.empty(room, np.int32),
        np.empty(room, np.uint8),
        np.empty(room, np.float32),
        np.empty(room, np.float32),
        np.empty(room, np.int32),
    )


@nb.njit(nogil=True, cache=True)
def hit(stops, filled, nodes, lanes, days):
    """Add hits of so many days from day 0 to the first `filled` entries; return how many it made.

    Of several hits of a node in a lane the longest counts; one of 0 days is none.
    """
    down, latest, node, lane, start, ready, before = stops
    for place in range(len(nodes)):
        if days[place] <= 0:
            continue
        bit, quarter = np.uint64(1) << np.uint64(lanes[place] & 63), lanes[place] >> 6
        if down[nodes[place], quarter] & bit:
            entry = latest[nodes[place]]
            while lane[entry] != lanes[place]:
                entry = before[entry]
            ready[entry] = max(ready[entry], days[place])
            continue
        down[nodes[place], quarter] |= bit
        node[filled], lane[filled] = nodes[place], lanes[place]
        start[filled], ready[filled] = 0, days[place]
        before[filled], latest[nodes[place]] = latest[nodes[place]], filled
        filled += 1
    return filled


@nb.njit
def _lost(down, suppliers, lost):
    """Write the lanes in which all suppliers are down; return whether there are any."""
    some = np.uint64(0)
    for quarter in range(QUARTERS):
        lost[quarter] = down[suppliers[0], quarter]
    for k in range(1, len(suppliers)):
        for quarter in range(QUARTERS):
            lost[quarter] &= down[suppliers[k], quarter]
    for quarter in range(QUARTERS):
        some |= lost[quarter]
    return some != 0


@nb.njit
def _narrow(stops, supplier, buffer, ramp, begin, until, alone):
    """Narrow the time a need lacks, by lane, to that in which this supplier is down too."""
    entry = stops.latest[supplier]
    while entry >= 0:
        at = stops.lane[entry]
        stop, runs = stops.start[entry] + buffer, stops.ready[entry] + ramp
        begin[at] = stop if alone else max(stop, begin[at])
        until[at] = runs if alone else min(runs, until[at])
        entry = stops.before[entry]


@nb.njit
def _widen(stops, node, lost, begin, until):
    """Let the stops that a node has in lost lanes last from begin to until too; is that new?"""
    entry, start, ready, new = stops.latest[node], stops.start, stops.ready, False
    while entry >= 0:
        at = stops.lane[entry]
        bit = np.uint64(1) << np.uint64(at & 63)
        if lost[at >> 6] & bit and begin[at] < until[at]:
            new |= begin[at] < start[entry] or until[at] > ready[entry]
            start[entry] = min(start[entry], begin[at])
            ready[entry] = max(ready[entry], until[at])
        entry = stops.before[entry]
    return new


@nb.njit
def _stop(stops, filled, node, lost, begin, until):
    """Stop a node from begin to until in the lost lanes in which it runs; return how many do."""
    for quarter in range(QUARTERS):
        fresh = lost[quarter] & ~stops.down[node, quarter]
        while fresh:
            at = (quarter << 6) + _lowest(fresh)
            bit = fresh & (~fresh + np.uint64(1))
            fresh ^= bit
            if begin[at] < until[at]:
                stops.down[node, quarter] |= bit
                stops.node[filled], stops.lane[filled] = node, at
                stops.start[filled], stops.ready[filled] = begin[at], until[at]
                stops.before[filled], stops.latest[node] = stops.latest[node], filled
                filled += 1
    return filled


@nb.njit(nogil=True, cache=True)
def settle(layout, stops, filled):
    """Complete the stops, given the `filled` entries of nodes that are hit; return how many."""
    # The arrays are taken out of the layout once: each time costs a reference count.
    block, cyclic, first_need, owner = layout.block, layout.cyclic, layout.first_need, layout.owner
    first_supplier, supplier, label = layout.first_supplier, layout.supplier, layout.label
    buffers, recovery, down = layout.buffer, layout.recovery, stops.down
    begin, until = np.empty(LANES, np.float32), np.empty(LANES, np.float32)
    lost = np.empty(QUARTERS, np.uint64)
    for b in range(len(cyclic)):
        again = True
        while again:
            known, widened = filled, False
            for need in range(first_need[block[b]], first_need[block[b + 1]]):
                suppliers = supplier[first_supplier[need] : first_supplier[need + 1]]
                if not _lost(down, suppliers, lost):
                    continue
                node = owner[need]
                for k in range(len(suppliers)):
                    other = suppliers[k]
                    ramp = recovery[other] if label[other] != label[node] else np.float32(0)
                    _narrow(stops, other, buffers[need], ramp, begin, until, k == 0)
                widened |= _widen(stops, node, lost, begin, until)
                filled = _stop(stops, filled, node, lost, begin, until)
            again = cyclic[b] and (widened or filled > known)
    return filled


@nb.njit
def _hit_trials(chance, stripe, key, bits, gaps, trials):
    """Write which trials of a stripe are hit, by geometric gaps; return how many."""
    found, trial, drawn = 0, -1, 0
    if chance <= 0.0:
        return 0
    scale = 1.0 / math.log1p(-chance) if chance < 1.0 else 0.0
    while True:
        draws(drawn, _DRAWN, GAP, stripe, key, bits)
        drawn += _DRAWN
        for place in range(_DRAWN):
            gaps[place] = math.floor(logarithm(uniform(bits[place])) * scale)
        for place in range(_DRAWN):
            trial += 1 + np.int64(min(gaps[place], 2.0 * STRIPE))
            if trial >= STRIPE:
                return found
            trials[found] = trial
            found += 1


@nb.njit
def _draw_hits(threats, stripe, first):
    """Draw all hits of a stripe: trial, position and days of each; count them by batch in `first`,
    from its second element on.
    """
    # The arrays are taken out once: each time costs a reference count.
    chance, keys, kind, shape = threats.chance, threats.key, threats.kind, threats.parameters
    where, values = threats.position, threats.values
    room = 1024 + np.int64(chance.sum() * STRIPE)
    trial, position = np.empty(room, np.int32), np.empty(room, np.int32)
    days = np.empty(room, np.float32)
    bits, gaps = np.empty(STRIPE, np.uint64), np.empty(_DRAWN)
    trials, work = np.empty(STRIPE, np.int64), room_for(STRIPE)
    filled = 0
    for row in range(len(chance)):
        key = keys[row, 0], keys[row, 1]
        found = _hit_trials(chance[row], stripe, key, bits, gaps, trials)
        costs(kind[row], shape[row], values, 0, found, stripe, key, work)
        while filled + found > room:
            trial = np.concatenate((trial, np.empty(room, np.int32)))
            position = np.concatenate((position, np.empty(room, np.int32)))
            days = np.concatenate((days, np.empty(room, np.float32)))
            room *= 2
        for place in range(found):
            trial[filled + place] = trials[place]
            position[filled + place] = where[row]
            days[filled + place] = work.cost[place]
            first[(trials[place] >> LANE_BITS) + 1] += 1
        filled += found
    return trial[:filled], position[:filled], days[:filled]


@nb.njit
def _by_batch(first, trial, position, days):
    """Sort hits by batch; `first` has their counts and becomes the bounds of the batches."""
    for batch in range(1, len(first)):
        first[batch] += first[batch - 1]
    cursor = first.copy()
    lanes, positions = np.empty(len(trial), np.uint8), np.empty(len(trial), np.int32)
    lengths = np.empty(len(trial), np.float32)
    for one in range(len(trial)):
        place = cursor[trial[one] >> LANE_BITS]
        cursor[trial[one] >> LANE_BITS] = place + 1
        lanes[place] = trial[one] & (LANES - 1)
        positions[place] = position[one]
        lengths[place] = days[one]
    return lanes, positions, lengths


@nb.njit(nogil=True, cache=True)
def strike(layout, threats, stripe, cost):
    """Simulate a stripe of trials: write the cost of each, at most STRIPE of them.

    Returns in how many of them each node stops, and its days down in all, both (nodes,).
    """
    number, recovery, daily = len(layout.label), layout.recovery, layout.cost
    stopped, days = np.zeros(number, np.int64), np.zeros(number)
    first = np.zeros((STRIPE >> LANE_BITS) + 1, np.int64)
    lanes, positions, lengths = _by_batch(first, *_draw_hits(threats, stripe, first))
    stops, total = no_stops(number, LANES), np.empty(STRIPE)
    down, latest, node, lane, start, ready, _before = stops
    total[:] = 0.0
    for batch in range((len(cost) + LANES - 1) >> LANE_BITS):
        low, high = first[batch], first[batch + 1]
        filled = hit(stops, 0, positions[low:high], lanes[low:high], lengths[low:high])
        filled = settle(layout, stops, filled)
        for entry in range(filled):
            mine = node[entry]
            down[mine], latest[mine] = 0, -1
            trial = (batch << LANE_BITS) + lane[entry]
            if trial < len(cost):
                lasts = np.float64(ready[entry] + recovery[mine] - start[entry])
                stopped[mine] += 1
                days[mine] += lasts
                total[trial] += lasts * daily[mine]
    cost[:] = total[: len(cost)]
    return stopped, days
