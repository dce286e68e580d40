"""Commands about the supply chain: its legs from a plain list, and the published UN/LOCODEs."""

import io
from pathlib import Path

import click

from bartizan.chain.edges import EdgeOutcome, NoEdgeList, read_edges
from bartizan.chain.locodes import NoList, read_list
from bartizan.cli import database
from bartizan.cli.terminal import CONFORMS, FALLS_SHORT, CouldNotRun, Counting, leave, report, say
from bartizan.ground.people.models import Unit

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


def import_legs(
    file: Path, unit: str, create_places: bool, preview: bool, why: str, as_json: bool
) -> None:
    """Read a plain list of legs, and tell what became of it."""
    outcome = _read(file, _filed_under(unit), create_places, preview, why)
    if as_json:
        errors = [{"row": e.row, "column": e.column, "message": e.message} for e in outcome.errors]
        counts = {"legs": outcome.legs, "places": outcome.places, "known": outcome.known}
        report({"written": outcome.written, **counts, "errors": errors})
    else:
        for error in outcome.errors:
            click.echo(str(error))
        done = "" if outcome.written else " Nothing was written."
        say(
            f"{outcome.legs} new legs, {outcome.places} new places,"
            f" {outcome.known} legs known already.{done}"
        )
    leave(FALLS_SHORT if outcome.errors else CONFORMS)


def _read(file: Path, unit: Unit, create_places: bool, preview: bool, why: str) -> EdgeOutcome:
    try:
        with (
            file.open(encoding="utf-8-sig", newline="") as source,
            Counting("Legs") as counting,
        ):
            return read_edges(
                source, unit, create_places=create_places, preview=preview, why=why,
                progress=counting,
            )  # fmt: skip
    except NoEdgeList as error:
        raise CouldNotRun(f"{file}: {error}") from error


def _filed_under(code: str) -> Unit:
    """The unit of that code, or the whole organization."""
    units = Unit.objects.filter(code=code) if code else Unit.objects.filter(parent=None)
    unit = units.order_by("pk").first()
    if unit is None:
        raise CouldNotRun(f"There is no unit {code}." if code else "There is no organization yet.")
    return unit


@click.command()
@click.argument("files", nargs=-1, required=True, type=EXISTING)
def locodes(files: tuple[Path, ...]) -> None:
    """Read in the full list of UN/LOCODEs, as UNECE publishes it (CSV, in one or more parts).

    From then on a place with a code that is not on the list is refused.

    \b
    bartizan locodes "2026-1 UNLOCODE CodeListPart"*.csv
    """
    database.demand_prepared()
    for file in files:
        say(f"{file}: {_read_list(file):,} codes.")


def _read_list(file: Path) -> int:
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")  # as UNECE publishes it: every byte is a sign
    try:
        with Counting("Codes") as counting:
            return read_list(io.StringIO(text, newline=""), counting)
    except NoList as error:
        raise CouldNotRun(f"{file}: {error}") from error


COMMANDS = (locodes,)
