"""An earner at work: attempts brought to the point where a test begins, and files of every sort, good and bad."""

from __future__ import annotations

import io
import wave
import zipfile
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from PIL import Image

from longleaf.assessment import starting, submitting
from longleaf.assessment.evidence import uploading, writing
from longleaf.assessment.models import Attempt, Response, Submission, Upload
from longleaf.assessment.privacy import looked
from longleaf.assessment.queries import current_submission, work_on
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests.evidence import files_cast

BOTH = ("privacy", "integrity")
PLAN = "I look for a claim with evidence in every draft."
CHANGE = "The learner rewrote the claim and added two pieces of evidence."
LINK = "https://example.org/work"


def started(version: Any, person: Any) -> Attempt:
    return starting.start(version=version, acting_person=person)


def filled(version: Any, person: Any) -> Attempt:
    """Everything that the three requirements of the cast's micro-credential ask for."""
    attempt = started(version, person)
    save(attempt, "R1", PLAN)
    save(attempt, "R3", CHANGE)
    writing.add_link(
        submission=current_submission(attempt), requirement="R2", link=LINK, title="", acting_person=person
    )
    return attempt


def submitted(version: Any, person: Any) -> Attempt:
    attempt = filled(version, person)
    submit(attempt)
    attempt.refresh_from_db()
    return attempt


def decided(version: Any, person: Any, *, met: Sequence[str]) -> Attempt:
    """As the desk leaves it: the outcome written, the attempt moved."""
    attempt = submitted(version, person)
    return decide(attempt, met=met)


def decide(attempt: Attempt, *, met: Sequence[str]) -> Attempt:
    submission = current_submission(attempt)
    rubric = attempt.version.document["rubric"]["criteria"]
    all_met = len(met) == len(rubric)
    submission.outcome = {
        "verdict": "demonstrated" if all_met else "not_yet",
        "reason": "as the rule says",
        "readers": 2,
        "criteria": [_found(each, each["code"] in met) for each in rubric],
    }
    submission.decided_at = timezone.now()
    submission.save()
    put(attempt, AttemptStatus.DEMONSTRATED if all_met else AttemptStatus.NOT_YET, decided_at=timezone.now())
    return attempt


def _found(criterion: dict[str, Any], is_met: bool) -> dict[str, Any]:
    return {
        "code": criterion["code"],
        "title": criterion["title"],
        "met": is_met,
        "level": "demonstrated" if is_met else "not-yet",
        "level_title": "Demonstrated" if is_met else "Not yet",
        "decided_by": "agreement",
        "comments": [f"The evidence on {criterion['code']} shows it." if is_met else f"Change {criterion['code']}."],
        "requirements": criterion["requirements"],
    }


def put(attempt: Attempt, status: AttemptStatus, **changes: Any) -> Attempt:
    """Put an attempt into a status past its door, where a test needs it there and nothing else."""
    Attempt.objects.filter(pk=attempt.pk).update(status=status, **changes)
    attempt.refresh_from_db()
    return attempt


def save(attempt: Attempt, requirement: str, text: str) -> Response:
    response = response_to(attempt, requirement)
    return writing.save_text(
        submission=response.submission,
        requirement=requirement,
        text=text,
        revision=response.revision,
        acting_person=attempt.earner,
    )


def submit(attempt: Attempt, badge_evidence: Sequence[str] = ()) -> Submission:
    look_through(attempt)
    return submitting.submit(
        submission=current_submission(attempt),
        statements=BOTH,
        badge_evidence=badge_evidence,
        acting_person=attempt.earner,
    )


def look_through(attempt: Attempt) -> list[looked.Unread]:
    """Say of everything that software cannot look into that it was looked through."""
    work = work_on(attempt)
    if not work.is_open:
        return []
    asked = [each.artifact.pk for each in looked.to_look_through(work)]
    return looked.say_looked_through(submission=work.submission, artifacts=asked, acting_person=attempt.earner)


def response_to(attempt: Attempt, requirement: str) -> Response:
    return Response.objects.select_related("submission").get(
        submission__attempt=attempt, submission__round=attempt.round, requirement=requirement
    )


def uploaded(attempt: Attempt, name: str, content: bytes, requirement: str = "R2") -> Upload:
    return uploading.receive(
        response=response_to(attempt, requirement),
        name=name,
        size=len(content),
        pieces=[content],
        acting_person=attempt.earner,
    )


def picture(image_format: str = "JPEG", size: tuple[int, int] = (60, 40), **save: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (90, 120, 60)).save(file, image_format, **save)
    return file.getvalue()


def picture_with_a_place() -> bytes:
    """A photograph that says where it was taken, by what, and which way is up."""
    exif = Image.Exif()
    exif[0x010F] = "PHONE OF ERIN"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif)


def pdf() -> bytes:
    return files_cast.pdf()


def sound(seconds: int = 1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound_file:
        sound_file.setnchannels(1)
        sound_file.setsampwidth(1)
        sound_file.setframerate(8000)
        sound_file.writeframes(bytes(8000 * seconds))
    return file.getvalue()


def office_document(first: str = "[Content_Types].xml", packed: bytes = b"<x/>") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in dict.fromkeys((first, "[Content_Types].xml", "word/document.xml")):
            parts.writestr(name, packed)
    return file.getvalue()


def zipped(name: str = "virus.exe") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr(name, b"MZ")
    return file.getvalue()


PROGRAM = b"MZ\x90\x00" + bytes(400)
PAGE = b"<!doctype html><html><script>alert(1)</script></html>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
