"""Where the results of assessing risks go: objectives, programmes, means (6.1.3, 8.3 a)."""

import pytest

from bartizan.clauses.planning.models import Objective, Programme, Target
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Relation

OBJECTIVES, TARGETS = "2022:6.1.3-c", "dis:4.3.1-B.a"
PROGRAMMES, MEANS = "dis:4.3.1-B.b", "2022:8.3-a"
EITHER = pytest.mark.parametrize("item", [OBJECTIVES, TARGETS])
UNNAMED = "Is linked to no security risk that was weighed for it."


@pytest.fixture
def objective(watch, good):
    """An approved objective that is pursued."""

    def made(*risks, closed: bool = False) -> Objective:
        given = {"description": "Half as many thefts."}
        if closed:
            given |= {"done_on": watch.today, "verdict": "reached", "verdict_note": "Three of six."}
        one = watch.approved(good.record(Objective, "Half the thefts", **given))
        for risk in risks:
            good.link(one, risk, Relation.CONSIDERS)
        return one

    return made


@EITHER
def test_without_a_link_between_objectives_and_risks_there_is_no_evidence(
    watch, verdict, objective, item
):
    gone = watch.risk()
    objective(gone)
    retire(gone, "Line given up.")
    assert verdict(item) == ("no-evidence", [])


@EITHER
def test_an_objective_names_the_risks_weighed_for_it(watch, verdict, objective, item):
    objective(watch.risk())
    wrong = objective()
    objective(closed=True)
    assert verdict(item) == ("nonconforming", [(wrong.number, UNNAMED)])


@EITHER
def test_objectives_that_name_their_risks_conform(watch, verdict, objective, item):
    objective(watch.risk(likelihood=3, impact_people=3))
    watch.risk()
    assert verdict(item) == ("conforming", [])


def test_a_top_risk_is_named_by_an_objective_or_accepted_for_a_reason(watch, verdict, objective):
    top = {"likelihood": 3, "impact_people": 3}
    objective(watch.risk(**top))
    watch.risk(**top, decision="accept", decision_reason="Cheaper than any lock.")
    bare, unexplained = watch.risk(**top), watch.risk(**top, decision="accept")
    objective(bare, closed=True)
    why = (
        "Is one of the top; no objective in pursuit names it, and it is not accepted for a reason."
    )
    assert verdict(OBJECTIVES) == (
        "nonconforming",
        [(unexplained.number, why), (bare.number, why)],
    )


def test_a_target_names_the_risks_weighed_for_it(watch, verdict, objective, good):
    made = objective(watch.risk())
    given = {"objective": made, "description": "A quarter less by June."}
    target = watch.approved(good.record(Target, "A quarter less", **given))
    assert verdict(TARGETS) == ("nonconforming", [(target.number, UNNAMED)])
    good.link(watch.risk(), target, Relation.CONCERNS)
    assert verdict(TARGETS) == ("conforming", [])


# -- programmes (draft 4.3.1 B b) ----------------------------------------------------------------


@pytest.fixture
def programme(watch, good):
    def made() -> Programme:
        return watch.approved(
            good.record(Programme, "Guarded night runs", description="Booked places.")
        )

    return made


def test_without_a_programme_that_names_a_risk_there_is_no_evidence(verdict, programme):
    programme()
    assert verdict(PROGRAMMES) == ("no-evidence", [])


def test_a_programme_names_the_risks_it_answers(watch, verdict, good, programme):
    good.link(programme(), watch.risk(), Relation.ANSWERS)
    wrong = programme()
    assert verdict(PROGRAMMES) == (
        "nonconforming",
        [(wrong.number, "Is linked to no security risk that it answers.")],
    )
    good.link(wrong, watch.risk(), Relation.ANSWERS)
    assert verdict(PROGRAMMES) == ("conforming", [])


# -- ranked in view of the means (8.3 a) ---------------------------------------------------------


def test_without_a_rated_risk_nothing_is_ranked(watch, verdict):
    watch.risk(likelihood=None)
    assert verdict(MEANS) == ("no-evidence", [])


def test_a_risk_without_a_level_has_no_rank(watch, verdict):
    watch.risk()
    wrong = watch.risk(likelihood=None)
    assert verdict(MEANS) == (
        "nonconforming",
        [(wrong.number, "Has no level: its likelihood or one of its impacts is not rated.")],
    )


def test_it_is_said_what_means_a_top_risk_takes(watch, verdict):
    top = {"likelihood": 3, "impact_people": 3}
    bare, open_one, by_need = (watch.risk(**top) for _ in range(3))
    watch.plan(watch.risk(**top))
    watch.plan(bare, staff_days=None)
    watch.plan(open_one, approve=False)
    watch.need(by_need, "money")
    why = "Is one of the top, and no approved plan or need says what means it takes."
    assert verdict(MEANS) == ("nonconforming", [(open_one.number, why), (bare.number, why)])


def test_ranked_risks_with_means_for_the_top_conform(watch, verdict):
    watch.risk()
    watch.plan(watch.risk(likelihood=3, impact_people=3))
    assert verdict(MEANS) == ("conforming", [])
