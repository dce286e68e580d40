"""Files are kept whole or not at all, under what their bytes are."""

import resource
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bartizan.clauses.context.models import ContextIssue
from bartizan.ground.records import files, life
from tests import cast

WORDS = b"The gate opens at six."


@pytest.fixture
def issue(owner) -> ContextIssue:
    return cast.issue("Theft", owner.unit, owner=owner)


def report(name: str = "gate.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, WORDS)


@contextmanager
def room_for(size: int):
    """No file of this process may grow beyond so many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def kept(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_file_is_kept_once_under_its_hash(issue, owner, settings):
    for name in ("gate.txt", "the same.txt"):
        life.attach(issue, owner, report(name))
    assert kept(settings) == [files.stored(sha256(WORDS).hexdigest())]
    assert kept(settings)[0].read_bytes() == WORDS
    assert set(issue.attachments.values_list("name", "sha256", "size")) == {
        (name, sha256(WORDS).hexdigest(), len(WORDS)) for name in ("gate.txt", "the same.txt")
    }


def test_attaching_it_again_mends_what_had_rotted(issue, owner, settings):
    life.attach(issue, owner, report())
    [path] = kept(settings)
    path.write_bytes(b"The gate opens at two.")
    life.attach(issue, owner, report())
    assert path.read_bytes() == WORDS


@pytest.mark.parametrize(
    "name,told",
    [
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ('a"\r\nSet-Cookie: x=1.txt', 'a"\r\nSet-Cookie: x=1.txt'),
        (f"{'n' * 300}.txt", "n" * 200),
    ],
)
def test_a_name_is_told_and_leads_nowhere(issue, owner, sign_in, settings, name, told):
    file = report()
    file._name = name  # Django cuts names in the requests it reads; this one came another way
    life.attach(issue, owner, file)
    assert kept(settings) == [files.stored(sha256(WORDS).hexdigest())]
    assert issue.attachments.get().name == told
    answer = sign_in(owner).get(f"/files/{sha256(WORDS).hexdigest()}/")
    assert b"".join(answer.streaming_content) == WORDS
    assert "\n" not in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Security-Policy"] == "sandbox"


def test_what_there_is_no_room_for_leaves_nothing_by_half(issue, owner, settings):
    with room_for(len(WORDS) - 1), pytest.raises(life.Refused) as refusal:
        life.attach(issue, owner, report())
    assert str(refusal.value) == "gate.txt could not be kept: File too large."
    assert (kept(settings), issue.attachments.count()) == ([], 0)


def test_the_page_says_why_a_file_could_not_be_kept(issue, owner, sign_in, settings, tmp_path):
    (tmp_path / "full").write_bytes(b"")
    settings.MEDIA_ROOT = tmp_path / "full"
    answer = sign_in(owner).post(
        f"{issue.get_absolute_url()}attach/", {"file": report()}, follow=True
    )
    assert "gate.txt could not be kept: Not a directory." in answer.content.decode()
    assert issue.attachments.count() == 0


def test_a_file_that_is_too_large_is_refused(issue, owner, settings):
    settings.ATTACHMENT_LIMIT = len(WORDS) - 1
    with pytest.raises(life.Refused, match="The file is larger than"):
        life.attach(issue, owner, report())
    assert (kept(settings), issue.attachments.count()) == ([], 0)


@pytest.mark.parametrize("name", ["x.svg", "x.html", "x.xhtml", "x.js", "x.pdf", "x"])
def test_a_drawing_is_sent_as_a_file_and_not_drawn(issue, owner, sign_in, name):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    life.attach(issue, owner, SimpleUploadedFile(name, drawing))
    answer = sign_in(owner).get(f"/files/{sha256(drawing).hexdigest()}/")
    told = ("Content-Disposition", "Content-Security-Policy", "X-Content-Type-Options")
    assert [answer.headers[header] for header in told] == [
        f'attachment; filename="{name}"',
        "sandbox",
        "nosniff",
    ]
