"""The trail: what it costs to write, how fast it is verified, proven and rebuilt.

Every act is one durable transaction: its rows, their entries, the tree, the signed head. Beside it,
in the same run, the same write into the same table with the triggers taken down.

`python -m benchmarks.trail sqlite|postgresql [quick]` measures one engine and prints its rows.
"""

import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from bartizan.ground.trail import verifier
from benchmarks import Row
from benchmarks.fresh import measured, seconds
from tests.postgres import PostgreSQL

WRITES = 1000
TOGETHER = 20  # a record with its parts, or a page of an imported sheet

# What needs Django is imported where it runs: in the measuring process, once it is set up.


def rows(quick: bool) -> list[Row]:
    """Both engines, each in a process and a folder of its own."""
    with PostgreSQL(durable=True) as server:
        size = ["quick"] if quick else []
        return [
            *measured("trail", "sqlite", *size),
            *measured("trail", "postgresql", *size, DATABASE_URL=server.url),
        ]


def row(
    name: str,
    value: float,
    unit: str,
    target: str = "",
    reference: float | None = None,
    ok: bool | None = None,
) -> Row:
    """A figure; of writes a second more is better, of seconds less."""
    ratio = None
    if reference is not None:
        ratio = value / reference if unit.endswith("/s") else reference / value
    return {
        "name": f"trail: {name}",
        "value": value,
        "unit": unit,
        "target": target,
        "reference": reference,
        "ratio": ratio,
        "ok": ok,
    }


def writes(engine: str, quick: bool) -> Iterator[Row]:
    """Durable writes a second, with and without a trail: one to an act, and many.

    An act waits for the disk once, however much it writes. So what is written alone is held up by
    the disk, of which the first row tells what it can do, and the target is of acts of many rows.
    """
    from django.db import connection, transaction

    from bartizan.ground.people.models import Unit
    from bartizan.ground.trail import triggers
    from bartizan.ground.trail.acts import act

    with act(None):
        whole = Unit.objects.create(code="whole", name="Whole", path="/whole/")
    count = WRITES // 10 if quick else WRITES
    target = 5000 if engine == "sqlite" else 2000

    def by_sql(codes: list[str]) -> None:
        with connection.cursor() as cursor:
            for code in codes:
                cursor.execute(
                    "INSERT INTO people_unit (code, name, parent_id, in_scope, path)"
                    " VALUES (%s, 'Depot', %s, %s, %s)",
                    [code, whole.pk, True, code],
                )

    def by_orm(codes: list[str]) -> None:
        Unit.objects.bulk_create(
            Unit(code=code, name="Depot", parent=whole, path=code) for code in codes
        )

    ways = {
        "one to an act, by SQL": (by_sql, 1),
        "one to an act, through the ORM": (by_orm, 1),
        f"{TOGETHER} to an act, through the ORM": (by_orm, TOGETHER),
    }

    codes = map(str, itertools.count())

    def rate(way: str, audited: bool) -> float:
        write, together = ways[way]

        def all_of_them() -> None:
            for _ in range(count // together):
                with act(None) if audited else transaction.atomic():
                    write(list(itertools.islice(codes, together)))

        return count / seconds(all_of_them)

    best: dict[tuple[str, bool], float] = {}
    for _ in range(3):  # in turns, so that a busy machine is busy for both
        for way in ways:
            audited = rate(way, True)
            triggers.drop(connection, triggers.present(connection))
            plain = rate(way, False)
            triggers.install(connection)
            for key, figure in (((way, True), audited), ((way, False), plain)):
                best[key] = max(best.get(key, 0), figure)
    yield row(f"blocks written and synced on this disk, {engine}", synced(count), "writes/s")
    for way, (_, together) in ways.items():
        audited, plain = best[way, True], best[way, False]
        wanted = f"≥ {target:,}" if together > 1 else ""
        met = audited >= target if wanted else None
        yield row(f"audited writes, {way}, {engine}", audited, "writes/s", wanted, plain, met)


def synced(count: int) -> float:
    """How often a second a block can be appended to a file and be on the disk."""
    block = bytes(4096)

    def all_of_them() -> None:
        for _ in range(count):
            file.write(block)
            os.fdatasync(file.fileno())

    with tempfile.TemporaryFile(dir=os.environ["BARTIZAN_DATA"], buffering=0) as file:
        return count / seconds(all_of_them)


def reading(quick: bool) -> Iterator[Row]:
    """A long log: verified, proven, rebuilt."""
    from django.db import connection

    from bartizan.ground.people.models import Unit
    from bartizan.ground.trail import checkpoints, merkle
    from bartizan.ground.trail.acts import act
    from bartizan.ground.trail.keys import signer
    from bartizan.ground.trail.log import head
    from bartizan.ground.trail.models import Entry
    from bartizan.ground.trail.rebuild import rewind

    units, turns = (10_000, 9) if quick else (100_000, 9)
    whole = Unit.objects.get(code="whole")
    began = time.perf_counter()
    with act(None):
        Unit.objects.bulk_create(
            Unit(code=f"u{number}", name="Depot", parent=whole, path=f"/whole/u{number}/")
            for number in range(units)
        )
    for turn in range(turns):
        with act(None):
            Unit.objects.filter(parent=whole).update(name=f"Depot {turn}")
    size = head().size
    yield row("entries written in ten acts", size / (time.perf_counter() - began), "entries/s")

    def query(sql: str) -> Iterator[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            yield from cursor.fetchall()

    keys = [signer().verification_key]
    label = f"{size:,} entries"
    root = b""

    def naive() -> None:
        nonlocal root
        leaves = [bytes(leaf) for (leaf,) in query('SELECT leaf FROM trail_entry ORDER BY "index"')]
        root = naive_root([sha256(b"\0" + leaf).digest() for leaf in leaves], 0, len(leaves))

    by_definition = seconds(naive)
    assert root == head().root, "the tree is not the one of RFC 6962"
    tree = seconds(lambda: verified_tree(query, size))
    limit = 2 * size / 1_000_000
    ok = None if quick else tree <= limit
    yield row(f"tree of {label} verified", tree, "s", f"≤ {limit:.2g}", by_definition, ok)
    everything = seconds(lambda: verifier.verify(query, connection.vendor, keys))
    yield row(f"{label} and all tables verified", everything, "s")
    indexes = range(0, size, size // 50)
    proofs = seconds(lambda: [checkpoints.inclusion_proof(index) for index in indexes])
    yield row(f"one inclusion proof in {label}", 1000 * proofs / len(indexes), "ms")
    leaf = merkle.leaf_hash(bytes(Entry.objects.get(pk=size // 2).leaf))
    proof = checkpoints.inclusion_proof(size // 2)
    assert merkle.verify_inclusion(leaf, size // 2, size, proof.path, root)
    with tempfile.TemporaryDirectory() as folder:
        rebuilt = seconds(lambda: rewind(None, Path(folder) / "rebuilt.db"))
    limit = 120 * size / 1_000_000
    ok = None if quick else rebuilt <= limit
    yield row(f"{label} rebuilt and verified", rebuilt, "s", f"≤ {limit:.3g}", None, ok)


def verified_tree(query: verifier.Rows, size: int) -> None:
    """The verifier's tree over all leaves as they are kept, against the signed head."""
    tree = verifier.Tree([size])
    for start in range(0, size, verifier.CHUNK):
        end = start + verifier.CHUNK
        found = query(
            f'SELECT leaf FROM trail_entry WHERE "index" >= {start} AND "index" < {end}'
            ' ORDER BY "index"'
        )
        leaves = [sha256(b"\0" + bytes(leaf)).digest() for (leaf,) in found]
        for offset in range(0, len(leaves), verifier.TILE):
            tree.append(leaves[offset : offset + verifier.TILE])
    ((note,),) = query("SELECT note FROM trail_head")
    assert tree.roots[size] == verifier.tree_head(note)[2], "the tree is not the signed one"


def naive_root(hashes: list[bytes], start: int, stop: int) -> bytes:
    """The definition of RFC 6962, section 2.1."""
    if stop - start == 1:
        return hashes[start]
    middle = start + (1 << ((stop - start - 1).bit_length() - 1))
    left, right = naive_root(hashes, start, middle), naive_root(hashes, middle, stop)
    return sha256(b"\1" + left + right).digest()


def main(engine: str, quick: bool) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    found = [*writes(engine, quick), *(reading(quick) if engine == "sqlite" else [])]
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], "quick" in sys.argv[2:])
