"""Running the web server."""

import os
import socket
import sys
from typing import NoReturn

from django.conf import settings

from bartizan.cli.terminal import CouldNotRun

WORKERS, THREADS = 2, 4
EVERY_ADDRESS = ("0.0.0.0", "::", "")


def address(port: int, path: str, host: str = "127.0.0.1") -> str:
    """Where a browser finds a page: on this machine, or by the first name it answers to."""
    if host in EVERY_ADDRESS:
        host = settings.ALLOWED_HOSTS[0]
    return f"http://{host}:{port}{path}"


def demand_free(port: int, host: str = "127.0.0.1") -> None:
    """Stop with a sentence where somebody else listens already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CouldNotRun(
                f"Port {port} on {host} can't be listened on ({error}): choose another with --port."
            ) from error


def serve(port: int, words: str, host: str = "127.0.0.1") -> NoReturn:
    """Become the web server, which tells `words` when it is ready; stopping it stops all."""
    arguments = [
        sys.executable, "-m", "gunicorn", "bartizan.wsgi:application",
        "--config", "python:bartizan.cli.listening",
        "--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "--workers", os.environ.get("WEB_CONCURRENCY", str(WORKERS)),
        "--threads", str(THREADS),
        "--worker-tmp-dir", "/dev/shm" if os.path.isdir("/dev/shm") else "/tmp",
        "--log-level", "warning",
        "--preload",
    ]  # fmt: skip
    os.execve(sys.executable, arguments, os.environ | {"BARTIZAN_READY": words})
