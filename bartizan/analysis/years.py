"""Compiled kernels that simulate years of losses. `loss.py` is the way in.

They release the interpreter lock and run on ordinary threads; Numba's own thread pools abort a
process that forks or calls them twice at once, as a web server does.
"""

# The functions without annotations are typed by Numba.
# mypy: no-check-untyped-defs

import numba as nb
import numpy as np

from bartizan.analysis.events import BATCH, STRIPE, add_clusters, pick_plain, risk_stripe
from bartizan.analysis.histogram import excess_of, gather, quantiles_of

BLOCK = 32 * STRIPE  # years of one risk held in memory at a time


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
    yearly, touched = np.zeros(STRIPE), np.empty(STRIPE + 1, np.uint16)
    wanted = np.ones(STRIPE, np.bool_)
    found = 0
    for offset in range(0, len(annual), STRIPE):
        stripe = first_stripe + offset // STRIPE
        filled = risk_stripe(plan, risk, stripe, effects, wanted, bits, cost, yearly, touched)
        limit = min(STRIPE, len(annual) - offset)
        if filled >= STRIPE:
            found = _flush_all(yearly, limit, offset, annual, losses, found)
        else:
            found = _flush(yearly, touched, filled, limit, offset, annual, losses, found)
    return found


@nb.njit(nogil=True, cache=True)
def simulate_block(
    plan, first_stripe, effects, annual, base, centre, counts, sums, moments, found, whole, ranks,
    middle, quantiles, excess,
):  # fmt: skip
    """Simulate one block of years of all risks of a plan.

    Adds to annual (years of the block,), to the histograms counts and sums, to moments (risks, 4)
    and to found (risks,), the number of years with a loss. When the block is the whole run the
    histogram has one row, used anew for each risk, and quantiles and excess are written at once.
    """
    losses, bins = np.empty(len(annual) + 1), np.empty(len(annual), np.int16)
    for risk in range(len(plan.kind)):
        row = 0 if whole else risk
        number = _risk_block(plan, risk, first_stripe, effects, annual, losses)
        found[risk] += number
        these, base_bin = losses[:number], base[risk]
        gather(these, bins, base_bin, centre[risk], counts[row], sums[row], moments[risk])
        if whole:
            zeros = len(annual) - number
            quantiles_of(these, bins, True, base_bin, counts[row], zeros, ranks, quantiles[risk])
            excess_of(base[risk], counts[row], sums[row], quantiles[risk][middle], excess[risk])
            counts[row] = 0
            sums[row] = 0.0


@nb.njit(nogil=True, cache=True)
def annual_block(plan, first_stripe, effects, annual):
    """Add a block of years of all risks of a plan, under effects, to annual."""
    losses = np.empty(len(annual) + 1)
    for risk in range(len(plan.kind)):
        _risk_block(plan, risk, first_stripe, effects, annual, losses)


@nb.njit(nogil=True, cache=True)
def tail_block(plan, first_stripe, effects, worst, sums):
    """Add up each risk's losses, their squares and products with `worst` in years of worst > 0.

    Only the years of the other events are computed, not their severities.
    """
    bits, pairs = np.empty(BATCH, np.uint64), np.empty(2 * BATCH, np.uint64)
    cost, yearly = np.empty(2 * BATCH), np.zeros(STRIPE)
    touched, mask = np.empty(STRIPE + 1, np.uint16), np.zeros(STRIPE, np.bool_)
    for offset in range(0, len(worst), STRIPE):
        stripe = first_stripe + offset // STRIPE
        for year in range(STRIPE):
            mask[year] = offset + year < len(worst) and worst[offset + year] > 0.0
        for risk in range(len(plan.kind)):
            filled = 0
            for source in range(plan.first[risk], plan.first[risk + 1]):
                if plan.plain[source]:
                    filled = pick_plain(
                        plan, source, risk, stripe, mask, bits, pairs, cost, yearly, touched
                    )
                else:
                    filled = add_clusters(
                        plan, source, risk, stripe, effects, mask, bits, yearly, touched, filled
                    )
            for place in range(filled):
                year = touched[place]
                loss = yearly[year]
                yearly[year] = 0.0
                sums[risk, 0] += loss
                sums[risk, 1] += loss * loss
                sums[risk, 2] += loss * worst[offset + year]
