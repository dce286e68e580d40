"""The navigation: every register is found in it, few at a time, and only by who may read it."""

import re

import pytest

from bartizan.ground.people.authority import grants, may
from bartizan.registers import REGISTERS
from bartizan.site.navigation import GLANCE, drawn, open_to, turns

EVERY = tuple(one.slug for one in REGISTERS)
ALONE = [one.slug for one in REGISTERS if not getattr(one.model, "part_of", "")]


def opened(here: str) -> list[str]:
    """The addresses that are seen without opening anything."""
    found = []
    for turn in turns(EVERY, here):
        for clause in turn.clauses:
            for section in clause.sections:
                if clause.current and (section.current or not section.folds):
                    found += [entry.url for entry in section.entries]
    return found


def test_every_register_that_stands_alone_is_an_entry_once():
    entries = [
        entry.url.strip("/")
        for turn in turns(EVERY, "")
        for clause in turn.clauses
        for section in clause.sections
        for entry in section.entries
    ]
    assert sorted(entries) == sorted(ALONE)


def test_no_section_is_more_than_a_glance():
    sections = [s for turn in turns(EVERY, "") for c in turn.clauses for s in c.sections]
    assert [s.label for s in sections if len(s.entries) > GLANCE] == []


@pytest.mark.parametrize("slug", EVERY)
def test_where_one_stands_is_open(slug):
    [own] = [one for one in REGISTERS if one.slug == slug]
    marked = [
        entry.url
        for turn in turns(EVERY, slug)
        for clause in turn.clauses
        for section in clause.sections
        for entry in section.entries
        if entry.current
    ]
    assert marked == ([f"/{slug}/"] if slug in ALONE else [])
    clauses = [c.number for turn in turns(EVERY, slug) for c in turn.clauses if c.current]
    assert clauses == [own.clause.split(".")[0]]
    assert set(marked) <= set(opened(slug))


@pytest.mark.parametrize("who", ["owner", "manager", "colleague", "auditor", "stranger"])
def test_the_entries_are_the_registers_one_may_read(who, request):
    person = request.getfixturevalue(who)
    read = [one.slug for one in REGISTERS if may(person, "read", one.model)]
    assert list(open_to(grants(person))) == read
    assert bool(read) == (who != "stranger")


def test_what_one_may_not_read_is_no_entry():
    drawing = drawn(("risks", "threats"), "risks", True, "en")
    assert re.findall(r'href="([^"]+)"', drawing) == ["/risks/", "/threats/"]


def test_the_list_is_the_page_and_a_record_is_within_it():
    assert drawn(("risks",), "risks", True, "en").count('aria-current="page"') == 1
    assert drawn(("risks",), "risks", False, "en").count('aria-current="true"') == 1
