"""No secret enters the trail, and a rebuilt database lets nobody in by a password."""

import json
import sqlite3

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.module_loading import import_string

from bartizan import settings as production
from bartizan.cli.database import found
from bartizan.ground.people import second_factor
from bartizan.ground.people.models import Person, SecondFactor
from bartizan.ground.trail.acts import act
from bartizan.ground.trail.models import Entry, Payload
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


def test_a_rebuilt_database_asks_nobody_for_a_code_that_nobody_can_check(person, tmp_path):
    with act(person):
        second_factor.set_up(person, second_factor.new_secret())
    rewind(None, tmp_path / "copy.sqlite3")
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        rows = copy.execute("SELECT person_id, secret FROM people_secondfactor").fetchall()
    assert rows == [(person.pk, "")]
    with act(person):
        SecondFactor.objects.update(secret="")  # as in the copy
        assert not second_factor.is_set_up(person)
        assert second_factor.set_up(person, second_factor.new_secret())
    assert second_factor.is_set_up(person)


def test_the_trail_tells_that_there_was_a_second_factor_and_holds_no_secret(person):
    with act(person):
        second_factor.set_up(person, secret := second_factor.new_secret())
    sealed = person.second_factor.secret
    with act(person, why="lost the phone"):
        second_factor.remove(person)
    set_up, removed = Entry.objects.filter(table="people_secondfactor").order_by("index")
    assert (set_up.verb, set_up.act.person_id) == ("insert", person.pk)
    assert (removed.verb, removed.act.why) == ("delete", "lost the phone")
    told = json.loads(set_up.payload.image)
    assert told == {"id": told["id"], "person_id": person.pk, "since": told["since"]}
    for kept in (secret, sealed):
        assert not Payload.objects.filter(image__contains=kept).exists()
    assert verify().findings == []


def test_passwords_are_kept_by_argon2_as_django_sets_it():
    [hasher] = [import_string(name) for name in production.PASSWORD_HASHERS]
    assert hasher is Argon2PasswordHasher
    assert (
        hasher()
        .encode("correct horse", "saltsaltsalt")
        .startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    )
