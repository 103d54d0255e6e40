"""A file is evidence only once the virus scanner has looked at it; while that is silent, the file waits."""

from __future__ import annotations

import io
import shutil
import socket
import socketserver
import struct
import subprocess
import threading
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from longleaf.assessment.errors import FileInfected, FileNotWelcome, UploadOver
from longleaf.assessment.evidence import scanning, taking_in, uploading
from longleaf.assessment.models import Artifact, Upload
from longleaf.assessment.queries import work_on
from longleaf.assessment.status import UploadStatus
from longleaf.assessment.tasks import check_waiting_uploads
from longleaf.assessment.tests import earner_cast
from longleaf.kit.taking_in import take_in

# The test file that every scanner knows (eicar.org), in two parts, or this file would be taken for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NOWHERE = "127.0.0.1:1"


class Clamd(socketserver.StreamRequestHandler):
    """What clamd says and hears when it is given a stream, with its limit on how long that may be."""

    most = 1_000_000

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        heard = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            heard += self.rfile.read(length)
            if len(heard) > self.most:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in heard else b"stream: OK\0")


class OverPath(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


class OverPort(socketserver.ThreadingTCPServer):
    daemon_threads = True


@pytest.fixture(params=["port", "path"])
def clamd(request, settings, tmp_path) -> Iterator[str]:
    path = str(tmp_path / "clamd.ctl")
    server = OverPath(path, Clamd) if request.param == "path" else OverPort(("127.0.0.1", 0), Clamd)
    address = path if request.param == "path" else f"127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.CLAMD = address
    yield address
    server.shutdown()
    server.server_close()


@pytest.fixture
def attempt(version, educator):
    return earner_cast.started(version, educator)


def brought(attempt, content=None):
    return earner_cast.uploaded(attempt, "a.pdf", content or earner_cast.pdf())


def test_nothing_is_scanned_where_no_scanner_is_named(attempt, settings):
    assert (settings.CLAMD, brought(attempt).status) == ("", UploadStatus.READY)


def test_a_clean_file_becomes_evidence(attempt, clamd):
    assert (brought(attempt).status, Artifact.objects.count()) == (UploadStatus.READY, 1)


def test_an_infected_file_is_refused_and_forgotten(attempt, clamd, settings):
    with pytest.raises(FileInfected, match="Eicar-Test-Signature"):
        brought(attempt, earner_cast.pdf() + EICAR)
    upload = Upload.objects.get()
    assert (upload.status, Artifact.objects.count()) == (UploadStatus.QUARANTINED, 0)
    assert "found “Eicar-Test-Signature” in “a.pdf”" in upload.refusal
    assert list((settings.MEDIA_ROOT / "arriving").iterdir()) == []
    assert [each.pk for each in work_on(attempt).piece("R2").refused] == [upload.pk]


@pytest.mark.parametrize("size", [0, 1, scanning.AT_ONCE, scanning.AT_ONCE + 1])
def test_the_scanner_hears_the_whole_file(clamd, size):
    assert scanning.finding(io.BytesIO(bytes(size))) == ""
    assert scanning.finding(io.BytesIO(bytes(size) + EICAR)) == "Eicar-Test-Signature"


def test_a_file_that_the_scanner_does_not_look_at_counts_as_not_scanned(clamd, caplog):
    with pytest.raises(scanning.NotLookedAt):
        scanning.finding(io.BytesIO(bytes(Clamd.most * 2)))


def test_a_file_that_the_scanner_does_not_look_at_keeps_no_other_waiting(
    attempt, settings, clamd, client_of, monkeypatch
):
    settings.CLAMD, listening = NOWHERE, settings.CLAMD
    long, short = brought(attempt, earner_cast.pdf() + b"%" * 5000), brought(attempt)
    settings.CLAMD = listening
    monkeypatch.setattr(Clamd, "most", 5000)
    assert (check_waiting_uploads(), check_waiting_uploads()) == (1, 0)
    for each in (long, short):
        each.refresh_from_db()
    assert (long.status, short.status) == (UploadStatus.CHECKING, UploadStatus.READY)
    page = client_of(attempt.earner).get(reverse("assessment:attempt", kwargs={"ref": attempt.ref})).content.decode()
    assert "the virus scanner did not look at it" in page
    assert "Nothing is asked of you" not in page
    # Whoever runs it lets it look at longer files.
    monkeypatch.setattr(Clamd, "most", 50_000)
    assert check_waiting_uploads() == 1
    long.refresh_from_db()
    assert (long.status, long.refusal) == (UploadStatus.READY, "")


def test_a_document_that_the_scanner_does_not_look_at_is_not_taken(clamd, monkeypatch):
    monkeypatch.setattr(Clamd, "most", 100)
    with pytest.raises(FileNotWelcome, match=r"did not look at “a\.pdf”: it may be too large"):
        take_in(io.BytesIO(earner_cast.pdf()), name="a.pdf", kinds=("pdf",))
    with pytest.raises(FileNotWelcome, match=r"did not look at “a\.pdf”: it may be too large"):
        taking_in.take_in(ref="DOC-1", file=SimpleUploadedFile("a.pdf", earner_cast.pdf()), most_bytes=10_000)


def test_while_the_scanner_is_silent_a_file_waits_and_is_taken_later(attempt, settings, clamd, client_of):
    settings.CLAMD, listening = NOWHERE, settings.CLAMD
    upload = brought(attempt)
    assert (upload.status, Artifact.objects.count()) == (UploadStatus.CHECKING, 0)
    assert "still on the way" in work_on(attempt).piece("R2").missing
    page = client_of(attempt.earner).get(reverse("assessment:attempt", kwargs={"ref": attempt.ref})).content.decode()
    assert "All here, and being checked for viruses." in page
    assert (check_waiting_uploads(), uploading.finish(upload=upload).status) == (0, UploadStatus.CHECKING)
    with pytest.raises(UploadOver):
        uploading.append(upload=upload, offset=upload.size, piece=b"", acting_person=attempt.earner)
    settings.CLAMD = listening
    assert (check_waiting_uploads(), check_waiting_uploads()) == (1, 0)
    upload.refresh_from_db()
    assert (upload.status, Artifact.objects.count()) == (UploadStatus.READY, 1)


def test_a_file_that_waited_may_turn_out_to_be_infected(attempt, settings, clamd):
    settings.CLAMD, listening = NOWHERE, settings.CLAMD
    brought(attempt, earner_cast.pdf() + EICAR)
    settings.CLAMD = listening
    assert check_waiting_uploads() == 1
    assert (Upload.objects.get().status, Artifact.objects.count()) == (UploadStatus.QUARANTINED, 0)


def test_a_file_that_waits_can_be_taken_back(attempt, settings):
    settings.CLAMD = NOWHERE
    uploading.cancel(upload=brought(attempt), acting_person=attempt.earner)
    assert Upload.objects.count() == 0


def test_an_installation_may_choose_to_take_files_unscanned(attempt, settings):
    settings.CLAMD, settings.CLAMD_UNREACHABLE = NOWHERE, "take"
    assert brought(attempt).status == UploadStatus.READY


def test_a_socket_that_is_not_there_is_silence(settings, tmp_path):
    settings.CLAMD = str(tmp_path / "nobody.ctl")
    with pytest.raises(scanning.ScannerSilent):
        scanning.finding(io.BytesIO(b"a"))


@pytest.mark.skipif(
    not shutil.which("clamd"),
    reason="clamd is not installed, so the real scanner was not asked: Debian's clamav-daemon.",
)
def test_the_real_clamd_finds_what_every_scanner_knows(settings, tmp_path):
    # A signature of our own, for the real ones are a download of hundreds of megabytes.
    (tmp_path / "own.ndb").write_text(f"Synthetic.Test:0:*:{EICAR.hex()}\n")
    configuration = tmp_path / "clamd.conf"
    configuration.write_text(f"LocalSocket {tmp_path}/clamd.ctl\nForeground yes\nDatabaseDirectory {tmp_path}\n")
    with subprocess.Popen(["clamd", "-c", str(configuration)], stdout=subprocess.PIPE, text=True) as daemon:
        try:
            # It says so itself once it listens.
            for line in daemon.stdout:
                if "Self checking" in line or "Listening" in line:
                    break
            settings.CLAMD = str(tmp_path / "clamd.ctl")
            assert scanning.finding(io.BytesIO(EICAR)) != ""
            assert scanning.finding(io.BytesIO(b"nothing of the kind")) == ""
        finally:
            daemon.terminate()


def test_a_host_and_a_path_are_told_apart(settings, tmp_path):
    listening = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD = f"127.0.0.1:{listening.getsockname()[1]}"
    threading.Thread(target=lambda: listening.accept()[0].close(), daemon=True).start()
    # It hangs up without a word: that is no answer.
    with pytest.raises(scanning.ScannerSilent):
        scanning.finding(io.BytesIO(b"a"))
    listening.close()
