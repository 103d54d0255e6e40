"""A document that is taken away is gone from storage too, whatever happens between the row and the file."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage

from longleaf.assessment.retention import clearing
from longleaf.recognition.credit_requests import asking, documents
from longleaf.recognition.models import CreditRequest, RequestDocument
from longleaf.recognition.tests.factories import draft_of, load
from longleaf.recognition.tests.test_requests import picture


@pytest.fixture
def draft(state: Any, educator: Any) -> CreditRequest:
    load(state)
    draft = draft_of(educator)
    for name in ("a.png", "b.png"):
        documents.add(request=draft, file=picture(name), acting_person=educator)
    return draft


def kept() -> list[str]:
    return list(RequestDocument.objects.values_list("stored_as", flat=True))


def are_there(names: list[str]) -> list[bool]:
    return [default_storage.exists(name) for name in names]


def test_a_process_that_stops_before_the_file_is_deleted_leaves_it_to_a_chore(draft, educator):
    # The test's own transaction is never committed, so nothing that waits for it runs.
    names = kept()
    documents.remove(document=RequestDocument.objects.get(stored_as=names[0]), acting_person=educator)
    assert are_there(names) == [True, True]
    assert clearing.clear_leftovers() == 1
    assert are_there(names) == [False, True]
    asking.withdraw(request=draft, acting_person=educator)
    assert clearing.clear_leftovers() == 1
    assert are_there(names) == [False, False]


def test_a_storage_that_fails_is_tried_again_and_stops_nobody(
    draft, educator, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    names = kept()
    delete = FileSystemStorage.delete

    def fails(storage: FileSystemStorage, name: str) -> None:
        if name == names[0]:
            raise OSError("The disk is away.")
        delete(storage, name)

    monkeypatch.setattr(FileSystemStorage, "delete", fails)
    with django_capture_on_commit_callbacks(execute=True):
        asking.withdraw(request=draft, acting_person=educator)
    assert (CreditRequest.objects.count(), are_there(names)) == (0, [True, False])
    assert names[0] in caplog.text
    assert clearing.clear_leftovers() == 0
    monkeypatch.undo()
    assert clearing.clear_leftovers() == 1
    assert are_there(names) == [False, False]
