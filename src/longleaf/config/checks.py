"""Production refuses to start on a development value."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 50


@register()
def production_has_values_of_its_own(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Name each setting that still holds what development runs with."""
    if not settings.PRODUCTION:
        return []
    return [Error(sentence, hint=hint, id=code) for code, wrong, sentence, hint in _rules() if wrong]


def refuse_to_start_otherwise() -> None:
    """For a web server, which runs no checks of its own. Raises `ImproperlyConfigured` with everything to be mended."""
    mistakes = production_has_values_of_its_own(None)
    if mistakes:
        raise ImproperlyConfigured("Production does not start.\n" + "\n".join(str(mistake) for mistake in mistakes))


def _weak(secret: str) -> bool:
    return secret == settings.DEVELOPMENT_SECRET or len(secret) < SHORTEST_SECRET


def _rules() -> list[tuple[str, bool, str, str]]:
    return [
        (
            "longleaf.E001",
            _weak(settings.SECRET_KEY),
            "LONGLEAF_SECRET_KEY is not set, or is short.",
            "Give it 50 or more random characters, or a file that holds them as LONGLEAF_SECRET_KEY_FILE.",
        ),
        (
            "longleaf.E002",
            _weak(settings.KEY_ENCRYPTION_SECRET) or settings.KEY_ENCRYPTION_SECRET == settings.SECRET_KEY,
            "LONGLEAF_KEY_ENCRYPTION_SECRET is not set, is short, or is the same as LONGLEAF_SECRET_KEY.",
            "It encrypts the keys of issuers. Give it 50 or more random characters and keep a copy in a safe place.",
        ),
        (
            "longleaf.E003",
            not settings.PUBLIC_URL.startswith("https://"),
            f"LONGLEAF_PUBLIC_URL is {settings.PUBLIC_URL}.",
            "Badges carry it for ever: set it to the https address under which this installation is reached.",
        ),
        (
            "longleaf.E004",
            settings.DEMO or settings.DEBUG,
            "LONGLEAF_DEMO or LONGLEAF_DEBUG is on.",
            "The demonstration lets anybody sign in as anybody. Switch both off.",
        ),
        (
            "longleaf.E005",
            "*" in settings.ALLOWED_HOSTS,
            "LONGLEAF_HOSTS lets every name in.",
            "Name the hosts under which this installation is reached.",
        ),
    ]
