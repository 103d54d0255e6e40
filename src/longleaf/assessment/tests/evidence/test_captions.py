"""Captions and transcripts are words and times, and nothing else comes through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.assessment.evidence import captions

VTT = """WEBVTT - made by Maria

NOTE Maria Lopez, 3rd grade

STYLE
::cue { background: url(https://example.org/) }

first
00:01.000 --> 00:04.000 line:0 position:20%
<v Maria Lopez>Why do <i>you</i> think so?</v>

01:00:00.000 --> 01:00:02.500
5 &lt; 7 &amp; that is <script>alert(1)</script> enough
"""
WRITTEN = """WEBVTT

000:00:01.000 --> 000:00:04.000
Why do you think so?

001:00:00.000 --> 001:00:02.500
5 &lt; 7 &amp; that is alert(1) enough
"""
SRT = (
    "1\r\n00:00:01,000 --> 00:00:04,000\r\nWhy do <b>you</b> think so?\r\n\r\n"
    "2\r\n01:00:00,000 --> 01:00:02,500\r\nBecause.\r\n"
)


def test_captions_are_written_anew():
    assert captions.plain("a.vtt", VTT.encode()) == (WRITTEN, "text/vtt")


def test_subrip_becomes_captions():
    words, media_type = captions.plain("a.SRT", b"\xef\xbb\xbf" + SRT.encode())
    assert media_type == "text/vtt"
    assert words.startswith("WEBVTT\n\n000:00:01.000 --> 000:00:04.000\nWhy do you think so?\n\n001:00:00.000")


def test_a_transcript_stays_as_it_was_typed():
    assert captions.plain("a.txt", b"\xff\xfe" + "Why?\r\n\r\n<b>So".encode("utf-16-le")) == (
        "Why?\n\n<b>So\n",
        "text/plain",
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.doc", b"words", "welcome as .vtt, .srt or .txt"),
        ("a.txt", b" \n", "no words"),
        ("a.txt", b"\xff\xff\xff", "no text in UTF-8"),
        ("a.txt", b"a" * (captions.MOST_BYTES + 1), "1 MB at most"),
        ("a.vtt", b"00:01.000 --> 00:04.000\nWhy?", "begins with the word WEBVTT"),
        ("a.vtt", b"WEBVTT\n", "no words"),
        ("a.vtt", b"WEBVTT\n\n00:01.000 -> 00:04.000\nWhy?", "Line 3 begins no caption"),
        ("a.vtt", b"WEBVTT\n\n00:01 --> 00:04\nWhy?", "times in line 3 cannot be read"),
        ("a.vtt", b"WEBVTT\n\n00:05.000 --> 00:04.000\nWhy?", "line 3 ends before it begins"),
        ("a.srt", b"1\n00:00:01,000 --> 00:00:61,000\nWhy?", "times in line 2"),
    ],
)
def test_what_cannot_be_read_is_refused_and_says_where(name, content, sentence):
    with pytest.raises(captions.NotReadable, match=sentence):
        captions.plain(name, content)


@given(words=st.text(max_size=200), ending=st.sampled_from(["vtt", "srt"]))
def test_no_tag_comes_through_and_what_was_written_can_be_read_again(words, ending):
    head = "WEBVTT\n\n" if ending == "vtt" else ""
    content = f"{head}00:00:01.000 --> 00:00:02.000\n{words}".encode(errors="replace")
    try:
        written, _ = captions.plain(f"a.{ending}", content)
    except captions.NotReadable:
        return
    assert "<" not in written
    assert captions.plain("a.vtt", written.encode()) == (written, "text/vtt")
