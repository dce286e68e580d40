"""The command `bartizan`: thin wrappers over the same functions that the pages call."""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured


def main() -> None:
    """Start the rooms, then the command: its modules import models, which exist only then."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bartizan.settings")
    try:
        import bartizan.settings  # noqa: F401
    except (ImproperlyConfigured, OSError, ValueError) as error:
        sys.stderr.write(f"Error: BARTIZAN_DATA or DATABASE_URL can't be used: {error}\n")
        sys.exit(2)
    django.setup()
    from bartizan.cli.commands import bartizan as command

    sys.exit(command(prog_name="bartizan"))
