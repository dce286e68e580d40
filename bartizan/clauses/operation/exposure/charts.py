"""The figures of an analysis as drawings: where each point, line and word stands.

Plain geometry in units of the drawing's view box, so that a template draws it as SVG without a
line of script, and it prints. Coordinates are text: no language puts a comma into a path.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WIDTH, HALF, HEIGHT = 720, 440, 320  # half: a drawing beside which something else stands
LEFT, RIGHT, TOP, BOTTOM = 76, 16, 14, 44
SHOWN = 12  # risks in the list of contributions
LEAST = 0.002  # the rarest year on the curve: one in five hundred


@dataclass(frozen=True)
class Tick:
    """A mark on an axis, and what stands beside it."""

    at: str
    label: str


@dataclass
class Chart:
    """A drawing: its axes, and its lines as paths under a name for the style sheet."""

    x: list[Tick] = field(default_factory=list)
    y: list[Tick] = field(default_factory=list)
    band: str = ""
    line: str = ""
    box: str = f"0 0 {WIDTH} {HEIGHT}"
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    points: list[dict[str, Any]] = field(default_factory=list)


class Scale:
    """From figures to places along an axis, in steps of ten or evenly."""

    def __init__(self, low: float, high: float, start: float, end: float, by_tens: bool) -> None:
        self.by_tens, self.start, self.end = by_tens, start, end
        self.low, self.high = self._of(low), self._of(high)

    def _of(self, value: float) -> float:
        return math.log10(max(value, 1e-12)) if self.by_tens else value

    def __call__(self, value: float) -> float:
        span = (self.high - self.low) or 1.0
        return self.start + (self._of(value) - self.low) / span * (self.end - self.start)


Curve = Sequence[Sequence[float]]  # probability, loss, low, high; from the likely to the rare


def exceedance(curve: Curve, frame: Curve | None = None) -> Chart:
    """The annual loss exceeded with each probability, with the band of the simulation.

    Drawn within the axes of `frame`, another curve, if that is given.
    """
    rows = _drawn(curve)
    if len(rows) < 2:
        return Chart()
    around = _drawn(frame or curve)
    low = 10 ** math.floor(math.log10(max(around[0][2] or around[0][1], 1.0)) - 1e-9)
    high = around[-1][3] * 1.1
    across = Scale(low, high, LEFT, WIDTH - RIGHT, by_tens=True)
    down = Scale(1.0, LEAST, TOP, HEIGHT - BOTTOM, by_tens=True)
    upper = [(across(row[3]), down(row[0])) for row in rows]
    lower = [(across(max(row[2], low)), down(row[0])) for row in reversed(rows)]
    return Chart(
        x=[Tick(_place(across(n)), short(n)) for n in _tens(low, high)],
        y=[Tick(_place(down(p)), odds(p)) for p in (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005)],
        band=f"{_path(upper + lower)}Z",
        line=_path([(across(max(row[1], low)), down(row[0])) for row in rows]),
    )


def _drawn(curve: Curve) -> Curve:
    return [row for row in curve if row[1] > 0 and LEAST <= row[0] <= 0.95]


def frontier(sets: Sequence[dict[str, Any]]) -> Chart:
    """What is left of the expected loss for what is spent, set by set."""
    if len(sets) < 2:
        return Chart()
    most = max(one["cost"] for one in sets) or 1.0
    worst = sets[0]["mean"][0] or 1.0
    across = Scale(0.0, most, LEFT, HALF - RIGHT, by_tens=False)
    down = Scale(worst * 1.05, 0.0, TOP, HEIGHT - BOTTOM, by_tens=False)
    places = [(across(one["cost"]), down(one["mean"][0])) for one in sets]
    return Chart(
        x=[Tick(_place(across(n)), short(n)) for n in _even(most)],
        y=[Tick(_place(down(n)), short(n)) for n in _even(worst)],
        line=_path(places),
        points=[{"x": _place(x), "y": _place(y)} for x, y in places],
        box=f"0 0 {HALF} {HEIGHT}",
        right=HALF - RIGHT,
    )


def contributions(
    risks: Sequence[dict[str, Any]], unnamed: Sequence[dict[str, Any]] = ()
) -> list[dict[str, Any]]:
    """The risks that drive the tail, the largest first; all others together, with the unnamed."""
    shown = [dict(one) for one in risks[:SHOWN]]
    longest = max((max(one["share"], one["tail_share"]) for one in shown), default=0) or 1.0
    if others := [*risks[SHOWN:], *unnamed]:
        shown.append(
            {
                "name": "",
                "title": ngettext("%(count)s other", "%(count)s others", len(others))
                % {"count": len(others)},
                "share": math.fsum(one["share"] for one in others),
                "tail_share": math.fsum(one["tail_share"] for one in others),
                "mean": [math.fsum(one["mean"][0] for one in others)],
            }
        )
    for one in shown:
        if one["name"]:  # all others together would dwarf each
            one["bar"] = f"{100 * max(one['share'], 0) / longest:.2f}"
            one["tail_bar"] = f"{100 * max(one['tail_share'], 0) / longest:.2f}"
    return shown


def short(value: float) -> str:
    """A sum of money in few letters, as in 2.5 k or 13 M."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{number_format(f'{value / size:.3g}')} {letter}"
    return number_format(f"{value:.3g}")


def odds(probability: float) -> str:
    """How rare a year is, as in 1 in 100."""
    if probability >= 1:
        return _("every year")
    return _("1 in %(years)s") % {"years": f"{round(1 / probability, 1):g}"}


def _tens(low: float, high: float) -> list[float]:
    first, last = math.floor(math.log10(low)), math.floor(math.log10(high))
    found = [10.0**exponent for exponent in range(first, last + 1)]
    if len(found) < 4:
        found += [3 * one for one in found if 3 * one < high]
    return sorted(found)


def _even(most: float) -> list[float]:
    """About five round figures from 0."""
    rough = most / 5
    unit = 10 ** math.floor(math.log10(rough))
    step = next(unit * k for k in (1, 2, 5, 10) if unit * k >= rough)
    return [step * k for k in range(int(most / step) + 1)]


def _place(value: float) -> str:
    return f"{value:.1f}"


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
