"""MP3: nothing but frames of sound is copied; ID3, APE, lyrics, covers and whatever hides between stay behind."""

from __future__ import annotations

from typing import IO

from longleaf.assessment.evidence.cleaning.bytewise import AT_ONCE
from longleaf.assessment.evidence.cleaning.outcome import Reason, TakenOut, Unfit

# Kilobits a second by the four bits of a frame's head (ISO 11172-3 and 13818-3); 0 is free or forbidden.
RATES = {
    (1, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0),
    (1, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0),
    (1, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    (2, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0),
    (2, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
    (2, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
SAMPLES_A_SECOND = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
LONGEST_FRAME = 2881
# What is left of a tag that says how long it is: its head is ten bytes.
ID3_HEAD = 10


def clean(source: IO[bytes], into: IO[bytes]) -> set[TakenOut]:
    """Copy the frames. Raises `Unfit` where there are none."""
    source.seek(_after_tags(source))
    into.seek(0)
    skipped = source.tell() > 0
    frames = 0
    held = b""
    while True:
        more = source.read(AT_ONCE)
        held, kept, lost = _frames_of(held + more, is_last=not more)
        into.writelines(kept)
        frames += len(kept)
        skipped = skipped or lost
        if not more:
            break
    if not frames:
        raise Unfit(Reason.DAMAGED)
    return {TakenOut.PROPERTIES} if skipped else set()


def _after_tags(source: IO[bytes]) -> int:
    """Where the ID3v2 tags at the beginning end: a cover picture may look like frames."""
    place = 0
    while True:
        source.seek(place)
        head = source.read(ID3_HEAD)
        if len(head) < ID3_HEAD or head[:3] != b"ID3":
            return place
        length = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True))
        place += ID3_HEAD + length + (ID3_HEAD if head[5] & 0x10 else 0)


def _frames_of(data: bytes, *, is_last: bool) -> tuple[bytes, list[bytes], bool]:
    """What is to be looked at again with more, the frames before it, and whether anything was left out."""
    kept, place, lost = [], 0, False
    end = len(data) if is_last else max(0, len(data) - 2 * LONGEST_FRAME)
    while place < end:
        length = _frame_length(data[place : place + 4])
        following = place + length
        # Two bytes alike are chance; a frame is followed by another, by a tag, or by the end.
        if length and following <= len(data) and _is_boundary(data, following):
            kept.append(data[place:following])
            place = following
            continue
        lost = True
        found = data.find(b"\xff", place + 1)
        place = len(data) if found < 0 else found
    return data[place:], kept, lost


def _is_boundary(data: bytes, place: int) -> bool:
    rest = data[place : place + 8]
    return not rest or _frame_length(rest[:4]) > 0 or rest.startswith((b"TAG", b"APETAGEX", b"LYRICS", b"ID3", b"3DI"))


def _frame_length(head: bytes) -> int:
    """How long the frame is that begins so, or 0 where none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    sampling = head[2] >> 2 & 3
    if version == 1 or layer == 4 or sampling == 3:
        return 0
    rate = RATES[1 if version == 3 else 2, layer][head[2] >> 4] * 1000
    a_second, padding = SAMPLES_A_SECOND[version][sampling], head[2] >> 1 & 1
    if not rate:
        return 0
    if layer == 1:
        return (12 * rate // a_second + padding) * 4
    return (72 if layer == 3 and version != 3 else 144) * rate // a_second + padding
