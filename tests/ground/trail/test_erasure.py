"""Forgetting a person without breaking the trail."""

import pytest
from django.db import IntegrityError

from bartizan.ground.trail.acts import act
from bartizan.ground.trail.checkpoints import checkpoint
from bartizan.ground.trail.erasure import erase
from bartizan.ground.trail.history import history
from bartizan.ground.trail.log import head
from bartizan.ground.trail.models import Act, Entry, Payload
from bartizan.ground.trail.rebuild import opened_file, rewind
from bartizan.ground.trail.standing import lifted
from bartizan.ground.trail.verification import verify
from tests.ground.trail.edits import tables
from tests.ground.trail.shop.models import Machine, Shelf, Ware

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine(db) -> Machine:
    with act(None, why="Bought by Ms Example."):
        machine = Machine.objects.create(name="Ms Example's press", facts={"owner": "Ms Example"})
        Shelf.objects.create(code="other")
    with act(None):
        machine.name = "the press of Ms Example"
        machine.save()
    return machine


def forget(machine: Machine) -> list[int]:
    with act(None, why="Asked for."):
        erased = erase(machine, "GDPR Art. 17(1)(a)", reasons=True)
        machine.name, machine.facts = "", {}
        machine.save()
    return erased


def known() -> str:
    images = Payload.objects.values_list("image", flat=True)
    return "".join([*images, *Act.objects.values_list("why", flat=True)])


def test_what_was_known_of_her_is_gone_and_the_trail_is_whole(machine):
    before = checkpoint().note
    assert "Ms Example" in known()
    erased = forget(machine)
    assert "Ms Example" not in known()
    assert erased == [0, 1, 3]
    report = verify(held=before)
    assert report.findings == []
    assert report.erased == 3
    assert report.notices == [
        f"entry 0, shop_ware {machine.pk}: erased by entry 4",
        f"entry 1, shop_machine {machine.pk}: erased by entry 6",
        f"entry 3, shop_ware {machine.pk}: erased by entry 4",
        "act 1: reason erased by entry 4",
    ]


def test_a_payload_gone_without_an_entry_is_still_found(machine):
    forget(machine)
    with lifted():
        Payload.objects.filter(entry__table="shop_shelf").delete()
    shelf = Shelf.objects.get()
    assert [str(finding) for finding in verify().findings] == [
        f"entry 2, shop_shelf {shelf.pk}: the image is missing,"
        " and no entry says that it was erased"
    ]


def test_the_entry_that_tells_of_an_erasure_cannot_be_erased(machine):
    forget(machine)
    told = Payload.objects.filter(entry__verb="erase").count()
    forget(machine)
    assert Payload.objects.filter(entry__verb="erase").count() > told
    assert verify().findings == []


def test_a_rebuilt_database_holds_what_is_left(machine, tmp_path):
    early = Act.objects.get(pk=1).at
    forget(machine)
    rebuilt = rewind(None, tmp_path / "now.db")
    assert (rebuilt.lost, rebuilt.verified and rebuilt.verified.findings) == ([], [])
    with opened_file(tmp_path / "now.db") as alias:
        assert tables(alias) == tables()
    # Of the day before the erasure, the anonymous row is what is left.
    assert rewind(early, tmp_path / "early.db").lost == []
    with opened_file(tmp_path / "early.db") as alias:
        assert [m.name for m in Machine.objects.using(alias)] == [""]


def test_a_row_of_which_nothing_is_left_is_said_to_be_lost(machine, tmp_path):
    early = Act.objects.get(pk=1).at
    key = machine.pk
    with act(None):
        erase(Ware.objects.get(pk=key), "GDPR Art. 17(1)(a)")
        erase(machine, "GDPR Art. 17(1)(a)")
        machine.delete()
    assert verify().findings == []
    assert rewind(early, tmp_path / "early.db").lost == [
        f"shop_ware {key}: erased",
        f"shop_machine {key}: erased",
    ]


def test_erasing_is_an_act(machine):
    size = head().size
    with pytest.raises(IntegrityError, match="write without an act"):
        erase(machine, "GDPR Art. 17(1)(a)")
    assert (head().size, Payload.objects.count()) == (size, 4)


def test_history_tells_that_it_was_erased_and_by_whom(machine):
    forget(machine)
    newest, *older = history(machine)
    assert (newest.verb, newest.act.why) == ("erase", "Asked for.")
    assert newest.after is not None
    assert (newest.after["name"], newest.after["facts"]) == ("", {})
    assert [change.after for change in older] == [{}, {}]
    assert Entry.objects.filter(verb="erase").count() == 2
