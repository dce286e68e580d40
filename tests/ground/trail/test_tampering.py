"""Whatever is changed by SQL behind the back of the acts, `verify` names it."""

import json
from collections.abc import Callable
from hashlib import sha256
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from bartizan.ground.trail import merkle, verifier
from bartizan.ground.trail.acts import act
from bartizan.ground.trail.checkpoints import checkpoint
from bartizan.ground.trail.keys import Signer, signer
from bartizan.ground.trail.log import head
from bartizan.ground.trail.models import Act, Entry, Head, Payload, Tile
from bartizan.ground.trail.standing import lifted
from bartizan.ground.trail.verification import verify
from bartizan.ground.trail.verifier import Finding
from tests.ground.trail.edits import edit, some
from tests.ground.trail.shop.models import Machine, Shelf

pytestmark = pytest.mark.django_db

Says = Callable[[list[Finding]], bool]


def sql(statement: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        assert cursor.rowcount != 0, "the tampering did nothing"


def names(says: str, **where: Any) -> Says:
    """Whether a finding says this of that entry, table, row and column."""

    def found(findings: list[Finding]) -> bool:
        return any(
            says in finding.says
            and all(getattr(finding, name) == value for name, value in where.items())
            for finding in findings
        )

    return found


def any_entry(random: Random, **conditions: Any) -> Entry:
    found = Entry.objects.filter(**conditions).order_by("index")
    return found[random.randrange(found.count())]


def row(entry: Entry) -> dict[str, Any]:
    return {"entry": entry.index, "table": entry.table, "key": entry.key}


# -- the campaign: each changes something and tells what must be found ----------------------------


def image_changed(random: Random) -> Says:
    entry = any_entry(random, payload__isnull=False)
    sql("UPDATE trail_payload SET image = image || ' ' WHERE entry_id = %s", entry.index)
    return names("not the one it commits to", **row(entry))


def salt_changed(random: Random) -> Says:
    entry = any_entry(random, payload__isnull=False)
    sql("UPDATE trail_payload SET salt = %s WHERE entry_id = %s", bytes(32), entry.index)
    return names("not the one it commits to", **row(entry))


def payload_removed(random: Random) -> Says:
    entry = any_entry(random, payload__isnull=False)
    sql("DELETE FROM trail_payload WHERE entry_id = %s", entry.index)
    return names("the image is missing, and no entry says", **row(entry))


def leaf_changed(random: Random) -> Says:
    entry = any_entry(random)
    leaf = bytes(entry.leaf).replace(b'"person":null', b'"person":1')
    sql('UPDATE trail_entry SET leaf = %s WHERE "index" = %s', leaf, entry.index)
    return names("says person None, the leaf says 1", **row(entry))


def leaf_written_otherwise(random: Random) -> Says:
    entry = any_entry(random)
    leaf = bytes(entry.leaf).replace(b'"person":', b'"person": ')
    sql('UPDATE trail_entry SET leaf = %s WHERE "index" = %s', leaf, entry.index)
    return names("not written as leaves are", **row(entry))


def leaf_made_nonsense(random: Random) -> Says:
    entry = any_entry(random)
    sql('UPDATE trail_entry SET leaf = %s WHERE "index" = %s', b"{", entry.index)
    return names("cannot be read", entry=entry.index)


def column_of_entry_changed(random: Random) -> Says:
    entry = any_entry(random, verb="update")
    column, value = random.choice(
        [("table", "shop_other"), ("key", "99999"), ("verb", "insert"), ("schema", "shop.0009")]
    )
    sql(f'UPDATE trail_entry SET "{column}" = %s WHERE "index" = %s', value, entry.index)
    return names(f"the entry says {column} {value!r}, the leaf says", entry=entry.index)


def commitment_changed(random: Random) -> Says:
    entry = any_entry(random, payload__isnull=False)
    sql('UPDATE trail_entry SET commitment = %s WHERE "index" = %s', bytes(32), entry.index)
    return names("the entry says commitment", **row(entry))


def entry_removed(random: Random) -> Says:
    entry = any_entry(random, index__gt=0)
    sql("DELETE FROM trail_payload WHERE entry_id = %s OR entry_id < 0", entry.index) if (
        entry.verb != "delete"
    ) else None
    sql('DELETE FROM trail_entry WHERE "index" = %s', entry.index)
    return names("missing", entry=entry.index) if entry.index < head().size - 1 else shorter


def entries_swapped(random: Random) -> Says:
    one, other = any_entry(random, index__lt=100), any_entry(random, index__gte=100)
    for entry, leaf in ((one, other.leaf), (other, one.leaf)):
        sql('UPDATE trail_entry SET leaf = %s WHERE "index" = %s', bytes(leaf), entry.index)
    return names(f"the entry says index {one.index}, the leaf says {other.index}", **row(one))


def entry_rewritten(random: Random) -> Says:
    """Image, salt, commitment and leaf all fit each other; only the tree remembers."""
    entry = any_entry(random, verb="update", index__lt=head().size // 256 * 256)
    rewrite(entry)
    return names("the leaf is not the one that joined the tree", entry=entry.index)


def late_entry_rewritten(random: Random) -> Says:
    entry = any_entry(random, verb="insert", index__gte=head().size // 256 * 256)
    rewrite(entry)
    return names("the root of the tree is not the signed one")


def rewrite(entry: Entry) -> None:
    image, salt = json.dumps({"id": int(entry.key), "name": "forged"}), bytes(32)
    commitment = sha256(salt + image.encode()).digest()
    leaf = bytes(entry.leaf).replace(
        bytes(entry.commitment).hex().encode(), commitment.hex().encode()
    )
    sql(
        "UPDATE trail_payload SET image = %s, salt = %s WHERE entry_id = %s",
        *(image, salt, entry.index),
    )
    sql(
        'UPDATE trail_entry SET commitment = %s, leaf = %s WHERE "index" = %s',
        *(commitment, leaf, entry.index),
    )


def entry_forged(random: Random) -> Says:
    """A new entry at the end, right in every detail but the signature."""
    end = head().size
    leaf = b'{"index":%d}' % end
    sql(
        'INSERT INTO trail_entry ("index", act_id, "table", key, verb, schema, commitment, leaf)'
        " VALUES (%s, (SELECT max(id) FROM trail_act), 'shop_shelf', '1', 'delete', '', %s, %s)",
        *(end, b"", leaf),
    )
    sql("UPDATE trail_head SET size = size + 1")
    return names(f"signed with {end} entries; there are {end + 1}")


def act_changed(random: Random) -> Says:
    entry = any_entry(random)
    column, value = random.choice([("person_id", 4), ("through", "api"), ("why", "other")])
    sql(f"UPDATE trail_act SET {column} = %s WHERE id = %s", value, entry.act_id)
    return names(f"act {entry.act_id} says {column.removesuffix('_id')}", entry=entry.index)


def act_moved_in_time(random: Random) -> Says:
    entry = any_entry(random)
    moved = connection.ops.adapt_datetimefield_value(entry.act.at.replace(year=2001))
    sql("UPDATE trail_act SET at = %s WHERE id = %s", moved, entry.act_id)
    return names(f"act {entry.act_id} says at '2001", entry=entry.index)


def reason_removed(random: Random) -> Says:
    number = random.choice(list(Act.objects.exclude(why="").values_list("pk", flat=True)))
    sql("UPDATE trail_act SET why = '', salt = %s WHERE id = %s", b"", number)
    return names(f"the reason of act {number} is missing")


def act_added(random: Random) -> Says:
    number = Act.objects.count() + 1
    sql(
        "INSERT INTO trail_act (id, at, through, why, salt)"
        " SELECT %s, max(at), 'page', '', %s FROM trail_act",
        *(number, b""),
    )
    return names(f"act {number} has left no entry")


def shorter(findings: list[Finding]) -> bool:
    return any("the log was signed with" in finding.says for finding in findings)


def tail_dropped(random: Random) -> Says:
    cut = random.randrange(1, head().size)
    if Payload.objects.filter(pk__gte=cut).exists():
        sql("DELETE FROM trail_payload WHERE entry_id >= %s", cut)
    sql('DELETE FROM trail_entry WHERE "index" >= %s', cut)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_act WHERE id NOT IN (SELECT act_id FROM trail_entry)")
    sql("UPDATE trail_head SET size = %s", cut)
    return shorter


def whole_log_removed(random: Random) -> Says:
    for table in ("payload", "entry", "act", "tile"):
        sql(f"DELETE FROM trail_{table}")
    return names("was never written by an act", table="shop_shelf")


def signed_with_another_key(random: Random) -> Says:
    other = Signer("bartizan", Ed25519PrivateKey.generate())
    sql("UPDATE trail_head SET note = %s", other.note(*head()))
    return names("the head has no good signature of a trusted key")


def signature_of_another_key_under_our_name(random: Random) -> Says:
    ours, other = signer(), Signer("bartizan", Ed25519PrivateKey.generate())
    other.id = ours.id
    sql("UPDATE trail_head SET note = %s", other.note(*head()))
    return names("the head has no good signature of a trusted key")


def signature_removed(random: Random) -> Says:
    sql("UPDATE trail_head SET note = %s", Head.objects.get().note.split("—")[0])
    return names("the head has no good signature of a trusted key")


def note_removed(random: Random) -> Says:
    sql("UPDATE trail_head SET note = ''")
    return names("the head is not signed")


def note_changed(random: Random) -> Says:
    note = Head.objects.get().note.replace(f"\n{head().size}\n", f"\n{head().size - 1}\n")
    sql("UPDATE trail_head SET note = %s", note)
    return names("the head has no good signature of a trusted key")


def head_removed(random: Random) -> Says:
    sql("DELETE FROM trail_head")
    return names("no signed head")


def size_of_the_head_changed(random: Random) -> Says:
    sql("UPDATE trail_head SET size = size - 1")
    return names(f"the head counts {head().size} entries; there are {head().size + 1}")


def compact_range_changed(random: Random) -> Says:
    sql("UPDATE trail_head SET frontier = %s", merkle.EMPTY)
    return names("the compact range of the head is not that of the tree")


def tile_changed(random: Random) -> Says:
    tile = Tile.objects.filter(level=0).order_by("number").first()
    assert tile is not None
    place = random.randrange(256)
    hashes = bytearray(tile.hashes)
    hashes[32 * place] ^= 1
    sql("UPDATE trail_tile SET hashes = %s WHERE level = 0 AND number = 0", bytes(hashes))
    return names("the leaf is not the one that joined the tree", entry=place)


def tile_removed(random: Random) -> Says:
    sql("DELETE FROM trail_tile WHERE level = 0 AND number = 1")
    return names("the tile of the tree that begins here is missing", entry=256)


def checkpoint_changed(random: Random) -> Says:
    sql("UPDATE trail_checkpoint SET size = size - 1")
    return names("says otherwise than its note")


def live_value_changed(random: Random) -> Says:
    machine = some(random, Machine)
    column, value = random.choice(
        [
            *[("pieces", machine.pieces + 1), ("photo", b"forged"), ("made_on", "1980-01-01")],
            *[("working", not machine.working), ("price", "1.23"), ("facts", '{"forged": 1}')],
            *[("weight", 1.7), ("number", "0" * 31 + "1"), ("opens_at", "01:01:01")],
        ]
    )
    sql(f"UPDATE shop_machine SET {column} = %s WHERE ware_ptr_id = %s", value, machine.pk)
    return names("the table says", table="shop_machine", key=str(machine.pk), column=column)


def live_row_removed(random: Random) -> Says:
    machine = some(random, Machine)
    sql("DELETE FROM shop_machine WHERE ware_ptr_id = %s", machine.pk)
    return names("the row is missing", table="shop_machine", key=str(machine.pk))


def live_row_added(random: Random) -> Says:
    sql("INSERT INTO shop_shelf (id, code) VALUES (99999, 'forged')")
    return names("was never written by an act", table="shop_shelf", key="99999")


def deleted_row_put_back(random: Random) -> Says:
    entry = random.choice(
        [
            entry
            for entry in Entry.objects.filter(table="shop_shelf", verb="delete")
            if not Shelf.objects.filter(pk=entry.key).exists()
        ]
    )
    sql("INSERT INTO shop_shelf (id, code) VALUES (%s, 'back again')", int(entry.key))
    return names("was deleted, but stands", **row(entry))


def image_left_staged(random: Random) -> Says:
    sql("INSERT INTO trail_staged (\"table\", key, verb) VALUES ('shop_shelf', '1', 'delete')")
    return names("1 images were staged and never became entries")


def trigger_removed(random: Random) -> Says:
    if connection.vendor == "sqlite":
        connection.cursor().execute("DROP TRIGGER trail_shop_shelf_update")
    else:
        connection.cursor().execute("DROP TRIGGER trail_write ON shop_shelf")
    return names("is missing", table="shop_shelf")


def trigger_silenced(random: Random) -> Says:
    """It stands under its name, and leaves no image."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER trail_shop_shelf_update")
            cursor.execute(
                "CREATE TRIGGER trail_shop_shelf_update AFTER UPDATE ON shop_shelf"
                " BEGIN SELECT 1; END"
            )
            return names("the trigger trail_shop_shelf_update does not say what it has to")
        cursor.execute(
            "CREATE OR REPLACE FUNCTION trail_stage() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NULL; END $$"
        )
        return names("the trigger trail_stage does not say what it has to")


CAMPAIGN = [
    *[image_changed, salt_changed, payload_removed, leaf_changed, leaf_written_otherwise],
    *[leaf_made_nonsense, column_of_entry_changed, commitment_changed, entry_removed],
    *[entries_swapped, entry_rewritten, late_entry_rewritten, entry_forged, act_changed],
    *[act_moved_in_time, reason_removed, act_added, tail_dropped, whole_log_removed],
    *[signed_with_another_key, signature_of_another_key_under_our_name, signature_removed],
    *[note_removed, note_changed, head_removed, size_of_the_head_changed, compact_range_changed],
    *[tile_changed, tile_removed, checkpoint_changed, live_value_changed, live_row_removed],
    *[live_row_added, deleted_row_put_back, image_left_staged, trigger_removed],
    *[trigger_silenced],
]
TIMES = 2


def test_verify_names_whatever_was_tampered_with(busy_shop):
    checkpoint()
    for _ in range(20):
        with act(None):
            edit(busy_shop)
            make = Machine.objects.create(name="kept", pieces=busy_shop.randrange(9))
    assert make.pk
    assert verify().findings == []
    for tamper in CAMPAIGN:
        for _ in range(TIMES):
            with transaction.atomic():
                with lifted():
                    expected = tamper(busy_shop)
                report = verify()
                told = "\n".join(map(str, report.findings[:20]))
                assert not report.ok, tamper.__name__
                assert expected(report.findings), f"{tamper.__name__}\n{told}"
                transaction.set_rollback(True)
    assert verify().findings == []


def test_a_log_put_back_to_an_earlier_state_is_given_away_by_the_checkpoint_held(busy_shop):
    """Everything in the database is signed and fits; only what is held outside remembers."""
    earlier = checkpoint().note
    with transaction.atomic():
        with act(None):
            Shelf.objects.create(code="to be forgotten")
        later = checkpoint()
        transaction.set_rollback(True)  # as if an older copy of the file had been put back
    assert head().size == later.size - 1
    assert [str(finding) for finding in verify().findings] == [
        f"log: the log has shrunk from {later.size} entries to {later.size - 1}"
    ]
    with act(None):
        Shelf.objects.create(code="instead")
    assert [str(finding) for finding in verify().findings] == [
        f"log: the first {later.size} entries are not those of the held checkpoint"
    ]
    assert verify(held=earlier).findings == []


def test_who_has_database_and_key_is_given_away_by_a_checkpoint_held_elsewhere(busy_shop):
    held = checkpoint().note
    with lifted():
        for table in ("head", "payload", "entry", "act", "tile", "checkpoint"):
            sql(f"DELETE FROM trail_{table}")
        for table in ("machine", "ware_near", "ware", "shelf"):
            sql(f"DELETE FROM shop_{table}")
    with act(None):
        Shelf.objects.bulk_create(Shelf(code=str(number)) for number in range(2000))
    size = verifier.tree_head(held)[1]
    assert [str(finding) for finding in verify(held=held).findings] == [
        f"log: the first {size} entries are not those of the held checkpoint"
    ]
