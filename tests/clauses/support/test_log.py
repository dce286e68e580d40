"""What was told and heard: with care (7.4), from the top (5.1), both ways (draft 4.4.3)."""

import pytest

from bartizan.clauses.support.checks.both_ways import MEDIA, MESSAGES, TWO_WAY
from bartizan.clauses.support.models import PartyClearance
from bartizan.ground.documents.models import CoveredDuty, Duty
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records.models import Status
from tests.cast import person

RELEASED = ["2022:7.4-5", "dis:4.4.3-p2"]

# -- sensitivity decided before release ------------------------------------------------------------


@pytest.mark.parametrize("item", RELEASED)
def test_without_anything_sent_there_is_no_evidence(item, desk, verdict):
    desk.communication(direction="inward", classified_by=None, classified_at=None)
    desk.communication(at=None)
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", RELEASED)
def test_what_was_classified_before_it_went_out_conforms(item, desk, verdict):
    desk.communication()
    desk.communication(classified_at=desk.noon(-10))
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", RELEASED)
@pytest.mark.parametrize("when", [None, -9])
def test_what_went_out_before_it_was_classified_falls_short(item, when, desk, owner, verdict):
    wrong = {"classified_by": when and owner, "classified_at": when and desk.noon(when)}
    short = desk.communication(**wrong)
    why = "Went out before anybody had decided how sensitive it is."
    assert verdict(item) == ("nonconforming", [(short.number, why)])


BY_OTHERS = "Was classified by somebody whose role does not decide that."


def test_the_plan_names_the_role_that_decides(desk, manager, owner, verdict):
    entry = desk.entry()
    assert entry.released_by_role == manager.assignments.get().role
    desk.communication(planned=entry, classified_by=manager)
    assert verdict("2022:7.4-5") == ("conforming", [])
    short = desk.communication(planned=entry, classified_by=owner)
    assert verdict("2022:7.4-5") == ("nonconforming", [(short.number, BY_OTHERS)])


def test_who_holds_the_role_only_now_could_not_decide_then(desk, manager, verdict):
    short = desk.communication(planned=desk.entry(), classified_by=manager)
    manager.assignments.update(since=desk.day(-5))
    assert verdict("2022:7.4-5") == ("nonconforming", [(short.number, BY_OTHERS)])


def test_without_a_plan_whoever_may_approve_decides(desk, auditor, verdict):
    short = desk.communication(classified_by=auditor)
    assert verdict("2022:7.4-5") == ("nonconforming", [(short.number, BY_OTHERS)])


# -- nobody learns more than they are cleared for --------------------------------------------------

TOO_MUCH = "Reached somebody who is not cleared for it."


def test_what_is_internal_may_reach_all_who_work_here(desk, north, stranger, verdict):
    contractor = person("contractor", north)
    contractor.engagement = "contractor"
    contractor.save()
    desk.communication(units=[north.parent], people=[stranger, contractor])
    assert verdict("2022:7.4-5") == ("conforming", [])


def test_what_is_internal_may_not_reach_a_visitor(desk, north, verdict):
    visitor = person("visitor", north)
    visitor.engagement = "visitor"
    visitor.save()
    short = desk.communication(people=[visitor])
    assert verdict("2022:7.4-5") == ("nonconforming", [(short.number, TOO_MUCH)])
    desk.communication(people=[visitor], sensitivity=Sensitivity.PUBLIC)
    assert [number for number, _ in verdict("2022:7.4-5")[1]] == [short.number]


@pytest.mark.parametrize("way", ["people", "units", "roles"])
def test_what_is_confidential_reaches_the_cleared_alone(way, desk, colleague, north, verdict):
    role = colleague.assignments.get().role
    reached = {"people": [colleague], "units": [north], "roles": [role]}
    sent = desk.communication(sensitivity=Sensitivity.CONFIDENTIAL, **{way: reached[way]})
    assert verdict("2022:7.4-5") == ("conforming", [])
    colleague.assignments.update(clearance=Sensitivity.INTERNAL)
    assert verdict("2022:7.4-5") == ("nonconforming", [(sent.number, TOO_MUCH)])


def test_who_had_left_before_was_not_reached(desk, colleague, north, verdict):
    desk.communication(sensitivity=Sensitivity.CONFIDENTIAL, units=[north])
    colleague.assignments.update(clearance=Sensitivity.INTERNAL)
    colleague.is_active, colleague.left_on = False, desk.day(-20)
    colleague.save()
    assert verdict("2022:7.4-5") == ("conforming", [])


def test_an_outside_party_needs_a_clearance_for_what_is_not_public(desk, verdict):
    party = desk.party()
    sent = desk.communication(parties=[party])
    why = "Reached an outside party that is not cleared for it."
    assert verdict("2022:7.4-5") == ("nonconforming", [(sent.number, why)])
    clearance = PartyClearance.objects.create(
        party=party, up_to=Sensitivity.INTERNAL, ground="Agreement of 4 May", since=desk.day(-90)
    )
    assert verdict("2022:7.4-5") == ("conforming", [])
    clearance.until = desk.day(-20)
    clearance.save()
    assert verdict("2022:7.4-5")[0] == "nonconforming"


# -- 5.1: why security matters, from the top -------------------------------------------------------

TOP = "2022:5.1-5"


@pytest.fixture
def every_year(declare):
    declare("leadership-message", 365)


@pytest.fixture
def message(desk, manager):
    def sent(**fields):
        return desk.communication(**({"purpose": "leadership", "author": manager} | fields))

    return sent


def test_without_a_message_or_an_interval_the_top_has_not_spoken(desk, whole, verdict, message):
    desk.communication(units=[whole])
    assert verdict(TOP) == ("no-evidence", [])
    message(units=[whole])
    assert verdict(TOP) == ("no-evidence", [])


@pytest.mark.parametrize("signs", [False, True])
def test_a_message_to_the_whole_reaches_every_part(
    signs, message, every_year, whole, north, south, owner, manager, verdict, confirm
):
    fields = {"author": owner, "signed_by": manager} if signs else {}
    sent = message(units=[whole], **fields)
    assert verdict(TOP) == ("awaiting-attestation", [])
    confirm(TOP, sent)
    assert verdict(TOP) == ("conforming", [])


def test_a_unit_that_was_missed_falls_short(message, every_year, whole, north, south, verdict):
    message(units=[north])
    south.in_scope = False
    south.save()
    why = "Got no message from top management within the declared interval."
    assert verdict(TOP) == ("nonconforming", [(whole.code, why)])


def test_a_message_too_long_ago_reached_nobody(desk, message, every_year, whole, verdict):
    message(units=[whole], at=desk.noon(-366), classified_at=desk.noon(-370))
    why = "Got no message from top management within the declared interval."
    assert verdict(TOP) == ("nonconforming", [(whole.code, why)])


def test_a_message_from_somebody_else_falls_short(message, every_year, whole, owner, verdict):
    message(units=[whole])
    short = message(units=[whole], author=owner)
    why = "Was neither written nor signed by somebody of top management."
    assert verdict(TOP) == ("nonconforming", [(short.number, why)])


def test_who_has_left_top_management_still_spoke_for_it_then(
    desk, message, every_year, whole, manager, verdict
):
    message(units=[whole])
    manager.assignments.update(until=desk.day(-5))
    assert verdict(TOP) == ("awaiting-attestation", [])


# -- 4.2.3.5: what others think is weighed ---------------------------------------------------------

WEIGHED = "2022:4.2.3.5-p2"


@pytest.fixture
def view(desk, owner):
    def received(**fields):
        given = {
            "purpose": "consultation",
            "direction": "inward",
            "disposition": "declined",
            "disposition_reason": "The gate is needed at night.",
            "disposition_by": owner,
            "answer_due": desk.day(-2),
        }
        return desk.communication("Close the gate at night", **(given | fields))

    return received


OPEN = {"disposition": "", "disposition_reason": "", "disposition_by": None}


def test_without_a_view_received_there_is_no_evidence(desk, view, verdict):
    view(purpose="message")
    view(direction="outward")
    assert verdict(WEIGHED) == ("no-evidence", [])


def test_views_taken_up_or_declined_conform_once_somebody_confirms(view, desk, verdict, confirm):
    first = view()
    view(**OPEN, answer_due=None) and view(disposition="taken-up")
    assert verdict(WEIGHED)[0] == "nonconforming"
    for undated in type(first).objects.filter(answer_due=None):
        undated.answer_due = desk.day(0)
        undated.save()
    assert verdict(WEIGHED) == ("awaiting-attestation", [])
    confirm(WEIGHED, first)
    assert verdict(WEIGHED) == ("conforming", [])


@pytest.mark.parametrize("due", [-1, None])
def test_a_view_nobody_weighed_in_time_falls_short(due, view, desk, verdict):
    view()
    short = view(**OPEN) if due else view(**(OPEN | {"answer_due": None}))
    why = "Was neither taken up nor declined by the day it was due."
    assert verdict(WEIGHED) == ("nonconforming", [(short.number, why)])


# -- draft 4.4.3: both ways, all groups ------------------------------------------------------------

BOTH_WAYS = "dis:4.4.3-p1"


@pytest.fixture
def talk(desk, declare):
    """A procedure for all six, and something told and heard in each group."""
    declare("two-way-communication", 180)
    desk.procedure(*TWO_WAY)
    entry = desk.entry(with_contractors=True)
    party = desk.party()
    return [
        desk.communication(direction=way, planned=planned, parties=parties)
        for way in ("outward", "inward")
        for planned, parties in ((entry, []), (None, [party]))
    ]


def test_without_a_procedure_or_an_interval_there_is_no_evidence(desk, verdict):
    desk.communication()
    assert verdict(BOTH_WAYS) == ("no-evidence", [])
    desk.procedure(*TWO_WAY)
    assert verdict(BOTH_WAYS) == ("no-evidence", [])


def test_all_groups_told_and_heard_conform(talk, verdict):
    assert verdict(BOTH_WAYS) == ("conforming", [])


def test_people_reached_by_name_count_for_their_group(talk, desk, north, stranger, verdict):
    contractor = person("contractor", north)
    contractor.engagement = "contractor"
    contractor.save()
    talk[0].planned = None
    talk[0].save()
    talk[0].people.set([contractor, stranger])
    assert verdict(BOTH_WAYS) == ("conforming", [])


@pytest.mark.parametrize("duty", TWO_WAY)
def test_a_direction_or_group_the_procedure_leaves_out_is_missing(duty, talk, desk, verdict):
    CoveredDuty.objects.filter(duty=duty).delete()
    why = f"There are no current procedures on “{duty.label}”."
    assert verdict(BOTH_WAYS) == ("nonconforming", [("", why)])


@pytest.mark.parametrize(
    "silent, missing",
    [
        (0, [Duty.TO_EMPLOYEES, Duty.TO_CONTRACTORS]),
        (1, [Duty.TO_PARTIES]),
        (2, [Duty.FROM_EMPLOYEES, Duty.FROM_CONTRACTORS]),
        (3, [Duty.FROM_PARTIES]),
    ],
)
def test_a_group_not_told_or_heard_of_late_is_missing(silent, missing, talk, desk, verdict):
    talk[silent].at = desk.noon(-181)
    talk[silent].save()
    short = [
        ("", f"There are no communications within the declared interval on “{duty.label}”.")
        for duty in missing
    ]
    assert verdict(BOTH_WAYS) == ("nonconforming", short)


# -- 8.6.3: procedures for messages and for the media ----------------------------------------------


@pytest.mark.parametrize("item, duties", [("2022:8.6.3-a", MESSAGES), ("2022:8.6.3-e", MEDIA)])
def test_procedures_conform_when_they_settle_all_of_it_and_somebody_read_them(
    item, duties, desk, verdict, confirm
):
    assert verdict(item) == ("no-evidence", [])
    procedure = desk.procedure(*duties)
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, procedure)
    assert verdict(item) == ("conforming", [])
    procedure.covers.filter(duty=duties[-1]).delete()
    why = f"There are no current procedures on “{duties[-1].label}”."
    assert verdict(item) == ("nonconforming", [("", why)])
    procedure.versions.get().approvals.all().delete()
    assert verdict(item) == ("no-evidence", [])


def test_a_message_procedure_past_its_review_falls_short(desk, verdict):
    late = desk.procedure(*MESSAGES, review_due=desk.day(-1))
    why = "Is past its review."
    assert verdict("2022:8.6.3-a") == ("nonconforming", [(late.number, why)])


def test_a_retired_procedure_settles_nothing(desk, verdict):
    desk.procedure(*MEDIA, status=Status.RETIRED, retired_on=desk.today)
    assert verdict("2022:8.6.3-e") == ("no-evidence", [])
