"""How many risks stand in which cell of the matrix, and where the appetite ends."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.planning.models import Risk, RiskMethod
from bartizan.clauses.planning.scales import Step
from bartizan.ground.people.models import Person


class Rating(models.TextChoices):
    """Which of its three ratings a risk is counted by."""

    INHERENT = "inherent", _("If nothing were done")
    CURRENT = "current", _("As it stands")
    TARGET = "target", _("As it is meant to become")

    @property
    def fields(self) -> tuple[str, str]:
        """The columns of likelihood and impact."""
        before = "" if self is Rating.CURRENT else f"{self.value}_"
        return f"{before}likelihood", f"{before}impact"


# In how many shades the levels of a method are drawn, whatever their number.
SHADES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is drawn; `top` and `right` say where the line of the appetite runs."""

    likelihood: Step
    impact: int
    level: Step
    count: int
    shade: int
    query: str
    top: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix of one rating: its lines from the most likely down, and what it leaves out."""

    rating: Rating
    lines: tuple[tuple[Step, tuple[Cell, ...]], ...]
    impacts: tuple[Step, ...]
    counted: int
    above: int  # how many lie above the appetite


def matrix(person: Person, method: RiskMethod, rating: Rating) -> Matrix:
    """The matrix as a person sees it: risks hidden from them are in no count."""
    found = counts(person, method, rating)
    lines = tuple(
        (method.likelihoods[row - 1], tuple(_line(method, rating, found, row)))
        for row in range(len(method.grid), 0, -1)
    )
    cells = [cell for _step, line in lines for cell in line]
    return Matrix(
        rating,
        lines,
        method.impacts("people"),
        counted=sum(cell.count for cell in cells),
        above=sum(cell.count for cell in cells if cell.level.rank > method.appetite),
    )


def counts(person: Person, method: RiskMethod, rating: Rating) -> dict[tuple[int, int], int]:
    """How many risks of the method, none of them retired, have which likelihood and impact."""
    likelihood, impact = rating.fields
    rows = Risk.objects.visible_to(person).current()
    if RiskMethod.objects.count() > 1:
        rows = rows.filter(method=method)
    rows = rows.filter(**{f"{likelihood}__isnull": False, f"{impact}__isnull": False})
    counted = rows.order_by().values_list(likelihood, impact).annotate(count=Count("pk"))
    return {(row, column): count for row, column, count in counted}


def _line(
    method: RiskMethod, rating: Rating, found: dict[tuple[int, int], int], row: int
) -> Iterator[Cell]:
    grid, (likelihood, impact) = method.grid, rating.fields

    def above(row: int, column: int) -> bool:
        """Beyond the edge there is nothing to draw a line against."""
        inside = row <= len(grid) and column <= len(grid[0])
        return inside and grid[row - 1][column - 1] > method.appetite

    for column, rank in enumerate(grid[row - 1], start=1):
        here = rank > method.appetite
        yield Cell(
            likelihood=method.likelihoods[row - 1],
            impact=column,
            level=method.steps[rank - 1],
            count=found.get((row, column), 0),
            shade=1 + round((rank - 1) * (SHADES - 1) / max(1, len(method.steps) - 1)),
            query=f"{likelihood}={row}&{impact}={column}",
            top=not here and above(row + 1, column),
            right=not here and above(row, column + 1),
        )
