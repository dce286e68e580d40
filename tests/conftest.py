"""What every test stands on: the engine, the folders, the browser.

The cast is in `cast.py`, verdicts in `verdicts.py`.
"""

import gc
import os
import shutil
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from bartizan.ground.trail.checkpoints import held_file
from bartizan.ground.trail.standing import lifted

# Playwright keeps an event loop running in the test's thread, which Django takes for an
# asynchronous caller. There is none: the tests are ordinary functions.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Python need not look through all that is loaded again and again, least of all while it loads.
gc.set_threshold(50_000, 20, 20)

pytest_plugins = [
    "tests.cast",
    "tests.shared",  # before those that import it
    "tests.demo",
    "tests.installation",
    "tests.verdicts",
]

DATABASES = {"db", "transactional_db", "demo_company", "loaded_company", "of_the_example"}
numbers = count(1)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what holds for the other engine alone, and mark what opens a browser.

    What asks no database anything holds for both once it holds: on PostgreSQL it is left out.
    """
    own, other = ("sqlite", "postgres") if connection.vendor == "sqlite" else ("postgres", "sqlite")
    elsewhere = {item for item in items if item.get_closest_marker(other)}
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if "browser_type_launch_args" in asked:
            item.add_marker(pytest.mark.browser)
        named = item.get_closest_marker("django_db") or item.get_closest_marker(own)
        if own == "postgres" and not named and DATABASES.isdisjoint(asked):
            elsewhere.add(item)
    config.hook.pytest_deselected(items=list(elsewhere))
    items[:] = [item for item in items if item not in elsewhere]


def pytest_report_header() -> str:
    return f"engine: {connection.vendor}"


@pytest.fixture(autouse=True)
def own_files(tmp_path_factory: pytest.TempPathFactory, settings: Any) -> None:
    """Every test starts without files. Few ever have any: the folder is made by who writes one."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / f"files-{next(numbers)}"
    # A checkpoint that another test was handed binds this one's log to nothing.
    held_file().unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def room_for_queries() -> None:
    """A connection remembers 9,000 statements: of more, a test that counts them would hear none."""
    connection.queries_log.clear()


@pytest.fixture(autouse=True, scope="session")
def rare_collections() -> None:
    """What is loaded by now stays loaded: nothing of it is ever to be collected."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def emptied_tables() -> Iterator[None]:
    """Tests with several connections empty all tables at their end: the trail lets them."""
    empty = TransactionTestCase._fixture_teardown

    def lifted_teardown(case: TransactionTestCase) -> None:
        with lifted():
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lifted_teardown)
        yield


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
