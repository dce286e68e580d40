"""What the guide says of the product is true: names, tables, counts, links."""

import re
from collections import Counter
from pathlib import Path

import pytest

from bartizan import settings as documented
from bartizan.cli.commands import bartizan
from bartizan.conformity.requirement import Edition, Modality, Requirement, Value
from bartizan.conformity.requirements import CATALOGUE
from bartizan.exchange.sheets import Column, columns, names_itself, title
from bartizan.ground.documents.models import Duty
from bartizan.ground.people.models import Sensitivity, Verb
from bartizan.ground.records.models import Declaration, Relation, kinds
from bartizan.ground.records.register import Register
from bartizan.registers import SHEETS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
GUIDE = [*PAGES, ROOT / "README.md"]

every_page = pytest.mark.parametrize("written", GUIDE, ids=lambda one: one.name)


def said(*names: str) -> str:
    """The words of these pages of the guide; without names, of all of them."""
    pages = [DOCS / name for name in names] or PAGES
    return "\n".join(page.read_text() for page in pages)


def missing(wanted: list[str], text: str) -> list[str]:
    return [one for one in wanted if one.casefold() not in text.casefold()]


# -- nothing is left out -------------------------------------------------------------------------


def test_every_register_is_explained_on_a_page_of_its_clause():
    pages = [str(page.relative_to(DOCS)) for page in (DOCS / "registers").glob("*.md")]
    labels = [title(register) for register in SHEETS]
    assert missing(labels, said(*pages)) == []


@pytest.mark.parametrize("page", ["index.md", "command.md"])
def test_every_command_is_named(page):
    assert missing([f"`bartizan {name}" for name in bartizan.commands], said(page)) == []


def test_every_variable_of_the_settings_is_named():
    variables = re.findall(r"^([A-Z_]{4,})  ", documented.__doc__, re.MULTILINE)
    assert len(variables) == len(set(variables)) >= 7
    assert missing([f"`{name}`" for name in variables], said()) == []


def test_every_verdict_is_explained():
    assert missing([f"`{value}`" for value in Value.values], said("conformity.md")) == []


def test_every_power_and_every_level_is_explained():
    page = said("people-and-authority.md")
    assert missing([f"**{verb}**" for verb in Verb.values], page) == []
    assert missing([f"| {level.label.lower()} |" for level in Sensitivity], page) == []


def test_every_room_that_a_power_can_be_over_is_named():
    rooms = {register.model._meta.app_label for register in SHEETS}
    assert missing([f"`{room}`" for room in sorted(rooms)], said("people-and-authority.md")) == []


def test_every_kind_that_counts_only_while_approved_is_named():
    [listed] = re.findall(
        r"count only while approved: ([^.]+)\.",
        said("registers/actions-and-declarations.md").replace("\n", " "),
    )
    asking = [str(m._meta.verbose_name_plural) for m in kinds().values() if m.needs_approval]
    assert sorted(listed.split(", ")) == sorted(asking)


def test_every_relation_is_explained():
    wanted = [f"**{relation}**" for relation in Relation.values]
    assert missing(wanted, said("registers/actions-and-declarations.md")) == []


def test_every_figure_to_declare_is_explained():
    wanted = [f"| {figure.label} |" for figure in Declaration.Figure]
    assert missing(wanted, said("registers/actions-and-declarations.md")) == []


def test_every_duty_a_procedure_can_settle_is_listed():
    assert missing([str(duty.label) for duty in Duty], said("registers/documents.md")) == []


def test_every_component_is_shown_with_what_it_is_for():
    parts = (ROOT / "bartizan/site/templates/parts").glob("*.html")
    assert missing([f"`{part.name}`" for part in parts], said("look.md")) == []


# -- what is told is true ------------------------------------------------------------------------


@every_page
def test_links_lead_somewhere(written):
    targets = re.findall(r"\]\(([^)\s]+)\)", written.read_text())
    local = [one for one in targets if "://" not in one]
    assert [one for one in local if not leads_somewhere(written, one)] == []


def leads_somewhere(page: Path, target: str) -> bool:
    name, _hash, anchor = target.partition("#")
    there = page if not name else page.parent / name
    if not there.exists():
        return False
    headings = re.findall(r"^#+ (.+)$", there.read_text(), re.MULTILINE) if anchor else []
    return not anchor or anchor in {slug(heading) for heading in headings}


def slug(heading: str) -> str:
    """How a heading is addressed on the pages where the guide is read."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_the_table_of_sheets_is_that_of_the_program():
    assert sheets() in said("workbook.md"), f"docs/workbook.md should say:\n\n{sheets()}"


def sheets() -> str:
    lines = ["| sheet | numbers | what names a row | has to be filled in |", "|---|---|---|---|"]
    for register in SHEETS:
        headings = {column.name: column.heading for column in columns(register)}
        prefix = f"{register.model.prefix}-0001" if register.holds_records else ""
        named = ", ".join(headings[name] for name in register.key)
        needed = ", ".join(c.heading for c in columns(register) if demanded(register, c))
        lines.append(f"| {title(register)} | {prefix} | {named} | {needed} |")
    return "\n".join(lines)


def demanded(register: Register, column: Column) -> bool:
    """Is a row refused without it? What names a row goes without saying."""
    if column.name in register.key or (column.name == "title" and names_itself(register)):
        return False
    model_field = column.field
    optional = model_field.blank or model_field.has_default() or model_field.many_to_many
    return not optional


@pytest.mark.parametrize("edition", Edition.values)
def test_the_counts_of_decided_items_are_true(edition):
    assert counts(edition) in said("conformity.md"), (
        f"docs/conformity.md should say:\n\n{counts(edition)}"
    )


def counts(edition: str) -> str:
    """How many items of each clause are decided, and of them how many are duties."""
    items = [item for item in CATALOGUE.values() if item.edition == edition]
    lines = ["| clause | items | decided | duties | decided |", "|---|---:|---:|---:|---:|"]
    for clause in dict.fromkeys(map(chapter, items)):
        lines.append(row(clause, [item for item in items if chapter(item) == clause]))
    return "\n".join([*lines, row("all", items)])


def chapter(item: Requirement) -> str:
    """The part of the standard by which items are counted: the draft says nearly all in its 4."""
    depth = 1 if item.edition == Edition.PUBLISHED else 2
    return ".".join(item.clause.split(".")[:depth])


def row(name: str, items: list[Requirement]) -> str:
    tally = Counter((item.modality == Modality.SHALL, bool(item.checks)) for item in items)
    duties, decided = tally[True, True] + tally[True, False], tally[True, True]
    all_decided = decided + tally[False, True]
    return f"| {name} | {len(items)} | {all_decided} | {duties} | {decided} |"


def test_items_that_are_named_exist():
    ids = re.findall(r"\b(?:2022|dis):\d[\w.\-]*\w", said())
    assert [one for one in ids if one not in CATALOGUE] == []


@pytest.mark.parametrize(
    "lock", [*sorted((ROOT / "requirements").glob("*.txt")), ROOT / "package-lock.json"],
    ids=lambda path: path.name,
)  # fmt: skip
def test_a_lock_names_no_address(lock):
    assert re.findall(r".*://.*", lock.read_text()) == []


# -- the table of ASVS ---------------------------------------------------------------------------

ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)
SHOWN = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_test_that_the_table_of_asvs_names_is_there():
    rows = ROW.findall(said("asvs.md"))
    assert len(rows) == len({number for number, *_rest in rows}) == 224
    assert {stands for _number, _asked, stands, _shown in rows} == {
        "met",
        "by setting",
        "partly",
        "not ours",
    }
    for number, _asked, stands, shown in rows:
        for path, name in SHOWN.findall(shown):
            assert f"def {name}(" in (ROOT / path).read_text(), (number, name)
        if stands in ("met", "by setting"):
            assert SHOWN.search(shown) or re.match(r"\[[^]]+\]\([\w.#-]+\)", shown), number
