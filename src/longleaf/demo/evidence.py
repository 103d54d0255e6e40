"""Evidence for the stories: words, a page, a picture and a sound, made on the spot and marked synthetic."""

from __future__ import annotations

import io
import math
import struct
import wave
from collections.abc import Callable, Sequence
from functools import cache
from itertools import cycle, islice

from PIL import Image, ImageDraw, ImageFont

from longleaf.catalog.design import Requirement

SENTENCES = (
    "This is synthetic evidence, written for a demonstration and by nobody's classroom.",
    "I looked at what six learners did in the first ten minutes and wrote down what I saw before I decided anything.",
    "One pattern came back in four of the six, so I planned for that and left the rest for another day.",
    "The plan had one change in the task, one in the room, and one in what I say while learners work.",
    "During the lesson I stopped twice to ask whether the change helped, and I kept the answers as they were given.",
    "Two learners finished a step that they had not reached before; one did not, and I show that work too.",
    "What I would keep is the smaller step at the start, because learners used it again without being told.",
    "What I would change is the order of the examples: the hardest came first and took the time of the others.",
    "A colleague read the work with me and asked why I had chosen this learner, which made me choose a second one.",
    "Next month I will look again at the same pattern, with the same task, to see whether anything has stayed.",
)
# What says little: evidence of which a reader should find that it does not show enough.
THIN = (
    "This is synthetic evidence, written for a demonstration and by nobody's classroom.",
    "The lesson went well and everybody was engaged the whole time.",
    "I always give feedback to my learners because feedback is important for learning.",
    "The learners liked the task, and most of them finished it before the end of the lesson.",
    "I told them that they had done a good job and that they should keep it up.",
    "Next time I would do it in the same way, because it worked for nearly all of them.",
)
PAPER, INK, PINE = "#fffdf8", "#1b1f1d", "#1f4d3a"


def words_for(requirement: Requirement, sentences: Sequence[str] = SENTENCES) -> str:
    """Enough words for a requirement that takes text, and fewer than it allows."""
    least = requirement.words.min if requirement.words else 60
    text: list[str] = []
    for sentence in cycle(sentences):
        if sum(len(each.split()) for each in text) >= least + 5:
            return " ".join(text)
        text.append(sentence)
    raise AssertionError("a cycle does not end")


def file_for(requirement: Requirement) -> tuple[str, bytes] | None:
    """A file of a kind that a requirement takes, with a name; None where only a recording on film would do."""
    kinds = requirement.files.kinds if requirement.files else ()
    makers: dict[str, Callable[[str], bytes]] = {"pdf": _page, "image": _picture, "audio": _sound}
    names = {"pdf": "planning notes.pdf", "image": "work before and after.png", "audio": "learner explains.wav"}
    kind = next((kind for kind in kinds if kind in makers), None)
    return (names[kind], makers[kind](requirement.title)) if kind else None


@cache
def _page(title: str) -> bytes:
    kept = io.BytesIO()
    _drawn(title, size=(1240, 1754)).save(kept, format="PDF", resolution=150)
    return kept.getvalue()


@cache
def _picture(title: str) -> bytes:
    kept = io.BytesIO()
    _drawn(title, size=(1200, 900)).save(kept, format="PNG")
    return kept.getvalue()


def _drawn(title: str, *, size: tuple[int, int]) -> Image.Image:
    """A sheet of paper with a heading and handwriting-like lines."""
    sheet = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle([0, 0, size[0], 24], fill=PINE)
    pen.text((80, 80), title, fill=PINE, font=ImageFont.load_default(size=44))
    pen.text((80, 150), "Synthetic: made for a demonstration", fill="#6b4a2f", font=ImageFont.load_default(size=26))
    body = ImageFont.load_default(size=30)
    for number, sentence in enumerate(islice(cycle(SENTENCES), (size[1] - 300) // 110)):
        middle = len(sentence.split()) // 2
        halves = [" ".join(sentence.split()[:middle]), " ".join(sentence.split()[middle:])]
        for half, line in enumerate(halves):
            pen.text((80, 240 + number * 110 + half * 44), line, fill=INK, font=body)
    return sheet


def _sound(_title: str) -> bytes:
    return _tone()


@cache
def _tone() -> bytes:
    """Three seconds of a soft tone that rises and falls."""
    rate, seconds = 16_000, 3
    samples = (
        int(9_000 * math.sin(math.pi * n / (rate * seconds)) * math.sin(2 * math.pi * (220 + 60 * n / rate) * n / rate))
        for n in range(rate * seconds)
    )
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return kept.getvalue()
