"""The forms of the chain in the browser, and the limits their models set."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from bartizan.chain.models import CriterionResult, ProcessRun

DAY = timedelta(days=1)


@pytest.fixture
def sealing(process, criterion):
    made = process()
    criterion(made)
    criterion(made, "Time at the ramp", rule="", upper_limit=12, measured_in="minutes")
    return made


@pytest.fixture
def send(owner, sign_in, sealing):
    """Fills in the form of a run, or of a new one; the answers of the criteria follow by title."""

    def sent(run: ProcessRun | None = None, answers: dict[str, tuple] | None = None, **fields):
        data = {"process": sealing.number, "owner": owner.pk, "unit": owner.unit_id}
        data |= {"sensitivity": "1", "version": run.version if run else "", "result": "Done."}
        for title, (passed, value, follow_up) in (answers or {}).items():
            key = sealing.criteria.get(title=title).pk
            data |= {f"passed_{key}": passed, f"value_{key}": value, f"follow_up_{key}": follow_up}
        page = f"/process-runs/{run.number}/edit/" if run else "/process-runs/new/"
        return sign_in(owner).post(page, data | fields)

    return sent


def results(run: ProcessRun) -> list[tuple]:
    return list(run.results.values_list("criterion__title", "passed", "value", "follow_up"))


def test_a_new_run_of_a_process_asks_for_each_of_its_criteria(owner, sign_in, sealing, today):
    sealing.cadence_days, sealing.started_on = 7, today
    sealing.save()
    page = sign_in(owner).get(f"/process-runs/new/?process={sealing.number}")
    form = page.context_data["form"]
    assert [str(label) for label, _fields in form.sections] == [
        "Run",
        *[str(criterion) for criterion in sealing.criteria.order_by("pk")],
        "Keeping",
    ]
    assert (form["planned_on"].value(), form["performed_by"].value()) == (today + 7 * DAY, owner.pk)
    assert [
        field.help_text for name, field in form.fields.items() if name.startswith("value_")
    ] == ["Same number as on the papers.", "at most 12 minutes"]


def test_a_run_and_its_results_are_stored_together(send, sealing, owner, today):
    answers = {
        "Seal intact": ("no", "cut", "Trailer held."),
        "Time at the ramp": ("", "9,5", ""),
    }
    answer = send(answers=answers, ran_on=today, performed_by=owner.pk)
    assert answer.status_code == 302, answer.context_data["form"].errors
    run = ProcessRun.objects.get()
    assert (run.recorded_on, run.performed_by) == (today, owner)
    assert run.title == f"Sealing of trailers, {today}"
    assert results(run) == [
        ("Seal intact", False, "cut", "Trailer held."),
        ("Time at the ramp", True, "9,5", ""),
    ]


def test_a_result_the_limits_contradict_is_refused(send, sealing, today):
    answer = send(answers={"Time at the ramp": ("yes", "12.5", "")}, ran_on=today)
    ramp = sealing.criteria.get(title="Time at the ramp")
    assert answer.context_data["form"].errors == {
        f"passed_{ramp.pk}": ["The limits of the criterion say otherwise."]
    }
    assert not ProcessRun.objects.exists()


def test_what_was_seen_does_not_say_by_itself_whether_it_passed(send, sealing, today):
    answer = send(answers={"Seal intact": ("", "scratched", "")}, ran_on=today)
    seal = sealing.criteria.get(title="Seal intact")
    assert answer.context_data["form"].errors == {f"passed_{seal.pk}": ["Say whether it passed."]}


def test_results_can_be_corrected_and_taken_back(send, ran, sealing, today):
    run = ran(sealing)
    for criterion in sealing.criteria.all():
        run.results.create(criterion=criterion, passed=True)
    answers = {"Seal intact": ("no", "cut", ""), "Time at the ramp": ("", "", "")}
    assert send(run, answers, ran_on=today).status_code == 302
    assert results(run) == [("Seal intact", False, "cut", "")]


def test_the_day_of_writing_down_cannot_be_typed_in(send, today):
    long_ago = today - 40 * DAY
    send(ran_on=long_ago, recorded_on=long_ago)
    run = ProcessRun.objects.get()
    assert (run.ran_on, run.recorded_on, run.back_dated) == (long_ago, today, True)


def test_moving_the_day_of_a_run_writes_it_down_anew(send, ran, sealing, today):
    run = ran(sealing, today - 5 * DAY)
    send(run, ran_on=today - 5 * DAY, result="All in order, twice counted.")
    run.refresh_from_db()
    assert run.recorded_on == today - 5 * DAY
    send(run, ran_on=today - 9 * DAY)
    run.refresh_from_db()
    assert (run.recorded_on, run.back_dated) == (today, True)


def test_a_planned_run_is_not_written_down_yet(send, today):
    send(planned_on=today + DAY)
    run = ProcessRun.objects.get()
    assert (run.ran_on, run.recorded_on, run.back_dated) == (None, None, False)


def test_a_run_stays_with_its_process(send, ran, sealing, process, today):
    run = ran(sealing)
    send(run, process=process("Night transit").number, ran_on=today)
    run.refresh_from_db()
    assert run.process == sealing


def test_nobody_records_what_has_not_happened_yet(send, today):
    errors = send(ran_on=today + DAY).context_data["form"].errors
    assert errors == {"ran_on": ["This day has not come yet."]}


def test_a_run_says_when(send):
    errors = send().context_data["form"].errors
    assert "Say when the run is planned or when it took place." in errors["__all__"]


@pytest.mark.parametrize(
    "typed,kept", [({"plan": "Two people seal."}, 0), ({"title": "Sealing"}, 90)]
)
def test_a_process_done_in_another_way_is_revised_today(
    owner, sign_in, process, today, typed, kept
):
    old = process()
    names = ["title", "plan", "inputs", "outputs", "trigger", "revised_on"]
    data = {name: getattr(old, name) for name in names} | {"is_in_scope": "on", "version": 1}
    data |= {"owner": owner.pk, "unit": owner.unit_id, "sensitivity": 1}
    answer = sign_in(owner).post(f"/processes/{old.number}/edit/", data | typed)
    assert answer.status_code == 302, answer.context_data["form"].errors
    old.refresh_from_db()
    assert old.revised_on == today - kept * DAY


# -- limits ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value,passes",
    [("2", True), ("8,0", True), ("1.99", False), ("8.01", False), ("cold", None), ("NaN", None)],
)
def test_limits_decide_on_what_can_be_measured(process, criterion, value, passes):
    chilled = criterion(process(), "Temperature", lower_limit=2, upper_limit=8)
    assert chilled.passes(value) is passes


def test_a_rule_decides_on_no_value(process, criterion):
    assert criterion(process()).passes("5") is None


def test_limits_are_said_in_words(process, criterion):
    limits = {"lower_limit": 1.5, "upper_limit": 10_000, "measured_in": "kg"}
    made = criterion(process(), **limits)
    made.refresh_from_db()
    assert (made.limits, criterion(made.process, "Seal").limits) == (
        "at least 1.5, at most 10,000 kg",
        "",
    )


def test_limits_stand_in_order(process, criterion):
    with pytest.raises(ValidationError, match="The lower limit lies above the upper one"):
        criterion(process(), lower_limit=8, upper_limit=2)


def test_a_process_runs_every_day_at_most(process):
    with pytest.raises(ValidationError, match="A process runs every day at most"):
        process(cadence_days=0)


def test_only_a_core_process_needs_a_reason(process):
    with pytest.raises(ValidationError, match="Only a core business process needs a reason"):
        process(no_requirement_reason="Nothing to secure.")


def test_a_run_is_not_written_down_before_it_takes_place(process, ran, today):
    with pytest.raises(ValidationError, match="A run is written down when it has taken place"):
        ran(process(), today, recorded_on=today - DAY)


def test_a_result_is_of_a_criterion_of_its_own_process(process, criterion, ran):
    result = CriterionResult(
        run=ran(process()), criterion=criterion(process("Night transit")), passed=True
    )
    with pytest.raises(ValidationError, match="This criterion belongs to another process"):
        result.full_clean()


def test_a_result_agrees_with_the_limits(sealing, ran):
    ramp = sealing.criteria.get(title="Time at the ramp")
    result = CriterionResult(run=ran(sealing), criterion=ramp, value="20", passed=True)
    with pytest.raises(ValidationError, match="The limits of the criterion say otherwise"):
        result.full_clean()
