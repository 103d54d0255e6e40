"""How alike two texts, images or files are. No Django, no database; nothing leaves this machine.

Texts: the set of all runs of four words, folded, is drawn together into a MinHash signature (Broder, 1997), of which
equal places estimate what share of the runs two texts have in common. Signatures are cut into bands; two texts that are
half alike nearly always have a band in common, so that like texts are found by looking bands up and not by comparing
with all others. Images: a difference hash of 64 bits (each says whether the picture grows lighter to the right) that
survives another size, format or quality. Files: their SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import IO

from PIL import Image

from longleaf.assessment.evidence.inspecting import PILLOW_ERRORS
from longleaf.assessment.privacy.names import WORD, as_searched, fold
from longleaf.assessment.status import LikenessKind

RUN = 4
# Two answers of a sentence or two to one question are alike because the question is one.
FEWEST_RUNS = 30
# The smallest hashes of a long text stand for all of it, the same ones in each copy of it.
MOST_RUNS = 3_000
HASHES = 64
BANDS = 16
ROWS = HASHES // BANDS
PRIME = (1 << 61) - 1
IMAGE_BITS = 64
IMAGE_BANDS = 4
# A page that is nearly one colour is like every other such page.
FEWEST_EDGES = 10
# Below these, likeness is what work on one task has by itself (measured in `tests/privacy/test_likeness.py`).
TEXT_PERCENT = 45
IMAGE_PERCENT = 92


def mark_of_text(text: str) -> str:
    """The signature of a text, in hex, or "" where it is too short to tell."""
    hashes = sorted(set(_runs(text)))[:MOST_RUNS]
    if len(hashes) < FEWEST_RUNS:
        return ""
    return "".join(f"{min((a * each + b) % PRIME for each in hashes) & 0xFFFFFFFF:08x}" for a, b in SEEDS)


def mark_of_image(file: IO[bytes]) -> str:
    """The difference hash of an image, in hex, or "" where it shows too little or cannot be read."""
    try:
        with Image.open(file) as picture:
            picture.draft("L", (256, 256))
            small = picture.convert("L").resize((9, 8), Image.Resampling.BILINEAR)
    except PILLOW_ERRORS:
        return ""
    points = small.tobytes()
    edges = [points[row * 9 + place] < points[row * 9 + place + 1] for row in range(8) for place in range(8)]
    if not FEWEST_EDGES <= sum(edges) <= IMAGE_BITS - FEWEST_EDGES:
        return ""
    return f"{sum(edge << place for place, edge in enumerate(edges)):016x}"


def bands_of(kind: LikenessKind, mark: str, *, within: str) -> list[int]:
    """By which numbers (63 bits) like marks are found; `within` keeps apart what is never compared."""
    parts = {LikenessKind.FILE: 1, LikenessKind.TEXT: BANDS, LikenessKind.IMAGE: IMAGE_BANDS}[kind]
    length = len(mark) // parts
    cut = [mark[place * length : (place + 1) * length] for place in range(parts)]
    return [_number(f"{within}|{kind}|{place}|{part}") >> 1 for place, part in enumerate(cut)]


def percent_alike(kind: LikenessKind, one: str, other: str) -> int:
    """How alike two marks of a kind are, 0 to 100."""
    if kind is LikenessKind.FILE:
        return 100 if one == other else 0
    if kind is LikenessKind.IMAGE:
        return 100 - round(100 * (int(one, 16) ^ int(other, 16)).bit_count() / IMAGE_BITS)
    same = sum(one[place : place + 8] == other[place : place + 8] for place in range(0, HASHES * 8, 8))
    return round(100 * same / HASHES)


def is_worth_a_look(kind: LikenessKind, percent: int) -> bool:
    """Whether people are asked to look at it."""
    least = {LikenessKind.FILE: 100, LikenessKind.TEXT: TEXT_PERCENT, LikenessKind.IMAGE: IMAGE_PERCENT}[kind]
    return percent >= least


def _runs(text: str) -> Iterator[int]:
    words = [fold(found.group()) for found in WORD.finditer(as_searched(text))]
    for place in range(len(words) - RUN + 1):
        yield _number(" ".join(words[place : place + RUN]))


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _seeds() -> Sequence[tuple[int, int]]:
    """Fixed for ever: signatures of different years are compared with each other."""
    return [(_number(f"a{each}") % (PRIME - 1) + 1, _number(f"b{each}") % PRIME) for each in range(HASHES)]


SEEDS = _seeds()
