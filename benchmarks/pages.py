"""Pages of a large company, through the whole stack: middleware, session, queries, templates.

1,000,000 records, 300,000 of them runs of processes. Two people read them: one who sees all, and
one who sees what is internal, and what is confidential in one depot. Beside a deep page stands
what its rows would cost with a count of all and an offset.

`python -m benchmarks.pages sqlite|postgresql [quick] fill` fills the database of one engine, and
without `fill` its rows are measured and printed.
"""

import json
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle, islice

from benchmarks import Row
from benchmarks.fresh import folder, measured_in, quantiles, row, seconds
from tests.postgres import PostgreSQL

TIMES = 30  # requests of each person for each kind of page; quick, a fifth of them
READERS = ("m-okafor", "t-brouwer")
# As whoever keeps a million records sets it: it comes with room for a small company.
ROOMY = {"shared_buffers": "1GB", "max_wal_size": "8GB"}
WORDS = ("seal", "gate", "check", "yard")

# What needs Django is imported where it runs: in the measuring process, once it is set up.


def rows(quick: bool) -> list[Row]:
    """Both engines: filled at the same time, then measured one after the other."""
    size = ["quick"] if quick else []
    with PostgreSQL(durable=True, settings=ROOMY) as server, folder() as one, folder() as other:
        engines = (
            partial(measured_in, one, "pages", "sqlite", *size),
            partial(measured_in, other, "pages", "postgresql", *size, DATABASE_URL=server.url),
        )
        with ThreadPoolExecutor() as at_once:
            list(at_once.map(lambda engine: engine("fill"), engines))
        return [row for engine in engines for row in engine()]


def fill(quick: bool) -> None:
    """Everything but the search texts, which are measured."""
    from benchmarks import company

    size = 100_000 if quick else 1_000_000
    company.found()
    company.grow(size, runs=size * 3 // 10)


def main(engine: str, quick: bool) -> Iterator[Row]:
    from bartizan.ground.records import search
    from bartizan.ground.records.models import Record
    from benchmarks import company

    size, times = Record.objects.count(), TIMES // 5 if quick else TIMES
    told = f"{size:,} records, {engine}"
    filling = seconds(search.refresh)
    yield row(f"pages: search texts of {told} written for the first time", filling, "s")
    company.settle()
    edit_some(times)
    updating = 1000 * seconds(search.refresh)
    yield row(f"pages: search texts of {times} edits added, {told}", updating, "ms")
    as_a_worker_begins()
    most, chance = 0, random.Random(28000)
    for name, target, addresses, reference in kinds_of_pages(chance, times):
        took, queries = visits(addresses)
        middle, high = quantiles(took)
        slow = None if reference is None else 1000 * reference()
        yield row(f"pages: {name}, {told}, p50", middle, "ms")
        yield row(f"pages: {name}, {told}, p95", high, "ms", target, slow)
        if target == 20:
            most = max(most, queries)
    middle, high = quantiles(list(after_edits(times)))
    yield row(f"pages: first page of a list just edited, {told}, p50", middle, "ms")
    yield row(f"pages: first page of a list just edited, {told}, p95", high, "ms")
    yield row(f"pages: queries of a list page, {engine}", most, "queries", 8)


def as_a_worker_begins() -> None:
    """Verdicts are worked out before somebody asks, and what is loaded is then left alone."""
    from django.test import Client

    from bartizan.cli.running import leave_alone_what_is_loaded
    from bartizan.ground.people.models import Person

    for code in READERS:
        browser = Client()
        browser.force_login(Person.objects.get(code=code))
        browser.get("/")
    leave_alone_what_is_loaded()


def after_edits(times: int) -> Iterator[float]:
    """Milliseconds of a list of which nothing kept still stands: it was just written to."""
    from django.test import Client

    from bartizan.ground.people.models import Person

    for code in READERS:
        browser = Client()
        browser.force_login(Person.objects.get(code=code))
        for _ in range(times):
            edit_some(1)
            yield 1000 * seconds(partial(browser.get, "/process-runs/"))


def edit_some(times: int) -> None:
    """So that there are records with a history, and texts to bring up to date."""
    from bartizan.chain.models import ProcessRun
    from bartizan.ground.people.models import Person
    from bartizan.ground.trail.acts import act

    reader = Person.objects.get(code=READERS[0])
    for run in ProcessRun.objects.order_by("-pk")[: times * 10 : 10]:
        with act(reader, through="page", why="seen again"):
            run.result = f"{run.result} Seen again."
            run.save()


def kinds_of_pages(chance: random.Random, times: int) -> Iterator[tuple]:
    """Name, target in milliseconds, addresses, and what a deep page is compared with."""
    from django.core.paginator import Paginator

    from bartizan.chain.models import Process, ProcessRun
    from bartizan.ground.records import keyset
    from benchmarks.company import PLACES

    runs = ProcessRun.objects.current()
    first, last = (runs.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk"))

    def deep() -> str:
        above = runs.filter(pk__lt=chance.randint(first + (last - first) // 9, last))
        return keyset.page(above, "-pk", 1).next or ""

    def titled() -> str:
        title = chance.choice(["Gate", "Ramp", "Seal", "Yard"])
        return keyset.page(runs.filter(title__gte=title), "title", 1).next or ""

    def offset() -> None:
        pages = Paginator(runs.order_by("-pk"), 50)
        list(pages.page(pages.num_pages // 2).object_list)

    busy = Process.objects.order_by("pk").values_list("number", flat=True)[:10]
    shown = runs.order_by("-pk").values_list("number", flat=True)[: times * 10 : 10]
    words = [f"{chance.choice(WORDS)}+{chance.choice(PLACES)}" for _ in range(times)]
    common = [chance.choice(WORDS) for _ in range(times)]
    parts = [place[1:-1].lower() for place in chance.sample(PLACES, times)]
    at = "/process-runs/"
    yield "first page of a list", 20, [at] * times, None
    yield (
        "deep page of a list",
        20,
        [f"{at}?at={deep()}" for _ in range(times)],
        partial(seconds, offset),
    )
    yield "deep page by title", 20, [f"{at}?sort=title&at={titled()}" for _ in range(times)], None
    yield (
        "list of one process",
        20,
        [f"{at}?process={number}" for number in islice(cycle(busy), times)],
        None,
    )
    yield (
        "counting the list of one process once it is shown",
        None,
        [f"{at}tally/?process={number}" for number in islice(cycle(busy), times)],
        None,
    )
    yield "list of one status", 20, [f"{at}?status=active"] * times, None
    yield "home", None, ["/"] * times, None
    yield "record page", None, [f"{at}{number}/" for number in shown], None
    yield "search for two words in a list", 25, [f"{at}?q={two}" for two in words], None
    yield "search for two words everywhere", 25, [f"/search/?q={two}" for two in words], None
    yield "search for one common word in a list", 25, [f"{at}?q={one}" for one in common], None
    yield (
        "search for one common word everywhere",
        25,
        [f"/search/?q={one}" for one in common],
        None,
    )
    yield "search for part of a word in a list", 50, [f"{at}?q={part}" for part in parts], None
    yield "search for part of a word everywhere", 50, [f"/search/?q={part}" for part in parts], None


def visits(addresses: list[str]) -> tuple[list[float], int]:
    """Milliseconds of each request of both readers, and the most queries one of them took."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bartizan.ground.people.models import Person

    times, most = [], 0
    for code in READERS:
        browser = Client()
        browser.force_login(Person.objects.get(code=code))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(addresses[0]).status_code in (200, 404), addresses[0]
            most = max(most, len(queries))
        times += [1000 * seconds(partial(browser.get, address)) for address in addresses]
    return times, most


if __name__ == "__main__":
    import django

    django.setup()
    is_quick = "quick" in sys.argv[2:]
    if "fill" in sys.argv[2:]:
        fill(is_quick)
        print("[]")
    else:
        print(json.dumps(list(main(sys.argv[1], is_quick))))
