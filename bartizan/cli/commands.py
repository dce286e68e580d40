"""The command with all it can do."""

import click

from bartizan.cli import chain, computing, exposure, installation, proof, system
from bartizan.cli.terminal import Commands


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="bartizan")
def bartizan() -> None:
    """An open security management system after ISO 28000 that proves itself.

    \b
    Try it:           bartizan demo
    Your own data:    bartizan setup && bartizan serve
    Without a server: bartizan assess FILE.xlsx

    Exit codes: 0 all is well or conforms, 1 falls short, 2 could not run.
    """


for room in (installation, system, chain, exposure, computing, proof):
    for command in room.COMMANDS:
        bartizan.add_command(command)
