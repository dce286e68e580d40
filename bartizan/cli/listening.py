"""What gunicorn asks for when it starts (`--config python:bartizan.cli.listening`)."""

import os
import sys
from typing import Any

from django.urls import get_resolver


def when_ready(server: Any) -> None:
    """Load the site map once for all workers; then tell the address, where somebody answers now."""
    get_resolver().url_patterns  # noqa: B018
    sys.stderr.write(os.environ.get("BARTIZAN_READY", "Serving.") + "\n")
    sys.stderr.flush()
