"""The language in which a risk method is written: scales, levels and the matrix, line by line.

A scale is text that people read and approve as it stands, one line a step, "3. Possible: once in
two to five years". So a method is one record with one version: what was approved is what is used,
and a workbook or the history shows it as it was written.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SMALLEST, LARGEST = 3, 7
LINE = re.compile(r"(\d+)[.)]\s+([^:]{1,40}?)\s*(?::\s*(.*))?")


class Step(NamedTuple):
    """One step of a scale: its rank, its word, and when it is chosen."""

    rank: int
    word: str
    meaning: str = ""

    def __str__(self) -> str:
        return f"{self.rank}. {self.word}"


@lru_cache(maxsize=256)
def read_scale(text: str) -> tuple[Step, ...]:
    """The steps of a scale, from the least to the most. Raises ValidationError in plain words."""
    steps = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = LINE.fullmatch(line)
        if match is None:
            wanted = _("“%(line)s” is no step: write its number, its word and when it is chosen.")
            raise ValidationError(wanted, params={"line": line})
        steps.append(Step(int(match[1]), match[2], match[3] or ""))
    ranks = [step.rank for step in steps]
    for rank, expected in zip(ranks, range(1, len(ranks) + 1), strict=True):
        if rank != expected:
            hole = _("The scale has a hole: step %(expected)s is missing before step %(rank)s.")
            disorder = _("The steps of a scale stand in order, each once: %(rank)s does not.")
            raise ValidationError(
                hole if expected not in ranks else disorder,
                params={"expected": expected, "rank": rank},
            )
    if not SMALLEST <= len(steps) <= LARGEST:
        size = _("A scale has three to seven steps; this one has %(count)s.")
        raise ValidationError(size, params={"count": len(steps)})
    if len({step.word.casefold() for step in steps}) < len(steps):
        raise ValidationError(_("Two steps of this scale have the same word."))
    return tuple(steps)


Grid = tuple[tuple[int, ...], ...]


@lru_cache(maxsize=256)
def read_matrix(text: str, levels: tuple[Step, ...], rows: int, columns: int) -> Grid:
    """The rank of the level in each cell: `grid[likelihood - 1][impact - 1]`.

    It is written as it is drawn: the most likely on top, the impact growing to the right, in each
    cell the word of a level. Raises ValidationError in plain words.
    """
    ranks = {step.word.casefold(): step.rank for step in levels}
    drawn = []
    for line in filter(None, map(str.strip, text.splitlines())):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != columns:
            raise ValidationError(
                _("“%(line)s” has %(found)s cells; the scales of impact have %(wanted)s steps."),
                params={"line": line, "found": len(cells), "wanted": columns},
            )
        for cell in cells:
            if cell.casefold() not in ranks:
                unknown = _("“%(cell)s” is none of the levels.")
                raise ValidationError(unknown, params={"cell": cell})
        drawn.append(tuple(ranks[cell.casefold()] for cell in cells))
    if len(drawn) != rows:
        raise ValidationError(
            _("The matrix has %(found)s lines; the scale of likelihood has %(wanted)s steps."),
            params={"found": len(drawn), "wanted": rows},
        )
    grid = tuple(reversed(drawn))
    if _falls(grid) or _falls(tuple(zip(*grid, strict=True))):
        raise ValidationError(
            _("In one place the level falls although likelihood or impact grows.")
        )
    return grid


def _falls(lines: Grid) -> bool:
    return any(after < before for line in lines for before, after in pairwise(line))
