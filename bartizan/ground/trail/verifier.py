"""Verify a whole trail, believing nothing: neither the program that wrote it nor its database.

    python verifier.py LOG.db --key VERIFICATION-KEY [--held CHECKPOINT-FILE]

One file, Python's standard library, nothing else; it deliberately shares no code with what it
verifies. The database is opened for reading only. What is demanded:

- a checkpoint signed by the key, of exactly the entries that are there, none missing, none more;
- that the log continues the checkpoint the auditor holds, and has not become shorter;
- that every entry says what its leaf says, and its image is the one the leaf commits to, unless a
  later entry says that it was erased;
- that every act is as its entries say;
- that every row of every table is as its last image says, and no row stands there without one.

What is wrong is named: which entry, which table, which row, which column. Someone who has the
database and the key can sign a different log; only a checkpoint held elsewhere gives that away.

Formats: RFC 6962 (tree), RFC 8032 (Ed25519), C2SP signed-note and tlog-checkpoint.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sqlite3
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

CHUNK = 51_200  # entries read at a time: a multiple of a tile
TILE = 256
MOST = 500  # findings of one kind that are spelled out
KEPT = ("act", "entry", "payload", "tile", "checkpoint")

Rows = Callable[[str], Iterable[Sequence[Any]]]


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be, and where."""

    says: str
    entry: int | None = None
    table: str | None = None
    key: str | None = None
    column: str | None = None

    def __str__(self) -> str:
        row = f"{self.table} {self.key or ''}".strip() if self.table else ""
        where = [
            f"entry {self.entry}" if self.entry is not None else "",
            f"{row}, {self.column}" if self.column else row,
        ]
        return f"{', '.join(filter(None, where)) or 'log'}: {self.says}"


@dataclass
class Report:
    """What was verified, and what was found."""

    size: int = 0
    root: str = ""
    acts: int = 0
    rows: int = 0
    erased: int = 0
    findings: list[Finding] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    unnamed: int = 0

    @property
    def ok(self) -> bool:
        return not self.findings

    def found(self, says: str, **where: Any) -> None:
        if len(self.findings) < MOST:
            self.findings.append(Finding(says, **where))
        else:
            self.unnamed += 1


# -- Ed25519, RFC 8032 ----------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]


def add(a: Point, b: Point) -> Point:
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    return (
        (f - e) * (h - g) % P,
        (h + g) * (f + e) % P,
        (h - g) * (h + g) % P,
        (f - e) * (f + e) % P,
    )


def times(scalar: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point = add(point, point)
        scalar >>= 1
    return total


def point(encoded: bytes) -> Point | None:
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def ed25519_verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = point(public), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or BASE is None or s >= L:
        return False
    h = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(h, a))
    return (
        (left[0] * right[2] - right[0] * left[2]) % P
        == 0
        == (left[1] * right[2] - right[1] * left[2]) % P
    )


# -- signed notes and checkpoints -----------------------------------------------------------------


class MalformedError(ValueError):
    """A key or a checkpoint that is not written as it must be."""


def verification_key(text: str) -> tuple[str, bytes, bytes]:
    """Name, key id and public key out of `name+id+base64`."""
    try:
        name, number, encoded = text.strip().split("+", 2)
        public = b64decode(encoded, validate=True)
    except ValueError as error:
        raise MalformedError("A verification key reads: name+id+key.") from error
    identity = sha256(name.encode() + b"\n" + public).digest()[:4]
    if len(public) != 33 or public[0] != 1 or identity.hex() != number:
        raise MalformedError("The verification key is not one of Ed25519, or was mistyped.")
    return name, identity, public[1:]


def tree_head(note: str) -> tuple[str, int, bytes]:
    """Origin, size and root out of a checkpoint."""
    lines = note.split("\n")
    if len(lines) < 5 or not lines[1].isdigit() or str(int(lines[1])) != lines[1]:
        raise MalformedError("The checkpoint is not one.")
    try:
        root = b64decode(lines[2], validate=True)
    except ValueError as error:
        raise MalformedError("The checkpoint has no root.") from error
    return lines[0], int(lines[1]), root


def signed_by(note: str, keys: Sequence[str]) -> bool:
    """Whether one of the keys signed the note; a bad signature of a known key spoils it."""
    text, _, signatures = note.rpartition("\n\n")
    known = {(name, identity): public for name, identity, public in map(verification_key, keys)}
    good = False
    for line in signatures.splitlines():
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        try:
            signature = b64decode(encoded, validate=True)
        except ValueError:
            return False
        public = known.get((name, signature[:4])) if dash == "—" else None
        if public is not None:
            if not ed25519_verifies(public, f"{text}\n".encode(), signature[4:]):
                return False
            good = good or note.startswith(f"{name}\n")
    return good


# -- the tree, RFC 6962 ---------------------------------------------------------------------------


class Tree:
    """A tree that is only appended to, and tells its root at the sizes it was asked for."""

    def __init__(self, sizes: Iterable[int]) -> None:
        self.asked = sorted(set(sizes), reverse=True)
        self.roots: dict[int, bytes] = {}
        self.peaks: list[bytes] = []  # the compact range of the whole tiles
        self.size = 0
        self.answer([])

    def append(self, leaves: list[bytes]) -> None:
        """Append the hashes of 256 leaves; of fewer only at the very end."""
        self.answer(leaves)
        if len(leaves) == TILE:
            while len(leaves) > 1:
                it = iter(leaves)
                leaves = [sha256(b"\1" + a + b).digest() for a, b in zip(it, it, strict=True)]
            push(self.peaks, self.size // TILE, leaves[0])
            self.size += TILE

    def answer(self, leaves: list[bytes]) -> None:
        while self.asked and self.asked[-1] <= self.size + len(leaves):
            size = self.asked.pop()
            rest: list[bytes] = []
            for count, leaf in enumerate(leaves[: size - self.size]):
                push(rest, count, leaf)
            self.roots[size] = bag(self.peaks + rest)


def push(peaks: list[bytes], count: int, node: bytes) -> None:
    while count & 1:
        node = sha256(b"\1" + peaks.pop() + node).digest()
        count >>= 1
    peaks.append(node)


def bag(peaks: list[bytes]) -> bytes:
    if not peaks:
        return sha256().digest()
    node = peaks[-1]
    for left in reversed(peaks[:-1]):
        node = sha256(b"\1" + left + node).digest()
    return node


# -- the log --------------------------------------------------------------------------------------


class Log:
    """One pass over the log: each entry against its place, its leaf, its image and its act."""

    def __init__(self, rows: Rows, vendor: str, keys: Sequence[str], held: str | None) -> None:
        if not keys:
            raise MalformedError("Without a verification key nothing is verified.")
        self.rows, self.vendor, self.keys, self.held = rows, vendor, keys, held
        self.report = Report()
        self.erasures: dict[int, tuple[int, str, str]] = {}  # entry: erased by, table, key
        self.silenced: dict[int, int] = {}  # act whose reason was erased: by entry
        self.lost: dict[int, tuple[str, str]] = {}  # entry without its payload: table, key
        self.mute: dict[int, int] = {}  # act without its reason: one of its entries
        self.last_act, self.last_at = 0, ""

    def one(self, query: str) -> Any:
        return next(iter(self.rows(query)))[0]

    def verify(self) -> Report:
        heads = list(self.rows("SELECT size, acts, note, frontier FROM trail_head"))
        issued = list(self.rows("SELECT id, size, root, note FROM trail_checkpoint ORDER BY id"))
        held = tree_head(self.held) if self.held is not None else None
        self.report.size = self.one("SELECT count(*) FROM trail_entry")
        asked = {row[0] for row in heads} | {row[1] for row in issued} | {self.report.size}
        tree = Tree(size for size in asked | ({held[1]} if held else set()))
        self.read(tree)
        root = tree.roots.get(self.report.size, b"")
        self.report.root = b64encode(root).decode()
        self.erased()
        self.acts_without_entries()
        self.head(heads, root)
        for row in issued:
            self.issued(row, tree)
        if held:
            self.continues(held, tree)
        return self.report

    def read(self, tree: Tree) -> None:
        """Read all entries, a chunk at a time, and append their leaves tile by tile."""
        start = expected = 0
        leaves: list[bytes] = []
        while chunk := list(self.rows(self.query(start))):
            said = self.acts(chunk[0][1], chunk[-1][1])
            kept = self.kept(tree.size, start + CHUNK)
            for row in chunk:
                if row[0] != expected:
                    last = f", as are all to {row[0] - 1}" if row[0] - expected > 1 else ""
                    self.report.found(f"missing{last}", entry=expected)
                    leaves += [bytes(32)] * (row[0] - expected)
                leaves.append(self.entry(row, said))
                expected = row[0] + 1
            for offset in range(0, len(leaves) - TILE + 1, TILE):
                self.append(tree, leaves[offset : offset + TILE], kept)
            leaves = leaves[len(leaves) - len(leaves) % TILE :]
            start += CHUNK
        tree.append(leaves)
        if beyond := self.one(f'SELECT count(*) FROM trail_entry WHERE "index" >= {start}'):
            self.report.found(f"missing, but {beyond} entries stand behind the gap", entry=start)
        if before := self.one('SELECT count(*) FROM trail_entry WHERE "index" < 0'):
            self.report.found(f"{before} entries stand before the beginning")

    def query(self, start: int) -> str:
        """The entries of a chunk with what their payloads hold, images as bytes."""
        image = (
            "CAST(p.image AS BLOB)" if self.vendor == "sqlite" else "convert_to(p.image, 'UTF8')"
        )
        return (
            'SELECT e."index", e.act_id, e."table", e.key, e.verb, e.schema, e.commitment, e.leaf,'
            f" p.salt, {image} FROM trail_entry e LEFT JOIN trail_payload p"
            f' ON p.entry_id = e."index" WHERE e."index" >= {start}'
            f' AND e."index" < {start + CHUNK} ORDER BY e."index"'
        )

    def kept(self, start: int, stop: int) -> dict[int, bytes]:
        """The tiles that were kept of the leaves in this range."""
        return {
            number: bytes(hashes)
            for number, hashes in self.rows(
                "SELECT number, hashes FROM trail_tile WHERE level = 0"
                f" AND number >= {start // TILE} AND number < {stop // TILE}"
            )
        }

    def append(self, tree: Tree, tile: list[bytes], kept: dict[int, bytes]) -> None:
        """Append a whole tile; the one that was kept names the leaf that has changed since."""
        start = tree.size
        tree.append(tile)
        before = kept.get(start // TILE)
        if before is None:
            self.report.found("the tile of the tree that begins here is missing", entry=start)
        elif before != b"".join(tile):
            for place, leaf in enumerate(tile):
                if before[32 * place : 32 * place + 32] != leaf:
                    self.report.found(
                        "the leaf is not the one that joined the tree", entry=start + place
                    )

    def acts(self, first: int, last: int) -> dict[int, tuple[str, str, str, str]]:
        """The acts of a chunk, as the pieces of a leaf that only depend on the act."""
        said = {}
        for number, at, person, through, why, salt in self.rows(
            "SELECT id, at, person_id, through, why, salt FROM trail_act"
            f" WHERE id >= {first} AND id <= {last} ORDER BY id"
        ):
            try:
                at = moment(at).isoformat(timespec="microseconds")
            except (ValueError, AttributeError):
                at = str(at)
            if at < self.last_at:
                self.report.found(f"act {number} is earlier than the act before it")
            self.last_at = at
            hidden = sha256(bytes(salt) + why.encode()).hexdigest() if why else ""
            said[number] = (
                f'{{"act":{number},"at":"{at}","commitment":"',
                f'","person":{"null" if person is None else person},"schema":"',
                f'","through":"{through}","verb":"',
                f'","why":"{hidden}"}}',
            )
        return said

    def entry(self, row: Sequence[Any], said: dict[int, tuple[str, str, str, str]]) -> bytes:
        """Verify one entry; the hash of its leaf."""
        index, act, table, key, verb, schema, commitment, leaf, salt, image = row
        if act != self.last_act:
            if act != self.last_act + 1:
                self.report.found(f"act {self.last_act + 1} is missing before it", entry=index)
            self.last_act = act
        try:
            before, person, through, why = said.get(act, ("", "", "", ""))
            # A leaf is written in one way; one that reads otherwise is taken apart.
            if (
                leaf
                != (
                    f'{before}{commitment.hex()}","index":{index},"key":"{key}{person}'
                    f'{schema}","table":"{table}{through}{verb}{why}'
                ).encode()
            ):
                self.differs(row, said.get(act))
            if image is None:
                if commitment:
                    self.lost[index] = (table, key)
                elif verb != "delete":
                    self.report.found("commits to nothing", entry=index, table=table, key=key)
            elif sha256(salt + image).digest() != commitment:
                self.report.found(
                    "the image is not the one it commits to", entry=index, table=table, key=key
                )
            elif verb == "erase":
                self.erasure(index, table, key, image)
            return sha256(b"\0" + leaf).digest()
        except (AttributeError, TypeError, ValueError, KeyError) as error:
            self.report.found(f"cannot be read: {error}", entry=index)
            return bytes(32)

    def differs(self, row: Sequence[Any], said: tuple[str, ...] | None) -> None:
        """Name what an entry says otherwise than its leaf."""
        index, act, table, key, verb, schema, commitment, leaf, *_ = row
        where = {"entry": index, "table": table, "key": key}
        if said is None:
            self.report.found(f"its act {act} is missing", **where)
            return
        says = json.loads("".join(said)) | {
            "commitment": commitment.hex(),
            "index": index,
            "key": key,
            "schema": schema,
            "table": table,
            "verb": verb,
        }
        leaf = json.loads(leaf)
        named = [name for name in says if leaf[name] != says[name]]
        if named == ["why"] and not says["why"]:
            self.mute[act] = index
        for name in named if act not in self.mute else []:
            of = f"act {act}" if name in ("at", "person", "through", "why") else "the entry"
            self.report.found(
                f"{of} says {name} {says[name]!r}, the leaf says {leaf[name]!r}", **where
            )
        if not named:
            self.report.found("the leaf is not written as leaves are", **where)

    def erasure(self, index: int, table: str, key: str, image: bytes) -> None:
        """What an entry says was erased."""
        erased = json.loads(image)
        for number in erased["entries"]:
            self.erasures[number] = (index, table, key)
        for act in erased["acts"]:
            self.silenced[act] = index

    def erased(self) -> None:
        """A payload may be missing only when a later entry of the same row says it was erased."""
        for index, (table, key) in self.lost.items():
            by = self.erasures.get(index)
            if by is None or by[0] <= index or by[1:] != (table, key):
                self.report.found(
                    "the image is missing, and no entry says that it was erased",
                    **{"entry": index, "table": table, "key": key},
                )
            else:
                self.report.erased += 1
                self.report.notices.append(f"entry {index}, {table} {key}: erased by entry {by[0]}")
        for index, (by_entry, table, key) in self.erasures.items():
            if index not in self.lost:
                self.report.found(
                    f"the image is there, though entry {by_entry} says that it was erased",
                    **{"entry": index, "table": table, "key": key},
                )
        for act, index in self.mute.items():
            if act in self.silenced:
                self.report.notices.append(
                    f"act {act}: reason erased by entry {self.silenced[act]}"
                )
            else:
                self.report.found(f"the reason of act {act} is missing", entry=index)

    def acts_without_entries(self) -> None:
        self.report.acts = self.one("SELECT count(*) FROM trail_act")
        for (number,) in self.rows(
            "SELECT id FROM trail_act WHERE NOT EXISTS"
            " (SELECT 1 FROM trail_entry WHERE act_id = trail_act.id) ORDER BY id"
        ):
            self.report.found(f"act {number} has left no entry")

    def head(self, heads: list[Sequence[Any]], root: bytes) -> None:
        """The head must be signed, and be the head of what is there."""
        size = self.report.size
        if not heads:
            if size:
                self.report.found("no signed head: nobody vouches for the log")
            return
        if len(heads) > 1:
            self.report.found("more than one head")
        kept, acts, note, frontier = heads[0]
        if acts != self.last_act:
            self.report.found(f"the head counts {acts} acts, the log has {self.last_act}")
        if not self.vouched(note, "the head"):
            return
        _, signed, signed_root = tree_head(note)
        if signed != size:
            self.report.found(f"the log was signed with {signed} entries; there are {size}")
        elif kept != size:
            self.report.found(f"the head counts {kept} entries; there are {size}")
        elif signed_root != root:
            self.report.found("the root of the tree is not the signed one: entries were changed")
        elif bag([bytes(frontier)[i : i + 32] for i in range(0, len(frontier), 32)]) != root:
            self.report.found("the compact range of the head is not that of the tree")

    def vouched(self, note: str, what: str) -> bool:
        """Whether one of our keys signed this."""
        try:
            if signed_by(note or "", self.keys):
                return True
            says = "has no good signature of a trusted key"
        except MalformedError as error:
            says = f"cannot be read: {error}"
        self.report.found(f"{what} {says}" if note else f"{what} is not signed")
        return False

    def issued(self, row: Sequence[Any], tree: Tree) -> None:
        """A checkpoint that was handed out must be one of this very log."""
        number, size, root, note = row
        name = f"checkpoint {number}"
        try:
            said = tree_head(note)
        except MalformedError as error:
            self.report.found(f"{name} cannot be read: {error}")
            return
        if said[1:] != (size, bytes(root)):
            self.report.found(f"{name} says otherwise than its note")
        elif size > self.report.size:
            self.report.found(f"{name} was of {size} entries; there are {self.report.size}")
        elif tree.roots.get(size) != bytes(root):
            self.report.found(f"{name}: the first {size} entries are not those it was of")
        elif not signed_by(note, self.keys):
            # The signed head covers its tree; an older key may have signed it.
            self.report.notices.append(f"{name} is signed by none of the keys given")

    def continues(self, held: tuple[str, int, bytes], tree: Tree) -> None:
        """The log must begin with what the held checkpoint was of."""
        if self.vouched(str(self.held), "the held checkpoint"):
            _, size, root = held
            if size > self.report.size:
                self.report.found(f"the log has shrunk from {size} entries to {self.report.size}")
            elif tree.roots.get(size) != root:
                self.report.found(f"the first {size} entries are not those of the held checkpoint")


def moment(value: Any) -> datetime.datetime:
    """A moment as a database gives it, in UTC."""
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value)
    if value.tzinfo is None:
        return value.replace(tzinfo=datetime.UTC)
    return value.astimezone(datetime.UTC)


# -- the tables -----------------------------------------------------------------------------------

INTERVAL = re.compile(r"(?:(-?\d+) days? ?)?(?:([-+]?)(\d+):(\d+):(\d+)(?:\.(\d+))?)?")


class Tables:
    """The tables as they stand, against the last image of every row."""

    def __init__(self, rows: Rows, vendor: str, report: Report) -> None:
        self.rows, self.vendor, self.report = rows, vendor, report

    def verify(self, tables: Iterable[str]) -> None:
        known = {row[0] for row in self.rows('SELECT DISTINCT "table" FROM trail_entry')}
        present = self.present()
        guarded = self.triggers()
        for table in sorted(known | set(tables)):
            if table not in present:
                self.report.found("the table is missing", table=table)
                continue
            for trigger in self.wanted(table) - guarded:
                self.report.found(f"the trigger {trigger} is missing", table=table)
            self.table(table)
        for kept in KEPT:
            for trigger in self.guards(f"trail_{kept}") - guarded:
                self.report.found(f"the trigger {trigger} is missing", table=f"trail_{kept}")
        (staged,) = next(iter(self.rows("SELECT count(*) FROM trail_staged")))
        if staged:
            self.report.found(f"{staged} images were staged and never became entries")

    def present(self) -> set[str]:
        return {
            row[0]
            for row in self.rows(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
                if self.vendor == "sqlite"
                else "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            )
        }

    def triggers(self) -> set[str]:
        """The triggers in force, as `table name`."""
        return {
            row[0]
            for row in self.rows(
                "SELECT tbl_name || ' ' || name FROM sqlite_master WHERE type = 'trigger'"
                if self.vendor == "sqlite"
                else "SELECT c.relname || ' ' || t.tgname FROM pg_trigger t"
                " JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgenabled IN ('O', 'A')"
            )
        }

    def wanted(self, table: str) -> set[str]:
        if self.vendor == "sqlite":
            return {f"{table} trail_{table}_{verb}" for verb in ("insert", "update", "delete")}
        return {f"{table} trail_write", f"{table} trail_empty"}

    def guards(self, table: str) -> set[str]:
        if self.vendor == "sqlite":
            return {f"{table} trail_keep_{table}_{verb}" for verb in ("update", "delete")}
        return {f"{table} trail_keep", f"{table} trail_empty"}

    def table(self, table: str) -> None:
        """Every row is as its last image says; no row stands without one, none is missing."""
        images = {
            key: (index, verb, image)
            for key, index, verb, image in self.rows(
                'SELECT e.key, e."index", e.verb, p.image FROM (SELECT max("index") AS last'
                f" FROM trail_entry WHERE \"table\" = '{table}' AND verb <> 'erase' GROUP BY key) m"
                ' JOIN trail_entry e ON e."index" = m.last'
                ' LEFT JOIN trail_payload p ON p.entry_id = e."index"'
            )
        }
        kinds = self.kinds(table)
        for key, row in self.live(table, kinds):
            self.report.rows += 1
            index, verb, image = images.pop(key, (None, None, None))
            if index is None:
                self.report.found("the row was never written by an act", table=table, key=key)
            elif verb == "delete":
                self.report.found("was deleted, but stands", entry=index, table=table, key=key)
            elif image is not None:  # one that is missing was named already, or was erased
                self.row(table, key, index, json.loads(image, parse_float=Decimal), row, kinds)
        for key, (index, verb, _) in images.items():
            if verb != "delete":
                self.report.found("the row is missing", entry=index, table=table, key=key)

    def kinds(self, table: str) -> dict[str, str]:
        """The columns of a table and their types, as its database calls them; the key first."""
        if self.vendor == "postgresql":
            found = self.rows(
                "SELECT a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a"
                " LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary"
                f" WHERE a.attrelid = '\"{table}\"'::regclass AND a.attnum > 0"
                " AND NOT a.attisdropped ORDER BY a.attnum <> ALL(coalesce(i.indkey, '0'))"
            )
            return {str(name): str(kind) for name, kind in found}
        ((made,),) = self.rows(f"SELECT sql FROM sqlite_master WHERE name = '{table}'")
        return {
            name: "json" if f'JSON_VALID("{name}")' in made else kind.lower()
            for name, kind in self.rows(
                f"SELECT name, type FROM pragma_table_info('{table}') ORDER BY pk = 0"
            )
        }

    def live(self, table: str, kinds: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """The rows of a table by key, as its database would put them into an image."""
        names = list(kinds)
        if self.vendor == "sqlite":  # the sign keeps drivers from converting what they read
            columns = ", ".join(f'+"{name}"' for name in names)
            for row in self.rows(f'SELECT {columns} FROM "{table}"'):
                yield str(row[0]), dict(zip(names, row, strict=True))
        else:
            for (row,) in self.rows(f'SELECT to_jsonb(t)::text FROM "{table}" t'):
                loaded = json.loads(row, parse_float=Decimal)
                yield str(loaded[names[0]]), loaded

    def row(
        self,
        table: str,
        key: str,
        index: int,
        image: dict[str, Any],
        row: dict[str, Any],
        kinds: dict[str, str],
    ) -> None:
        for column, value in image.items():
            if column in row and not same(value, row[column], kinds[column]):
                self.report.found(
                    f"the table says {shown(row[column])}, the last image {shown(value)}",
                    **{"entry": index, "table": table, "key": key, "column": column},
                )


def same(image: Any, live: Any, kind: str) -> bool:
    """Whether image and row mean the same value, whichever of the databases wrote the image."""
    if kind == "json" and isinstance(live, str):
        return bool(json.loads(live, parse_float=Decimal) == image)
    return bool(image == live or plain(image, kind) == plain(live, kind) is not None)


def plain(value: Any, kind: str) -> Any:
    """A value as its type means it, however the one database or the other writes it."""
    try:
        if kind in ("datetime", "timestamp with time zone"):
            return moment(value)
        if kind in ("bool", "boolean"):
            return bool(value) if value in (0, 1) else value
        if kind in ("blob", "bytea"):
            return value.hex() if isinstance(value, bytes) else value.removeprefix("\\x").lower()
        if kind in ("char(32)", "uuid"):
            return value.replace("-", "").lower()
        if kind.startswith("time"):
            return datetime.time.fromisoformat(value)
        if kind in ("interval", "bigint") and isinstance(value, str):
            return microseconds(value)
        if isinstance(value, float):
            return Decimal(repr(value))
    except (ValueError, AttributeError, TypeError):
        pass  # not written as its type asks: compared as it stands
    return value


def microseconds(interval: str) -> int:
    """An interval as PostgreSQL writes it, as the number SQLite keeps."""
    match = INTERVAL.fullmatch(interval)
    if match is None:
        raise ValueError(interval)
    days, sign, hours, minutes, seconds, fraction = match.groups()
    clock = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    exact = clock * 1_000_000 + int((fraction or "0").ljust(6, "0"))
    return int(days or 0) * 86_400_000_000 + (-exact if sign == "-" else exact)


def shown(value: Any) -> str:
    written = str(value) if isinstance(value, Decimal) else repr(value)
    return written if len(written) <= 60 else f"{written[:57]}…"


# -- the whole ------------------------------------------------------------------------------------


def verify(
    rows: Rows,
    vendor: str,
    keys: Sequence[str],
    held: str | None = None,
    tables: Iterable[str] = (),
) -> Report:
    """Verify the log and the tables that `rows` reads with SQL, on "sqlite" or "postgresql"."""
    report = Log(rows, vendor, keys, held).verify()
    Tables(rows, vendor, report).verify(tables)
    return report


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify the trail in a database file of SQLite.")
    parser.add_argument("database", type=Path)
    parser.add_argument("--key", action="append", required=True, help="a verification key")
    parser.add_argument("--held", type=Path, help="a file with a checkpoint that you hold")
    parser.add_argument("--json", action="store_true", help="report as JSON")
    options = parser.parse_args(arguments)
    try:
        for key in options.key:
            verification_key(key)  # what was mistyped must not look like tampering
        held = options.held.read_text(encoding="utf-8") if options.held else None
        database = sqlite3.connect(f"{options.database.resolve().as_uri()}?mode=ro", uri=True)
        report = verify(database.execute, "sqlite", options.key, held)
    except (MalformedError, OSError, sqlite3.Error) as error:
        print(f"Not verified: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps({"ok": report.ok, **asdict(report)}, indent=2))
    else:
        told(report)
    return 0 if report.ok else 1


def told(report: Report) -> None:
    """Say it to a person."""
    print(f"{report.size} entries of {report.acts} acts, {report.rows} rows. Root: {report.root}")
    for notice in report.notices:
        print(f"  note: {notice}")
    for finding in report.findings:
        print(f"  WRONG: {finding}")
    if report.unnamed:
        print(f"  WRONG: and {report.unnamed} more of the kind")
    print("The trail is whole." if report.ok else "The trail is NOT whole.")


if __name__ == "__main__":
    sys.exit(main())
