"""Writing an XML part anew, element by element, while a rule leaves out and replaces. Never more than a part in memory.

Comments, processing instructions and document types are not written, and entities are refused, so that nothing hides
and nothing unfolds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, Protocol
from xml.parsers import expat  # Entities are refused below, as defusedxml does.
from xml.sax.saxutils import escape

from longleaf.assessment.evidence.cleaning.bytewise import AT_ONCE
from longleaf.assessment.evidence.cleaning.outcome import Reason, Unfit

DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
IN_ATTRIBUTES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
IN_TEXT = {"\r": "&#13;"}
DEEPEST = 2000
WRITTEN_AT_ONCE = 5000


class Rule(Protocol):
    """What is to become of a part. Names come without their prefix."""

    def leaves_out(self, element: str, attributes: dict[str, str]) -> bool:
        """Whether the element goes, with all that is in it."""

    def attribute(self, element: str, name: str, value: str) -> str | None:
        """What the attribute says from now on, or None for nothing at all."""

    def text(self, element: str, text: str) -> str:
        """What the words in an element say from now on."""


@dataclass
class Writer:
    """Receives the events of a part and writes what the rule leaves of it."""

    rule: Rule
    into: IO[bytes]
    # The elements that are open, and how many of them lie in one that is left out.
    path: list[str] = field(default_factory=list)
    skipping: int = 0
    words: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def start(self, name: str, pairs: Sequence[str]) -> None:
        self._say()
        local = bare(name)
        self.path.append(local)
        if len(self.path) > DEEPEST:
            raise Unfit(Reason.TOO_MUCH)
        attributes = dict(zip(pairs[::2], pairs[1::2], strict=True))
        if self.skipping or self.rule.leaves_out(local, {bare(key): value for key, value in attributes.items()}):
            self.skipping += 1
            return
        self._write(f"<{name}{''.join(self._attribute(local, key, value) for key, value in attributes.items())}>")

    def end(self, name: str) -> None:
        self._say()
        self.path.pop()
        if self.skipping:
            self.skipping -= 1
        else:
            self._write(f"</{name}>")

    def characters(self, text: str) -> None:
        if not self.skipping:
            self.words.append(text)

    def _say(self) -> None:
        """Words come in pieces; the rule sees them whole."""
        if self.words:
            text, self.words = "".join(self.words), []
            self._write(escape(self.rule.text(self.path[-1] if self.path else "", text), IN_TEXT))

    def _attribute(self, element: str, name: str, value: str) -> str:
        if name.startswith("xmlns"):
            said: str | None = value
        else:
            said = self.rule.attribute(element, bare(name), value)
        return "" if said is None else f' {name}="{escape(said, IN_ATTRIBUTES)}"'

    def _write(self, text: str) -> None:
        self.said.append(text)
        if len(self.said) >= WRITTEN_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Hand on what was written so far; a call for each element would cost more than the element."""
        self.into.write("".join(self.said).encode("utf-8", errors="replace"))
        self.said.clear()


def rewrite(source: IO[bytes], into: IO[bytes], rule: Rule) -> None:
    """Write what the rule leaves of a part. Raises `Unfit` where it is no XML, or more than that."""
    writer = Writer(rule, into)
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.characters
    parser.EntityDeclHandler = _refuse
    parser.UnparsedEntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    into.write(DECLARATION)
    try:
        while part := source.read(AT_ONCE):
            parser.Parse(part, False)
        parser.Parse(b"", True)
        writer.flush()
    except (expat.ExpatError, ValueError, LookupError):
        raise Unfit(Reason.DAMAGED) from None


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def _refuse(*_: object) -> int:
    raise Unfit(Reason.DAMAGED)
