"""The door by which files of other floors come in takes them however they arrive."""

from __future__ import annotations

import io

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from longleaf.assessment.tests.evidence import files_cast
from longleaf.kit.taking_in import take_in


def test_a_small_document_that_never_was_a_file_is_cleaned_like_any_other() -> None:
    for brought in (io.BytesIO(files_cast.pdf("ERIN")), SimpleUploadedFile("a.pdf", files_cast.pdf("ERIN"))):
        taken = take_in(brought, name="a.pdf", kinds=("pdf",))
        assert taken.media_type == "application/pdf"
        with default_storage.open(taken.stored_as) as kept:
            content = kept.read()
        assert len(content) == taken.size
        assert b"ERIN" not in content
