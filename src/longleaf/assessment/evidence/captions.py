"""Captions and transcripts as plain words: WebVTT (W3C) read strictly and written anew, SubRip turned into it.

What is written holds times and words and nothing else: no styles, no notes, no tags, and so no name of a speaker that
stood in one. No Django, no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from longleaf.kit.words import plain_line_ends

VTT, PLAIN = "text/vtt", "text/plain"
ENDINGS = (".vtt", ".srt", ".txt")
MOST_BYTES = 1024 * 1024
TIME = r"(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
TIMES = re.compile(rf"\s*{TIME}\s+-->\s+{TIME}(?:\s.*)?")
TAG = re.compile(r"<[^>]*>?")
LEFT_OUT = ("NOTE", "STYLE", "REGION")
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class NotReadable(ValueError):
    """Not what its ending says. Its only argument is a sentence that says where and how to mend it."""


def plain(name: str, content: bytes) -> tuple[str, str]:
    """The words and their media type. Raises `NotReadable`."""
    ending = PurePath(name.lower()).suffix
    if ending not in ENDINGS:
        raise NotReadable("Captions and transcripts are welcome as .vtt, .srt or .txt. Export one of these and add it.")
    if len(content) > MOST_BYTES:
        raise NotReadable("A transcript can have 1 MB at most. Take out what is not spoken.")
    text = _decoded(content)
    if ending == ".txt":
        return _required(INVISIBLE.sub("", text).strip()) + "\n", PLAIN
    return _as_vtt(text, needs_head=ending == ".vtt"), VTT


def spoken(written: str, media_type: str) -> str:
    """What is said in what `plain` gave: the words without times, one caption a line."""
    if media_type != VTT:
        return written
    lines = (line for line in written.split("\n")[1:] if line and "-->" not in line)
    return "\n".join(lines).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _decoded(content: bytes) -> str:
    coding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return plain_line_ends(content.decode(coding))
    except UnicodeDecodeError:
        raise NotReadable(
            "This file is no text in UTF-8. Open it in an editor, save it as UTF-8, and add it."
        ) from None


def _required(text: str) -> str:
    if not text:
        raise NotReadable("There are no words in this file. Open it to see whether it was saved, and add it anew.")
    return text


def _as_vtt(text: str, *, needs_head: bool) -> str:
    if needs_head and not re.match(r"WEBVTT(?:[ \t\n]|\Z)", text):
        raise NotReadable("A .vtt file begins with the word WEBVTT. Export the captions anew and add them.")
    cues = list(_cues(text, needs_head=needs_head))
    _required("".join(cues))
    return "\n".join(["WEBVTT\n", *cues])


def _cues(text: str, *, needs_head: bool) -> Iterator[str]:
    for line, block in _blocks(text):
        if block[0].startswith(LEFT_OUT) or (needs_head and line == 1):
            continue
        # A cue may have a name, or a number, on a line of its own before its times.
        place = next((at for at, each in enumerate(block[:2]) if "-->" in each), None)
        if place is None:
            raise NotReadable(f"Line {line} begins no caption: a line with two times, such as {_SAMPLE}, is missing.")
        times = _times(block[place], line + place)
        words = [said for each in block[place + 1 :] if (said := _words(each))]
        if words:
            yield f"{times}\n" + "\n".join(words) + "\n"


_SAMPLE = "00:01.000 --> 00:04.000"


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that stand together, with the number of the first."""
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _times(line: str, number: int) -> str:
    found = TIMES.fullmatch(line)
    if found is None:
        raise NotReadable(f"The times in line {number} cannot be read. Write them as in {_SAMPLE}.")
    start, end = _time(*found.groups()[:4]), _time(*found.groups()[4:])
    if start >= end:
        raise NotReadable(f"The caption in line {number} ends before it begins. Put its times right.")
    return f"{start} --> {end}"


def _time(hours: str | None, minutes: str, seconds: str, thousandths: str) -> str:
    return f"{int(hours or 0):03d}:{minutes}:{seconds}.{thousandths}"


def _words(line: str) -> str:
    """Words alone; what is left of < and & is written as the format asks, so that nothing is taken for a tag."""
    said = INVISIBLE.sub("", TAG.sub("", line)).strip().replace("-->", "→")
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")):
        said = said.replace(entity, sign)
    return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
