"""How the command speaks: results on standard output, everything else on standard error."""

import json
from collections.abc import Callable
from typing import Any, NoReturn

import click
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

CONFORMS, FALLS_SHORT, COULD_NOT_RUN = 0, 1, 2

progress_console = Console(stderr=True)


class CouldNotRun(click.ClickException):
    """The command could not do its work: exit code 2, and a sentence that says why."""

    exit_code = COULD_NOT_RUN


class Commands(click.Group):
    """Tells in one sentence what the surroundings refused: a folder, a disk, a database.

    Whatever else goes wrong is a defect of ours and shows where it happened.
    """

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except BrokenPipeError:
            raise
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            raise CouldNotRun(f"{place}{error.strerror or error}.") from error
        except DatabaseError as error:
            raise CouldNotRun(f"The database refused: {str(error).strip()}") from error
        except ValidationError as error:
            raise CouldNotRun(" ".join(error.messages)) from error
        except click.Abort as error:
            raise CouldNotRun("Stopped. Nothing was changed.") from error


def say(words: str) -> None:
    """Tell a step on standard error."""
    click.echo(words, err=True)


def report(data: Any) -> None:
    """A result as JSON on standard output."""
    click.echo(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))


def leave(code: int) -> NoReturn:
    raise click.exceptions.Exit(code)


class Counting:
    """A progress bar that a long task moves by calling it with what is done and what there is.

    Where nobody watches there is none. Until the task tells how much there is, the bar only moves.
    """

    def __init__(self, words: str) -> None:
        columns = (TextColumn(words), BarColumn(), MofNCompleteColumn())
        watched = progress_console.is_terminal
        self.bar = Progress(*columns, console=progress_console, transient=True, disable=not watched)
        self.task = self.bar.add_task(words, total=None)

    def __enter__(self) -> Callable[[int, int], None]:
        self.bar.start()
        return lambda done, total: self.bar.update(self.task, completed=done, total=total)

    def __exit__(self, *exception: object) -> None:
        self.bar.stop()
