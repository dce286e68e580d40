"""Workbooks in and out: what is written can be read back into the same, cell by cell.

Reading is all or nothing. The rows are really written, inside one act; if any of them can't be,
or if only a preview was asked for, the act is undone. So a preview says exactly what would happen.
"""

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import repeat
from typing import Any, BinaryIO, cast

import openpyxl
import xlsxwriter
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils import get_column_letter

from bartizan.exchange.kept import Said, put_back
from bartizan.exchange.sheets import (
    CONTINUED,
    GIVEN_ONCE,
    Column,
    Name,
    References,
    Unresolved,
    columns,
    in_order_of_need,
    name_field,
    names_itself,
    names_of,
    parts,
    register_under,
    title,
)
from bartizan.ground.people.authority import may, rows_for
from bartizan.ground.people.models import Person
from bartizan.ground.records import display
from bartizan.ground.records.models import Record, Sequence, Status
from bartizan.ground.records.register import Register
from bartizan.ground.records.related import with_references
from bartizan.ground.records.statistics import count_after
from bartizan.ground.trail.acts import act

INFLATED_LIMIT = 200 * 1024 * 1024  # bytes of all parts together
RATIO_LIMIT = 200  # inflated to packed, of one part
PARTS_LIMIT = 1_000
ROWS_LIMIT = 1_000_000
FORMULA, FORMULA_LONGEST = re.compile(rb"<(\w{1,20}:)?f[\s/>]"), 24  # in the part of a sheet
ERRORS_SHOWN = CHANGES_SHOWN = 1_000
ALL_ROWS_PAY = 10


class Unreadable(ValueError):
    """This is no workbook, or one that must not be opened."""


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong, and where: sheet, row as the spreadsheet counts, column heading."""

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"{self.sheet}, {_('row')} {self.row}" if self.row else self.sheet
        return (
            f"{place}, {self.column}: {self.message}" if self.column else f"{place}: {self.message}"
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One row that was written or would be, and what became of its fields."""

    sheet: str
    row: int
    verb: str
    name: str
    fields: list[dict[str, str]]


@dataclass(slots=True)
class Outcome:
    """What reading a workbook did, or would do."""

    new: int = 0
    changed: int = 0
    same: int = 0
    errors: list[RowError] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    written: bool = False


# -- out ---------------------------------------------------------------------------------------


def write(
    registers: Iterable[Register],
    out: BinaryIO,
    reader: Person | None = None,
) -> None:
    """Write the registers as sheets, as far as the reader may see them; None sees everything."""
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "constant_memory": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        },
    )
    heading = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for register in registers:
        sheet = book.add_worksheet(title(register))
        sheet.freeze_panes(1, 1)
        cols = columns(register)
        for at, column in enumerate(cols):
            sheet.write_string(0, at, column.heading, heading)
            sheet.set_column(at, at, 40 if column.name in ("title", "name") else 18)
        further: dict[str, int] = {}  # columns for what is too long for one cell
        for line, row in enumerate(every_row(register, reader), start=1):
            for at, column in enumerate(cols):
                first, *rest = parts(column.write(row, reader))
                _write_cell(sheet, line, at, first, day)
                for count, part in enumerate(rest, start=2):
                    beside = f"{column.heading} ({count})"
                    place = further.setdefault(beside, len(cols) + len(further))
                    sheet.write_string(line, place, part)
        for beside, place in further.items():
            sheet.write_string(0, place, beside, heading)
    book.close()


def _write_cell(sheet: Any, line: int, at: int, value: Any, day: Any) -> None:
    match value:
        case None | "":
            pass
        case bool() | int() | float():
            sheet.write_number(line, at, value)
        case str():
            sheet.write_string(line, at, value)
        case _:
            sheet.write_datetime(line, at, value, day)


def every_row(register: Register, reader: Person | None = None) -> models.QuerySet:
    """All rows of a register that the reader may see, with what they refer to, oldest first."""
    model = register.model
    rows = model._default_manager.all() if reader is None else rows_for(reader, model)
    return with_references(
        register, [column.name for column in columns(register)], rows.order_by("pk")
    )


# -- in ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Line:
    """One row of a sheet on its way in."""

    register: Register
    row: int
    cells: dict[str, Any]

    @property
    def names(self) -> list[Name]:
        """What other rows refer to it by."""
        model = self.register.model
        name = str(self.cells.get(name_field(model)) or "").strip()
        return names_of(model, name) if name else []


@dataclass(frozen=True, slots=True)
class Missing:
    """A cell that refers to a row of the same workbook which was not written."""

    line: Line
    heading: str
    error: Unresolved


def read(
    source: BinaryIO,
    registers: Iterable[Register],
    person: Person | None = None,
    *,
    preview: bool = False,
    why: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Read a workbook into the registers it has sheets for: all of it, or nothing.

    `person` writes within their authorities; None is the operator of the installation.
    Raises Unreadable for what is no workbook; everything else is an error with its row.
    """
    registers = list(registers)
    outcome = Outcome()
    lines = _lines(*open_workbook(source), registers, outcome)
    if any(error.row == 0 for error in outcome.errors):
        return outcome  # without a sheet, all that refers to its rows would look wrong as well
    with act(person, through="import", why=why) as _act:
        point = transaction.savepoint()
        _Reader(person, outcome, progress).take(lines)
        outcome.errors = outcome.errors[:ERRORS_SHOWN]
        if outcome.errors or preview:
            transaction.savepoint_rollback(point)
        else:
            transaction.savepoint_commit(point)
            outcome.written = True
            count_after(outcome.new)
    return outcome


def open_workbook(source: BinaryIO) -> tuple[openpyxl.Workbook, openpyxl.Workbook | None]:
    """The workbook, after a look at its parts: a small file may hold a very large one.

    Where cells hold formulas it is opened once more, to tell an empty cell from one whose formula
    nobody has worked out.
    """
    data = source.read()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            formulas = _look_through(archive)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return book, openpyxl.load_workbook(io.BytesIO(data), read_only=True) if formulas else None
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise Unreadable(_("This is not a workbook in the .xlsx format.")) from error


def _look_through(archive: zipfile.ZipFile) -> bool:
    """Refuses a bomb; says whether any cell holds a formula."""
    parts = archive.infolist()
    if len(parts) > PARTS_LIMIT:
        raise Unreadable(_("This workbook has too many parts."))
    total, formulas = 0, False
    for part in parts:
        size, end = 0, b""
        with archive.open(part) as stream:  # what a part says of its own size may be a lie
            while chunk := stream.read(1 << 20):
                size += len(chunk)
                total += len(chunk)
                packed = max(part.compress_size, 1)
                if total > INFLATED_LIMIT or (size > 1 << 20 and size / packed > RATIO_LIMIT):
                    raise Unreadable(_("This workbook is too large when unpacked."))
                formulas = formulas or FORMULA.search(end + chunk) is not None
                end = chunk[-FORMULA_LONGEST:]
    return formulas


def _lines(
    book: openpyxl.Workbook,
    formulas: openpyxl.Workbook | None,
    registers: list[Register],
    outcome: Outcome,
) -> list[Line]:
    sheets: dict[type[models.Model], list[Line]] = {}
    for sheet in book.worksheets:
        register = register_under(sheet.title, registers)
        if register is None:
            outcome.errors.append(RowError(sheet.title, 0, "", _unknown(sheet.title, registers)))
            continue
        typed = formulas[sheet.title] if formulas else None
        sheets[register.model] = list(_sheet_lines(sheet, typed, register, outcome))
    return [line for r in in_order_of_need(registers) for line in sheets.get(r.model, [])]


def _unknown(name: str, registers: list[Register]) -> str:
    """What to say of a sheet that no register has: most often it was mistyped."""
    titles = [title(one) for one in registers]
    if near := get_close_matches(name.strip().casefold(), titles, n=1):
        return _("No register has this name. Is it “%s”?") % near[0]
    return _("No register has this name: %s.") % ", ".join(titles)


def _sheet_lines(sheet: Any, typed: Any, register: Register, outcome: Outcome) -> Iterator[Line]:
    """The rows of a sheet; `typed` is the same sheet with its formulas, where there are any."""
    rows = _rows(sheet)
    headings = _headings(next(rows, ()), sheet.title, register, outcome)
    written = _rows(typed, 2) if typed else repeat(())
    for number, values in enumerate(rows, start=2):
        if number > ROWS_LIMIT:
            outcome.errors.append(RowError(sheet.title, number, "", _("Too many rows.")))
            return
        for name, value, formula in zip(headings, values, next(written), strict=False):
            if name and value is None and formula is not None:
                heading = register.heading(name)
                outcome.errors.append(RowError(sheet.title, number, heading, str(UNRECKONED)))
        cells, stray = _under(headings, values)
        if stray:
            outcome.errors.append(RowError(sheet.title, number, "", UNHEADED % {"column": stray}))
        if any(value is not None for value in cells.values()):
            yield Line(register, number, cells)


def _rows(sheet: Any, first: int = 1) -> Iterator[tuple[Any, ...]]:
    """All rows there are, whatever the sheet says of its own size: some programs say it wrong."""
    sheet.reset_dimensions()
    return sheet.iter_rows(min_row=first, values_only=True)


def _headings(
    row: tuple[Any, ...], sheet: str, register: Register, outcome: Outcome
) -> list[str | None]:
    """The field that each column is for: none where nothing is written, "" for what is unknown."""
    names = {column.heading.casefold(): column.name for column in columns(register)}
    names |= {column.name: column.name for column in columns(register)}
    found: list[str | None] = []
    for heading in row:
        said = str(heading or "").strip().casefold()
        name, beside = names.get(said), CONTINUED.fullmatch(said)
        before = names.get(beside[1]) if beside and name is None else None
        wrong = ""
        if before and before in found:
            name = before
        elif said and name is None:
            wrong = _("This register has no such column.")
        elif name in found and name is not None:
            wrong = _("This column is there twice: which one counts?")
        if wrong:
            outcome.errors.append(RowError(sheet, 1, str(heading), wrong))
        found.append(name or ("" if said else None))
    return found


def _under(headings: list[str | None], values: tuple[Any, ...]) -> tuple[dict[str, Any], str]:
    """What a row has under the headings, and the letter of a column that has none over it."""
    cells: dict[str, Any] = dict.fromkeys(filter(None, headings))
    stray = ""
    for at, value in enumerate(values):
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        name = headings[at] if at < len(headings) else None
        if name is None:
            stray = stray or get_column_letter(at + 1)
        elif name:
            cells[name] = value if cells[name] is None else f"{cells[name]}{value}"
    return cells, stray


UNHEADED = gettext_lazy(
    "Something stands in column %(column)s, and the first row has no heading over it."
)
UNRECKONED = gettext_lazy(
    "This formula has no result: save the workbook in a spreadsheet, or write what it comes to."
)
STALE = gettext_lazy("Changed to version %(now)s since this workbook was written.")


def _counted(kind: Record | type[Record], number: str) -> int | None:
    """The 42 of CTX-0042; None for what is no number of the kind, or not spelled like one."""
    count = number.removeprefix(f"{kind.prefix}-")
    # Of more digits than a database counts with, the next number could not be given.
    counts = count.isdecimal() and len(count) < 19
    return int(count) if counts and number == Sequence.number(kind.prefix, int(count)) else None


def _said(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _stored(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _key_of(row: models.Model, register: Register) -> tuple[Any, ...]:
    """What names a row among those of its register, as it is stored."""
    fields = (register.model._meta.get_field(name) for name in register.key)
    return tuple(getattr(row, cast(models.Field, field).attname) for field in fields)


class _Reader:
    """Writes lines as rows; those that refer to a row further down wait for it."""

    def __init__(
        self, person: Person | None, outcome: Outcome, progress: Callable[[int, int], None] | None
    ) -> None:
        self.person, self.outcome, self.progress = person, outcome, progress
        self.references = References(person)
        self.columns: dict[type[models.Model], dict[str, Column]] = {}
        self.made: Said = {}
        self.brought: set[Name] = set()  # what the workbook has rows for
        self.arrived: list[Name] = []  # what the last row may be referred to by
        self.until: dict[Name, list[Line]] = {}  # the lines that wait for it
        self.refused: set[Name] = set()
        self.missing: list[Missing] = []
        # Of registers whose rows several columns name together: all their rows by these.
        self.by_key: dict[type[models.Model], dict[tuple[Any, ...], models.Model]] = {}

    def take(self, lines: list[Line]) -> None:
        self.brought = {name for line in lines for name in line.names}
        self.refuse_twins(lines)
        self.count_on(lines)
        self.look_up(lines)
        done, ready = 0, deque(lines)
        while ready:
            line = ready.popleft()
            if asked := self.write(line):
                self.until.setdefault(asked, []).append(line)
                continue
            done += 1
            if self.progress:
                self.progress(done, len(lines))
            # What waited for it comes next: rows stay as near to their sheet's order as can be.
            come = [one for name in self.arrived for one in self.until.pop(name, ())]
            ready.extendleft(reversed(come))
            self.arrived.clear()
        self.report(lines)
        if not self.outcome.errors:
            put_back(self.made)

    def refuse_twins(self, lines: list[Line]) -> None:
        """Of two rows that are named alike, nobody could say which of them is meant."""
        first: dict[tuple[type[models.Model], tuple[str, ...]], int] = {}
        for line in lines:
            register = line.register
            said = tuple(_said(line.cells.get(name)) for name in register.key)
            row = first.setdefault((register.model, said), line.row) if any(said) else line.row
            if row != line.row:
                named = ", ".join(register.heading(name) for name in register.key)
                self.fail(
                    line,
                    named,
                    [_("The same %(name)s as in row %(row)s.") % {"name": named, "row": row}],
                )

    def look_up(self, lines: list[Line]) -> None:
        """Fetch the rows that the lines are about, many at a time."""
        names: dict[type[models.Model], set[str]] = {}
        for line in lines:
            if line.register.key[0] == name_field(line.register.model):
                name = str(line.cells.get(line.register.key[0]) or "").strip()
                names.setdefault(line.register.model, set()).add(name)
        for model, wanted in names.items():
            self.references.fetch(model, wanted - {""})
        together = Counter(line.register for line in lines if len(line.register.key) > 1)
        for register, count in together.items():
            rows = self.references.rows(register.model)
            # Reading all rows at once pays when the lines are about a good part of them.
            if rows.count() <= ALL_ROWS_PAY * count:
                self.by_key[register.model] = {
                    _key_of(row, register): row for row in rows.reverse()
                }

    def write(self, line: Line) -> Name | None:
        """Write one line, or say what it refers to that is not there yet."""
        try:
            values = self.values(line)
        except Unresolved as error:
            return error.asked
        if values is not None:
            self.save(line, values)
        return None

    def values(self, line: Line, report: bool = False) -> dict[str, Any] | None:
        """The cells of a line as values of the model; None after an error was noted."""
        cols = self.columns_of(line.register)
        values, wrong, missing = {}, [], []
        for name, cell in line.cells.items():
            try:
                values[name] = cols[name].read(cell, self.references)
            except Unresolved as error:
                if not report:
                    raise
                if error.asked in self.brought:
                    missing.append(Missing(line, cols[name].heading, error))
                else:
                    wrong.append((cols[name].heading, error.messages))
            except (ValidationError, ValueError, OverflowError) as error:
                wrong.append((cols[name].heading, getattr(error, "messages", [str(error)])))
        for heading, messages in wrong:  # told once, however often the line was looked at
            self.fail(line, heading, messages)
        self.missing += missing
        return None if wrong or missing else values

    def report(self, lines: list[Line]) -> None:
        """Name what lines wait for in vain. What waits for a refused row only follows from it."""
        stuck = {id(line) for some in self.until.values() for line in some}
        for line in lines:
            if id(line) in stuck and (values := self.values(line, report=True)) is not None:
                self.save(line, values)
        while follow := [one for one in self.missing if one.error.asked in self.refused]:
            self.refused |= {name for one in follow for name in one.line.names}
            self.missing = [one for one in self.missing if one.error.asked not in self.refused]
        for one in self.missing:  # rows that wait for each other
            self.fail(one.line, one.heading, one.error.messages)

    def columns_of(self, register: Register) -> dict[str, Column]:
        if register.model not in self.columns:
            self.columns[register.model] = {c.name: c for c in columns(register)}
        return self.columns[register.model]

    def save(self, line: Line, values: dict[str, Any]) -> None:
        cols = self.columns_of(line.register)
        many = {n: values.pop(n) for n in list(values) if cols[n].field.many_to_many}
        row = self.existing(line, values)
        new = row is None
        row = line.register.model() if row is None else row
        if not (self.nameless(line, values) if new else self.fresh(line, row, values)):
            return
        if not new:
            self.keep_unseen(row, values, many)
        changed = {} if new else self.changed(line.register, row, values)
        changed_many = {n: v for n, v in many.items() if self.differs(row, n, v, new)}
        if not (new or changed or changed_many):
            self.outcome.same += 1
            return
        fields = [] if new else self.differences(line.register, row, changed)
        try:
            self.store(line, row, values, new)
            for name, targets in changed_many.items():
                getattr(row, name).set(targets)
        except ValidationError as error:
            self.refuse(line, error)
        else:
            self.arrived += self.references.remember(row)
            if line.register.model in self.by_key:
                self.by_key[line.register.model][_key_of(row, line.register)] = row
            self.note(line, row, new, fields)
            if self.person is None and (new or (type(row), row.pk) in self.made):
                self.made.setdefault((type(row), row.pk), {}).update(values)

    def keep_unseen(
        self, row: models.Model, values: dict[str, Any], many: dict[str, list[models.Model]]
    ) -> None:
        """A cell is empty also where it would name a record that the person may not see."""
        for name in [name for name, value in values.items() if value is None]:
            if display.seen(getattr(row, name), self.person) is None:
                del values[name]
        for name, targets in many.items():
            seen = display.seen(getattr(row, name), self.person)
            targets += [one for one in getattr(row, name).all() if one not in seen]

    def changed(
        self, register: Register, row: models.Model, values: dict[str, Any]
    ) -> dict[str, Any]:
        """The values that differ from what is stored."""
        cols, found = self.columns_of(register), {}
        for name, value in values.items():
            same = cols[name].says_the_same(getattr(row, cols[name].field.attname), value)
            if not same and not (name in GIVEN_ONCE and isinstance(row, Record)):
                found[name] = value
        return found

    def differs(self, row: models.Model, name: str, targets: list[models.Model], new: bool) -> bool:
        if new:
            return bool(targets)
        return set(getattr(row, name).values_list("pk", flat=True)) != {one.pk for one in targets}

    def differences(
        self, register: Register, row: models.Model, changed: dict[str, Any]
    ) -> list[dict[str, str]]:
        if len(self.outcome.changes) >= CHANGES_SHOWN:
            return []
        return [
            {
                "label": register.heading(name),
                "before": display.text(display.seen(getattr(row, name), self.person)),
                "after": display.text(value),
            }
            for name, value in changed.items()
        ]

    def store(self, line: Line, row: models.Model, values: dict[str, Any], new: bool) -> None:
        """Write the row, or raise ValidationError with what is wrong about it."""
        stood, stands = getattr(row, "status", ""), values.get("status")
        # To retire takes another power than to write, and so does to bring back.
        moved = not new and stands not in (None, stood) and Status.RETIRED in (stood, stands)
        verb = "retire" if moved else "write"
        if not new:
            self.demand(row, verb)
        for name, value in values.items():
            if new or name not in GIVEN_ONCE or not isinstance(row, Record):
                setattr(row, name, value)
        if new and isinstance(row, Record):
            row.version = row.version or 1
            self.check_number(row)
        if isinstance(row, Record):
            self.settle_standing(row)
        found = {
            f.name
            for f in row._meta.concrete_fields
            if f.is_relation and f.name in row._state.fields_cache
        }
        if names_itself(line.register) and isinstance(row, Record) and not row.title:
            found.add("title")
        said = self.columns_of(line.register).keys() - found
        row.clean_fields(exclude={f.name for f in row._meta.fields} - said)
        row.clean()
        self.demand(row, verb)  # as it has become
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            # The database holds the same limits. Only what it refuses is asked for its words:
            # asking for every row would take longer than writing it.
            row.validate_constraints()
            row.validate_unique()
            raise ValidationError(str(error)) from error

    def existing(self, line: Line, values: dict[str, Any]) -> models.Model | None:
        """The stored row that a line is about."""
        model, key = line.register.model, line.register.key
        wanted = {name: values.get(name) for name in key}
        if not any(value not in (None, "") for value in wanted.values()):
            return None
        if key[0] == name_field(model):
            return self.references.known.get((model, str(wanted[key[0]])))
        if model in self.by_key:
            return self.by_key[model].get(tuple(map(_stored, wanted.values())))
        return self.references.rows(model).filter(**wanted).first()

    def nameless(self, line: Line, values: dict[str, Any]) -> bool:
        """People get their numbers from us: one we did not find is not there for them."""
        number = values.get("number")
        if self.person is None or not number or not line.register.holds_records:
            return True
        missing = _("There is no “%(number)s”. Leave the number of a new record empty.")
        self.fail(line, line.register.heading("number"), [missing % {"number": number}])
        return False

    def fresh(self, line: Line, row: models.Model, values: dict[str, Any]) -> bool:
        """Refuses a row that somebody changed since the workbook was written."""
        if isinstance(row, Record) and values.get("version") not in (None, row.version):
            self.fail(line, "", [STALE % {"now": row.version}])
            return False
        return True

    def check_number(self, row: Record) -> None:
        """A number that a workbook brings has to be one of its kind."""
        if row.number and _counted(row, row.number) is None:
            raise ValidationError(
                {"number": _("Numbers of this kind look like %s-0001.") % row.prefix}
            )

    def settle_standing(self, row: Record) -> None:
        """To retire takes a reason, and a day unless it is today; brought back, it has neither."""
        if row.status != Status.RETIRED:
            row.retired_on, row.retired_reason = None, ""
        elif not row.retired_reason:
            raise ValidationError({"retired_reason": _("Say why it is retired.")})
        else:
            row.retired_on = row.retired_on or timezone.localdate()

    def count_on(self, lines: list[Line]) -> None:
        """Numbers that a workbook brings are not given to anything else, in it or later."""
        highest: dict[str, int] = {}
        for line in lines:
            model = line.register.model
            if issubclass(model, Record):
                count = _counted(model, str(line.cells.get("number") or "").strip()) or 0
                highest[model.prefix] = max(highest.get(model.prefix, 0), count)
        for prefix, last in highest.items():
            if not last:
                continue
            sequence, _new = Sequence.objects.get_or_create(prefix=prefix)
            if sequence.last < last:
                sequence.last = last
                sequence.save()

    def demand(self, row: models.Model, verb: str) -> None:
        if self.person is None:
            return
        if not may(self.person, verb, row):
            raise ValidationError(_("Your roles do not include the authority to write this."))
        signature = getattr(row, "signature", "")
        if signature and getattr(row, f"{signature}_id") != self.person.pk:
            raise ValidationError({signature: _("Nobody signs for somebody else.")})

    def refuse(self, line: Line, error: ValidationError) -> None:
        by_field = (
            error.message_dict
            if hasattr(error, "error_dict")
            else {NON_FIELD_ERRORS: error.messages}
        )
        for name, messages in by_field.items():
            heading = "" if name == NON_FIELD_ERRORS else line.register.heading(name)
            self.fail(line, heading, messages)

    def fail(self, line: Line, heading: str, messages: Iterable[str]) -> None:
        self.refused.update(line.names)
        for message in messages:
            self.outcome.errors.append(
                RowError(title(line.register), line.row, heading, str(message))
            )

    def note(self, line: Line, row: models.Model, new: bool, fields: list[dict[str, str]]) -> None:
        if new:
            self.outcome.new += 1
        else:
            self.outcome.changed += 1
        if len(self.outcome.changes) < CHANGES_SHOWN:
            verb = _("new") if new else _("changed")
            sheet = title(line.register)
            self.outcome.changes.append(Change(sheet, line.row, verb, str(row), fields))
