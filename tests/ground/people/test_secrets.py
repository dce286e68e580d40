"""A password never enters the trail, and a rebuilt database lets nobody in by one."""

import sqlite3

import pytest

from bartizan.cli.database import found
from bartizan.ground.people.models import Person
from bartizan.ground.trail.acts import act
from bartizan.ground.trail.models import Payload
from bartizan.ground.trail.rebuild import rewind
from bartizan.ground.trail.verification import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person():
    person = found("Acme", "Ada Stone", "ada@acme.example", "")
    with act(person):
        person.set_password("correct horse battery")
        person.name = "Ada Stone-Hill"
        person.save()
    return person


def test_no_image_holds_the_hash_of_a_password(person):
    assert Person.objects.get().check_password("correct horse battery")
    assert not Payload.objects.filter(image__contains="argon2").exists()
    assert not Payload.objects.filter(image__contains="password").exists()
    assert verify().findings == []


def test_after_a_rebuild_nobody_signs_in_by_password(person, tmp_path):
    rewind(None, tmp_path / "copy.sqlite3")
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        rows = copy.execute("SELECT name, password FROM people_person").fetchall()
    assert rows == [("Ada Stone-Hill", "")]
