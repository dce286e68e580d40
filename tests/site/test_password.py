"""Whoever came by a one-time link chooses a password; whoever has one changes it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bartizan.ground.people.sign_in import TRIES
from bartizan.ground.trail.models import Act

CHOSEN = "a kettle of herring"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(db):
    cache.clear()


def choose(client: Client, new: str = CHOSEN, again: str | None = None, **more: str):
    words = {"new_password1": new, "new_password2": new if again is None else again}
    return client.post("/password/", words | more)


def lets_in(person, password: str) -> bool:
    answer = Client().post("/sign-in/", {"email": person.email, "password": password})
    return answer.status_code == 302


def test_whoever_has_no_password_chooses_one_and_stays_signed_in(owner, sign_in):
    client = sign_in(owner)
    page = client.get("/password/").content.decode()
    assert ("old_password" in page, "new_password1" in page) == (False, True)
    assert choose(client).status_code == 302
    assert client.get("/my-work/").status_code == 200
    assert lets_in(owner, CHOSEN)


def test_whoever_has_one_must_know_it_and_other_sessions_end(owner, sign_in):
    owner.set_password(CHOSEN)
    owner.save()
    client, other = sign_in(owner), sign_in(owner)
    assert choose(client, "nine lives of a heron", old_password="wrong").status_code == 422
    assert choose(client, "nine lives of a heron").status_code == 422
    assert choose(client, "nine lives of a heron", old_password=CHOSEN).status_code == 302
    assert client.get("/my-work/").status_code == 200
    assert other.get("/my-work/").status_code == 302
    assert len(client.get("/sessions/").context["stays"]) == 1
    assert (lets_in(owner, CHOSEN), lets_in(owner, "nine lives of a heron")) == (False, True)


@pytest.mark.parametrize(
    "new,again",
    [
        ("short", None),
        ("password1234", None),
        (CHOSEN, "else"),
        ("Acme-Freight-2026!", None),  # the organization
        ("BARTIZANbartizan1", None),
        ("acmeowner@acme.ex", None),
        ("x" * 201, None),  # nobody could sign in by it
    ],
)
def test_a_weak_or_mistyped_password_is_refused_beside_its_field(owner, sign_in, new, again):
    answer = choose(sign_in(owner), new, again)
    assert answer.status_code == 422
    assert list(answer.context_data["form"].errors) == ["new_password2"]


def test_the_old_password_can_t_be_guessed_for_long(owner, sign_in):
    owner.set_password(CHOSEN)
    owner.save()
    client = sign_in(owner)
    tries = [choose(client, "nine lives", old_password="no").status_code for _ in range(TRIES)]
    assert tries == [422] * TRIES
    for old in (CHOSEN, "no"):
        answer = choose(client, "nine lives of a heron", old_password=old)
        # Neither is looked at: the page does not tell which would have been right.
        assert (answer.status_code, answer.context_data["form"].errors) == (429, {})
        assert "Too many tries." in answer.content.decode()


def test_choosing_a_password_is_an_act_and_the_trail_knows_no_password(owner, sign_in):
    choose(sign_in(owner))
    owner.refresh_from_db()
    assert owner.has_usable_password()
    images = "".join(
        Act.objects.values_list("entries__payload__image", flat=True).exclude(
            entries__payload__image=None
        )
    )
    assert owner.password not in images


def test_nobody_sets_a_password_without_signing_in(db):
    assert choose(Client()).headers["Location"] == "/sign-in/?next=/password/"


@pytest.mark.parametrize("new", ["acme kettle of herring", "x" * 200, "ただ今帰りました、みなさん"])
def test_a_password_may_be_long_of_any_signs_and_name_what_everybody_knows(owner, sign_in, new):
    assert choose(sign_in(owner), new).status_code == 302
    assert lets_in(owner, new)
    assert not lets_in(owner, new.upper() if new.isascii() else new[:-1])


def test_a_password_is_masked_and_left_to_whoever_keeps_passwords(owner, sign_in):
    owner.set_password(CHOSEN)
    owner.save()
    pages = [Client().get("/sign-in/"), sign_in(owner).get("/password/")]
    fields = [field for page in pages for field in re.findall(r"<input[^>]+>", said(page))]
    passwords = [field for field in fields if "assword" in field]
    keepers = [re.search(r'autocomplete="([\w-]+)"', field)[1] for field in passwords]
    assert keepers == ["current-password", "current-password", "new-password", "new-password"]
    assert all('type="password"' in field for field in passwords)
    script = (Path(settings.ROOT) / "bartizan/site/static/bartizan.js").read_text()
    assert "paste" not in script


def test_an_old_password_is_as_good_as_a_new_one(owner, monkeypatch):
    owner.set_password(CHOSEN)
    owner.save()
    then = timezone.now() + timedelta(days=3650)
    monkeypatch.setattr(timezone, "now", lambda: then)
    assert lets_in(owner, CHOSEN)


def said(page) -> str:
    return page.content.decode()
