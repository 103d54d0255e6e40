"""Text is UTF-8: what Django would stumble over before any middleware is put right at the door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from longleaf.config.encoding import as_utf_8


def address_read(environ: dict[str, Any], _start_response: Callable[..., Any]) -> list[bytes]:
    return [WSGIRequest(environ).GET["address"].encode()]


@pytest.mark.parametrize(
    "kind",
    [
        *("text/plain; charset=zlib", "text/plain;charset=undefined", 'text/plain; CHARSET = "rot13"'),
        *(
            "text/plain; charset*=utf-8''hex",
            "text/plain; charset=unicode_escape; x=y",
            "text/plain; charset=utf-8",
            "",
        ),
    ],
)
def test_text_is_utf_8_whatever_its_sender_calls_it(kind: str) -> None:
    asked = RequestFactory().get("/verify/?address=%5Cud800%C3%A9+2AA-").environ
    assert list(as_utf_8(address_read)({**asked, "CONTENT_TYPE": kind}, print)) == ["\\ud800é 2AA-".encode()]
