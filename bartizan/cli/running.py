"""Running the web server."""

import os
import sys

from bartizan.cli.terminal import say

WORKERS, THREADS = 2, 4


def address(port: int, path: str, host: str = "127.0.0.1") -> str:
    """Where a page is found by a browser on this machine."""
    return f"http://{host}:{port}{path}"


def serve(port: int, words: str, host: str = "127.0.0.1") -> None:
    """Become the web server; what listens is gunicorn, and stopping this process stops it."""
    say(words)
    sys.stderr.flush()
    arguments = [
        sys.executable, "-m", "gunicorn", "bartizan.wsgi:application",
        "--bind", f"{host}:{port}",
        "--workers", os.environ.get("WEB_CONCURRENCY", str(WORKERS)),
        "--threads", str(THREADS),
        "--worker-tmp-dir", "/dev/shm" if os.path.isdir("/dev/shm") else "/tmp",
        "--log-level", "warning",
        "--preload",
    ]  # fmt: skip
    os.execv(sys.executable, arguments)
