"""Processes against 4.4, 5.1, 6.1.1, 8.1 and 8.2: nothing there, falling short, conforming."""

from datetime import timedelta

import pytest

from bartizan.chain.checks.processes import deliverers
from bartizan.chain.models import DeliveredClause, Process
from bartizan.clauses.context.models import Obligation
from bartizan.conformity.requirements import CLAUSES
from bartizan.ground.records.life import approve, retire
from bartizan.ground.records.models import Action, Relation, Status

DAY = timedelta(days=1)


@pytest.fixture
def pair(process, link):
    """Two processes, one of which hands on to the other."""
    sealing, transit = process(), process("Night transit")
    link(sealing, transit, Relation.FEEDS)
    return sealing, transit


def change(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


# -- 4.4 -------------------------------------------------------------------------------------------


def test_without_processes_nobody_can_tell_whether_the_needed_ones_are_there(verdict):
    assert verdict("2022:4.4-p2") == ("no-evidence", "There are no processes in scope.")


def test_processes_tied_together_await_and_then_have_somebodys_word(verdict, pair, confirm):
    assert verdict("2022:4.4-p2")[0] == "awaiting-attestation"
    confirm("2022:4.4-p2", *pair)
    assert verdict("2022:4.4-p2")[0] == "conforming"


@pytest.mark.parametrize(
    "broken,reason",
    [
        ({"owner": None}, "1 of 2 processes in scope has nobody who answers for it."),
        (
            {"inputs": ""},
            "1 of 2 processes in scope does not say what it needs.",
        ),
        (
            {"outputs": ""},
            "1 of 2 processes in scope does not say what it hands on.",
        ),
    ],
)
def test_a_process_that_says_too_little_falls_short(verdict, pair, confirm, broken, reason):
    confirm("2022:4.4-p2", *pair)
    change(pair[0], **broken)
    assert verdict("2022:4.4-p2") == ("nonconforming", reason)


def test_a_process_tied_to_no_other_falls_short(verdict, pair, process):
    process("Key handling")
    assert verdict("2022:4.4-p2") == (
        "nonconforming",
        "1 of 3 processes in scope has no link to another process in force.",
    )


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETIRED])
def test_a_link_that_leads_to_a_process_out_of_force_falls_short(
    verdict, pair, process, link, today, status
):
    gone = process("Yard patrol")
    link(pair[0], gone, Relation.FEEDS)
    gone.status, gone.retired_on = status, today
    gone.save()
    assert verdict("2022:4.4-p2") == (
        "nonconforming",
        "1 of 2 processes in scope is linked to a process that is not in force.",
    )


def test_what_is_out_of_scope_is_asked_nothing(verdict, pair, process):
    process("Canteen", is_in_scope=False, owner=None, plan="", inputs="", trigger="")
    assert verdict("2022:4.4-p2")[0] == "awaiting-attestation"
    assert verdict("2022:8.1-p1")[0] == "awaiting-attestation"


# -- 8.1: planned, with criteria -------------------------------------------------------------------


def test_without_processes_nothing_is_planned(verdict):
    assert verdict("2022:8.1-p1") == ("no-evidence", "There are no processes in scope.")


def test_processes_that_run_as_planned_conform_on_somebodys_word(
    verdict, process, ran, today, confirm
):
    weekly = process(trigger="", cadence_days=7, started_on=today - 30 * DAY)
    ran(weekly, today - 7 * DAY)
    assert verdict("2022:8.1-p1")[0] == "awaiting-attestation"
    confirm("2022:8.1-p1", weekly)
    assert verdict("2022:8.1-p1")[0] == "conforming"


@pytest.mark.parametrize(
    "broken,reason",
    [
        ({"owner": None}, "1 process has nobody who answers for it."),
        ({"plan": ""}, "1 process does not say how it is done."),
        ({"trigger": ""}, "1 process says neither how often it runs nor what starts it."),
    ],
)
def test_a_process_without_plan_owner_or_start_falls_short(
    verdict, process, confirm, broken, reason
):
    sealing = process()
    confirm("2022:8.1-p1", sealing)
    change(sealing, **broken)
    assert verdict("2022:8.1-p1") == ("nonconforming", reason)


LATE = "1 process was due to run again and has not."


@pytest.mark.parametrize(
    "last,started,expected",
    [
        (7, 90, "awaiting-attestation"),
        (8, 90, "nonconforming"),
        (None, 7, "awaiting-attestation"),
        (None, 8, "nonconforming"),
        (None, None, "nonconforming"),
    ],
)
def test_a_weekly_process_is_late_from_the_eighth_day(
    verdict, process, ran, today, last, started, expected
):
    since = today - started * DAY if started else None
    weekly = process(trigger="", cadence_days=7, started_on=since)
    if last:
        ran(weekly, today - last * DAY)
    value, reason = verdict("2022:8.1-p1")
    assert (value, LATE in reason) == (expected, expected == "nonconforming")


def test_a_retired_run_keeps_no_process_on_time(verdict, process, ran, today):
    weekly = process(trigger="", cadence_days=7, started_on=today - 90 * DAY)
    retire(ran(weekly), "Entered for the wrong process.")
    assert verdict("2022:8.1-p1") == ("nonconforming", LATE)


def test_the_next_run_is_one_interval_after_the_last(process, ran, today):
    weekly = process(cadence_days=7, started_on=today - 90 * DAY)
    assert weekly.next_run == today - 83 * DAY
    ran(weekly, today - 2 * DAY)
    ran(weekly, today - 9 * DAY)
    assert weekly.next_run == today + 5 * DAY
    assert process("Alarm").next_run is None
    assert process("Survey", cadence_days=30).next_run is None


def test_a_planned_run_that_did_not_take_place_is_late_until_a_later_one_does(
    verdict, process, ran, today
):
    sealing = process()
    ran(sealing, None, planned_on=today - DAY)
    assert verdict("2022:8.1-p1") == (
        "nonconforming",
        "1 process run was planned for a day that has passed, and neither it nor a later one took"
        " place.",
    )
    ran(sealing)
    assert verdict("2022:8.1-p1")[0] == "awaiting-attestation"


def test_a_run_planned_for_today_is_not_late(verdict, process, ran, today):
    ran(process(), None, planned_on=today)
    assert verdict("2022:8.1-p1")[0] == "awaiting-attestation"


def test_an_action_tied_to_no_process_falls_short(verdict, process, action):
    process()
    action()
    assert verdict("2022:8.1-p1") == ("nonconforming", "1 action is tied to no process.")


def test_a_correction_after_a_run_is_no_planned_action(verdict, process, ran, action):
    action(source=ran(process()))
    assert verdict("2022:8.1-p1")[0] == "awaiting-attestation"


def test_without_criteria_there_is_nothing_to_judge_runs_by(verdict, process):
    process()
    assert verdict("2022:8.1-1") == ("no-evidence", "There are no criteria of processes in scope.")


@pytest.mark.parametrize(
    "decisive", [{"rule": "As on the papers."}, {"lower_limit": 2}, {"upper_limit": 8}]
)
def test_a_rule_or_a_limit_makes_a_criterion(verdict, process, criterion, decisive):
    criterion(process(), **{"rule": ""} | decisive)
    assert verdict("2022:8.1-1")[0] == "conforming"


def test_a_process_whose_only_criterion_decides_nothing_falls_short(verdict, process, criterion):
    criterion(process(), rule="")
    assert verdict("2022:8.1-1") == (
        "nonconforming",
        "1 process has no criterion with a pass rule or a limit.",
    )


def test_a_retired_criterion_no_longer_counts(verdict, process, criterion):
    criterion(process())
    retire(criterion(process("Night transit")), "Measured otherwise now.")
    assert verdict("2022:8.1-1") == (
        "nonconforming",
        "1 process has no criterion with a pass rule or a limit.",
    )


# -- 5.1: in ordinary business ---------------------------------------------------------------------


@pytest.fixture
def law(make) -> Obligation:
    return make(
        Obligation,
        title="Fictional Seals Act, section 4",
        nature="law",
    )


def test_without_core_processes_nobody_can_tell(verdict, process):
    process()
    assert verdict("2022:5.1-3") == (
        "no-evidence",
        "There are no core business processes in scope.",
    )


BARE = "1 process carries no security requirement and no control, and gives no reason."


def test_a_core_process_that_carries_nothing_falls_short(verdict, process, place, link):
    carriage = process(is_core=True)
    link(carriage, place())
    link(carriage, process("Night transit"))
    assert verdict("2022:5.1-3") == ("nonconforming", BARE)


def test_a_core_process_that_serves_an_obligation_conforms_on_somebodys_word(
    verdict, process, law, link, confirm
):
    carriage = process(is_core=True)
    link(carriage, law)
    assert verdict("2022:5.1-3")[0] == "awaiting-attestation"
    confirm("2022:5.1-3", carriage)
    assert verdict("2022:5.1-3")[0] == "conforming"
    retire(law, "Repealed.")
    assert verdict("2022:5.1-3") == ("nonconforming", BARE)


def test_a_core_process_that_delivers_a_clause_carries_a_requirement(verdict, process):
    process(is_core=True).delivered_clauses.create(clause="8.4")
    assert verdict("2022:5.1-3")[0] == "awaiting-attestation"


def test_a_reason_counts_once_the_owner_approves_it(verdict, process, owner, manager):
    carriage = process(is_core=True, no_requirement_reason="Invoices alone, no goods.")
    unapproved = (
        "nonconforming",
        "1 process gives a reason why no requirement applies that its owner has not approved.",
    )
    assert verdict("2022:5.1-3") == unapproved
    approve(carriage, manager)
    assert verdict("2022:5.1-3") == unapproved
    change(carriage, outputs="Invoices.")
    approve(carriage, owner)
    assert verdict("2022:5.1-3")[0] == "awaiting-attestation"


# -- 6.1.1: actions become part of processes -------------------------------------------------------


@pytest.fixture
def action(make, today):
    def made(**fields) -> Action:
        given = {"title": "Number the seals", "description": "In series.", "due": today}
        if fields.get("done_on"):
            given["outcome"] = "Numbered."
        return make(Action, **given | fields)

    return made


def test_without_an_action_that_names_a_process_there_is_no_evidence(verdict, action):
    action()
    assert verdict("2022:6.1.1-b.1") == (
        "no-evidence",
        "There are no planned actions tied to a process.",
    )


def test_an_action_beside_the_processes_falls_short(verdict, process, action, link):
    link(action(), process(), Relation.CONCERNS)
    assert verdict("2022:6.1.1-b.1")[0] == "conforming"
    action(title="Buy a dog")
    assert verdict("2022:6.1.1-b.1") == ("nonconforming", "1 action is tied to no process.")


def test_a_done_action_shows_in_its_process_or_says_why_not(verdict, process, action, link, today):
    sealing = process(revised_on=today - 9 * DAY)
    tie = link(action(done_on=today - 8 * DAY), sealing, Relation.CONCERNS)
    assert verdict("2022:6.1.1-b.1") == (
        "nonconforming",
        "1 action is done, yet its process is as before, and the link between them says no reason.",
    )
    tie.note = "The guards' contract changed, the process did not."
    tie.save()
    assert verdict("2022:6.1.1-b.1")[0] == "conforming"
    tie.note = ""
    tie.save()
    change(sealing, revised_on=today - 8 * DAY)
    assert verdict("2022:6.1.1-b.1")[0] == "conforming"


# -- 8.2 d: every clause has somebody who delivers it ----------------------------------------------


def test_without_a_process_tagged_as_delivering_the_system_there_is_no_evidence(verdict, process):
    process()
    assert verdict("2022:8.2-d") == (
        "no-evidence",
        "There are no processes that deliver the system.",
    )


def test_every_clause_delivered_conforms_on_somebodys_word(verdict, process, confirm):
    review = process("Running the system", delivers_system=True)
    for clause in DeliveredClause.Clause.values:
        review.delivered_clauses.create(clause=clause)
    assert verdict("2022:8.2-d")[0] == "awaiting-attestation"
    confirm("2022:8.2-d", review)
    assert verdict("2022:8.2-d")[0] == "conforming"
    review.delivered_clauses.get(clause="9.2").delete()
    assert verdict("2022:8.2-d") == (
        "nonconforming",
        "There are no processes with an owner that deliver clause 9.2.",
    )


def test_a_clause_delivered_by_a_process_without_owner_is_delivered_by_nobody(process):
    audit = process("Audit round", delivers_system=True)
    audit.delivered_clauses.create(clause="9.2")
    assert list(deliverers("9.2")()) == [audit]
    change(audit, owner=None)
    assert not deliverers("9.2")().exists()


def test_every_clause_of_the_standard_can_be_delivered():
    clauses = [id.removeprefix("2022:") for id in CLAUSES if id.startswith("2022:")]
    assert DeliveredClause.Clause.values == [c for c in clauses if c.count(".") == 1]


# -- what can be asked -----------------------------------------------------------------------------


def test_external_processes_are_those_that_say_so(process):
    process()
    process("Cleaning", performer="internal")
    guarding = process("Guarding", performer="external")
    assert list(Process.objects.external()) == [guarding]
