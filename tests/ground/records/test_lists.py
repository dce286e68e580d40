"""Lists: page by page to the end and back, and the sentence above them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from bartizan.clauses.context.models import ContextIssue
from bartizan.ground.documents.models import Document
from bartizan.ground.documents.registers import documents
from bartizan.ground.people.models import Person
from bartizan.ground.records import display, keyset, tally, views
from tests.cast import issue

ORDERS = ("-pk", "pk", "title", "-title", "review_due", "-review_due")
ALL = ContextIssue.objects.all
NARROWINGS = (ALL, lambda: ALL().filter(status="active"), lambda: ALL().filter(topic="society"))


@pytest.fixture
def issues(owner, today) -> list[ContextIssue]:
    """Seven, all of which have ties: in their titles, and in when they are due."""
    return [
        issue(
            f"Theft {place % 3}",
            owner.unit,
            topic="technology" if place == 6 else "society",
            review_due=today + timedelta(days=place % 2 or -1) if place % 3 else None,
            owner=None if place == 5 else owner,
        )
        for place in range(7)
    ]


def walk(rows: QuerySet, order: str) -> tuple[list[int], list[int]]:
    """What pages of two show on the way to the end, and on the way back."""
    there, pages, at = [], [], None
    while True:
        page = keyset.page(rows, order, 2, at)
        there += [row.pk for row in page.rows]
        pages.append(page)
        if page.next is None:
            break
        at = page.next
    back = [row.pk for row in reversed(pages[-1].rows)]
    while page.previous is not None:
        page = keyset.page(rows, order, 2, page.previous)
        back += [row.pk for row in reversed(page.rows)]
    return there, back


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("narrowed", NARROWINGS, ids=["all", "of a status", "of a topic"])
def test_page_by_page_every_row_is_shown_once_and_in_order(issues, narrowed, order):
    there, back = walk(narrowed(), order)
    field, down = order.lstrip("-"), order.startswith("-")
    rows = sorted(narrowed(), key=lambda row: row.pk, reverse=down)
    given = [row for row in rows if getattr(row, field) is not None]
    given.sort(key=lambda row: getattr(row, field), reverse=down)
    empty = [row for row in rows if getattr(row, field) is None]
    assert there == [row.pk for row in [*given, *empty]]
    assert back == there[::-1]


@pytest.mark.parametrize(
    "address,size",
    [
        ("/context-issues/", 2),  # along an index
        ("/context-issues/tally/?topic=society", 2),  # row by row
        ("/context-issues/", 50),  # from the page that holds them all
    ],
)
def test_the_sentence_says_the_same_however_the_rows_are_counted(
    issues, owner, sign_in, address, size, monkeypatch
):
    monkeypatch.setattr(views, "PAGE_SIZE", size)
    answer = sign_in(owner).get(address)
    assert answer.context_data["sentence"] == "2 are past their review and one has no owner."


def test_rows_are_counted_without_the_table_of_their_kind_where_no_condition_is_on_it(
    issues, owner, colleague, django_assert_num_queries
):
    Document.objects.create(title="Gate book", owner=owner, unit=owner.unit)
    own = ContextIssue._meta.db_table
    without = [
        ALL(),
        ALL().current().filter(review_due__isnull=False),
        ALL().without_owner(),
        ALL().visible_to(colleague),
    ]
    with_it = [
        ALL().filter(topic="society"),
        ALL().filter(topic="society").current(),
        ALL().filter(pk__in=[issues[0].pk, issues[1].pk]),
        ALL().annotate(told=F("topic")).filter(told="technology"),
        ALL().filter(review_due__gt=F("identified_on")),
        ALL().filter(owner__in=Person.objects.filter(name=OuterRef("topic"))),
        ALL().none(),
    ]
    for many, named in ((without, 0), (with_it, 6)):
        with django_assert_num_queries(1) as asked:
            found = keyset.counts(9, *many)
        assert found == [len(rows) for rows in many]
        assert asked.captured_queries[0]["sql"].count(f'FROM "{own}"') == named
    assert keyset.counts(5, ALL(), ALL().without_owner()) == [6, 1]


def test_of_many_questions_at_once_each_is_told_whether_it_has_rows(
    issues, colleague, django_assert_num_queries
):
    many = [
        ALL(),
        ALL().none(),
        ALL().filter(topic="no such topic"),
        ALL().filter(topic="society").order_by("title"),
        ALL().visible_to(colleague),
        Document.objects.all(),
    ]
    with django_assert_num_queries(1):
        found = keyset.there_are(*many)
    assert found == [bool(len(rows)) for rows in many]
    assert set(found) == {True, False}
    assert keyset.there_are() == []


def test_a_page_asks_for_no_rows_where_none_point_to_it(issues, owner, sign_in):
    with CaptureQueriesContext(connection) as queries:
        page = sign_in(owner).get(issues[0].get_absolute_url())
    children = {child.model._meta.db_table for child, _ in page.context_data["register"].children()}
    asked = [q["sql"] for q in queries if q["sql"].startswith('SELECT "')]
    assert len(children) > 2
    assert [sql for sql in asked for table in children if f'FROM "{table}"' in sql] == []


TOO_MANY = "More than {}: filter further to hear which are past their review."
SOCIETY = "/context-issues/?topic=society"


def said(client, address: str) -> tuple:
    page = client.get(address).context_data
    return page["count"], page["sentence"], page.get("counting_url", "")


def test_of_too_many_nobody_counts_who_is_late(issues, owner, sign_in, monkeypatch):
    monkeypatch.setattr(tally, "UP_TO", 3)
    monkeypatch.setattr(views, "PAGE_SIZE", 2)
    counting = SOCIETY.replace("?", "tally/?")
    assert said(sign_in(owner), counting) == ("3+", TOO_MANY.format(3), "")


@pytest.mark.parametrize("address", [SOCIETY, "/context-issues/?q=theft"])
def test_a_page_does_not_wait_for_a_long_count_but_asks_for_the_rest(
    issues, owner, sign_in, monkeypatch, address
):
    monkeypatch.setattr(views, "PAGE_SIZE", 2)
    client = sign_in(owner)
    counting = address.replace("?", "tally/?")
    first = said(client, f"{address}&sort=title&columns=title")
    assert first == ("2+", TOO_MANY.format(2), counting)
    many = "7" if "q=" in address else "6"
    assert said(client, counting) == (many, "2 are past their review and one has no owner.", "")


def test_of_more_entries_than_anybody_counts_no_exact_number_is_told():
    assert tally.Tally(10_001, of_records=False).sentence == "10,000+ entries."
    assert tally.Tally(10_000, of_records=False).sentence == "10,000 entries."


def test_a_title_is_set_as_one_wherever_its_column_stands(owner):
    assert documents.columns.index("title") == 2
    kinds = {column.name: column.kind for column in display._columns(documents, documents.columns)}
    assert [name for name, kind in kinds.items() if kind == "title"] == ["title"]
