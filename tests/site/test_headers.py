"""What every answer tells a browser about itself, and what an installation behind HTTPS adds."""

import re
import shutil
from http.client import HTTPConnection, HTTPResponse

import pytest
from django.test import Client

from bartizan.ground.people.models import Person
from bartizan.ground.people.sign_in import make_link
from bartizan.ground.trail.acts import act
from tests.serving import Server

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
ANSWERS = {
    "a page": ("/", 200),
    "a redirect": ("/threats", 301),
    "what is not there": ("/context-issues/CTX-9999/", 404),
    "what is none of ours": ("/nowhere", 404),
    "a damaged address": ("/context-issues/?at=%00", 400),
    "the API": ("/api/context-issues/", 200),
    "its error": ("/api/context-issues/CTX-9999/", 404),
    "its document": ("/api/schema/", 200),
    "its page": ("/api/", 200),
    "a table": ("/chain/csv/legs/", 200),
    "a workbook": ("/export/context-issues/", 200),
    "a proof": ("/api/trail/checkpoint/", 200),
}


@pytest.mark.parametrize("address,status", ANSWERS.values(), ids=ANSWERS)
def test_every_answer_says_what_it_is_and_what_it_may_do(owner, sign_in, address, status):
    answer = sign_in(owner).get(address)
    assert answer.status_code == status
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    kind = answer.headers["Content-Type"]
    assert not kind.startswith("text/") or kind.endswith("; charset=utf-8")


@pytest.mark.parametrize(
    "address",
    [
        "/.git/config",
        "/static/",
        "/static/../secret.key",
        "/static/%2e%2e/secret.key",
        "/files/",
        "/files/../secret.key/",
        "/var/secret.key",
        "/bartizan/settings.py",
        "/admin/",
        "/debug/",
    ],
)
def test_nothing_is_served_but_pages_and_the_files_of_the_browser(owner, sign_in, address):
    assert sign_in(owner).get(address).status_code == 404


@pytest.mark.parametrize(
    "address,kind",
    [
        ("/context-issues/new/", None),
        ("/sign-out/", None),
        ("/import/context-issues/", None),
        ("/second-factor/", None),
        ("/api/context-issues/", "application/json"),
        ("/api/context-issues/CTX-0001/retire/", "application/json"),
    ],
)
def test_a_form_from_elsewhere_changes_nothing(owner, address, kind):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    body = {"content_type": kind} if kind else {}
    assert client.post(address, {}, **body).status_code == 403
    assert client.get("/").status_code == 200


@pytest.mark.sqlite
def test_behind_https_browsers_keep_to_it_and_take_cookies_from_this_host_alone(
    db, inhabit, of_the_example, tmp_path
):
    folder = shutil.copytree(of_the_example, tmp_path / "data")
    with inhabit(folder), act(None, through="system", why="a test"):
        secret = make_link(Person.objects.filter(is_active=True)[0])
    server = Server(folder, BARTIZAN_HTTPS="1")

    def ask(method: str, address: str, body: str = "", **headers: str) -> HTTPResponse:
        link = HTTPConnection("127.0.0.1", server.port, timeout=60)
        link.request(method, address, body, headers)
        return link.getresponse()

    with server.running():
        plain = ask("GET", "/sign-in/")
        assert (plain.status, plain.headers["Location"]) == (
            301,
            f"https://127.0.0.1:{server.port}/sign-in/",
        )
        proxied = {"X-Forwarded-Proto": "https"}
        # Of a request of two lengths a proxy might read one and the server another.
        two = {"Content-Length": "5", "Transfer-Encoding": "chunked"}
        assert ask("POST", "/sign-in/", "0\r\n\r\n", **two, **proxied).status == 400
        page = ask("GET", f"/sign-in/{secret}/", **proxied)
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
        [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
        [(name, value, flags)] = cookies(page)
        assert (name, flags) == ("__Host-csrftoken", {"HttpOnly", "Path", "SameSite", "Secure"})
        signed_in = ask(
            "POST",
            f"/sign-in/{secret}/",
            f"csrfmiddlewaretoken={token}",
            Cookie=f"{name}={value}",
            Referer=f"https://127.0.0.1:{server.port}/",
            **{"Content-Type": "application/x-www-form-urlencoded"},
            **proxied,
        )
        assert (signed_in.status, signed_in.headers["Location"]) == (302, "/")
        given = {name: (value, flags) for name, value, flags in cookies(signed_in)}
        session, flags = given["__Host-sessionid"]
        assert flags == {"HttpOnly", "Path", "SameSite", "Secure"}
        home = ask("GET", "/", Cookie=f"__Host-sessionid={session}", **proxied)
        assert home.status == 200


def cookies(answer: HTTPResponse) -> list[tuple[str, str, set[str]]]:
    """Names, values and the flags of it that tell who gets them, whatever their values."""
    told = []
    for line in answer.headers.get_all("Set-Cookie", []):
        first, *rest = line.split("; ")
        name, _, value = first.partition("=")
        flags = {flag.partition("=")[0] for flag in rest} - {"Max-Age", "expires"}
        assert "Path" not in flags or "Path=/" in rest
        told.append((name, value, flags))
    return told
