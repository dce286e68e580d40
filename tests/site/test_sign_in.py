"""Getting in, staying in, being put out (OWASP ASVS 5.0, V6 and V7)."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bartizan.ground.people.models import Person, SignInLink
from bartizan.ground.people.sign_in import TRIES, make_link, redeem
from tests.site.signing_in import PASSWORD, is_in, sign_in_by_password


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(db):
    cache.clear()


def test_a_password_lets_in_whatever_the_case_of_the_address(member):
    client = Client()
    answer = sign_in_by_password(client, member.email.upper())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_in(client)


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(member):
    wrong = sign_in_by_password(Client(), member.email, "a kettle of trout")
    unknown = sign_in_by_password(Client(), "nobody@acme.example")
    disabled = Person.objects.create(
        code="gone", name="Gone", email="gone@acme.example", unit=member.unit, is_active=False
    )
    disabled.set_password(PASSWORD)
    disabled.save()
    switched_off = sign_in_by_password(Client(), disabled.email)

    def said(answer):
        return answer.status_code, answer.context_data["form"].non_field_errors()

    refused = (422, ["This e-mail and password do not belong together."])
    assert [said(answer) for answer in (wrong, unknown, switched_off)] == [refused] * 3


def test_somebody_without_a_password_is_not_let_in_by_an_empty_one(owner):
    client = Client()
    assert sign_in_by_password(client, owner.email, "").status_code == 422
    assert not is_in(client)


def test_after_too_many_tries_even_the_right_password_waits(member):
    tries = [sign_in_by_password(Client(), member.email, "no").status_code for _ in range(TRIES)]
    assert tries == [422] * TRIES
    client = Client()
    assert sign_in_by_password(client, member.email).status_code == 429
    assert not is_in(client)


def test_whoever_is_kept_out_by_the_tries_of_others_comes_in_by_a_link(member):
    for _ in range(TRIES + 1):
        sign_in_by_password(Client(REMOTE_ADDR="192.0.2.1"), member.email, "a kettle of trout")
    assert sign_in_by_password(Client(), member.email).status_code == 429
    client = Client()
    assert client.post(f"/sign-in/{make_link(member)}/").status_code == 302
    assert is_in(client)


def test_tries_that_were_right_are_not_counted(member):
    """Many people may work behind one address."""
    for _ in range(TRIES + 1):
        assert sign_in_by_password(Client(), member.email).status_code == 302
        assert Client().post(f"/sign-in/{make_link(member)}/").status_code == 302
    wrong = [sign_in_by_password(Client(), member.email, "no").status_code for _ in range(TRIES)]
    assert wrong == [422] * TRIES
    assert sign_in_by_password(Client(), member.email).status_code == 429


def test_tries_are_counted_for_an_address_over_all_accounts(member):
    for number in range(TRIES):
        sign_in_by_password(Client(), f"guess{number}@acme.example", "no")
    assert sign_in_by_password(Client(), member.email).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in_by_password(elsewhere, member.email).status_code == 302


def test_a_one_time_link_is_opened_by_a_press_and_works_once(owner):
    address = f"/sign-in/{make_link(owner)}/"
    first, second = Client(), Client()
    assert (first.get(address).status_code, is_in(first)) == (200, False)
    assert (first.post(address).status_code, is_in(first)) == (302, True)
    assert (second.post(address).status_code, is_in(second)) == (410, False)


def test_a_link_that_is_too_old_lets_nobody_in(owner):
    assert redeem(make_link(owner, life=timedelta(seconds=-1))) is None


def test_a_link_of_somebody_switched_off_lets_nobody_in(stranger):
    secret = make_link(stranger)
    stranger.is_active = False
    stranger.save()
    assert redeem(secret) is None


def test_the_database_does_not_hold_the_secret_of_a_link(owner):
    secret = make_link(owner)
    kept = SignInLink.objects.get()
    assert secret not in {str(value) for value in vars(kept).values()}
    assert kept.expires_at > timezone.now()


def test_whoever_is_switched_off_is_out_at_once(member):
    client = Client()
    sign_in_by_password(client, member.email)
    assert is_in(client)
    member.is_active = False
    member.save()
    answer = client.get("/my-work/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/my-work/")


def test_a_new_password_ends_the_sessions_of_the_old_one(member):
    client = Client()
    sign_in_by_password(client, member.email)
    member.set_password("a kettle of trout")
    member.save()
    assert not is_in(client)


def test_signing_out_ends_the_session_also_for_whoever_copied_the_cookie(owner, sign_in):
    client, thief = sign_in(owner), Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert is_in(thief)
    client.post("/sign-out/")
    assert not is_in(thief)


def test_signing_out_takes_a_press(owner, sign_in):
    client = sign_in(owner)
    assert client.get("/sign-out/").status_code == 405
    assert is_in(client)


def test_signing_out_is_offered_on_every_page(owner, sign_in):
    client = sign_in(owner)
    for page in ("/", "/my-work/", "/requirements/", "/context-issues/", "/search/", "/sessions/"):
        assert '<form action="/sign-out/" method="post"' in client.get(page).content.decode(), page


def test_signing_in_changes_the_session_so_that_none_can_be_foisted(member):
    client = Client()
    client.get("/sign-in/")
    foisted = client.session
    foisted["kept"] = True
    foisted.save()
    client.cookies["sessionid"] = foisted.session_key
    sign_in_by_password(client, member.email)
    assert client.session.session_key != foisted.session_key
    assert not foisted.exists(foisted.session_key)


@pytest.mark.parametrize(
    "wanted,led",
    [
        ("/people/?q=x", "/people/?q=x"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_one_goes_on_within_this_site_alone(member, wanted, led):
    answer = sign_in_by_password(Client(), member.email, next=wanted)
    assert answer.headers["Location"] == led


def test_the_page_of_signing_in_does_not_repeat_a_password(member):
    answer = sign_in_by_password(Client(), member.email, "a kettle of trout")
    assert b"kettle" not in answer.content


@pytest.mark.parametrize("address", ["/sign-in/", "/sign-in/x/"])
def test_a_form_from_elsewhere_signs_nobody_in(member, address):
    client = Client(enforce_csrf_checks=True)
    assert client.post(address, {"email": member.email, "password": PASSWORD}).status_code == 403


def test_the_cookie_of_a_session_is_out_of_reach_of_scripts_and_of_other_sites(member):
    client = Client()
    sign_in_by_password(client, member.email)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
