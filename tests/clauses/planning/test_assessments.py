"""Looking for risks: ahead of events, in time, taking in every source (6.1.2; draft, 4.3.1)."""

import pytest
from django.core.exceptions import ValidationError

from bartizan.chain.models import Process
from bartizan.clauses.planning.models import (
    AssessorView,
    Consultation,
    NothingFound,
    Origin,
    RiskAssessment,
)
from bartizan.ground.documents.models import CoveredDuty, Duty
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records.life import retire
from tests.clauses.planning.conftest import RATED

OLD = "Is older than the method allows, and no newer one covers the whole system."


@pytest.mark.parametrize(
    "made, day",
    [
        ("assessment", "done_on"),
        ("source", "last_asked"),
        ("threat", "known_on"),
        ("weakness", "known_on"),
        ("risk", "rated_on"),
    ],
)
def test_nothing_was_done_or_known_on_a_day_to_come(rating, made, day):
    make = getattr(rating, made)
    make(**{day: rating.day(0)})
    with pytest.raises(ValidationError, match="This day has not come yet"):
        make(**{day: rating.day(1)})


# -- 6.1.2: done, in time, ahead of events -------------------------------------------------------


def test_without_a_finished_assessment_there_is_no_evidence(rating, verdict):
    rating.assessment(done_on=None)
    rating.assessment(approved=False)
    rating.assessment(status="retired", retired_on=rating.day(-1))
    assert verdict("2022:6.1.2-p1") == ("no-evidence", [])


def test_an_assessment_of_one_site_after_an_event_is_not_enough(rating, verdict):
    rating.assessment(is_overall=False, occasion="event")
    assert verdict("2022:6.1.2-p1") == (
        "nonconforming",
        [
            ("", "There are no latest assessments of the whole system."),
            (
                "",
                "There are no assessments within the interval that were started by schedule or"
                " ahead of a change.",
            ),
        ],
    )


def test_an_overdue_assessment_falls_short_until_there_is_a_newer_one(rating, verdict, confirm):
    old = rating.assessment(started_on=rating.day(-400), done_on=rating.day(-366))
    ahead = rating.assessment(is_overall=False, occasion="change")
    assert verdict("2022:6.1.2-p1") == ("nonconforming", [(old.number, OLD)])
    rating.assessment(done_on=rating.day(-365), started_on=rating.day(-400))
    confirm("2022:6.1.2-p1", ahead)
    assert verdict("2022:6.1.2-p1") == ("conforming", [])


def test_finding_risks_has_a_procedure(rating, good, verdict, confirm):
    item = "dis:4.3.1-p1"
    made = rating.assessment()
    assert verdict(item) == ("no-evidence", [])
    procedure = good.procedure()
    good.approve(good.version(procedure))
    CoveredDuty.objects.create(document=procedure, duty=Duty.RISK_FINDING)
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, procedure)
    assert verdict(item) == ("conforming", [])
    RiskAssessment.objects.update(started_on=good.day(-900), done_on=good.day(-800))
    assert verdict(item) == ("nonconforming", [(made.number, OLD)])


# -- every source taken in -----------------------------------------------------------------------

# item, whether a person confirms it, and for each reason the sources any of which answers it
TAKEN_IN = {
    "2022:6.1.2-a": (True, [["physical"], ["functional"], ["damage", "crime", "terror"]]),
    "2022:6.1.2-b": (True, [["nature"], ["people"], ["culture"], ["beyond"]]),
    "2022:6.1.2-d": (True, [["information"], ["data"], ["communication"], ["knowledge"]]),
    "dis:4.3.1-A.a": (
        True,
        [["physical", "functional"], ["accident"], ["damage"], ["terror"], ["crime"]],
    ),
    "dis:4.3.1-A.e": (False, [["law"], ["reputation"]]),
    "dis:4.3.1-A.g": (True, [["information"], ["data"], ["communication"]]),
}
each_item = pytest.mark.parametrize("item", TAKEN_IN)


def left_out(sources: list[str]) -> str:
    words = "” or “".join(str(Origin(one).label) for one in sources)
    return f"Takes in no “{words}”, and does not say why there is none."


@each_item
def test_an_assessment_that_names_no_source_is_no_evidence(rating, verdict, item):
    made = rating.assessment()
    rating.nothing(rating.assessment(is_overall=False), "crime")
    assert verdict(item) == ("no-evidence", [])
    assert made.nothing_found.count() == 0


@each_item
def test_each_source_that_is_left_out_is_named(rating, verdict, item):
    made = rating.assessment()
    rating.nothing(made, "standstill")
    rating.risk(assessment=made, origin="crime", likelihood=None)
    wanted = [left_out(sources) for sources in TAKEN_IN[item][1]]
    assert verdict(item) == ("nonconforming", [(made.number, why) for why in wanted])


@each_item
def test_risks_and_reasons_together_answer_every_source(verdict, confirm, item, whole_assessment):
    if TAKEN_IN[item][0]:
        assert verdict(item) == ("awaiting-attestation", [])
        confirm(item, whole_assessment)
    assert verdict(item) == ("conforming", [])


def test_a_newer_assessment_has_to_take_in_everything_again(rating, verdict, whole_assessment):
    newer = rating.assessment(done_on=rating.day(-1))
    rating.nothing(newer, "law")
    assert verdict("dis:4.3.1-A.e") == (
        "nonconforming",
        [(newer.number, left_out(["reputation"]))],
    )


# -- security equipment over its life ------------------------------------------------------------


@pytest.mark.parametrize("item", ["2022:6.1.2-c", "dis:4.3.1-A.f"])
def test_equipment_is_looked_at_over_its_whole_life(rating, verdict, confirm, item):
    made, cameras = rating.assessment(), rating.equipment()
    rating.equipment(out_of_service_on=rating.day(-1))
    assert verdict(item) == ("no-evidence", [])
    rating.risk(assessment=made, origin="upkeep", equipment=cameras)
    for stage in ("design", "fitting"):
        rating.nothing(made, stage, equipment=cameras)
    short = "Was not looked at in each stage: design, fitting, upkeep, replacement."
    assert verdict(item) == ("nonconforming", [(cameras.number, short)])
    rating.nothing(made, "replacement", equipment=cameras)
    confirm(item, made)
    assert verdict(item) == ("conforming", [])


# -- draft: operations, sites, supplies, standstill ----------------------------------------------

UNTOUCHED = "Has no risk with a level, and no reason why there is none."


def test_every_operation_is_looked_at_also_for_people(rating, good, verdict, confirm):
    item = "dis:4.3.1-A.b"
    made, process = rating.assessment(), good.process()
    assert verdict(item) == ("no-evidence", [])
    other = good.process(title="Gate")
    rating.risk(assessment=made, process=process, origin="control")
    assert verdict(item) == (
        "nonconforming",
        [
            (other.number, UNTOUCHED),
            (other.number, "Was not looked at for human factors."),
            (process.number, "Was not looked at for human factors."),
        ],
    )
    rating.nothing(made, "people", process=process)
    rating.risk(assessment=made, process=other, origin="people")
    confirm(item, made)
    assert verdict(item) == ("conforming", [])


def test_every_site_of_ours_is_looked_at_for_natural_events(rating, good, verdict, confirm):
    item = "dis:4.3.1-A.c"
    made, cameras = rating.assessment(), rating.equipment()
    north, south = good.place(title="North"), good.place(title="South")
    good.place(title="Port", under_own_control=False)
    assert verdict(item) == ("no-evidence", [])
    storm = rating.risk(assessment=made, origin="nature", place=north)
    short = (
        "Has no natural event that names the equipment affected, and no reason why there is none."
    )
    assert verdict(item) == ("nonconforming", [(south.number, short), (north.number, short)])
    storm.equipment = cameras
    storm.save()
    rating.nothing(made, "nature", place=south)
    confirm(item, made)
    assert verdict(item) == ("conforming", [])


def test_every_critical_supply_from_outside_is_looked_at(rating, good, verdict, confirm):
    item = "dis:4.3.1-A.d"
    made = rating.assessment()
    good.partner(security_level="basic")
    good.partner(relationship="customer", security_level="high")
    assert verdict(item) == ("no-evidence", [])
    haulier = good.partner(security_level="high")
    guards = good.partner(title="Guards", position="beside", relationship="service")
    good.place().dependencies.create(on_partner=guards)
    assert verdict(item) == (
        "nonconforming",
        [(guards.number, UNTOUCHED), (haulier.number, UNTOUCHED)],
    )
    rating.risk(assessment=made, partner=haulier)
    rating.nothing(made, "beyond", partner=guards)
    confirm(item, made)
    assert verdict(item) == ("conforming", [])


def test_every_core_process_is_looked_at_for_what_could_halt_it(rating, good, verdict):
    item = "dis:4.3.1-A.h"
    made = rating.assessment()
    haul, load = good.process(is_core=True), good.process(title="Loading", is_core=True)
    good.process(title="Cleaning")
    assert verdict(item) == ("no-evidence", [])
    rating.risk(assessment=made, process=haul, origin="standstill")
    assert verdict(item) == (
        "nonconforming",
        [(load.number, "Was not looked at for what could halt it.")],
    )
    rating.nothing(made, "standstill", process=load)
    assert verdict(item) == ("conforming", [])
    assert Process.objects.in_scope().count() == 3


# -- parties asked in time -----------------------------------------------------------------------


def test_parties_are_asked_before_an_assessment_is_approved(rating, good, verdict, confirm):
    item = "2022:4.2.3.5-p1"
    made = rating.assessment()
    assert verdict(item) == ("no-evidence", [])
    asked = Consultation.objects.create(
        assessment=made, party=good.party(), consulted_on=good.day(-20)
    )
    other = rating.assessment(is_overall=False)
    nobody = "Lists no interested party that was asked."
    assert verdict(item) == ("nonconforming", [(other.number, nobody)])
    retire(other, "Never needed.")
    confirm(item, made)
    assert verdict(item) == ("conforming", [])
    Consultation.objects.update(consulted_on=good.day(-19))
    assert verdict(item)[0] == "nonconforming"
    assert [why for _row, why in verdict(item)[1]] == [
        "Was asked after the assessment was approved."
    ]
    assert asked.assessment == made


# -- single views --------------------------------------------------------------------------------


def test_views_that_differ_are_heard_and_reconciled(rating, owner, manager, verdict):
    item = "2022:4.2.3.8-p3"
    made = rating.assessment()
    made.team.set([owner, manager])
    risk = rating.risk(assessment=made)
    assert verdict(item) == ("no-evidence", [])

    def sees(person, **view) -> None:
        AssessorView.objects.create(assessment=made, risk=risk, person=person, **view)

    sees(owner, likelihood=3, impact=2)
    alone = "Names several people, and has the view of one alone."
    assert verdict(item) == ("nonconforming", [(made.number, alone)])
    sees(manager, view="Never seen it.")
    short = "Has views of several people, and does not say how they became one."
    assert verdict(item) == ("nonconforming", [(made.number, short)])
    RiskAssessment.objects.update(reconciliation="The night shift was followed.")
    assert verdict(item) == ("conforming", [])


# -- who sees what an assessment says of others --------------------------------------------------


def test_what_is_said_of_a_hidden_record_is_as_hidden(rating, good, owner, auditor):
    made = rating.assessment()
    hidden = {"sensitivity": Sensitivity.RESTRICTED}
    said = [
        AssessorView.objects.create(
            assessment=made, risk=rating.risk(**hidden), person=owner, view="Far too easy."
        ),
        Consultation.objects.create(
            assessment=made, party=good.party(**hidden), consulted_on=good.day(-20)
        ),
        rating.nothing(made, "equipment", equipment=rating.equipment(**hidden)),
    ]
    for one in said:
        assert list(type(one).objects.visible_to(owner)) == [one]
        assert list(type(one).objects.visible_to(auditor)) == []


# -- parts of an assessment ----------------------------------------------------------------------


def test_parts_are_called_after_their_assessment_and_name_nothing_else(rating, good, owner):
    made = rating.assessment()
    asked = Consultation.objects.create(
        assessment=made, party=good.party(), consulted_on=good.day(-3)
    )
    nothing = rating.nothing(made, "crime", place=good.place())
    view = AssessorView.objects.create(
        assessment=made, risk=rating.risk(), person=owner, likelihood=1, impact=1
    )
    assert [str(asked), str(nothing), str(view)] == [
        f"{made.number}: {good.day(-3)}",
        f"{made.number}: Crime",
        f"{made.number}: Owner",
    ]


def test_a_part_is_seen_with_its_assessment(rating, stranger, owner):
    rating.nothing(rating.assessment(), "crime")
    seen = [NothingFound.objects.visible_to(one).count() for one in (owner, stranger)]
    assert seen == [1, 0]


def test_a_rating_counts_in_the_dimensions_of_the_method_alone(rating):
    risk = rating.risk(**RATED | {"impact_law": 3})
    assert (risk.impact, risk.level, risk.level_word) == (2, 2, "Medium")
