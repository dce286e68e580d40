"""What happens at the door is told, a line each, and tells no secret (OWASP ASVS 5.0, V16)."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client

from bartizan.ground.people import second_factor
from bartizan.ground.people.sign_in import TRIES, make_link
from bartizan.site.second_factor import OFFERED
from tests.site.signing_in import PASSWORD, is_in, sign_in_by_password

HERE = "from 127.0.0.1"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(db):
    cache.clear()


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.INFO, "bartizan.security")
    return lambda: [one.getMessage() for one in caplog.records if one.name == "bartizan.security"]


def test_coming_and_going_is_told(member, told):
    client = Client()
    sign_in_by_password(client, member.email)
    client.post("/sign-out/")
    client.post(f"/sign-in/{make_link(member)}/")
    came = f"signed in: {member.code}, {HERE}"
    assert told() == [came, f"signed out: {member.code}, {HERE}", came]


def test_of_a_wrong_password_it_is_told_whose_it_was_to_be_and_nothing_of_what_was_typed(
    member, told
):
    sign_in_by_password(Client(), member.email, "a kettle of trout")
    sign_in_by_password(Client(), f"{PASSWORD.replace(' ', '-')}@acme.example")
    wrong = "wrong e-mail or password"
    assert told() == [f"{wrong}: {who}, {HERE}" for who in (member.code, "nobody we know")]


def test_who_tries_too_often_is_told(member, told):
    for _ in range(TRIES + 1):
        sign_in_by_password(Client(), member.email, "a kettle of trout")
    assert told()[-1] == f"too many tries to sign in: nobody we know, {HERE}"


def test_a_wrong_code_is_told(member, told):
    second_factor.set_up(member, second_factor.new_secret())
    client = Client()
    sign_in_by_password(client, member.email)
    client.post("/sign-in/code/", {"code": "no code"})
    assert told() == [f"wrong code: {member.code}, {HERE}"]


@pytest.mark.parametrize(
    "address,field,right",
    [
        ("/password/", "old_password", {}),
        ("/sessions/", "password", {}),
        ("/second-factor/", "password", {}),
        ("/second-factor/", "code", {"password": PASSWORD}),
    ],
)
def test_who_is_signed_in_and_does_not_show_again_that_it_is_them_is_told(
    member, sign_in, told, address, field, right
):
    client = sign_in(member)
    client.post(address, right | {field: ""})
    for _ in range(TRIES):
        client.post(address, right | {field: "a kettle of trout"})
    signed_in = f"of somebody signed in: {member.code}, {HERE}"
    wrong = f"wrong {field.removeprefix('old_')} {signed_in}"
    assert told()[1:] == [wrong] * (TRIES - 1) + [f"too many tries {signed_in}"]


def test_a_change_of_what_lets_somebody_in_is_told(member, sign_in, told):
    client = sign_in(member)
    client.get("/second-factor/")
    secret = client.session[OFFERED]
    for more in ({}, {"renew": ""}, {"remove": ""}):
        code = second_factor.pyotp.TOTP(secret).now()
        second_factor.cache.clear()  # each code once: here one is enough
        client.post("/second-factor/", {"code": code, "password": PASSWORD} | more)
    client.post("/sessions/", {"password": PASSWORD})
    new = {"new_password1": "nine lives of a heron", "new_password2": "nine lives of a heron"}
    client.post("/password/", {"old_password": PASSWORD} | new)
    assert told()[1:] == [
        f"{what}: {member.code}, {HERE}"
        for what in (
            "set up a second factor",
            "made new recovery codes",
            "removed the second factor",
            "ended their other sessions",
            "chose a password",
        )
    ]


def test_a_link_that_lets_nobody_in_is_told_without_its_secret(member, told):
    secret = make_link(member)
    for _ in range(2):
        Client().post(f"/sign-in/{secret}/")
    Client(enforce_csrf_checks=True).post(f"/sign-in/{make_link(member)}/")
    assert told()[1:] == [
        f"a link that is used up, too old or none of ours: nobody we know, {HERE}",
        f"refused POST 'sign-in/<str:secret>/': nobody we know, {HERE}",
    ]


def test_a_wrong_token_is_told_without_it(db, told):
    Client(headers={"Authorization": "Bearer btz_nothing"}).get("/api/processes/")
    assert told() == [f"wrong token: nobody we know, {HERE}"]


def test_a_program_with_a_wrong_token_keeps_nobody_from_signing_in(member, told):
    for _ in range(TRIES + 1):
        Client(headers={"Authorization": "Bearer btz_forgotten"}).get("/api/processes/")
    Client().post(f"/sign-in/{make_link(member)}/")
    assert told()[-1] == f"signed in: {member.code}, {HERE}"


def test_who_lacks_the_authority_is_told_with_what_they_asked_for(auditor, sign_in, told):
    sign_in(auditor).post("/context-issues/new/")
    assert told()[-1] == f"refused POST '/context-issues/new/': {auditor.code}, {HERE}"


def test_a_line_can_not_be_forged(auditor, sign_in, told):
    sign_in(auditor).post("/threats/catalogue/?x=%0Asigned in: owner", {})
    Client(enforce_csrf_checks=True).post("/sign-in/%0Asigned%20in/")
    assert [line for line in told() if "\n" in line] == []


@pytest.mark.parametrize(
    "https,forwarded,address",
    [
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (True, "somewhere\nelse", "192.0.2.7"),
        (True, "", "192.0.2.7"),
        (False, "203.0.113.9", "192.0.2.7"),
    ],
)
def test_behind_a_proxy_tries_are_those_of_whoever_the_proxy_names(
    member, told, settings, https, forwarded, address
):
    settings.HTTPS = https
    proxied = Client(headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="192.0.2.7")
    for number in range(TRIES):
        sign_in_by_password(proxied, f"nobody-{number}@acme.example")
    assert told() == [f"wrong e-mail or password: nobody we know, from {address}"] * TRIES
    assert sign_in_by_password(proxied, member.email).status_code == 429
    client = Client(headers={"X-Forwarded-For": "198.51.100.4"}, REMOTE_ADDR="192.0.2.7")
    sign_in_by_password(client, member.email)
    assert is_in(client) == https


def test_errors_and_what_happens_at_the_door_reach_standard_error():
    for name in ("django.request", "django.security", "bartizan.security"):
        [lines] = logging.getLogger(name.partition(".")[0]).handlers
        assert type(lines) is logging.StreamHandler
        assert not lines.filters
        assert logging.getLogger(name).isEnabledFor(logging.ERROR)
    assert logging.getLogger("bartizan.security").isEnabledFor(logging.INFO)
