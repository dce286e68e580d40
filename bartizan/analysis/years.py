"""Compiled kernels that simulate years of losses. `loss.py` is the way in.

They release the interpreter lock and run on ordinary threads; Numba's own thread pools abort a
process that forks or calls them twice at once, as a web server does.
"""

# The functions without annotations are typed by Numba.
# mypy: no-check-untyped-defs

import numba as nb
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]

from bartizan.analysis.events import BATCH, STRIPE, add_clusters, pick_plain, risk_stripe, room_for
from bartizan.analysis.histogram import excess_of, gather, quantiles_of
from bartizan.analysis.streams import full_width

BLOCK = 32 * STRIPE  # years of one risk held in memory at a time


@nb.extending.intrinsic
def _flush_eight(typing_context, yearly, year, annual, place, losses, found):
    """Move eight yearly losses, from `year` on, to annual[place] to annual[place + 7]; clear them.

    Those above 0 are written to losses, from `found` on; returns how many they are. Eight are
    written in any case: losses has room for seven more.
    """
    eight, flags = ir.VectorType(ir.DoubleType(), 8), ir.VectorType(ir.IntType(1), 8)
    nothing = ir.Constant(eight, [0.0] * 8)

    def code(context, builder, signature, arguments):
        def start(array):  # of eight elements of an array: its index is the next argument
            make = context.make_array(signature.args[array])
            data = make(context, builder, arguments[array]).data
            return builder.bitcast(builder.gep(data, [arguments[array + 1]]), eight.as_pointer())

        here, portfolio = start(0), start(2)
        lost = builder.load(here, align=8)
        builder.store(nothing, here, align=8)
        builder.store(builder.fadd(builder.load(portfolio, align=8), lost), portfolio, align=8)
        above = builder.fcmp_ordered(">", lost, nothing)
        name, form = "llvm.experimental.vector.compress.v8f64", [eight, flags, eight]
        pack = builder.module.declare_intrinsic(name, (), ir.FunctionType(eight, form))
        packed = builder.call(pack, [lost, above, ir.Constant(eight, ir.Undefined)])
        builder.store(packed, start(4), align=8)
        return builder.zext(builder.ctpop(builder.bitcast(above, ir.IntType(8))), ir.IntType(64))

    return nb.int64(yearly, nb.int64, annual, nb.int64, losses, nb.int64), code


@nb.njit
def _flush_all(yearly, limit, offset, annual, losses, found):
    """Move a stripe of yearly losses to annual and, above 0, to losses; clear it."""
    eights = limit & ~7
    for year in range(0, eights, 8):
        found += _flush_eight(yearly, year, annual, offset + year, losses, found)
    for year in range(eights, limit):
        annual[offset + year] += yearly[year]
        losses[found] = yearly[year]
        found += yearly[year] > 0.0
    yearly[eights:] = 0.0
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

    losses has room for eight more than the years of the block.
    """
    room, yearly, touched = room_for(BATCH), np.zeros(STRIPE), np.empty(STRIPE + 1, np.uint16)
    wanted = np.ones(STRIPE, np.bool_)
    found = 0
    for offset in range(0, len(annual), STRIPE):
        stripe = first_stripe + offset // STRIPE
        filled = risk_stripe(plan, risk, stripe, effects, wanted, room, yearly, touched)
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
    full_width()
    losses, bins = np.empty(len(annual) + 8), np.empty(len(annual), np.uint16)
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
    full_width()
    losses = np.empty(len(annual) + 8)
    for risk in range(len(plan.kind)):
        _risk_block(plan, risk, first_stripe, effects, annual, losses)


@nb.njit(nogil=True, cache=True)
def tail_block(plan, first_stripe, effects, worst, sums):
    """Add up each risk's losses, their squares and products with `worst` in years of worst > 0.

    Only the years of the other events are computed, not their severities.
    """
    full_width()
    room, yearly = room_for(4 * BATCH), np.zeros(STRIPE)
    number, years = np.empty(2 * BATCH + 16, np.int64), np.empty(2 * BATCH, np.uint16)
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
                        plan, source, risk, stripe, mask, room, number, years, yearly, touched
                    )
                else:
                    filled = add_clusters(
                        plan, source, risk, stripe, effects, mask, room, yearly, touched, filled
                    )
            for place in range(filled):
                year = touched[place]
                loss = yearly[year]
                yearly[year] = 0.0
                sums[risk, 0] += loss
                sums[risk, 1] += loss * loss
                sums[risk, 2] += loss * worst[offset + year]
