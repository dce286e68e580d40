"""What the pages show of risks, controls and treatments beyond what all pages do."""

import pytest

from bartizan.clauses.operation.models import ControlCheck, ControlledRisk, StrategyComponent
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Relation


def tables(page) -> dict[str, list[str]]:
    """The tables of related rows on a page: what each is called, and the texts of its rows."""
    return {
        table["label"]: [cell.text for row in table["rows"] for cell in row["cells"]]
        for table in page.context_data["related"]
    }


@pytest.fixture
def kept(owner):
    """What the form of every record asks for."""
    return {"unit": owner.unit_id, "owner": owner.pk, "sensitivity": "1"}


def test_the_page_of_a_risk_lists_its_controls_and_its_treatments(watch, owner, sign_in):
    risk = watch.risk()
    watch.control(risk)
    watch.plan(risk)
    shown = tables(sign_in(owner).get(risk.get_absolute_url()))
    assert shown["controlled risks"] == ["Sealing by two", "0.3", "1.0", ""]
    assert shown["treated risks"] == ["Guarded parking", "0.1", "1.0", ""]


def test_a_control_one_may_not_see_is_not_on_the_page_of_its_risk(watch, auditor, sign_in):
    risk = watch.risk()
    watch.control(risk, sensitivity=Sensitivity.RESTRICTED)
    assert tables(sign_in(auditor).get(risk.get_absolute_url())).get("controlled risks", []) == []
    listed = sign_in(auditor).get("/controlled-risks/").context_data
    assert (listed["rows"], listed["count"]) == ([], "0")


def barriers(said, side: str) -> list[tuple[str, str, bool]]:
    return [(one.record.title, one.sort, one.works) for one in said[side]]


def test_a_bow_tie_shows_what_leads_there_what_stands_between_and_what_follows(
    watch, good, owner, sign_in
):
    threat, weakness = watch.threat(), watch.weakness()
    risk = watch.risk(impact_people=3, threat=threat, vulnerability=weakness)
    good.link(good.process(), risk, Relation.CONTROLS)
    watch.control(risk)
    watch.control(risk, control_kind="responsive", out_of_order_since=watch.day(-3))
    watch.control(risk, control_kind="detective")
    retire(watch.control(risk), "Never helped.")
    said = sign_in(owner).get(f"/risks/{risk.number}/bow-tie/").context_data
    assert [str(step) for _label, step in said["impacts"]] == ["3. High"]
    assert (str(said["likelihood"]), said["threat"], said["vulnerability"]) == (
        "2. Medium",
        threat,
        weakness,
    )
    assert (barriers(said, "before"), barriers(said, "after")) == (
        [("Sealing trailers", "process", True), ("Sealing by two", "Preventive", True)],
        [("Sealing by two", "Responsive", False), ("Sealing by two", "Detective", True)],
    )


def test_a_bow_tie_names_nothing_that_its_reader_may_not_see(
    watch, good, colleague, north, sign_in
):
    risk = watch.risk(unit=north, threat=watch.threat(), vulnerability=watch.weakness())
    good.link(good.process(), risk, Relation.CONTROLS)
    watch.control(risk)
    page = sign_in(colleague).get(f"/risks/{risk.number}/bow-tie/")
    said = page.context_data
    named = said["threat"], said["vulnerability"], said["before"], said["after"]
    assert named == (None, None, [], [])
    assert b"Open yard" not in page.content


def test_the_page_of_a_place_lists_the_controls_at_it(watch, good, owner, sign_in):
    place = good.place()
    control = watch.control(place=place)
    shown = tables(sign_in(owner).get(place.get_absolute_url()))
    assert shown["controls"][:2] == [control.number, "Sealing by two"]


def test_a_check_is_named_and_dated_by_its_control(watch, owner, sign_in, kept):
    control = watch.control(checked=False)
    new = "/control-checks/new/"
    client = sign_in(owner)
    form = client.get(f"{new}?control={control.number}").content.decode()
    assert 'name="title"' not in form
    data = kept | {
        "control": control.number,
        "checked_on": watch.day(-2).isoformat(),
        "method": "Forty trailers.",
        "result": "passed",
    }
    answer = client.post(new, data)
    assert answer.status_code == 302, answer.context_data["form"].errors
    check = ControlCheck.objects.get()
    assert (check.title, check.next_due) == (
        f"Sealing by two, {watch.day(-2)}",
        watch.day(88),
    )


def test_what_leaves_all_of_a_risk_is_refused_in_words(watch, owner, sign_in):
    data = {
        "control": watch.control().number,
        "risk": watch.risk().number,
        "likelihood_factor": "1",
        "consequence_factor": "1",
    }
    answer = sign_in(owner).post("/controlled-risks/new/", data)
    assert answer.context_data["form"].non_field_errors() == [
        "What leaves all of the likelihood and all of the consequence does nothing about the risk."
    ]
    sign_in(owner).post("/controlled-risks/new/", data | {"likelihood_factor": "0.5"})
    assert ControlledRisk.objects.get().likelihood_factor == 0.5


def test_a_component_of_a_strategy_is_hidden_with_what_it_names(watch, auditor, owner):
    strategy = watch.strategy()
    watch.component(strategy, control=watch.control())
    watch.component(strategy, control=watch.control(sensitivity=Sensitivity.RESTRICTED))
    seen = StrategyComponent.objects.visible_to
    assert (seen(owner).count(), seen(auditor).count()) == (2, 1)
