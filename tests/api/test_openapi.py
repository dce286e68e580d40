"""The OpenAPI document tells the truth: every answer is one that it describes.

Schemathesis makes requests out of the document, proper ones and improper ones, and holds what
comes back against it: the status, the kind of answer, every field of it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

from bartizan.api.models import Token
from bartizan.ground.people.models import Person
from bartizan.registers import REGISTERS
from bartizan.wsgi import application
from tests.demo import OWNER, every_register, first

pytestmark = pytest.mark.sqlite  # what the document says does not depend on the engine

EXAMPLES = 3  # requests of each operation
# What a proper record is goes beyond what a schema can say (a number has to be somebody's), and
# fields that nobody knows are passed over.
NOT_ASKED = [
    checks.ignored_auth,
    checks.negative_data_rejection,
    checks.positive_data_acceptance,
]
SERVER_SIGNALS = (request_started, request_finished)


@pytest.fixture
def headers(demo) -> Iterator[dict[str, str]]:
    """Requests come through the front door, which would end the test's connection behind them."""
    person = Person.objects.get(code=OWNER)
    for signal in SERVER_SIGNALS:
        signal.disconnect(close_old_connections)
    yield {"Authorization": f"Bearer {Token.issue(person, 'test')}"}
    for signal in SERVER_SIGNALS:
        signal.connect(close_old_connections)


_operations: list[Any] = []


@pytest.fixture
def operations(headers) -> list[Any]:
    """Read from the document once: there are hundreds."""
    if not _operations:
        document = schemathesis.openapi.from_wsgi("/api/schema/", application, headers=headers)
        _operations.extend(made.ok() for made in document.get_all_operations())
    return _operations


def untrue(operation: Any, headers: dict[str, str], name: str = "") -> list[str]:
    """What comes back and is not as described; every second request is of the row of a name."""
    found, asked = [], 0

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        nonlocal asked
        asked += 1
        if "name" in case.path_parameters and asked % 2:
            case.path_parameters["name"] = name
        with transaction.atomic():
            answer = case.call(headers=headers)
            transaction.set_rollback(True)
        try:
            case.validate_response(answer, excluded_checks=NOT_ASKED)
        except FailureGroup as failures:
            found.extend(f"{operation.label}: {one}" for one in failures.exceptions)

    ask()
    assert asked
    return found


@every_register
def test_a_register_answers_as_described(register, operations, headers):
    row = first(register)
    name = str(getattr(row, "number", "") or row.pk)
    own = f"/api/{register.slug}/"
    ours = [one for one in operations if one.path.startswith(own)]
    assert len(ours) == (9 if register.holds_records else 4)
    assert [said for one in ours for said in untrue(one, headers, name)] == []


def test_verdicts_and_proofs_answer_as_described(operations, headers):
    slugs = {register.slug for register in REGISTERS}
    others = [one for one in operations if one.path.split("/")[2] not in slugs]
    assert {one.path for one in others} == {
        "/api/requirements/",
        "/api/conformity/",
        "/api/conformity/{id}/",
        "/api/trail/checkpoint/",
        "/api/trail/consistency/{old}/{new}/",
        "/api/trail/proof/{index}/",
    }
    assert [said for one in others for said in untrue(one, headers)] == []
