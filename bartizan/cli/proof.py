"""Commands that prove and keep: verify the trail, go back in it, back everything up."""

from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click
from django.db import DatabaseError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from bartizan.cli import database
from bartizan.cli.terminal import CONFORMS, FALLS_SHORT, CouldNotRun, Counting, leave, report, say
from bartizan.exchange import backup as backups
from bartizan.ground.records.models import Record, kinds
from bartizan.ground.trail.keys import signer
from bartizan.ground.trail.rebuild import rewind as rewind_to
from bartizan.ground.trail.verification import verify as verify_log
from bartizan.ground.trail.verifier import Finding, MalformedError, tree_head, verification_key

FILE = click.Path(dir_okay=False, path_type=Path)
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@click.command()
@click.option("--held", type=EXISTING, help="A checkpoint you hold: the log must contain it.")
@click.option("--key", default="", help="The log's public key (default: this installation's).")
@JSON
def verify(held: Path | None, key: str, as_json: bool) -> None:
    """Verify the whole trail: signature, tree, every entry, and that the tables equal it.

    Names what is wrong: which record, entry, table, row and column. Exit code 1 when anything is.

    \b
    bartizan verify
    bartizan verify --held checkpoint-2026-03.txt --key 'bartizan+7d3c…'
    """
    database.demand_prepared()
    key = key or signer().verification_key
    note = _checked(held, key)
    with Counting("Entries"):
        found = verify_log(keys=[key], held=note)
    records = _records(found.findings)
    if as_json:
        told = asdict(found) | {"ok": found.ok, "key": key}
        for finding, record in zip(told["findings"], records, strict=True):
            finding["number"] = record.number if record else None
        report(told)
    else:
        for finding, record in zip(found.findings, records, strict=True):
            click.echo(f"{_named(record)}{finding}")
        for words in found.notices:
            click.echo(words)
        count = len(found.findings) + found.unnamed
        wrong = f"{count} finding{'s' * (count != 1)}" if count else "nothing found wrong"
        click.echo(f"{found.size} entries, {found.rows} rows, root {found.root}: {wrong}.")
        say(f"Verified with the key {key}")
    leave(CONFORMS if found.ok else FALLS_SHORT)


def _records(findings: list[Finding]) -> list[Record | None]:
    """The record that each finding is about, where it is about one that is there."""
    models: list[type[Record]] = [Record, *kinds().values()]
    tables = {model._meta.db_table for model in models}
    keys = [int(one.key) if one.table in tables and one.key else None for one in findings]
    known: dict[int | None, Record] = {}
    with suppress(DatabaseError):  # its table is among what was found missing
        known |= Record.objects.in_bulk({key for key in keys if key is not None})
    return [known.get(key) for key in keys]


def _named(record: Record | None) -> str:
    """What people know a record by; nothing that somebody wrote there moves the terminal."""
    if record is None:
        return ""
    name = f"{record.number} {record.title}"
    return "".join(sign if sign.isprintable() else "?" for sign in name) + ": "


def _checked(held: Path | None, key: str) -> str | None:
    """The checkpoint in the file. What was mistyped must not look like tampering."""
    try:
        verification_key(key)
        if held is None:
            return None
        note = held.read_text()
        tree_head(note)
    except (MalformedError, UnicodeDecodeError) as error:
        raise CouldNotRun(str(error)) from error
    return note


@click.command()
@click.option("--to", default="", help="A day or a moment, as in 2026-03-31 or 2026-03-31T17:00.")
@click.option("--out", type=FILE, required=True, help="The SQLite file to write.")
def rewind(to: str, out: Path) -> None:
    """Rebuild the database as it stood, from the trail alone.

    \b
    bartizan rewind --to 2026-03-31 --out march.sqlite3
    DATABASE_URL=sqlite:///march.sqlite3 bartizan assess --as-of 2026-03-31
    """
    database.demand_prepared()
    try:
        with Counting("Entries"):
            rebuilt = rewind_to(_moment(to), out)
    except FileExistsError as error:
        raise CouldNotRun(str(error)) from error
    click.echo(f"{out}: {rebuilt.size} entries, {sum(rebuilt.rows.values())} rows.")
    findings = [*rebuilt.lost, *(rebuilt.verified.findings if rebuilt.verified else [])]
    for finding in findings:
        click.echo(str(finding))
    leave(FALLS_SHORT if findings else CONFORMS)


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


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Write database and files into one archive, also while serving.

    The signing key is not in it: keep `trail.key` elsewhere.

    \b
    bartizan backup /backups/bartizan-$(date +%F).tar
    """
    database.demand_prepared()
    if file.exists():
        raise CouldNotRun(f"{file} exists.")
    try:
        manifest = backups.backup(file)
    except backups.NotTheSame as error:
        raise CouldNotRun(str(error)) from error
    say(f"Written: {file} ({manifest['size']} entries, {len(manifest['files'])} files).")
    for name in manifest["damaged"]:
        click.echo(f"The attached file {name} is damaged or missing here, and so in the backup.")
    leave(FALLS_SHORT if manifest["damaged"] else CONFORMS)


@click.command()
@click.argument("file", type=EXISTING)
def restore(file: Path) -> None:
    """Bring a backup back into an empty data folder, and prove that it is the same.

    Compares rows, root of the trail, verdicts and hashes of files before anything is put in place.

    \b
    BARTIZAN_DATA=/srv/bartizan bartizan restore /backups/bartizan-2026-03-31.tar
    """
    try:
        restored = backups.restore(file)
    except backups.NotTheSame as error:
        raise CouldNotRun(str(error)) from error
    manifest = restored.manifest
    say(f"Restored and proven: {manifest['size']} entries, {len(manifest['files'])} files.")
    if restored.new_key:
        say(
            "The signing key of the backup is not here, so a new one was made. Tell whoever holds"
            f" the old one: {restored.new_key}"
        )


COMMANDS = (verify, rewind, backup, restore)
