"""Folders in which something large is put together, and what is left of them after a `kill -9`.

Whoever works in such a folder holds a lock on a file in it, which the system takes away with the
process, however that ends. So a folder that nobody holds is left over, and one that somebody holds
is left alone, whoever asks and whenever.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PREFIX, LOCK = "bartizan-interim-", "in-use"


@contextmanager
def interim(parent: Path) -> Iterator[Path]:
    """A new folder to work in, gone afterwards; what was left over beside it goes before."""
    clear(parent)
    folder, lock = _begun(parent)
    with lock:
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def clear(parent: Path) -> None:
    """Remove what is left over in a folder."""
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            folder.rmdir()  # it is empty where it was left before it was held
        with _unheld(folder) as unheld:
            if unheld:
                shutil.rmtree(folder, ignore_errors=True)


def leftovers(parent: Path) -> list[Path]:
    """The folders in which nobody works any more."""
    found = []
    for folder in sorted(parent.glob(f"{PREFIX}*")):
        with _unheld(folder) as unheld:
            if unheld:
                found.append(folder)
    return found


def _begun(parent: Path) -> tuple[Path, IO[bytes]]:
    """A new folder and the lock on it; another, where somebody cleared it before it was held."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        with suppress(FileNotFoundError):
            lock = (folder / LOCK).open("wb")
            fcntl.flock(lock, fcntl.LOCK_EX)
            if os.path.samestat(os.stat(lock.fileno()), os.stat(folder / LOCK)):
                # A program that works here for us holds on to it, even where it outlives us.
                os.set_inheritable(lock.fileno(), True)
                return folder, lock


@contextmanager
def _unheld(folder: Path) -> Iterator[bool]:
    """Does nobody work in this folder? As long as this lasts, nobody begins to."""
    try:
        lock = (folder / LOCK).open("r+b")
    except OSError:  # gone meanwhile, or somebody else's
        yield False
        return
    with lock:
        yield _locked(lock)


def _locked(lock: IO[bytes]) -> bool:
    """Take the lock, unless somebody has it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
