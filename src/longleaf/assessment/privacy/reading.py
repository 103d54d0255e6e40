"""Reading the text of files that have arrived: the chore, which claims each file once.

A file is claimed before it is read. So one that brings a worker down is not read again and again; after `GIVEN_UP` it
counts as unreadable.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from tempfile import TemporaryFile

from longleaf.assessment.evidence import file_store
from longleaf.assessment.models import FileText, Upload
from longleaf.assessment.privacy.file_texts import Text, read_text
from longleaf.assessment.status import WITH_TEXT, FileKind, TextState, UploadStatus

# In one round of a worker, so that other chores have their turn.
AT_ONCE = 10
GIVEN_UP = timedelta(minutes=30)
COPIED_AT_ONCE = 1024 * 1024


def read_arrived_files(*, now: datetime) -> int:
    """Read the text of PDFs and office files that nobody has read yet. Returns how many."""
    _give_up(claimed_before=now - GIVEN_UP)
    waiting = Upload.objects.filter(status=UploadStatus.READY, kind__in=WITH_TEXT, text_read_at__isnull=True)
    found = list(waiting.order_by("finished_at")[:AT_ONCE])
    return sum(_read(each, now) for each in found)


def _read(upload: Upload, now: datetime) -> int:
    if not Upload.objects.filter(pk=upload.pk, text_read_at__isnull=True).update(text_read_at=now):
        return 0
    text = _text_of(upload)
    if Upload.objects.filter(pk=upload.pk).exists():
        FileText.objects.get_or_create(upload=upload, defaults={"state": text.state, "text": text.text})
    return 1


def _text_of(upload: Upload) -> Text:
    try:
        with file_store.open_file(upload.stored_as) as stored, TemporaryFile() as file:
            # A store may hand out a stream that cannot go back, which readers of both kinds must.
            while piece := stored.read(COPIED_AT_ONCE):
                file.write(piece)
            file.seek(0)
            return read_text(file, FileKind(upload.kind), upload.size)
    except (OSError, ValueError):
        return Text(TextState.UNREADABLE, "")


def _give_up(*, claimed_before: datetime) -> None:
    left = Upload.objects.filter(
        status=UploadStatus.READY, kind__in=WITH_TEXT, text_read_at__lt=claimed_before, file_text__isnull=True
    )
    for upload in left[:AT_ONCE]:
        FileText.objects.get_or_create(upload=upload, defaults={"state": TextState.UNREADABLE})
