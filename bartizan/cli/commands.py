"""Every command with its options; what it does lives in the room it belongs to."""

import tempfile
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from bartizan.cli import database, running
from bartizan.cli.terminal import (
    CONFORMS,
    FALLS_SHORT,
    CouldNotRun,
    Counting,
    leave,
    report,
    say,
)
from bartizan.conformity.evaluate import evaluate, items_of
from bartizan.conformity.statement import catalogue, meets_every_duty, statement
from bartizan.exchange import backup as backups
from bartizan.exchange.demo import load_demo
from bartizan.exchange.workbook import Unreadable, read, write
from bartizan.ground.people.models import Person
from bartizan.ground.people.sign_in import make_link
from bartizan.ground.trail.rebuild import rewind as rewind_to
from bartizan.ground.trail.verification import verify as verify_log
from bartizan.registers import SHEETS

FILE = click.Path(dir_okay=False, path_type=Path)
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
EDITION = click.option(
    "--edition",
    type=click.Choice(["2022", "draft"]),
    default="2022",
    show_default=True,
    help="The edition of the standard.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bartizan")
def bartizan() -> None:
    """An open security management system after ISO 28000 that proves itself.

    \b
    Try it:           bartizan demo
    Your own data:    bartizan setup && bartizan serve
    Without a server: bartizan assess FILE.xlsx

    Exit codes: 0 all is well or conforms, 1 falls short, 2 could not run.
    """


@bartizan.command()
@click.option("--port", type=int, envvar="PORT", default=8000, show_default=True)
def demo(port: int) -> None:
    """Fill a new database with the demo company and open it in a browser.

    \b
    bartizan demo
    bartizan demo --port 9000
    """
    database.prepare(say)
    if not Person.objects.exists():
        say("Loading the demo company …")
        with Counting("Records") as counting:
            load_demo(timezone.localdate(), counting)
    who = Person.objects.get(code="m-okafor")
    link = running.address(port, f"/sign-in/{make_link(who)}/")
    running.serve(port, f"Open {link}  (signs in {who.name}, once, within the hour)")


@bartizan.command()
@click.option("--port", type=int, envvar="PORT", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
def serve(port: int, host: str) -> None:
    """Serve the pages and the API until stopped.

    \b
    bartizan serve
    BARTIZAN_HOSTS=sms.example.org BARTIZAN_HTTPS=1 bartizan serve --host 0.0.0.0
    """
    database.demand_prepared()
    running.serve(port, f"Serving on {running.address(port, '/', host)}", host)


@bartizan.command()
@click.option("--organization", prompt="Name of the organization", help="Its full name.")
@click.option("--name", prompt="Your name", help="Who sets it up and manages security.")
@click.option("--email", prompt="Your e-mail address", help="You sign in with it.")
@click.option("--director", default="", help="Name of the top manager, if that is somebody else.")
@click.option("--port", type=int, envvar="PORT", default=8000, hidden=True)
def setup(organization: str, name: str, email: str, director: str, port: int) -> None:
    """Create the database, the organization and its first roles.

    \b
    bartizan setup
    bartizan setup --organization "Acme Freight" --name "Ada Stone" --email ada@acme.example
    """
    database.prepare(say)
    person = database.found(organization, name, email, director)
    path = f"/sign-in/{make_link(person)}/"
    say(f"Ready. Start `bartizan serve`, then open {running.address(port, path)} within the hour.")


@bartizan.command("sign-in-link")
@click.argument("email")
@click.option("--port", type=int, envvar="PORT", default=8000, show_default=True)
def sign_in_link(email: str, port: int) -> None:
    """Print a one-time link that signs somebody in, for whoever is new or forgot."""
    database.demand_prepared()
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CouldNotRun(f"Nobody active has the e-mail address {email}.")
    click.echo(running.address(port, f"/sign-in/{make_link(person)}/"))


@bartizan.command("import")
@click.argument("file", type=EXISTING)
@click.option("--preview", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--why", default="", help="The reason, kept with every change.")
@JSON
def import_(file: Path, preview: bool, why: str, as_json: bool) -> None:
    """Read a workbook into the database: all of it, or nothing.

    \b
    bartizan import system.xlsx --preview
    bartizan import system.xlsx --why "Register kept in a spreadsheet until today"
    """
    database.demand_prepared()
    outcome = _read(file, preview, why)
    if as_json:
        report(
            {
                "written": outcome.written,
                "new": outcome.new,
                "changed": outcome.changed,
                "same": outcome.same,
                "errors": [
                    {"sheet": e.sheet, "row": e.row, "column": e.column, "message": e.message}
                    for e in outcome.errors
                ],
            }
        )
    else:
        for error in outcome.errors:
            click.echo(str(error))
        done = "" if outcome.written else " Nothing was written."
        say(f"{outcome.new} new, {outcome.changed} changed, {outcome.same} unchanged.{done}")
    leave(FALLS_SHORT if outcome.errors else CONFORMS)


def _read(file: Path, preview: bool = False, why: str = ""):
    try:
        with file.open("rb") as source, Counting("Rows") as counting:
            return read(source, SHEETS, preview=preview, why=why, progress=counting)
    except Unreadable as error:
        raise CouldNotRun(f"{file}: {error}") from error


@bartizan.command()
@click.argument("file", type=FILE)
@click.option(
    "--register", "slugs", multiple=True, help="Only this register, as in context-issues."
)
def export(file: Path, slugs: tuple[str, ...]) -> None:
    """Write the registers as a workbook that `import` and `assess` read again.

    \b
    bartizan export system.xlsx
    bartizan export obligations.xlsx --register obligations
    """
    database.demand_prepared()
    chosen = [register for register in SHEETS if not slugs or register.slug in slugs]
    if missing := set(slugs) - {register.slug for register in chosen}:
        raise CouldNotRun(f"There is no register {', '.join(sorted(missing))}.")
    with file.open("wb") as out:
        write(chosen, out)
    say(f"Written: {file}")


@bartizan.command()
@click.argument("file", type=EXISTING, required=False)
@EDITION
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge by. [default: today]"
)
@JSON
def assess(file: Path | None, edition: str, as_of: datetime | None, as_json: bool) -> None:
    """Does the system conform, item by item, and why not?

    With FILE.xlsx it judges that workbook, in a database that is thrown away afterwards.

    \b
    bartizan assess
    bartizan assess examples/meridian.xlsx --edition draft --json
    """
    day = as_of.date() if as_of else timezone.localdate()
    if file is None:
        database.demand_prepared()
        _state(edition, day, as_json)
    with tempfile.TemporaryDirectory() as folder:
        database.throw_away(Path(folder))
        outcome = _read(file)
        if outcome.errors:
            raise CouldNotRun("\n".join(str(error) for error in outcome.errors))
        _state(edition, day, as_json)


def _state(edition: str, day: date, as_json: bool) -> NoReturn:
    verdicts = evaluate(edition, day).values()
    stated = statement(edition, day, verdicts)
    if as_json:
        report(stated)
    else:
        _print_statement(stated)
    leave(CONFORMS if meets_every_duty(verdicts) else FALLS_SHORT)


def _print_statement(stated: dict[str, Any]) -> None:
    for item in stated["items"]:
        if item["verdict"] not in ("not-assessed", "conforming", "not-applicable"):
            click.echo(f"{item['verdict']:<22}{item['id']:<18}{item['reason']}")
    counts = ", ".join(f"{count} {verdict}" for verdict, count in stated["summary"].items())
    click.echo(f"As of {stated['as_of']}: {counts}.")


@bartizan.command()
@click.option("--edition", type=click.Choice(["2022", "draft"]), help="Only this edition.")
@JSON
def requirements(edition: str | None, as_json: bool) -> None:
    """List every item of the standard and the checks that decide it."""
    items = catalogue(items_of(edition))
    if as_json:
        report(items)
        return
    for item in items:
        checks = f"{len(item['checks'])} checks" if item["checks"] else "not assessed yet"
        click.echo(f"{item['id']:<18}{item['modality']:<8}{checks:<18}{item['title']}")


@bartizan.command()
@click.option("--held", type=EXISTING, help="A checkpoint you hold: the log must contain it.")
@click.option("--key", default="", help="The log's public key (default: this installation's).")
@JSON
def verify(held: Path | None, key: str, as_json: bool) -> None:
    """Verify the whole trail: signature, tree, every entry, and that the tables equal it.

    \b
    bartizan verify
    bartizan verify --held checkpoint-2026-03.txt
    """
    database.demand_prepared()
    found = verify_log(keys=[key] if key else (), held=held.read_text() if held else None)
    if as_json:
        report(asdict(found) | {"ok": found.ok})
    else:
        for words in (*found.findings, *found.notices):
            click.echo(str(words))
        count = len(found.findings) + found.unnamed
        result = f"{count} findings" if count else "nothing found wrong"
        click.echo(f"{found.size} entries, {found.rows} rows, root {found.root}: {result}.")
    leave(CONFORMS if found.ok else FALLS_SHORT)


@bartizan.command()
@click.option("--to", default="", help="A day or a moment, as in 2026-03-31 or 2026-03-31T17:00.")
@click.option("--out", type=FILE, required=True, help="The SQLite file to write.")
def rewind(to: str, out: Path) -> None:
    """Rebuild the database as it stood, from the trail alone.

    \b
    bartizan rewind --to 2026-03-31 --out march.sqlite3
    DATABASE_URL=sqlite:///march.sqlite3 bartizan serve
    """
    database.demand_prepared()
    try:
        rebuilt = rewind_to(_moment(to), out)
    except FileExistsError as error:
        raise CouldNotRun(str(error)) from error
    click.echo(f"{out}: {rebuilt.size} entries, {sum(rebuilt.rows.values())} rows.")
    for loss in rebuilt.lost:
        click.echo(loss)


def _moment(words: str) -> datetime | None:
    """A day means its end."""
    if not words:
        return None
    try:
        if len(words) == 10:
            found = datetime.combine(date.fromisoformat(words), datetime.max.time())
        else:
            found = parse_datetime(words) or datetime.fromisoformat(words)
    except ValueError as error:
        raise CouldNotRun(f"“{words}” is no day: write 2026-03-31.") from error
    return found if timezone.is_aware(found) else timezone.make_aware(found)


@bartizan.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Write database and files into one archive, also while serving.

    \b
    bartizan backup /backups/bartizan-$(date +%F).tar
    """
    database.demand_prepared()
    if file.exists():
        raise CouldNotRun(f"{file} exists.")
    manifest = backups.backup(file)
    say(f"Written: {file} ({manifest['size']} entries, {len(manifest['files'])} files).")


@bartizan.command()
@click.argument("file", type=EXISTING)
def restore(file: Path) -> None:
    """Bring a backup back into an empty data folder, and prove that it is the same.

    \b
    BARTIZAN_DATA=/srv/bartizan bartizan restore /backups/bartizan-2026-03-31.tar
    """
    try:
        manifest = backups.restore(file)
    except backups.NotTheSame as error:
        raise CouldNotRun(str(error)) from error
    say(f"Restored and proven: {manifest['size']} entries, {len(manifest['files'])} files.")


@bartizan.command()
@JSON
def doctor(as_json: bool) -> None:
    """Look after the installation: what works, what does not, and what to do about it."""
    findings = database.examined()
    if as_json:
        report(findings)
    else:
        for finding in findings:
            click.echo(f"{'ok ' if finding['ok'] else 'BAD'}  {finding['what']}: {finding['says']}")
        click.echo(f"Data folder: {settings.DATA}")
    leave(CONFORMS if all(finding["ok"] for finding in findings) else FALLS_SHORT)
