"""The verifier as the auditor has it: one file, Python alone, a database file, a key."""

import ast
import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from bartizan.ground.trail import verifier
from bartizan.ground.trail.acts import act
from bartizan.ground.trail.checkpoints import checkpoint
from bartizan.ground.trail.keys import Signer, signer
from bartizan.ground.trail.rebuild import database_file, opened_file
from bartizan.ground.trail.standing import lifted
from tests.ground.trail.shop.models import Machine, Shelf

PROGRAM = Path(verifier.__file__)

# RFC 8032, section 7.1: public key, message, signature.
ED25519 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
        "1cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
        "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


@pytest.fixture
def log(tmp_path: Path, db) -> Path:
    """A database file with a log of three acts and a row of every type."""
    with database_file(tmp_path / "log.db") as alias:
        for name in ("first", "second"):
            with act(None, why=name, using=alias):
                shelf = Shelf.objects.using(alias).create(code=name)
                Machine.objects.using(alias).create(name=name, shelf=shelf, facts={"a": [1, 0.5]})
        (tmp_path / "held").write_text(checkpoint(alias).note)
        with act(None, using=alias):
            Machine.objects.using(alias).update(weight=0.1)
    return tmp_path / "log.db"


def run(log: Path, *options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", PROGRAM, log, *map(str, options)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_needs_nothing_but_python():
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(PROGRAM.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [])
        + [alias.name for alias in node.names if isinstance(node, ast.Import)]
    }
    assert imported <= set(sys.stdlib_module_names)


def test_a_whole_log_is_said_to_be_whole(log):
    done = run(log, "--key", signer().verification_key, "--held", log.with_name("held"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("The trail is whole.\n")
    report = json.loads(run(log, "--key", signer().verification_key, "--json").stdout)
    assert (report["ok"], report["size"], report["acts"], report["rows"]) == (True, 8, 3, 6)


def test_a_changed_row_is_named(log):
    with opened_file(log) as alias, lifted(alias):
        Machine.objects.using(alias).filter(name="second").update(pieces=41)
    done = run(log, "--key", signer().verification_key)
    assert done.returncode == 1
    assert "WRONG: entry 7, shop_machine 2, pieces: the table says 41, the last image 0\n" in (
        done.stdout
    )


def test_a_signature_is_demanded(log):
    done = run(log)
    assert done.returncode == 2
    assert "--key" in done.stderr
    other = Signer("bartizan", Ed25519PrivateKey.generate()).verification_key
    done = run(log, "--key", other)
    assert done.returncode == 1
    assert "WRONG: log: the head has no good signature of a trusted key" in done.stdout


def test_a_mistyped_key_is_no_key(log):
    key = signer().verification_key
    done = run(log, "--key", key[:-2] + ("A" if key[-2] != "A" else "B") + key[-1])
    assert done.returncode == 2
    assert "mistyped" in done.stderr


@pytest.mark.django_db
def test_a_mistyped_key_is_no_tampering_where_no_checkpoint_was_handed_out_either(tmp_path):
    with database_file(tmp_path / "log.db") as alias, act(None, using=alias):
        Shelf.objects.using(alias).create(code="only")
    done = run(tmp_path / "log.db", "--key", "bartizan")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Not verified: A verification key reads: name+id+key.\n"


def test_a_held_checkpoint_of_another_log_is_not_continued(log, tmp_path):
    (tmp_path / "other").write_text(signer().note(2, bytes(32)))
    done = run(log, "--key", signer().verification_key, "--held", tmp_path / "other")
    assert done.returncode == 1
    assert "the first 2 entries are not those of the held checkpoint" in done.stdout
    (tmp_path / "other").write_text(signer().note(2000, bytes(32)))
    done = run(log, "--key", signer().verification_key, "--held", tmp_path / "other")
    assert "the log has shrunk from 2000 entries to 8" in done.stdout


def test_a_held_checkpoint_that_nobody_signed_counts_for_nothing(log, tmp_path):
    (tmp_path / "other").write_text(log.with_name("held").read_text().replace("6\n", "7\n", 1))
    done = run(log, "--key", signer().verification_key, "--held", tmp_path / "other")
    assert done.returncode == 1
    assert "the held checkpoint has no good signature" in done.stdout


@pytest.mark.parametrize("public, message, signature", ED25519)
def test_signatures_of_the_rfc_verify(public, message, signature):
    key, text, good = map(bytes.fromhex, (public, message, signature))
    assert verifier.ed25519_verifies(key, text, good)
    assert not verifier.ed25519_verifies(key, text + b"!", good)
    assert not verifier.ed25519_verifies(key, text, good[:-1])
    assert not verifier.ed25519_verifies(key, text, good[:32] + b"\xff" * 32)


@settings(deadline=None)  # a busy machine proves nothing
@given(st.binary(max_size=200), st.integers(0, 511))
def test_a_signature_with_one_bit_wrong_does_not_verify(message, bit):
    key = Ed25519PrivateKey.generate()
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert verifier.ed25519_verifies(public, message, signature)
    wrong = bytearray(signature)
    wrong[bit // 8] ^= 1 << bit % 8
    assert not verifier.ed25519_verifies(public, message, bytes(wrong))


@settings(deadline=None)  # a busy machine proves nothing
@given(st.text(max_size=200))
def test_nonsense_is_no_checkpoint(text):
    key = Signer("bartizan", Ed25519PrivateKey.generate())
    assert not verifier.signed_by(text, [key.verification_key])
    with suppress(verifier.MalformedError):
        verifier.tree_head(text)


@pytest.mark.parametrize(
    "interval, expected",
    [
        ("00:00:00", 0),
        ("-1 days +02:00:00", -79_200_000_000),
        ("3 days", 259_200_000_000),
        ("1 day 00:00:00.5", 86_400_500_000),
        ("-00:00:00.000005", -5),
    ],
)
def test_an_interval_of_postgresql_is_the_number_of_sqlite(interval, expected):
    assert verifier.microseconds(interval) == expected
