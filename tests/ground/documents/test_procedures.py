"""Procedures settle what the standard wants settled, as long as they are in force."""

import pytest

from bartizan.ground.documents.checks.procedures import RECORD_CONTROL
from bartizan.ground.documents.models import Document, Duty

ITEM = "dis:4.5.4-p2"


@pytest.fixture
def procedure(library):
    """Settles all six duties of record control, in a class that has its retention rule."""
    made = library.document("Control of records")
    library.retention_rule(made.document_class)
    library.settle(made, *RECORD_CONTROL)
    library.version(made)
    return made


def test_without_a_procedure_there_is_no_evidence(library, verdict):
    library.version(library.document("About something else"))
    assert verdict(ITEM) == ("no-evidence", [])


def test_a_current_procedure_on_all_six_duties_conforms(procedure, verdict):
    assert verdict(ITEM) == ("conforming", [])


@pytest.mark.parametrize("duty", RECORD_CONTROL)
def test_a_duty_that_no_procedure_settles_is_missing(duty, procedure, verdict):
    procedure.covers.filter(duty=duty).delete()
    why = f"There are no current procedures on “{duty.label}”."
    assert verdict(ITEM) == ("nonconforming", [("", why)])


def test_two_procedures_together_may_settle_all(procedure, library, verdict):
    procedure.covers.filter(duty=Duty.DISPOSING).delete()
    second = library.document("Disposal")
    library.settle(second, Duty.DISPOSING)
    library.version(second)
    assert verdict(ITEM) == ("conforming", [])


def test_a_class_without_a_rule_falls_short(procedure, library, verdict):
    bare = library.document_class(title="Bare")
    assert verdict(ITEM) == ("nonconforming", [(bare.number, "Has no retention rule.")])


@pytest.mark.parametrize("spoil", ["unapproved", "withdrawn", "not yet", "retired", "no procedure"])
def test_a_procedure_that_is_not_in_force_settles_nothing(spoil, procedure, library, verdict):
    version = procedure.versions.get()
    match spoil:
        case "unapproved":
            version.approvals.all().delete()
        case "withdrawn":
            version.withdrawn_on = library.day(-1)
            version.save(update_fields=["withdrawn_on"])
        case "not yet":
            version.effective_from = library.day(1)
            version.save(update_fields=["effective_from"])
        case "retired":
            procedure.status, procedure.retired_on = "retired", library.today
            procedure.save(update_fields=["status", "retired_on"])
        case "no procedure":
            Document.objects.filter(pk=procedure.pk).update(document_type="plan")
    assert verdict(ITEM) == ("no-evidence", [])
