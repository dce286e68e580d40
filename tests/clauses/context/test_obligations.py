"""Obligations: found, judged, kept current, and answered by processes (4.2.2, 8.2 b)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from bartizan.ground.documents.models import Document
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Attachment

NO_SCAN = (
    "",
    "There are no scans for obligations inside the declared interval,"
    " made by the approved procedure.",
)
NO_PROCEDURE = (
    "",
    "There are no procedures for finding obligations with an owner and an approved version.",
)


@pytest.fixture
def followed(good):
    """An approved procedure for finding obligations, followed inside the declared interval."""
    good.declare("obligation-scan", 30)
    procedure = good.procedure()
    good.approve(good.version(procedure))
    good.scan(procedure)
    return procedure


# -- a running process finds and judges them (4.2.2-a, and 4.3.2-a of the draft) -----------------

FINDING = pytest.mark.parametrize("item", ["2022:4.2.2-a", "dis:4.3.2-a"])


@FINDING
def test_without_procedure_and_obligation_there_is_no_evidence(good, verdict, item):
    good.declare("obligation-scan", 30)
    good.record(Document, "How we clean", document_type="procedure")
    assert verdict(item) == ("no-evidence", [])


def test_obligations_without_a_procedure_are_evidence_in_2022_and_none_in_the_draft(good, verdict):
    good.declare("obligation-scan", 30)
    good.obligation()
    assert verdict("2022:4.2.2-a") == ("nonconforming", [NO_PROCEDURE, NO_SCAN])
    assert verdict("dis:4.3.2-a") == ("no-evidence", [])


@FINDING
def test_a_procedure_nobody_approved_is_not_followed(good, verdict, item):
    good.declare("obligation-scan", 30)
    procedure = good.procedure()
    good.version(procedure)
    good.scan(procedure)
    assert verdict(item) == ("nonconforming", [NO_PROCEDURE, NO_SCAN])


@FINDING
def test_a_procedure_without_an_owner_is_not_followed(good, verdict, followed, item):
    followed.owner = None
    followed.save()
    assert verdict(item) == ("nonconforming", [NO_PROCEDURE, NO_SCAN])


@FINDING
@pytest.mark.parametrize("days_ago", [31, -1])
def test_a_scan_lies_inside_the_interval(good, verdict, followed, item, days_ago):
    scan = followed.obligation_scans.get()
    scan.carried_out_on = good.day(-days_ago)
    scan.save()
    assert verdict(item) == ("nonconforming", [NO_SCAN])


@FINDING
def test_without_a_declared_interval_no_scan_is_in_time(good, verdict, item):
    procedure = good.procedure()
    good.approve(good.version(procedure))
    good.scan(procedure)
    assert verdict(item) == ("nonconforming", [NO_SCAN])


@pytest.mark.parametrize(
    "spoilt, why",
    [
        ({"source_reference": "", "source_link": ""}, "Names no source."),
        ({"applicability": "undecided"}, "Does not say whether it applies."),
        ({"assessed_on": None}, "Was not assessed inside the declared interval."),
        ({"assessed_on": date(2020, 1, 1)}, "Was not assessed inside the declared interval."),
    ],
)
def test_every_obligation_has_source_verdict_and_assessment(good, verdict, followed, spoilt, why):
    good.obligation()
    wrong = good.obligation(**spoilt)
    assert verdict("2022:4.2.2-a") == ("nonconforming", [(wrong.number, why)])


def test_the_draft_wants_a_way_to_the_text(good, verdict, followed, owner):
    filed = good.obligation(source_link="")
    Attachment.objects.create(record=filed, name="act.pdf", sha256="0" * 64, size=9, added_by=owner)
    wrong = good.obligation(source_link="")
    assert verdict("dis:4.3.2-a") == (
        "nonconforming",
        [(wrong.number, "Has no link to its text, and no file with it.")],
    )


@FINDING
def test_a_followed_procedure_and_good_obligations_conform(good, verdict, confirm, followed, item):
    obligation = good.obligation()
    good.obligation(applicability="does-not", applicability_reason="We have no ships.")
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, obligation)
    assert verdict(item) == ("conforming", [])


# -- taken into account (4.2.2-b) ----------------------------------------------------------------


def test_undecided_obligations_are_no_evidence_of_being_taken_into_account(good, verdict):
    good.obligation(applicability="undecided")
    assert verdict("2022:4.2.2-b") == ("no-evidence", [])


def test_an_obligation_answered_by_nothing_in_force_falls_short(good, verdict):
    by_nothing, by_the_past, by_paper = good.obligation(), good.obligation(), good.obligation()
    gone = good.process()
    good.link(gone, by_the_past)
    retire(gone, "Given up.")
    good.link(good.procedure(), by_paper)
    why = "Applies, but is linked to no process, control, objective or plan in force."
    assert verdict("2022:4.2.2-b") == (
        "nonconforming",
        [(wrong.number, why) for wrong in (by_paper, by_the_past, by_nothing)],
    )


def test_obligations_answered_by_process_control_objective_or_plan_conform(good, verdict, confirm):
    first = good.obligation()
    good.link(good.process(), first)
    good.link(good.obligation(), good.control(good.provision(good.process())))
    good.link(good.sealing(), good.obligation())
    good.link(good.obligation(), good.fewer_thefts())
    good.link(good.record(Document, "Yard plan", document_type="plan"), good.obligation())
    good.obligation(applicability="does-not", applicability_reason="We have no ships.")
    assert verdict("2022:4.2.2-b") == ("awaiting-attestation", [])
    confirm("2022:4.2.2-b", first)
    assert verdict("2022:4.2.2-b") == ("conforming", [])


# -- kept current (4.2.2-c, and 4.3.2-p1 of the draft) -------------------------------------------

CURRENT = pytest.mark.parametrize("item", ["2022:4.2.2-c", "dis:4.3.2-p1"])


@CURRENT
def test_without_an_obligation_nothing_is_kept_current(good, verdict, item):
    good.declare("obligation-scan", 30)
    assert verdict(item) == ("no-evidence", [])


def test_obligations_never_checked_are_no_evidence_in_the_draft(good, verdict):
    good.declare("obligation-scan", 30)
    wrong = good.obligation(last_checked=None)
    why = "Was not checked against its source inside the declared interval."
    assert verdict("2022:4.2.2-c") == ("nonconforming", [(wrong.number, why)])
    assert verdict("dis:4.3.2-p1") == ("no-evidence", [])


@CURRENT
def test_without_a_declared_interval_no_obligation_is_current(good, verdict, item):
    wrong = good.obligation()
    why = "Is checked at no interval that anybody has declared."
    assert verdict(item) == ("nonconforming", [(wrong.number, why)])


@CURRENT
@pytest.mark.parametrize("days_ago", [None, 31])
def test_the_last_check_lies_inside_the_interval(good, verdict, item, days_ago):
    good.declare("obligation-scan", 30)
    good.obligation(last_checked=good.day(-30))
    wrong = good.obligation(last_checked=None if days_ago is None else good.day(-days_ago))
    why = "Was not checked against its source inside the declared interval."
    assert verdict(item) == ("nonconforming", [(wrong.number, why)])


@CURRENT
def test_a_source_that_changed_after_the_check_falls_short(good, verdict, item):
    good.declare("obligation-scan", 30)
    good.obligation(source_changed_on=good.day(-10))
    wrong = good.obligation(source_changed_on=good.day(-9))
    assert verdict(item) == (
        "nonconforming",
        [(wrong.number, "Has a source that changed after the last check.")],
    )


@CURRENT
def test_obligations_checked_in_time_conform(good, verdict, item):
    good.declare("obligation-scan", 30)
    good.obligation()
    assert verdict(item) == ("conforming", [])


# -- the processes they need (8.2-b, and 4.4.6-A.c of the draft) ---------------------------------


@pytest.mark.parametrize("item", ["2022:8.2-b", "dis:4.4.6-A.c"])
def test_without_a_link_there_is_no_evidence_of_processes_for_the_law(good, verdict, item):
    good.obligation()
    good.process()
    assert verdict(item) == ("no-evidence", [])


def test_a_law_that_no_owned_process_serves_falls_short(good, verdict):
    good.link(good.process(), good.obligation(nature="regulation"))
    nobodys = good.obligation()
    good.link(good.process(owner=None), nobodys)
    assert verdict("2022:8.2-b") == (
        "nonconforming",
        [(nobodys.number, "Applies, but is linked to no process with an owner.")],
    )


def test_in_the_draft_every_obligation_that_applies_has_an_operation(good, verdict):
    good.link(good.process(), good.obligation())
    wrong = good.obligation(nature="contract")
    assert verdict("dis:4.4.6-A.c") == (
        "nonconforming",
        [(wrong.number, "Applies, but is linked to no process.")],
    )


def test_laws_served_by_owned_processes_conform_whatever_contracts_want(good, verdict, confirm):
    process = good.process()
    good.link(process, good.obligation())
    good.obligation(nature="contract")
    assert verdict("2022:8.2-b") == ("awaiting-attestation", [])
    confirm("2022:8.2-b", process)
    assert verdict("2022:8.2-b") == ("conforming", [])


def test_obligations_that_all_have_an_operation_conform_in_the_draft(good, verdict, confirm):
    process = good.process(owner=None)
    good.link(process, good.obligation())
    good.link(good.obligation(nature="contract"), process)
    good.obligation(applicability="undecided")
    confirm("dis:4.4.6-A.c", process)
    assert verdict("dis:4.4.6-A.c") == ("conforming", [])


# -- when an entry has changed in substance ------------------------------------------------------


def test_a_change_of_substance_is_a_revision_of_today(good, today):
    obligation = good.obligation()
    obligation.summary = "Screen every consignment."
    obligation.save()
    obligation.refresh_from_db()
    assert obligation.revised_on == today


def test_a_check_or_a_review_revises_nothing(good):
    obligation = good.obligation()
    obligation.last_checked = good.today
    obligation.save()
    obligation.save(update_fields=["reviewed_on"])
    obligation.refresh_from_db()
    assert obligation.revised_on == good.day(-60)


def test_a_day_of_revision_that_somebody_gives_stands(good):
    obligation = good.obligation()
    obligation.summary, obligation.revised_on = "Screen every consignment.", good.day(-3)
    obligation.save()
    assert obligation.revised_on == good.day(-3)


def test_an_obligation_is_not_called_inapplicable_without_a_reason(good):
    with pytest.raises(ValidationError) as refused:
        good.obligation(applicability="does-not")
    assert refused.value.messages == ["Say why it does not apply."]


def test_a_scan_follows_a_procedure_and_no_other_document(good):
    with pytest.raises(ValidationError) as refused:
        good.scan(good.record(Document, "Yard plan", document_type="plan"))
    assert refused.value.message_dict == {"procedure": ["Choose a document that is a procedure."]}
