"""Rows that fall short in one of several ways, each able to say in which.

A check may find what "is past its review, or was never given a review day". Verdicts need not know
which of the two it is, and telling costs the database something. So a query only carries along how
its cases are told apart; whoever gives the reason asks for it.
"""

from collections.abc import Mapping
from functools import reduce
from operator import add, or_
from typing import Any, TypeVar

from django.db.models import Case, ExpressionWrapper, IntegerField, Q, QuerySet, Value, When

Cases = Mapping[str, Q]  # what is said of a row, as in the phrase of a check, and when
_Rows = TypeVar("_Rows", bound=QuerySet[Any])
TOLD = "told_apart"


def in_any(rows: _Rows, cases: Cases) -> _Rows:
    """Those in at least one of these cases."""
    return told_apart(rows.filter(reduce(or_, cases.values())), cases)


def told_apart(rows: _Rows, cases: Cases) -> _Rows:
    """These rows, each of them in at least one of these cases."""
    rows = rows.all()
    carrying: Any = rows.query  # whatever stands on a query, its clones have too
    carrying.cases = cases
    return rows


def cases_of(rows: QuerySet[Any]) -> Cases:
    """The cases that rows are told apart by; none where all fall short in the same."""
    return getattr(rows.query, "cases", {})


def telling(rows: _Rows) -> _Rows:
    """The same rows, each with the cases it is in: `said_of()` reads them off."""
    cases = cases_of(rows)
    if not cases:
        return rows
    bits = (
        Case(When(when, then=Value(1 << place)), default=Value(0))
        for place, when in enumerate(cases.values())
    )
    told: Any = {TOLD: ExpressionWrapper(reduce(add, bits), output_field=IntegerField())}
    return rows.annotate(**told)


def in_case(rows: _Rows, place: int) -> _Rows:
    """Of rows that are telling, those in one of the cases."""
    sums = [bits for bits in range(1 << len(cases_of(rows))) if bits >> place & 1]
    return rows.filter(**{f"{TOLD}__in": sums})


def said_of(row: Any, phrases: tuple[str, ...]) -> list[str]:
    """In what a row that was fetched telling falls short."""
    bits = getattr(row, TOLD, 0)
    return [phrase for place, phrase in enumerate(phrases) if bits >> place & 1]
