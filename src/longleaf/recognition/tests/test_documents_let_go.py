"""Documents of requests go when the state's clock says, after a reminder, and not while anybody still decides."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from longleaf.journal.models import JournalLine
from longleaf.recognition import ruling
from longleaf.recognition.credit_requests import appealing, asking, deciding, documents, letting_go, reminding
from longleaf.recognition.errors import UnusablePractice
from longleaf.recognition.events import Event
from longleaf.recognition.models import CreditRequest, RequestDocument
from longleaf.recognition.tests.factories import draft_of, license_for, load
from longleaf.recognition.tests.test_requests import picture

DAYS = 365


@pytest.fixture
def decided(state: Any, educator: Any, psu_officer: Any) -> CreditRequest:
    load(state)
    license_for(educator, state)
    draft = draft_of(educator)
    documents.add(request=draft, file=picture(), acting_person=educator)
    sent = asking.send(request=draft, acting_person=educator)
    return deciding.refuse(request=sent, reason="It is no learning.", acting_person=psu_officer)


def in_days(days: float) -> Any:
    return timezone.now() + timedelta(days=days)


def the_document() -> RequestDocument:
    return RequestDocument.objects.get()


def let_go(days: float, run: Any) -> int:
    with run(execute=True):
        return letting_go.let_go(now=in_days(days))


def test_they_go_a_year_after_the_decision_and_leave_name_and_digest(
    decided, educator, client_of, django_capture_on_commit_callbacks
):
    before = the_document()
    assert let_go(DAYS, django_capture_on_commit_callbacks) == 0, "they are kept through that day"
    assert default_storage.exists(before.stored_as)
    assert let_go(DAYS + 1, django_capture_on_commit_callbacks) == 1
    after = the_document()
    assert not default_storage.exists(before.stored_as)
    assert (after.stored_as, after.name, after.sha256) == ("", "certificate.png", before.sha256)
    line = JournalLine.objects.get(event=Event.DOCUMENTS_LET_GO)
    assert (line.subject, line.data["number"]) == (f"credit-request:{decided.ref}", 1)
    assert let_go(DAYS + 2, django_capture_on_commit_callbacks) == 0
    client = client_of(educator)
    page = unescape(client.get(f"/renewal/requests/{decided.ref}/").content.decode())
    assert "certificate.png was deleted on" in page
    assert client.get(f"/renewal/requests/{decided.ref}/documents/{after.pk}/").status_code == 404


def test_the_page_says_until_when_they_are_kept(decided, educator, psu_officer, client_of):
    page = unescape(client_of(educator).get(f"/renewal/requests/{decided.ref}/").content.decode())
    assert "Documents are kept until" in page
    assert letting_go.kept_until(decided, [the_document()]) == timezone.localdate() + timedelta(days=DAYS)
    assert client_of(psu_officer).get(f"/renewal/desk/requests/{decided.ref}/").status_code == 200


def test_nothing_goes_while_an_appeal_waits(decided, educator, django_capture_on_commit_callbacks):
    appealing.appeal(request=decided, text="Look again.", acting_person=educator)
    assert let_go(DAYS * 3, django_capture_on_commit_callbacks) == 0
    assert letting_go.kept_until(CreditRequest.objects.get(), [the_document()]) is None


def test_the_days_are_the_states_and_no_fewer_than_an_appeal_needs(decided, state, django_capture_on_commit_callbacks):
    ruling.set_practice(state=state, figures={"documents_kept_days": 60}, standing="synthetic", acting_person=None)
    assert let_go(62, django_capture_on_commit_callbacks) == 1
    with pytest.raises(UnusablePractice) as refused:
        ruling.set_practice(state=state, figures={"documents_kept_days": 20}, standing="synthetic", acting_person=None)
    assert set(refused.value.fields) == {"documents_kept_days"}


def test_their_educator_is_reminded_before(decided, educator):
    assert list(reminding.documents_that_go(timezone.now())) == []
    (due,) = reminding.documents_that_go(in_days(DAYS - 40))
    assert (due.person, due.due) == (educator.pk, timezone.localdate() + timedelta(days=DAYS))


def test_a_draft_that_nobody_sends_keeps_none_for_ever(state, educator, django_capture_on_commit_callbacks):
    load(state)
    draft = draft_of(educator)
    documents.add(request=draft, file=picture(), acting_person=educator)
    assert let_go(DAYS + 1, django_capture_on_commit_callbacks) == 1
    asking.withdraw(request=draft, acting_person=educator)
    assert not CreditRequest.objects.exists()


def test_page_reminder_and_deletion_agree_on_documents_of_different_days(
    state, educator, django_capture_on_commit_callbacks
):
    load(state)
    draft = draft_of(educator)
    early, late = (
        documents.add(request=draft, file=picture(name), acting_person=educator) for name in ("a.png", "b.png")
    )
    RequestDocument.objects.filter(pk=early.pk).update(added_at=in_days(-100))
    first, second = (timezone.localdate() + timedelta(days=DAYS - each) for each in (100, 0))
    assert letting_go.kept_until(draft, RequestDocument.objects.all()) == first
    (due,) = reminding.documents_that_go(in_days(DAYS - 101))
    assert due.due == first
    assert let_go(DAYS - 101, django_capture_on_commit_callbacks) == 0
    assert let_go(DAYS - 98, django_capture_on_commit_callbacks) == 1
    assert list(RequestDocument.objects.filter(let_go_at=None)) == [late]
    assert letting_go.kept_until(draft, RequestDocument.objects.all()) == second


def test_a_request_that_is_withdrawn_is_over_from_that_moment(state, educator, django_capture_on_commit_callbacks):
    load(state)
    license_for(educator, state)
    draft = draft_of(educator)
    documents.add(request=draft, file=picture(), acting_person=educator)
    sent = asking.send(request=draft, acting_person=educator)
    long_ago = in_days(-400)
    RequestDocument.objects.update(added_at=long_ago)
    CreditRequest.objects.update(sent_at=long_ago)
    asking.withdraw(request=sent, acting_person=educator)
    assert let_go(1, django_capture_on_commit_callbacks) == 0
    until = letting_go.kept_until(CreditRequest.objects.get(), [the_document()])
    assert until == timezone.localdate() + timedelta(days=DAYS)
    assert let_go(DAYS + 1, django_capture_on_commit_callbacks) == 1


def test_a_file_that_cannot_be_deleted_is_tried_again_and_stops_no_other(
    decided, educator, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    stuck = the_document()
    draft = draft_of(educator, title="Another one")
    other = documents.add(request=draft, file=picture(), acting_person=educator)
    delete = FileSystemStorage.delete

    def fails(storage: FileSystemStorage, name: str) -> None:
        if name == stuck.stored_as:
            raise OSError("The disk is away.")
        delete(storage, name)

    monkeypatch.setattr(FileSystemStorage, "delete", fails)
    assert let_go(DAYS + 1, django_capture_on_commit_callbacks) == 1
    assert decided.ref in caplog.text
    assert RequestDocument.objects.get(let_go_at=None) == stuck
    assert (default_storage.exists(stuck.stored_as), default_storage.exists(other.stored_as)) == (True, False)
    monkeypatch.undo()
    assert let_go(DAYS + 1, django_capture_on_commit_callbacks) == 1
    assert not default_storage.exists(stuck.stored_as)
    assert not RequestDocument.objects.filter(let_go_at=None).exists()


def test_the_database_knows_no_file_of_what_was_let_go(decided):
    with pytest.raises(IntegrityError, match="let_go_has_no_file"), transaction.atomic():
        RequestDocument.objects.update(let_go_at=timezone.now())
