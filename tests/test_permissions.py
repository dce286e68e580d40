"""Who gets which answer: every route, by every method, for everybody, at two levels of secrecy.

The routes are read from the URL configuration and from the OpenAPI document; a route this table
does not know fails. What people may do is written down here once more, by hand and in the fewest
words, so that a mistake in `authority.py` can't hide behind itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, models, transaction
from django.template.backends.base import BaseEngine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from bartizan.ground.people.models import Person, Sensitivity, Unit
from bartizan.ground.records.models import Record
from bartizan.ground.records.register import Register
from bartizan.ground.trail.acts import act
from bartizan.registers import REGISTERS
from tests.cast import appoint, person

NOWHERE, DEPOT, EVERYWHERE = "nowhere", "depot-venlo", "tidewater"


@dataclass(frozen=True)
class Standing:
    """What somebody of the cast may do, where, and up to which level."""

    powers: frozenset[str] = frozenset()
    unit: str = NOWHERE
    clearance: int = -1

    def may(self, verb: str, place: str, level: int) -> bool:
        reached = self.unit == EVERYWHERE or place == self.unit
        return verb in self.powers and reached and level <= self.clearance


EVERYTHING = frozenset({"read", "write", "approve", "retire", "attest", "administer"})
CAST = {
    "stranger": Standing(),
    "auditor": Standing(frozenset({"read"}), EVERYWHERE, 2),
    "colleague": Standing(frozenset({"read", "write"}), DEPOT, 2),
    "manager": Standing(frozenset({"read", "approve", "attest"}), EVERYWHERE, 3),
    "owner": Standing(EVERYTHING, EVERYWHERE, 3),
}

# Where the record of a test belongs, and how secret it is.
CASES = ((DEPOT, Sensitivity.INTERNAL), (EVERYWHERE, Sensitivity.RESTRICTED))

# The pages of one row: the power each takes, and the answers to whoever has it.
ROW_PAGES = {
    ("GET", ""): ("read", {200}),
    ("GET", "history/"): ("read", {200}),
    ("GET", "edit/"): ("write", {200}),
    ("POST", "edit/"): ("write", {409}),
}
# What is done to a record: as on its page, so in the API. 409 says: not as it stands.
BUTTONS = {
    "confirm": "write",
    "review": "write",
    "approve": "approve",
    "retire": "retire",
    "reinstate": "retire",
    "link": "write",
    "unlink": "write",
    "comment": "read",
    "attach": "write",
}
STEPS = ("confirm", "review", "approve", "retire", "reinstate")


class BlankEngine(BaseEngine):
    """Draws every page as an empty one: the answer is decided before a page is drawn."""

    def __init__(self, params: dict) -> None:
        del params["OPTIONS"]
        super().__init__(params)

    def get_template(self, name: str) -> "BlankEngine":
        return self

    def render(self, context: dict | None = None, request: object = None) -> str:
        return ""


# -- the routes ------------------------------------------------------------------------------------


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address of the URL configuration, as it is written there."""
    for pattern in (resolver or get_resolver()).url_patterns:
        own = str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        address = before + own
        if isinstance(pattern, URLPattern):
            yield address
        else:
            yield from routes(pattern, address)


def of_register(register: Register) -> set[str]:
    """The addresses that the shared pages and the API give a register."""
    slug, name = register.slug, "<str:name>"
    pages = {"", "look/", "tally/", "new/", f"{name}/", f"{name}/edit/", f"{name}/history/"}
    row = "(?P<name>[^/.]+)/"
    api = {"", row}
    if register.together:
        pages.add("several/")
    if register.holds_records:
        pages |= {f"{name}/{button}/" for button in BUTTONS}
        api |= {f"{row}{step}/" for step in STEPS}
    return {f"{slug}/{page}" for page in pages} | {f"api/{slug}/{page}" for page in api}


# Every other address: the method, and the answers to (nobody, a stranger, the owner).
LOGIN = 302
OTHERS = {
    "": {"GET": (LOGIN, 200, 200)},
    "due/": {"GET": (LOGIN, 200, 200), "POST": (LOGIN, 405, 405)},
    "my-work/": {"GET": (LOGIN, 200, 200)},
    "search/": {"GET": (LOGIN, 200, 200)},
    "requirements/": {"GET": (LOGIN, 200, 200)},
    "requirements/<str:id>/": {"GET": (LOGIN, 200, 200), "POST": (LOGIN, 403, 422)},
    "requirements/held-back/<slug:slug>/<str:name>/": {
        "GET": (LOGIN, 404, 200),
        "POST": (LOGIN, 405, 405),
    },
    "roles/accept/<int:pk>/": {"GET": (LOGIN, 405, 405), "POST": (LOGIN, 404, 404)},
    "chain/map/": {"GET": (LOGIN, 200, 200), "POST": (LOGIN, 405, 405)},
    "chain/graph/": {"GET": (LOGIN, 200, 200)},
    "chain/table/": {"GET": (LOGIN, 200, 200)},
    "chain/weak-points/": {"GET": (LOGIN, 200, 200)},
    "chain/columns/": {"GET": (LOGIN, 200, 200)},
    "chain/what-if/": {"GET": (LOGIN, 200, 200)},
    "chain/csv/<slug:what>/": {"GET": (LOGIN, 200, 200)},
    "components/": {"GET": (LOGIN, 200, 200)},
    "password/": {"GET": (LOGIN, 200, 200), "POST": (LOGIN, 422, 422)},
    "policy/": {"GET": (200, 200, 200), "POST": (405, 405, 405)},
    "sign-in/": {"GET": (200, 200, 200), "POST": (422, 422, 422)},
    "sign-in/code/": {"GET": (LOGIN, 302, 302), "POST": (302, 302, 302)},
    "second-factor/": {"GET": (LOGIN, 200, 200), "POST": (LOGIN, 422, 422)},
    "sessions/": {"GET": (LOGIN, 200, 200), "POST": (LOGIN, 302, 302)},
    "sign-in/<str:secret>/": {"GET": (200, 200, 200), "POST": (410, 410, 410)},
    "sign-out/": {"GET": (LOGIN, 405, 405), "POST": (LOGIN, LOGIN, LOGIN)},
    "lookup/<slug:slug>/": {"GET": (LOGIN, 200, 200)},
    "files/<str:sha256>/": {"GET": (LOGIN, 404, 404)},
    "export/<slug:slug>/": {"GET": (LOGIN, 404, 200)},
    "import/<slug:slug>/": {"GET": (LOGIN, 404, 200), "POST": (LOGIN, 404, 422)},
    "read/<str:number>/": {"GET": (LOGIN, 404, 200), "POST": (LOGIN, 405, 405)},
    "read/<str:number>/acknowledge/": {"GET": (LOGIN, 405, 405), "POST": (LOGIN, 404, 302)},
    "read/<str:number>/hand-out/": {"GET": (LOGIN, 405, 405), "POST": (LOGIN, 404, 302)},
    "read/<str:number>/files/<str:sha256>/": {"GET": (LOGIN, 404, 404)},
    "risk-matrix/": {"GET": (LOGIN, 200, 200), "POST": (LOGIN, 405, 405)},
    "risks/<str:risk>/bow-tie/": {"GET": (LOGIN, 404, 200), "POST": (LOGIN, 405, 405)},
    "risk-assessments/<str:assessment>/rate/": {
        "GET": (LOGIN, 404, 200),
        "POST": (LOGIN, 405, 405),
    },
    "risk-assessments/<str:assessment>/rate/<str:risk>/": {
        "GET": (LOGIN, 405, 405),
        "POST": (LOGIN, 404, 409),
    },
    "objective-board/": {"GET": (LOGIN, 200, 200), "POST": (LOGIN, 405, 405)},
    "resource-gaps/": {"GET": (LOGIN, 200, 200), "POST": (LOGIN, 405, 405)},
    "programme-timeline/": {"GET": (LOGIN, 200, 200), "POST": (LOGIN, 405, 405)},
    "exposure/": {"GET": (LOGIN, 302, 302), "POST": (LOGIN, 405, 405)},
    "exposure-analyses/<str:analysis>/compute/": {
        "GET": (LOGIN, 405, 405),
        "POST": (LOGIN, 404, 302),
    },
    "exposure-analyses/<str:analysis>/progress/": {
        "GET": (LOGIN, 404, 204),
        "POST": (LOGIN, 405, 405),
    },
    "exposure-analyses/<str:analysis>/<slug:which>.csv": {
        "GET": (LOGIN, 404, 404),  # the files of the company aren't kept by a test
        "POST": (LOGIN, 405, 405),
    },
    "disruption-analyses/keep/": {"GET": (LOGIN, 405, 405), "POST": (LOGIN, 403, 302)},
    "disruption-analyses/<str:disruption>/compute/": {
        "GET": (LOGIN, 405, 405),
        "POST": (LOGIN, 404, 302),
    },
    "disruption-analyses/<str:disruption>/stops.csv": {
        "GET": (LOGIN, 404, 404),  # likewise
        "POST": (LOGIN, 405, 405),
    },
    "threats/catalogue/": {"GET": (LOGIN, 405, 405), "POST": (LOGIN, 403, 302)},
    "api/requirements/": {"GET": (401, 200, 200), "POST": (401, 405, 405)},
    "api/conformity/": {"GET": (401, 200, 200), "POST": (401, 405, 405)},
    "api/conformity/<str:id>/": {"GET": (401, 200, 200)},
    "api/trail/checkpoint/": {"GET": (401, 200, 200)},
    "api/trail/proof/<int:index>/": {"GET": (401, 403, 200)},
    "api/trail/consistency/<int:old>/<int:new>/": {"GET": (401, 200, 200)},
    "api/schema/": {"GET": (401, 200, 200)},
    "api/": {"GET": (401, 200, 200)},
}
FILLED = {
    "<str:id>": "2022:4.1-p1",
    "<int:pk>": "999999",
    "<str:secret>": "none",
    "<slug:slug>": "context-issues",
    "<str:name>": "CTX-0001",
    "<str:risk>": "RSK-0001",
    "<str:assessment>": "RAS-0002",
    "<slug:what>": "nodes",
    "<str:analysis>": "EXA-0001",
    "<str:disruption>": "DIS-0001",
    "<slug:which>": "curve",
    "<str:sha256>": "0" * 64,
    "<int:index>": "0",
    "<int:old>": "1",
    "<int:new>": "2",
}


def test_every_route_is_known():
    known = set(OTHERS).union(*map(of_register, REGISTERS))
    assert set(routes()) == known


def test_the_openapi_document_and_the_routes_speak_of_the_same(demo, door):
    document = door("owner").get("/api/schema/?format=json").json()
    described = {path.lstrip("/") for path in document["paths"]}
    wanted = {
        address.replace("(?P<name>[^/.]+)", "{name}")
        for register in REGISTERS
        for address in of_register(register)
        if address.startswith("api/")
    }
    plain = {"api/requirements/", "api/conformity/", "api/conformity/{id}/"}
    trail = {"checkpoint/", "proof/{index}/", "consistency/{old}/{new}/"}
    assert described == wanted | plain | {f"api/trail/{path}" for path in trail}
    methods = {
        address: set(document["paths"][f"/{address}"]) for address in wanted if "{name}/" in address
    }
    assert {frozenset(found) for name, found in methods.items() if name.endswith("{name}/")} == {
        frozenset({"get", "patch"})
    }


# -- the answers -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cast(demo_company) -> dict[str, Person]:
    """The people of this table, beside those of the company."""
    with act(None, through="system", why="a test"):
        top = Unit.objects.get(code=EVERYWHERE)
        made = {name: person(name, top) for name in CAST}
        made["stranger"].engagement = Person.Engagement.OUTSIDER
        made["stranger"].save()
        for name, standing in CAST.items():
            if standing.powers:
                powers = " ".join(f"{verb} *" for verb in sorted(standing.powers))
                unit = Unit.objects.get(code=standing.unit)
                appoint(made[name], unit, f"test-{name}", powers, standing.clearance)
    return made


@pytest.fixture
def door(cast, db, settings):
    """A browser by which somebody of the cast, or nobody, comes in."""

    def opened(who: str | None) -> Client:
        client = Client()
        if who:
            client.force_login(cast[who])
        return client

    return opened


@pytest.fixture
def undrawn(settings) -> None:
    settings.TEMPLATES = [{"BACKEND": "tests.test_permissions.BlankEngine"}]


def answers(client: Client, method: str, address: str) -> int:
    """What is answered; whatever the request wrote is taken back."""
    with transaction.atomic():
        kind = "application/json" if address.startswith("/api/") else None
        send = getattr(client, method.lower())
        body = {} if method == "GET" else {"data": {}} | ({"content_type": kind} if kind else {})
        status = send(address, **body).status_code
        transaction.set_rollback(True)
    return status


def placed(register: Register, place: str, level: int) -> models.Model:
    """A row of the register, moved there and made as secret as that; a part with its record."""
    row = register.model._default_manager.order_by("pk").first()
    record = row
    while not isinstance(record, Record) and getattr(record, "part_of", ""):
        record = getattr(record, record.part_of)
    if isinstance(record, Record):
        unit = Unit.objects.get(code=place)
        with act(None, through="system", why="a test"):
            Record.objects.filter(pk=record.pk).update(unit=unit, sensitivity=level, owner=None)
            if record is not row:  # a part is seen with all that it names
                Record.objects.filter(pk__in=named(row)).update(unit=unit, sensitivity=level)
    row.refresh_from_db()
    return row


def named(row: models.Model) -> list[int]:
    """The records that a row names."""
    fields = (one for one in row._meta.concrete_fields if one.is_relation)
    return [
        getattr(row, one.attname)
        for one in fields
        if issubclass(one.related_model, Record) and getattr(row, one.attname)
    ]


def governs(register: Register) -> bool:
    """Is it about who may do what?"""
    return register.slug in {"people", "units", "roles", "authorities", "assignments"}


def power_to_write(register: Register) -> str:
    if governs(register):
        return "administer"
    return "attest" if getattr(register.model, "signature", "") else "write"


def has(standing: Standing, verb: str, register: Register, place: str, level: int) -> bool:
    """Over this row; a row that is neither a record nor part of one belongs to everybody."""
    if register.holds_records or getattr(register.model, "part_of", ""):
        return standing.may("read", place, level) and standing.may(verb, place, level)
    return verb in standing.powers


def expected(
    standing: Standing, verb: str, fine: set[int], register: Register, place: str, level: int
) -> set[int]:
    if not has(standing, "read", register, place, level):
        return {404}
    return fine if has(standing, verb, register, place, level) else {403}


every_register = pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.slug)


@every_register
@pytest.mark.parametrize("place,level", CASES, ids=["internal", "restricted"])
def test_one_row_of_a_register(register, place, level, door, undrawn):
    row = placed(register, place, level)
    name = row.number if register.holds_records else row.pk
    page, api = f"/{register.slug}/{name}/", f"/api/{register.slug}/{name}/"
    to_write = power_to_write(register)
    asked: dict[tuple[str, str], tuple[str, set[int]]] = {
        (method, page + more): (to_write if verb == "write" else verb, fine)
        for (method, more), (verb, fine) in ROW_PAGES.items()
    }
    if not register.holds_records:  # of which there are no versions
        asked[("POST", f"{page}edit/")] = (to_write, {422})
    asked[("GET", f"/requirements/held-back{page}")] = ("read", {200})
    asked[("GET", api)] = ("read", {200})
    asked[("PATCH", api)] = (to_write, {409} if register.holds_records else {200})
    if register.holds_records:
        # A signed word is nobody's to change but the one who gave it.
        signed = {"write": "nobody"} if register.model.signature else {}
        for button, verb in BUTTONS.items():
            asked[("POST", f"{page}{button}/")] = (signed.get(verb, verb), {302})
            asked[("GET", f"{page}{button}/")] = ("", {405})
        for step in STEPS:
            verb = signed.get(BUTTONS[step], BUTTONS[step])
            asked[("POST", f"{api}{step}/")] = (verb, {200, 409})
        if signed:
            asked = {k: ("nobody" if v[0] == to_write else v[0], v[1]) for k, v in asked.items()}
    wrong = []
    for who, standing in CAST.items():
        client = door(who)
        for (method, address), (verb, fine) in asked.items():
            wanted = fine
            if verb:
                wanted = expected(standing, verb, fine, register, place, level)
            if address.startswith("/api/") and not standing.powers:
                wanted = {403}  # who reads nothing of a kind learns nothing of its rows
            got = answers(client, method, address)
            if got not in wanted:
                wrong.append((who, method, address, got, wanted))
    assert wrong == []


@every_register
def test_a_register_as_a_whole(register, door, undrawn):
    slug, to_write = register.slug, power_to_write(register)
    wrong = []
    for who, standing in CAST.items():
        client = door(who)
        reads, writes = "read" in standing.powers, to_write in standing.powers
        brings = 404 if not reads else (200 if writes else 403)
        wanted = {
            ("GET", f"/{slug}/"): 200,
            ("POST", f"/{slug}/"): 405,
            ("GET", f"/{slug}/look/"): 200,
            ("POST", f"/{slug}/look/"): 302,
            ("GET", f"/{slug}/tally/"): 200,
            ("POST", f"/{slug}/tally/"): 405,
            ("GET", f"/{slug}/new/"): 200 if writes else 403,
            ("POST", f"/{slug}/new/"): 422 if writes else 403,
            ("GET", f"/export/{slug}/"): 200 if reads else 404,
            ("GET", f"/import/{slug}/"): brings,
            ("POST", f"/import/{slug}/"): 422 if brings == 200 else brings,
            ("GET", f"/api/{slug}/"): 200 if reads else 403,
            ("POST", f"/api/{slug}/"): 400 if writes else 403,
        }
        if register.together:
            wanted["GET", f"/{slug}/several/"] = 200 if writes else 403
            wanted["POST", f"/{slug}/several/"] = 422 if writes else 403
        for (method, address), status in wanted.items():
            got = answers(client, method, address)
            if got != status:
                wrong.append((who, method, address, got, status))
    assert wrong == []


@pytest.mark.sqlite  # no database is asked anything, and it takes its time
def test_nobody_comes_in_without_signing_in(demo, door):
    client = door(None)
    wrong, asked = [], []

    def heard(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    for register in REGISTERS:
        row = register.model._default_manager.order_by("pk").first()
        name = str(row.number if register.holds_records else row.pk)
        with connection.execute_wrapper(heard):
            for route in of_register(register):
                address = "/" + route.replace("<str:name>", name).replace("(?P<name>[^/.]+)", name)
                for method in ("GET", "POST", "PATCH", "DELETE"):
                    wanted = 401 if route.startswith("api/") else LOGIN
                    if (got := answers(client, method, address)) != wanted:
                        wrong.append((method, address, got))
    assert wrong == []
    assert {sql for sql in asked if "SAVEPOINT" not in sql} == set() != set(asked)


@pytest.mark.parametrize("route", OTHERS)
def test_every_other_route(route, demo, door, undrawn):
    version = Record.objects.filter(kind="document-version").order_by("pk").first()
    address = "/" + route.replace("<str:number>", version.number)
    for name, value in FILLED.items():
        address = address.replace(name, value)
    for method, wanted in OTHERS[route].items():
        got = [answers(door(who), method, address) for who in (None, "stranger", "owner")]
        assert got == list(wanted), (method, address)
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - OTHERS[route].keys():
        assert answers(door("owner"), method, address) == 405, (method, address)
