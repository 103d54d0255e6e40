"""Micro-credentials that ask for consent, for a statement on tools, and for every name to be answered."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

from longleaf.assessment.models import Artifact, Attempt
from longleaf.assessment.privacy import ai_use, consent
from longleaf.assessment.queries import current_submission, work_on
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, State
from tests import cast

AI = {"rule": "allowed", "text": "Tools may help you. Say which, and for what."}
SIGNED = date(2026, 3, 2)


def protected(state: State, issuer: Organisation, items: dict[str, Any], **changes: Any) -> Version:
    """A version whose second requirement shows people, and that asks what tools were used."""
    document = cast.make_document("protected-work", title="Protected Work", **{"ai_policy": AI, **changes})
    asked = [{**each, "shows_people": each["code"] == "R2"} for each in document["requirements"]]
    return cast.publish(state, issuer, {**document, "requirements": asked}, [items["MTS-2"]])


def log(attempt: Attempt, **changes: Any) -> Any:
    said = {"kind": "school_form", "given_on": SIGNED, "kept_where": "Office, green folder", **changes}
    return consent.log_consent(attempt=attempt, acting_person=attempt.earner, **said)


def artifacts_of(attempt: Attempt) -> list[Artifact]:
    brought = Artifact.objects.select_related("upload", "response__submission__attempt")
    return list(brought.filter(response__submission__attempt=attempt).order_by("pk"))


def show(artifact: Artifact, *numbers: int) -> Any:
    earner = artifact.response.submission.attempt.earner
    return consent.say_who_is_shown(artifact=artifact, nobody=not numbers, numbers=numbers, acting_person=earner)


def say(attempt: Attempt, part: str, *uses: str, words: str = "") -> Any:
    """Of the text of a requirement by its code, R1, of a file or link by its place, R2-1."""
    parts = [each for of_one in ai_use.parts_in(work_on(attempt)).values() for each in of_one]
    return ai_use.say_what_was_used(
        submission=current_submission(attempt),
        part=next((each.key for each in parts if each.code == part), part),
        uses=uses or ["none"],
        words=words,
        acting_person=attempt.earner,
    )


def say_all(attempt: Attempt) -> None:
    """Everything that is asked: consent of one person in each artifact, and no tool."""
    log(attempt)
    for artifact in artifacts_of(attempt):
        show(artifact, 1)
    ai_use.say_none_was_used(submission=current_submission(attempt), acting_person=attempt.earner)


def word_document(*paragraphs: str) -> bytes:
    """A document in which each word is cut into runs, as word processors do."""
    runs = "".join(
        "<w:p>" + "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in (text[: len(text) // 2], text[len(text) // 2 :]))
        + "</w:p>"
        for text in paragraphs
    )  # fmt: skip
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", f"<w:document><w:body>{runs}</w:body></w:document>")
    return file.getvalue()


def pdf_of(text: str) -> bytes:
    """One page with one line of text, as any program writes it."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj" % number + each + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    size = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)
    return written + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end
