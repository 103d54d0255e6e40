"""Addresses that people or other systems wrote, made safe to follow."""

from __future__ import annotations

from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https"})
# Leads nowhere; the words of the link still say what was written.
NOWHERE = "#"


def followable(address: object) -> str:
    """The address where it leads to the web or to a page of ours, else `#`: no script, no file, no mail program.

    What it takes is narrower than what a browser would follow: a browser drops spaces and line ends inside a scheme,
    and reads a backslash as a slash.
    """
    text = str(address or "")
    if not text.isprintable() or " " in text or "\\" in text:
        return NOWHERE
    if text.startswith("/"):
        return NOWHERE if text.startswith("//") else text
    try:
        parts = urlsplit(text)
        is_web = parts.scheme.lower() in SCHEMES and bool(parts.hostname)
    except ValueError:
        return NOWHERE
    return text if is_web else NOWHERE
