"""Evaluation of all items at once: from nothing, kept up with the trail, and put into data."""

import os
import random
from collections import defaultdict
from datetime import timedelta

import pytest

from bartizan.clauses.context.models import ContextIssue
from bartizan.conformity import evaluator as quick
from bartizan.conformity import outcome
from bartizan.conformity.evaluate import evaluate, evaluate_items, items_of
from bartizan.conformity.evaluator import Evaluator, evaluate_incremental, verdicts_on
from bartizan.conformity.models import Attestation, VerdictChange
from bartizan.conformity.prepared import Prepared
from bartizan.conformity.requirement import Attester, Confirmation, Requirement, Value
from bartizan.conformity.statement import catalogue, meets_every_duty, statement
from bartizan.ground.people.authority import grants
from bartizan.ground.people.models import Assignment, Person, Role, Sensitivity, Unit
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import (
    Action,
    Declaration,
    Link,
    Record,
    Relation,
    declared,
    kinds,
)
from bartizan.ground.records.queries import RECORDS
from bartizan.ground.trail.acts import act
from tests.cast import appoint, person


def issues():
    """Context issues."""
    return ContextIssue.objects.live()


def internal_issues():
    """Internal issues."""
    return issues().filter(origin="internal")


def issues_without_owner():
    """Has nobody who answers for it."""
    return issues().without_owner()


def issues_past_review(day):
    """Is past its review."""
    return issues().review_overdue(day)


def issues_bearing_on_nothing():
    """Bears on nothing."""
    return issues().not_linked_to(ContextIssue, Action)


def late_actions(day):
    """Is later than the organization allows."""
    return Action.objects.live().filter(
        done_on=None, due__lt=day - timedelta(days=declared("request-answer") or 0)
    )


def actions():
    """Actions."""
    return Action.objects.live()


def approved_figures():
    """Approved figures."""
    return Declaration.objects.live()


def current_assignments(day):
    """Assignments in force."""
    return Assignment.objects.current(day)


def roles_nobody_holds(day):
    """Is held by nobody."""
    return Role.objects.exclude(assignments__in=Assignment.objects.current(day))


def anything_in_force():
    """Records in force."""
    return Record.objects.live()


EDITS = int(os.environ.get("EDITS", "60"))  # of each of two people; more on a quiet machine
KNOWS = Confirmation("a person who knows says so")
ITEMS = [
    Requirement("2022:4.1-p1", "A", "A.", some_of=issues, none_of=issues_without_owner),
    Requirement("2022:4.1-p2", "B", "B.", some_of=internal_issues, none_of=issues_past_review),
    Requirement("2022:4.1-p3", "C", "C.", needs=[issues, actions], attested=KNOWS),
    Requirement("2022:4.2.1-1", "D", "D.", some_of=issues, none_of=issues_bearing_on_nothing),
    Requirement("2022:4.2.1-2", "E", "E.", only_when=actions, none_of=late_actions),
    Requirement("2022:4.2.1-3", "F", "F.", some_of=approved_figures),
    Requirement("2022:5.3-a", "G", "G.", some_of=current_assignments, none_of=roles_nobody_holds),
    Requirement("2022:5.3-b", "H", "H.", some_of=anything_in_force),
    Requirement(
        "2022:5.2.1-a",
        "I",
        "I.",
        attested=Confirmation("the top says so", Attester.TOP_MANAGEMENT, judged=True),
        cites=internal_issues,
    ),
    Requirement("2022:5.2.1-b", "J", "J."),
]


@pytest.fixture
def people(db):
    """The owner, who may do all, and somebody of the north depot who sees little."""
    with act(None):
        whole = Unit.objects.create(code="acme", name="Acme Freight")
        north = Unit.objects.create(code="north", name="North depot", parent=whole)
        manager, driver = person("manager", whole), person("driver", north)
        everything = "read * write * approve * retire * attest *"
        appoint(
            manager, whole, "director", everything, Sensitivity.RESTRICTED, is_top_management=True
        )
        appoint(driver, north, "driver", "read *", Sensitivity.INTERNAL)
    return manager, driver


class Editor:
    """Somebody who does now this, now that, each in an act of its own."""

    def __init__(self, seed: int, today) -> None:
        self.random, self.today = random.Random(seed), today

    def edit(self) -> None:
        deeds = [
            self.write_issue, self.write_action, self.link, self.unlink, self.retire_one,
            self.change_owner, self.change_review, self.attest, self.approve_figure,
            self.move, self.end_assignment, self.rename_unit,
        ]  # fmt: skip
        with act(None):
            self.random.choice(deeds)()

    def one(self, rows):
        return self.random.choice(list(rows) or [None])

    def kept(self) -> dict:
        return {
            "title": "Something",
            "unit": self.one(Unit.objects.all()),
            "owner": self.one([None, *Person.objects.all()]),
            "sensitivity": self.random.choice(Sensitivity.values),
        }

    def day(self):
        return self.today + timedelta(days=self.random.randint(-3, 3))

    def write_issue(self):
        origin = self.random.choice(["external", "internal"])
        ContextIssue.objects.create(origin=origin, review_due=self.day(), **self.kept())

    def write_action(self):
        done = self.random.choice([None, self.today])
        Action.objects.create(due=self.day(), done_on=done, outcome="Done.", **self.kept())

    def link(self):
        source, target = self.one(Record.objects.all()), self.one(Record.objects.all())
        if source != target:
            relation = self.random.choice([Relation.CITES, Relation.CONCERNS])
            Link.objects.get_or_create(source=source, target=target, relation=relation)

    def unlink(self):
        Link.objects.filter(pk=getattr(self.one(Link.objects.all()), "pk", None)).delete()

    def retire_one(self):
        if record := self.one(Record.objects.current()):
            retire(record, "It is over.")

    def change_owner(self):
        chosen = self.one(Record.objects.all())
        owner = self.one([None, *Person.objects.all()])
        Record.objects.filter(pk=getattr(chosen, "pk", None)).update(owner=owner)

    def change_review(self):
        if issue := self.one(ContextIssue.objects.current()):
            issue.review_due = self.day()
            issue.save()

    def attest(self):
        Attestation.objects.create(
            **self.kept() | {"owner": None},
            requirement=self.random.choice(ITEMS).id,
            statement="It is so.",
            attested_by=self.one(Person.objects.all()),
            attested_on=self.today - timedelta(days=5),
            expires_on=self.day(),
        )

    def approve_figure(self):
        figure = Declaration.objects.first()
        if figure is None:
            Declaration.objects.create(
                **self.kept(), figure="request-answer", value=self.random.randint(0, 3)
            )
        elif figure.approval and figure.approval.version == figure.version:
            figure.value = self.random.randint(0, 3)
            figure.save()
        else:
            by = self.one(Person.objects.all())
            figure.approvals.create(version=figure.version, by=by)

    def move(self):
        Record.objects.filter(pk=getattr(self.one(Record.objects.all()), "pk", None)).update(
            unit=self.one(Unit.objects.all()), sensitivity=self.random.choice(Sensitivity.values)
        )

    def end_assignment(self):
        assignment = self.one(Assignment.objects.filter(role__is_top_management=False))
        assignment.until = self.random.choice([None, self.today - timedelta(days=1)])
        assignment.save()

    def rename_unit(self):
        unit = Unit.objects.get(parent__isnull=False)
        unit.name = f"Depot {self.random.random()}"
        unit.save()


def told(verdicts):
    """All that is told of verdicts, down to the records."""
    return {
        id: (
            verdict.value,
            verdict.reason,
            [(type(row), row.pk) for row in verdict.evidence_records()],
            [(row and row.pk, why) for row, why in verdict.shortfall_records()],
            verdict.attestation,
        )
        for id, verdict in verdicts.items()
    }


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edit_the_quick_evaluation_says_what_the_slow_one_says(people, today, seed):
    editor, day = Editor(seed, today), today
    everybody, views, values = Evaluator(ITEMS), {}, set()
    for step in range(EDITS):
        editor.edit()
        driver = Person.objects.get(code="driver")
        one = views.setdefault(grants(driver), Evaluator(ITEMS, driver))
        for evaluator, seen_by in ((everybody, None), (one, driver)):
            found = evaluator.evaluate(day)
            assert found == evaluate_items(ITEMS, day, seen_by)
            values |= {verdict.value for verdict in found.values()}
            if step % 20 == 19:
                outcome.forget()  # the slow one puts every statement together anew
                assert told(found) == told(evaluate_items(ITEMS, day, seen_by))
        if step % 20 == 19:
            day += timedelta(days=editor.random.choice([-1, 1]))
    # Unless verdicts differ on the way, being equal shows nothing.
    assert values == set(Value) - {Value.NOT_APPLICABLE}


def runs(monkeypatch):
    """The checks that are asked from here on, one by one or many at once."""
    asked = []
    one, many = quick.run, quick.answers

    def run(check, *rest):
        asked.append(check)
        return one(check, *rest)

    def answers(*about):
        found = many(*about)
        asked.extend(found)
        return found

    monkeypatch.setattr(quick, "run", run)
    monkeypatch.setattr(quick, "answers", answers)
    return asked


@pytest.fixture
def evaluator(people, today):
    """One that has evaluated an organization with something of each kind, all of it in order."""
    manager, _driver = people
    kept = {"title": "Something", "unit": manager.unit, "owner": manager}
    with act(None):
        for origin in ("external", "internal"):
            due = today + timedelta(days=9)
            ContextIssue.objects.create(origin=origin, review_due=due, **kept)
        Action.objects.create(due=today, **kept)
        figure = Declaration.objects.create(figure="request-answer", value=2, **kept)
        figure.approvals.create(version=1, by=manager)
    evaluator = Evaluator(ITEMS)
    evaluator.evaluate(today)
    return evaluator


def test_when_nothing_has_changed_no_check_runs_again(evaluator, today, monkeypatch):
    asked = runs(monkeypatch)
    evaluator.evaluate(today)
    assert asked == []


def test_only_checks_that_look_at_what_changed_run_again(evaluator, today, monkeypatch):
    asked = runs(monkeypatch)

    def asked_after(edit):
        asked.clear()
        with act(None):
            edit(ContextIssue.objects.last())
        evaluator.evaluate(today)
        return set(asked)

    def say_better(issue):
        issue.title = "Said better"
        issue.save()

    def leave(issue):
        Record.objects.filter(pk=issue.pk).update(owner=None)

    def postpone(issue):
        Record.objects.filter(pk=issue.pk).update(review_due=today + timedelta(days=30))

    def revise(_issue):
        figure = Declaration.objects.get()
        figure.rationale = "Thought through again"
        figure.save()

    assert asked_after(say_better) == set()
    # A new version of what has to be approved has lost its approval: whoever relies on any record
    # has to look, and so has whoever follows links.
    assert asked_after(revise) == {
        approved_figures, late_actions, issues_bearing_on_nothing, anything_in_force,
    }  # fmt: skip
    assert asked_after(leave) == {issues_without_owner}
    assert asked_after(postpone) == {issues_past_review}
    assert asked_after(lambda issue: retire(issue, "It is over.")) == {
        issues, internal_issues, issues_without_owner, issues_past_review,
        issues_bearing_on_nothing, anything_in_force,
    }  # fmt: skip


def test_of_rows_that_changed_alone_nothing_but_those_is_asked(evaluator, today, monkeypatch):
    issue = ContextIssue.objects.first()
    looks = {check: evaluator.outcomes[check] for check in (issues, issues_without_owner)}
    assert [outcome.witness is None for outcome in looks.values()] == [False, True]
    asked = []
    real = Prepared.first
    monkeypatch.setattr(Prepared, "first", lambda keys: asked.append(keys) or real(keys))
    with act(None):
        Record.objects.filter(pk=issue.pk).update(owner=None)
    assert evaluator.evaluate(today)["2022:4.1-p1"].value == "nonconforming"
    assert asked == []
    with act(None):
        Record.objects.filter(pk=issue.pk).update(owner=issue.owner)
    # The one that fell short changed: whether another does takes a look at all of them.
    assert evaluator.evaluate(today)["2022:4.1-p1"].value == "conforming"
    assert asked == [looks[issues_without_owner].asking.keys]


def test_on_a_new_day_checks_that_depend_on_it_run_again(evaluator, today, monkeypatch):
    asked = runs(monkeypatch)
    evaluator.evaluate(today + timedelta(days=1))
    assert set(asked) == {
        issues_past_review, late_actions, current_assignments, roles_nobody_holds,
    }  # fmt: skip


def looked_at(evaluator, check):
    """What a check looks at: kinds of records, and which columns of them and of other tables."""
    found = defaultdict(set)
    for table, kind, column in evaluator.outcomes[check].reads:
        found[kind or table].add(column)
    return {name: " ".join(sorted(columns - {""})) for name, columns in found.items()}


def test_a_declared_figure_is_part_of_what_a_check_looks_at(evaluator):
    assert looked_at(evaluator, late_actions) == {
        "records_action": "done_on due record_ptr_id",
        "action": "id status",
        "records_declaration": "figure record_ptr_id value",
        "declaration": "id kind status version",
        "records_approval": "record_id version",
    }


def test_a_link_is_followed_to_the_kinds_it_is_asked_for(evaluator):
    approved = [kind for kind, model in kinds().items() if model.needs_approval]
    assert looked_at(evaluator, issues_bearing_on_nothing) == {
        "context_contextissue": "record_ptr_id",
        "context-issue": "id kind status",
        "action": "id kind status",
        **dict.fromkeys(approved, "id kind version"),
        "records_approval": "record_id version",
        "records_link": "source_id target_id",
    }


def test_whatever_looks_at_records_of_any_kind_looks_at_all_of_them(evaluator):
    reads = evaluator.outcomes[anything_in_force].reads
    status = {kind for table, kind, column in reads if (table, column) == (RECORDS, "status")}
    assert status == {""}


def test_within_an_act_what_it_has_written_counts_already(people, today):
    evaluator = Evaluator(ITEMS)
    assert evaluator.evaluate(today)["2022:4.1-p1"].value == "no-evidence"
    with act(None):
        Editor(1, today).write_issue()
        assert evaluator.evaluate(today)["2022:4.1-p1"].value != "no-evidence"
    assert evaluator.evaluate(today)["2022:4.1-p1"].value != "no-evidence"


def test_a_log_that_is_not_the_one_remembered_is_evaluated_from_nothing(
    evaluator, today, monkeypatch
):
    evaluator.mark = evaluator.mark._replace(leaf=b"of another log")
    known = set(evaluator.outcomes)
    asked = runs(monkeypatch)
    evaluator.evaluate(today)
    assert set(asked) == known


def test_whoever_sees_everything_shares_the_verdicts_of_all(people):
    manager, driver = people
    quick._evaluators.clear()
    evaluate_incremental("2022", seen_by=manager)
    evaluate_incremental("2022")
    assert [eyes.person for _edition, eyes in quick._evaluators] == [None]
    evaluate_incremental("2022", seen_by=driver)
    assert [eyes.person for _edition, eyes in quick._evaluators] == [None, driver]


def test_a_few_items_cost_themselves_alone(people, today):
    _manager, driver = people
    quick._evaluators.clear()
    few = [*items_of("2022")[3:40:9], *items_of("draft")[::90]]
    everything = told(evaluate(seen_by=driver))
    wanted = {item.id: everything[item.id] for item in few}
    assert told(verdicts_on(few, driver)) == wanted
    bound = {check for item in few for check in item.checks}
    asked = {check for one in quick._evaluators.values() for check in one.outcomes}
    assert asked
    assert asked <= bound
    assert told(evaluate_incremental(seen_by=driver)) == everything
    assert told(verdicts_on(few, driver)) == wanted
    assert verdicts_on([], driver) == {}


def test_what_has_changed_since_a_few_items_were_asked_for_counts_when_all_are(people, today):
    one = Evaluator(ITEMS)
    few = [item for item in ITEMS if item.id == "2022:4.1-p1"]
    assert one.evaluate(today, few)["2022:4.1-p1"].value == "no-evidence"
    with act(None):
        Editor(1, today).write_issue()
    others = [item for item in ITEMS if item not in few]
    assert one.evaluate(today, others) == evaluate_items(others, today, None)
    assert one.evaluate(today) == evaluate_items(ITEMS, today, None)
    assert one.evaluate(today)["2022:4.1-p1"].value != "no-evidence"


def test_the_whole_catalogue_is_evaluated_the_same_both_ways(people):
    _manager, driver = people
    quick._evaluators.clear()
    for edition in ("2022", "draft", None):
        assert told(evaluate_incremental(edition)) == told(evaluate(edition))
        assert told(evaluate_incremental(edition, seen_by=driver)) == told(
            evaluate(edition, seen_by=driver)
        )
    assert list(evaluate("draft")) == [item.id for item in items_of("draft")]


# -- history ---------------------------------------------------------------------------------------


def test_a_change_of_verdict_is_noted_once(people, today):
    tell = quick.note_changes
    first, second = Evaluator(ITEMS, tell=tell), Evaluator(ITEMS, tell=tell)
    first.evaluate(today)
    second.evaluate(today)
    noted = VerdictChange.objects.filter(requirement="2022:4.1-p1")
    assert [change.verdict for change in noted] == ["no-evidence"]
    with act(None):
        Editor(1, today).write_issue()
        Record.objects.update(owner=None)
    first.evaluate(today)
    second.evaluate(today)
    assert [(change.verdict, change.reason) for change in noted.all()] == [
        ("nonconforming", "1 context issue has nobody who answers for it."),
        ("no-evidence", "There are no context issues."),
    ]
    assert not VerdictChange.objects.filter(requirement="2022:5.2.1-b").exists()


# -- as data ---------------------------------------------------------------------------------------


def test_the_statement_has_the_promised_shape(people, today):
    with act(None):
        unit = Unit.objects.get(parent=None)
        issue = ContextIssue.objects.create(
            title="Theft", unit=unit, origin="internal", review_due=today
        )
    verdicts = evaluate_items(ITEMS[:3] + ITEMS[-1:], today, None)
    named = {"kind": "context-issue", "number": issue.number, "title": "Theft"}
    nothing = {"kind": "", "number": "", "title": "", "why": "There are no actions."}
    assert statement("2022", today, verdicts.values()) == {
        "edition": "2022",
        "as_of": today.isoformat(),
        "summary": {
            "conforming": 1,
            "nonconforming": 2,
            "no-evidence": 0,
            "awaiting-attestation": 0,
            "not-applicable": 0,
            "not-assessed": 1,
        },
        "items": [
            {
                "id": "2022:4.1-p1",
                "modality": "shall",
                "verdict": "nonconforming",
                "reason": "1 context issue has nobody who answers for it.",
                "evidence": [named],
                "shortfalls": [named | {"why": "Has nobody who answers for it."}],
            },
            {
                "id": "2022:4.1-p2",
                "modality": "shall",
                "verdict": "conforming",
                "reason": "1 context issue is on record, and nothing about it falls short.",
                "evidence": [named],
                "shortfalls": [],
            },
            {
                "id": "2022:4.1-p3",
                "modality": "shall",
                "verdict": "nonconforming",
                "reason": "There are no actions.",
                "evidence": [named],
                "shortfalls": [nothing],
            },
            {
                "id": "2022:5.2.1-b",
                "modality": "shall",
                "verdict": "not-assessed",
                "reason": "No check is bound to this item yet, so the records cannot tell.",
                "evidence": [],
                "shortfalls": [],
            },
        ],
    }
    assert not meets_every_duty(verdicts.values())
    assert meets_every_duty([verdicts["2022:4.1-p2"]])


def test_the_catalogue_has_the_promised_shape():
    listed = catalogue(items_of(None))
    assert len(listed) == 474
    assert [item["edition"] for item in listed].count("draft") == 184
    assert {key: type(value) for key, value in listed[0].items()} == {
        "id": str, "edition": str, "clause": str, "modality": str, "title": str, "says": str,
        "checks": list, "attested": str, "maps_to": list,
    }  # fmt: skip
    assert catalogue([ITEMS[0]])[0]["checks"] == [
        "tests.conformity.test_evaluation.issues",
        "tests.conformity.test_evaluation.issues_without_owner",
    ]
