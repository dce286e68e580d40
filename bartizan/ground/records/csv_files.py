"""Tables to take along: CSV that a spreadsheet opens as it is meant."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is reckoned by spreadsheets


def csv_file(
    name: str, heading: Sequence[object], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """An answer that saves these rows under a name.

    A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
    injection); None is an empty cell.
    """
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")  # by this, spreadsheets know the encoding
    out = csv.writer(answer)
    out.writerow(heading)
    out.writerows([_harmless(value) for value in row] for row in rows)
    return answer


def _harmless(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value
