"""YAML, read strictly: what the author sees is what is meant, and nothing else can be written.

The events of PyYAML's safe parser are taken as they come; none of its constructors runs, so a file can only
give mappings, lists, text, whole and decimal numbers, true, false and null. Days become text such as
2024-06-30 once they are known to be real. Where YAML 1.1 would silently take a word for something else (`NO`
for false, `010` for eight, `1:30` for ninety), the author is asked to say what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import yaml
from pydantic import JsonValue

from longleaf.states.files.places import Flaw, PackFile, Spot

LARGEST_FILE = 2_000_000
EMPTY = "The file is empty; write its content or take the file away."
DEEPEST = 20
# The parser in C is ten times as fast; a PyYAML without it reads the same.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What readers of YAML 1.1 or 1.2 turn into something that is not the text the author sees.
_TREACHEROUS = re.compile(
    r"~|=|<<|y|n|yes|no|on|off|true|false|null"
    r"|[-+]?(\.inf|\.nan)"
    r"|[-+]?0[0-9_]+|[-+]?0[box][0-9a-f_]+|[-+]?[0-9][0-9_]*"
    r"|[-+]?[0-9_]*\.[0-9_]*(e[-+]?[0-9]+)?|[-+]?[0-9][0-9_]*e[-+]?[0-9]+"
    r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t ].*)?",
    re.IGNORECASE,
)


def read_yaml(name: str, raw: bytes) -> PackFile:
    """Read one file. What is wrong with the writing is in `flaws`; the rest is read nevertheless."""
    refusal = _refusal(raw)
    if refusal:
        return PackFile(name, None, {}, (Flaw((), None, refusal),))
    reader = _Reader()
    try:
        content = reader.read(raw.decode("utf-8-sig"))
    except _UnreadableError as error:
        return PackFile(name, None, {}, (*reader.flaws, _flaw_of_syntax(error.line, error.what)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        what = error.problem or "something is out of place"
        return PackFile(name, None, {}, (*reader.flaws, _flaw_of_syntax(line, what)))
    except yaml.YAMLError as error:
        reason = f"This is not YAML: {error}. Remove characters that cannot be printed."
        return PackFile(name, None, {}, (Flaw((), None, " ".join(reason.split())),))
    if content is None and not reader.flaws:
        return PackFile(name, None, {}, (Flaw((), None, EMPTY),))
    return PackFile(name, content, reader.lines, tuple(reader.flaws))


def _refusal(raw: bytes) -> str:
    if len(raw) > LARGEST_FILE:
        return f"The file has {len(raw):,} bytes, more than {LARGEST_FILE:,}; split it."
    try:
        empty = not raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        return f"The file is not UTF-8 text (byte {error.start}); save it again as UTF-8."
    return EMPTY if empty else ""


def _flaw_of_syntax(line: int | None, what: str) -> Flaw:
    reason = f"This cannot be read as YAML: {what}. Look at the indentation and the quotes around here."
    return Flaw((), line, reason)


class _UnreadableError(Exception):
    """YAML that is well formed but that no pack may hold, and that cannot be read around."""

    def __init__(self, event: yaml.Event, what: str) -> None:
        super().__init__(what)
        self.line = _line(event)
        self.what = what


class _Reader:
    """Walks the events of one document, keeping the line of each value and noting each flaw."""

    def __init__(self) -> None:
        self.lines: dict[Spot, int] = {}
        self.flaws: list[Flaw] = []
        self._events: Iterator[yaml.Event] = iter(())

    def read(self, text: str) -> JsonValue:
        self._events = yaml.parse(text, Loader=_LOADER)
        content: JsonValue = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                content = self._document(event)
        return content

    def _document(self, event: yaml.DocumentStartEvent) -> JsonValue:
        if self.lines:
            self._note((), event, "A second document starts here with “---”; a file holds only one.")
        return self._value(next(self._events), ())

    def _note(self, spot: Spot, event: yaml.Event, reason: str) -> None:
        self.flaws.append(Flaw(spot, _line(event), reason))

    def _value(self, event: yaml.Event, spot: Spot) -> JsonValue:
        self.lines.setdefault(spot, _line(event))
        self._refuse_cleverness(event, spot)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(spot)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(spot)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, spot)
        return None

    def _refuse_cleverness(self, event: yaml.Event, spot: Spot) -> None:
        """Anchors, aliases and tags save typing and cost understanding; endless nesting is an attack."""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._note(spot, event, "Anchors (&) and aliases (*) are not used here; write the value out.")
        if getattr(event, "tag", None):
            self._note(spot, event, "Tags (!) are not used here; write the value without one.")
        if len(spot) > DEEPEST:
            raise _UnreadableError(event, f"values are nested more than {DEEPEST} deep")

    def _mapping(self, spot: Spot) -> JsonValue:
        found: dict[str, JsonValue] = {}
        for event in self._until(yaml.MappingEndEvent):
            key = self._key(event, spot)
            inner = (*spot, key)
            if key in found:
                self._note(inner, event, f"“{key}” stands here twice; keep one of the two.")
            self.lines.setdefault(inner, _line(event))
            value = self._value(next(self._events), inner)
            found.setdefault(key, value)
        return found

    def _key(self, event: yaml.Event, spot: Spot) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise _UnreadableError(event, "a name must be a word")
        self._refuse_cleverness(event, spot)
        if _is_plain(event) and _TREACHEROUS.fullmatch(event.value):
            self._note((*spot, event.value), event, f'Put the name in quotes: "{event.value}".')
        return str(event.value)

    def _list(self, spot: Spot) -> JsonValue:
        return [self._value(event, (*spot, number)) for number, event in enumerate(self._until(yaml.SequenceEndEvent))]

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _scalar(self, event: yaml.ScalarEvent, spot: Spot) -> JsonValue:
        text = str(event.value)
        if not _is_plain(event):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if not text:
            self._note(spot, event, _NO_VALUE)
            return None
        return self._number_day_or_text(event, text, spot)

    def _number_day_or_text(self, event: yaml.ScalarEvent, text: str, spot: Spot) -> JsonValue:
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        if _DAY.fullmatch(text) and _is_real_day(text):
            return text
        if _TREACHEROUS.fullmatch(text):
            self._note(spot, event, _what_is_meant(text))
        return text


_NO_VALUE = (
    "There is no value here; write one, or null where there is none. "
    "Inside { } or [ ], text that holds a comma needs quotes."
)
_WORDS: dict[str, JsonValue] = {"true": True, "false": False, "null": None}


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _is_plain(event: yaml.ScalarEvent) -> bool:
    return not event.style


def _is_real_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _what_is_meant(text: str) -> str:
    if _DAY.fullmatch(text):
        return f"There is no day {text} in the calendar; mend the date."
    if re.match(r"[0-9]{4}-[0-9]", text):
        return f"Write a day as year, month, day with two digits each, like 2024-06-30, not as {text}."
    return (
        f"{text} can be read as something else than text; "
        f'put it in quotes ("{text}") or write true, false, null or a plain number.'
    )
