"""Commands about the management system itself: bring it in, take it out, ask how it stands."""

import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from django.utils import timezone

from bartizan.cli import chain, database
from bartizan.cli.terminal import CONFORMS, FALLS_SHORT, CouldNotRun, Counting, leave, report, say
from bartizan.conformity.evaluate import evaluate, items_of
from bartizan.conformity.statement import catalogue, meets_every_duty, statement
from bartizan.exchange.workbook import Change, Outcome, Unreadable, read, write
from bartizan.registers import SHEETS

FILE = click.Path(dir_okay=False, path_type=Path)
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
EDITIONS = click.Choice(["2022", "draft"])
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@click.command("import")
@click.argument("file", type=EXISTING)
@click.option("--preview", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--why", default="", help="The reason, kept with every change.")
@click.option("--create-places", is_flag=True, help="Of a list of legs: make places not there yet.")
@click.option("--unit", default="", help="Of a list of legs: the unit they are filed under.")
@JSON
def import_(
    file: Path, preview: bool, why: str, create_places: bool, unit: str, as_json: bool
) -> None:
    """Read a workbook, or a list of legs (CSV), into the database: all of it, or nothing.

    Exit code 1 when rows are wrong: each is named with sheet, row and column. A list of legs has
    the columns origin, destination, and any of mode, carrier, responsible, days, hours, own and
    hand_over.

    \b
    bartizan import system.xlsx --preview
    bartizan import system.xlsx --why "Register kept in a spreadsheet until today"
    bartizan import legs.csv --create-places --unit road
    """
    database.demand_prepared()
    if file.suffix.casefold() == ".csv":
        chain.import_legs(file, unit, create_places, preview, why, as_json)
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
        _print_outcome(outcome, preview)
    leave(FALLS_SHORT if outcome.errors else CONFORMS)


def _print_outcome(outcome: Outcome, preview: bool) -> None:
    for error in outcome.errors:
        click.echo(str(error))
    for change in outcome.changes if preview and not outcome.errors else []:
        click.echo(_told(change))
    done = "" if outcome.written else " Nothing was written."
    say(f"{outcome.new} new, {outcome.changed} changed, {outcome.same} unchanged.{done}")


def _told(change: Change) -> str:
    fields = "; ".join(f"{f['label']}: {f['before']} → {f['after']}" for f in change.fields)
    place = f"{change.sheet}, row {change.row}"
    return f"{place}, {change.verb}: {change.name}" + (f" ({fields})" if fields else "")


def _read(file: Path, preview: bool = False, why: str = "") -> Outcome:
    try:
        with file.open("rb") as source, Counting("Rows") as counting:
            return read(source, SHEETS, preview=preview, why=why, progress=counting)
    except Unreadable as error:
        raise CouldNotRun(f"{file}: {error}") from error


@click.command()
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
    if missing := set(slugs) - {register.slug for register in SHEETS}:
        raise CouldNotRun(f"There is no register {', '.join(sorted(missing))}.")
    if file.exists():
        raise CouldNotRun(f"{file} exists.")
    chosen = [register for register in SHEETS if not slugs or register.slug in slugs]
    with Counting("Registers"), file.open("xb") as out:
        write(chosen, out)
    say(f"Written: {file}")


@click.command()
@click.argument("file", type=EXISTING, required=False)
@click.option("--edition", type=EDITIONS, default="2022", show_default=True, help="Judge by it.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to judge by. What happened after it is left out. [default: today]",
)
@JSON
def assess(file: Path | None, edition: str, as_of: datetime | None, as_json: bool) -> None:
    """Does the system conform, item by item, and why not?

    With FILE.xlsx it judges that workbook, in a database that is thrown away afterwards.

    --as-of judges the records of now by another day: by a coming one, what will be overdue; by a
    past one, without what happened since (approvals, runs, messages, reviews, attestations and
    the like). What was written over is not brought back: a database rebuilt from the trail has it.

    Exit code 0 when every duty ("shall") is met, 1 when not, 2 when it could not tell.

    \b
    bartizan assess
    bartizan assess --edition draft --as-of 2026-03-31
    bartizan assess system.xlsx --json
    """
    day = as_of.date() if as_of else timezone.localdate()
    if file is None:
        database.demand_prepared()
        _state(edition, day, as_json)
    with tempfile.TemporaryDirectory() as folder, database.thrown_away(Path(folder)):
        outcome = _read(file)
        if outcome.errors:
            raise CouldNotRun("\n".join(str(error) for error in outcome.errors))
        _state(edition, day, as_json)


def _state(edition: str, day: date, as_json: bool) -> NoReturn:
    with Counting("Requirements"):
        verdicts = list(evaluate(edition, day).values())
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


@click.command()
@click.option("--edition", type=EDITIONS, help="Only this edition.")
@JSON
def requirements(edition: str | None, as_json: bool) -> None:
    """List every item of the standard and the checks that decide it.

    \b
    bartizan requirements --edition 2022
    bartizan requirements --json
    """
    items = catalogue(items_of(edition))
    if as_json:
        report(items)
        return
    for item in items:
        count = len(item["checks"])
        checks = f"{count} check{'s' * (count != 1)}" if count else "not assessed yet"
        click.echo(f"{item['id']:<18}{item['modality']:<8}{checks:<18}{item['title']}")


COMMANDS = (import_, export, assess, requirements)
