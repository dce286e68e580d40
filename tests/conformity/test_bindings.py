"""What every binding has to keep to, so that reasons read well and nothing passes unproven."""

import inspect
import re
import sys

import pytest

from bartizan.conformity import requirement, sentences
from bartizan.conformity.outcome import COUNT_LIMIT, Eyes, Question
from bartizan.conformity.prepared import Prepared
from bartizan.conformity.requirement import name_of, several
from bartizan.conformity.requirements import CATALOGUE
from bartizan.conformity.sentences import phrase_of, plural_of
from bartizan.conformity.sight import keys_of
from bartizan.ground.records.cases import cases_of

BOUND = [item for item in CATALOGUE.values() if item.checks]
CHECKS = list(dict.fromkeys(check for item in BOUND for check in item.checks))
SHORTFALLS = list(dict.fromkeys(c for item in BOUND for c in several(item.none_of)))
EVIDENCE = [check for check in CHECKS if check not in SHORTFALLS]
# Said alike of one and of several.
ALIKE = {"came", "could", "did", "failed", "found", "got", "must", "reached", "went"}


def names(checks):
    return [name_of(check).removeprefix("bartizan.") for check in checks]


@pytest.mark.parametrize("check", CHECKS, ids=names(CHECKS))
def test_a_check_is_a_plain_function_that_can_be_found_by_its_name(check):
    name, made_with, _rest = check.__qualname__.partition("(")
    found = getattr(sys.modules[check.__module__], name)
    assert callable(found) if made_with else found is check
    assert set(inspect.signature(check).parameters) <= {"day"}


@pytest.mark.parametrize("check", CHECKS, ids=names(CHECKS))
def test_a_check_says_in_one_sentence_what_it_returns(check):
    assert re.fullmatch(r"[A-Z0-9].*[^.]\.", check.__doc__.strip().splitlines()[0])


@pytest.mark.parametrize("check", SHORTFALLS, ids=names(SHORTFALLS))
def test_a_shortfall_is_said_of_one_record_in_the_third_person(check):
    verb = re.match(r"[\w-]+", phrase_of(check))[0]
    assert plural_of(verb) != verb or verb in ALIKE, f"{verb!r}: say 'names', 'is', 'has', 'went'"


# One thing each, however it is put: no record could say which half of it is meant.
ONE_THING = [
    "failed a criterion, and no hold, correction, action or nonconformity followed",
    "is in a format, language or medium that is not on the list for its audience",
    "is older than a round of planning, and tied to no risk, opportunity or planning note",
    "is taken on, but is linked to no process, control or objective",
    "applies, but is linked to no process, control, objective or plan in force",
    "has no decision: avoid, reduce, share or accept",
    "has a process or control, but none that changed or was reviewed since the risk was rated",
    "is one of the top, and no approved plan or need says what means it takes",
    "is to be treated, but no control on it works or still has time to come into operation",
    "names no part of the organization, place or process that it binds",
    "reaches no interested party, role, unit or group that is still there",
    "was approved without a requirement weighed, or a note that none bears on it",
]


def test_what_falls_short_in_one_of_several_ways_says_in_which(db, today):
    told = {check: Question(check, Eyes(), today).everything() for check in SHORTFALLS}
    either = [check for check in SHORTFALLS if re.search(r", (or|.* or) ", phrase_of(check))]
    silent = {phrase_of(check) for check in either if not cases_of(told[check])}
    assert sorted(silent) == sorted(ONE_THING)
    for phrase in {phrase for rows in told.values() for phrase in cases_of(rows)}:
        verb = re.match(r"[\w-]+", phrase)[0]
        assert plural_of(verb) != verb or verb in ALIKE, phrase


@pytest.mark.parametrize("check", CHECKS, ids=names(CHECKS))
def test_what_is_asked_of_a_day_is_not_asked_of_the_clock(check):
    assert not re.search(r"\b(today|now|localdate|localtime)\(", inspect.getsource(check))


def test_every_check_can_be_asked_as_somebody_of_one_depot_sees_it(colleague, today):
    eyes = Eyes.of(colleague)
    assert eyes.person == colleague
    for check in CHECKS:  # SQLite takes no more than some hundred levels of a statement
        question = Question(check, eyes, today)
        keys = Prepared.of(keys_of(question.records()))
        assert keys.count(COUNT_LIMIT) == len(keys.rows())
        assert keys.first_among([0]) is None
    for check in EVIDENCE:  # as `Outcome.lies_within` holds a shortfall against it
        rows = Question(check, eyes, today).records()
        outside = rows.exclude(pk__in=rows.order_by().values("pk"))
        assert Prepared.of(outside.order_by().values("pk")).rows() == []


def test_no_check_is_evidence_here_and_a_shortfall_there():
    evidence = {
        check
        for item in BOUND
        for checks in (item.some_of, item.needs, item.cites, item.only_when or ())
        for check in several(checks)
    }
    assert evidence & set(SHORTFALLS) == set()


def test_nothing_conforms_without_evidence():
    for item in BOUND:
        if item.test != requirement.Test.JUDGEMENT:
            assert item.some_of or item.needs or item.only_when, item.id


@pytest.mark.parametrize(
    "said, of_several",
    [
        ("names nobody responsible", "name nobody responsible"),
        ("is past its review", "are past their review"),
        ("has no owner and is overdue", "have no owner and are overdue"),
        ("was never checked", "were never checked"),
        ("does not say why", "do not say why"),
        ("carries no reason", "carry no reason"),
        ("relies on retired records", "rely on retired records"),
        ("lies outside the scope", "lie outside the scope"),
        ("misses its target", "miss their target"),
        ("reaches nobody", "reach nobody"),
        ("uses another scale", "use another scale"),
        ("goes to the wrong people", "go to the wrong people"),
        ("applies, but is unmet", "apply, but are unmet"),
        ("failed its last check", "failed their last check"),
        # What "it" is, whose "its" is, and whether "lists" is a verb, no rule can tell.
        ("was edited after it had been approved", ""),
        ("needs a document that is past its review", ""),
        ("needs a procedure and lists none", ""),
        ("is a draft", ""),
    ],
)
def test_what_is_said_of_one_can_be_said_of_several(said, of_several):
    assert sentences.plural_of(said) == of_several
