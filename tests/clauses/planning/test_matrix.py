"""The pages on risks: matrix, workspace, catalogue (6.1.2, 8.3)."""

import pytest

from bartizan.clauses.planning.matrix import Rating as Of
from bartizan.clauses.planning.matrix import counts, matrices
from bartizan.clauses.planning.models import Risk, RiskMethod, Threat
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records.life import retire

ALL = {"likelihood": 2, "impact_people": 2, "impact_assets": 1}


# -- counted -------------------------------------------------------------------------------------


def test_a_matrix_counts_each_of_the_three_ratings_by_itself(rating, owner):
    rating.risk(inherent_likelihood=3, inherent_impact=3, target_likelihood=1, target_impact=1)
    rating.risk(inherent_likelihood=3, inherent_impact=2)
    rating.risk(likelihood=None)
    retire(rating.risk(), "Over.")
    rating.risk(status="draft")
    method = rating.in_use
    found = {of.value: counted for of, counted in counts(owner, method).items()}
    assert found == {
        "inherent": {(3, 3): 1, (3, 2): 1},
        "current": {(2, 2): 3},
        "target": {(1, 1): 1},
    }


def test_what_one_may_not_see_is_in_no_count(rating, colleague, auditor, owner, north, south):
    rating.risk(unit=north)
    rating.risk(unit=south)
    rating.risk(unit=north, sensitivity=Sensitivity.RESTRICTED)
    method = rating.in_use
    seen = [counts(one, method)[Of.CURRENT] for one in (colleague, auditor, owner)]
    assert seen == [{(2, 2): 1}, {(2, 2): 2}, {(2, 2): 3}]


def test_risks_of_another_method_are_not_counted_with_ours(rating, owner):
    old = rating.method()
    rating.risk()
    new = rating.method()
    rating.risk(likelihood=3)
    assert [counts(owner, one)[Of.CURRENT] for one in (old, new)] == [{(2, 2): 1}, {(3, 2): 1}]


def test_the_line_of_the_appetite_runs_between_what_is_lived_with_and_what_is_not(rating, owner):
    rating.risk(likelihood=3, impact_people=3)
    drawn = matrices(owner, rating.in_use)[1]
    words = [[cell.level.word for cell in cells] for _step, cells in drawn.lines]
    assert words == [
        ["Medium", "High", "High"],
        ["Low", "Medium", "High"],
        ["Low", "Low", "Medium"],
    ]
    edges = [[(cell.top, cell.right) for cell in cells] for _step, cells in drawn.lines]
    assert edges == [
        [(False, True), (False, False), (False, False)],
        [(False, False), (True, True), (False, False)],
        [(False, False), (False, False), (True, False)],
    ]
    assert (drawn.counted, drawn.above) == (1, 1)


def test_a_cell_leads_to_its_risks(rating, owner, sign_in):
    risk = rating.risk(inherent_likelihood=3, inherent_impact=2)
    rating.risk()
    browser = sign_in(owner)
    page = browser.get("/risk-matrix/")
    assert page.context_data["sentence"] == "As things stand, no risk lies above the appetite."
    [cell] = [
        cell
        for _step, cells in page.context_data["matrices"][0].lines
        for cell in cells
        if cell.count
    ]
    assert f'href="/risks/?{cell.query}"'.replace("&", "&amp;") in page.content.decode()
    rows = browser.get(f"/risks/?{cell.query}").context_data["rows"]
    assert [row["url"] for row in rows] == [risk.get_absolute_url()]


def test_without_a_method_there_is_no_matrix(owner, sign_in):
    page = sign_in(owner).get("/risk-matrix/")
    assert (page.status_code, page.context_data["matrices"]) == (200, [])


# -- the workspace -------------------------------------------------------------------------------


@pytest.fixture
def open_assessment(rating):
    """An assessment of the whole system that goes on."""
    return rating.assessment(done_on=None)


def test_a_team_rates_line_by_line_and_each_line_is_an_act(rating, owner, sign_in, open_assessment):
    risk = rating.risk(assessment=open_assessment, likelihood=None)
    other = rating.risk()
    page = f"/risk-assessments/{open_assessment.number}/rate/"
    browser = sign_in(owner)
    shown = browser.get(page)
    assert [form.instance.pk for form in shown.context_data["rows"]] == [risk.pk, other.pk]
    given = {"version": risk.version, "likelihood": 3, "impact_people": 3, "impact_assets": 2}
    answer = browser.post(f"{page}{risk.number}/", given)
    assert (answer.status_code, answer["Location"]) == (302, page)
    rated = Risk.objects.get(pk=risk.pk)
    assert (rated.level_word, rated.impact, rated.rated_on) == ("High", 3, rating.day(0))
    assert rated.version == risk.version + 1


def test_a_line_that_still_holds_is_rated_anew_under_the_method_of_today(
    rating, owner, sign_in, open_assessment
):
    risk = rating.risk(assessment=rating.assessment())
    method = rating.in_use
    method.likelihood_scale = method.likelihood_scale.replace("hardly ever", "never")
    method.save()
    page = f"/risk-assessments/{open_assessment.number}/rate/"
    given = {"version": risk.version, **ALL}
    answer = sign_in(owner).post(f"{page}{risk.number}/", given, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.templates[0].name) == (200, "planning/workspace_row.html")
    rated = Risk.objects.get()
    assert (rated.assessment, rated.rated_on, rated.rated_version) == (
        open_assessment,
        rating.day(0),
        2,
    )
    assert (rated.under_earlier_method, answer.context_data["form"].looked_at) == (False, True)


@pytest.mark.parametrize("asked_by_script", [True, False])
def test_a_stale_line_is_refused_and_shows_what_was_typed(
    rating, owner, sign_in, open_assessment, asked_by_script
):
    risk = rating.risk(assessment=open_assessment)
    risk.save()
    page = f"/risk-assessments/{open_assessment.number}/rate/{risk.number}/"
    given = {"version": 1, "likelihood": 3, "impact_people": 1, "impact_assets": 1}
    headers = {"HX-Request": "true"} if asked_by_script else {}
    answer = sign_in(owner).post(page, given, headers=headers)
    said = "Somebody changed this risk while you were rating it: look at it again."
    assert (answer.status_code, said in answer.content.decode()) == (409, True)
    assert Risk.objects.get().likelihood == 2


def test_a_digit_off_the_scale_is_refused(rating, owner, sign_in, open_assessment):
    risk = rating.risk(assessment=open_assessment)
    page = f"/risk-assessments/{open_assessment.number}/rate/{risk.number}/"
    given = {"version": risk.version, "likelihood": 4, "impact_people": 1, "impact_assets": 1}
    answer = sign_in(owner).post(page, given)
    assert answer.status_code == 422
    assert answer.context_data["rows"][0].errors == {
        "likelihood": ["The scale of the method goes from 1 to 3."]
    }


def test_only_who_may_write_a_risk_rates_it(
    rating, colleague, auditor, north, south, sign_in, open_assessment
):
    there = rating.risk(assessment=open_assessment, unit=south)
    here = rating.risk(assessment=open_assessment, unit=north)
    type(open_assessment).objects.filter(pk=open_assessment.pk).update(unit=north)
    page = f"/risk-assessments/{open_assessment.number}/rate/"
    given = {"version": 1, **ALL}

    def answers(who) -> list[int]:
        return [
            sign_in(who).post(f"{page}{risk.number}/", given).status_code for risk in (there, here)
        ]

    assert answers(auditor) == [403, 403]
    assert answers(colleague) == [404, 302]


def test_an_assessment_of_one_site_shows_its_own_risks_alone(rating, owner, sign_in):
    made = rating.assessment(is_overall=False, done_on=None)
    risk = rating.risk(assessment=made)
    rating.risk()
    page = sign_in(owner).get(f"/risk-assessments/{made.number}/rate/")
    assert [form.instance.pk for form in page.context_data["rows"]] == [risk.pk]


def test_the_workspace_costs_the_same_queries_at_any_length(
    rating, owner, sign_in, open_assessment, django_assert_num_queries
):
    browser = sign_in(owner)
    page = f"/risk-assessments/{open_assessment.number}/rate/"
    for _more in range(2):
        rating.risk(assessment=open_assessment)
        browser.get(page)
        with django_assert_num_queries(5):
            browser.get(page)


# -- forms ---------------------------------------------------------------------------------------


def test_a_risk_is_rated_in_the_words_of_the_method(rating, owner, sign_in):
    rating.method()
    form = sign_in(owner).get("/risks/new/").context_data["form"]
    assert form.fields["likelihood"].choices == [
        ("", "—"), (1, "1. Rare"), (2, "2. Possible"), (3, "3. Likely"),
    ]  # fmt: skip
    assert ("impact_law" in form.fields, "rated_version" in form.fields) == (False, False)


def test_a_new_assessment_starts_with_the_method_in_use(rating, owner, sign_in):
    method = rating.method()
    form = sign_in(owner).get("/risk-assessments/new/").context_data["form"]
    assert (form["method"].value(), "method_version" in form.fields) == (method.number, False)


def test_since_when_a_method_rates_as_it_does_is_not_typed(rating, owner, sign_in):
    method = rating.method()
    form = sign_in(owner).get(f"{method.get_absolute_url()}edit/").context_data["form"]
    assert "rates_since" not in form.fields
    assert RiskMethod.objects.get().rates_since == 1


# -- the catalogue -------------------------------------------------------------------------------


def test_one_button_adds_what_is_missing_from_the_catalogue(owner, sign_in):
    browser = sign_in(owner)
    assert b"/threats/catalogue/" in browser.get("/threats/").content
    answer = browser.post("/threats/catalogue/")
    assert (answer.status_code, answer["Location"]) == (302, "/threats/?status=draft")
    first = Threat.objects.count()
    browser.post("/threats/catalogue/")
    assert (first, Threat.objects.count(), Threat.objects.live().count()) == (49, 49, 0)


def test_who_may_not_write_threats_adds_none(auditor, sign_in):
    assert sign_in(auditor).post("/threats/catalogue/").status_code == 403
    assert Threat.objects.count() == 0
