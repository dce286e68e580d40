"""Every command as a stranger meets it: what it says, what it leaves, how it ends."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from bartizan.api.models import Answer, Token
from bartizan.clauses.context.models import ContextIssue
from bartizan.cli.commands import bartizan
from bartizan.conformity.models import VerdictChange
from bartizan.ground.people import second_factor, sessions
from bartizan.ground.people.models import Assignment, Person, Unit
from bartizan.ground.people.sign_in import redeem
from bartizan.ground.records.models import Comment
from bartizan.ground.trail.acts import act
from bartizan.ground.trail.checkpoints import checkpoint
from bartizan.ground.trail.keys import signer_at
from bartizan.ground.trail.log import head
from bartizan.ground.trail.models import Entry, Payload
from bartizan.ground.trail.rebuild import empty_database, opened_file
from tests.installation import EXAMPLE

pytestmark = pytest.mark.sqlite
ADA = ("--organization", "Acme Freight", "--name", "Ada Stone", "--email", "Ada@acme.example")


def test_a_database_of_another_make_is_refused(tmp_path):
    settings = {"BARTIZAN_DATA": str(tmp_path), "DATABASE_URL": "mysql://nowhere/system"}
    told = subprocess.run(
        [sys.executable, "-m", "bartizan", "doctor"],
        env=os.environ | settings,
        capture_output=True,
        text=True,
    )
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == (
        "Error: BARTIZAN_DATA or DATABASE_URL can't be used:"
        " it is kept in SQLite or PostgreSQL, and this names neither\n"
    )


@pytest.mark.parametrize("name", sorted(bartizan.commands))
def test_every_command_shows_an_example(name, bare):
    told = bare.run(name, "--help")
    assert told.exit_code == 0
    assert f"bartizan {name}" in told.stdout.partition("Options:")[0].partition("\n")[2]


@pytest.mark.parametrize(
    "words",
    [
        ("assess",),
        ("verify",),
        ("serve",),
        ("export", "x.xlsx"),
        ("import", EXAMPLE),
        ("rewind", "--out", "x.db"),
        ("backup", "x.tar"),
        ("sign-in-link", "ada@acme.example"),
        ("token", "ada@acme.example"),
        ("erase", "ada@acme.example", "--basis", "a law"),
        ("upgrade",),
    ],
    ids=lambda words: words[0],
)
def test_without_a_database_a_command_says_what_to_do_and_makes_none(words, bare):
    told = bare.run(*words)
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == (
        "Error: There is no database yet: run `bartizan setup` (or `bartizan demo`).\n"
    )
    assert not bare.database.exists()


def test_the_doctor_says_it_too(bare):
    told = bare.run("doctor")
    assert told.exit_code == 1
    assert told.stdout.splitlines()[0] == (
        "BAD  database: There is no database yet: run `bartizan setup` (or `bartizan demo`)."
    )


def test_a_file_that_is_no_signing_key_is_named(bare, settings):
    bare.run("setup", *ADA)
    key = Path(settings.TRAIL_KEY)
    key.write_text("torn")
    signer_at.cache_clear()
    said = "this is no signing key: put back the one you keep, or move it away for a new one"
    told = bare.run("verify")
    assert (told.exit_code, told.stderr) == (2, f"Error: {key}: {said}.\n")
    looked = bare.run("doctor")
    assert looked.exit_code == 1
    assert [line for line in looked.stdout.splitlines() if line.startswith("BAD")] == [
        f"BAD  trail: can't be verified: {key}",
        f"BAD  signing key: {key}: {said}",
    ]


def test_setup_founds_an_organization_whose_founder_signs_in_once(bare):
    told = bare.run("setup", *ADA)
    assert told.exit_code == 0
    link = told.stdout.strip()
    ada = redeem(link.rstrip("/").rpartition("/")[2])
    assert ada is not None
    assert (ada.name, ada.email) == ("Ada Stone", "ada@acme.example")
    assert Unit.objects.get().name == "Acme Freight"
    assert sorted(Assignment.objects.values_list("role__code", flat=True)) == [
        "director",
        "security-manager",
    ]
    *found, _sum = bare.run("verify").stdout.splitlines()
    # The tests' own shop has no migrations, so setting up makes no tables for it.
    assert [line for line in found if not line.startswith("shop_")] == []
    again = bare.run("setup", *ADA)
    assert (again.exit_code, Person.objects.count()) == (2, 1)
    assert again.stderr == "Error: There is an organization in this database already.\n"
    demo = bare.run("demo", "--port", "0")
    assert (demo.exit_code, Person.objects.count()) == (2, 1)
    assert "holds an organization of its own" in demo.stderr


def test_setup_asks_for_what_was_not_said_and_refuses_nonsense(vacant):
    told = vacant.run("setup", *ADA[:4], answers="not an address\n")
    assert (told.exit_code, Unit.objects.count(), Person.objects.count()) == (2, 0, 0)
    assert told.stderr.splitlines()[-1] == "Error: Enter a valid email address."
    assert vacant.run("setup", answers="").exit_code == 2
    told = vacant.run("setup", answers="Acme Freight\nAda Stone\nada@acme.example\n")
    assert (told.exit_code, Person.objects.get().name) == (0, "Ada Stone")


def test_a_second_factor_is_told_of_and_taken_away(company):
    person = Person.objects.get(code="t-brouwer")
    with act(person):
        second_factor.set_up(person, second_factor.new_secret())
    day, name = person.second_factor.since, person.name
    said = [company.run("second-factor", "t-brouwer", *more) for more in ([], ["--remove"], [])]
    assert [one.exit_code for one in said] == [0, 0, 0]
    assert [one.output for one in said] == [
        f"{name} signs in with a code since {day}.\n",
        f"Removed: {name} signs in without a code.\n",
        f"{name} has no second factor.\n",
    ]
    removed = Entry.objects.filter(table="people_secondfactor").latest("index")
    told = (removed.verb, removed.act.through, removed.act.why)
    assert told == ("delete", "command", "second factor of t-brouwer removed")


def test_the_sessions_of_somebody_are_ended(company):
    for code in ("t-brouwer", "t-brouwer", "m-okafor"):
        Client().force_login(Person.objects.get(code=code))
    said = [company.run("sign-out", "t-brouwer").output for _ in range(2)]
    name = Person.objects.get(code="t-brouwer").name
    assert said == [f"Ended: {ended} of the sessions of {name}.\n" for ended in (2, 0)]
    assert len(sessions.stays(Person.objects.get(code="m-okafor"))) == 1


def test_a_sign_in_link_is_for_somebody_active(company):
    told = company.run("sign-in-link", "M.Okafor@tidewater.example", "--port", "9000")
    assert told.stdout.startswith("http://127.0.0.1:9000/sign-in/")
    assert redeem(told.stdout.strip().rstrip("/").rpartition("/")[2]).code == "m-okafor"
    told = company.run("sign-in-link", "t-brouwer")
    assert redeem(told.stdout.strip().rstrip("/").rpartition("/")[2]).code == "t-brouwer"
    nobody = company.run("sign-in-link", "nobody@tidewater.example")
    assert (nobody.exit_code, nobody.stdout) == (2, "")
    assert nobody.stderr == (
        "Error: Nobody active has the e-mail address or code nobody@tidewater.example.\n"
    )


def test_a_token_is_told_once_and_lasts_as_long_as_was_said(company):
    told = company.run("token", "m.okafor@tidewater.example", "--name", "report", "--days", "90")
    secret = told.stdout.strip()
    assert Token.holder(secret).code == "m-okafor"
    kept = Token.objects.get()
    assert secret not in {str(value) for value in vars(kept).values()}
    left = kept.expires_at - timezone.now()
    assert timedelta(days=89) < left <= timedelta(days=90)


def test_what_was_exported_imports_as_the_same(company, tmp_path):
    file = tmp_path / "system.xlsx"
    assert company.run("export", file).exit_code == 0
    size = head().size
    code, told = company.ask("import", file)
    assert (code, told["new"], told["changed"], told["errors"]) == (0, 0, 0, [])
    assert head().size == size
    again = company.run("export", file)
    assert (again.exit_code, again.stderr) == (2, f"Error: {file} exists.\n")


def test_one_register_is_exported_and_an_unknown_one_named(company, tmp_path):
    assert company.run("export", tmp_path / "i.xlsx", "--register", "units").exit_code == 0
    assert openpyxl.load_workbook(tmp_path / "i.xlsx").sheetnames == ["units"]
    told = company.run("export", tmp_path / "x.xlsx", "--register", "unity")
    assert (told.exit_code, told.stderr) == (2, "Error: There is no register unity.\n")
    assert not (tmp_path / "x.xlsx").exists()


def changed(company, tmp_path: Path, column: str, value: object) -> Path:
    file = tmp_path / "issues.xlsx"
    company.run("export", file, "--register", "context-issues")
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index(column) + 1).value = value
    book.save(file)
    return file


def test_a_preview_names_every_change_and_writes_none(company, tmp_path):
    file = changed(company, tmp_path, "title", "Theft at night")
    size, title = head().size, ContextIssue.objects.get(number="CTX-0001").title
    told = company.run("import", file, "--preview")
    assert told.exit_code == 0
    assert told.stdout == (
        f"context issues, row 2, changed: CTX-0001 Theft at night"
        f" (title: {title} → Theft at night)\n"
    )
    assert "Nothing was written" in told.stderr
    assert head().size == size
    assert company.run("import", file, "--why", "Seen on site").exit_code == 0
    assert ContextIssue.objects.get(number="CTX-0001").title == "Theft at night"


def test_a_wrong_cell_is_named_and_nothing_is_written(company, tmp_path):
    file = changed(company, tmp_path, "topic", "weather")
    size = head().size
    told = company.run("import", file)
    assert told.exit_code == 1
    assert told.stdout.startswith("context issues, row 2, topic: “weather” is none of: ")
    assert head().size == size


@pytest.mark.parametrize("command", ["import", "assess", "restore"])
def test_a_file_that_is_none_of_ours_is_named(command, bare, tmp_path):
    if command == "import":
        bare.database.write_bytes(empty_database())
    file = tmp_path / "notes.txt"
    file.write_text("number,title")
    told = bare.run(command, file)
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith(f"Error: {file}")
    assert bare.run(command, tmp_path / "missing").exit_code == 2


@pytest.mark.parametrize(
    "words", [("export", "x.xlsx"), ("backup", "x.tar"), ("rewind", "--out", "x.db")]
)
def test_a_folder_that_is_not_there_is_named(words, company, tmp_path):
    *words, name = words
    told = company.run(*words, tmp_path / "nowhere" / name)
    assert told.exit_code == 2
    assert f"{tmp_path / 'nowhere'}" in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_a_database_is_rebuilt_as_it_stood(company, tmp_path):
    with act(None):
        before = ContextIssue.objects.get(number="CTX-0001").title
        before_at = timezone.now()
    with act(None):
        issue = ContextIssue.objects.get(number="CTX-0001")
        issue.title = "Changed since"
        issue.save()
    out = tmp_path / "then.sqlite3"
    assert company.run("rewind", "--to", before_at.isoformat(), "--out", out).exit_code == 0
    with opened_file(out) as alias:
        assert ContextIssue.objects.using(alias).get(number="CTX-0001").title == before
    again = company.run("rewind", "--out", out)
    assert (again.exit_code, again.stderr) == (2, f"Error: {out} exists.\n")
    nonsense = company.run("rewind", "--to", "2026-99-01", "--out", tmp_path / "x.db")
    assert (nonsense.exit_code, nonsense.stderr) == (
        2,
        "Error: “2026-99-01” is no day: write 2026-03-31.\n",
    )


def test_verify_trusts_the_key_and_the_checkpoint_it_is_given(company, tmp_path):
    held = tmp_path / "held.txt"
    held.write_text(checkpoint().note)
    code, told = company.ask("verify", "--held", held)
    assert (code, told["ok"], told["size"]) == (0, True, head().size)
    assert company.run("verify", "--held", held, "--key", told["key"]).exit_code == 0
    held.write_text("no checkpoint")
    for words in (("--held", held), ("--key", "mistyped")):
        refused = company.run("verify", *words)
        assert (refused.exit_code, refused.stdout) == (2, "")


def test_somebody_is_erased_from_the_tables_and_from_the_trail(company):
    hall = Person.objects.get(code="e-hall")
    with act(hall):
        Comment.objects.create(record_id=ContextIssue.objects.first().pk, author=hall, text="Hm.")
    kept = company.run("erase", "e.hall@tidewater.example", "--basis", "GDPR 17", answers="n\n")
    hall.refresh_from_db()
    assert (kept.exit_code, hall.name) == (2, "Ewan Hall")
    told = company.run("erase", "e-hall", "--basis", "GDPR 17", "--yes")
    hall.refresh_from_db()
    assert (hall.code, hall.name, hall.email, hall.is_active) == (
        f"erased-{hall.pk}",
        f"Erased person {hall.pk}",
        None,
        False,
    )
    assert not Payload.objects.filter(image__contains="e.hall@tidewater.example").exists()
    assert Comment.objects.get().author == hall
    assert (told.exit_code, company.run("verify").exit_code) == (0, 0)


def test_where_an_erased_name_is_still_written_is_told(company):
    with act(None):
        issue = ContextIssue.objects.first()
        issue.title = "What Ewan Hall saw"
        issue.save()
    told = company.run("erase", "e-hall", "--basis", "GDPR 17", "--yes")
    assert told.exit_code == 1
    assert "records: 1 rows still hold the name or the e-mail address" in told.stdout


def test_an_erased_name_is_gone_from_what_nobody_can_edit(company):
    hall = Person.objects.get(code="e-hall")
    told = {"since": timezone.now(), "size": 1, "verdict": "conforming"}
    change = VerdictChange.objects.create(
        **told,
        requirement="2022:4.1-p1",
        reason="Ewan Hall stood for it.",
        evidence=1,
        shortfalls=0,
    )
    for key, said in (("a", "Ewan Hall"), ("b", "Somebody else")):
        Answer.objects.create(person=hall, key=key, status=201, body={"name": said})
    assert company.run("erase", "e-hall", "--basis", "GDPR 17", "--yes").exit_code == 0
    change.refresh_from_db()
    assert change.reason == f"Erased person {hall.pk} stood for it."
    assert [answer.key for answer in Answer.objects.all()] == ["b"]


def test_requirements_are_listed_in_the_promised_shape(bare):
    code, items = bare.ask("requirements")
    assert (code, len(items)) == (0, 474)
    keys = ["id", "edition", "clause", "modality", "title", "says", "checks", "attested", "maps_to"]
    assert {tuple(item) for item in items} == {tuple(keys)}
    assert len(bare.ask("requirements", "--edition", "2022")[1]) == 290


def test_nothing_is_coloured_and_results_alone_stand_on_standard_output(company):
    told = company.run("assess", "--json")
    assert "\x1b" not in told.output
    assert json.loads(told.stdout)["edition"] == "2022"
    assert told.stderr == ""
