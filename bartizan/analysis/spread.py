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

from bartizan.analysis.events import costs
from bartizan.analysis.streams import EVENT, GAP, draws, logarithm, uniform

WORDS = 8  # of 64 scenarios each, in a row: one cache line
WIDTH = 64 * WORDS
LANES = 32  # trials of durations carried at once: two cache lines of float32
STRIPE = 4096  # trials drawn at once
NEVER = np.float32(np.inf)
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


@nb.njit(nogil=True, cache=True)
def settle(layout, start, ready, touched):
    """Complete when each node stops and when it could begin to recover, (nodes, lanes) float32.

    Given are the nodes that are hit: their rows are filled and touched (nodes,); a lane without
    a stop has start NEVER and ready 0. The rows of nodes never touched are left as they are.
    """
    # The arrays are taken out of the layout once: each time costs a reference count.
    block, cyclic, first_need, owner = layout.block, layout.cyclic, layout.first_need, layout.owner
    first_supplier, supplier, label = layout.first_supplier, layout.supplier, layout.label
    buffers, recovery = layout.buffer, layout.recovery
    begin, until = np.empty(start.shape[1], np.float32), np.empty(start.shape[1], np.float32)
    for b in range(len(cyclic)):
        again = True
        while again:
            changed = False
            for need in range(first_need[block[b]], first_need[block[b + 1]]):
                first, last = first_supplier[need], first_supplier[need + 1]
                if not _lacks(first, last, supplier, touched):
                    continue
                node = owner[need]
                for k in range(first, last):
                    other = supplier[k]
                    ramp = recovery[other] if label[other] != label[node] else np.float32(0)
                    _meet(start, ready, other, ramp, begin, until, k == first)
                if not touched[node]:
                    _clear(start, ready, node)
                if _delay(begin, until, buffers[need], start, ready, node):
                    touched[node] = changed = True
            again = changed and cyclic[b]


@nb.njit
def _clear(start, ready, node):
    """Fill the row of a node with lanes in which it does not stop."""
    for lane in range(start.shape[1]):
        start[node, lane] = NEVER
        ready[node, lane] = 0


@nb.njit
def _meet(start, ready, supplier, ramp, begin, until, alone):
    """Narrow the time a need lacks to that in which this supplier is down too."""
    if alone:
        for lane in range(len(begin)):
            begin[lane] = start[supplier, lane]
            until[lane] = ready[supplier, lane] + ramp
        return
    for lane in range(len(begin)):
        last, stop = begin[lane], start[supplier, lane]
        begin[lane] = stop if stop > last else last
        first, runs = until[lane], ready[supplier, lane] + ramp
        until[lane] = runs if runs < first else first


@nb.njit
def _delay(begin, until, buffer, start, ready, node):
    """Stop a node for the time its need lacks, less the buffer; return whether that is new."""
    gained = np.float32(0)
    for lane in range(len(begin)):
        stop, runs = begin[lane] + buffer, until[lane]
        before, after = start[node, lane], ready[node, lane]
        lasts = stop < runs
        earlier = stop if lasts & (stop < before) else before
        later = runs if lasts & (runs > after) else after
        start[node, lane] = earlier
        ready[node, lane] = later
        moved = (earlier != before) | (later != after)
        begin[lane] = np.float32(1) if moved else np.float32(0)
    for lane in range(len(begin)):
        gained = max(gained, begin[lane])
    return gained > 0


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
def _draw_hits(threats, stripe, counts):
    """Draw all hits of a stripe: trial, position and days of each, and their count by lanes."""
    room = 1024 + np.int64(threats.chance.sum() * STRIPE)
    trial, position = np.empty(room, np.int32), np.empty(room, np.int32)
    days = np.empty(room, np.float32)
    bits, gaps = np.empty(STRIPE, np.uint64), np.empty(_DRAWN)
    trials, drawn = np.empty(STRIPE, np.int64), np.empty(STRIPE)
    filled = 0
    for row in range(len(threats.chance)):
        key, shape = threats.key[row], threats.parameters[row]
        found = _hit_trials(threats.chance[row], stripe, key, bits, gaps, trials)
        draws(0, found, EVENT, stripe, key, bits)
        costs(threats.kind[row], shape, threats.values, 0, found, stripe, key, bits, drawn)
        while filled + found > room:
            trial = np.concatenate((trial, np.empty(room, np.int32)))
            position = np.concatenate((position, np.empty(room, np.int32)))
            days = np.concatenate((days, np.empty(room, np.float32)))
            room *= 2
        for place in range(found):
            trial[filled + place] = trials[place]
            position[filled + place] = threats.position[row]
            days[filled + place] = drawn[place]
            counts[trials[place] // LANES + 1] += 1
        filled += found
    return trial[:filled], position[:filled], days[:filled]


@nb.njit
def _by_batch(first, trial, position, days):
    """Sort hits by batch; `first` has their counts and becomes the bounds of the batches."""
    for batch in range(1, len(first)):
        first[batch] += first[batch - 1]
    cursor = first.copy()
    lanes, positions = np.empty(len(trial), np.int32), np.empty(len(trial), np.int32)
    lengths = np.empty(len(trial), np.float32)
    for hit in range(len(trial)):
        place = cursor[trial[hit] // LANES]
        cursor[trial[hit] // LANES] = place + 1
        lanes[place] = trial[hit] % LANES
        positions[place] = position[hit]
        lengths[place] = days[hit]
    return lanes, positions, lengths


@nb.njit
def _account(layout, start, ready, touched, lengths, stopped, down, total):
    """Add up stops and days down of each node and the cost of each lane; clear touched."""
    recovery, daily = layout.recovery, layout.cost
    for node in range(len(touched)):
        if not touched[node]:
            continue
        touched[node] = False
        extra, cost = recovery[node], daily[node]
        stops = 0
        for lane in range(len(lengths)):
            stop, runs = start[node, lane], ready[node, lane] + extra
            down_here = stop < NEVER
            lengths[lane] = runs - stop if down_here else np.float32(0)
            stops += down_here
        for lane in range(len(lengths)):
            total[lane] += lengths[lane] * cost
        stopped[node] += stops
        width = len(lengths)
        while width > 1:  # lanes are added by halves, which runs abreast
            width //= 2
            for lane in range(width):
                lengths[lane] += lengths[lane + width]
        down[node] += lengths[0]


@nb.njit(nogil=True, cache=True)
def strike(layout, threats, stripe, cost):
    """Simulate a stripe of trials: write the cost of each, at most STRIPE of them.

    Returns in how many of them each node stops, and its days down in all, both (nodes,).
    """
    number = len(layout.label)
    stopped, down = np.zeros(number, np.int64), np.zeros(number)
    first = np.zeros(STRIPE // LANES + 1, np.int64)
    lanes, positions, lengths = _by_batch(first, *_draw_hits(threats, stripe, first))
    start, ready = np.empty((number, LANES), np.float32), np.empty((number, LANES), np.float32)
    touched, total = np.zeros(number, np.bool_), np.empty(LANES)
    room = np.empty(LANES, np.float32)
    for batch in range((len(cost) + LANES - 1) // LANES):
        for hit in range(first[batch], first[batch + 1]):
            node, lane = positions[hit], lanes[hit]
            if batch * LANES + lane >= len(cost) or lengths[hit] <= 0:
                continue
            if not touched[node]:
                touched[node] = True
                _clear(start, ready, node)
            start[node, lane] = 0
            ready[node, lane] = max(ready[node, lane], lengths[hit])
        settle(layout, start, ready, touched)
        for lane in range(LANES):
            total[lane] = 0.0
        _account(layout, start, ready, touched, room, stopped, down, total)
        for lane in range(min(LANES, len(cost) - batch * LANES)):
            cost[batch * LANES + lane] = total[lane]
    return stopped, down
