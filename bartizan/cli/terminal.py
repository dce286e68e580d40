"""How the command speaks: results on standard output, everything else on standard error."""

import json
from collections.abc import Callable
from typing import Any, NoReturn

import click
from django.core.serializers.json import DjangoJSONEncoder
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

CONFORMS, FALLS_SHORT, COULD_NOT_RUN = 0, 1, 2

progress_console = Console(stderr=True)


class CouldNotRun(click.ClickException):
    """The command could not do its work: exit code 2, and a sentence that says why."""

    exit_code = COULD_NOT_RUN


def say(words: str) -> None:
    """Tell a step on standard error."""
    click.echo(words, err=True)


def report(data: Any) -> None:
    """A result as JSON on standard output."""
    click.echo(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))


def leave(code: int) -> NoReturn:
    raise click.exceptions.Exit(code)


class Counting:
    """A progress bar that a long task moves by calling it with what is done and what there is."""

    def __init__(self, words: str) -> None:
        columns = (TextColumn(words), BarColumn(), MofNCompleteColumn())
        self.bar = Progress(*columns, console=progress_console, transient=True)
        self.task = self.bar.add_task(words, total=None)

    def __enter__(self) -> Callable[[int, int], None]:
        self.bar.start()
        return lambda done, total: self.bar.update(self.task, completed=done, total=total)

    def __exit__(self, *exception: object) -> None:
        self.bar.stop()
