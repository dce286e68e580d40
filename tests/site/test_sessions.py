"""How long a session lasts, and where one is signed in (ASVS 5.0, V7)."""

from datetime import timedelta
from math import log2
from time import time

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bartizan.ground.people import sessions
from bartizan.ground.people.models import Person
from bartizan.ground.people.sign_in import TRIES
from tests.site.signing_in import PASSWORD, Clock, is_in, sign_in_by_password

PAGE = "/sessions/"
PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"


@pytest.fixture(autouse=True)
def clock(db, monkeypatch) -> Clock:
    cache.clear()
    clock = Clock(time())
    monkeypatch.setattr(sessions, "time", clock.time)
    return clock


def signed_in(person: Person, **headers: str) -> Client:
    client = Client(headers=headers)
    sign_in_by_password(client, person.email)
    assert is_in(client)
    return client


def test_a_session_that_nobody_uses_for_a_while_has_ended(member, clock):
    client = signed_in(member)
    begun = clock.now
    clock.now += sessions.IDLE - 5
    assert is_in(client)  # and now it was used
    clock.now += sessions.IDLE - 5
    assert is_in(client)
    clock.now += sessions.IDLE + 5
    assert not is_in(client)
    clock.now = begun
    assert not is_in(client)


def test_a_session_that_is_used_all_day_ends_as_long_after_it_began(member, clock):
    client = signed_in(member)
    ends = Session.objects.get().expire_date
    begun = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    assert timedelta(0) <= begun - ends < timedelta(minutes=1)
    clock.now += sessions.NOTED_EVERY + 5
    assert is_in(client)
    session = Session.objects.get()
    assert session.get_decoded()[sessions.SEEN] == int(clock.now)
    assert session.expire_date == ends


def test_that_it_was_used_is_written_down_now_and_then_alone(member, clock):
    client = signed_in(member)
    before = Session.objects.get().session_data
    clock.now += sessions.NOTED_EVERY - 5
    assert is_in(client)
    assert Session.objects.get().session_data == before


def test_a_session_that_does_not_tell_when_it_was_used_has_ended(member):
    client = signed_in(member)
    session = client.session
    del session[sessions.SEEN]
    session.save()
    assert not is_in(client)


def test_the_key_of_a_session_can_t_be_guessed(member):
    keys = {signed_in(member).session.session_key for _ in range(5)}
    assert len(keys) == 5
    assert {len(key) * log2(36) >= 128 for key in keys} == {True}


def test_one_sees_where_one_is_signed_in_and_nobody_else(member, stranger, sign_in):
    client = signed_in(member)
    signed_in(member, user_agent=PHONE)
    sign_in(stranger)
    page = client.get(PAGE)
    found = {
        (stay.browser, stay.key == page.context_data["here"]) for stay in page.context["stays"]
    }
    assert found == {("", True), ("Firefox, Android", False)}
    assert len(sign_in(stranger).get(PAGE).context["stays"]) == 2


def test_who_knows_the_password_signs_out_everywhere_else(member, stranger, sign_in):
    client, other, somebody = signed_in(member), signed_in(member), sign_in(stranger)
    answer = client.post(PAGE, {"password": "no"})
    assert answer.status_code == 422
    assert answer.context_data["form"].errors == {"password": ["This is not your password."]}
    assert is_in(other)
    assert client.post(PAGE, {"password": PASSWORD}).status_code == 302
    assert (is_in(client), is_in(other), is_in(somebody)) == (True, False, True)


def test_the_password_can_t_be_guessed_for_long_there(member):
    client, other = signed_in(member), signed_in(member)
    tries = [client.post(PAGE, {"password": "no"}).status_code for _ in range(TRIES)]
    assert tries == [422] * TRIES
    assert client.post(PAGE, {"password": PASSWORD}).status_code == 429
    assert is_in(other)


def test_whoever_has_no_password_ends_the_others_without(owner, sign_in):
    client, other = sign_in(owner), sign_in(owner)
    assert client.post(PAGE).status_code == 302
    assert (is_in(client), is_in(other)) == (True, False)


KEEPS_NOTHING = ["/", "/my-work/", "/context-issues/", "/api/context-issues/", "/nothing/", PAGE]


@pytest.mark.parametrize("address", [*KEEPS_NOTHING, "/export/context-issues/", "/chain/what-if/"])
def test_no_browser_is_to_keep_what_somebody_was_shown(owner, sign_in, address):
    assert "no-store" in sign_in(owner).get(address).headers["Cache-Control"]


def test_what_the_map_is_drawn_of_is_kept_and_asked_about_each_time(owner, sign_in):
    first = sign_in(owner).get("/chain/columns/")
    assert first.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "says,told",
    [
        (PHONE, "Firefox, Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.0 Safari/605.1.15",
            "Safari, macOS",
        ),
        ("curl/8.5.0", ""),
        ("<script>Firefox</script>" * 1000, "Firefox"),
    ],
)
def test_a_browser_is_told_in_words_of_ours(says, told):
    assert sessions.browser(says) == told
