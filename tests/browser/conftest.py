"""A browser, and a server with the demo company for it to visit.

The server is another process with a database file of its own, as in life: what a test writes
stays for the tests after it, so each writes records of its own.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.demo import Company


@pytest.fixture(scope="session")
def server(loaded_company: Company) -> Iterator[list[str]]:
    """One-time links for the security manager, a depot's manager, and the former once more."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.browser.server", str(port)]
    command.append(str(loaded_company.folder))
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    with (
        TemporaryFile("w+") as complaints,
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=complaints, text=True
        ) as process,
    ):
        try:
            links = process.stdout.readline().split()
            if not links:
                complaints.seek(0)
                pytest.fail(complaints.read())
            wait_for(port)
            yield links
        finally:
            process.terminate()


def wait_for(port: int, seconds: float = 90) -> None:
    """The link is told before the site map is loaded: wait until somebody answers there."""
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="session")
def base_url(server: list[str]) -> str:
    return server[0].split("/sign-in/")[0]


@pytest.fixture(scope="session")
def signed_in(server: list[str], browser: Browser) -> dict[str, Any]:
    """The state of a browser in which the security manager is signed in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(server[0])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def browser_context_args(
    browser_context_args: dict[str, Any], signed_in: dict[str, Any], base_url: str
) -> dict[str, Any]:
    desk = {"width": 1440, "height": 900}
    more = {"storage_state": signed_in, "base_url": base_url, "viewport": desk, "locale": "en-GB"}
    return {**browser_context_args, **more}


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains of: broken rules of the content policy, failing scripts."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture(autouse=True)
def patience(page: Page) -> None:
    """How long a page may take before a test gives up: a busy machine is slow, not wrong."""
    page.set_default_timeout(15_000)
