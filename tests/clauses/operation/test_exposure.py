"""What stands to be lost: frozen as one sees it, computed once, repeated to the last bit."""

import csv
import io
import re

import pytest
from django.core.exceptions import ValidationError

from bartizan.clauses.operation.exposure import computing
from bartizan.clauses.operation.exposure.computing import begin, compute, read, repeat
from bartizan.clauses.operation.exposure.freezing import freeze
from bartizan.clauses.operation.models import (
    Computation,
    ExposureAnalysis,
    TreatedRisk,
    TreatmentPlan,
    TreatmentRule,
)
from bartizan.clauses.planning.models import Risk
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records import files, life
from bartizan.ground.trail.acts import act


@pytest.fixture
def analysis(owner, whole) -> ExposureAnalysis:
    made = ExposureAnalysis(title="Next budget", owner=owner, unit=whole, years=2_000)
    made.full_clean(exclude=["kind", "number"])
    made.save()
    return made


@pytest.fixture
def risk(owner, whole):
    """A risk with its figures."""

    def made(title: str = "Theft", unit=whole, **fields) -> Risk:
        figures = {"frequency": 2.0, "loss_low": 1_000, "loss_high": 50_000}
        said = {"origin": "crime", "cause": "Dark", "event": "Stolen", "consequence": "Gone"}
        given = {"status": "active"} | said | figures | fields
        return Risk.objects.create(title=title, owner=owner, unit=unit, **given)

    return made


@pytest.fixture
def plan(owner, whole):
    """A treatment plan that halves how often its risks happen."""

    def made(title: str, *risks: Risk, **fields) -> TreatmentPlan:
        given = {"option": "reduce", "description": "Do it.", "cost_once": 5_000}
        found = TreatmentPlan.objects.create(
            title=title, owner=owner, unit=whole, status="active", **given | fields
        )
        for risk in risks:
            TreatedRisk.objects.create(treatment=found, risk=risk, likelihood_factor=0.5)
        return found

    return made


@pytest.fixture
def computed(analysis, owner, risk, plan) -> ExposureAnalysis:
    theft, _fire = risk(), risk("Fire", frequency=0.1, loss_low=50_000, loss_high=900_000)
    plan("Guard", theft)
    begin(analysis, owner)
    compute(analysis)
    analysis.refresh_from_db()
    return analysis


def test_only_risks_with_figures_and_in_force_go_in(analysis, owner, risk):
    counted = risk()
    risk("Not quantified", frequency=None, loss_low=None, loss_high=None)
    risk("A draft", status="draft")
    inputs, records = freeze(analysis, owner)
    assert [one.name for one in inputs.risks] == [counted.number]
    assert records == [counted]


def test_only_what_one_sees_goes_in(analysis, colleague, risk, north, south):
    mine = risk(unit=north)
    risk("Elsewhere", unit=south)
    risk("Secret", unit=north, sensitivity=Sensitivity.RESTRICTED)
    inputs, _records = freeze(analysis, colleague)
    assert [one.name for one in inputs.risks] == [mine.number]


def test_treatments_that_are_not_done_go_in_with_their_rules(analysis, owner, risk, plan, today):
    theft = risk()
    guard, fence = plan("Guard", theft), plan("Fence", theft, cost_once=None, cost_per_year=900)
    plan("Done", theft, done_on=today, outcome="Done.")
    plan("Treats nothing that is quantified")
    TreatmentRule.objects.create(treatment=guard, rule="needs", other=fence)
    inputs, records = freeze(analysis, owner)
    assert [(one.name, one.cost, one.needs, one.effects) for one in inputs.treatments] == [
        (guard.number, 5_000, (fence.number,), {theft.number: (0.5, 1.0)}),
        (fence.number, 900, (), {theft.number: (0.5, 1.0)}),
    ]
    assert records == [theft, guard, fence]


def test_an_analysis_is_as_secret_as_what_went_in_and_where_all_of_it_belongs(
    analysis, owner, risk, north, south, whole
):
    risk(unit=north, sensitivity=Sensitivity.CONFIDENTIAL)
    begin(analysis, owner)
    assert (analysis.unit, analysis.sensitivity) == (north, Sensitivity.CONFIDENTIAL)
    other = ExposureAnalysis.objects.create(title="Both", owner=owner, unit=south)
    risk("Elsewhere", unit=south)
    begin(other, owner)
    assert other.unit == whole


def test_without_figures_there_is_nothing_to_compute(analysis, owner):
    with pytest.raises(life.Refused, match="No risk that you see says how often"):
        begin(analysis, owner)
    assert (analysis.inputs_sha256, analysis.attachments.count()) == ("", 0)


def test_what_came_out_is_kept_and_repeats_to_the_last_bit(computed):
    assert repeat(computed)
    mean, low, high = read(computed.result_sha256)["portfolio"]["mean"]
    assert low < mean < high
    assert [one.name for one in computed.attachments.all()] == ["inputs.json", "result.json"]
    assert not Computation.objects.exists()


def test_a_changed_result_is_noticed(computed):
    file = files.stored(computed.result_sha256)
    file.write_bytes(file.read_bytes().replace(b'"mean":[', b'"mean":[1', 1))
    assert not repeat(computed)


def test_it_is_computed_once(computed, owner):
    with pytest.raises(life.Refused, match="It is computed already"):
        begin(computed, owner)
    computed.years = 5_000
    with pytest.raises(ValidationError) as refused:
        computed.full_clean(exclude=["kind", "number"])
    assert list(refused.value.message_dict) == ["years"]


def test_why_it_failed_is_told(analysis, owner, risk, monkeypatch):
    risk()
    begin(analysis, owner)
    files.stored(analysis.inputs_sha256).write_text('{"risks": [], "treatments": []}')
    with pytest.raises(ValueError, match="there is no risk to simulate"):
        compute(analysis)
    assert Computation.objects.get().error == "there is no risk to simulate"


# -- the pages -------------------------------------------------------------------------------------


def test_the_page_says_it_in_a_sentence_and_draws_it(computed, owner, sign_in):
    page = sign_in(owner).get(computed.get_absolute_url()).content.decode()
    assert "In an average year" in page
    assert page.count('<svg class="chart"') == 2
    assert "Risks or treatments have changed since" not in page


def test_a_change_of_a_risk_makes_it_stale(computed, owner, sign_in, risk):
    risk("New")
    page = sign_in(owner).get(computed.get_absolute_url()).content.decode()
    assert "Risks or treatments have changed since" in page


def test_a_risk_one_may_not_see_is_among_the_others(computed, auditor, sign_in):
    Risk.objects.filter(title="Fire").update(sensitivity=Sensitivity.RESTRICTED)
    [fire] = Risk.objects.filter(title="Fire")
    page = sign_in(auditor).get(computed.get_absolute_url()).content.decode()
    assert (fire.number in page, "Fire" in page, "1 other<" in page) == (False, False, True)


def test_the_newest_analysis_is_the_page_of_exposure(computed, owner, stranger, sign_in):
    assert sign_in(owner).get("/exposure/").headers["Location"] == computed.get_absolute_url()
    assert sign_in(stranger).get("/exposure/").headers["Location"] == "/exposure-analyses/"


def test_the_button_freezes_and_starts(analysis, owner, auditor, risk, sign_in, monkeypatch):
    started = []
    monkeypatch.setattr(computing, "start", lambda analysis: started.append(analysis.number))
    risk()
    url = f"/exposure-analyses/{analysis.number}/compute/"
    assert sign_in(auditor).post(url).status_code == 403
    assert sign_in(owner).post(url).status_code == 302
    analysis.refresh_from_db()
    assert (started, bool(analysis.inputs_sha256)) == ([analysis.number], True)
    waiting = sign_in(owner).get(f"/exposure-analyses/{analysis.number}/progress/")
    assert "You can leave this page" in waiting.content.decode()
    compute(analysis)
    done = sign_in(owner).get(f"/exposure-analyses/{analysis.number}/progress/")
    assert done.headers["HX-Refresh"] == "true"


def test_its_figures_come_as_a_table(computed, owner, stranger, sign_in):
    url = f"/exposure-analyses/{computed.number}/treatments.csv"
    rows = list(csv.DictReader(io.StringIO(sign_in(owner).get(url).content.decode("utf-8-sig"))))
    assert [(row["treatment"], row["cost"]) for row in rows] == [("TRP-0001", "5000.0")]
    assert sign_in(stranger).get(url).status_code == 404
    assert sign_in(owner).get(url.replace("treatments", "nonsense")).status_code == 404


def test_a_table_names_no_risk_one_may_not_see(computed, auditor, owner, sign_in):
    address = f"/exposure-analyses/{computed.number}/risks.csv"
    one = Risk.objects.order_by("pk").first()

    def listed(person) -> dict[str, dict[str, str]]:
        rows = csv.DictReader(io.StringIO(sign_in(person).get(address).content.decode("utf-8-sig")))
        return {row["risk"]: row for row in rows}

    before = listed(auditor)
    with act(None, through="system", why="it turns out to be delicate"):
        one.sensitivity, one.owner = Sensitivity.RESTRICTED, owner
        one.save()
    after = listed(auditor)
    assert one.number in before
    assert one.number not in after
    assert after[""]["mean"] == before[one.number]["mean"]  # its share is told, not its name


def test_a_missing_file_is_no_failure_of_the_page(computed, owner, sign_in):
    files.stored(computed.result_sha256).unlink()
    assert sign_in(owner).get(f"/exposure-analyses/{computed.number}/risks.csv").status_code == 404


def test_the_first_page_tells_what_costs_most(computed, owner, auditor, stranger, sign_in):
    def told(person) -> list[str]:
        page = sign_in(person).get("/").content.decode()
        block = page.partition('id="exposure-heading"')[2].partition("</section>")[0]
        return re.findall(r"RSK-\d+", block)

    result = read(computed.result_sha256)
    dearest = sorted(result["risks"], key=lambda one: -one["mean"][0])
    assert list(dict.fromkeys(told(owner))) == [one["name"] for one in dearest]
    assert told(stranger) == []
    hidden = dearest[0]["name"]
    with act(None, through="system", why="it turns out to be delicate"):
        one = Risk.objects.get(number=hidden)
        one.sensitivity = Sensitivity.RESTRICTED
        one.save()
    assert hidden not in told(auditor)
    assert len(set(told(auditor))) == len(dearest) - 1
