"""In which words an assessor tells what they know about, and in which languages they read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf.locale import LANG_INFO

from longleaf.directory import queries as directory
from longleaf.panels.errors import UnknownLanguage

TITLES = {"roles": "Work of", "grade_bands": "Grade bands", "topics": "Topics"}


@dataclass(frozen=True)
class Field:
    """A list of the state's vocabulary, with the qualifications that can be chosen from it."""

    code: str
    title: str
    options: tuple[tuple[str, str], ...]


def fields() -> Sequence[Field]:
    """Every list of the state's vocabulary; a qualification is the list and the code, such as `topics:literacy`."""
    state = directory.current_state()
    lists = state.vocabulary if state else {}
    return [
        Field(name, TITLES.get(name, name.replace("_", " ").capitalize()), _options(name, entries))
        for name, entries in sorted(lists.items(), key=lambda pair: [*TITLES, pair[0]].index(pair[0]))
    ]


def titles() -> dict[str, str]:
    """The title of each qualification, by its code."""
    return {code: title for field in fields() for code, title in field.options}


def name_of_language(code: str) -> str:
    """The English name of a language, or its code where the name is not known."""
    return str(LANG_INFO.get(code, {}).get("name", code))


def codes_of_languages(text: str) -> list[str]:
    """Read names or codes of languages, separated by commas. Raises `UnknownLanguage` that names what is unknown."""
    given = [word for part in re.split(r"[,;\n]", text) if (word := part.strip())]
    known = {
        name.lower(): code
        for code, told in LANG_INFO.items()
        for name in (code, told.get("name", code), told.get("name_local", code))
    }
    unknown = [word for word in given if word.lower() not in known]
    if unknown or not given:
        named = f"We do not know the language {_quoted(unknown)}." if unknown else "Name at least one language."
        sentence = f"{named} Write its English name, separated by commas: English, Spanish."
        raise UnknownLanguage(sentence, fields={"languages": sentence})
    return sorted({known[word.lower()] for word in given})


def _options(name: str, entries: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{name}:{code}", title) for code, title in entries)


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
