"""What the front end compiles to, for tests that hand pages to a browser without the server."""

from __future__ import annotations

import mimetypes
from pathlib import Path

import django_htmx
import pytest
from playwright.sync_api import Route

import longleaf

SITE = "http://longleaf.test"
APPS = Path(longleaf.__file__).parent
STATIC = (APPS / "kit/static", Path(django_htmx.__file__).parent / "static", *sorted(APPS.glob("*/static")))
IS_NEEDED = pytest.mark.skipif(
    not (STATIC[0] / "kit/built/longleaf.js").exists(),
    reason="The front end is not compiled: run `make front-end`.",
)


def answers(route: Route, path: str) -> bool:
    """Answer with the static file at a path, such as `/static/kit/…`; False where there is none."""
    name = path.removeprefix("/static/")
    file = next((each for folder in STATIC if (each := folder / name).is_file()), None)
    if file is None:
        return False
    route.fulfill(path=file, content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")
    return True
