"""How many risks stand in which cell of the matrix, and where the appetite ends."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.planning.models import Risk, RiskMethod
from bartizan.clauses.planning.scales import Step
from bartizan.ground.people.authority import grants, kind_of
from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Record, Status

Place = tuple[int, int]  # a likelihood and an impact: a cell of the matrix


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


def matrices(person: Person, method: RiskMethod) -> tuple[Matrix, ...]:
    """The matrix of each rating as a person sees it: risks hidden from them are in no count."""
    found = counts(person, method)
    return tuple(_matrix(method, rating, found[rating]) for rating in Rating)


def _matrix(method: RiskMethod, rating: Rating, found: Counter[Place]) -> Matrix:
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


def counts(person: Person, method: RiskMethod) -> dict[Rating, Counter[Place]]:
    """How many risks of the method, none of them retired, have which likelihood and impact.

    For a person who reads everywhere all of them are counted along an index, and those that do not
    belong taken off again: looking each of them up is what takes time. For anybody else those that
    belong are looked up.
    """
    # Of their own table alone: of which kind they are is known.
    risks: QuerySet[Risk] = QuerySet(Risk)
    if RiskMethod.objects.count() > 1:
        risks = risks.filter(method=method)
    records = Record.objects.filter(kind=kind_of(Risk))
    reads = (grant for grant in grants(person) if grant.verb == "read" and grant.covers(Risk))
    if not any(grant.everywhere for grant in reads):
        seen = records.visible_to(person).current()
        return _placed(risks.filter(pk__in=seen.values("pk")))
    unseen = records.hidden_from(person) | records.filter(status=Status.RETIRED)
    taken = _placed(risks.filter(pk__in=unseen.values("pk")))
    return {rating: _counted(risks, rating) - taken[rating] for rating in Rating}


def _counted(risks: QuerySet[Risk], rating: Rating) -> Counter[Place]:
    """The risks by likelihood and impact; what is not rated stands nowhere."""
    rated = risks.filter(**{f"{name}__isnull": False for name in rating.fields})
    rows = rated.order_by().values_list(*rating.fields).annotate(count=Count("pk"))
    return Counter({(likelihood, impact): count for likelihood, impact, count in rows})


def _placed(risks: QuerySet[Risk]) -> dict[Rating, Counter[Place]]:
    """The same of every rating at once: each risk is looked up one time."""
    names = [name for rating in Rating for name in rating.fields]
    columns = list(zip(*risks.order_by().values_list(*names), strict=True)) or [()] * len(names)
    pairs = zip(Rating, columns[::2], columns[1::2], strict=True)
    found = {rating: Counter(zip(*steps, strict=True)) for rating, *steps in pairs}
    return {
        rating: Counter({place: count for place, count in placed.items() if None not in place})
        for rating, placed in found.items()
    }


def _line(method: RiskMethod, rating: Rating, found: Counter[Place], row: int) -> Iterator[Cell]:
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
            count=found[row, column],
            shade=1 + round((rank - 1) * (SHADES - 1) / max(1, len(method.steps) - 1)),
            query=f"{likelihood}={row}&{impact}={column}",
            top=not here and above(row + 1, column),
            right=not here and above(row, column + 1),
        )
