"""The protocol of uploads, as any client of tus 1.0 speaks it."""

import base64
import io

import pytest
from django.urls import reverse

from longleaf.assessment.evidence import file_store
from longleaf.assessment.models import Artifact, Upload
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests import earner_cast

CONTENT = earner_cast.pdf()
LENGTH = len(CONTENT)
PIECES = "application/offset+octet-stream"


@pytest.fixture
def attempt(version, educator):
    return earner_cast.started(version, educator)


@pytest.fixture
def client(attempt, client_of):
    return client_of(attempt.earner)


class LineThatBreaks(io.RawIOBase):
    """What a server reads from when the network goes away in the middle of a piece."""

    def __init__(self, arrived):
        self.arrived = arrived

    def read(self, size=-1):
        if not self.arrived:
            raise OSError("The connection was reset.")
        arrived, self.arrived = self.arrived[:size], self.arrived[size:]
        return arrived


def metadata(**values):
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())


def create(client, attempt, length=LENGTH, version="1.0.0", **told):
    told = {"filename": "Après.pdf", "filetype": "application/pdf", "requirement": "R2", **told}
    headers = {"Tus-Resumable": version, "Upload-Length": str(length), "Upload-Metadata": metadata(**told)}
    return client.post(reverse("assessment:uploads", kwargs={"ref": attempt.ref}), headers=headers)


def patch(client, place, offset, piece, kind=PIECES, **headers):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset), **headers}
    return client.patch(place, piece, content_type=kind, headers=headers)


def head(client, place):
    return client.head(place, headers={"Tus-Resumable": "1.0.0"})


def test_it_says_what_it_speaks(client, attempt):
    answer = client.options(reverse("assessment:uploads", kwargs={"ref": attempt.ref}))
    assert (answer.status_code, answer["Tus-Version"], answer["Tus-Extension"]) == (
        204,
        "1.0.0",
        "creation,termination",
    )


def test_a_file_goes_up_in_pieces(client, attempt):
    created = create(client, attempt)
    place = created["Location"]
    first = patch(client, place, 0, CONTENT[:30])
    last = patch(client, place, 30, CONTENT[30:])
    assert [each.status_code for each in (created, first, last)] == [201, 204, 204]
    assert [first["Upload-Offset"], last["Upload-Offset"]] == ["30", str(len(CONTENT))]
    assert Artifact.objects.get().upload.original_name == "Après.pdf"


def test_after_a_lost_connection_it_goes_on_where_it_stopped(client, attempt):
    place = create(client, attempt)["Location"]
    patch(client, place, 0, CONTENT[:30])
    asked = head(client, place)
    assert (asked["Upload-Offset"], asked["Upload-Length"]) == ("30", str(len(CONTENT)))
    assert (asked["Cache-Control"], asked["Tus-Resumable"]) == ("no-store", "1.0.0")
    patch(client, place, int(asked["Upload-Offset"]), CONTENT[30:])
    with file_store.open_file(Upload.objects.get().stored_as) as kept:
        assert kept.read() == CONTENT


def test_what_came_before_the_connection_broke_is_kept(client, attempt):
    place = create(client, attempt)["Location"]
    broken = {"wsgi.input": LineThatBreaks(CONTENT[:30]), "CONTENT_LENGTH": "90", "CONTENT_TYPE": PIECES}
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    client.patch(place, headers=headers, **broken)
    assert head(client, place)["Upload-Offset"] == "30"


def test_an_answer_that_was_lost_is_made_up_for_by_asking(client, attempt):
    place = create(client, attempt)["Location"]
    patch(client, place, 0, CONTENT)
    assert (patch(client, place, 0, CONTENT).status_code, head(client, place).status_code) == (409, 200)
    assert Artifact.objects.count() == 1


@pytest.mark.parametrize("offset", ["29", "31", "0"])
def test_a_wrong_offset_is_a_conflict_that_tells_the_right_one(client, attempt, offset):
    place = create(client, attempt)["Location"]
    patch(client, place, 0, CONTENT[:30])
    answer = patch(client, place, offset, b"x")
    assert (answer.status_code, answer["Upload-Offset"], head(client, place)["Upload-Offset"]) == (409, "30", "30")


@pytest.mark.parametrize("offset", ["", "-1", "many", "1.5", "٣"])
def test_an_offset_that_is_no_number_is_refused(client, attempt, offset):
    place = create(client, attempt)["Location"]
    answer = client.patch(place, b"x", content_type=PIECES, HTTP_TUS_RESUMABLE="1.0.0", HTTP_UPLOAD_OFFSET=offset)
    assert answer.status_code == 400


def test_pieces_of_another_type_are_refused(client, attempt):
    assert patch(client, create(client, attempt)["Location"], 0, b"x", kind="application/json").status_code == 415


def test_pieces_that_are_too_large_are_refused(client, attempt, settings):
    place = create(client, attempt, length=3_000_000)["Location"]
    assert patch(client, place, 0, bytes(settings.UPLOAD_CHUNK_BYTES + 1)).status_code == 413
    assert patch(client, place, 0, bytes(settings.UPLOAD_CHUNK_BYTES)).status_code == 204


def test_another_version_of_the_protocol_is_refused(client, attempt):
    answer = create(client, attempt, version="0.2.2")
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


@pytest.mark.parametrize("length", ["", "-1", "many", "9" * 30])
def test_a_length_that_is_no_number_is_refused(client, attempt, length):
    assert create(client, attempt, length=length).status_code == 400


@pytest.mark.parametrize(
    ("told", "length"),
    [
        ({"requirement": "R9"}, 10),
        ({"requirement": "R1"}, 10),
        ({"filename": "program.exe"}, 10),
        ({"filename": ""}, 10),
        ({}, 0),
        ({}, 6_000_000),
    ],
)
def test_what_cannot_be_taken_is_refused_before_it_is_sent(client, attempt, told, length):
    answer = create(client, attempt, length=length, **told)
    assert (answer.status_code, answer.json()["error"].endswith("."), Upload.objects.count()) == (422, True, 0)


def test_what_turns_out_otherwise_is_refused_with_the_last_piece(client, attempt):
    place = create(client, attempt, length=len(earner_cast.PROGRAM))["Location"]
    answer = patch(client, place, 0, earner_cast.PROGRAM)
    assert (answer.status_code, "not what its name says" in answer.json()["error"]) == (422, True)
    assert head(client, place).status_code == 422


def test_metadata_that_is_no_base64_is_left_out(client, attempt):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "10", "Upload-Metadata": "filename ***,requirement"}
    answer = client.post(reverse("assessment:uploads", kwargs={"ref": attempt.ref}), headers=headers)
    assert answer.status_code == 422


def test_an_upload_ends_when_it_is_told_to(client, attempt):
    place = create(client, attempt)["Location"]
    patch(client, place, 0, CONTENT[:30])
    answer = client.delete(place, headers={"Tus-Resumable": "1.0.0"})
    assert (answer.status_code, head(client, place).status_code) == (204, 404)


def test_nobody_else_sees_or_touches_an_upload(client, attempt, other_educator, client_of):
    place = create(client, attempt)["Location"]
    other = client_of(other_educator)
    answers = [
        head(other, place),
        patch(other, place, 0, b"x"),
        other.delete(place, headers={"Tus-Resumable": "1.0.0"}),
    ]
    assert [each.status_code for each in answers] == [404, 404, 404]
    assert head(client, place)["Upload-Offset"] == "0"


def test_nothing_begins_on_what_was_handed_in(client, attempt):
    earner_cast.put(attempt, AttemptStatus.SUBMITTED)
    assert create(client, attempt).status_code == 409
