"""What the page of a document shows beside its columns."""

from typing import Any

from django import template
from django.utils import timezone

from bartizan.ground.documents import reading
from bartizan.ground.documents.models import Document, DocumentVersion
from bartizan.ground.people.models import Person
from bartizan.ground.records import display

register = template.Library()

SHOWN = 20


@register.simple_tag
def current_text(document: Document, reader: Person) -> dict[str, Any] | None:
    """The current version as the reader may see it, with its text; None where there is none."""
    versions = DocumentVersion.objects.in_force(timezone.localdate()).visible_to(reader)
    version = versions.filter(document=document).select_related("author", "reviewed_by").first()
    if version is None:
        return None
    return {"version": version, "text": display.rich(version.body), "files": version.attachments}


@register.simple_tag
def readers(version: DocumentVersion, reader: Person) -> dict[str, Any]:
    """How many have acknowledged a version; who has not, if the reader may know people."""
    today = timezone.localdate()
    asked = reading.recipients(version.document, today)
    done = version.acknowledgements.filter(acknowledged_on__isnull=False).values("person")
    missing = asked.exclude(pk__in=done)
    count = missing.count()
    return {
        "asked": asked.count(),
        "done": asked.filter(pk__in=done).count(),
        "without": reading.still_to_receive(version, today).count(),
        "missing": missing.visible_to(reader)[:SHOWN],
        "more": max(0, count - SHOWN),
    }
