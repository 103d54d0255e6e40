"""What the shape of a part says about a wrong value, as a sentence that tells how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from typing import Any

from pydantic_core import ErrorDetails

# By the type that pydantic gives an error; the names in braces are filled from the error's own context.
_SENTENCES: Mapping[str, str] = {
    "missing": "This is missing; add it.",
    "string_type": "This must be text; put codes and numbers in quotes.",
    "string_too_short": "This is empty; write something or, where it may be absent, take the line away.",
    "string_too_long": "This is too long; {max_length} characters are the most.",
    "int_type": "This must be a whole number, without quotes.",
    "float_type": "This must be a number, without quotes.",
    "bool_type": "This must be true or false, without quotes.",
    "greater_than_equal": "This must be at least {ge}.",
    "less_than_equal": "This must be at most {le}.",
    "tuple_type": "This must be a list; start each entry with a dash.",
    "model_type": "This must be a mapping of names to values.",
    "dict_type": "This must be a mapping of names to values.",
    "mapping_type": "This must be a mapping of names to values.",
    "date_type": "This must be a day, written like 2024-06-30.",
    "date_from_datetime_parsing": "This must be a day, written like 2024-06-30.",
    "date_parsing": "This must be a day, written like 2024-06-30.",
    "enum": "This is not known here; write one of: {expected}.",
}
# What each pattern of `parts.values` asks for, by its pattern.
_PATTERNS: Mapping[str, str] = {
    r"^[A-Za-z0-9][A-Za-z0-9._-]*$": "A code holds letters, digits, dots, dashes and underscores only.",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "Write it in small letters and digits, with single dashes between words.",
    r"^#[0-9a-f]{6}$": 'A colour is written as # and six digits from 0 to f, in quotes, like "#1f4d3a".',
    r"^[a-z]+$": "An icon is named by one word in small letters, like book.",
    r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$": "A language is written like en or es-MX.",
    r"^https?://[^\s/]+\S*$": "A web address starts with https:// or http:// and has no spaces.",
}


def sentence(error: ErrorDetails, known: Collection[str], said: Mapping[str, str] | None = None) -> str:
    """How to mend one error of pydantic; `known` are the names that may stand where an unknown one stood.

    `said` are sentences, by the type of the error, that go before ours: a page words them for whoever types there.
    """
    context: dict[str, Any] = dict(error.get("ctx", {}))
    if said and error["type"] in said:
        return said[error["type"]].format(**{key: _plain(value) for key, value in context.items()})
    if error["type"] == "extra_forbidden":
        return _unknown_name(str(error["loc"][-1]), known)
    if error["type"] == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"], "This is not written as it should be.")
    if error["type"] in _SENTENCES:
        return _SENTENCES[error["type"]].format(**{key: _plain(value) for key, value in context.items()})
    return f"{error['msg']}."


def meant(name: str, known: Collection[str]) -> str | None:
    """The known name that an unknown one was probably meant to be."""
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.75)), None)


def _unknown_name(name: str, known: Collection[str]) -> str:
    close = meant(name, known)
    if close:
        return f"“{name}” is not known here; did you mean “{close}”?"
    return f"“{name}” is not known here; take it away or write one of: {', '.join(sorted(known))}."


def _plain(value: object) -> str:
    """The list of choices as pydantic words it, without its quotation marks and with a plain “or”."""
    return str(value).replace("'", "")
