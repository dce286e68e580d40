"""What is left of work that was killed goes; what somebody works on stays."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from bartizan.exchange.interim import clear, interim, leftovers

AT_WORK = """
import subprocess, sys
from pathlib import Path
from bartizan.exchange.interim import interim

with interim(Path(sys.argv[1])) as folder:
    (folder / "half").write_bytes(b"half of something")
    worker = subprocess.Popen(["sleep", "600"], close_fds=False)
    print(folder, worker.pid, flush=True)
    sys.stdin.read()
"""


def killed_at_work(parent: Path) -> tuple[Path, int]:
    """A folder whose process was killed, and the number of the one that it had called."""
    with subprocess.Popen(
        [sys.executable, "-c", AT_WORK, str(parent)],
        cwd=settings.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        folder, worker = process.stdout.readline().split()
        process.kill()
    return Path(folder), int(worker)


def test_a_folder_is_gone_after_the_work_and_after_an_error(tmp_path):
    with interim(tmp_path) as folder:
        (folder / "half").write_bytes(b"half of something")
    with pytest.raises(ZeroDivisionError), interim(tmp_path):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_what_was_killed_is_left_over_until_something_else_begins(tmp_path):
    left, worker = killed_at_work(tmp_path)
    assert leftovers(tmp_path) == []  # the program it had called is still at work there
    clear(tmp_path)
    assert (left / "half").read_bytes() == b"half of something"
    os.kill(worker, signal.SIGKILL)
    while leftovers(tmp_path) != [left]:
        pass
    with interim(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]


def test_what_is_in_use_is_neither_named_nor_removed(tmp_path):
    with interim(tmp_path) as folder:
        clear(tmp_path)
        with interim(tmp_path) as other:
            assert {*tmp_path.iterdir()} == {folder, other}
            assert leftovers(tmp_path) == []
        assert list(tmp_path.iterdir()) == [folder]


def test_what_is_nothing_of_ours_stays(tmp_path):
    (tmp_path / "bartizan-interim-notes").write_text("kept")
    (tmp_path / "bartizan-interim-mine").mkdir()
    (tmp_path / "bartizan-interim-mine" / "work").write_text("kept")
    before = sorted(tmp_path.rglob("*"))
    clear(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before
