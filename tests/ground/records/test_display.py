"""A value is said to its reader as they write it."""

import pytest
from django.utils.translation import override

from bartizan.ground.records.display import text


@pytest.mark.parametrize(
    "language, value, said",
    [
        ("en-gb", 1_250_000, "1,250,000"),
        ("en-gb", 12_500.25, "12,500.25"),
        ("en-gb", 250, "250"),
        ("de", 1_250_000, "1.250.000"),
        ("de", -12_500.25, "-12.500,25"),
        ("fr", 1_250_000, "1\u202f250\u202f000"),
    ],
)
def test_figures_are_grouped_as_a_language_has_it(language, value, said):
    with override(language):
        assert text(value).replace("\xa0", "\u202f") == said
