"""Files, piece by piece and whole, good and bad."""

import io
import threading

import pytest
from django.db import connection
from django.utils import timezone
from PIL import Image

from longleaf.assessment.errors import (
    FileNotWelcome,
    NoSuchAttempt,
    NoSuchUpload,
    NotOpenForWriting,
    ResponseLocked,
    UploadOver,
    WrongOffset,
)
from longleaf.assessment.evidence import file_store, inspecting, uploading
from longleaf.assessment.models import Artifact, Upload
from longleaf.assessment.retrying import open_round
from longleaf.assessment.status import AttemptStatus, UploadStatus
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.earner_cast import response_to, uploaded
from longleaf.assessment.tests.evidence import files_cast
from tests import cast


@pytest.fixture
def attempt(version, educator):
    return earner_cast.started(version, educator)


@pytest.fixture
def wide_attempt(state, issuer, educator):
    """Takes every kind of file, and any number of them."""
    document = cast.make_document()
    document["requirements"][1]["files"] = {
        "kinds": ["pdf", "office", "image", "audio", "video"],
        "most": 20,
        "megabytes": 5,
    }
    return earner_cast.started(cast.publish(state, issuer, document), educator)


def begin(attempt, name="a.pdf", size=10, requirement="R2", person=None):
    return uploading.begin(
        response=response_to(attempt, requirement), name=name, size=size, acting_person=person or attempt.earner
    )


def append(upload, offset, piece):
    return uploading.append(upload=upload, offset=offset, piece=piece, acting_person=upload.owner)


def test_a_file_in_pieces_becomes_an_artifact(attempt):
    content = earner_cast.pdf()
    upload = begin(attempt, size=len(content))
    for place in range(0, len(content), 20):
        upload = append(upload, place, content[place : place + 20])
    artifact = Artifact.objects.get()
    assert (upload.status, upload.kind, upload.media_type, artifact.upload) == (
        "ready",
        "pdf",
        "application/pdf",
        upload,
    )
    with file_store.open_file(upload.stored_as) as kept:
        assert kept.read() == content


def test_nothing_on_the_disk_is_called_as_the_person_called_it(attempt, settings):
    uploaded(attempt, "Maria Lopez.pdf", earner_cast.pdf())
    names = [path.name for path in settings.MEDIA_ROOT.rglob("*")]
    assert (len(names) > 0, [name for name in names if "Maria" in name]) == (True, [])


def test_no_pieces_are_left_behind(attempt, settings):
    uploaded(attempt, "a.pdf", earner_cast.pdf())
    assert [path.name for path in (settings.MEDIA_ROOT / "arriving").iterdir()] == []


@pytest.mark.parametrize("offset", [0, 3, 6, 100])
def test_a_piece_for_another_place_is_told_the_right_one(attempt, offset):
    upload = append(begin(attempt), 0, b"%PDF")
    with pytest.raises(WrongOffset) as refusal:
        append(upload, offset, b"x")
    assert refusal.value.received == 4


def test_more_than_was_announced_is_refused(attempt):
    upload = append(begin(attempt), 0, b"%PDF")
    with pytest.raises(FileNotWelcome):
        append(upload, 4, b"x" * 7)


def test_a_file_that_has_arrived_takes_no_more(attempt):
    upload = uploaded(attempt, "a.pdf", earner_cast.pdf())
    with pytest.raises(UploadOver):
        append(upload, upload.size, b"x")


def test_a_piece_that_cannot_be_kept_does_not_count(attempt, monkeypatch):
    upload = begin(attempt)

    def full_disk(ref, offset, piece):
        raise OSError("No space left on device.")

    with monkeypatch.context() as patch:
        patch.setattr(file_store, "keep_piece", full_disk)
        with pytest.raises(OSError, match="No space"):
            append(upload, 0, b"%PDF")
    assert append(upload, 0, b"%PDF").received == 4


def test_what_a_dead_worker_left_at_a_place_gives_way(attempt):
    content = earner_cast.pdf()
    upload = begin(attempt, size=len(content))
    file_store.keep_piece(upload.ref, 0, b"torn")
    assert append(upload, 0, content).status == UploadStatus.READY


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_one_place_never_interleave(version, educator):
    attempt = earner_cast.started(version, educator)
    content = earner_cast.pdf()
    upload = begin(attempt, size=len(content))
    refused, barrier = [], threading.Barrier(2)

    def write():
        try:
            for place in range(0, len(content), 7):
                barrier.wait()
                try:
                    append(upload, place, content[place : place + 7])
                except (WrongOffset, UploadOver) as refusal:
                    refused.append(refusal)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    upload.refresh_from_db()
    assert (len(refused), upload.status, Artifact.objects.count()) == (len(range(0, len(content), 7)), "ready", 1)
    with file_store.open_file(upload.stored_as) as kept:
        assert kept.read() == content


def test_finishing_is_taken_up_after_a_worker_died(attempt):
    content = earner_cast.pdf()
    upload = begin(attempt, size=len(content))
    file_store.keep_piece(upload.ref, 0, content)
    Upload.objects.filter(pk=upload.pk).update(received=len(content))
    upload.refresh_from_db()
    assert uploading.finish(upload=upload).status == UploadStatus.READY
    upload.refresh_from_db()
    uploading.finish(upload=upload)
    assert Artifact.objects.count() == 1


def test_a_piece_that_was_lost_on_the_disk_is_noticed(attempt):
    upload = begin(attempt)
    Upload.objects.filter(pk=upload.pk).update(received=upload.size)
    upload.refresh_from_db()
    with pytest.raises(FileNotWelcome):
        uploading.finish(upload=upload)
    upload.refresh_from_db()
    assert (upload.status, upload.refusal) == ("refused", "“a.pdf” was damaged on its way. Add it anew.")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", earner_cast.pdf(), "application/pdf"),
        ("A.PDF", earner_cast.pdf(), "application/pdf"),
        ("a.docx", earner_cast.office_document(), f"{inspecting.OOXML}.wordprocessingml.document"),
        ("a.docx", earner_cast.office_document(first="a/b.xml"), f"{inspecting.OOXML}.wordprocessingml.document"),
        ("a.jpg", earner_cast.picture(), "image/jpeg"),
        ("a.png", earner_cast.picture("PNG"), "image/png"),
        ("a.webp", earner_cast.picture("WEBP"), "image/webp"),
        ("a.wav", earner_cast.sound(), "audio/wav"),
        ("a.mp4", files_cast.mp4(), "video/mp4"),
        ("a.webm", files_cast.webm(), "video/webm"),
    ],
)  # fmt: skip
def test_good_files_are_taken(wide_attempt, name, content, media_type):
    assert uploaded(wide_attempt, name, content).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("program.exe", earner_cast.PROGRAM),
        ("program.pdf", earner_cast.PROGRAM),
        ("page.html", earner_cast.PAGE),
        ("page.pdf", earner_cast.PAGE),
        ("page.jpg", earner_cast.PAGE),
        ("drawing.svg", earner_cast.DRAWING),
        ("drawing.png", earner_cast.DRAWING),
        ("picture.png", earner_cast.picture("JPEG")),
        ("torn.jpg", earner_cast.picture()[:200]),
        ("archive.zip", earner_cast.zipped()),
        ("archive.docx", earner_cast.zipped()),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("macro.docm", earner_cast.office_document()),
        ("nothing", earner_cast.pdf()),
        ("empty.pdf", b""),
        (".pdf", earner_cast.pdf()),
    ],
)
def test_bad_files_are_refused_with_a_sentence(wide_attempt, name, content):
    with pytest.raises(FileNotWelcome) as refusal:
        uploaded(wide_attempt, name, content)
    assert (refusal.value.fields["file"], Artifact.objects.count()) == (refusal.value.sentence, 0)


def test_the_reason_of_a_refusal_is_kept(attempt):
    with pytest.raises(FileNotWelcome) as refusal:
        uploaded(attempt, "program.pdf", earner_cast.PROGRAM)
    upload = Upload.objects.get()
    assert (upload.status, upload.refusal) == (UploadStatus.REFUSED, refusal.value.sentence)


def test_a_document_that_unpacks_into_gigabytes_is_refused(wide_attempt):
    bomb = earner_cast.office_document(packed=bytes(200_000_000))
    assert len(bomb) < 5 * 1024 * 1024
    with pytest.raises(FileNotWelcome, match="unpacks into more"):
        uploaded(wide_attempt, "bomb.docx", bomb)


def test_a_picture_that_unpacks_into_gigabytes_is_refused(attempt):
    with pytest.raises(FileNotWelcome, match="64 million points"):
        uploaded(attempt, "wide.png", earner_cast.picture("PNG", size=(9000, 8000)))


def test_a_file_of_a_kind_not_asked_for_is_refused(attempt):
    with pytest.raises(FileNotWelcome, match="Welcome: PDF, images"):
        uploaded(attempt, "talk.wav", earner_cast.sound())


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(attempt):
    with pytest.raises(FileNotWelcome, match="at most 5 MB"):
        begin(attempt, size=5 * 1024 * 1024 + 1)
    assert Upload.objects.count() == 0


def test_a_file_where_none_is_asked_for_is_refused(attempt):
    with pytest.raises(FileNotWelcome):
        begin(attempt, requirement="R1")


def test_more_files_than_asked_for_are_refused(attempt):
    for number in range(2):
        uploaded(attempt, f"{number}.pdf", earner_cast.pdf())
    begin(attempt)
    with pytest.raises(FileNotWelcome, match="At most 3 files can be added here, 1 of them still on the way"):
        begin(attempt)


def test_a_photograph_forgets_where_it_was_taken_and_stands_upright(attempt):
    upload = uploaded(attempt, "photo.jpg", earner_cast.picture_with_a_place())
    with file_store.open_file(upload.stored_as) as kept:
        content = kept.read()
    picture = Image.open(io.BytesIO(content))
    assert (len(picture.getexif()), b"ERIN" in content, picture.size) == (0, False, (40, 60))


def test_a_photograph_with_broken_remarks_is_taken_without_them(attempt):
    # Upright by its orientation, and with a resolution written as a word, as some editors leave it.
    remarks = b"Exif\0\0MM\0*\0\0\0\x08\0\2\1\x12\0\3\0\0\0\1\0\6\0\0\1\x1a\0\2\0\0\0\4abc\0\0\0\0\0"
    content = io.BytesIO()
    Image.new("RGB", (60, 40)).save(content, "JPEG", exif=remarks)
    upload = uploaded(attempt, "photo.jpg", content.getvalue())
    with file_store.open_file(upload.stored_as) as kept:
        assert Image.open(io.BytesIO(kept.read())).size == (40, 60)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\erin\\plan.pdf", "plan.pdf"),
        ("a\x00b\u202ec.pdf", "abc.pdf"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_names_are_made_plain(attempt, given, kept):
    assert begin(attempt, name=given).original_name == kept


@pytest.mark.parametrize("status", [status for status in AttemptStatus if status not in ("draft", "returned")])
def test_nothing_begins_or_arrives_where_evidence_is_closed(attempt, status):
    content = earner_cast.pdf()
    upload = begin(attempt, size=len(content))
    earner_cast.put(attempt, status)
    with pytest.raises(NotOpenForWriting):
        begin(attempt)
    with pytest.raises(NotOpenForWriting):
        append(upload, 0, content)
    assert Artifact.objects.count() == 0


def test_nothing_is_added_to_what_was_met(version, educator):
    attempt = earner_cast.decided(version, educator, met=["A"])
    open_round(attempt=attempt, acting_person=educator)
    attempt.refresh_from_db()
    with pytest.raises(ResponseLocked):
        begin(attempt)


def test_nobody_else_adds_appends_or_cancels(attempt, other_educator):
    with pytest.raises(NoSuchAttempt):
        begin(attempt, person=other_educator)
    upload = begin(attempt)
    with pytest.raises(NoSuchUpload):
        uploading.append(upload=upload, offset=0, piece=b"%PDF", acting_person=other_educator)
    with pytest.raises(NoSuchUpload):
        uploading.cancel(upload=upload, acting_person=other_educator)
    with pytest.raises(NoSuchUpload):
        uploading.upload_of(other_educator, upload.ref)


def test_cancelling_forgets_what_has_arrived(attempt, settings, django_capture_on_commit_callbacks):
    upload = append(begin(attempt), 0, b"%PDF")
    with django_capture_on_commit_callbacks(execute=True):
        uploading.cancel(upload=upload, acting_person=attempt.earner)
    assert (Upload.objects.count(), list((settings.MEDIA_ROOT / "arriving").iterdir())) == (0, [])


def test_what_is_evidence_now_cannot_be_cancelled(attempt):
    upload = uploaded(attempt, "a.pdf", earner_cast.pdf())
    with pytest.raises(UploadOver):
        uploading.cancel(upload=upload, acting_person=attempt.earner)


def test_what_never_arrived_whole_is_forgotten(attempt):
    begin(attempt)
    uploaded(attempt, "a.pdf", earner_cast.pdf())
    assert uploading.forget_abandoned(begun_before=timezone.now()) == 1
    assert [upload.status for upload in Upload.objects.all()] == [UploadStatus.READY]
