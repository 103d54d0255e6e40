"""Finding what a page or a file shows without saying how sure its wording is.

A page about one thing bears a label, for all that it shows of it; wherever it is one of several, the word stands behind
each title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from longleaf.quality.instruments import components_of
from longleaf.quality.models import Instrument
from tests.blindness.visiting import Answer

TAGS = re.compile(r"<(script|style|head|svg)\b.*?</\1>|<[^>]+>", re.DOTALL)
READ = ("text/", "application/json", "application/ld+json", "application/atom+xml")


@dataclass(frozen=True)
class Shown:
    """What can be shown: its title, other words of it that are known again, and the word of its standing."""

    title: str
    texts: tuple[str, ...]
    word: str


def of_design(document: Mapping[str, Any]) -> Shown:
    criteria = [each["title"] for each in document["rubric"]["criteria"]]
    prompts = [each["prompt"] for each in document["requirements"]]
    return Shown(document["title"], (*criteria, *prompts), document["standing"])


def of_instrument(instrument: Instrument) -> Shown:
    components = components_of(instrument.document).values()
    return Shown(instrument.title, tuple(each.title for each in components), instrument.standing)


def unlabelled(answer: Answer, shown: Shown) -> Iterator[str]:
    """What of it this answer shows and does not label, with the address."""
    if answer.status != 200 or not answer.kind.startswith(READ):
        return
    content, is_page = answer.content.decode("utf-8", errors="replace"), "html" in answer.kind
    if re.search(rf"ll-standing(-mark)?--{shown.word}", content):
        return
    text = " ".join(TAGS.sub(" ", content).split()) if is_page else content
    bare = re.compile(re.escape(shown.title) + rf"(?!”? ?\(?{shown.word})", re.IGNORECASE)
    for found in bare.finditer(text) if is_page else ():
        yield f"{answer.name} {answer.address}: …{text[max(0, found.start() - 40) : found.end() + 40]}…"
    if shown.word not in text.lower():
        yield from (f"{answer.name} {answer.address}: {each}" for each in (shown.title, *shown.texts) if each in text)
