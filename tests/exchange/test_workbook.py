"""A workbook holds what the registers hold, and is read back whole or not at all."""

import io
import re
import zipfile
from datetime import timedelta

import openpyxl
import pytest

from bartizan.clauses.context.models import ContextIssue
from bartizan.exchange.workbook import Unreadable, read, write
from bartizan.ground.people.models import Person
from bartizan.ground.records import life
from bartizan.ground.records.models import Action, Declaration, Link, Record
from bartizan.registers import REGISTERS, SHEETS
from tests import cast

ISSUES = [register for register in REGISTERS if register.model is ContextIssue]


@pytest.fixture
def issue(owner) -> ContextIssue:
    return cast.issue("=1+1, or theft", owner.unit, owner=owner)


@pytest.fixture
def workbook():
    """The whole system, or some registers of it, as an open workbook."""

    def written(registers=SHEETS) -> openpyxl.Workbook:
        out = io.BytesIO()
        write(registers, out)
        return openpyxl.load_workbook(io.BytesIO(out.getvalue()))

    return written


def packed(book: openpyxl.Workbook) -> io.BytesIO:
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def cell(sheet, heading: str, row: int = 2):
    headings = [one.value for one in sheet[1]]
    return sheet.cell(row, headings.index(heading) + 1)


def test_what_was_written_reads_back_as_the_same(issue, colleague, manager, workbook):
    action = Action.objects.create(
        title="Book guarded parking",
        description="Two nights a week.",
        due="2026-12-01",
        source=issue,
        owner=colleague,
        unit=colleague.unit,
    )
    life.link(action, issue, "answers")
    life.approve(issue, manager)
    outcome = read(packed(workbook()), SHEETS)
    assert (outcome.new, outcome.changed, outcome.errors) == (0, 0, [])
    rows = sum(register.model._default_manager.count() for register in SHEETS)
    assert outcome.same == rows


@pytest.mark.parametrize(
    "text",
    [
        "One\r\ntwo\rthree",
        " around \n",
        "a control\x0b character, \x1f another, \ufffe none",
        "as the format writes one: _x000D_ and _x0041_",
        "\u202e\u0645\u0631\u062d\u0628\u0627 \U0001f69a\u200b",
        "x" * 40_000 + " " + "\U0001f69a" * 40_000,
    ],
    ids=["line ends", "spaces", "control characters", "escapes", "other scripts", "long"],
)
def test_whatever_a_text_holds_nothing_changed_in_the_workbook_is_no_change(issue, workbook, text):
    issue.description = text
    issue.save()
    outcome = read(packed(workbook(ISSUES)), ISSUES)
    assert (outcome.new, outcome.changed, outcome.same, outcome.errors) == (0, 0, 1, [])


def test_what_is_too_long_for_a_cell_goes_on_beside_it(issue, workbook):
    issue.description = "A long story. " * 5_000 + "The end."
    issue.save()
    book = workbook(ISSUES)
    sheet = book["context issues"]
    assert all(len(one.value) <= 32_767 for one in sheet[2] if isinstance(one.value, str))
    cell(sheet, "number").value = cell(sheet, "version").value = None
    assert read(packed(book), ISSUES).new == 1
    assert ContextIssue.objects.latest("pk").description == issue.description


def test_a_line_end_as_spreadsheets_write_it_is_one(issue, workbook):
    book = workbook(ISSUES)
    cell(book["context issues"], "what the circumstance is").value = "One_x000D_\ntwo"
    assert read(packed(book), ISSUES).changed == 1
    issue.refresh_from_db()
    assert issue.description == "One\ntwo"


def test_a_changed_cell_changes_the_record_and_nothing_else(issue, workbook):
    book = workbook(ISSUES)
    cell(book["context issues"], "title").value = "Theft at night"
    outcome = read(packed(book), ISSUES)
    assert (outcome.new, outcome.changed, outcome.same) == (0, 1, 0)
    issue.refresh_from_db()
    assert (issue.title, issue.version) == ("Theft at night", 2)


def test_a_formula_in_a_title_is_words(issue, workbook):
    assert cell(workbook(ISSUES)["context issues"], "title").data_type == "s"


def test_an_error_names_sheet_row_and_column_and_nothing_is_written(issue, workbook):
    book = workbook(ISSUES)
    sheet = book["context issues"]
    for column in range(1, sheet.max_column + 1):
        sheet.cell(3, column).value = sheet.cell(2, column).value
    cell(sheet, "number", 3).value = None
    cell(sheet, "title", 3).value = "Theft at noon"
    cell(sheet, "topic", 3).value = "weather"
    cell(sheet, "title", 2).value = "Changed too"
    outcome = read(packed(book), ISSUES)
    assert [(e.sheet, e.row, e.column) for e in outcome.errors] == [("context issues", 3, "topic")]
    assert not outcome.written
    issue.refresh_from_db()
    assert issue.title == "=1+1, or theft"


def test_a_preview_says_what_would_happen_and_writes_nothing(issue, workbook):
    book = workbook(ISSUES)
    cell(book["context issues"], "title").value = "Theft at night"
    outcome = read(packed(book), ISSUES, preview=True)
    assert (outcome.changed, outcome.written) == (1, False)
    issue.refresh_from_db()
    assert issue.title == "=1+1, or theft"


def test_a_row_may_refer_to_one_further_down(owner, whole, workbook):
    book = workbook()
    sheet = book["units"]
    sheet.append([None] * sheet.max_column)
    for row, (code, parent) in enumerate([("depot", "east"), ("east", "acme")], start=3):
        cell(sheet, "code", row).value = code
        cell(sheet, "name", row).value = code.title()
        cell(sheet, "part of", row).value = parent
    outcome = read(packed(book), SHEETS)
    assert outcome.errors == []
    assert whole.parts.get().parts.get().path == "/acme/east/depot/"


def test_what_refers_to_a_refused_row_is_no_error_of_its_own(issue, owner, workbook):
    action = Action.objects.create(
        title="Book guarded parking",
        description="Two nights a week.",
        due="2026-12-01",
        source=issue,
        owner=owner,
        unit=owner.unit,
    )
    life.link(action, issue, "answers")
    book = workbook()
    for sheet, row in (("context issues", 2), ("actions", 2)):
        cell(book[sheet], "number", row).value = cell(book[sheet], "number").value[:-1] + "7"
    cell(book["actions"], "arises from").value = cell(book["context issues"], "number").value
    cell(book["links"], "from").value = cell(book["actions"], "number").value
    cell(book["links"], "to").value = cell(book["context issues"], "number").value
    assert read(packed(book), SHEETS, preview=True).errors == []
    cell(book["context issues"], "topic").value = "weather"
    [error] = read(packed(book), SHEETS).errors
    assert (error.sheet, error.row, error.column) == ("context issues", 2, "topic")


def test_what_is_missing_is_looked_for_once(issue, owner, workbook, django_assert_max_num_queries):
    """A hundred rows of one that is refused cost no more questions than there are rows."""
    book = workbook()
    sheet = book["units"]
    for row in range(3, 103):
        cell(sheet, "code", row).value = f"depot-{row}"
        cell(sheet, "name", row).value = f"Depot {row}"
        cell(sheet, "part of", row).value = "east"
    with django_assert_max_num_queries(400):
        errors = read(packed(book), SHEETS).errors
    assert [(e.row, e.message) for e in errors] == [
        (row, "There is no unit “east”.") for row in range(3, 103)
    ]


def test_a_wrong_cell_of_a_row_that_waits_is_told_once(owner, workbook):
    book = workbook()
    sheet = book["roles"]
    first = sheet.max_row + 1
    for row, (code, held, above) in enumerate(
        [("guard", "perhaps", "head-of-guards"), ("head-of-guards", "yes", None)], start=first
    ):
        cell(sheet, "must be held", row).value = held
        cell(sheet, "code", row).value = cell(sheet, "name", row).value = code
        cell(sheet, "responsibilities", row).value = "Keeps watch."
        cell(sheet, "reports to", row).value = above
    said = [str(error) for error in read(packed(book), SHEETS).errors]
    assert said == [f"roles, row {first}, must be held: Write yes or no."]


def test_rows_that_wait_for_each_other_are_named(owner, whole, workbook):
    book = workbook()
    sheet = book["units"]
    for row, (code, parent) in enumerate([("depot", "east"), ("east", "depot")], start=3):
        cell(sheet, "code", row).value = code
        cell(sheet, "name", row).value = code.title()
        cell(sheet, "part of", row).value = parent
    outcome = read(packed(book), SHEETS)
    assert [(e.row, e.column, e.message) for e in outcome.errors] == [
        (3, "part of", "There is no unit “east”."),
        (4, "part of", "There is no unit “depot”."),
    ]


def test_a_mistyped_sheet_is_the_only_error(issue, workbook):
    book = workbook()
    book["context issues"].title = "contxt issues"
    cell(book["people"], "unit").value = "nowhere"
    said = [str(error) for error in read(packed(book), SHEETS).errors]
    assert said == ["contxt issues: No register has this name. Is it “context issues”?"]


def test_a_formula_without_a_result_is_no_empty_cell(issue, workbook):
    book = workbook(ISSUES)
    cell(book["context issues"], "owner").value = "=A1"
    said = [str(error) for error in read(packed(book), ISSUES).errors]
    assert said == [
        "context issues, row 2, owner: This formula has no result:"
        " save the workbook in a spreadsheet, or write what it comes to."
    ]


def test_a_formula_with_a_result_is_its_result(issue, workbook):
    """As a spreadsheet saves it: the formula and beside it what it came to."""
    book = workbook(ISSUES)
    cell(book["context issues"], "effect on that result").value = "=1+1"
    before, changed = zipfile.ZipFile(packed(book)), io.BytesIO()
    with before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            after.writestr(
                name, before.read(name).replace(b"<f>1+1</f><v", b"<f>1+1</f><v>2</v><x")
            )
    changed.seek(0)
    outcome = read(changed, ISSUES)
    issue.refresh_from_db()
    assert (outcome.errors, outcome.changed, issue.effect) == ([], 1, "2")


def test_nothing_is_approved_on_a_day_to_come(issue, manager, today, workbook):
    life.approve(issue, manager)
    book = workbook()
    cell(book["approvals"], "approved on").value = today + timedelta(days=1)
    said = [str(error) for error in read(packed(book), SHEETS).errors]
    assert said == ["approvals, row 2, approved on: This day has not come yet."]


def test_two_columns_of_one_name_are_refused(issue, workbook):
    book = workbook(ISSUES)
    cell(book["context issues"], "owner", 1).value = "Title"
    said = [str(error) for error in read(packed(book), ISSUES).errors]
    assert said == ["context issues, row 1, Title: This column is there twice: which one counts?"]


def test_what_stands_under_no_heading_is_not_passed_over(issue, workbook):
    book = workbook(ISSUES)
    sheet = book["context issues"]
    sheet.cell(2, sheet.max_column + 2).value = "Ask Ada about this."
    [error] = read(packed(book), ISSUES).errors
    letter = sheet.cell(2, sheet.max_column).column_letter
    assert (error.row, error.message) == (
        2, f"Something stands in column {letter}, and the first row has no heading over it.",
    )  # fmt: skip


def test_a_sheet_whose_first_row_is_empty_is_not_passed_over(issue, workbook):
    book = workbook(ISSUES)
    book["context issues"].insert_rows(1)
    assert [error.row for error in read(packed(book), ISSUES).errors] == [2, 3]


def test_a_sheet_that_says_its_size_wrong_is_read_to_its_end(issue, workbook):
    book = workbook(ISSUES)
    cell(book["context issues"], "title").value = "Theft at night"
    before, changed = zipfile.ZipFile(packed(book)), io.BytesIO()
    with before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            after.writestr(
                name, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', before.read(name))
            )
    changed.seek(0)
    assert read(changed, ISSUES).changed == 1


def test_what_a_spreadsheet_could_not_work_out_is_no_text(issue, workbook):
    book = workbook(ISSUES)
    cell(book["context issues"], "title").value = "#REF!"
    said = [str(error) for error in read(packed(book), ISSUES).errors]
    assert said == ["context issues, row 2, title: The spreadsheet could not work this out: #REF!."]


@pytest.mark.parametrize(
    "value, says",
    [(3.7, "“3.7” is no whole number."), (True, "Write a number, not yes or no.")],
)
def test_a_whole_number_is_not_made_of_something_else(declare, workbook, value, says):
    declare("channel-test", 365)
    declarations = [one for one in REGISTERS if one.model is Declaration]
    book = workbook(declarations)
    cell(book["declarations"], "value").value = value
    said = [(e.column, e.message) for e in read(packed(book), declarations).errors]
    assert said == [("value", says)]


@pytest.mark.parametrize("sheet, named", [("people", "code"), ("links", "from, to, relation")])
def test_two_rows_that_are_named_alike_are_refused(issue, owner, workbook, sheet, named):
    other = cast.issue("Fog", owner.unit)
    life.link(issue, other, "answers")
    book = workbook()
    rows = book[sheet]
    last = rows.max_row + 1
    for at in range(1, rows.max_column + 1):
        rows.cell(last, at).value = rows.cell(2, at).value
    said = [str(error) for error in read(packed(book), SHEETS).errors]
    assert said == [f"{sheet}, row {last}, {named}: The same {named} as in row 2."]


def test_a_record_changed_since_is_not_overwritten(issue, workbook):
    book = workbook(ISSUES)
    issue.title = "Changed by somebody"
    issue.save()
    outcome = read(packed(book), ISSUES)
    assert [(e.row, e.message) for e in outcome.errors] == [
        (2, "Changed to version 2 since this workbook was written.")
    ]


def test_a_new_number_is_kept_and_not_given_again(issue, workbook):
    book = workbook(ISSUES)
    cell(book["context issues"], "number").value = "CTX-0041"
    read(packed(book), ISSUES)
    assert ContextIssue.objects.filter(number="CTX-0041").exists()
    following = cast.issue("Next", issue.unit)
    assert following.number == "CTX-0042"


NUMBERS = [
    "CTX-" + "9" * 20,
    "CTX-" + "9" * 5000,
    "CTX-x",
    "RSK-0001",
    "CTX-1",
    "CTX-\u0660\u0660\u0660\u0661",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_is_none_of_its_kind_is_named_and_nothing_is_written(issue, workbook, number):
    book = workbook(ISSUES)
    cell(book["context issues"], "number").value = number
    outcome = read(packed(book), ISSUES)
    says = "Numbers of this kind look like CTX-0001."
    assert [(e.row, e.column, e.message) for e in outcome.errors] == [(2, "number", says)]
    assert ContextIssue.objects.count() == 1


def test_a_row_without_a_number_gets_one_that_no_other_row_brings(owner, workbook):
    book = workbook(ISSUES)
    sheet = book["context issues"]
    made = {
        "title": "Theft", "origin": "External", "topic": "Society and crime",
        "what the circumstance is": "x", "identified on": "2026-01-15", "unit": "acme",
        "sensitivity": "Internal", "status": "In force", "relevant": "yes",
    }  # fmt: skip
    for row, number in ((2, None), (3, "CTX-0001"), (4, None)):
        for heading, value in (made | {"number": number}).items():
            cell(sheet, heading, row).value = value
    outcome = read(packed(book), ISSUES)
    assert (outcome.new, outcome.errors) == (3, [])
    numbers = ContextIssue.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == ["CTX-0001", "CTX-0002", "CTX-0003"]


def test_a_person_imports_within_their_authority(issue, auditor, workbook):
    book = workbook(ISSUES)
    cell(book["context issues"], "title").value = "Theft at night"
    outcome = read(packed(book), ISSUES, auditor)
    assert [e.message for e in outcome.errors] == [
        "Your roles do not include the authority to write this."
    ]


def test_what_is_no_workbook_is_refused():
    with pytest.raises(Unreadable):
        read(io.BytesIO(b"number,title"), ISSUES)


def test_a_bomb_is_refused_before_it_is_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * (300 * 2**20))
    out.seek(0)
    with pytest.raises(Unreadable, match="too large"):
        read(out, ISSUES)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
@pytest.mark.parametrize(
    "said",
    [
        b'<!DOCTYPE x [<!ENTITY b "b"><!ENTITY a "&b;&b;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        b"<broken",
    ],
)
def test_a_workbook_that_refers_elsewhere_or_is_broken_is_refused(issue, workbook, part, said):
    before, changed = zipfile.ZipFile(packed(workbook(ISSUES))), io.BytesIO()
    with before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            root = re.search(rb"<w|$", text).start()  # of the workbook, or of a sheet
            after.writestr(name, text[:root] + said + text[root:] if name == part else text)
    changed.seek(0)
    with pytest.raises(Unreadable, match=r"not a workbook in the \.xlsx format"):
        read(changed, ISSUES)


def test_people_and_links_survive_an_empty_start(issue, owner, workbook):
    book = workbook()
    Link.objects.all().delete()
    codes = set(Person.objects.values_list("code", flat=True))
    outcome = read(packed(book), SHEETS)
    assert outcome.errors == []
    assert set(Person.objects.values_list("code", flat=True)) == codes
    assert Record.objects.count() == 1


@pytest.mark.parametrize("pays", [0, 10], ids=["one by one", "all at once"])
def test_rows_that_several_columns_name_are_found(issue, owner, workbook, monkeypatch, pays):
    monkeypatch.setattr("bartizan.exchange.workbook.ALL_ROWS_PAY", pays)
    book = workbook()
    cell(book["assignments"], "until").value = "2040-01-31"
    outcome = read(packed(book), SHEETS)
    assert (outcome.new, outcome.changed, outcome.errors) == (0, 1, [])


def only_row(book: openpyxl.Workbook, **cells: object) -> io.BytesIO:
    for heading, value in cells.items():
        cell(book["context issues"], heading).value = value
    return packed(book)


def test_nobody_takes_over_by_import_what_they_may_not_see(issue, colleague, north, workbook):
    """A record of the whole organization can't be moved into one's own unit by naming it there."""
    mine = {"unit": "north", "title": "Mine now"}
    existing = read(only_row(workbook(ISSUES), **mine), ISSUES, colleague)
    absent = read(only_row(workbook(ISSUES), **mine, number="CTX-0999"), ISSUES, colleague)
    assert [outcome.errors[0].message for outcome in (existing, absent)] == [
        "There is no “CTX-0001”. Leave the number of a new record empty.",
        "There is no “CTX-0999”. Leave the number of a new record empty.",
    ]
    issue.refresh_from_db()
    assert (issue.title, issue.unit.code) == ("=1+1, or theft", "acme")


def test_who_may_write_but_not_retire_neither_retires_nor_brings_back(issue, colleague, workbook):
    ContextIssue.objects.filter(pk=issue.pk).update(unit=colleague.unit)
    retired = {"status": "Retired", "retired on": "2026-01-01"}
    refusal = ["Your roles do not include the authority to write this."]
    outcome = read(only_row(workbook(ISSUES), **retired), ISSUES, colleague)
    assert [error.message for error in outcome.errors] == refusal
    life.retire(issue, "Gone")
    back = {"status": "In force", "retired on": None, "reason for retiring": None}
    outcome = read(only_row(workbook(ISSUES), **back), ISSUES, colleague)
    assert [error.message for error in outcome.errors] == refusal


def test_to_retire_takes_a_reason_and_what_is_brought_back_has_neither_that_nor_a_day(
    issue, today, workbook
):
    book = workbook(ISSUES)
    sheet = book["context issues"]
    cell(sheet, "status").value = "Retired"
    said = [str(error) for error in read(packed(book), ISSUES).errors]
    assert said == ["context issues, row 2, reason for retiring: Say why it is retired."]
    cell(sheet, "reason for retiring").value = "The road is closed."
    assert read(packed(book), ISSUES).errors == []
    issue.refresh_from_db()
    assert (issue.status, issue.retired_on) == ("retired", today)
    cell(sheet, "status").value, cell(sheet, "version").value = "In force", 2
    assert read(packed(book), ISSUES).errors == []
    issue.refresh_from_db()
    assert (issue.status, issue.retired_on, issue.retired_reason) == ("active", None, "")


def test_a_reference_one_may_not_see_is_not_exported_and_stays_on_import(issue, colleague, today):
    actions = [register for register in REGISTERS if register.model is Action]
    action = Action.objects.create(
        title="Book parking", description="x", due=today, source=issue,
        owner=colleague, unit=colleague.unit,
    )  # fmt: skip
    out = io.BytesIO()
    write(actions, out, colleague)
    book = openpyxl.load_workbook(out)
    assert cell(book["actions"], "arises from").value is None
    cell(book["actions"], "title").value = "Book guarded parking"
    outcome = read(packed(book), actions, colleague)
    assert (outcome.errors, outcome.changed) == ([], 1)
    action.refresh_from_db()
    assert (action.title, action.source_id) == ("Book guarded parking", issue.pk)


def test_a_preview_does_not_name_what_one_may_not_see(issue, colleague, north, today):
    actions = [register for register in REGISTERS if register.model is Action]
    seen = cast.issue("Fog", north, owner=colleague)
    Action.objects.create(
        title="Book parking", description="x", due=today, source=issue,
        owner=colleague, unit=colleague.unit,
    )  # fmt: skip
    out = io.BytesIO()
    write(actions, out, colleague)
    book = openpyxl.load_workbook(out)
    cell(book["actions"], "arises from").value = seen.number
    outcome = read(packed(book), actions, colleague, preview=True)
    [change] = outcome.changes
    assert change.fields == [{"label": "arises from", "before": "", "after": str(seen)}]


def test_whoever_does_not_see_everything_reads_back_what_they_exported(demo):
    person, out = Person.objects.get(code="d-marsh"), io.BytesIO()
    assert not Record.objects.hides_nothing_from(person)
    write(REGISTERS, out, person)
    out.seek(0)
    outcome = read(out, REGISTERS, person, preview=True)
    assert (outcome.new, outcome.changed, outcome.errors) == (0, 0, [])
