"""How sure a wording or a fact is, in a word, an icon and a sentence: one list for every page and every file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Standing(NamedTuple):
    """A standing as people read it."""

    word: str
    icon: str
    sentence: str


OFFICIAL = "official"
PROPOSED = "proposed"
STANDINGS: Mapping[str, Standing] = {
    OFFICIAL: Standing("Official", "seal", "This is the official text."),
    "verified": Standing("Verified", "verified", "This was checked against the text it comes from."),
    "partly_verified": Standing(
        "Partly verified", "verified", "Some of this was checked against the text it comes from, some was not."
    ),
    "inferred": Standing("Inferred", "pencil", "This follows from what was read, but was not found written so."),
    "reconstructed": Standing(
        "Reconstructed",
        "pencil",
        "The official wording was not at hand. This was put together from what is publicly known, and gives way to the "
        "official text as soon as it is supplied.",
    ),
    PROPOSED: Standing("Proposed", "pencil", "This is a proposal; nobody has confirmed it yet."),
    "from_memory": Standing(
        "From memory", "pencil", "This was written down from general knowledge and waits to be checked."
    ),
    "not_found": Standing("No source found", "info", "A source for this was looked for and not found."),
    "synthetic": Standing(
        "Synthetic", "flask", "This was made up for demonstration and testing. It describes nobody and nothing real."
    ),
}


# What a title in a list says nothing of; pages about one thing label what is verified too.
SURE = frozenset({OFFICIAL, "verified", ""})
# Wording that somebody put together, rather than wrote for their own or made up: it goes with its note and sources.
PUT_TOGETHER = frozenset(STANDINGS) - {OFFICIAL, "verified", "synthetic"}


def standing_of(code: str) -> Standing:
    """The words of a standing; one that is not known here is made readable, and is never taken for official."""
    return STANDINGS.get(code) or Standing(code.replace("_", " ").capitalize() or "Not told", "info", "")


def labelled(title: str, code: str) -> str:
    """A title as lists, letters and files tell it, with its standing in a word: “Useful feedback (reconstructed)”. What
    is official or was seen in its source bears nothing, nor does what stands in no document yet (an empty code).
    """
    return title if code in SURE else f"{title} ({standing_of(code).word.lower()})"


def told(code: str) -> str:
    """A standing in one line, for files that leave the house: “Reconstructed. The official wording was …”."""
    word, _, sentence = standing_of(code)
    return f"{word}. {sentence}".strip()
