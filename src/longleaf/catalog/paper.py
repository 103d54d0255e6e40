"""Pages as PDF for people who file them, drawn by WeasyPrint as PDF/UA-1, so that a screen reader finds its way.

Nothing is fetched: what a page refers to as `static:…` is read from the static files of this installation, and a
picture that was drawn for this very page stands in it as `data:…`.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

SCHEME = "static:"


class PaperNotPossible(RuntimeError):
    """This installation cannot draw PDFs; printing the page from the browser gives the same sheet."""


def pdf_of(html: str) -> bytes:
    """A whole HTML page as a tagged PDF. Raises `PaperNotPossible` where WeasyPrint or the Pango library is missing."""
    weasyprint = _weasyprint()
    document = weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=_static_files_only(weasyprint))
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


def _weasyprint() -> Any:
    try:
        import weasyprint  # noqa: PLC0415 (takes a second to load and needs Pango, which a machine may lack)
    except (ImportError, OSError) as missing:
        raise PaperNotPossible(
            "PDFs need the Pango library, which is not installed here (Debian: libpango-1.0-0 libpangoft2-1.0-0)."
        ) from missing
    return weasyprint


def _static_files_only(weasyprint: Any) -> Any:
    """What WeasyPrint asks whenever a page refers to something."""

    class StaticFiles(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = _path_of(url)
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return weasyprint.urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return StaticFiles()


def _path_of(url: str) -> Path:
    found = finders.find(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
    if not isinstance(found, str):
        raise ValueError(f"{url} is not a static file of this installation.")
    return Path(found)
