"""The bytes of attached files: kept under their SHA-256, sent as a file to save, never as a page.

A name somebody gave is told and never used as a path; nothing here opens or runs what it keeps.
"""

import mimetypes
import os
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404

from bartizan.ground.people.models import Person
from bartizan.ground.records.models import Attachment


def stored(sha256: str) -> Path:
    """Where the file with this hash is kept."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def keep(file: UploadedFile) -> str:
    """Keep a file and return its SHA-256. Raises OSError, and then leaves nothing by half.

    It is on the disk before the row that tells of it. One that is there already is written anew,
    which mends it where it had rotted.
    """
    file.seek(0)
    sha256 = file_digest(file, "sha256").hexdigest()
    path = stored(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        try:
            part.writelines(file.chunks())
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(part.name).unlink()
            raise
    sync(path.parent)
    sync(path.parent.parent)
    return sha256


def sync(path: Path) -> None:
    """What was written to this file, or which files are in this folder, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def download(person: Person, sha256: str) -> FileResponse:
    """The bytes of an attachment that a person may see; else it does not exist for them."""
    found = Attachment.objects.visible_to(person).filter(sha256=sha256).first()
    if found is None:
        raise Http404
    return as_download(found)


def as_download(attachment: Attachment) -> FileResponse:
    """The bytes of a file whose reader was let in already."""
    path = stored(attachment.sha256)
    if not path.is_file():
        raise Http404
    guessed = mimetypes.guess_type(attachment.name)[0] or "application/octet-stream"
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=guessed,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response
