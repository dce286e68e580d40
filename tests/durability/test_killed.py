"""The server is killed while it writes. What it had acknowledged is there, whole, and once."""

import json
import shutil
import time
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Event, Thread

import pytest
from django.db import connection

from bartizan.api.models import Token
from bartizan.clauses.context.models import ContextIssue
from bartizan.ground.people.models import Person
from bartizan.ground.trail.log import head
from bartizan.ground.trail.models import Entry
from bartizan.ground.trail.verification import verify
from tests.serving import Server

pytestmark = pytest.mark.sqlite
ROUNDS, WRITERS, SECONDS = 4, 4, 1.5
URL = "/api/context-issues/"


class Writer:
    """Creates records, each under a key of its own, and remembers what it was told."""

    def __init__(self, name: str, port: int, token: str) -> None:
        self.name, self.port, self.token = name, port, token
        self.asked: list[str] = []
        self.told: dict[str, dict] = {}

    def write(self, key: str) -> None:
        """Ask for a record. No answer means that nobody knows."""
        issue = {
            "title": key,
            "origin": "external",
            "topic": "society",
            "description": "Doubled.",
            "unit": "tidewater",
        }
        link = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            link.request(
                "POST",
                URL,
                json.dumps(issue),
                {
                    "Authorization": f"Bearer {self.token}",
                    "Content-Type": "application/json",
                    "Idempotency-Key": key,
                },
            )
            answer = link.getresponse()
            body = json.loads(answer.read())
        except (OSError, HTTPException, ValueError):
            return
        finally:
            link.close()
        assert answer.status == 201, body
        assert self.told.setdefault(key, body) == body, "a repeated key got another answer"

    def go_on(self, stop: Event) -> None:
        while not stop.is_set():
            self.asked.append(f"{self.name} {len(self.asked)}")
            self.write(self.asked[-1])


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(
    db, inhabit, of_the_example, tmp_path
):
    folder = shutil.copytree(of_the_example, tmp_path / "data")
    with inhabit(folder):
        token = Token.issue(Person.objects.get(code="m-okafor"), "writers")
        before = ContextIssue.objects.count()
        connection.close()
    server, random = Server(folder), Random(1)
    writers = [Writer(f"writer {number}", server.port, token) for number in range(WRITERS)]
    for _round in range(ROUNDS):
        stop = Event()
        threads = [Thread(target=writer.go_on, args=[stop]) for writer in writers]
        with server.running():
            for thread in threads:
                thread.start()
            while not any(writer.told for writer in writers):
                time.sleep(0.01)
            time.sleep(SECONDS * random.random())
        stop.set()
        for thread in threads:
            thread.join()
    with server.running():  # what got no answer is asked again, and so is what got one
        for writer in writers:
            for key in writer.asked:
                writer.write(key)
    told = {key: body["number"] for writer in writers for key, body in writer.told.items()}
    assert len(told) == sum(len(writer.asked) for writer in writers) > ROUNDS * WRITERS
    with inhabit(folder):
        made = ContextIssue.objects.filter(title__startswith="writer ")
        assert dict(made.values_list("title", "number")) == told
        assert made.count() == len(told) == ContextIssue.objects.count() - before
        assert verify().findings == []
        assert list(Entry.objects.order_by("index").values_list("index", flat=True)) == list(
            range(head().size)
        )
