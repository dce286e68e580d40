"""The verdicts on the demo company."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bartizan.conformity.described import describe
from bartizan.conformity.evaluate import evaluate


def test_what_a_verdict_stands_on_is_read_with_what_it_is_called(demo):
    kinds = set()
    for verdict in evaluate().values():
        rows = [*verdict.evidence_records(5), *(row for row, _ in verdict.shortfall_records(5))]
        with CaptureQueriesContext(connection) as queries:
            named = [describe(row) for row in rows if row is not None]
        assert len(queries) == 0, (verdict.requirement.id, queries.captured_queries[0])
        kinds |= {told.kind for told in named}
    assert {"dependency", "assignment", "acknowledgement", "process-run"} <= kinds
