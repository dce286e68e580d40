"""A server as users run it: a process of its own, with its workers."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings as ours


class Server:
    """`bartizan serve` on a data folder, with all its processes."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder, self.settings = folder, settings
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    @contextmanager
    def running(self) -> Iterator[IO[bytes]]:
        """Kills it in the end. What it has to say is read from what this yields."""
        environment = {
            **os.environ,
            "BARTIZAN_DATA": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "bartizan.settings",
            **self.settings,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "bartizan", "serve", "--port", str(self.port)],
            env=environment,
            cwd=ours.ROOT,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            assert process.stderr is not None
            said = process.stderr.readline().decode()
            assert said.startswith("Serving on"), said
            yield process.stderr
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stderr.close()
