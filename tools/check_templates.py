"""Every template compiles, and none holds what the Content Security Policy would refuse."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import django
from django.template import engines

ROOT = Path(__file__).resolve().parent.parent
REFUSED = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>"),
    "an event handler": re.compile(r"\son(click|change|input|submit|load|error|focus|blur|key\w+)\s*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
}


def without_comments(text: str) -> str:
    """The template with its comments blanked out, line for line."""
    return re.sub(r"\{#.*?#\}", lambda comment: "\n" * comment[0].count("\n"), text, flags=re.DOTALL)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "longleaf.config.settings")
django.setup()
environment = engines["jinja2"].env  # type: ignore[attr-defined]
found = []
for path in sorted((ROOT / "src").rglob("templates/**/*.html")):
    text = path.read_text(encoding="utf-8")
    place = path.relative_to(ROOT)
    try:
        environment.parse(text, filename=str(place))
    except Exception as error:  # Jinja names line and reason itself
        found.append(f"{place}: {error}")
    for number, line in enumerate(without_comments(text).splitlines(), start=1):
        found += [f"{place}:{number}: {what}" for what, pattern in REFUSED.items() if pattern.search(line)]
if found:
    sys.exit("\n".join(found))
