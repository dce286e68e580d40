"""What was backed up comes back and proves itself, or says why it does not and stops."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.utils import load_backend

from bartizan.clauses.context.models import ContextIssue
from bartizan.exchange.backup import NotTheSame, backup, restore, standing_in
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.records import files, life
from bartizan.ground.records.models import Attachment, Comment
from bartizan.ground.trail import checkpoints
from bartizan.ground.trail.acts import act
from bartizan.ground.trail.log import head
from bartizan.ground.trail.rebuild import opened_file
from bartizan.ground.trail.verification import verify
from tests.cast import issue
from tests.installation import Installation
from tests.postgres import BINARIES, PACKAGE

Inhabit = Callable[[Path], object]


def attach(words: bytes) -> str:
    """Attach a file to a context issue; where its bytes are."""
    okafor = Person.objects.get(code="m-okafor")
    with act(okafor):
        issue = ContextIssue.objects.order_by("pk").first()
        life.attach(issue, okafor, SimpleUploadedFile("plan.txt", words))
    return str(issue.attachments.latest("pk").sha256)


@pytest.fixture(scope="module")
def backed_up(of_the_example: Path, tmp_path_factory, django_db_blocker) -> Path:
    """A folder with the example company, one file attached, and its backup: made once."""
    folder = tmp_path_factory.mktemp("backed-up")
    company = shutil.copytree(of_the_example, folder / "company")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(settings, "DATA", company)
        patch.setattr(settings, "MEDIA_ROOT", company / "files")
        patch.setattr(settings, "TRAIL_KEY", company / "trail.key")
        with standing_in(company / "bartizan.sqlite3"):
            attach(b"The gate opens at six.")
            backup(folder / "backup.tar")
    return folder


@pytest.fixture
def origin(db, inhabit: Inhabit, backed_up: Path, tmp_path: Path) -> Iterator[Installation]:
    """The example company with one attached file, lived in."""
    folder = shutil.copytree(backed_up / "company", tmp_path / "company")
    with inhabit(folder):
        yield Installation(folder)


@pytest.fixture
def archive(origin: Installation, backed_up: Path, tmp_path: Path) -> Path:
    """A backup of that company."""
    return Path(shutil.copy2(backed_up / "backup.tar", tmp_path))


@pytest.fixture
def elsewhere(inhabit: Inhabit, tmp_path: Path):
    """Another machine: an empty folder, and what is in it afterwards."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with inhabit(folder):
        yield folder


def contents(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def packed_again(archive: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive with other parts, and what names them as they were."""
    with tarfile.open(archive) as old:
        parts = {member.name: old.extractfile(member).read() for member in old}
    change(parts)
    with tarfile.open(archive, "w") as new:
        for name, data in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return archive


@pytest.mark.sqlite
def test_what_was_backed_up_comes_back_and_goes_on(archive, elsewhere):
    restored = restore(archive)
    digest = Attachment.objects.get().sha256
    assert files.stored(digest).read_bytes() == b"The gate opens at six."
    attach(b"The gate opens at seven.")
    assert len(restored.manifest["verdicts"]) == 474
    assert verify().findings == []
    assert (restored.new_key != "", head().size > restored.manifest["size"]) == (True, True)


@pytest.mark.sqlite
def test_with_its_key_beside_it_the_log_goes_on_under_the_same_name(archive, origin, elsewhere):
    (elsewhere / "trail.key").write_bytes((origin.folder / "trail.key").read_bytes())
    restored = restore(archive)
    assert restored.new_key == ""
    assert checkpoints.continues(checkpoints.held())
    assert verify(keys=[restored.manifest["key"]]).findings == []


@pytest.mark.sqlite
def test_going_back_on_purpose_is_no_tampering(archive, origin, elsewhere):
    (elsewhere / "trail.key").write_bytes((origin.folder / "trail.key").read_bytes())
    checkpoints.hold(f"bartizan\n1000000\n{'A' * 43}=\n\n— bartizan {'A' * 92}\n")
    restore(archive)
    assert verify().findings == []


@pytest.mark.sqlite
def test_the_key_is_not_in_a_backup_and_nobody_else_reads_it(archive):
    with tarfile.open(archive) as opened:
        names = [name.partition("/")[0] for name in opened.getnames()]
    assert names == ["manifest.json", "database.sqlite3", "files"]
    assert archive.stat().st_mode & 0o077 == 0


@pytest.mark.sqlite
def test_a_backup_is_made_while_others_write(company, elsewhere, inhabit, tmp_path):
    stop, written = Event(), []

    def write() -> None:
        with opened_file(company.database) as alias:
            okafor = Person.objects.using(alias).get(code="m-okafor")
            issue = ContextIssue.objects.using(alias).first()
            while not stop.is_set():
                with act(okafor, using=alias):
                    written.append(
                        Comment.objects.using(alias).create(
                            record_id=issue.pk, author=okafor, text=f"{len(written)}"
                        )
                    )

    writer = Thread(target=write)
    with inhabit(company.folder):
        writer.start()
        while not written:
            pass
        manifest = backup(tmp_path / "busy.tar")
        stop.set()
        writer.join()
    inhabit(elsewhere)
    restore(tmp_path / "busy.tar")
    assert 0 < manifest["rows"]["records_comment"] == Comment.objects.count() <= len(written)


@pytest.mark.sqlite
def test_a_restore_writes_over_nothing(archive, origin, inhabit):
    with inhabit(origin.folder):
        before = contents(origin.folder)
        with pytest.raises(NotTheSame, match="restore into an empty data folder"):
            restore(archive)
        assert contents(origin.folder) == before


@pytest.mark.sqlite
def test_what_a_killed_restore_leaves_is_named_and_goes_with_the_next(archive, elsewhere):
    environment = {"BARTIZAN_DATA": str(elsewhere), "DJANGO_SETTINGS_MODULE": "bartizan.settings"}
    with subprocess.Popen(
        [sys.executable, "-m", "bartizan", "restore", str(archive)],
        cwd=settings.ROOT,
        env=os.environ | environment,
    ) as process:
        while not list(elsewhere.glob("*/database.sqlite3")):
            assert process.poll() is None
        process.kill()
    [copy] = elsewhere.glob("*/database.sqlite3")
    looked = Installation(elsewhere).run("doctor").stdout.splitlines()
    told = f"{copy.parent.name}: goes when `bartizan serve` or a restore starts"
    assert f"BAD  leftovers: {told}" in looked
    restore(archive)
    assert list(elsewhere.glob("bartizan*")) == [elsewhere / "bartizan.sqlite3"]
    assert "ok   leftovers: none" in Installation(elsewhere).run("doctor").stdout.splitlines()


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def database_changed(parts: dict[str, bytes]) -> None:
    database = parts["database.sqlite3"]
    parts["database.sqlite3"] = flipped(database, len(database) // 2)


def file_changed(parts: dict[str, bytes]) -> None:
    [name] = [name for name in parts if name.startswith("files/")]
    parts[name] = flipped(parts[name], 3)


def file_missing(parts: dict[str, bytes]) -> None:
    [name] = [name for name in parts if name.startswith("files/")]
    del parts[name]


def manifest_missing(parts: dict[str, bytes]) -> None:
    del parts["manifest.json"]


def manifest_cut(parts: dict[str, bytes]) -> None:
    parts["manifest.json"] = parts["manifest.json"][:100]


def manifest_saying(**other: object) -> Callable[[dict[str, bytes]], None]:
    def said(parts: dict[str, bytes]) -> None:
        parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | other).encode()

    return said


def something_else(parts: dict[str, bytes]) -> None:
    parts["../evil"] = b"#!/bin/sh"


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "change,says",
    [
        (database_changed, "database.sqlite3 is not what was backed up"),
        (file_changed, "is not what was backed up"),
        (file_missing, "is not what was backed up"),
        (manifest_missing, "manifest.json"),
        (manifest_cut, "manifest.json can't be used"),
        (manifest_saying(size=7), "size differ"),
        (manifest_saying(root="00"), "root differ"),
        (manifest_saying(rows={}), "rows differ"),
        (manifest_saying(verdicts={"2022:4.1-p1": "conforming"}), "verdicts differ"),
        (manifest_saying(database="../../company/bartizan.sqlite3"), "is not what was backed up"),
        (manifest_saying(vendor="postgresql"), "a backup of postgresql"),
        (something_else, "is no backup of ours: “../evil” is in it"),
    ],
)
def test_a_backup_that_is_not_what_was_written_says_so_and_stops(archive, elsewhere, change, says):
    with pytest.raises(NotTheSame, match=says):
        restore(packed_again(archive, change))
    assert set(contents(elsewhere)) <= {"trail.key"}


@pytest.mark.sqlite
def test_a_part_of_a_backup_is_none(archive, elsewhere):
    archive.write_bytes(archive.read_bytes()[:100_000])
    with pytest.raises(NotTheSame, match="is no backup, or a part of one"):
        restore(archive)
    assert contents(elsewhere) == []


@pytest.mark.sqlite
@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_what_is_no_file_is_not_unpacked(archive, elsewhere, kind):
    with tarfile.open(archive, "a") as opened:
        trick = tarfile.TarInfo(f"files/{'0' * 64}")
        trick.type, trick.linkname = kind, "/etc/passwd"
        opened.addfile(trick)
    with pytest.raises(NotTheSame, match="is in it"):
        restore(archive)
    assert contents(elsewhere) == []


@pytest.mark.sqlite
def test_a_file_that_rotted_here_is_told_and_the_rest_is_kept(company, tmp_path, inhabit):
    digest = attach(b"The gate opens at six.")
    files.stored(digest).write_bytes(b"The gate opens at two.")
    told = company.run("backup", tmp_path / "backup.tar")
    assert (told.exit_code, told.stdout) == (
        1,
        f"The attached file {digest} is damaged or missing here, and so in the backup.\n",
    )
    (tmp_path / "other").mkdir()
    with inhabit(tmp_path / "other"):
        assert restore(tmp_path / "backup.tar").manifest["damaged"] == [digest]


# -- PostgreSQL ----------------------------------------------------------------------------------


@pytest.fixture
def empty_postgres():
    """Another database on the server, and everything asked of it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE restored TEMPLATE template0")
    told = {**connection.settings_dict, "NAME": "restored"}
    real = connections[DEFAULT_DB_ALIAS]
    other = load_backend(told["ENGINE"]).DatabaseWrapper(told, DEFAULT_DB_ALIAS)

    def turn() -> None:
        connections[DEFAULT_DB_ALIAS] = other

    yield turn
    other.close()
    connections[DEFAULT_DB_ALIAS] = real
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE restored")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_postgresql_is_backed_up_by_its_own_program(
    empty_postgres, settings, tmp_path, monkeypatch
):
    programs = Path(find_spec(PACKAGE).submodule_search_locations[0]) / BINARIES
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    settings.DATA = tmp_path
    with act(None):
        whole = Unit.objects.create(code="acme", name="Acme Freight")
        Person.objects.create(code="m-okafor", name="M", unit=whole)
        issue("Theft", whole)
    attach(b"The gate opens at six.")
    manifest = backup(tmp_path / "backup.tar")
    with pytest.raises(NotTheSame, match="The database holds tables"):
        restore(tmp_path / "backup.tar")
    settings.MEDIA_ROOT = tmp_path / "other files"
    empty_postgres()
    assert restore(tmp_path / "backup.tar").manifest == manifest
    assert ContextIssue.objects.get().attachments.count() == 1
    assert verify().findings == []
