"""Finding records by words, within one register or over all of them.

Each record has one search text: its number and the fields its register searches. It is not
written when a record is, but read up from the trail before a search: the trail knows every row
that was touched, by whatever program and in whatever way, so nothing can be forgotten.

Every word is looked for inside words too ("weigh" finds "Felixstowe weighbridge"). SQLite keeps a
trigram index (FTS5). PostgreSQL keeps an array of trigrams under a GIN index, which needs no
extension, and compares what it finds.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial, reduce
from itertools import chain, islice
from operator import or_
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from bartizan.ground.people.models import Person
from bartizan.ground.records import keyset
from bartizan.ground.records.models import Record, SearchState, SearchText, kinds
from bartizan.ground.records.register import Register, register_of
from bartizan.ground.trail.models import Entry

BATCH = 10_000
MANY = 20_000  # so many texts at once are indexed at the end
FEW = 1_000  # so many hits SQLite looks up at once
NEAR, NEAR_OF_ALL = 1_000, 5_000  # so many of the newest PostgreSQL reads before it gathers hits
GRAM = 3


Dressed = Callable[[QuerySet], QuerySet]


class Found(NamedTuple):
    """The same rows twice, as the database reads them best."""

    one_by_one: QuerySet  # ordered by their keys, or counted
    together: QuerySet  # ordered by anything else
    # Those among the newest (before a key), unless they fill no page of this size; where to look
    # there is no quicker, None.
    near: Callable[[int | None, int], QuerySet | None] | None = None

    def ordered(self, order: str) -> QuerySet:
        return self.one_by_one if order.lstrip("-") in ("pk", "id") else self.together

    def page(
        self,
        order: str,
        size: int,
        cursor: str | None = None,
        dressed: Dressed = lambda rows: rows,
    ) -> keyset.Page:
        """A page of them as `keyset.page()` has it, of rows `dressed` in what is shown of each."""
        if self.near and order == "-pk":
            backwards, _value, key = keyset.read(cursor) if cursor else (False, None, None)
            near = None if backwards else self.near(key, size)
            if near is not None:
                page = keyset.page(dressed(near), order, size, cursor)
                if page.next:  # not even of those they may see fewer
                    return page
        return keyset.page(dressed(self.ordered(order)), order, size, cursor)


def within(register: Register, rows: QuerySet, words: str) -> Found:
    """Those rows of a register in which every word occurs."""
    if register.holds_records:
        return matching(rows, words)
    for word in words.split():
        fields = (Q(**{f"{name}__icontains": word}) for name in register.search)
        rows = rows.filter(reduce(or_, fields, Q()))
    return Found(rows, rows)


def everywhere(words: str, person: Person) -> Found:
    """The records a person may see in which every word occurs."""
    return matching(Record.objects.visible_to(person), words)


def by_name(rows: QuerySet, words: str, limit: int) -> list[Record]:
    """Those whose number begins with the words; or else the newest that hold them all."""
    numbered = list(rows.filter(number__startswith=words.upper())[:limit])
    return numbered or matching(rows, words).page("-pk", limit).rows


def matching(rows: QuerySet, words: str) -> Found:
    """Those records in whose search text every word occurs, also inside a longer word."""
    wanted = words.casefold().split()
    long = [word for word in wanted if len(word) >= GRAM]
    short = [word for word in wanted if len(word) < GRAM]
    if not long:
        for word in short:  # no index holds these: the beginning of a number or a title
            rows = rows.filter(Q(number__istartswith=word) | Q(title__istartswith=word))
        return Found(rows, rows)
    refresh()
    if rows.model is not Record:
        # A text holds the number of its record, and so what numbers of its kind begin with: the
        # index passes over what other kinds say.
        long.append(f"{rows.model.prefix.casefold()}-")
    return FINDING[connection.vendor](rows, long, short)


def _on_postgresql(rows: QuerySet, long: list[str], short: list[str]) -> Found:
    """Gathered first: it takes them for few, and would join each before it sorts them.

    A common word has very many, and nobody reads more than the newest: those it finds near.
    """
    words = [*long, *short]
    hit = ["bartizan_grams(body) @> bartizan_grams(%s)"] * len(long)
    hit += ["strpos(body, %s) > 0"] * len(words)
    texts = f"SELECT record_id FROM records_searchtext WHERE {' AND '.join(hit)}"
    given = [*long, *words]
    hits = rows.extra(where=[f"records_record.id = ANY(ARRAY({texts}))"], params=given)
    return Found(hits, hits, near=partial(_near, rows, words))


def _near(rows: QuerySet, words: list[str], key: int | None, size: int) -> QuerySet | None:
    """Those of them that are among the newest of their kind, or among the newest before a key.

    The LIMIT makes PostgreSQL read just these, whatever it expects.
    """
    if rows.model is Record:
        table, own, limit = "records_searchtext", "record_id", NEAR_OF_ALL
        taken, texts = "record_id, body", ""
    else:
        table, own, limit = rows.model._meta.db_table, rows.model._meta.pk.column, NEAR
        taken, texts = f"{own} AS record_id", " JOIN records_searchtext USING (record_id)"
    before = "" if key is None else f" WHERE {own} < %s"
    newest = f"SELECT {taken} FROM {table}{before} ORDER BY {own} DESC LIMIT {limit}"
    held = " AND ".join(["strpos(body, %s) > 0"] * len(words))
    given: list[Any] = [*words] if key is None else [key, *words]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT array_agg(record_id) FROM ({newest}) AS newest{texts} WHERE {held}", given
        )
        keys = cursor.fetchone()[0] or []
    if len(keys) <= size:
        return None
    return rows.extra(where=["records_record.id = ANY(%s)"], params=[keys])


def _on_sqlite(rows: QuerySet, long: list[str], short: list[str]) -> Found:
    """A few are looked up at once, in one value: Django does not look at each.

    Very many from hit to hit in the order of their keys, until there are enough.
    """
    match = " ".join('"' + word.replace('"', '""') + '"' for word in long)
    matching = "SELECT rowid FROM records_fts WHERE records_fts MATCH %s"
    with connection.cursor() as cursor:
        few = f"({matching} LIMIT {FEW + 1})"
        cursor.execute(f"SELECT json_group_array(rowid), count(*) FROM {few}", [match])
        keys, count = cursor.fetchone()
    own = "SELECT body FROM records_searchtext WHERE record_id = records_record.id"
    for word in short:
        rows = rows.extra(where=[f"instr(({own}), %s) > 0"], params=[word])
    if count <= FEW:
        hits = rows.filter(pk__in=RawSQL("SELECT value FROM json_each(%s)", [keys]))
        return Found(hits, hits)
    # The sign + keeps it from asking of each record whether it is a hit, which takes the longer
    # the more there are.
    on_the_way = ["records_fts MATCH %s", "records_record.id = +records_fts.rowid"]
    return Found(
        one_by_one=rows.extra(tables=[keyset.HITS], where=on_the_way, params=[match]),
        together=rows.filter(pk__in=RawSQL(matching, [match])),
    )


FINDING = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}


# -- keeping up with the trail ------------------------------------------------------------------


class Standing(NamedTuple):
    """Where the trail stands, and where the search texts do."""

    size: int
    leaf: bytes
    known: tuple[int, bytes] | None

    @property
    def up_to_date(self) -> bool:
        return self.known == (self.size, self.leaf)


def _standing() -> Standing:
    """All in one question: every search begins with it."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT e."index", e.leaf, s.size, s.leaf FROM (SELECT 1) AS one'
            " LEFT JOIN records_searchstate s ON s.id = 1 LEFT JOIN trail_entry e"
            ' ON e."index" = (SELECT max("index") FROM trail_entry)'
        )
        last, leaf, size, known = cursor.fetchone()
    return Standing(
        size=0 if last is None else last + 1,
        leaf=bytes(leaf or b""),
        known=None if size is None else (size, bytes(known)),
    )


def refresh() -> int:
    """Write the search texts of all records touched since the last time; how many that were."""
    standing = _standing()
    if standing.up_to_date:
        return 0
    size, leaf = standing.size, standing.leaf
    with transaction.atomic():
        SearchState.objects.get_or_create(pk=1)
        state = SearchState.objects.select_for_update().get(pk=1)
        start = state.size if _continues(state) else 0
        written = _write(_touched(start, size)) if start else _write_all()
        state.size, state.leaf = size, leaf
        state.save()
    return written


def _continues(state: SearchState) -> bool:
    """Is it still the same trail? Not after a restore or in a rebuilt database."""
    known = Entry.objects.filter(index=state.size - 1).values_list("leaf", flat=True).first()
    return known is not None and bytes(known) == bytes(state.leaf)


def _write_all() -> int:
    SearchText.objects.all().delete()
    many = Record.objects.count() >= MANY
    before, after = AT_THE_END[connection.vendor] if many else ([], [])
    with connection.cursor() as cursor:
        for statement in before:
            cursor.execute(statement)
        texts = chain.from_iterable(_texts(model.objects.all()) for model in kinds().values())
        written = sum(_insert(batch) for batch in _batches(texts))
        for statement in after:
            cursor.execute(statement)
    return written


# What makes an index of very many texts in a fraction of the time: not to keep it in order in
# between. PostgreSQL makes none of a table whose foreign keys are still to be looked at.
AT_THE_END = {
    "sqlite": (
        ["INSERT INTO records_fts (records_fts, rank) VALUES ('automerge', 0)"],
        [
            "INSERT INTO records_fts (records_fts) VALUES ('optimize')",
            "INSERT INTO records_fts (records_fts, rank) VALUES ('automerge', 4)",
        ],
    ),
    "postgresql": (
        ["SET CONSTRAINTS ALL IMMEDIATE", "DROP INDEX records_searchtext_grams"],
        [
            "CREATE INDEX records_searchtext_grams ON records_searchtext"
            " USING gin (bartizan_grams(body))",
            "SET CONSTRAINTS ALL DEFERRED",
        ],
    ),
}


def _touched(start: int, end: int) -> Iterator[int]:
    models: list[type[Record]] = [Record, *kinds().values()]
    tables = [model._meta.db_table for model in models]
    entries = Entry.objects.filter(index__gte=start, index__lt=end, table__in=tables)
    keys = entries.order_by().values_list("key", flat=True).distinct()
    return (int(key) for key in keys.iterator(BATCH))


# As one statement: FTS5 writes out what it has gathered at the end of every statement.
ROWS = {
    "sqlite": "(record_id, body) SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]')"
    " FROM json_each(%s)",
    "postgresql": "(record_id, body) SELECT (value->>0)::bigint, value->>1"
    " FROM json_array_elements(%s::json)",
}


def _write(keys: Iterable[int]) -> int:
    """Write the search texts of these records anew."""
    written = 0
    for batch in _batches(keys):
        SearchText.objects.filter(pk__in=batch).delete()
        written += _insert(_texts_of(batch))
    return written


def _batches(things: Iterable[Any]) -> Iterator[list[Any]]:
    things = iter(things)
    while batch := list(islice(things, BATCH)):
        yield batch


def _insert(texts: Iterable[tuple[int, str]]) -> int:
    """Insert search texts, in one statement; how many they were."""
    ordered = sorted(texts)  # FTS5 begins anew wherever a row is not behind the last
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO records_searchtext {ROWS[connection.vendor]}", [json.dumps(ordered)]
        )
    return len(ordered)


def _texts_of(keys: Iterable[int]) -> Iterator[tuple[int, str]]:
    """The search texts of some records, fetched kind by kind."""
    keys_of: dict[str, list[int]] = {}
    for pk, kind in Record.objects.filter(pk__in=keys).order_by().values_list("pk", "kind"):
        keys_of.setdefault(kind, []).append(pk)
    for kind, own in keys_of.items():
        if model := kinds().get(kind):
            yield from _texts(model.objects.filter(pk__in=own))


def _texts(rows: QuerySet) -> Iterator[tuple[int, str]]:
    """The search text of each of these rows of a register, by their keys."""
    if register := register_of(rows.model):
        found = rows.order_by("pk").values_list("pk", "number", *register.search)
        for pk, *words in found.iterator(BATCH):
            yield pk, "\n".join(dict.fromkeys(str(word).casefold() for word in words if word))
