"""What takes long to make is made once in a run: every worker starts from a copy of it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def making(folder: Path) -> Iterator[bool]:
    """Whether what belongs in the folder is still to be made; nobody else makes or copies it now.

    What could not be made to its end is not taken for made.
    """
    with _alone_in(folder):
        yield not (folder / "made").exists()
        (folder / "made").touch()


@contextmanager
def unmaking(folder: Path) -> Iterator[bool]:
    """Whether it is still there to be taken away: the first worker that ends does it."""
    with _alone_in(folder):
        yield (folder / "made").exists()
        (folder / "made").unlink(missing_ok=True)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
