"""The verbs on transcripts: give a recording captions or a transcript, and take them away.

A transcript is small and brought whole. It is written anew from its words (`captions`), so it is not scanned, and what
is said in it is kept at once, to be looked through for names.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.assessment.errors import FileNotWelcome
from longleaf.assessment.evidence import captions, file_store
from longleaf.assessment.evidence.uploading import plain_name
from longleaf.assessment.evidence.writing import forget_upload
from longleaf.assessment.holding import hold_for_writing, open_response
from longleaf.assessment.models import Artifact, FileText, Response, Upload
from longleaf.assessment.models.evidence import new_upload_reference
from longleaf.assessment.status import FileKind, TextState, UploadStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person

RECORDINGS = frozenset({FileKind.AUDIO, FileKind.VIDEO})


@transaction.atomic
def add_transcript(*, artifact: Artifact, name: str, content: bytes, acting_person: Person) -> Artifact:
    """Keep the words of a recording, in place of those it had. Raises `FileNotWelcome` and what `holding` raises."""
    response = _hold(artifact, acting_person)
    held = Artifact.objects.select_related("upload", "transcript").get(pk=artifact.pk)
    if held.upload is None or held.upload.kind not in RECORDINGS:
        raise _refused("Only a recording has a transcript. Add this file as evidence of its own.")
    try:
        words, media_type = captions.plain(name, content)
    except captions.NotReadable as problem:
        raise _refused(f"“{plain_name(name)}”: {problem}") from None
    before = held.transcript
    held.transcript = _keep(response, name, words.encode(), media_type, acting_person)
    held.save(update_fields=["transcript"])
    forget_upload(before)
    return held


@transaction.atomic
def remove_transcript(*, artifact: Artifact, acting_person: Person) -> None:
    """Take the transcript of a recording away; the recording stays. Doing it twice does it once."""
    _hold(artifact, acting_person)
    held = Artifact.objects.select_related("transcript").get(pk=artifact.pk)
    before, held.transcript = held.transcript, None
    held.save(update_fields=["transcript"])
    forget_upload(before)


def _hold(artifact: Artifact, person: Person) -> Response:
    response = Response.objects.select_related("submission").get(pk=artifact.response_id)
    hold_for_writing(response.submission, acting_person=person)
    return open_response(response.submission, response.requirement)


def _keep(response: Response, name: str, content: bytes, media_type: str, person: Person) -> Upload:
    ref = new_upload_reference()
    stored_as = file_store.keep(ref, BytesIO(content))
    now = timezone.now()
    kept = Upload.objects.create(
        ref=ref,
        owner=person,
        response=response,
        original_name=plain_name(name),
        status=UploadStatus.READY,
        size=len(content),
        received=len(content),
        stored_as=stored_as,
        media_type=media_type,
        kind=FileKind.TRANSCRIPT,
        sha256=hashlib.sha256(content).hexdigest(),
        finished_at=now,
        text_read_at=now,
    )
    FileText.objects.create(upload=kept, state=TextState.READ, text=captions.spoken(content.decode(), media_type))
    return kept


def _refused(sentence: str) -> FileNotWelcome:
    return FileNotWelcome(sentence, fields={"transcript": sentence})
