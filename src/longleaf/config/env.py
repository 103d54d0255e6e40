"""Typed readers of the environment that fail loudly.

Every reader takes the name of a variable and a default. A variable may also be given as a file: `NAME_FILE=/run/secret`
is read when `NAME` itself is not set, so that secrets need not stand in the environment.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str) -> str:
    """The variable as it stands, or the content of the file that `NAME_FILE` names."""
    if name in os.environ:
        return os.environ[name]
    path = os.environ.get(f"{name}_FILE")
    return _content(path, f"{name}_FILE") if path else default


def yes_or_no(name: str, default: bool) -> bool:
    """True or false; any other word stops the start, because a mistyped "flase" must not switch a guard off."""
    value = text(name, str(default)).strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to yes or no.")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name, str(default)).strip()
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number.") from None


def one_of(name: str, default: str, choices: Sequence[str]) -> str:
    """One of a few words."""
    value = text(name, default).strip().lower()
    if value in choices:
        return value
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to {' or '.join(choices)}.")


def words(name: str, default: str) -> list[str]:
    """A list separated by commas; blanks are dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def _content(path: str, name: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise ImproperlyConfigured(f"{name} names {path}, which cannot be read: {problem}.") from None
