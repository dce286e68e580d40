"""The settings of an installation, on a folder of its own that goes when the tests end."""

import os
import tempfile
from datetime import UTC, datetime

FOLDER = tempfile.TemporaryDirectory(prefix="bartizan-test-")
os.environ["BARTIZAN_DATA"] = FOLDER.name
# What is compared before and after has to be of one day: the tests do not begin late in the
# evening. Where it is, they run where it is still morning.
if datetime.now(UTC).hour >= 22:
    os.environ.setdefault("BARTIZAN_TIME_ZONE", "Etc/GMT+12")

from bartizan.settings import *  # noqa: E402, F403
from bartizan.settings import INSTALLED_APPS, STORAGES  # noqa: E402

# A shop whose rows are of every kind a column can be: the trail is tested on it.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.ground.trail.shop"]

# Pages load static files from where they are written: no test depends on an earlier
# `collectstatic`.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT = FOLDER.name

# The real hasher takes its time on purpose, and the tests sign in often: this one is as real, and
# takes as little as it may.
PASSWORD_HASHERS = ["tests.hasher.QuickArgon2"]
