"""Processes that somebody outside carries out (4.3)."""

import pytest

from bartizan.ground.records.life import retire

CONTROLLED = pytest.mark.parametrize("item", ["2022:4.3-p3", "dis:4.1-p4"])
NAMED = pytest.mark.parametrize("item", ["2022:4.3-p4", "dis:4.1-p5"])


@pytest.fixture
def guarding(good):
    """A process performed outside with everything the standard asks for."""
    good.declare("control-check", 90)
    process = good.process(title="Guarding", performer="external")
    good.control(good.provision(process))
    return process


@CONTROLLED
def test_processes_that_do_not_say_who_performs_them_are_no_evidence(good, verdict, item):
    good.process(performer="")
    assert verdict(item) == ("no-evidence", [])


@CONTROLLED
def test_a_process_without_provider_and_control_falls_short(good, verdict, guarding, item):
    wrong = good.process(performer="external")
    good.provision(wrong, provider=None)
    assert verdict(item) == (
        "nonconforming",
        [
            (wrong.number, "Names nobody who provides it."),
            (wrong.number, "Is under no control."),
        ],
    )


@CONTROLLED
def test_a_control_that_is_retired_controls_nothing(good, verdict, guarding, item):
    retire(guarding.external_provisions.get().controls.get(), "Given up.")
    assert verdict(item) == ("nonconforming", [(guarding.number, "Is under no control.")])


@CONTROLLED
@pytest.mark.parametrize(
    "spoilt", [{"last_checked": None}, {"last_checked": 91}, {"last_checked": -1}, {"result": ""}]
)
def test_a_control_is_checked_inside_the_declared_interval(good, verdict, guarding, item, spoilt):
    control = guarding.external_provisions.get().controls.get()
    control.last_checked, control.result = good.day(-90), "passed"
    control.save()
    assert verdict(item)[0] == "awaiting-attestation"
    for name, value in spoilt.items():
        setattr(control, name, good.day(-value) if isinstance(value, int) else value)
    control.save()
    assert verdict(item) == (
        "nonconforming",
        [(control.number, "Was not checked inside its interval.")],
    )


@CONTROLLED
def test_a_control_with_an_earlier_next_check_keeps_to_it(good, verdict, guarding, item):
    wrong = good.control(guarding.external_provisions.get(), next_check=good.day(-1))
    assert verdict(item) == (
        "nonconforming",
        [(wrong.number, "Was not checked inside its interval.")],
    )


@CONTROLLED
def test_without_a_declared_interval_a_control_needs_a_day_of_its_own(good, verdict, confirm, item):
    process = good.process(performer="external")
    provision = good.provision(process)
    good.control(provision, next_check=good.day(5))
    wrong = good.control(provision)
    assert verdict(item) == (
        "nonconforming",
        [(wrong.number, "Is checked at no interval that anybody has declared.")],
    )


def test_a_failed_control_without_an_action_falls_short(good, verdict, guarding):
    control = guarding.external_provisions.get().controls.get()
    control.result = "failed"
    control.save()
    good.action(control, due=good.day(-40), done_on=good.day(-40), outcome="An earlier failure.")
    assert verdict("2022:4.3-p3") == (
        "nonconforming",
        [(control.number, "Failed its last check, and no action has come of that.")],
    )
    good.action(control)
    assert verdict("2022:4.3-p3") == ("awaiting-attestation", [])


@CONTROLLED
def test_outside_processes_under_checked_control_conform(good, verdict, confirm, guarding, item):
    good.process()
    good.process(performer="")
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, guarding)
    assert verdict(item) == ("conforming", [])


@CONTROLLED
def test_where_nothing_is_outsourced_there_is_nothing_to_control(good, verdict, confirm, item):
    process = good.process()
    confirm(item, process)
    assert verdict(item) == ("conforming", [])


# -- who owes what (4.3-p4, and 4.1-p5 of the draft) ---------------------------------------------


@NAMED
def test_without_an_outside_process_or_a_statement_about_all_there_is_no_evidence(
    good, verdict, item
):
    good.process()
    good.process(performer="")
    assert verdict(item) == ("no-evidence", [])


@NAMED
def test_an_outside_process_of_which_nothing_is_said_falls_short(good, verdict, guarding, item):
    wrong = good.process(performer="external")
    assert verdict(item) == (
        "nonconforming",
        [
            (wrong.number, "Is performed outside, but nothing says by whom and what they owe."),
            (wrong.number, "Is under no control."),
        ],
    )


@NAMED
@pytest.mark.parametrize(
    "spoilt, why",
    [
        ({"accountable_role": None}, "Has no role here that answers for it."),
        ({"provider_duties": ""}, "Does not say what the provider owes."),
    ],
)
def test_role_and_duties_are_written_down(good, verdict, guarding, item, spoilt, why):
    wrong = good.provision(guarding, **spoilt)
    assert verdict(item) == ("nonconforming", [(wrong.number, why)])


@NAMED
def test_a_retired_role_answers_for_nothing(good, verdict, guarding, owner, item):
    owner.assignments.get().role.__class__.objects.update(is_retired=True)
    wrong = guarding.external_provisions.get()
    assert verdict(item) == (
        "nonconforming",
        [(wrong.number, "Has no role here that answers for it.")],
    )


@NAMED
def test_controls_role_and_duties_together_conform(good, verdict, guarding, item):
    assert verdict(item) == ("conforming", [])


def test_all_processes_performed_by_ourselves_state_that_nothing_is_outsourced(good, verdict):
    good.process()
    good.process()
    assert verdict("2022:4.3-p4") == ("conforming", [])
    assert verdict("dis:4.1-p5") == ("no-evidence", [])
