"""An installation of its own for every test of the command: a folder with a database in it."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.core.management import call_command

from bartizan.cli.commands import bartizan
from bartizan.exchange.backup import standing_in
from bartizan.exchange.workbook import read
from bartizan.ground.trail.rebuild import empty_database
from bartizan.registers import SHEETS

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "tidewater.xlsx"


class Installation:
    """A data folder, and the command that works in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "bartizan.sqlite3"

    def run(self, *words: object, answers: str | None = None) -> Result:
        """What the command said and its exit code. A traceback is never an answer."""
        result = CliRunner().invoke(bartizan, [str(word) for word in words], input=answers)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def ask(self, *words: object) -> tuple[int, Any]:
        """The exit code and what `--json` gave."""
        result = self.run(*words, "--json")
        return result.exit_code, json.loads(result.stdout)


@pytest.fixture
def inhabit(settings: Any) -> Iterator[Callable[[Path], Any]]:
    """Make a folder the installation that everything works in."""

    def inhabited(folder: Path) -> Any:
        settings.DATA = folder
        settings.MEDIA_ROOT, settings.TRAIL_KEY = folder / "files", folder / "trail.key"
        return standing_in(folder / "bartizan.sqlite3")

    return inhabited


@pytest.fixture
def bare(db: None, inhabit: Callable[[Path], Any], tmp_path: Path) -> Iterator[Installation]:
    """A folder with nothing in it."""
    folder = tmp_path / "bare"
    folder.mkdir()
    with inhabit(folder):
        yield Installation(folder)


@pytest.fixture
def vacant(bare: Installation) -> Installation:
    """A folder whose database has its tables and nothing in them."""
    bare.database.write_bytes(empty_database())
    return bare


@pytest.fixture(scope="session")
def of_the_example(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Path:
    """A folder whose database holds the example workbook: made once, copied by every test."""
    folder = tmp_path_factory.mktemp("example")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        settings = SimpleNamespace(MEDIA_ROOT=folder / "files", TRAIL_KEY=folder / "trail.key")
        for name, value in vars(settings).items():
            patch.setattr(f"django.conf.settings.{name}", value)
        (folder / "bartizan.sqlite3").write_bytes(empty_database())
        with standing_in(folder / "bartizan.sqlite3"), EXAMPLE.open("rb") as source:
            call_command("createcachetable", verbosity=0)
            assert read(source, SHEETS).errors == []
    return folder


@pytest.fixture
def company(
    db: None, inhabit: Callable[[Path], Any], of_the_example: Path, tmp_path: Path
) -> Iterator[Installation]:
    """The example company, lived in."""
    folder = shutil.copytree(of_the_example, tmp_path / "company")
    with inhabit(folder):
        yield Installation(folder)
