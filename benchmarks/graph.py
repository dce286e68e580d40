"""A chain of 2,000 places and partners and 20,000 legs, drawn in a browser and then broken."""

import itertools
import json
import os
import random
import shutil
import sys
import threading
from collections.abc import Iterator
from typing import Any

from benchmarks import Row
from benchmarks.fresh import measured, row, seconds

# Playwright keeps an event loop running, which Django takes for an asynchronous caller.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

USABLE = "#chain[data-ready=yes]"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COUNTRIES = {"CN": (31, 118), "SG": (1, 104), "DE": (51, 10), "NL": (52, 5), "PL": (52, 19)}
SIDES = ("upstream",) * 5 + ("own",) + ("downstream",) * 4

# What needs Django is imported where it runs: in the measuring process, once it is set up.


def rows(quick: bool) -> list[Row]:
    return measured("graph", *(["quick"] if quick else []))


def main(quick: bool) -> Iterator[Row]:
    import django

    django.setup()
    from bartizan.chain.what_if import chain_of_today, what_if
    from bartizan.ground.people.models import Person
    from bartizan.site.chain.picture import picture
    from benchmarks import company

    company.found()
    places, partners, legs = (150, 50, 2_000) if quick else (1_500, 500, 20_000)
    with_chain(places, partners, legs)
    told = f"{places + partners:,} nodes, {legs:,} legs"
    reader = Person.objects.get(code="m-okafor")
    seen: list[Any] = []
    yield row(f"graph: picture of {told} on the server", seconds(lambda: taken(reader)), "s", 1)
    seen.append(picture(reader))
    alone = seconds(lambda: seen[0].weak.single)
    yield row(f"graph: single points of failure, {told}", alone, "s", 1, decides=not quick)
    chain, busiest = chain_of_today(reader), seen[0].weak.single[0].points[0].pk
    what_if(chain, [busiest])  # what is compiled is loaded once in a server's life
    asked = seconds(lambda: what_if(chain_of_today(reader), [busiest]))
    yield row(f"graph: what if, {told}", asked, "s", 1, decides=not quick)
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        print("No Chromium: how soon a browser shows graph and map stays open.", file=sys.stderr)
    else:
        yield from in_a_browser(program, reader, told, quick)


def taken(reader: Any) -> None:
    from bartizan.site.chain.picture import picture

    assert picture(reader).json


def with_chain(places: int, partners: int, legs: int) -> None:
    """A random chain from upstream to downstream, with some returns, flows and dependencies."""
    from bartizan.chain.models import Dependency, Flow, FlowStep, Leg, Partner, Place
    from bartizan.ground.people.models import Unit
    from bartizan.ground.trail.acts import act

    chance, unit = random.Random(28000), Unit.objects.get(parent=None)
    countries = list(COUNTRIES.items())
    with act(None, through="system", why="a benchmark"):
        hauliers = [
            Partner.objects.create(
                title=f"Haulier {number}", unit=unit, relationship="carrier",
                position=chance.choice(SIDES), tier=chance.choice((1, 1, 2, 3)),
            )
            for number in range(partners)
        ]  # fmt: skip
        sites: dict[str, list[Place]] = {side: [] for side in set(SIDES)}
        for number in range(places):
            side, (country, (north, east)) = chance.choice(SIDES), chance.choice(countries)
            run_by = None if side == "own" else chance.choice(hauliers)
            sites[side].append(
                Place.objects.create(
                    title=f"Place {number}", unit=unit, use="warehouse", position=side,
                    country=country, latitude=north + chance.uniform(-4, 4),
                    longitude=east + chance.uniform(-5, 5), partner=run_by,
                    under_own_control=run_by is None,
                )
            )  # fmt: skip
        ways = [
            ("upstream", "upstream"),
            ("upstream", "own"),
            ("own", "own"),
            ("own", "downstream"),
        ]
        ways += [("downstream", "downstream"), ("downstream", "own")]
        made: list[Leg] = []
        while len(made) < legs:
            start, end = chance.choice(ways)
            origin, destination = chance.choice(sites[start]), chance.choice(sites[end])
            if origin != destination:
                carrier = chance.choice([None, *hauliers])
                made.append(
                    Leg.objects.create(
                        origin=origin, destination=destination, unit=unit, carrier=carrier,
                        mode="road", under_own_control=carrier is None,
                    )
                )  # fmt: skip
        for number in range(legs // 100):
            flow = Flow.objects.create(
                title=f"Flow {number}", unit=unit, value_per_year=chance.randint(10**5, 10**7),
                currency="EUR", buffer_days=chance.choice((0, 3, 10)),
            )  # fmt: skip
            for step in range(1, 5):
                for leg in chance.sample(made, 2):
                    FlowStep.objects.create(flow=flow, step=step, leg=leg)
        for dependant, supplier in itertools.pairwise(hauliers):
            Dependency.objects.create(partner=dependant, on_partner=supplier, buffer_days=2)


def in_a_browser(program: str, reader: Any, told: str, quick: bool) -> Iterator[Row]:
    """From asking for the page until one can use it, with an empty and a full cache.

    The server has answered before, as any but the first one of the day finds it; what it has drawn
    of the chain is forgotten.
    """
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application
    from django.test import Client
    from playwright.sync_api import sync_playwright

    from bartizan.site.chain import picture

    client = Client()
    client.force_login(reader)
    session = client.cookies["sessionid"].value
    client.get("/")
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(
            executable_path=program, args=[*as_root, "--disable-gpu"]
        )
        for mode in ("graph", "map"):
            picture._kept.clear()
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
            page = context.new_page()

            def opened(page: Any = page, mode: str = mode) -> None:
                page.goto(f"{base}/chain/{mode}/")
                page.wait_for_selector(USABLE)

            first = seconds(opened)
            yield row(
                f"graph: {mode} of {told} usable, all caches empty", first, "s", 3,
                decides=not quick,
            )  # fmt: skip
            yield row(f"graph: {mode} of {told} usable, seen before", seconds(opened), "s", 3)
            context.close()
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    print(json.dumps(list(main("quick" in sys.argv[1:]))))
