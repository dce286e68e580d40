"""How verdicts have changed is told to those from whom nothing is hidden, and to nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bartizan.conformity.models import VerdictChange

ITEM = "2022:5.2.1-b"


@pytest.fixture
def noted(owner) -> None:
    """An item had evidence lately, and has none any more."""
    for size, verdict in enumerate(("conforming", "no-evidence"), start=1):
        VerdictChange.objects.create(
            requirement=ITEM, since=timezone.now() - timedelta(days=3 - size), size=size,
            verdict=verdict, reason="So.", evidence=0, shortfalls=0,
        )  # fmt: skip


@pytest.mark.parametrize("reader, told", [("owner", True), ("auditor", False)])
def test_what_changed_is_told_to_whoever_sees_everything(noted, sign_in, request, reader, told):
    client = sign_in(request.getfixturevalue(reader))
    home = client.get("/")
    turned = [line["id"] for line in home.context_data["turned"]]
    assert ("No verdict has changed." in home.text, "Changed verdicts" in home.text) == (
        False,
        told,
    )
    strip = [one["verdict"] for one in client.get(f"/requirements/{ITEM}/").context_data["strip"]]
    assert turned == ([ITEM] if told else [])
    assert strip == (["no-evidence", "conforming"] if told else [])
