"""Running the web server."""

import gc
import logging
import os
import socket
import sys
import time
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from threading import Timer
from typing import Any, NoReturn

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from bartizan.cli.terminal import CouldNotRun, say
from bartizan.conformity.evaluate import items_of
from bartizan.conformity.evaluator import verdicts_on
from bartizan.conformity.requirement import Edition
from bartizan.exchange.interim import clear

WORKERS, THREADS = 2, 4
HEAD_START = 1.0  # seconds for the first pages, before a worker begins to look ahead
EVERY_ADDRESS = ("0.0.0.0", "::", "")


def address(port: int, path: str, host: str = "127.0.0.1") -> str:
    """Where a browser finds a page: on this machine, or by the first name it answers to."""
    if host in EVERY_ADDRESS:
        host = settings.ALLOWED_HOSTS[0]
    return f"http://{_bracketed(host)}:{port}{path}"


def _bracketed(host: str) -> str:
    """An address of many colons as it stands before that of a port."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


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


class Server(BaseApplication):
    """Gunicorn in the process of the command, which has loaded everything: workers share it."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from bartizan.wsgi import application

        get_resolver().url_patterns  # noqa: B018  the site map, once for all workers
        leave_alone_what_is_loaded()
        return application


def leave_alone_what_is_loaded() -> None:
    """Keep Python from looking through all that is loaded for what nobody needs any more.

    Every few hundred pages it would, for a fifth of a second, and all requests of that worker would
    wait; it would find nothing.
    """
    gc.collect()
    gc.freeze()


def look_ahead(_worker: Any = None) -> None:
    """Evaluate what the first page tells, aside, before somebody waits for it.

    Every worker puts the statements of all checks together once, which takes seconds. Whoever
    asks for a verdict meanwhile comes in between two clauses.
    """

    def evaluate() -> None:
        try:
            for _clause, items in groupby(items_of(Edition.PUBLISHED), attrgetter("clause")):
                verdicts_on(list(items), None)
                time.sleep(0.001)
        except Exception:
            # Whoever opens the page is told what is wrong; meanwhile all others work.
            logging.getLogger(__name__).exception("The first evaluation failed.")
        finally:
            connections.close_all()
        leave_alone_what_is_loaded()

    soon = Timer(HEAD_START, evaluate)
    soon.daemon = True
    soon.start()


def serve(port: int, words: str, host: str = "127.0.0.1") -> NoReturn:
    """Become the web server, which tells `words` when it is ready; stopping it stops all."""
    connections.close_all()  # workers open their own
    clear(Path(settings.DATA))
    Server(
        bind=f"{_bracketed(host)}:{port}",
        workers=int(os.environ.get("WEB_CONCURRENCY", WORKERS)),
        threads=THREADS,
        worker_tmp_dir="/dev/shm" if os.path.isdir("/dev/shm") else "/tmp",
        loglevel="warning",
        preload_app=True,
        when_ready=lambda _arbiter: say(words),
        post_worker_init=look_ahead,
    ).run()
    sys.exit()


def begin_again() -> NoReturn:
    """Run the same command in a new process, which does not carry what this one has loaded."""
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
