"""What every test stands on: the engine, the folders, the browser. The cast is in `cast.py`."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection

# Playwright keeps an event loop running in the test's thread, which Django takes for an
# asynchronous caller. There is none: the tests are ordinary functions.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytest_plugins = ["tests.cast"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_configure(config: pytest.Config) -> None:
    # Pages in tests load the static files from where they are written, so that a test never
    # depends on an earlier `collectstatic`.
    configured.STORAGES = configured.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what holds for the other engine alone, and mark what opens a browser."""
    other = {"sqlite": "postgres", "postgresql": "sqlite"}[connection.vendor]
    for item in items:
        if item.get_closest_marker(other):
            item.add_marker(pytest.mark.skip(reason=f"holds for {other} alone"))
        if "browser_type_launch_args" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def pytest_report_header() -> str:
    return f"engine: {connection.vendor}"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, settings: Any) -> None:
    """No test writes files or keys where an installation, or another test, has its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TRAIL_KEY = tmp_path / "trail.key"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium. Where it is missing the test fails: a skipped page proves nothing."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program:
        pytest.fail("No Chromium: run `make test`, or set CHROMIUM=/path/to/chromium.")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": program,
        "args": [*quiet, *as_root, "--disable-gpu", "--disable-quic", "--no-first-run"],
    }
