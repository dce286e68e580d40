"""A code beside the password: set up, asked for, used once, lost, taken away (ASVS 5.0, V6.5)."""

import base64
import re
from datetime import UTC, datetime
from hashlib import sha256

import pyotp
import pytest
from django.core.cache import cache
from django.test import Client

from bartizan.cli.forgetting import forget
from bartizan.ground.people import second_factor
from bartizan.ground.people.models import Person, RecoveryCode, SecondFactor
from bartizan.ground.people.sign_in import TRIES, make_link
from tests.site.signing_in import PASSWORD, Clock, is_in, sign_in_by_password

NOON = datetime(2026, 3, 1, 12, 0, 15, tzinfo=UTC).timestamp()
PAGE, STEP = "/second-factor/", "/sign-in/code/"


@pytest.fixture(autouse=True)
def clock(db, monkeypatch) -> Clock:
    cache.clear()
    clock = Clock(NOON)
    monkeypatch.setattr(second_factor, "time", clock.time)
    return clock


@pytest.fixture
def secret(member) -> str:
    """Of somebody who has set it up."""
    secret = second_factor.new_secret()
    second_factor.set_up(member, secret)
    return secret


def code(secret: str, at: float = NOON) -> str:
    return pyotp.TOTP(secret).at(int(at))


def halfway(member: Person, **more: str) -> Client:
    """A browser in which the password was right."""
    client = Client()
    answer = sign_in_by_password(client, member.email, **more)
    assert (answer.status_code, answer.headers["Location"]) == (302, STEP)
    assert not is_in(client)
    return client


def said(answer) -> tuple[int, list[str]]:
    return answer.status_code, answer.context_data["form"].errors.get("code", [])


WRONG = (422, ["This code is not right, or was used already."])


def test_who_has_set_it_up_is_in_after_password_and_code_and_goes_on_where_they_were(
    member, secret
):
    client = halfway(member, next="/processes/")
    answer = client.post(STEP, {"code": code(secret)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/processes/")
    assert is_in(client)


def test_a_one_time_link_does_not_go_round_it(member, secret):
    client = Client()
    answer = client.post(f"/sign-in/{make_link(member)}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, STEP)
    assert not is_in(client)
    client.post(STEP, {"code": code(secret)})
    assert is_in(client)


def test_a_code_works_once_and_only_about_the_time_it_was_shown(member, secret, clock):
    for away in (-61, 61):
        assert said(halfway(member).post(STEP, {"code": code(secret, NOON + away)})) == WRONG
    first, again = halfway(member), halfway(member)
    assert first.post(STEP, {"code": code(secret, NOON - 30)}).status_code == 302
    assert said(again.post(STEP, {"code": code(secret, NOON - 30)})) == WRONG
    assert again.post(STEP, {"code": code(secret)}).status_code == 302
    clock.now += 30
    assert halfway(member).post(STEP, {"code": code(secret, clock.now)}).status_code == 302


@pytest.mark.parametrize("typed", ["", "000000", "12 34", "١٢٣٤٥٦", "x" * 59])
def test_what_is_no_code_lets_nobody_in(member, secret, typed):
    client = halfway(member)
    assert client.post(STEP, {"code": typed}).status_code == 422
    assert not is_in(client)


def test_nobody_is_asked_for_a_code_who_has_shown_nothing(member, secret):
    client = Client()
    for answer in (client.get(STEP), client.post(STEP, {"code": code(secret)})):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
    assert not is_in(client)


def test_who_takes_too_long_or_is_switched_off_meanwhile_begins_again(member, secret):
    slow, gone = halfway(member), halfway(member)
    session = slow.session
    session["halfway"] = [*session["halfway"][:2], 0]
    session.save()
    assert slow.post(STEP, {"code": code(secret)}).headers["Location"] == "/sign-in/"
    member.is_active = False
    member.save()
    assert gone.post(STEP, {"code": code(secret)}).headers["Location"] == "/sign-in/"


def test_after_too_many_tries_even_the_right_code_waits(member, secret):
    client = halfway(member)
    tries = [
        client.post(STEP, {"code": "000000"}, REMOTE_ADDR=f"192.0.2.{n}") for n in range(TRIES)
    ]
    assert [answer.status_code for answer in tries] == [422] * TRIES
    answer = client.post(STEP, {"code": code(secret)}, REMOTE_ADDR="192.0.2.99")
    assert answer.status_code == 429
    assert not is_in(client)


# -- setting it up ----------------------------------------------------------------------------


def test_it_is_set_up_with_a_code_of_the_app_and_the_password(member, sign_in):
    client = sign_in(member)
    page = client.get(PAGE)
    secret = page.context_data["secret"].replace(" ", "")
    assert page.headers["Cache-Control"].split(", ")[-1] == "private"
    given = {"code": code(secret), "password": PASSWORD}
    for wrong in ({"code": "000000"}, {"password": "a kettle of trout"}):
        assert client.post(PAGE, given | wrong).status_code == 422
        assert not second_factor.is_set_up(member)
    codes = client.post(PAGE, given).context_data["codes"]
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert all(re.fullmatch(r"([a-z2-7]{4}-){5}[a-z2-7]{4}", one) for one in codes)
    assert not any(one in client.get(PAGE).content.decode() for one in [*codes, secret])
    assert not second_factor.passes(member, code(secret))  # that one is used
    assert second_factor.passes(member, code(secret, NOON + 30))


def test_whoever_has_no_password_sets_it_up_with_a_code_alone(owner, sign_in):
    client = sign_in(owner)
    page = client.get(PAGE)
    assert list(page.context_data["form"].fields) == ["code"]
    secret = page.context_data["secret"].replace(" ", "")
    assert client.post(PAGE, {"code": code(secret)}).context_data["codes"]


def test_a_recovery_code_works_once_however_it_is_typed_and_never_after_new_ones(member, sign_in):
    secret = second_factor.new_secret()
    codes = second_factor.set_up(member, secret)
    assert halfway(member).post(STEP, {"code": codes[0].upper()}).status_code == 302
    assert said(halfway(member).post(STEP, {"code": codes[0]})) == WRONG
    assert halfway(member).post(STEP, {"code": codes[1].replace("-", " ")}).status_code == 302
    client = sign_in(member)
    assert client.get(PAGE).context_data["left"] == second_factor.RECOVERY_CODES - 2
    fresh = client.post(PAGE, {"code": code(secret), "password": PASSWORD}).context_data["codes"]
    assert said(halfway(member).post(STEP, {"code": codes[2]})) == WRONG
    assert halfway(member).post(STEP, {"code": fresh[0]}).status_code == 302


def test_of_recovery_codes_hashes_are_kept_of_what_can_t_be_guessed(member):
    secret = second_factor.new_secret()
    codes = {one.replace("-", "") for one in second_factor.set_up(member, secret)}
    others = {one.replace("-", "") for one in second_factor.renew_recovery_codes(member)}
    assert len(codes | others) == 2 * second_factor.RECOVERY_CODES
    assert {len(base64.b32decode(one.upper())) * 8 for one in codes | others} == {120}
    assert len(base64.b32decode(secret)) * 8 == 160
    kept = set(RecoveryCode.objects.values_list("code_sha256", flat=True))
    assert kept == {sha256(one.encode()).hexdigest() for one in others}
    assert secret not in SecondFactor.objects.get().secret


def test_who_shows_that_it_is_them_does_without_again(member, secret, sign_in):
    client = sign_in(member)
    given = {"code": code(secret), "remove": "yes"}
    assert client.post(PAGE, given | {"password": "no"}).status_code == 422
    assert second_factor.is_set_up(member)
    assert client.post(PAGE, given | {"password": PASSWORD}).status_code == 302
    assert not (second_factor.is_set_up(member))
    assert not (RecoveryCode.objects.exists())
    assert sign_in_by_password(Client(), member.email).headers["Location"] == "/"


@pytest.mark.parametrize("password", [PASSWORD, None])
def test_every_other_session_ends_when_it_is_set_up_and_when_it_is_removed(
    owner, sign_in, password, clock
):
    owner.set_password(password)
    owner.save()
    here = sign_in(owner)
    secret = here.get(PAGE).context_data["secret"].replace(" ", "")
    for more in ({}, {"remove": "yes"}):
        owner.refresh_from_db()
        there = sign_in(owner)
        assert is_in(there)
        said = {"code": code(secret, clock.now), "password": password or "", **more}
        assert here.post(PAGE, said).status_code in (200, 302)
        assert (is_in(here), is_in(there)) == (True, False)
        clock.now += 30
    owner.refresh_from_db()
    assert owner.has_usable_password() == bool(password)
    assert not password or owner.check_password(password)


def test_the_page_waits_after_too_many_tries_too(member, secret, sign_in):
    client = sign_in(member)
    wrong = {"code": "000000", "password": PASSWORD, "remove": "yes"}
    tries = [client.post(PAGE, wrong).status_code for _ in range(TRIES)]
    assert tries == [422] * TRIES
    for asked in (wrong, wrong | {"code": code(secret)}, wrong | {"password": "no"}):
        answer = client.post(PAGE, asked)
        # Nothing is looked at: the page tells nobody what would have been right.
        assert (answer.status_code, answer.context_data["form"].errors) == (429, {})
        assert "Too many tries." in answer.content.decode()
    assert second_factor.passes(member, code(secret))


# -- where it is kept -------------------------------------------------------------------------


def test_without_the_key_of_the_installation_only_a_recovery_code_helps(member, settings):
    secret = second_factor.new_secret()
    codes = second_factor.set_up(member, secret)
    assert secret not in member.second_factor.secret
    settings.SECRET_KEY = "another"
    assert not second_factor.passes(member, code(secret))
    assert second_factor.passes(member, codes[0])


def test_whoever_is_erased_has_none(member, secret):
    forget(member, "on request")
    assert not (SecondFactor.objects.exists())
    assert not (RecoveryCode.objects.exists())


# -- where everybody has to -------------------------------------------------------------------


def test_where_it_is_required_nobody_does_anything_before_it_is_set_up(member, settings, sign_in):
    settings.SECOND_FACTOR_REQUIRED = True
    client = sign_in(member)
    for address in ("/", "/processes/", "/api/processes/", "/nothing/", "/password/"):
        answer = client.get(address)
        asked = (302, PAGE) if address != "/nothing/" else (404, "")
        assert (answer.status_code, answer.headers.get("Location", "")) == asked
    secret = client.get(PAGE).context_data["secret"].replace(" ", "")
    assert client.post(PAGE, {"code": code(secret), "password": PASSWORD}).status_code == 200
    assert is_in(client)
    later = {"code": code(secret, NOON + 30), "password": PASSWORD, "remove": "yes"}
    assert client.post(PAGE, later).status_code == 403
    other = halfway(member)
    other.post(STEP, {"code": code(secret, NOON + 30)})
    assert is_in(other)
    assert Client().get("/policy/").status_code == 200
    assert client.post("/sign-out/").status_code == 302
