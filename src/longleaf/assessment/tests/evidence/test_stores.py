"""A folder and an S3-compatible store do the same, and neither ever holds a file in memory as a whole."""

from __future__ import annotations

import hashlib
import io
import tempfile

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from longleaf.assessment.evidence import file_store, uploading
from longleaf.assessment.models import Artifact
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.evidence import files_cast
from longleaf.assessment.tests.evidence.stores import bucket, s3_address, store
from tests import cast

__all__ = ["bucket", "s3_address", "store"]

MEGABYTE = 1024 * 1024


def joined(ref: str) -> bytes:
    into = io.BytesIO()
    file_store.join_pieces(ref, into)
    return into.getvalue()


def test_pieces_are_joined_in_their_order_and_forgotten(store):
    for offset, piece in ((0, b"ab"), (10_000_000_000, b"ef"), (2, b"cd")):
        file_store.keep_piece("UPL-1", offset, piece)
    file_store.keep_piece("UPL-11", 0, b"another file")
    assert joined("UPL-1") == b"abcdef"
    file_store.forget_pieces("UPL-1")
    assert (joined("UPL-1"), joined("UPL-11")) == (b"", b"another file")


def test_a_piece_at_the_same_place_gives_way(store):
    file_store.keep_piece("UPL-1", 0, b"torn and longer")
    file_store.keep_piece("UPL-1", 0, b"whole")
    assert joined("UPL-1") == b"whole"


@pytest.mark.parametrize(("first", "length"), [(0, 10), (3, 4), (9, 1), (0, 0)])
def test_a_part_is_read_as_it_is_asked_for(store, first, length):
    name = file_store.keep("UPL-1", io.BytesIO(b"0123456789"))
    assert b"".join(file_store.read_part(name, first, length)) == b"0123456789"[first : first + length]


def test_each_keeping_makes_a_name_of_its_own(store):
    first, second = (file_store.keep("UPL-1", io.BytesIO(each)) for each in (b"one", b"two"))
    file_store.forget(second)
    with file_store.open_file(first) as kept:
        assert (kept.read(), first != second, file_store.size_of(first)) == (b"one", True, 3)


def test_a_large_file_goes_up_in_parts_and_comes_back_the_same(store):
    with tempfile.TemporaryFile() as large:
        digest = hashlib.sha256()
        for number in range(40):
            piece = bytes([number]) * MEGABYTE
            large.write(piece)
            digest.update(piece)
        name = file_store.keep("UPL-1", large)
    again = hashlib.sha256()
    for piece in file_store.read_part(name, 0, 40 * MEGABYTE):
        again.update(piece)
    assert (again.hexdigest(), file_store.size_of(name)) == (digest.hexdigest(), 40 * MEGABYTE)


def test_a_large_file_in_a_bucket_is_written_in_parts(bucket):
    with tempfile.TemporaryFile() as large:
        large.truncate(40 * MEGABYTE)
        name = file_store.keep("UPL-1", large)
    # What was uploaded in parts says so in its tag: a dash and their number.
    assert int(bucket.Object(name).e_tag.strip('"').partition("-")[2]) > 1


def test_a_file_is_read_in_small_pieces(store):
    name = file_store.keep("UPL-1", io.BytesIO(bytes(3 * MEGABYTE)))
    assert max(len(piece) for piece in file_store.read_part(name, 0, 3 * MEGABYTE)) <= 64 * 1024


@pytest.fixture
def attempt(state, issuer, educator):
    document = cast.make_document()
    document["requirements"][1]["files"] = {"kinds": ["pdf", "video", "audio"], "most": 20, "megabytes": 5}
    return earner_cast.started(cast.publish(state, issuer, document), educator)


def test_a_file_in_pieces_becomes_evidence_and_is_handed_out_in_parts(store, attempt, client_of, settings):
    content = earner_cast.sound()
    upload = uploading.begin(
        response=earner_cast.response_to(attempt, "R2"), name="a.wav", size=len(content), acting_person=attempt.earner
    )
    for place in range(0, len(content), 3000):
        upload = uploading.append(
            upload=upload, offset=place, piece=content[place : place + 3000], acting_person=attempt.earner
        )
    where = reverse("assessment:file", kwargs={"ref": attempt.ref, "artifact_id": Artifact.objects.get().pk})
    whole = client_of(attempt.earner).get(where)
    part = client_of(attempt.earner).get(where, headers={"Range": "bytes=100-199"})
    assert b"".join(whole.streaming_content) == content
    assert (part.status_code, b"".join(part.streaming_content)) == (206, content[100:200])
    assert default_storage.listdir("arriving")[1] == []
    # With a bucket nothing lies on this machine, so that the next piece may come to another one.
    assert store == "folder" or not settings.MEDIA_ROOT.exists()


def test_what_was_taken_out_is_nowhere_in_the_store(store, attempt):
    upload = earner_cast.uploaded(attempt, "a.mp4", files_cast.mp4(files_cast.M))
    kept = b"".join(file_store.read_part(upload.stored_as, 0, file_store.size_of(upload.stored_as)))
    assert (files_cast.M in kept, "place" in upload.taken_out) == (False, True)
