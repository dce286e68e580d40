"""What a server does before anybody asks."""

import shutil
import time
from select import select
from urllib.request import urlopen

import pytest
from django.db import connection

from bartizan.cli.running import address
from bartizan.conformity.evaluate import items_of
from bartizan.conformity.models import VerdictChange
from tests.serving import Server

pytestmark = pytest.mark.sqlite
PATIENCE = 60  # seconds


def test_a_server_evaluates_conformity_before_anybody_asks(db, inhabit, of_the_example, tmp_path):
    folder = shutil.copytree(of_the_example, tmp_path / "data")
    bound = {item.id for item in items_of("2022") if item.checks}
    with Server(folder).running(), inhabit(folder):
        noted = VerdictChange.objects.values_list("requirement", flat=True)
        assert not set(noted.all())
        until = time.monotonic() + PATIENCE
        while set(noted.all()) != bound and time.monotonic() < until:
            time.sleep(0.1)
        assert set(noted.all()) == bound


def test_a_server_that_could_not_evaluate_goes_on_serving(db, inhabit, of_the_example, tmp_path):
    folder = shutil.copytree(of_the_example, tmp_path / "data")
    with inhabit(folder), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE context_contextissue RENAME TO lost")
    server = Server(folder)
    with server.running() as words:
        assert select([words], [], [], PATIENCE)[0], "it said nothing"
        said = words.readline().decode()
        assert said.endswith(" ERROR bartizan.cli.running: The first evaluation failed.\n")
        with urlopen(f"http://127.0.0.1:{server.port}/sign-in/") as page:
            assert page.status == 200


def test_a_server_removes_what_a_killed_restore_left(db, of_the_example, tmp_path):
    folder = shutil.copytree(of_the_example, tmp_path / "data")
    left = folder / "bartizan-interim-left"
    left.mkdir()
    (left / "in-use").touch()
    with Server(folder).running():
        assert not left.exists()


@pytest.mark.parametrize(
    "host, told",
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("0.0.0.0", "http://localhost:8000/"),
        ("::", "http://localhost:8000/"),
    ],
)
def test_the_address_that_is_told_can_be_opened(settings, host, told):
    settings.ALLOWED_HOSTS = ["localhost"]
    assert address(8000, "/", host) == told
