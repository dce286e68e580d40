"""What gunicorn asks for when it starts (`--config python:bartizan.cli.listening`)."""

import os
import sys
from typing import Any


def when_ready(server: Any) -> None:
    """The address is told when somebody answers there, and not before."""
    sys.stderr.write(os.environ.get("BARTIZAN_READY", "Serving.") + "\n")
    sys.stderr.flush()
