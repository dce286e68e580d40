"""No day on which something happened lies ahead: told by every field of every kind of row."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import models
from django.test import Client
from django.utils import timezone

from bartizan.api.models import Token
from bartizan.exchange.sheets import columns
from bartizan.exchange.workbook import read, write
from bartizan.ground.people.models import Person
from bartizan.ground.people.past import PastDay, PastMoment
from bartizan.ground.records.forms import form_class
from bartizan.ground.records.register import Register
from tests.demo import OWNER, every_register, first
from tests.test_floors import MODELS
from tests.test_registers import filled_in

NOT_YET = "This day has not come yet."

# What is planned, what falls due, and from when to when something holds.
MAY_LIE_AHEAD = {
    "Action.due",
    "Assignment.since",
    "Assignment.until",
    "Attestation.expires_on",
    "BusinessChange.policy_review_due",
    "BusinessChange.took_effect_on",  # a merger is announced before it takes effect
    "Change.effective_on",
    "Communication.answer_due",
    "Control.due",
    "ControlCheck.next_due",
    "Criterion.applies_since",
    "Document.kept_until",
    "DocumentVersion.effective_from",
    "EquipmentClass.in_service_since",  # what is ordered is listed before it comes into service
    "Objective.due",
    "Objective.first_due",
    "Objective.starts_on",
    "PartyClearance.since",
    "PartyClearance.until",
    "PlanReview.amend_by",
    "PlannedCommunication.planned_on",
    "PlannedCommunication.starts_on",
    "Process.started_on",  # the calendar of a process that is still to begin
    "ProcessRun.planned_on",
    "Programme.due",
    "Programme.first_due",
    "Programme.starts_on",
    "ProgrammeStep.due",
    "ProgrammeStep.starts_on",
    "ProvisionControl.next_check",
    "Record.review_due",
    "ResourceNeed.due",
    "ResourceNeed.period_from",
    "ResourceNeed.period_until",
    "RiskAcceptance.expires_on",
    "SecurityPolicy.effective_from",
    "StaffingLevel.since",
    "Target.due",
    "Target.first_due",
    "Target.starts_on",
    "TreatmentPlan.due",
    "TreatmentPlan.starts_on",
}
# What nobody fills in: the clock of the machine does.
WRITTEN_BY_THE_MACHINE = {
    "Act.at",
    "Answer.at",
    "Checkpoint.at",
    "Computation.beat_at",
    "DisruptionAnalysis.computed_on",
    "ExposureAnalysis.computed_on",
    "Record.changed_at",
    "Record.created_at",
    "RecoveryCode.used_at",
    "SignInLink.expires_at",
    "SignInLink.used_at",
    "Token.created_at",
    "Token.expires_at",
    "VerdictChange.since",
}


def name_of(field: models.Field) -> str:
    return f"{field.model.__name__}.{field.name}"


def days() -> list[models.Field]:
    """Every day and moment there is, each once: those all records have, of `Record`."""
    fields = (field for model in MODELS for field in model._meta.local_fields)
    return [field for field in fields if isinstance(field, models.DateField)]


def test_every_day_says_whether_it_may_lie_ahead():
    free = {name_of(field) for field in days() if not isinstance(field, PastDay | PastMoment)}
    assert sorted(free) == sorted(MAY_LIE_AHEAD | WRITTEN_BY_THE_MACHINE)


# -- refused alike, however it comes in ----------------------------------------------------------


@pytest.fixture
def ahead() -> datetime:
    return timezone.now() + timedelta(days=1)


def past_of(register: Register) -> set[str]:
    """The fields of a register that tell of what happened."""
    told = {name: register.field(name) for name in register.editable}
    return {name for name, field in told.items() if isinstance(field, PastDay | PastMoment)}


def writable(register: Register) -> tuple[Any, Person]:
    """A row, and somebody who may write it."""
    row, signature = first(register), getattr(register.model, "signature", "")
    return row, getattr(row, signature) if signature else Person.objects.get(code=OWNER)


def as_asked(register: Register, name: str, moment: datetime) -> date:
    return moment if isinstance(register.field(name), PastMoment) else timezone.localdate(moment)


@every_register
def test_a_form_refuses_a_day_that_has_not_come(register, ahead, demo):
    row, person = writable(register)
    data = filled_in(register, row, person)
    data |= {name: f"{as_asked(register, name, ahead):%Y-%m-%d}" for name in past_of(register)}
    form = form_class(register)(data, instance=row, person=person)
    refused = {name for name, said in form.errors.items() if NOT_YET in said}
    assert refused == past_of(register) & form.fields.keys()


@every_register
def test_the_api_refuses_a_day_that_has_not_come(register, ahead, demo):
    row, person = writable(register)
    program = Client(headers={"Authorization": f"Bearer {Token.issue(person, 'test')}"})
    name = row.number if register.holds_records else row.pk
    data = {name: as_asked(register, name, ahead).isoformat() for name in past_of(register)}
    given = data | ({"version": row.version} if register.holds_records else {})
    answer = program.patch(f"/api/{register.slug}/{name}/", given, content_type="application/json")
    refused = {name for name, said in answer.json().items() if said == [NOT_YET]}
    assert (answer.status_code, refused) == (400 if data else 200, past_of(register))


@every_register
def test_an_import_refuses_a_day_that_has_not_come(register, ahead, demo):
    out = io.BytesIO()
    write([register], out)
    book = openpyxl.load_workbook(out)
    headings = [cell.value for cell in book.active[1]]
    named = {one.name: one.heading for one in columns(register) if one.name in past_of(register)}
    for name, heading in named.items():
        day = as_asked(register, name, ahead)
        cell = book.active.cell(2, headings.index(heading) + 1)
        cell.value = day.replace(tzinfo=None) if isinstance(day, datetime) else day
    book.save(changed := io.BytesIO())
    changed.seek(0)
    errors = read(changed, [register]).errors
    assert {one.column for one in errors if one.message == NOT_YET} == set(named.values())
