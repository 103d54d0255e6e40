"""A file is what its name says, whether libmagic looks at it or, where that is missing, its first bytes tell."""

from __future__ import annotations

import io
import tempfile
import zipfile
from typing import Any

import pytest

from longleaf.assessment.errors import FileNotWelcome
from longleaf.assessment.evidence import inspecting
from longleaf.assessment.status import FileKind
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.evidence import files_cast

ALL_KINDS = list(FileKind)


def on_disk(content: bytes) -> Any:
    """As a file that has arrived: what looks into it is a process of its own."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the test)
    file.write(content)
    return file


def open_document() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", "<x/>")
    return kept.getvalue()


WELCOME = {
    "plan.pdf": earner_cast.pdf(),
    "work.jpg": earner_cast.picture("JPEG"),
    "work.png": earner_cast.picture("PNG"),
    "work.webp": earner_cast.picture("WEBP"),
    "notes.docx": earner_cast.office_document(),
    "notes.odt": open_document(),
    "talk.wav": earner_cast.sound(),
    "talk.mp3": files_cast.mp3(),
    "talk.ogg": files_cast.vorbis(),
    "lesson.mp4": files_cast.mp4(),
    "lesson.mov": files_cast.mp4(brand=b"qt  "),
    "lesson.webm": files_cast.webm(),
}
DISGUISED = {
    "program.pdf": b"MZ" + bytes(200),
    "page.png": b"<html><script>alert(1)</script></html>",
    "drawing.jpg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "plan.docx": earner_cast.pdf(),
    "archive.docx": earner_cast.zipped(),
    "picture.wav": earner_cast.picture("PNG"),
    "empty.pdf": b" ",
}


@pytest.fixture(params=["libmagic", "signatures"])
def looked_at_by(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Both ways of looking must come to the same, so that an installation without libmagic is no weaker."""
    if request.param == "signatures":
        monkeypatch.setattr(inspecting, "magic", None)
    elif inspecting.magic is None:
        pytest.skip("libmagic is not installed: Debian's libmagic1.")
    return request.param


@pytest.mark.parametrize("name", WELCOME)
def test_it_takes_what_its_name_says(looked_at_by: str, name: str) -> None:
    with on_disk(WELCOME[name]) as file:
        taken = inspecting.inspect(file, name, ALL_KINDS)
    assert taken.kind == inspecting.expected(name, ALL_KINDS).kind
    taken.content.close()


@pytest.mark.parametrize("name", DISGUISED)
def test_it_refuses_what_only_pretends(looked_at_by: str, name: str) -> None:
    with on_disk(DISGUISED[name]) as file, pytest.raises(FileNotWelcome, match="not what its name says"):
        inspecting.inspect(file, name, ALL_KINDS)


def test_it_refuses_a_kind_that_is_not_asked_for(looked_at_by: str) -> None:
    with pytest.raises(FileNotWelcome, match="cannot be taken here"):
        inspecting.inspect(io.BytesIO(WELCOME["plan.pdf"]), "plan.pdf", [FileKind.IMAGE])
