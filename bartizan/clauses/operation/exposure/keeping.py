"""What an analysis was computed from and what came out: two attached files, known by their hash."""

import json
from importlib.metadata import version
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from bartizan.analysis.inputs import canonical
from bartizan.ground.people.models import Person
from bartizan.ground.records import files, life
from bartizan.ground.records.models import Record

INPUTS, RESULT = "inputs.json", "result.json"
PROGRAM = f"Bartizan {version('bartizan')}"


def read(sha256: str) -> dict[str, Any]:
    """One of the two files of an analysis. Raises life.Refused where it is missing."""
    path = files.stored(sha256)
    if not sha256 or not path.is_file():
        raise life.Refused(_("A file of this analysis is missing: restore it from a backup."))
    return json.loads(path.read_bytes())


def keep(analysis: Record, name: str, data: Any, by: Person) -> str:
    """Attach data as a file; returns its SHA-256."""
    file = SimpleUploadedFile(name, canonical(data), content_type="application/json")
    life.attach(analysis, by, file)
    return analysis.attachments.filter(name=name).latest("pk").sha256
