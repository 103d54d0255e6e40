"""What is copied is found, and work on one task is not taken for a copy. The figures stand in the decision record."""

import io
import random

import pytest
from PIL import Image, ImageDraw

from longleaf.assessment.privacy import likeness
from longleaf.assessment.status import LikenessKind

TEXT, IMAGE, FILE = LikenessKind.TEXT, LikenessKind.IMAGE, LikenessKind.FILE
WORDS = [
    "learner",
    "lesson",
    "feedback",
    "claim",
    "evidence",
    "reading",
    "partner",
    "question",
    "answer",
    "group",
    "plan",
    "change",
    "task",
    "aim",
    "pattern",
    "draft",
    "sentence",
    "example",
    "practice",
    "discuss",
    "compare",
    "notice",
    "explain",
    "revise",
    "support",
    "model",
    "measure",
    "reflect",
    "support",
    "unit",
    "goal",
]
JOINTS = [
    "the",
    "a",
    "to",
    "of",
    "and",
    "in",
    "for",
    "with",
    "on",
    "that",
    "this",
    "was",
    "it",
    "they",
    "then",
    "when",
    "because",
    "so",
    "after",
    "before",
]
TASK = (
    "I chose a learning aim from the standard course of study.",
    "First I looked at what the learners did before I changed anything.",
    "The feedback named one thing to keep and one thing to change.",
    "I showed both drafts side by side and marked what was different.",
)


def written(seed, words=220):
    """A text on a common task: some sentences that everybody writes, the rest somebody's own."""
    own = random.Random(seed)
    text = [own.choice(JOINTS if place % 2 else WORDS) for place in range(words)]
    for sentence in own.sample(TASK, 2):
        text.insert(own.randrange(len(text)), sentence)
    return " ".join(text)


def edited(text, seed, share):
    """A copy in which a share of the words was changed."""
    hand = random.Random(seed)
    return " ".join(hand.choice(WORDS) if hand.random() < share else word for word in text.split())


def alike(one, other):
    return likeness.percent_alike(TEXT, likeness.mark_of_text(one), likeness.mark_of_text(other))


def have_a_band_in_common(kind, one, other):
    return bool(set(likeness.bands_of(kind, one, within="x")) & set(likeness.bands_of(kind, other, within="x")))


def is_flagged(one, other):
    marks = likeness.mark_of_text(one), likeness.mark_of_text(other)
    return have_a_band_in_common(TEXT, *marks) and likeness.is_worth_a_look(TEXT, likeness.percent_alike(TEXT, *marks))


def test_a_text_is_wholly_like_itself_whatever_case_accents_and_spaces():
    text = written(1)
    assert alike(text, text.upper().replace(" ", "\n  ")) == 100


def test_of_one_hundred_texts_on_one_task_no_two_are_flagged():
    """4,950 pairs of texts that share half of what the task makes everybody write."""
    marks = [likeness.mark_of_text(written(seed)) for seed in range(100)]
    pairs = [(one, other) for place, one in enumerate(marks) for other in marks[:place]]
    flagged = [pair for pair in pairs if likeness.is_worth_a_look(TEXT, likeness.percent_alike(TEXT, *pair))]
    assert (len(pairs), len(flagged)) == (4950, 0)


@pytest.mark.parametrize(("share", "least"), [(0.0, 60), (0.02, 60), (0.05, 54)])
def test_copies_with_few_words_changed_are_flagged(share, least):
    found = sum(is_flagged(written(seed), edited(written(seed), seed + 1000, share)) for seed in range(60))
    assert found >= least


def test_a_short_answer_has_no_mark():
    assert likeness.mark_of_text("I look for a claim with evidence in every draft.") == ""
    assert likeness.mark_of_text("") == ""


def test_a_long_text_is_marked_by_the_same_part_of_it_in_each_copy():
    long = " ".join(written(seed) for seed in range(60))
    assert alike(long, long) == 100
    assert alike(long, long + " and one more sentence that somebody wrote at its end") >= 95


def drawing(seed, size=(320, 240)):
    pen = random.Random(seed)
    picture = Image.new("RGB", size, (pen.randrange(256), pen.randrange(256), pen.randrange(256)))
    draw = ImageDraw.Draw(picture)
    for _ in range(14):
        x, y = pen.randrange(size[0]), pen.randrange(size[1])
        color = tuple(pen.randrange(256) for _ in range(3))
        draw.rectangle([x, y, x + pen.randrange(20, 160), y + pen.randrange(20, 120)], fill=color)
    return picture


def saved(picture, kind="PNG", **how):
    file = io.BytesIO()
    picture.save(file, kind, **how)
    file.seek(0)
    return file


def test_an_image_in_another_size_and_quality_is_found_again():
    for seed in range(25):
        one = likeness.mark_of_image(saved(drawing(seed)))
        other = likeness.mark_of_image(saved(drawing(seed).resize((200, 150)), "JPEG", quality=60))
        assert have_a_band_in_common(IMAGE, one, other)
        assert likeness.is_worth_a_look(IMAGE, likeness.percent_alike(IMAGE, one, other))


def test_of_one_hundred_different_images_no_two_are_flagged():
    marks = [mark for seed in range(100) if (mark := likeness.mark_of_image(saved(drawing(seed))))]
    pairs = [(one, other) for place, one in enumerate(marks) for other in marks[:place]]
    assert len(pairs) > 3000
    assert not any(likeness.is_worth_a_look(IMAGE, likeness.percent_alike(IMAGE, *pair)) for pair in pairs)


def test_an_empty_sheet_and_a_broken_file_have_no_mark():
    assert likeness.mark_of_image(saved(Image.new("RGB", (90, 80), "white"))) == ""
    assert likeness.mark_of_image(io.BytesIO(b"no image")) == ""


def test_what_is_never_compared_has_no_band_in_common():
    mark = likeness.mark_of_text(written(1))
    assert not set(likeness.bands_of(TEXT, mark, within="one")) & set(likeness.bands_of(TEXT, mark, within="two"))
    assert not set(likeness.bands_of(TEXT, mark, within="one")) & set(likeness.bands_of(FILE, mark, within="one"))


def test_bands_fit_the_column_that_keeps_them():
    assert all(0 <= band < 2**63 for band in likeness.bands_of(TEXT, likeness.mark_of_text(written(1)), within="x"))
