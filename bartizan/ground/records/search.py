"""Finding records by words, within one register or over all of them."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Record
from bartizan.ground.records.register import Register


def within(register: Register, rows: QuerySet, words: str) -> QuerySet:
    """Those rows of a register in whose searched fields every word occurs."""
    for word in words.split():
        fields = (Q(**{f"{name}__icontains": word}) for name in register.search)
        rows = rows.filter(reduce(or_, fields, Q()))
    return rows


def by_name(rows: QuerySet, words: str) -> QuerySet:
    """Those whose number or title holds the words."""
    return rows.filter(Q(number__icontains=words) | Q(title__icontains=words))


def everywhere(words: str, person: Person) -> QuerySet[Record]:
    """The records a person may see in which every word occurs, newest first."""
    rows = Record.objects.visible_to(person)
    for word in words.split():
        rows = by_name(rows, word)
    return rows.order_by("-changed_at")
