"""What `make` says of its steps: bold on a terminal, plain words everywhere else."""

import os
import pty
import subprocess

from django.conf import settings

STEP = ["make", "--eval", "step: ; $(call say,Tests on SQLite)", "step"]


def test_what_is_piped_holds_no_codes():
    told = subprocess.run(STEP, cwd=settings.ROOT, capture_output=True, check=True, text=True)
    assert told.stdout == "· Tests on SQLite\n"


def test_a_terminal_shows_a_step_in_bold():
    reader, writer = pty.openpty()
    subprocess.run(STEP, cwd=settings.ROOT, stdout=writer, check=True)
    os.close(writer)
    assert os.read(reader, 1000).decode() == "\x1b[1m· Tests on SQLite\x1b[0m\r\n"
    os.close(reader)
