"""7.4: on what, when, with whom and how the organization communicates."""

import pytest

from bartizan.ground.records.models import Status


@pytest.fixture
def plan(desk):
    """One entry for inside and one for outside."""
    inside = desk.entry()
    outside = desk.entry("Talk with the police", side="external", parties=[desk.party()])
    return inside, outside


EACH = ["2022:7.4-p1", "2022:7.4-1", "2022:7.4-2", "2022:7.4-3", "2022:7.4-4"]


@pytest.mark.parametrize("item", EACH)
def test_without_a_plan_there_is_no_evidence(item, desk, declare, verdict):
    declare("channel-test", 180)
    desk.entry("Nothing to tell", is_needed=False)
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", EACH)
def test_a_plan_in_which_nothing_is_missing_conforms(item, plan, declare, verdict):
    declare("channel-test", 180)
    assert verdict(item) == ("conforming", [])


# -- an approved plan for inside and outside -------------------------------------------------------


@pytest.mark.parametrize("side, word", [("internal", "outside"), ("external", "inside")])
def test_a_plan_for_one_side_alone_falls_short(side, word, desk, verdict):
    desk.entry(side=side)
    why = f"There are no approved entries for {word}."
    assert verdict("2022:7.4-p1") == ("nonconforming", [("", why)])


def test_an_entry_edited_after_its_approval_falls_short(desk, plan, verdict):
    third = desk.entry("Third")
    third.subject = "Something else."
    third.save()
    assert verdict("2022:7.4-p1") == (
        "nonconforming",
        [(third.number, "Was not approved as it stands.")],
    )


@pytest.mark.parametrize("due", [-1, None])
def test_an_entry_past_its_review_falls_short(due, desk, plan, verdict):
    late = desk.entry("Late", review_due=due and desk.day(due))
    why = "Is past its review." if due else "Was never given a review day."
    assert verdict("2022:7.4-p1") == ("nonconforming", [(late.number, why)])


def test_retired_entries_and_drafts_are_no_plan(desk, verdict):
    desk.entry(status=Status.DRAFT)
    desk.entry("Old", status=Status.RETIRED, retired_on=desk.today)
    assert verdict("2022:7.4-p1") == ("no-evidence", [])


def test_an_entry_without_subject_falls_short(desk, plan, verdict):
    short = desk.entry("Blank", subject="")
    assert verdict("2022:7.4-1") == (
        "nonconforming",
        [(short.number, "Does not say what it is about.")],
    )


# -- when ------------------------------------------------------------------------------------------


def test_an_entry_that_is_never_due_falls_short(desk, plan, verdict):
    short = desk.entry("Some time", trigger="")
    why = "Has no day, no cadence and nothing that triggers it."
    assert verdict("2022:7.4-2") == ("nonconforming", [(short.number, why)])


OVERDUE = "Was due, and no communication is on record."


@pytest.mark.parametrize(
    "said, value",
    [
        ([], "nonconforming"),
        ([-31], "nonconforming"),
        ([-90, -30], "conforming"),
        ([-1], "conforming"),
        ([1], "nonconforming"),
    ],
)
def test_a_cadence_is_kept_when_the_last_one_is_recent_enough(said, value, desk, verdict):
    entry = desk.entry(trigger="", cadence_days=30, starts_on=desk.day(-100))
    for days in said:
        desk.communication(planned=entry, at=desk.noon(days))
    short = [(entry.number, OVERDUE)] if value == "nonconforming" else []
    assert verdict("2022:7.4-2") == (value, short)


def test_a_new_entry_has_its_first_interval_before_it(desk, verdict):
    desk.entry(trigger="", cadence_days=30, starts_on=desk.day(-30))
    assert verdict("2022:7.4-2") == ("conforming", [])


@pytest.mark.parametrize("day, value", [(-1, "nonconforming"), (0, "conforming")])
def test_something_planned_for_a_day_is_missing_once_it_is_over(day, value, desk, verdict):
    entry = desk.entry(trigger="", planned_on=desk.day(day))
    assert verdict("2022:7.4-2")[0] == value
    desk.communication(planned=entry, at=desk.noon(day - 2))
    assert verdict("2022:7.4-2") == ("conforming", [])


def test_what_was_triggered_is_missing_until_something_is_said_about_it(desk, verdict):
    entry = desk.entry(triggered_on=desk.day(-5))
    desk.communication(planned=entry, at=desk.noon(-6))
    assert verdict("2022:7.4-2") == ("nonconforming", [(entry.number, OVERDUE)])
    desk.communication(planned=entry, at=desk.noon(-5))
    assert verdict("2022:7.4-2") == ("conforming", [])


def test_a_retired_communication_proves_nothing(desk, verdict):
    entry = desk.entry(planned_on=desk.day(-5))
    desk.communication(planned=entry, status=Status.RETIRED, retired_on=desk.today)
    assert verdict("2022:7.4-2") == ("nonconforming", [(entry.number, OVERDUE)])


# -- with whom -------------------------------------------------------------------------------------


def test_an_entry_that_reaches_nobody_falls_short(desk, plan, owner, north, verdict):
    gone = desk.party("Gone", status=Status.RETIRED, retired_on=desk.today)
    role = owner.assignments.get().role
    short = desk.entry("Into the air", with_employees=False, parties=[gone])
    why = "Reaches no interested party, role, unit or group that is still there."
    assert verdict("2022:7.4-3") == ("nonconforming", [(short.number, why)])
    short.roles.add(role)
    assert verdict("2022:7.4-3") == ("conforming", [])
    role.is_retired = True
    role.save()
    assert verdict("2022:7.4-3")[0] == "nonconforming"
    short.units.add(north)
    assert verdict("2022:7.4-3") == ("conforming", [])


def test_a_party_nobody_planned_to_talk_with_falls_short(desk, plan, verdict):
    left_out = desk.party("Example Insurance")
    desk.party("Irrelevant", is_relevant=False)
    why = "Is in no entry of the plan, and none says that it needs none."
    assert verdict("2022:7.4-3") == ("nonconforming", [(left_out.number, why)])
    desk.entry("No need", is_needed=False, with_employees=False, parties=[left_out])
    assert verdict("2022:7.4-3") == ("conforming", [])


def test_an_unapproved_entry_covers_no_party(desk, plan, verdict):
    left_out = desk.party("Example Insurance")
    desk.entry("Planned", approved=False, parties=[left_out])
    assert [number for number, _ in verdict("2022:7.4-3")[1]] == [left_out.number]


# -- how -------------------------------------------------------------------------------------------


def test_without_a_declared_interval_no_channel_is_known_to_work(plan, verdict):
    assert verdict("2022:7.4-4") == ("no-evidence", [])


def test_an_entry_without_channel_falls_short(desk, plan, declare, verdict):
    declare("channel-test", 180)
    short = desk.entry("By whatever means", channel=None)
    assert verdict("2022:7.4-4") == ("nonconforming", [(short.number, "Names no channel.")])


@pytest.mark.parametrize(
    "wrong", [{"tested_on": None}, {"tested_on": -181}, {"test_passed": False}]
)
def test_an_entry_by_an_untested_channel_falls_short(wrong, desk, plan, declare, verdict):
    declare("channel-test", 180)
    if wrong.get("tested_on"):
        wrong = {"tested_on": desk.day(wrong["tested_on"])}
    short = desk.entry("By radio", channel=desk.channel(name="Radio", **wrong))
    why = "Goes by a channel that passed no test within the declared interval."
    assert verdict("2022:7.4-4") == ("nonconforming", [(short.number, why)])


def test_a_channel_tested_just_in_time_conforms(desk, plan, declare, verdict):
    declare("channel-test", 180)
    desk.entry("By radio", channel=desk.channel(name="Radio", tested_on=desk.day(-180)))
    assert verdict("2022:7.4-4") == ("conforming", [])
