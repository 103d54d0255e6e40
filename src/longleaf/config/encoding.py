"""Text that comes in is UTF-8, whatever its sender calls it.

Python knows encodings that are none of text, and Django asks for them before any middleware could refuse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

Pages = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

CHARSET = re.compile(r";\s*charset\s*\*?\s*=[^;]*", re.IGNORECASE)


def as_utf_8(pages: Pages) -> Pages:
    """The same WSGI application, which is never told of another encoding."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
        return pages(environ, start_response)

    return answer
