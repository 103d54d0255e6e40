"""Words that tell: invented for one purpose each, so that wherever one is found it is known what has leaked.

Each begins with `zq`, which no word of the pages does, and has six letters more. They are worn with accents, capitals
and an apostrophe, because what is escaped, folded or made into an address must be found as well.
"""

from __future__ import annotations

import base64
import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from pypdf import PdfReader

LETTERS = "abcdefghiklmnoprstuvwy"
TELLING_WORD = re.compile(rf"zq[{LETTERS}]{{6}}")
REFERENCE = re.compile(r"[A-Z]{3}-[2-9BCDFGHJKMNPQRSTVWXYZ]{4}-[2-9BCDFGHJKMNPQRSTVWXYZ]{4}")
MINUTE = re.compile(r"\d{1,2}:(\d\d)(?!\d)")
JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
TOKEN = re.compile(r"\beyJ[\w-]+\.([\w-]+)\.[\w-]+")
PNG = b"\x89PNG"


@dataclass
class Words:
    """A supply of words that never gives the same one twice. `seed` makes another supply of it."""

    seed: int
    given: int = 0

    def new(self) -> str:
        self.given += 1
        number = (self.seed * 7919 + self.given) * 104_729 % len(LETTERS) ** 6
        letters = []
        for _ in range(6):
            number, rest = divmod(number, len(LETTERS))
            letters.append(LETTERS[rest])
        return "zq" + "".join(letters)

    def worn(self) -> str:
        """A word as a name wears it: `Zqáb’cdef`."""
        word = self.new()
        return f"Z{word[1]}{word[2]}\u0301{word[3:]}"


def folded(text: str) -> str:
    """A text without the disguises that pages, addresses and headers put on it."""
    if "%" in text:
        text = unquote(text)
    if "&" in text:
        text = html.unescape(text)
    if "\\u" in text:
        text = JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if not text.isascii():
        text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return text.casefold()


def told_by(content: bytes, *, kind: str = "") -> Iterator[str]:
    """Everything that can be read in what was sent: itself, and what is packed in it."""
    yield content.decode("utf-8", "replace")
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield "\n".join(packed.namelist())
            for name in packed.namelist():
                yield from told_by(packed.read(name))
    elif content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        yield str(reader.metadata)
        yield "\n".join(page.extract_text() for page in reader.pages)
    elif content.startswith(PNG):
        yield from _texts_in_png(content)
    elif "jwt" in kind:
        for found in TOKEN.finditer(content.decode("ascii", "replace")):
            yield base64.urlsafe_b64decode(found[1] + "=" * (-len(found[1]) % 4)).decode("utf-8", "replace")


def _texts_in_png(content: bytes) -> Iterator[str]:
    at = 8
    while at + 8 <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        name, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        if name in {b"zTXt", b"iTXt"} and b"x\x9c" in data:
            yield zlib.decompress(data[data.index(b"x\x9c") :]).decode("utf-8", "replace")
        at += size + 12
