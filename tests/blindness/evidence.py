"""Evidence of every sort that an earner of the house brings, with their words on all of it."""

from __future__ import annotations

import io
import random
from datetime import date
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from longleaf.assessment import starting
from longleaf.assessment.evidence import transcribing, uploading, writing
from longleaf.assessment.models import Artifact, Attempt, Submission
from longleaf.assessment.privacy import ai_use, consent, roster
from longleaf.assessment.queries import current_submission
from longleaf.assessment.tests import earner_cast
from longleaf.directory.models import Person
from longleaf.panels.blindness import Fact

if TYPE_CHECKING:
    from tests.blindness.house import House

SAID = """
learner lesson claim partner question answer plan change aim pattern draft sentence example practice discuss compare
notice explain revise model measure reflect unit goal paper board circle rhythm river market garden bridge
""".split()  # noqa: SIM905 (a list of words, one beside the other, is a page of quotation marks)


def begin(house: House, name: str) -> Attempt:
    """A draft with evidence of every sort, named as people name things."""
    earner = house.people[name]
    attempt = starting.start(version=house.version, acting_person=earner)
    submission = current_submission(attempt)
    number = list(house.people).index(name)

    def own(fact: Fact | None = Fact.OWN_FILE_NAMES) -> str:
        return house.secret(fact, earner, attempt)

    for requirement in ("R1", "R3"):
        writing.save_text(
            submission=submission,
            requirement=requirement,
            text=" ".join(random.Random(f"{name} {requirement}").choices(SAID, k=30)) + ".",
            revision=0,
            acting_person=earner,
        )
    _upload(submission, "R2", f"{own()}.png", picture(number, "PNG", own(None)), earner)
    _upload(submission, "R2", f"{own()}.jpg", picture(number + 20, "JPEG", own(None)), earner)
    if name in {"earning", "lodging"}:
        # The same drawing in two places: a lead is shown both.
        _upload(submission, "R2", f"{own()}.png", picture(50, "PNG", "nobody"), earner)
    _upload(submission, "R3", f"{own()}.wav", earner_cast.sound(seconds=1 + number), earner)
    recording = Artifact.objects.get(response__submission=submission, response__requirement="R3")
    transcribing.add_transcript(
        artifact=recording, name=f"{own()}.txt", content=b"We read it once more.", acting_person=earner
    )
    writing.add_link(
        submission=submission,
        requirement="R2",
        link=f"https://pages.example.test/work/{number}",
        title=f"Page of {own()}",
        acting_person=earner,
    )
    roster.keep_roster(attempt=attempt, pasted=f"{own(None)} {own(None)}", acting_person=earner)
    consent.log_consent(
        attempt=attempt,
        kind="school_form",
        given_on=date(2026, 2, 2),
        kept_where=f"Folder {own(None)}",
        acting_person=earner,
    )
    _answer(submission, earner)
    return attempt


def _upload(submission: Submission, requirement: str, name: str, content: bytes, earner: Person) -> None:
    response = submission.responses.get(requirement=requirement)
    uploading.receive(response=response, name=name, size=len(content), pieces=[content], acting_person=earner)


def _answer(submission: Submission, earner: Person) -> None:
    """Say whom each artifact shows, and that no tool was used."""
    for artifact in Artifact.objects.filter(response__submission=submission, response__requirement="R2"):
        consent.say_who_is_shown(artifact=artifact, nobody=False, numbers=[1], acting_person=earner)
    ai_use.say_none_was_used(submission=submission, acting_person=earner)


def picture(number: int, kind: str, author: str) -> bytes:
    """A small drawing, another for each number, that says in its metadata who made it."""
    drawn = Image.new("RGB", (64, 48), (30 * number % 255, 77, 58))
    ImageDraw.Draw(drawn).rectangle((number, 3, 20 + number, 9 + number), fill="white")
    told, file = PngInfo(), io.BytesIO()
    told.add_text("Author", author)
    exif = Image.Exif()
    exif[0x013B] = author
    drawn.save(file, kind, **({"pnginfo": told} if kind == "PNG" else {"exif": exif}))
    return file.getvalue()
