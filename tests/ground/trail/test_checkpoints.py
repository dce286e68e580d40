"""What is handed out, so that others need not believe."""

import os
import stat
from base64 import b64decode

import pytest

from bartizan.ground.trail import merkle, verifier
from bartizan.ground.trail.acts import act
from bartizan.ground.trail.checkpoints import (
    checkpoint,
    consistency_proof,
    held,
    hold,
    inclusion_proof,
    root_at,
    tlog_proof,
)
from bartizan.ground.trail.keys import signer
from bartizan.ground.trail.log import head
from bartizan.ground.trail.models import Checkpoint, Entry, Head
from bartizan.ground.trail.verification import verify
from tests.ground.trail.shop.models import Shelf

pytestmark = pytest.mark.django_db

SIZES = [1, 2, 255, 256, 257, 300, 512, 700, 1024, 1030]


@pytest.fixture
def grown(db) -> dict[int, bytes]:
    """The roots of a log at several sizes, as its head had them then."""
    roots = {}
    for before, size in zip([0, *SIZES], SIZES, strict=False):
        with act(None):
            Shelf.objects.bulk_create(Shelf(code=str(number)) for number in range(before, size))
        roots[size] = head().root
    return roots


def leaf(index: int) -> bytes:
    return merkle.leaf_hash(bytes(Entry.objects.get(pk=index).leaf))


def test_every_checkpoint_is_proven_to_continue_every_earlier_one(grown):
    assert {size: root_at(size) for size in SIZES} == grown
    for new in SIZES:
        for old in (size for size in SIZES if size <= new):
            path = consistency_proof(old, new)
            assert merkle.verify_consistency(old, new, path, grown[old], grown[new])


@pytest.mark.parametrize("index", [0, 1, 254, 255, 256, 511, 512, 699, 1023, 1029])
def test_every_entry_is_proven_at_every_size(grown, index):
    for size in (size for size in SIZES if size > index):
        proof = inclusion_proof(index, size)
        assert merkle.verify_inclusion(leaf(index), index, size, proof.path, grown[size])


def test_a_proof_reads_a_handful_of_rows(grown, django_assert_num_queries):
    with django_assert_num_queries(6):
        inclusion_proof(5)


def test_what_is_not_there_is_not_proven(grown):
    with pytest.raises(ValueError, match="Entry 1030 is not in a tree of 1030"):
        inclusion_proof(1030)
    with pytest.raises(ValueError, match="The log has 1030 entries, not 1031"):
        inclusion_proof(5, 1031)


def test_a_checkpoint_is_signed_and_put_on_record_once(grown):
    issued = checkpoint()
    assert checkpoint() == issued
    assert Checkpoint.objects.count() == 1
    assert issued.note.startswith("bartizan\n1030\n")
    assert verifier.tree_head(issued.note) == ("bartizan", 1030, grown[1030])
    assert verifier.signed_by(issued.note, [signer().verification_key])
    assert Head.objects.get().note == issued.note
    assert held() == issued.note


def test_the_empty_log_has_a_checkpoint_too():
    assert verifier.tree_head(checkpoint().note) == ("bartizan", 0, merkle.EMPTY)
    assert verify().findings == []


def test_a_proof_file_is_verified_with_nothing_but_the_key(grown):
    first, index, *rest = tlog_proof(300).split("\n")
    assert (first, index) == ("c2sp.org/tlog-proof@v1", "index 300")
    path, note = [b64decode(line) for line in rest[: rest.index("")]], rest[rest.index("") + 1 :]
    _, size, root = verifier.tree_head("\n".join(note))
    assert verifier.signed_by("\n".join(note), [signer().verification_key])
    assert merkle.verify_inclusion(leaf(300), 300, size, path, root)


def test_the_key_is_made_once_for_its_owner_alone(own_key):
    made = signer().verification_key
    assert stat.S_IMODE(os.stat(own_key).st_mode) == 0o600
    assert len(own_key.read_bytes()) == 32
    assert signer().verification_key == made
    assert list(own_key.parent.iterdir()) == [own_key]


def test_with_a_new_key_the_log_goes_on_and_the_old_checkpoint_is_named(grown, settings, tmp_path):
    old = signer().verification_key
    checkpoint()
    settings.TRAIL_KEY = tmp_path / "new.key"
    assert [finding.says for finding in verify().findings] == [
        "the head has no good signature of a trusted key"
    ]
    checkpoint()
    report = verify()
    assert report.findings == []
    assert len(report.notices) == 1
    assert report.notices[0].endswith("is signed by none of the keys given")
    assert verify(keys=[old, signer().verification_key]).notices == []


def test_a_held_checkpoint_the_log_does_not_continue_is_kept_as_evidence(grown):
    lie = signer().note(5, bytes(32))
    hold(lie)
    checkpoint()
    assert held() == lie
    assert [finding.says for finding in verify().findings] == [
        "the first 5 entries are not those of the held checkpoint"
    ]
    hold(checkpoint().note)
    assert verify().findings == []
