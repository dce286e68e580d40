"""What holds for every register, on the rows of the demo company."""

import io
from datetime import date, timedelta
from urllib.parse import quote

import openpyxl
import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bartizan.api.models import Token
from bartizan.exchange.sheets import name_field
from bartizan.exchange.workbook import read, write
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.records import display, views
from bartizan.ground.records.forms import form_class
from bartizan.ground.records.kept import Kept
from bartizan.ground.records.models import Record, Status
from bartizan.ground.records.register import Register
from bartizan.ground.trail.acts import act
from bartizan.ground.trail.history import history
from bartizan.registers import REGISTERS, SHEETS
from tests.demo import OWNER, every_kind_of_record, every_register, first, rows_of


@pytest.fixture
def owner(of) -> Client:
    return of(OWNER)


def foreign(register: Register, row: models.Model) -> bool:
    """Has somebody else signed it? Then it is nobody's to edit."""
    signature = getattr(register.model, "signature", "")
    return bool(signature) and getattr(row, signature).code != OWNER


@every_register
def test_its_pages_open(register, owner):
    row = first(register)
    page = display.address(register, row)
    addresses = [f"/{register.slug}/", f"/{register.slug}/new/", page]
    addresses += [f"{page}history/", f"{page}edit/"]
    answers = [owner.get(address).status_code for address in addresses]
    assert answers == [200] * 4 + [403 if foreign(register, row) else 200]


@every_register
def test_a_stranger_finds_nothing_and_learns_nothing(register, of, demo):
    row = first(register)
    with act(None, through="system"):
        Person.objects.create(code="stranger", name="Stranger", unit=Unit.objects.first())
    stranger = of("stranger")
    page = display.address(register, row)
    listed = stranger.get(f"/{register.slug}/")
    assert (listed.status_code, listed.context_data["rows"], listed.context_data["count"]) == (
        200,
        [],
        "0",
    )
    addresses = [page, f"{page}edit/", f"{page}history/", f"/export/{register.slug}/"]
    assert [stranger.get(address).status_code for address in addresses] == [404] * 4
    assert stranger.get(f"/{register.slug}/new/").status_code == 403


# The session, who it is, what they may do, how far the log goes, and the page. On top come what a
# column of several rows holds, and what is kept until something changes: the count with what the
# first line says, and the choices of each filter.
FIXED = 5
OWN_TEMPLATE = {"context-issues": 1}  # is climate change decided?


def cost(register: Register, again: bool = False, whole: bool = False) -> int:
    """How many queries the list of a register takes, whatever its length.

    Where one page shows all there is, it counts them itself, and of records asks who has left.
    """
    fields = [register.field(name) for name in register.filters]
    pointed_to = [field.related_model for field in fields if field.is_relation]
    counted = int(register.holds_records if whole else not again)
    choices = 0 if again else sum(not issubclass(model, Record) for model in pointed_to)
    many = [register.field(name) for name in register.columns]
    many = [field.related_model for field in many if field is not None and field.many_to_many]
    fetched = sum(2 if issubclass(model, Record) else 1 for model in many)
    return FIXED + OWN_TEMPLATE.get(register.slug, 0) + counted + choices + fetched


@every_register
def test_a_list_costs_the_same_number_of_queries_at_any_length(register, owner, monkeypatch):
    first(register)
    for size in (1, 5):
        monkeypatch.setattr(views, "PAGE_SIZE", size)
        monkeypatch.setattr(views, "_tallies", Kept(room=1))
        monkeypatch.setattr(views, "_choices", Kept(room=1))
        for again in (False, True):
            with CaptureQueriesContext(connection) as queries:
                page = owner.get(f"/{register.slug}/").context_data
            assert len(page["rows"]) == min(size, rows_of(register).count())
            whole = not page["next_url"]
            assert len(queries) == cost(register, again, whole)


@every_register
def test_a_list_shows_every_column_it_offers_at_the_same_cost(register, owner, monkeypatch):
    first(register)
    asked = "&".join(f"columns={name}" for name in register.offered)
    taken = []
    for size in (1, 5):
        monkeypatch.setattr(views, "PAGE_SIZE", size)
        owner.get(f"/{register.slug}/")
        with CaptureQueriesContext(connection) as queries:
            page = owner.get(f"/{register.slug}/?{asked}").context_data
        assert {len(row["cells"]) for row in page["rows"]} == {len(register.offered)}
        # Where a page shows all there is, it asks each time who of their owners has left.
        taken.append(len(queries) - (register.holds_records and not page["next_url"]))
    assert taken[0] == taken[1]


# Short lists of parts, in the order of their wholes.
NEVER_SORTED = {"reassignments", "closures"}


@every_register
def test_a_list_sorts_by_every_column_that_says_so(register, owner):
    first(register)
    asked = "&".join(f"columns={name}" for name in register.offered)
    columns = owner.get(f"/{register.slug}/?{asked}").context_data["columns"]
    sortable = [column for column in columns if column["sortable"]]
    for column in sortable:
        page = owner.get(f"/{register.slug}/{column['url']}")
        sorted_by = {c["name"] for c in page.context_data["columns"] if c["sorted"]}
        assert (page.status_code, sorted_by) == (200, {column["name"]})
    assert bool(sortable) == (register.slug not in NEVER_SORTED)


HOSTILE = ["9" * 25, "9" * 5000, "-1", "\0", "'", "\ud800", "%", "a" * 9000]


def wrongly_answered(client: Client, register: Register, said: str, pages: list[str]) -> list:
    text = said.encode("utf-8", "surrogatepass")
    names = ["q", "at", "sort", "columns", "field", *register.filters]
    asked = [dict.fromkeys(names, text), {"q": text}, {"at": text}, {"sort": text}]
    found = [(page, n, client.get(page, q)) for page in pages for n, q in enumerate(asked)]
    return [(page, n, answer.status_code) for page, n, answer in found if answer.status_code >= 500]


@every_register
def test_a_list_answers_whatever_stands_in_its_address(register, owner):
    first(register)
    said = HOSTILE[REGISTERS.index(register) % len(HOSTILE)]  # all of them would take minutes
    assert wrongly_answered(owner, register, said, [f"/{register.slug}/"]) == []


def test_a_null_is_refused_in_addresses_and_forms(owner):
    asked = {"columns": "title", "name": "Mine\0", "keep": "yes"}
    answers = [
        owner.get("/risks/?q=a%00b"),
        owner.get("/risks/RSK-%00/"),
        owner.get("/risks/?a%00=b"),
        owner.post("/risks/look/", asked),
    ]
    assert [answer.status_code for answer in answers] == [400] * 4


@pytest.mark.parametrize("said", HOSTILE, ids=ascii)
def test_every_page_of_a_register_answers_whatever_stands_in_its_address(said, owner):
    for register in REGISTERS[:2]:
        row = quote(said.encode("utf-8", "surrogatepass"))
        pages = [f"/{register.slug}/{page}/" for page in ("look", "tally", "several", "new", row)]
        assert wrongly_answered(owner, register, said, pages) == []


def test_no_list_costs_more_than_a_dozen_queries():
    assert max(map(cost, REGISTERS)) <= 12


@every_register
def test_what_the_fields_of_a_page_refer_to_is_read_with_its_row(register, owner, monkeypatch):
    say, taken = display.html, {}

    def counted(register, row, name, person):
        with CaptureQueriesContext(connection) as queries:
            said = say(register, row, name, person)
        taken[name] = len(queries)
        return said

    monkeypatch.setattr(display, "html", counted)
    owner.get(display.address(register, first(register)))
    fields = [name for names in register.sections.values() for name in names]
    assert list(taken) == fields
    # What is no column of it, like how far one has come, is worked out from other rows.
    columns = [name for name in fields if register.field(name) is not None]
    assert columns
    assert {name for name in columns if taken[name]} == set()


@every_register
def test_an_export_holds_every_row_and_imports_back_as_the_same(register, owner):
    answer = owner.get(f"/export/{register.slug}/")
    data = io.BytesIO(b"".join(answer.streaming_content))
    count = rows_of(register).count()
    sheet = openpyxl.load_workbook(data).active
    data.seek(0)
    assert sheet.max_row - 1 == count
    outcome = read(data, [register], Person.objects.get(code=OWNER))
    assert (outcome.errors, outcome.new, outcome.changed, outcome.same) == ([], 0, 0, count)


def test_the_workbook_of_the_whole_system_reads_back_as_the_same(demo):
    out = io.BytesIO()
    write(SHEETS, out)
    out.seek(0)
    outcome = read(out, SHEETS)
    assert (outcome.errors, outcome.new, outcome.changed) == ([], 0, 0)
    assert outcome.same == sum(rows_of(register).count() for register in SHEETS)


def as_json(value: object) -> object:
    """A value of a row as the API says it."""
    if isinstance(value, models.Manager):
        return [as_json(one) for one in value.all()]
    if isinstance(value, models.Model):
        named = getattr(value, name_field(type(value)))
        return named
    if isinstance(value, date):
        return value.isoformat() if not hasattr(value, "hour") else None
    return value


@every_register
def test_the_api_says_what_the_record_says(register, of, demo):
    person = Person.objects.get(code=OWNER)
    program = Client(headers={"Authorization": f"Bearer {Token.issue(person, 'test')}"})
    row = first(register)
    name = row.number if register.holds_records else row.pk
    told = program.get(f"/api/{register.slug}/{name}/").json()
    said = {field: as_json(getattr(row, field)) for field in register.editable}
    said = {
        field: value
        for field, value in said.items()
        if value is not None and not isinstance(register.field(field), models.DateTimeField)
    }
    assert said
    assert {field: told[field] for field in said} == said
    url, listed = f"/api/{register.slug}/?size=200", []
    while url:
        page = program.get(url).json()
        url, listed = page["next"], [*listed, *page["results"]]
    assert len(listed) == rows_of(register).count()
    assert told in listed


def filled_in(register: Register, row: models.Model, person: Person) -> dict[str, object]:
    """What a browser sends when the form of a row is saved as it was served."""
    form = form_class(register)(instance=row, person=person)
    data = {}
    for bound in form:
        value = bound.field.prepare_value(bound.value())
        shown = bound.field.widget.format_value(value)
        if isinstance(shown, str):
            shown = shown.replace("\n", "\r\n")
        if isinstance(value, bool):
            shown = "on" if value else None
        if shown not in (None, [], ""):
            data[bound.name] = shown
    return data


@every_register
def test_a_form_saved_as_it_was_served_changes_nothing(register, owner):
    row = first(register)
    before, answered = len(history(row)), 403 if foreign(register, row) else 302
    data = filled_in(register, row, Person.objects.get(code=OWNER))
    answer = owner.post(f"{display.address(register, row)}edit/", data)
    assert answer.status_code == answered, answer.context_data["form"].errors
    assert len(history(row)) == before


@every_kind_of_record
def test_the_history_grows_by_one_with_every_save(register, of):
    row = rows_of(register).exclude(status=Status.RETIRED).first()
    signature = register.model.signature
    writer = getattr(row, signature) if signature else Person.objects.get(code=OWNER)
    client = of(writer.code)
    before, version = len(history(row)), row.version
    data = filled_in(register, row, writer)
    for number in (1, 2):
        day = timezone.localdate() - timedelta(days=number)
        data |= {"reviewed_on": day, "version": row.version, "why": f"{number}"}
        answer = client.post(f"{display.address(register, row)}edit/", data)
        assert answer.status_code == 302, answer.context_data["form"].errors
        row.refresh_from_db()
    told = history(row)
    assert (len(told), row.version) == (before + 2, version + 2)
    assert [change.act.why for change in told[:2]] == ["2", "1"]


@every_kind_of_record
def test_a_retired_record_leaves_the_list_until_it_is_asked_for(register, owner):
    row = rows_of(register).exclude(status=Status.RETIRED).first()
    page = display.address(register, row)

    def listed(query: str) -> bool:
        rows = owner.get(f"/{register.slug}/{query}").context_data["rows"]
        return page in [one["url"] for one in rows]

    owner.post(f"{page}retire/", {"why": "No longer needed"})
    row.refresh_from_db()
    assert row.status == Status.RETIRED
    queries = ("", "?status=", "?status=nonsense")
    assert [listed(f"{query or '?'}&sort=number") for query in queries] == [False] * 3
    if "status" in register.filters:
        assert listed("?status=retired")
    assert owner.get(page).status_code == 200
