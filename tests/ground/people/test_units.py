"""The tree of units: each knows its way from the whole, as far as there is room for it."""

import pytest
from django.core.exceptions import ValidationError

from bartizan.ground.people.models import Unit

CODE = "a-code-as-long-as-any-that-can-be-given-"  # forty signs


def deep(under: Unit, levels: int) -> Unit:
    for _level in range(levels):
        under = Unit.objects.create(
            code=f"{len(under.path):03}{CODE[3:]}", name="Deep", parent=under
        )
    return under


def test_a_unit_lies_no_deeper_than_its_path_can_tell(whole):
    lowest = deep(whole, 9)
    assert len(lowest.path) == len("/acme/") + 9 * 41
    Unit(code="gate-of-the-north-depots", name="Gate", parent=lowest).clean()
    with pytest.raises(ValidationError, match="It lies too deep"):
        Unit(code="gate-of-the-north-depots-", name="Gate", parent=lowest).clean()


def test_what_lies_within_comes_along(whole, north):
    lowest = deep(north, 5)
    north.parent = deep(whole, 3)
    north.clean()
    north.parent = deep(north.parent, 2)
    with pytest.raises(ValidationError, match="It lies too deep"):
        north.clean()
    assert Unit.objects.get(pk=lowest.pk).path.startswith("/acme/north/")
