"""The command `bartizan`: thin wrappers over the same functions that the pages call."""

import os
import sys

import django


def main() -> None:
    """Start the rooms, then the command: its modules import models, which exist only then."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bartizan.settings")
    django.setup()
    from bartizan.cli.commands import bartizan  # noqa: PLC0415

    sys.exit(bartizan(prog_name="bartizan"))
