"""What the browser loads beside our own files: named files of npm packages, served by ourselves.

Nothing else of `node_modules` is reachable: a file has to stand in `NPM_FILES`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The outlines that bartizan.css uses as masks, each by its name in the icon set.
ICONS = [
    "archive",
    "arrow-down",
    "arrow-up",
    "chart-line",
    "check",
    "checklist",
    "chevron-down",
    "chevron-right",
    "columns-3",
    "dots",
    "download",
    "filter",
    "focus-centered",
    "history",
    "home",
    "link",
    "logout",
    "menu-2",
    "minus",
    "moon",
    "paperclip",
    "pencil",
    "plus",
    "printer",
    "route",
    "search",
    "shield-check",
    "sun",
    "upload",
    "user",
    "x",
]

# The name in `{% static %}`, and the file under node_modules.
NPM_FILES = {
    "vendor/tabler.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/htmx.js": "htmx.org/dist/htmx.min.js",
    "vendor/inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "vendor/inter-latin-ext.woff2": (
        "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2"
    ),
    "vendor/countries.json": "world-atlas/countries-50m.json",  # coasts and borders, Natural Earth
    **{f"vendor/icons/{icon}.svg": f"@tabler/icons/icons/outline/{icon}.svg" for icon in ICONS},
}


class NpmStorage(FileSystemStorage):
    """Reads the allowed files under our names for them."""

    def path(self, name: str) -> str:
        return str(Path(settings.NPM_ROOT) / settings.NPM_FILES[name])


class NpmFinder(BaseFinder):
    """Finds the files of `NPM_FILES`, for `collectstatic` and for a server under development."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.storage = NpmStorage(location=settings.NPM_ROOT)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return [
            Error(
                f"The front-end file {file} is not installed.",
                hint="Run `make install` (or `npm ci`).",
                id="site.E001",
            )
            for name, file in settings.NPM_FILES.items()
            if not self.storage.exists(name)
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        known = path in settings.NPM_FILES and self.storage.exists(path)
        found = [self.storage.path(path)] if known else []
        return found if find_all else next(iter(found), None)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for name in settings.NPM_FILES:
            yield name, self.storage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Static files under the hash of their content, compressed.

    The packages name source maps that we do not serve; following those names would make
    `collectstatic` fail, so only what style sheets load is followed.
    """

    patterns = tuple(
        (
            glob,
            tuple(
                pattern
                for pattern in patterns
                if "sourceMappingURL" not in (pattern if isinstance(pattern, str) else pattern[0])
            ),
        )
        for glob, patterns in CompressedManifestStaticFilesStorage.patterns
        if glob == "*.css"
    )
