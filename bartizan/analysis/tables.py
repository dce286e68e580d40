"""Risks, treatments and networks from plain CSV files, for those who have nothing else of ours.

A file is read completely or not at all: `TableError` lists every problem with its row. Files are
UTF-8 (with or without a byte order mark), the first row names the columns, in any order; numbers
have a point. Columns other than those below are refused, so that a misspelled one is noticed.
"""

import csv
import math
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bartizan.analysis.frequency import Poisson
from bartizan.analysis.network import Need, Network, Node
from bartizan.analysis.programme import Proposal
from bartizan.analysis.risks import Effect, Risk, Treatment
from bartizan.analysis.severity import Lognormal

RISK_COLUMNS = ("name", "frequency", "p5", "p95")
EDGE_COLUMNS = ("supplier", "node")
NODE_COLUMNS = ("name",)
TREATMENT_COLUMNS = ("treatment", "risk")
FACTORS = ("frequency_factor", "severity_factor")
BUDGETS = ("cost", "staff")
RULES = ("excludes", "requires")
_CELL = 10_000  # characters


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row of a file; rows are counted as an editor does, the header is 1."""

    row: int
    message: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.message}"


class TableError(ValueError):
    """A file cannot be read; `problems` says where."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file, self.problems = file, tuple(problems)
        shown = [f"{file}: {problem}" for problem in problems[:20]]
        if len(problems) > 20:
            shown.append(f"{file}: and {len(problems) - 20} more")
        super().__init__("\n".join(shown))


def read_risks(path: Path) -> list[Risk]:
    """Read risks: `name`, `frequency` (events a year), `p5` and `p95` (cost of one event).

    Raises TableError for a wrong header, a cell that is no number, NaN or infinity, a negative
    frequency, P5 of at most 0 or above P95, an empty name or one used twice, or no rows.
    """
    table = _Table(path, RISK_COLUMNS)
    names: dict[str, int] = {}
    risks = []
    for row, cells in table.rows():
        table.unique(row, cells["name"], names)
        with table.in_row(row):
            frequency = Poisson(_number(cells, "frequency"))
            severity = Lognormal(_number(cells, "p5"), _number(cells, "p95"))
            risks.append(Risk(cells["name"], frequency, severity))
    table.finish()
    return risks


def read_treatments(path: Path, risks: Sequence[Risk]) -> list[Proposal]:
    """Read what may be done about risks: one row for each risk that a treatment bears on.

    `treatment`, `risk` (empty when it bears on none by itself), `frequency_factor` and
    `severity_factor` (what is left of it, 0 to 1; empty for 1), `cost` and `staff` (empty for 0),
    `excludes` and `requires` (names of other treatments, separated by semicolons). What holds for
    the treatment as a whole stands in one of its rows or is the same in all. Raises TableError
    for the like of `read_risks`, for an unknown risk or treatment, and for contradictions.
    """
    known = {risk.name for risk in risks}
    table = _Table(path, TREATMENT_COLUMNS, (*FACTORS, *BUDGETS, *RULES))
    effects: dict[str, dict[str, Effect]] = {}
    about: dict[str, dict[str, str]] = {}
    named: list[tuple[int, str, str, str]] = []
    for row, cells in table.rows():
        name, risk = cells["treatment"], cells["risk"]
        if not name:
            table.problem(row, "the treatment is empty")
            continue
        mine, said = effects.setdefault(name, {}), about.setdefault(name, {})
        if risk and risk not in known:
            table.problem(row, f"there is no risk called {risk}")
        elif risk in mine:
            table.problem(row, f"{name} is given twice for {risk}")
        with table.in_row(row):
            effect = Effect(*(_number(cells, f) if cells.get(f) else 1.0 for f in FACTORS))
            if risk:
                mine.setdefault(risk, effect)
            elif effect != Effect():
                raise ValueError("factors without a risk")
        for column in BUDGETS:
            with table.in_row(row):
                _at_least_zero(cells, column)
        for column in (*BUDGETS, *RULES):
            if (cell := cells.get(column, "")) and said.setdefault(column, cell) != cell:
                table.problem(row, f"{name} has two of {column}: {said[column]} and {cell}")
        named += [(row, name, c, other) for c in RULES for other in _names(cells.get(c, ""))]
    _check_rules(table, named, about)
    table.finish()
    return [
        Proposal(
            Treatment(name, effects[name]),
            {budget: _at_least_zero(said, budget) for budget in BUDGETS},
            _names(said.get("excludes", "")),
            _names(said.get("requires", "")),
        )
        for name, said in about.items()
    ]


def _names(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def _check_rules(
    table: "_Table", named: Sequence[tuple[int, str, str, str]], known: Container[str]
) -> None:
    """Rules name other treatments, and nothing requires what it excludes."""
    excluded = {(name, other) for _, name, rule, other in named if rule == "excludes"}
    for row, name, rule, other in named:
        if other not in known:
            table.problem(row, f"there is no treatment called {other}")
        elif other == name:
            table.problem(row, f"{name} {rule} itself")
        elif rule == "requires" and {(name, other), (other, name)} & excluded:
            table.problem(row, f"{name} requires what it excludes: {other}")


def read_network(edges: Path, nodes: Path | None = None) -> Network:
    """Read a network from an edge list, and its nodes from a second file if there is one.

    Edges: `supplier`, `node`, and if wanted `need` (rows of a node with the same word there are
    alternatives; without it every row is a need of its own) and `buffer` (days; alternatives
    share one). Nodes: `name`, and if wanted `recovery` (days) and `cost` (a day). Without a file
    of nodes, the nodes are those that the edges name. Raises TableError for the like of
    `read_risks`, for an unknown node, and for alternatives with different buffers.
    """
    known = None if nodes is None else _read_nodes(nodes)
    table = _Table(edges, EDGE_COLUMNS, ("need", "buffer"))
    needs: dict[tuple[str, str], tuple[list[str], float]] = {}
    for row, cells in table.rows():
        ends = [cells["supplier"], cells["node"]]
        for name in ends:
            if not name:
                table.problem(row, "a supplier or node is empty")
            elif known is not None and name not in known:
                table.problem(row, f"there is no node called {name}")
        with table.in_row(row):
            buffer = _at_least_zero(cells, "buffer")
            which = cells["node"], cells.get("need") or f"\0{row}"
            suppliers, agreed = needs.setdefault(which, ([], buffer))
            if agreed != buffer:
                raise ValueError(f"alternatives have different buffers: {agreed} and {buffer}")
            if cells["supplier"] in suppliers:
                raise ValueError(f"{cells['supplier']} is given twice")
            suppliers.append(cells["supplier"])
    table.finish()
    made = [Need(node, tuple(names), days) for (node, _), (names, days) in needs.items()]
    return Network.of_names(made) if known is None else Network(list(known.values()), made)


def _read_nodes(path: Path) -> dict[str, Node]:
    table = _Table(path, NODE_COLUMNS, ("recovery", "cost"))
    names: dict[str, int] = {}
    nodes = {}
    for row, cells in table.rows():
        table.unique(row, cells["name"], names)
        with table.in_row(row):
            recovery, cost = _at_least_zero(cells, "recovery"), _at_least_zero(cells, "cost")
            nodes[cells["name"]] = Node(cells["name"], recovery, cost)
    table.finish()
    return nodes


class _Table:
    """A CSV file, and the problems found in it so far."""

    def __init__(self, path: Path, required: tuple[str, ...], optional: tuple[str, ...] = ()):
        self.path, self.required, self.allowed = path, required, (*required, *optional)
        self.problems: list[Problem] = []
        self.count = 0

    def problem(self, row: int, message: str) -> None:
        self.problems.append(Problem(row, message))

    def in_row(self, row: int) -> "_InRow":
        return _InRow(self, row)

    def unique(self, row: int, name: str, seen: dict[str, int]) -> None:
        if not name:
            self.problem(row, "the name is empty")
        elif name in seen:
            self.problem(row, f"{name} is already in row {seen[name]}")
        seen.setdefault(name, row)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.reader(file, strict=True)
                header = [cell.strip().lower() for cell in next(reader, [])]
                if self._header(header):
                    yield from self._cells(reader, header)
        except UnicodeDecodeError:
            self.problem(1, "the file is not UTF-8 text")
        except csv.Error as error:
            self.problem(reader.line_num, f"no CSV: {error}")

    def _header(self, header: list[str]) -> bool:
        before = len(self.problems)
        for name in self.required:
            if name not in header:
                self.problem(1, f"there is no column {name}")
        for name in header:
            if name not in self.allowed:
                self.problem(1, f"unknown column {name!r}: there are {', '.join(self.allowed)}")
            elif header.count(name) > 1:
                self.problem(1, f"the column {name} is there twice")
        return len(self.problems) == before

    def _cells(
        self, reader: Iterator[list[str]], header: list[str]
    ) -> Iterator[tuple[int, dict[str, str]]]:
        line: Callable[[], int] = lambda: reader.line_num  # type: ignore[attr-defined]  # noqa: E731
        last = line()
        for cells in reader:
            row, last = last + 1, line()
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                self.problem(row, f"{len(cells)} cells where the header has {len(header)}")
                continue
            if any(len(cell) > _CELL for cell in cells):
                self.problem(row, f"a cell of more than {_CELL} characters")
                continue
            self.count += 1
            yield row, dict(zip(header, (cell.strip() for cell in cells), strict=True))

    def finish(self) -> None:
        """Raise everything that was found."""
        if not self.count and not self.problems:
            self.problem(1, "there are no rows")
        if self.problems:
            raise TableError(self.path.name, sorted(self.problems, key=lambda one: one.row))


class _InRow:
    """Turns a ValueError inside into a problem of the row."""

    def __init__(self, table: _Table, row: int) -> None:
        self.table, self.row = table, row

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, ValueError):
            self.table.problem(self.row, str(error))
            return True
        return False


def _number(cells: dict[str, str], column: str) -> float:
    try:
        number = float(cells[column])
    except ValueError:
        raise ValueError(f"{column} is not a number: {cells[column]!r}") from None
    if not math.isfinite(number):
        raise ValueError(f"{column} is not a finite number: {cells[column]!r}")
    return number


def _at_least_zero(cells: dict[str, str], column: str) -> float:
    """A number that may be left out, for 0."""
    number = _number(cells, column) if cells.get(column) else 0.0
    if number < 0:
        raise ValueError(f"{column} is below 0: {cells[column]}")
    return number
